"""Facts for a chunk of guests: a fixed number of queries, whatever the chunk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.quarters import quarters_of_spend
from regulars.records.scope import current_organization
from regulars.rules.facts import (
    Applied,
    Feedback,
    GuestFacts,
    Invoice,
    Move,
    Occasion,
    Redemption,
    Referral,
    SpendRow,
    Standing,
)
from regulars.rules.lots import CREDIT, POINTS, Book, Lot

Ids = Sequence[UUID]


@dataclass(slots=True)
class Account:
    """The account row as it was read; what save writes back is compared with it."""

    points: int
    debt: int
    credit_cents: int
    entry_count: int
    lot_count: int
    head: str
    consumed_cents: int


@dataclass(slots=True)
class GuestWork:
    """One guest being worked on: facts, account, and the books that were opened."""

    facts: GuestFacts
    account: Account
    merged_into: UUID | None
    referrer: UUID | None
    books: dict[str, Book] = field(default_factory=dict)
    n_moves: int = 0
    known_occasions: set[str] = field(default_factory=set)
    standing_read: Standing = field(default_factory=Standing)
    consumed_cents: int = 0

    @property
    def key(self) -> UUID:
        return self.facts.key

    @property
    def points(self) -> Book:
        return self.books[POINTS]

    def lot_count(self) -> int:
        count = self.account.lot_count
        for book in self.books.values():
            count = max(count, book.lot_count)
        return count


ACCOUNT_COLUMNS = """a.points, a.debt_points, a.credit_cents, a.entry_count, a.lot_count,
    a.head, a.consumed_cents, a.tier, a.tier_since, a.enrolled_on, a.is_direct, a.was_enrolled,
    a.entered_tiers"""
ACCOUNT_TYPES = "int int int int int text int text date date bool bool text"
NO_STANDING = Standing()
"""Of a guest whose account has not been looked at yet."""
NEW_ACCOUNT = (0, 0, 0, 0, 0, "", 0, None, None, None, False, False, "[]")
"""The account of a guest who has just been heard of."""


def guests(ids: Ids) -> dict[UUID, GuestWork]:
    """Guests with their accounts and tier history, by row id. Two queries."""
    rows = select(
        f"""SELECT g.id, g.external_id, g.birthday, g.anniversary, g.opted_in, g.signed_up_on,
        g.merged_into_id, g.referrer_id, {ACCOUNT_COLUMNS} FROM records_guest g
        JOIN records_account a ON a.organization_id = g.organization_id AND a.guest_id = g.id
        WHERE g.organization_id = %s AND g.id IN %s""",
        [current_organization(), ids],
        types=f"uuid text date date bool date uuid uuid {ACCOUNT_TYPES}",
    )
    work = {row[0]: _work(row) for row in rows}
    add_moves(work)
    return work


def _work(row: tuple[Any, ...]) -> GuestWork:
    facts = GuestFacts(
        key=row[0],
        id=row[1],
        birthday=row[2],
        anniversary=row[3],
        opted_in=row[4],
        signed_up_on=row[5] if row[6] is None else None,
        standing=NO_STANDING,
        moves=[],
    )
    return work_of(facts, row[8:], merged_into=row[6], referrer=row[7])


def work_of(
    facts: GuestFacts,
    account: tuple[Any, ...],
    *,
    merged_into: UUID | None,
    referrer: UUID | None,
) -> GuestWork:
    """A guest with the columns of its account, which say its standing too."""
    tier, since, enrolled_on, is_direct, was_enrolled, entered = account[7:]
    standing = Standing(tier, since, enrolled_on, is_direct, was_enrolled)
    if entered != "[]":
        standing.entered = tuple(codec.value_of(entered))
    facts.standing = standing
    return GuestWork(
        facts,
        Account(*account[:7]),
        merged_into=merged_into,
        referrer=referrer,
        standing_read=standing,
        consumed_cents=account[6],
    )


def add_moves(work: dict[UUID, GuestWork]) -> None:
    """The tier history of guests, in its order. One query."""
    rows = select(
        """SELECT guest_id, moved_on, tier_before, tier_after, cause, standing_before
        FROM records_tiermove WHERE organization_id = %s AND guest_id IN %s
        ORDER BY guest_id, number""",
        [current_organization(), list(work)],
        types="uuid date text text text text",
    )
    for guest, on, before, after, cause, standing in rows:
        work[guest].facts.moves.append(
            Move(on, before, after, cause, codec.standing_of(standing))
        )
        work[guest].n_moves += 1


# -- invoices ---------------------------------------------------------------------------------

INVOICE_COLUMNS = """
    i.id, i.external_id, i.status, i.opened_at, i.opened_on, i.closed_at, i.closed_on,
    i.known_on, i.document, i.memory, i.paid_in_full_on, i.money_news, i.guest_id,
    i.points_paid_cents + i.rewards_paid_cents, i.was_paid_in_full
