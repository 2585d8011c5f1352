"""Invoices as the desk sees them: one with all that stands on it, and the list of them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records import codec, load
from regulars.records.bulk import select
from regulars.records.quarters import quarters_opened
from regulars.records.scope import current_organization
from regulars.rules import billing, rewards
from regulars.rules.billing import Bill
from regulars.rules.facts import Invoice

STATUSES = ("open", "closed", "void")
LATEST = 60
"""Invoices looked at for what is usual."""


@dataclass(frozen=True, slots=True)
class GuestShown:
    """Whose invoice it is; `points` may be below zero."""

    key: UUID
    ref: str
    name: str
    tier: str | None
    points: int


@dataclass(frozen=True, slots=True)
class PointsTender:
    """Points standing on the invoice; `id` is the redemption's."""

    id: str
    points: int
    cents: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RewardTender:
    """A reward standing on the invoice, and what of it the invoice took."""

    reward: str
    cents: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RewardOffered:
    """A reward of the guest's that is issued, whether or not its last day is over."""

    reward: str
    cents: int
    issued_on: date
    expires_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class DeskInvoice:
    """An invoice with its guest and all tenders.

    `version` names this very state, redemptions included: who saves says which one was on the
    screen. `named_guest` is whom the record names, who may have been merged into `guest`.
    `item_names` are by item id, `rewards` by soonest last day.
    """

    facts: Invoice
    version: str
    named_guest: str
    center: str
    center_name: str
    guest: GuestShown
    bill: Bill
    points: tuple[PointsTender, ...]
    applied_rewards: tuple[RewardTender, ...]
    rewards: tuple[RewardOffered, ...]
    item_names: dict[str, str]

    @property
    def ref(self) -> str:
        return self.facts.id


_HEAD = """SELECT i.id, i.digest, i.known_at, i.named_guest_ref, c.external_id, c.name, g.id,
    g.external_id, g.name, a.tier, a.points
    FROM records_invoice i
    JOIN records_center c ON c.organization_id = i.organization_id AND c.id = i.center_id
    JOIN records_guest g ON g.organization_id = i.organization_id AND g.id = i.guest_id
    JOIN records_account a ON a.organization_id = i.organization_id AND a.guest_id = i.guest_id
    WHERE i.organization_id = %s AND i.external_id = %s"""
_HEAD_TYPES = "uuid text instant text text text uuid text text text int"


def desk_invoice(ref: str) -> DeskInvoice | None:
    """One invoice by its number; None when there is none. At most six queries."""
    rows = select(_HEAD, [current_organization(), ref], types=_HEAD_TYPES)
    if not rows:
        return None
    key, digest, known_at, named, center, center_name, *guest = rows[0]
    [(_, facts)] = load.invoices_where("i.id = %s", [key])
    tenders = _tenders(key)
    standing = [one for one in tenders if one[4] == "standing"]
    return DeskInvoice(
        facts=facts,
        version=_version(digest, known_at, tenders),
        named_guest=named,
        center=center,
        center_name=center_name,
        guest=GuestShown(*guest),
        bill=_bill(facts),
        points=tuple(
            PointsTender(ref, points, cents, at)
            for ref, reward, points, cents, _, at in standing
            if reward is None
        ),
        applied_rewards=tuple(
            RewardTender(reward, cents, at)
            for _, reward, _, cents, _, at in standing
            if reward is not None
        ),
        rewards=_rewards(guest[0]),
        item_names=_item_names(line.item for line in facts.lines),
    )


def _bill(facts: Invoice) -> Bill:
    is_void = facts.status == "void"
    return billing.bill_of(facts.lines, facts.payments, facts.applied, is_void=is_void)


def _tenders(invoice: UUID) -> list[tuple[Any, ...]]:
    return select(
        """SELECT external_id, reward_ref, points, paid_cents, state, redeemed_at
        FROM records_redemption WHERE organization_id = %s AND invoice_id = %s
        ORDER BY redeemed_at, external_id""",
        [current_organization(), invoice],
        types="text text int int text instant",
    )


