"""Facts for a chunk of guests: a fixed number of queries, whatever the chunk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.scope import current_organization
from regulars.rules.facts import (
    Applied,
    Appointment,
    Feedback,
    GuestFacts,
    Invoice,
    Move,
    Occasion,
    Redemption,
    Referral,
    SpendRow,
    Standing,
    Visit,
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
        return max([self.account.lot_count, *(book.lot_count for book in self.books.values())])


GUEST_COLUMNS = """
    g.id, g.external_id, g.birthday, g.anniversary, g.opted_in, g.signed_up_on,
    g.merged_into_id, g.referrer_id, a.points, a.debt_points, a.credit_cents,
    a.entry_count, a.lot_count, a.head, a.tier, a.tier_since, a.enrolled_on, a.is_direct,
    a.was_enrolled, a.entered_tiers, a.consumed_cents
"""


def guests(ids: Ids) -> dict[UUID, GuestWork]:
    """Guests with their accounts and tier history, by row id. Two queries."""
    org = current_organization()
    rows = select(
        f"""SELECT {GUEST_COLUMNS} FROM records_guest g
        JOIN records_account a ON a.organization_id = g.organization_id AND a.guest_id = g.id
        WHERE g.organization_id = %s AND g.id IN %s""",
        [org, ids],
        types="uuid text date date bool date uuid uuid int int int int int text text date date"
        " bool bool text int",
    )
    work = {row[0]: _work(row) for row in rows}
    moves = select(
        """SELECT guest_id, moved_on, tier_before, tier_after, cause, standing_before
        FROM records_tiermove WHERE organization_id = %s AND guest_id IN %s
        ORDER BY guest_id, number""",
        [org, ids],
        types="uuid date text text text text",
    )
    for guest, on, before, after, cause, standing in moves:
        work[guest].facts.moves.append(
            Move(on, before, after, cause, codec.standing_of(standing))
        )
        work[guest].n_moves += 1
    return work


def _work(row: tuple[Any, ...]) -> GuestWork:
    standing = Standing(
        tier=row[14],
        since=row[15],
        enrolled_on=row[16],
        is_direct=row[17],
        was_enrolled=row[18],
        entered=tuple(codec.value_of(row[19])) if row[19] != "[]" else (),
    )
    facts = GuestFacts(
        key=row[0],
        id=row[1],
        birthday=row[2],
        anniversary=row[3],
        opted_in=row[4],
        signed_up_on=row[5] if row[6] is None else None,
        standing=standing,
        moves=[],
    )
    account = Account(row[8], row[9], row[10], row[11], row[12], row[13], row[20])
    return GuestWork(
        facts,
        account,
        merged_into=row[6],
        referrer=row[7],
        standing_read=standing,
        consumed_cents=row[20],
    )


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
        WHERE organization_id = %s AND guest_id IN %s AND paid_on BETWEEN %s AND %s
        GROUP BY guest_id""",
        [current_organization(), ids, first, last],
        types="uuid int",
    )
    return dict(rows)


