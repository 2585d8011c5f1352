"""What is known of guests beside the invoices that a batch tells of them: one query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.quarters import quarters_of_spend
from regulars.records.scope import current_organization
from regulars.rules.facts import Move

Ids = Sequence[UUID]


@dataclass(slots=True)
class Beside:
    """Of these guests: their tier history in its order, their spend in the window.

    `busy` have something else to settle, or appointments that the invoices may complete;
    `called` are owners of appointments that the invoices name; `in_turn` have a referring
    guest's turn before them.
    """

    moves: dict[UUID, list[Move]] = field(default_factory=dict)
    spend: dict[UUID, int] = field(default_factory=dict)
    busy: set[UUID] = field(default_factory=set)
    called: set[UUID] = field(default_factory=set)
    in_turn: set[UUID] = field(default_factory=set)


_WAITS = "WHERE organization_id = %s AND settle_on <= %s"
# The first part names the types of the columns. Few guests have moves, so they are sorted here.
_KNOWN = """SELECT 'move' AS what, guest_id, CAST(number AS bigint) AS number, moved_on,
    tier_before, tier_after, cause, standing_before
    FROM records_tiermove WHERE organization_id = %s AND guest_id IN %s
    UNION ALL SELECT 'spend', guest_id, CAST(SUM(spend_cents) AS bigint), NULL, NULL, NULL,
    NULL, NULL FROM records_spend
    WHERE organization_id = %s AND paid_quarter IN %s AND guest_id IN %s
    AND paid_on BETWEEN %s AND %s GROUP BY guest_id
    UNION ALL SELECT what, guest_id, 0, NULL, NULL, NULL, NULL, NULL FROM ("""
_OTHERS = """
        UNION ALL SELECT 'busy', guest_id FROM records_appointment WHERE organization_id = %s
        AND guest_id IN %s AND (booked_on IN %s OR starts_on IN %s)
        AND EXISTS (SELECT 1 FROM records_appointment WHERE organization_id = %s)
        UNION ALL SELECT 'called', guest_id FROM records_appointment
        WHERE organization_id = %s AND invoice_ref IN %s
    ) others"""
_IN_LINE = (
    ("busy", "records_invoice", "guest_id"),
    ("busy", "records_feedback", "guest_id"),
    ("busy", "records_guest", "id"),
    ("busy", "records_appointment", "guest_id"),
    ("turn", "records_referralturn", "guest_id"),
)
_OF_FEW = " UNION ALL ".join(
    f"SELECT '{what}' AS what, {guest} AS guest_id FROM {table} {_WAITS} AND {guest} IN %s"
    for what, table, guest in _IN_LINE
)
_OF_MANY = " UNION ALL ".join(
    f"SELECT '{what}' AS what, {guest} AS guest_id FROM {table} {_WAITS}"
    for what, table, guest in _IN_LINE
)
MANY = 50
"""So many guests are not looked for one by one in the lines: all who wait by the day are read,
who seldom are more than a batch brings.
"""
_TYPES = "text uuid int date text text text text"


def beside(
    ids: Ids,
    *,
    on: date,
    since: date | None,
    days: Sequence[date],
    invoices: Sequence[str],
) -> Beside:
    """Of the guests `ids`, by the close of `on`, with the spend from `since` (rule 4.2).

    `days` are those on which the invoices were opened, `invoices` the callers' ids of these and
    of all others that the batch tells.
    """
    org = current_organization()
    first = since or on + timedelta(days=1)
    is_few = len(ids) < MANY
    waits = [org, on, ids] if is_few else [org, on]
    rows = select(
        f"{_KNOWN} {_OF_FEW if is_few else _OF_MANY} {_OTHERS}",
        [
            *[org, ids, org, quarters_of_spend(first, on), ids, first, on],
            *(waits * len(_IN_LINE)),
            *[org, ids, days, days, org, org, invoices],
        ],
        types=_TYPES,
    )
    return _sorted(rows)


def _sorted(rows: Iterable[tuple[Any, ...]]) -> Beside:
    found = Beside()
    sets = {"busy": found.busy, "called": found.called, "turn": found.in_turn}
    moves: list[tuple[Any, ...]] = []
    for row in rows:
        what, guest = row[0], row[1]
        if what == "spend":
            found.spend[guest] = row[2]
        elif what == "move":
            moves.append(row)
        else:
            sets[what].add(guest)
    for _, guest, _, on, before, after, cause, standing in sorted(moves, key=_by_number):
        move = Move(on, before, after, cause, codec.standing_of(standing))
        found.moves.setdefault(guest, []).append(move)
    return found


def _by_number(row: tuple[Any, ...]) -> int:
    number: int = row[2]
    return number
