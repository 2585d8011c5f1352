"""The loyalty state of invoices, as contract section 4 shows it, as of a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records import load
from regulars.records.bulk import select
from regulars.records.quarters import quarters_of_entries
from regulars.records.queries import states
from regulars.records.queries.states import State, View
from regulars.records.scope import current_organization
from regulars.rules import billing, rewards
from regulars.rules.facts import Invoice


def invoice_ids() -> list[UUID]:
    rows = select(
        "SELECT id FROM records_invoice WHERE organization_id = %s ORDER BY external_id",
        [current_organization()],
        types="uuid",
    )
    return [row[0] for row in rows]


def invoice_states(ids: Sequence[UUID], view: View) -> dict[str, State]:
    """States by the callers' invoice ids. A fixed number of queries."""
    found = load.invoices_where("i.id IN %s", [list(ids)])
    owners = sorted({guest for guest, invoice in found if invoice.status == "open"})
    credit = states.redeemable_rewards(owners, view.on)
    # A void invoice has earned nothing, whatever of it had lapsed and could not be taken back.
    earned = _earned([pair for pair in found if pair[1].status != "void"], view)
    told = {}
    for guest, invoice in sorted(found, key=lambda pair: pair[1].id):
        bill = billing.bill_of(
            invoice.lines,
            invoice.payments,
            invoice.applied,
            is_void=invoice.status == "void",
        )
        told[invoice.id] = {
            "status": invoice.status,
            "total": view.money(bill.total_cents),
            "points_paid": view.money(bill.points_cents),
            "rewards_paid": view.money(bill.rewards_cents),
            "tax": view.money(bill.tax_cents),
            "due": view.money(bill.due_cents),
            "redeemable_rewards": _redeemable(invoice, credit.get(guest, []), view),
            "points_earned": earned.get(invoice.key, {}),
            "points_pending": {},
        }
    return told


def _redeemable(invoice: Invoice, rows: Iterable[tuple[Any, ...]], view: View) -> list[str]:
    if invoice.status != "open":
        return []
    ordered = sorted(rows, key=lambda row: (row[5] or date.max, row[4], row[0]))
    return [
        row[0]
        for row in ordered
        if row[4] <= view.on and rewards.status_on(row[3], row[5], view.on) == "issued"
    ]


def _earned(pairs: Sequence[tuple[UUID, Invoice]], view: View) -> dict[UUID, dict[str, int]]:
    """Points by action, net of reversals, of the invoice's own guest (contract section 4).

    Referral points name the referred guest's invoice too, and are another guest's.
    """
    sources = {invoice.source: invoice.key for _, invoice in pairs}
    for _, invoice in pairs:
        for line in invoice.lines:
            if line.appointment:
                sources[f"appointment/{line.appointment}"] = invoice.key
    for ref, key in _appointments_of([invoice for _, invoice in pairs]):
        sources[f"appointment/{ref}"] = key
    owners = {invoice.key: guest for guest, invoice in pairs}
    books = _books_of(owners.values())
    # The day as an expression: SQLite would read all that was entered by then, of everybody.
    rows = select(
        """SELECT guest_id, source, action, SUM(points) FROM records_ledgerentry
        WHERE organization_id = %s AND entered_quarter IN %s AND guest_id IN %s
        AND source IN %s AND unit = 'points'
        AND action IS NOT NULL AND kind IN ('accrual', 'reversal')
        AND COALESCE(entered_on, entered_on) <= %s
        GROUP BY guest_id, source, action ORDER BY source, action""",
        [
            current_organization(),
            quarters_of_entries(),
            sorted(set().union(*books.values())),
            sorted(sources),
            view.on,
        ],
        types="uuid text text int",
    )
    earned: dict[UUID, dict[str, int]] = {}
    for guest, source, action, points in rows:
        key = sources[source]
        if points and not action.startswith("referral_") and guest in books[owners[key]]:
            mine = earned.setdefault(key, {})
            mine[action] = mine.get(action, 0) + points
    return {
        key: {action: points for action, points in mine.items() if points}
        for key, mine in earned.items()
    }


def _books_of(owners: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Whose ledgers hold what each guest's invoices earned: entries stay where they were made.

    Beside its own those of guests merged into it, and of guests it was once merged with (9.4).
    """
    guests = sorted(set(owners))
    rows = select(
        """SELECT id, merged_into_id FROM records_guest
        WHERE organization_id = %s AND merged_into_id IN %s
        UNION SELECT guest_id, survivor_id FROM records_merge
        WHERE organization_id = %s AND is_undone AND (guest_id IN %s OR survivor_id IN %s)""",
        [current_organization(), guests, current_organization(), guests, guests],
        types="uuid uuid",
    )
    books = {guest: {guest} for guest in guests}
    for one, other in rows:
        books.setdefault(other, set()).add(one)
        books.setdefault(one, set()).add(other)
    return books


def _appointments_of(invoices: Sequence[Invoice]) -> list[tuple[str, UUID]]:
    by_ref = {invoice.id: invoice.key for invoice in invoices}
    rows = select(
        """SELECT external_id, invoice_ref FROM records_appointment
        WHERE organization_id = %s AND invoice_ref IN %s""",
        [current_organization(), sorted(by_ref)],
        types="text text",
    )
    return [(ref, by_ref[invoice]) for ref, invoice in rows]


# -- rewards on it ---------------------------------------------------------------------------


def rewards_on_bill(guest: UUID, invoice: Invoice, view: View) -> list[State]:
    """The states of the guest's rewards that may be redeemed on this invoice."""
    if invoice.status != "open":
        return []
    rows = states.redeemable_rewards([guest], view.on).get(guest, [])
    codes = set(_redeemable(invoice, rows, view))
    shown: list[State] = states.reward_state(rows, view)["rewards"]
    return [one for one in shown if one["id"] in codes]
