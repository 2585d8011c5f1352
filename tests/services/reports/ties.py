"""Every report against what was seen on the days themselves, and against `verify`."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from regulars.services import upkeep, verifying
from tests.services.reports.seeing import Seen, read

DAY = timedelta(days=1)


def check_ties(seen: Mapping[date, Seen], until: date) -> None:
    """The past comes out as it was; ranges lead from one day to the next; all agrees."""
    days = sorted(seen)
    for day in days:
        check_day(day, seen[day], until)
    for before, after in pairwise(days):
        check_range(before, after, seen, until=until)
    check_verify(days[0], until)


def check_day(day: date, was: Seen, until: date) -> None:
    report, rows = read("liability", until, as_of=str(day), by="guest")
    found = {
        row["guest"]: row["points"] - row["debt_points"]
        for row in rows
        if row["points"] or row["debt_points"]
    }
    assert found == {guest: points for guest, (_, points) in was.guests.items()}
    assert report.figure("points") == was.points == report.totals["points"]
    assert report.figure("debt_points") == was.debt
    assert report.figure("rewards") == was.cents == report.totals["rewards"]
    by_tier, rows = read("liability", until, as_of=str(day))
    assert by_tier.totals["total"] == report.totals["total"]
    assert sum(row["n_guests"] for row in rows) == report.n_rows
    assert report.figure("liability") == report.totals["points_value"] + was.cents
    _, rows = read("rewards-outstanding", until, as_of=str(day))
    open_then = {row["code"]: (row["guest"], row["amount"], row["expires_on"]) for row in rows}
    assert open_then == was.rewards


def check_range(before: date, after: date, seen: Mapping[date, Seen], *, until: date) -> None:
    days = {"from_": str(before + DAY), "to": str(after)}
    change = (seen[after].points - seen[after].debt) - (seen[before].points - seen[before].debt)
    for by in ("tier", "center", "action", "month", "day"):
        points, _ = read("points", until, **days, by=by)
        assert points.totals["net"] == change
    activity, _ = read("reward-activity", until, **days)
    assert activity.figure("before") == seen[before].cents
    assert activity.figure("after") == seen[after].cents
    assert activity.totals["amount"] == seen[after].cents - seen[before].cents
    ended, _ = read("expirations", until, **days, status="expired")
    points, _ = read("points", until, **days)
    assert ended.totals["points"] == -points.totals["expiry"]
    assert ended.totals["rewards"] == -activity.figure("expired")
    for by in ("center", "source", "month", "day"):
        grouped, _ = read("reward-activity", until, **days, by=by)
        assert grouped.totals["net"] == activity.totals["amount"]


def check_verify(first: date, until: date) -> None:
    """Reports of the last day, and of all days, come to what `verify` counts."""
    with upkeep.at_work(None) as company:
        proof = verifying.verify(company)
        closed = company.closed_through
    assert proof.is_clean, proof.first
    totals = proof.totals
    liability, _ = read("liability", until, as_of=str(closed))
    assert liability.figure("points") == totals.open_points
    assert liability.figure("debt_points") == totals.debt_points
    assert liability.figure("rewards") == totals.outstanding_cents
    outstanding, _ = read("rewards-outstanding", until, as_of=str(closed))
    assert outstanding.figure("expired") == totals.ended_cents
    ever = {"from_": "2020-01-01", "to": str(closed)}
    for date_kind in ("entry", "earned", "invoice"):
        points, _ = read("points", until, **ever, date_kind=date_kind)
        kinds = {kind: points.totals.get(kind, 0) for kind in points.totals if kind != "net"}
        of_points = {
            kind: value for (unit, kind), value in totals.by_kind.items() if unit == "points"
        }
        assert {**kinds, **of_points} == kinds
        assert points.totals["net"] == totals.open_points - totals.debt_points
    activity, _ = read("reward-activity", until, **ever)
    posted = sum(value for (unit, _), value in totals.by_kind.items() if unit == "credit")
    assert activity.figure("entries") == posted == totals.credit_cents
    moves, _ = read("tier-movements", until, **ever)
    assert moves.n_rows == moves.figure("moves") == totals.n_moves
    guests, _ = read("guests", closed)
    assert guests.totals["rewards"] == totals.outstanding_cents
    assert guests.totals["points"] == totals.open_points - totals.debt_points
