"""Kept figures are the reports' own numbers, however they came to be counted."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from regulars.records import models
from regulars.records.scope import every_organization, organization_scope
from regulars.rules.periods import month_end
from regulars.services import closing, upkeep
from regulars.services.figures import counting
from regulars.services.organizations import find_organization
from regulars.services.stream import Stream
from tests.services.histories import command, guest, invoice, program
from tests.services.reports.seeing import live_through, read
from tests.services.reports.test_ties import MONTH_ENDS, in_order, spring

DAY = timedelta(days=1)
LAST = MONTH_ENDS[-1]


def count_on(day: date) -> None:
    """As the worker does in the night after a day."""
    with upkeep.at_work(None) as company:
        counting.count(company, now=datetime.combine(day, time(12), tzinfo=UTC))


def kept(about: str) -> dict[tuple, tuple[int, int]]:
    """Numbers and values by day, kind, part and center."""
    with every_organization():
        rows = models.DayFigure.objects.filter(about=about).values_list(
            "day", "kind", "part", "center_ref", "number", "value"
        )
        return {row[:4]: row[4:] for row in rows}


def everything() -> dict[str, dict]:
    abouts = (
        counting.POINTS,
        counting.REWARD,
        counting.VISIT,
        counting.TIER,
        counting.OWED,
    )
    return {about: kept(about) for about in abouts}


def run(records, until: date, each_night) -> None:
    """Live through records; `each_night(day)` after each close."""

    def at_close(company, day):
        counting.count(company, now=company.day_ends_at(day))

    with Stream(lambda place, result: None, at_close if each_night else None) as stream:
        stream.run(((None, one) for one in records), last=None)
        stream.finish(until)


def test_figures_are_the_reports_numbers(each_database):
    live_through(in_order(spring()), LAST, [])
    count_on(LAST)

    owed, points, rewards = (kept(about) for about in ("owed", "points", "reward"))
    for day in (LAST - 100 * DAY, LAST - 47 * DAY, LAST - 30 * DAY, LAST):
        report, _ = read("liability", LAST, as_of=str(day))
        outstanding, _ = read("rewards-outstanding", LAST, as_of=str(day))
        assert owed.get((day, "points", "", ""), (0, 0))[1] == report.figure("points")
        assert owed.get((day, "value", "", ""), (0, 0))[1] == report.figure("points_value")
        assert owed.get((day, "debt", "", ""), (0, 0))[1] == report.figure("debt_points")
        assert owed.get((day, "rewards", "", ""), (0, 0)) == (
            outstanding.n_rows,
            outstanding.figure("outstanding"),
        )
    ever = {"from_": "2026-01-01", "to": str(LAST)}
    for by, place in (("action", 2), ("center", 3)):
        report, rows = read("points", LAST, **ever, by=by)
        told = {}
        for key, (_, value) in points.items():
            told[key[place], key[1]] = told.get((key[place], key[1]), 0) + value
        names = {"Soho": "soho", "no center": "", "by hand or otherwise": ""}
        said = {
            (names.get(row[by], row[by]), kind): value
            for row in rows
            for kind, value in row.items()
            if kind not in (by, "net") and value
        }
        assert {key: value for key, value in told.items() if value} == said
    activity, _ = read("reward-activity", LAST, **ever)
    for happening in ("issued", "redeemed", "expired", "void"):
        of_it = [value for key, (_, value) in rewards.items() if key[1] == happening]
        assert sum(of_it) == activity.figure(happening)


def test_counted_night_by_night_it_is_what_is_counted_at_once(each_database):
    run(in_order(spring()), LAST, each_night=True)
    count_on(LAST + DAY)
    by_night = everything()
    with every_organization():
        models.FigureCount.objects.all().delete()
    count_on(LAST + DAY)

    assert everything() == by_night
    assert by_night["owed"]


def test_a_point_that_becomes_worth_more_is_worth_more_from_that_day_on(each_database):
    records = in_order([*spring(), program("2026-03-15", point_value="0.20")])
    run(records, LAST, each_night=True)

    owed = kept("owed")
    for day in (date(2026, 3, 14), date(2026, 3, 15), LAST):
        report, _ = read("liability", LAST, as_of=str(day))
        assert owed[day, "value", "", ""][1] == report.figure("points_value")


def test_guests_by_tier_are_as_they_were_on_the_day(each_database):
    records = [
        guest("ann", home_center="soho"),
        guest("bob"),
        guest("cleo", home_center="soho"),
        invoice("i1", "ann", "150.00", "2026-01-05"),
        invoice("i2", "bob", "150.00", "2026-01-06"),
        invoice("i3", "ann", "900.00", "2026-01-07"),
        command("merge_guests/m1", "2026-01-09", **{"from": "bob", "into": "ann"}),
    ]
    live_through(in_order([*spring()[:3], *records]), date(2026, 1, 10), [])
    count_on(date(2026, 1, 10))

    tiers = {key[0].day: {} for key in kept("tier")}
    for (day, _, tier, center), (number, _) in kept("tier").items():
        tiers[day.day][tier, center] = number
    assert tiers == {
        5: {("silver", "soho"): 1},
        6: {("silver", "soho"): 1, ("silver", ""): 1},
        7: {("gold", "soho"): 1, ("silver", ""): 1},
        8: {("gold", "soho"): 1, ("silver", ""): 1},
        9: {("gold", "soho"): 1},
        10: {("gold", "soho"): 1},
    }


def test_visits_that_were_booked_again_and_guests_that_were_referred(each_database):
    visit = {"type": "appointment", "center": "soho", "channel": "desk"}
    records = [
        guest("ann", phone="+1 212 555 0101"),
        guest("bob", referred_by="ann", phone="+1 212 555 0102"),
        visit
        | {"id": "a1", "guest": "ann", "booked_at": "2026-01-03T09:00"}
        | {"starts_at": "2026-01-05T10:00", "status": "completed", "at": "2026-01-05T11:00"},
        invoice("i1", "ann", "150.00", "2026-01-05"),
        visit
        | {"id": "a2", "guest": "ann", "booked_at": "2026-01-05T12:00"}
        | {"starts_at": "2026-02-05T10:00", "status": "booked", "at": "2026-01-05T12:00"},
        invoice("i2", "bob", "20.00", "2026-01-05"),
        invoice("i3", "ann", "20.00", "2026-01-06"),
        invoice("i4", "ann", "20.00", "2026-01-07", status="void"),
    ]
    live_through(in_order([*spring()[:3], *records]), date(2026, 1, 10), [])
    count_on(date(2026, 1, 10))

    assert {key[:2]: number for key, (number, _) in kept("visit").items()} == {
        (date(2026, 1, 5), "came"): 2,
        (date(2026, 1, 5), "again"): 1,
        (date(2026, 1, 5), "new"): 2,
        (date(2026, 1, 5), "referred"): 1,
        (date(2026, 1, 6), "came"): 1,
    }


@pytest.mark.parametrize("settings", [{}, {"downgrade_check": "validity_end"}])
def test_who_is_said_to_go_down_is_who_the_check_moves(each_database, settings):
    short = {"validity_days": 20, "points_expire_after_days": None, "accruals": {}}
    tiers = [
        short | {"id": "silver", "name": "Silver", "minimum_spend": "100.00"},
        short | {"id": "gold", "name": "Gold", "minimum_spend": "500.00"},
    ]
    records = [
        program(tiers=tiers, qualification_period_months=1, **settings),
        *[guest(ref) for ref in ("ann", "bob", "cleo", "dora")],
        invoice("i1", "ann", "600.00", "2026-01-05"),
        invoice("i2", "bob", "150.00", "2026-01-08"),
        invoice("i3", "cleo", "600.00", "2026-01-28"),
        invoice("i4", "dora", "600.00", "2026-01-05"),
        invoice("i5", "dora", "500.00", "2026-02-03"),
        invoice("i6", "ann", "120.00", "2026-02-08"),
    ]
    start = [one for one in spring() if one["type"] in ("organization", "center")]
    live_through(in_order([*start, *records]), date(2026, 2, 8), [])
    count_on(date(2026, 2, 8))
    with every_organization():
        rows = models.DowngradeAhead.objects.select_related("guest")
        said = {
            (row.guest.external_id, row.check_on, row.tier, row.tier_after): row.missing_cents
            for row in rows
        }
        [count] = models.FigureCount.objects.all()
    with organization_scope(find_organization(None).id), upkeep.at_work(None) as company:
        last = month_end(date(2026, 2, 9))
        closing.close_through(company, last)
        moved = {
            (move.guest.external_id, move.moved_on, move.tier_before, move.tier_after)
            for move in models.TierMove.objects.select_related("guest").filter(
                cause="check", moved_on__gt=date(2026, 2, 8)
            )
        }

    assert count.check_on == last
    assert set(said) == moved
    assert said["ann", last, "gold", "silver"] == 380_00


def test_a_new_company_has_no_figures_and_is_counted_all_the_same(each_database):
    live_through(spring()[:2], date(2026, 1, 1), [])
    count_on(date(2026, 1, 2))

    assert everything() == {
        about: {} for about in ("points", "reward", "visit", "tier", "owed")
    }
    with every_organization():
        assert models.FigureCount.objects.count() == models.Organization.objects.count() == 1


def test_it_costs_as_many_statements_for_many_guests_as_for_few(each_database):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def statements(n_guests: int) -> int:
        start = [
            one for one in spring() if one["type"] in ("organization", "center", "program")
        ]
        refs = [f"guest-{n}" for n in range(n_guests)]
        records = [guest(ref) for ref in refs]
        records += [invoice(f"i-{ref}", ref, "150.00", "2026-01-05") for ref in refs]
        live_through(in_order([*start, *records]), date(2026, 1, 10), [])
        with CaptureQueriesContext(connection) as seen:
            count_on(date(2026, 1, 10))
        return len(seen.captured_queries)

    few = statements(1)
    each_database.renew()

    assert statements(30) == few