"""
INVOICE_TYPES = (
    "uuid text text instant date instant date date text text date bool uuid int bool"
)


def _invoice(row: tuple[Any, ...]) -> Invoice:
    document = codec.document_of(row[8])
    return Invoice(
        key=row[0],
        id=row[1],
        status=row[2],
        opened_at=row[3],
        opened_on=row[4],
        closed_at=row[5],
        closed_on=row[6],
        known_on=row[7],
        lines=document.lines,
        payments=document.payments,
        refunds=document.refunds,
        paid_in_full_on=row[10],
        was_paid_in_full=row[14],
        money_news=row[11],
        memory=codec.memory_of(row[9]),
    )


def invoices_where(condition: str, params: list[Any]) -> list[tuple[UUID, Invoice]]:
    """(owner, invoice) of the invoices a condition names, with what stands on them."""
    rows = select(
        f"SELECT {INVOICE_COLUMNS} FROM records_invoice i WHERE i.organization_id = %s"
        f" AND {condition}",
        [current_organization(), *params],
        types=INVOICE_TYPES,
    )
    found = [(row[12], _invoice(row)) for row in rows]
    redeemed = {row[0] for row in rows if row[13]}
    if redeemed:
        add_redemptions([invoice for _, invoice in found if invoice.key in redeemed])
    return found


def add_redemptions(invoices: Iterable[Invoice]) -> None:
    """What points and rewards stand on these invoices. One query."""
    by_key = {invoice.key: invoice for invoice in invoices}
    rows = select(
        """SELECT invoice_id, id, external_id, unit, points, paid_cents, is_pre_tax, item_kinds,
        redeemed_at, returned_points, draws, state, redeemed_on
        FROM records_redemption WHERE organization_id = %s AND invoice_id IN %s
        AND state <> 'undone' ORDER BY redeemed_at, external_id""",
        [current_organization(), list(by_key)],
        types="uuid uuid text text int int bool text instant int text text date",
    )
    for row in rows:
        (
            key,
            row_id,
            ref,
            unit,
            points,
            cents,
            pre_tax,
            kinds,
            at,
            returned,
            draws,
            state,
            on,
        ) = row
        invoice = by_key[key]
        if state == "standing":
            chosen = frozenset(codec.value_of(kinds)) if kinds else None
            applied = Applied(ref, unit == POINTS, cents, at, pre_tax, chosen, on)
            invoice.applied = (*invoice.applied, applied)
        if unit == POINTS:
            lots = [(number, left) for number, left in codec.value_of(draws)]
            invoice.redemptions.append(
                Redemption(row_id, ref, points, cents, at, returned, lots)
            )


# -- what a settling looks at -----------------------------------------------------------------


def add_unsettled(work: dict[UUID, GuestWork], *, on: date) -> None:
    """Invoices that wait for a settling by `on`, into their guests' facts."""
    condition = "i.settle_on <= %s AND i.guest_id IN %s AND i.known_on <= %s"
    for guest, invoice in invoices_where(condition, [on, list(work), on]):
        work[guest].facts.invoices.append(invoice)


def add_spend(work: dict[UUID, GuestWork], *, first: date, last: date) -> None:
    """Spend in the window, both ends counted (rule 4.2). One query."""
    for guest, cents in spend_in(list(work), first=first, last=last).items():
        work[guest].facts.spend_cents = cents


def spend_in(ids: Ids, *, first: date, last: date) -> dict[UUID, int]:
    rows = select(
        """SELECT guest_id, SUM(spend_cents) FROM records_spend
        WHERE organization_id = %s AND paid_quarter IN %s AND guest_id IN %s
        AND paid_on BETWEEN %s AND %s GROUP BY guest_id""",
        [current_organization(), quarters_of_spend(first, last), ids, first, last],
        types="uuid int",
    )
    return dict(rows)


def add_spend_rows(work: dict[UUID, GuestWork], *, first: date, last: date) -> None:
    """Spend by day and invoice, which split rates need (rule 4.10), both ends counted."""
    rows = select(
        """SELECT s.guest_id, s.paid_on, i.external_id, s.spend_cents FROM records_spend s
        JOIN records_invoice i ON i.organization_id = s.organization_id AND i.id = s.invoice_id
        WHERE s.organization_id = %s AND s.paid_quarter IN %s AND s.guest_id IN %s
        AND s.paid_on BETWEEN %s AND %s""",
        [
            current_organization(),
            quarters_of_spend(first, last),
            list(work),
            first,
            last,
        ],
        types="uuid date text int",
    )
    for guest, on, invoice, cents in rows:
        work[guest].facts.spends.append(SpendRow(on, invoice, cents))


def open_points(work: Iterable[GuestWork], *, lots_of: set[UUID]) -> None:
    """Open the points book of each guest; lots only of those in `lots_of`. One query."""
    lots = lots_for(list(lots_of), unit=POINTS) if lots_of else {}
    for one in work:
        known = lots.get(one.key, []) if one.key in lots_of else None
        account = one.account
        one.books[POINTS] = Book(account.points, account.debt, account.lot_count, known)