def _version(digest: str, known_at: datetime, tenders: Sequence[tuple[Any, ...]]) -> str:
    """No state comes twice: snapshots have their moment, tenders only come and are undone."""
    said = [digest, known_at.isoformat(), *(f"{one[0]} {one[4]}" for one in tenders)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def _rewards(guest: UUID) -> tuple[RewardOffered, ...]:
    rows = select(
        """SELECT external_id, amount_cents, issued_on, expires_on, state FROM records_reward
        WHERE organization_id = %s AND guest_id = %s AND state IN ('issued', 'held')""",
        [current_organization(), guest],
        types="text int date date text",
    )
    offered = [RewardOffered(*row) for row in rows]
    return tuple(
        sorted(
            offered,
            key=lambda one: rewards.offering_order(one.expires_on, one.issued_on, one.reward),
        )
    )


def _item_names(refs: Iterable[str | None]) -> dict[str, str]:
    wanted = sorted({ref for ref in refs if ref is not None})
    rows = select(
        "SELECT external_id, name FROM records_item"
        " WHERE organization_id = %s AND external_id IN %s",
        [current_organization(), wanted],
        types="text text",
    )
    return dict(rows)


# -- the list ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One invoice in a list; money in minor units."""

    key: UUID
    number: str
    guest_key: UUID
    guest: str
    guest_name: str
    center: str
    status: str
    opened_at: datetime
    total_cents: int
    due_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which invoices: of a center, of a state, opened on these days, of one guest.

    With `number` (the beginning of one) or `guests`, those that either finds; `after` is the
    place of the last row that was shown.
    """

    center: str | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None
    guest: str | None = None
    number: str | None = None
    guests: tuple[str, ...] = ()
    after: tuple[datetime, UUID] | None = None


def invoice_lines(wanted: Wanted, *, limit: int) -> list[InvoiceLine]:
    """The latest opened first. Three queries, however many rows; one more for a guest's."""
    narrowed, params = _narrowed(wanted)
    rows = select(
        f"""SELECT i.id, g.id, g.external_id, g.name, c.external_id
        FROM records_invoice i
        JOIN records_center c ON c.organization_id = i.organization_id AND c.id = i.center_id
        JOIN records_guest g ON g.organization_id = i.organization_id AND g.id = i.guest_id
        WHERE i.organization_id = %s{narrowed}
        ORDER BY i.opened_at DESC, i.id DESC LIMIT {limit}""",
        [current_organization(), *params],
        types="uuid uuid text text text",
    )
    found = load.invoices_where("i.id IN %s", [[row[0] for row in rows]])
    facts = {invoice.key: invoice for _, invoice in found}
    return [_line(row, facts[row[0]]) for row in rows]


def _line(row: tuple[Any, ...], facts: Invoice) -> InvoiceLine:
    key, guest_key, guest, name, center = row
    bill = _bill(facts)
    return InvoiceLine(
        key=key,
        number=facts.id,
        guest_key=guest_key,
        guest=guest,
        guest_name=name,
        center=center,
        status=facts.status,
        opened_at=facts.opened_at,
        total_cents=bill.net_cents + bill.tax_cents,
        due_cents=bill.due_cents,
    )


# By a join PostgreSQL would sort all invoices of the center, of however many years.
_AT_CENTER = (
    "i.center_id = (SELECT id FROM records_center WHERE organization_id = %s"
    " AND external_id = %s)"
)


def _narrowed(wanted: Wanted) -> tuple[str, list[Any]]:
    conditions: list[str] = []
    params: list[Any] = []
    if wanted.center is not None:
        conditions.append(_AT_CENTER)
        params += [current_organization(), wanted.center]
    if wanted.guest is not None:
        conditions.append("i.opened_quarter IN %s")
        params.append(quarters_opened(wanted.since or date.min, wanted.until or date.max))
    for condition, value in (
        ("i.status = %s", wanted.status),
        ("i.opened_on >= %s", wanted.since),
        ("i.opened_on <= %s", wanted.until),
        ("g.external_id = %s", wanted.guest),
    ):
        if value is not None:
            conditions.append(condition)
            params.append(value)
    if wanted.number is not None:
        conditions.append("(LOWER(i.external_id) LIKE %s ESCAPE '!' OR g.external_id IN %s)")
        params += [_beginning(wanted.number), list(wanted.guests)]
    if wanted.after is not None:
        at, key = wanted.after
        conditions.append("(i.opened_at, i.id) < (%s, %s)")
        params += [at, key]
    return "".join(f" AND {one}" for one in conditions), params


def _beginning(text: str) -> str:
    """Small letters; what would stand for any letter stands for itself."""
    plain = text.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"{plain}%"


def usual_tax(center: str, item: str) -> tuple[int, int] | None:
    """(tax, price less discount) of the item's last line among the center's latest invoices.

    A catalog has no rates; what was charged a moment ago is what will be charged. One query.
    """
    rows = select(
        f"""SELECT i.document FROM records_invoice i
        WHERE i.organization_id = %s AND {_AT_CENTER} AND i.status <> 'void'
        ORDER BY i.opened_at DESC, i.id DESC LIMIT {LATEST}""",
        [current_organization(), current_organization(), center],
    )
    for (document,) in rows:
        for line in codec.document_of(document).lines:
            if line.item == item and line.net_cents:
                return line.tax_cents, line.net_cents
    return None