def add_spend_rows(work: dict[UUID, GuestWork], *, first: date) -> None:
    """Spend by day and invoice, which split rates need (rule 4.10)."""
    rows = select(
        """SELECT s.guest_id, s.paid_on, i.external_id, s.spend_cents FROM records_spend s
        JOIN records_invoice i ON i.organization_id = s.organization_id AND i.id = s.invoice_id
        WHERE s.organization_id = %s AND s.guest_id IN %s AND s.paid_on >= %s""",
        [current_organization(), list(work), first],
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


def lots_for(ids: Ids, *, unit: str) -> dict[UUID, list[Lot]]:
    rows = select(
        f"""SELECT {LOT_COLUMNS} FROM records_lot
        WHERE organization_id = %s AND guest_id IN %s AND remaining_points > 0 AND unit = %s""",
        [current_organization(), ids, unit],
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


# -- appointments and visits ------------------------------------------------------------------

APPOINTMENT_COLUMNS = """guest_id, id, external_id, booked_at, booked_on, channel, starts_at,
    starts_on, status, invoice_ref"""
APPOINTMENT_TYPES = "uuid uuid text instant date text instant date text text"


def appointments_where(condition: str, params: list[Any]) -> list[tuple[UUID, Appointment]]:
    rows = select(
        f"SELECT {APPOINTMENT_COLUMNS} FROM records_appointment WHERE organization_id = %s"
        f" AND {condition}",
        [current_organization(), *params],
        types=APPOINTMENT_TYPES,
    )
    return [(row[0], Appointment(*row[1:])) for row in rows]


def unsettled_appointments(ids: Ids, *, on: date) -> list[tuple[UUID, Appointment]]:
    return appointments_where("settle_on <= %s AND guest_id IN %s", [on, ids])


def invoice_links(
    *, invoices: Sequence[UUID] = (), appointments: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """(appointment, invoice) pairs that invoice lines name, by the callers' ids."""
    rows = select(
        """SELECT l.appointment_ref, i.external_id FROM records_invoiceappointment l
        JOIN records_invoice i ON i.organization_id = l.organization_id AND i.id = l.invoice_id
        WHERE l.organization_id = %s AND (l.invoice_id IN %s OR l.appointment_ref IN %s)""",
        [current_organization(), list(invoices), list(appointments)],
        types="text text",
    )
    return [(row[0], row[1]) for row in rows]


def walk_ins(ids: Ids, days: Sequence[date]) -> list[tuple[UUID, Invoice]]:
    """Closed invoices opened on these days; their lines tell which are walk-ins (6.3)."""
    condition = "i.guest_id IN %s AND i.opened_on IN %s AND i.status = 'closed'"
    return invoices_where(condition, [ids, days])


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


def visit_of(appointment: Appointment, invoice: Invoice) -> Visit | None:
    """Rule 6.3: a completed appointment whose invoice is closed."""
    if appointment.status != "completed" or invoice.status != "closed":
        return None
    assert invoice.closed_at is not None
    return Visit(appointment.starts_on, appointment.id, invoice.id, invoice.closed_at)


def walk_in_of(invoice: Invoice) -> Visit | None:
    """Rule 6.3: an invoice with a service line and no appointment, on its opening's day."""
    services = any(line.kind == "service" for line in invoice.lines)
    if not services or any(line.appointment for line in invoice.lines):
        return None
    assert invoice.closed_at is not None
    return Visit(invoice.opened_on, None, invoice.id, invoice.closed_at)


# -- who has work -----------------------------------------------------------------------------


def guests_to_settle(*, on: date, center: UUID | None = None) -> list[UUID]:
    """Guests with something to settle by the close of `on`, in id order. One query."""
    org = current_organization()
    only = "" if center is None else " AND center_id = %s"
    extra: list[Any] = [] if center is None else [center]
    parts = [
        f"SELECT guest_id AS guest FROM records_{table}"
        f" WHERE organization_id = %s AND settle_on <= %s{only}"
        for table in ("invoice", "appointment")
    ]
    params: list[Any] = [org, on, *extra, org, on, *extra]
    if center is None:
        parts.append(
            "SELECT guest_id FROM records_feedback"
            " WHERE organization_id = %s AND settle_on <= %s"
        )
        parts.append(
            "SELECT id FROM records_guest WHERE organization_id = %s AND settle_on <= %s"
        )
        params += [org, on, org, on]
    rows = select(f"{' UNION '.join(parts)} ORDER BY 1", params, types="uuid")
    return [row[0] for row in rows]


def guests_in_referral_turn(*, on: date, about: Ids | None = None) -> list[UUID]:
    """Referring guests whose turn it is; with `about` only these and whoever referred them."""
    org = current_organization()
    only, extra = "", []
    if about is not None:
        only = """ AND (guest_id IN %s OR guest_id IN (
            SELECT referrer_id FROM records_guest WHERE organization_id = %s AND id IN %s))"""
        extra = [about, org, about]
    rows = select(
        f"""SELECT DISTINCT guest_id FROM records_referralturn
        WHERE organization_id = %s AND settle_on <= %s{only} ORDER BY 1""",
        [org, on, *extra],
        types="uuid",
    )
    return [row[0] for row in rows]


def guests_with_lapsing_lots(*, through: date) -> list[UUID]:
    rows = select(
        """SELECT DISTINCT guest_id FROM records_lot
        WHERE organization_id = %s AND remaining_points > 0 AND expires_on IS NOT NULL
        AND expires_on <= %s AND unit = 'points' ORDER BY 1""",
        [current_organization(), through],
        types="uuid",
    )
    return [row[0] for row in rows]


def first_lapse() -> date | None:
    """The soonest last day of any open lot."""
    rows = select(
        """SELECT MIN(expires_on) FROM records_lot WHERE organization_id = %s
        AND remaining_points > 0 AND expires_on IS NOT NULL AND unit = 'points'""",
        [current_organization()],
        types="date",
    )
    return rows[0][0] if rows else None


def first_unsettled() -> date | None:
    """The earliest close that something waits for."""
    org = current_organization()
    tables = ("invoice", "appointment", "feedback", "guest", "referralturn")
    parts = [
        f"SELECT MIN(settle_on) AS day FROM records_{table} WHERE organization_id = %s"
        " AND settle_on IS NOT NULL"
        for table in tables
    ]
    rows = select(
        f"SELECT MIN(day) FROM ({' UNION ALL '.join(parts)}) days", [org] * 5, types="date"
    )
    return rows[0][0] if rows else None


def standings_after(cursor: UUID | None, *, limit: int) -> list[tuple[UUID, Standing]]:
    """Guests in a tier, by id, after `cursor`: as much of their standing as a check asks."""
    after = "" if cursor is None else " AND guest_id > %s"
    rows = select(
        f"""SELECT guest_id, tier, tier_since, is_direct FROM records_account
        WHERE organization_id = %s AND tier IS NOT NULL{after}
        ORDER BY guest_id LIMIT {limit}""",
        [current_organization(), *([] if cursor is None else [cursor])],
        types="uuid text date bool",
    )
    return [
        (guest, Standing(tier=tier, since=since, is_direct=direct))
        for guest, tier, since, direct in rows
    ]


def guests_in_tiers(tiers: Sequence[str]) -> list[UUID]:
    rows = select(
        """SELECT guest_id FROM records_account
        WHERE organization_id = %s AND tier IN %s ORDER BY guest_id""",
        [current_organization(), list(tiers)],
        types="uuid",
    )
    return [row[0] for row in rows]
