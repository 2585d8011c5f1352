"""Liability as of a day: open points at their value, and open rewards (rules 11, 12).

Everything is worked out again from the ledger, so a day of the past comes out as it did then.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from uuid import UUID

from regulars.records.queries import reports_ledger, reports_points
from regulars.records.queries.reports_credit import GuestCredit, guests_with_credit
from regulars.records.queries.reports_points import Balance, HeldThen, balances_on
from regulars.rules.amounts import format_decimal
from regulars.rules.permissions import Permission
from regulars.rules.program import Program
from regulars.rules.sentences import said
from regulars.services.organizations import Company
from regulars.services.reports import tiers_shown
from regulars.services.reports.asking import Asked, Question
from regulars.services.reports.report import Column, Figure, Report, Row

QUESTION = Question(
    "day", choices={"by": ("tier", "guest")}, permission=Permission.SEE_LIABILITY
)

_SUMS = (
    Column("points", "Open points", "integer", True),
    Column("held_points", "of these held", "integer", True),
    Column("locked_points", "of these locked", "integer", True),
    Column("points_value", "Value of points", "money", True),
    Column("n_rewards", "Open rewards", "integer", True),
    Column("rewards", "Amount of rewards", "money", True),
    Column("held_rewards", "of it held", "money", True),
    Column("total", "Liability", "money", True),
    Column("debt_points", "Points owed by guests", "integer", True),
)


@dataclass(slots=True)
class Owed:
    """What is owed to one guest, or to all of one tier; debt is what they owe in points."""

    n_guests: int = 0
    points: int = 0
    held_points: int = 0
    locked_points: int = 0
    value_cents: int = 0
    n_rewards: int = 0
    rewards_cents: int = 0
    held_cents: int = 0
    debt_points: int = 0
    n_debtors: int = 0

    def add(self, other: "Owed") -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def is_nothing(self) -> bool:
        return not (self.points or self.n_rewards or self.debt_points)

    @property
    def row(self) -> Row:
        return (
            self.points,
            self.held_points,
            self.locked_points,
            self.value_cents,
            self.n_rewards,
            self.rewards_cents,
            self.held_cents,
            self.value_cents + self.rewards_cents,
            self.debt_points,
        )


@dataclass(slots=True)
class Holds:
    """What is set aside at the end of the day: points by guest, rewards by code."""

    points: dict[UUID, int] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)


def report(company: Company, asked: Asked) -> Report:
    """One row a tier, or a guest; figures and notes are of everybody."""
    totals = Owed()
    by_tier: dict[str | None, Owed] = {}
    for balance, owed in everyone(company, asked):
        totals.add(owed)
        by_tier.setdefault(balance.tier, Owed()).add(owed)
    by_guest = asked.word("by") == "guest"
    names = tiers_shown.names_of_tiers(company, asked.last)
    head = [Column("guest", "Guest"), Column("name", "Name"), Column("tier", "Tier")]
    if not by_guest:
        head = [Column("tier", "Tier"), Column("n_guests", "Guests", "integer", True)]
    rows = _guest_rows(company, asked, names) if by_guest else _tier_rows(by_tier, names)
    return Report(
        name=asked.name,
        title="Liability",
        organization=reports_ledger.organization_name(),
        currency=company.currency,
        exponent=company.exponent,
        parameters=[*asked.lines, ("Value of a point", _value_shown(company, asked))],
        columns=[*head, *_SUMS],
        source=rows,
        figures=_figures(totals, asked),
        notes=_notes(company, asked),
        empty=f"Nothing was owed to any guest at the end of {asked.last}.",
    )


def everyone(company: Company, asked: Asked) -> Iterator[tuple[Balance, Owed]]:
    """Guests who were owed something, or owed points, by row id; streamed."""
    program = company.versions.on(asked.last)
    value = program.point_value if program else None
    holds = _holds(company, asked)
    for balance, credit in _side_by_side(balances_on(asked.last), guests_with_credit()):
        owed = _points_owed(balance, program, value, holds)
        if credit is not None:
            _add_rewards(owed, credit, asked, holds)
        if not owed.is_nothing:
            owed.n_guests = 1
            yield balance, owed


def _side_by_side(
    balances: Iterable[Balance], credits: Iterator[GuestCredit]
) -> Iterator[tuple[Balance, GuestCredit | None]]:
    """Two streams in the order of the guests' row ids, as one."""
    credit = next(credits, None)
    for balance in balances:
        if credit is not None and credit.key == balance.key:
            yield balance, credit
            credit = next(credits, None)
        else:
            yield balance, None
    assert credit is None, credit