def open_lapsing(work: Iterable[GuestWork], *, through: date) -> None:
    """Open the points book of each guest with the lots that lapse by the end of `through`, of
    all those she has. One query.
    """
    guests_ = list(work)
    lots = lots_for([one.key for one in guests_], unit=POINTS, through=through)
    for one in guests_:
        account, known = one.account, lots.get(one.key, [])
        one.books[POINTS] = Book(
            account.points, account.debt, account.lot_count, known, is_whole=False
        )


def open_credit(work: Iterable[GuestWork]) -> None:
    """Open the credit book of each guest with all open lots. One query."""
    guests_ = list(work)
    lots = lots_for([one.key for one in guests_], unit=CREDIT)
    for one in guests_:
        known = lots.get(one.key, [])
        book = Book(one.account.credit_cents, 0, one.lot_count(), known, unit=CREDIT)
        one.books[CREDIT] = book


LOT_COLUMNS = """guest_id, number, unit, size_points, remaining_points, tier, action, source,
    earned_on, expires_on, held_points, expired_points"""


def lots_for(ids: Ids, *, unit: str, through: date | None = None) -> dict[UUID, list[Lot]]:
    """Open lots by guest; with `through` only those whose last day that is, or one before."""
    by_then = "" if through is None else " AND expires_on IS NOT NULL AND expires_on <= %s"
    rows = select(
        f"""SELECT {LOT_COLUMNS} FROM records_lot
        WHERE organization_id = %s AND guest_id IN %s AND remaining_points > 0 AND unit = %s
        {by_then}""",
        [current_organization(), ids, unit, *([] if through is None else [through])],
        types="uuid int text int int text text text date date int int",
    )
    found: dict[UUID, list[Lot]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(Lot(*row[1:]))
    return found


def add_closed_lots(wanted: Iterable[tuple[GuestWork, Iterable[int], Iterable[str]]]) -> None:
    """Lots already empty that a return or a reversal must know (rules 7.6, 8.3).

    By guest, the numbers and the sources of the lots. One query.
    """
    asked = {
        one.key: (one.points, set(numbers), set(sources)) for one, numbers, sources in wanted
    }
    all_numbers = sorted({number for _, numbers, _ in asked.values() for number in numbers})
    all_sources = sorted({source for _, _, sources in asked.values() for source in sources})
    if not all_numbers and not all_sources:
        return
    rows = select(
        f"""SELECT {LOT_COLUMNS} FROM records_lot WHERE organization_id = %s AND guest_id IN %s
        AND unit = 'points' AND (number IN %s OR source IN %s)""",
        [current_organization(), list(asked), all_numbers, all_sources],
        types="uuid int text int int text text text date date int int",
    )
    for row in rows:
        book, numbers, sources = asked[row[0]]
        lot = Lot(*row[1:])
        if lot.number in numbers or lot.source in sources:
            book.lots.setdefault(lot.number, lot)


def add_occasions(work: dict[UUID, GuestWork], names: set[str], invoices: set[str]) -> None:
    """Once-per memories by name, and those that hang on an invoice. One query."""
    rows = select(
        """SELECT guest_id, name, action, state, times, points, tier, source, invoice_ref,
        happened_on FROM records_occasion
        WHERE organization_id = %s AND guest_id IN %s AND (name IN %s OR invoice_ref IN %s)""",
        [current_organization(), list(work), list(names), list(invoices)],
        types="uuid text text text int int text text text date",
    )
    for row in rows:
        occasion = Occasion(*row[1:])
        work[row[0]].facts.occasions[occasion.name] = occasion
        work[row[0]].known_occasions.add(occasion.name)


def add_feedback(work: dict[UUID, GuestWork], *, on: date) -> None:
    rows = select(
        """SELECT guest_id, id, external_id, appointment_ref, first_on, share_permission,
        published_on FROM records_feedback
        WHERE organization_id = %s AND guest_id IN %s AND settle_on <= %s
        ORDER BY external_id""",
        [current_organization(), list(work), on],
        types="uuid uuid text text date bool date",
    )
    for row in rows:
        work[row[0]].facts.feedback.append(Feedback(*row[1:]))


def referral_turns(ids: Ids, *, on: date) -> list[tuple[UUID, str, str]]:
    """(referring guest, referred guest, invoice) that wait for the referring guest's turn."""
    rows = select(
        """SELECT guest_id, referred_ref, invoice_ref FROM records_referralturn
        WHERE organization_id = %s AND guest_id IN %s AND settle_on <= %s
        ORDER BY referred_ref, invoice_ref""",
        [current_organization(), ids, on],
        types="uuid text text",
    )
    return [(row[0], row[1], row[2]) for row in rows]


def add_referrals(work: dict[UUID, GuestWork], turns: Sequence[tuple[UUID, str, str]]) -> None:
    refs = sorted({invoice for _, _, invoice in turns})
    found = {one.id: one for _, one in invoices_where("i.external_id IN %s", [refs])}
    for guest, referred, ref in turns:
        if ref in found:
            work[guest].facts.referrals.append(Referral(referred, found[ref]))
