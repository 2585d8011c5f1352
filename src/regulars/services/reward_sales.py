"""Who has earned how much credit: one computation under preview, run and review (rule 10.4).

Guests are taken in chunks by their ids. A chunk costs two statements: who has earned how much
is a sum in the database, what follows of it is decided in `rules.rewards`. One more at the
beginning tells in which quarters there are invoices.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.quarters import quarters_opened
from regulars.records.scope import current_organization
from regulars.rules import rewards as rules
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services.organizations import Company

CHUNK = 1000

Row = tuple[UUID, str, str, int, int]
"""Guest row, id, name, qualifying sales, what rewards have consumed of them."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """What a run gives one guest; `carry_cents` is what remains for the next (rule 10.4)."""

    key: UUID
    guest: str
    name: str
    total_cents: int
    consumed_cents: int
    n_rewards: int
    carry_cents: int


def preview(
    company: Company, *, threshold_cents: int, on: date, guests: Sequence[str] | None = None
) -> Iterator[list[RunLine]]:
    """Rule 10.3: who would be given rewards now, a chunk of guests at a time."""
    rules.check_positive(threshold_cents, field="threshold", exponent=company.exponent)
    keys = None if guests is None else check_guests(guests, field="guests")
    for rows in _sales(_period(company, on), keys=keys, included_only=True):
        yield [
            line_of(row, threshold_cents) for row in rows if row[3] - row[4] >= threshold_cents
        ]


@dataclass(frozen=True, slots=True)
class Look:
    """A chunk of guests looked at: who would be given something, how many there were in all,
    and after whom to go on; None at the end.
    """

    lines: Sequence[RunLine]
    n_guests: int
    next: UUID | None


def look_after(company: Company, after: UUID | None, *, threshold_cents: int, on: date) -> Look:
    """The preview by the step, for those who look at it in pieces. Three queries."""
    rows = _chunk_of_sales(
        _period(company, on), None, after=after or UUID(int=0), included_only=True
    )
    lines = [
        line_of(row, threshold_cents) for row in rows if row[3] - row[4] >= threshold_cents
    ]
    return Look(lines, len(rows), rows[-1][0] if len(rows) == CHUNK else None)


def line_of(row: Row, threshold_cents: int) -> RunLine:
    key, guest, name, total, consumed = row
    n_rewards = rules.rewards_due(total, consumed, threshold_cents)
    rules.check_count(guest, n_rewards)
    carry = total - consumed - n_rewards * threshold_cents
    return RunLine(key, guest, name, total, consumed, n_rewards, carry)


def for_review(company: Company, *, on: date) -> Iterator[list[RunLine]]:
    """Rule 10.4: whose sales have fallen below what issued rewards consumed."""
    for rows in _sales(_period(company, on), keys=None, included_only=False):
        yield [_figures(row) for row in rows if row[3] < row[4]]


def standing_of(company: Company, *, on: date, guests: Sequence[str]) -> list[RunLine]:
    """Where these guests stand, whatever their status; of no threshold, so no rewards."""
    chunks = _sales(
        _period(company, on), keys=check_guests(guests, field="guests"), included_only=False
    )
    return [_figures(row) for rows in chunks for row in rows]


def _figures(row: Row) -> RunLine:
    key, guest, name, total, consumed = row
    return RunLine(key, guest, name, total, consumed, 0, total - consumed)


@dataclass(frozen=True, slots=True)
class _Period:
    """The first day whose invoices count, and the quarters since with any."""

    start: date
    quarters: Sequence[int]


def _period(company: Company, on: date) -> _Period:
    start = rules.terms_of(company.versions.on(on)).start_date or date.min
    return _Period(start, quarters_opened(start, date.max))


def _sales(
    period: _Period, *, keys: Sequence[UUID] | None, included_only: bool
) -> Iterator[list[Any]]:
    """Rows in the order of the guests' row ids. Two queries a chunk."""
    if keys is not None:
        ordered = sorted(set(keys))
        for first in range(0, len(ordered), CHUNK):
            named = ordered[first : first + CHUNK]
            yield _chunk_of_sales(period, named, after=UUID(int=0), included_only=included_only)
        return
    after = UUID(int=0)
    while True:
        rows = _chunk_of_sales(period, None, after=after, included_only=included_only)
        if rows:
            yield rows
        if len(rows) < CHUNK:
            return
        after = rows[-1][0]


def _chunk_of_sales(
    period: _Period, keys: Sequence[UUID] | None, *, after: UUID, included_only: bool
) -> list[tuple[Any, ...]]:
    included = "JOIN records_gueststatus s ON s.organization_id = g.organization_id"
    included += " AND s.id = g.status_id AND s.include_in_loyalty_rewards"
    found = select(
        f"""SELECT g.id, g.external_id, g.name, a.consumed_cents
        FROM records_guest g {included if included_only else ""}
        JOIN records_account a ON a.organization_id = g.organization_id AND a.guest_id = g.id
        WHERE g.organization_id = %s AND g.id > %s AND g.merged_into_id IS NULL
        {"AND g.id IN %s" if keys is not None else ""}
        ORDER BY g.id LIMIT {CHUNK}""",
        [current_organization(), after, *([] if keys is None else [list(keys)])],
        types="uuid text text int",
    )
    sold = _sold(period, [row[0] for row in found])
    return [(key, ref, name, sold.get(key, 0), consumed) for key, ref, name, consumed in found]


def _sold(period: _Period, keys: Sequence[UUID]) -> dict[UUID, int]:
    """By guest, all at once: PostgreSQL takes twice as long to look up each by itself."""
    rows = select(
        """SELECT guest_id, SUM(qualifying_cents) FROM records_invoice
        WHERE organization_id = %s AND opened_quarter IN %s AND guest_id IN %s
        AND opened_on >= %s GROUP BY guest_id""",
        [current_organization(), period.quarters, keys, period.start],
        types="uuid int",
    )
    return dict(rows)


def check_guests(guests: Sequence[str], *, field: str) -> list[UUID]:
    """Guests by their ids; each must be known, and none merged away (rule 9.4)."""
    rows = select(
        """SELECT g.external_id, g.id, s.external_id FROM records_guest g
        LEFT JOIN records_guest s
        ON s.organization_id = g.organization_id AND s.id = g.merged_into_id
        WHERE g.organization_id = %s AND g.external_id IN %s""",
        [current_organization(), list(guests)],
        types="text uuid text",
    )
    found = {ref: (key, survivor) for ref, key, survivor in rows}
    for ref in guests:
        if ref not in found:
            raise unknown_reference("guest", ref, field=field)
        survivor = found[ref][1]
        if survivor is not None:
            raise Refused(
                "guest_merged",
                said(
                    "Guest {ref} was merged into {survivor}; name {survivor} instead.",
                    ref=ref,
                    survivor=survivor,
                ),
                field=field,
                value=ref,
                detail={"merged_into": survivor},
            )
    return [found[ref][0] for ref in guests]