def _points_owed(
    balance: Balance, program: Program | None, value: Fraction | None, holds: Holds
) -> Owed:
    points = max(0, balance.points)
    return Owed(
        points=points,
        held_points=min(points, holds.points.get(balance.key, 0)),
        locked_points=points if tiers_shown.is_locked(program, balance.tier) else 0,
        value_cents=0 if value is None else floor(points * value),
        debt_points=max(0, -balance.points),
        n_debtors=int(balance.points < 0),
    )


def _add_rewards(owed: Owed, credit: GuestCredit, asked: Asked, holds: Holds) -> None:
    for lot in credit.lots:
        cents = lot.open_cents_on(asked.last)
        if cents:
            owed.n_rewards += 1
            owed.rewards_cents += cents
            owed.held_cents += cents if lot.code in holds.codes else 0


def _holds(company: Company, asked: Asked) -> Holds:
    """Rule 7.7: never more than is left of a lot, since held points too may lapse."""
    found = reports_points.holds_on(company.day_ends_at(asked.last))
    left = _left_of(found, asked) if found else {}
    holds = Holds()
    for hold in found:
        holds.codes.update(hold.rewards)
        for number, points in hold.lots:
            part = min(points, left[hold.guest, number])
            left[hold.guest, number] -= part
            holds.points[hold.guest] = holds.points.get(hold.guest, 0) + part
    return holds


def _left_of(found: list[HeldThen], asked: Asked) -> dict[tuple[UUID, int], int]:
    places = [(hold.guest, number) for hold in found for number, _ in hold.lots]
    return reports_points.lots_left_on(places, asked.last)


# -- as it is shown ---------------------------------------------------------------------------


def _tier_rows(by_tier: dict[str | None, Owed], names: dict[str, str]) -> list[Row]:
    return [
        (tiers_shown.name_of(names, tier), by_tier[tier].n_guests, *by_tier[tier].row)
        for tier in tiers_shown.in_order(names, set(by_tier))
    ]


def _guest_rows(company: Company, asked: Asked, names: dict[str, str]) -> Iterator[Row]:
    for balance, owed in everyone(company, asked):
        tier = tiers_shown.name_of(names, balance.tier)
        yield (balance.guest, balance.name, tier, *owed.row)


def _value_shown(company: Company, asked: Asked) -> str:
    program = company.versions.on(asked.last)
    if program is None or program.point_value is None:
        return "none set"
    value = format_decimal(program.point_value / 10**company.exponent, company.exponent)
    return f"{value} {company.currency}, program of {program.version}"


def _figures(totals: Owed, asked: Asked) -> list[Figure]:
    entries = reports_ledger.sum_on("points", asked.last)
    assert totals.points - totals.debt_points == entries, (totals, entries)
    usable = totals.points - totals.locked_points
    return [
        Figure("points", "Open points", totals.points, "integer", "open points of `verify`"),
        Figure("usable_points", "of these not locked", usable, "integer"),
        Figure("debt_points", "Points owed by guests", totals.debt_points, "integer"),
        Figure("entries", "All entries of points", entries, "integer", "open points less owed"),
        Figure("points_value", "Value of open points", totals.value_cents, "money"),
        Figure(
            "rewards",
            "Open rewards",
            totals.rewards_cents,
            "money",
            "total of rewards-outstanding",
        ),
        Figure("liability", "Liability", totals.value_cents + totals.rewards_cents, "money"),
        Figure("n_debtors", "Guests who owe points", totals.n_debtors, "integer"),
    ]


def _notes(company: Company, asked: Asked) -> list[str]:
    notes: list[str] = [
        said(
            "Liability = value of open points + open rewards. Open points are those on the last"
            " day of which the day falls, or later, or that never end."
        ),
        said(
            "The value is worked out guest by guest: points times the value of a point, down"
            " to the minor unit, as each guest sees it; then these are added. Tiers are the"
            " guests' own on that day."
        ),
        said(
            "Held points and rewards are set aside for a booking or a bill; they are part of"
            " the open ones."
        ),
        said(
            "Locked points belong to guests in no tier, or in a tier without redemption. They"
            " are counted in full: the next tier unlocks them."
        ),
        said(
            "Points that guests owe (taken back after they were used) are shown apart and take"
            " nothing off: no guest pays them in money."
        ),
    ]
    if not asked.is_settled:
        notes.append(
            said(
                "The books are closed through {through}: what the days after it earn"
                " and what expires on them is not all in yet.",
                through=asked.closed_through,
            )
        )
    program = company.versions.on(asked.last)
    if program is None or program.point_value is None:
        notes.append(said("No value of a point is set on that day: points count as 0."))
    return notes
