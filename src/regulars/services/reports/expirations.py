"""Points and rewards that ended in a range of days, or will: for whom, how much, when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import chain
from math import floor

from regulars.records.queries import reports_expiry, reports_ledger
from regulars.records.queries.reports_credit import guests_with_credit
from regulars.records.queries.reports_expiry import Expiring
from regulars.rules.credit_history import DAY, EXPIRED, events_of
from regulars.rules.permissions import Permission
from regulars.rules.sentences import said
from regulars.services.organizations import Company
from regulars.services.reports.asking import Asked, Question
from regulars.services.reports.report import Column, Figure, Report, Row

QUESTION = Question(
    "range",
    choices={"by": ("guest", "day", "month"), "status": ("all", "expired", "to_expire")},
    may_look_ahead=True,
    permission=Permission.SEE_LIABILITY,
)

_SUMS = (
    Column("points", "Points expired", "integer", True),
    Column("points_to_expire", "Points to expire", "integer", True),
    Column("rewards", "Rewards expired", "money", True),
    Column("rewards_to_expire", "Rewards to expire", "money", True),
)
_HEADS = {
    "guest": [
        Column("gone_on", "Gone on", "date"),
        Column("last_day", "Last day", "date"),
        Column("guest", "Guest"),
        Column("name", "Name"),
    ],
    "day": [Column("gone_on", "Gone on", "date"), Column("n_guests", "Guests", "integer")],
    "month": [Column("month", "Month"), Column("n_guests", "Guests", "integer")],
}


@dataclass(slots=True)
class Ended:
    """What ended, or will, for one guest with one last day."""

    gone_on: date
    last_day: date
    guest: str
    name: str
    points: int = 0
    points_to_expire: int = 0
    cents: int = 0
    cents_to_expire: int = 0

    @property
    def sums(self) -> tuple[int, int, int, int]:
        return (self.points, self.points_to_expire, self.cents, self.cents_to_expire)


def report(company: Company, asked: Asked) -> Report:
    """A row for each guest and last day, or for each day or month."""
    by = asked.words["by"]
    ended = sorted(_ended(asked), key=lambda one: (one.gone_on, one.guest, one.last_day))
    totals = [sum(sums) for sums in zip(*[one.sums for one in ended], strict=True)]
    return Report(
        name=asked.name,
        title="Expirations",
        organization=reports_ledger.organization_name(),
        currency=company.currency,
        exponent=company.exponent,
        parameters=asked.lines,
        columns=[*_HEADS[by], *_SUMS],
        source=_rows(ended, by),
        figures=_figures(company, asked, totals or [0] * 4),
        notes=_notes(asked),
        empty=f"Nothing expires from {asked.first} to {asked.last}.",
    )


def _rows(ended: list[Ended], by: str) -> Iterator[Row]:
    if by == "guest":
        for one in ended:
            yield (one.gone_on, one.last_day, one.guest, one.name, *one.sums)
        return
    groups: dict[date | str, list[Ended]] = {}
    for one in ended:
        key = one.gone_on if by == "day" else str(one.gone_on)[:7]
        groups.setdefault(key, []).append(one)
    for key, some in groups.items():
        sums = [sum(part) for part in zip(*[one.sums for one in some], strict=True)]
        yield (key, len({one.guest for one in some}), *sums)


# -- counting ---------------------------------------------------------------------------------


def _ended(asked: Asked) -> Iterable[Ended]:
    found: dict[tuple[date, date, str], Ended] = {}

    def of(gone_on: date, last_day: date, guest: str, name: str) -> Ended:
        key = (gone_on, last_day, guest)
        return found.setdefault(key, Ended(gone_on, last_day, guest, name))

    for points in _points(asked):
        one = of(points.gone_on, points.last_day, points.guest, points.name)
        if points.is_posted:
            one.points += points.points
        else:
            one.points_to_expire += points.points
    for gone_on, last_day, guest, name, cents in _rewards(asked):
        one = of(gone_on, last_day, guest, name)
        if _is_over(asked, gone_on):
            one.cents += cents
        else:
            one.cents_to_expire += cents
    return [one for one in found.values() if any(one.sums)]


def _points(asked: Asked) -> Iterator[Expiring]:
    status = asked.words["status"]
    gone = reports_expiry.points_expired(asked.first, asked.last)
    going = reports_expiry.points_to_expire(asked.first, asked.last)
    yield from chain(
        gone if status != "to_expire" else (), going if status != "expired" else ()
    )


def _rewards(asked: Asked) -> Iterator[tuple[date, date, str, str, int]]:
    """(gone on, last day, guest, name, cents); an end taken back is below zero, on its day."""
    status = asked.words["status"]
    for guest in guests_with_credit():
        for lot in guest.lots:
            for event in events_of(lot, asked.first, asked.last):
                if event.happening != EXPIRED:
                    continue
                word = "expired" if _is_over(asked, event.on) else "to_expire"
                if status in ("all", word):
                    last_day = lot.last_day_on(event.on) or event.on - DAY
                    yield event.on, last_day, guest.ref, guest.name, -event.cents


def _is_over(asked: Asked, gone_on: date) -> bool:
    """Whether a last day is over, as far as the books have come."""
    return gone_on <= asked.at_hand


# -- as it is shown ---------------------------------------------------------------------------


def _figures(company: Company, asked: Asked, totals: list[int]) -> list[Figure]:
    points, points_to_expire, cents, cents_to_expire = totals
    if asked.words["status"] != "to_expire":
        posted = reports_expiry.points_expired_in_all(asked.first, asked.last)
        assert posted == points, (posted, points)
    program = company.versions.on(asked.last)
    value = (program.point_value if program else None) or Fraction(0)
    return [
        Figure(
            "points", "Points expired", points, "integer", "expired points of the report points"
        ),
        Figure("points_value", "their value", floor(points * value), "money"),
        Figure("points_to_expire", "Points to expire", points_to_expire, "integer"),
        Figure("value_to_expire", "their value", floor(points_to_expire * value), "money"),
        Figure("rewards", "Rewards expired", cents, "money", "expired of reward-activity"),
        Figure("rewards_to_expire", "Rewards to expire", cents_to_expire, "money"),
    ]


def _notes(asked: Asked) -> list[str]:
    return [
        said(
            "The range is of the days on which value is gone: the day after its last day,"
            " which is still good. Points posted after their last day are gone on the day of"
            " posting."
        ),
        said(
            "Expired points are entries of the ledger. To expire are lots still open"
            " (books closed through {through}), if guests do not use them before.",
            through=asked.closed_through,
        ),
        said(
            "The value is points times the value of a point on the last day of the range,"
            " down to the minor unit of the whole sum."
        ),
        said(
            "A reward's end is taken back where its last day was moved later, or it was voided"
            " after all: below zero."
        ),
    ]
