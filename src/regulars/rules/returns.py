"""Points spent on an invoice that come back with its money (rule 7.6)."""

from datetime import date

from regulars.rules.facts import Invoice
from regulars.rules.lots import Entry, Lot
from regulars.rules.settling import Settling


def return_redemptions(settling: Settling, invoice: Invoice) -> None:
    """Rule 7.6: a void returns all points spent on the invoice, a refund its part of them."""
    spent = sum(one.points for one in invoice.redemptions)
    returned = sum(one.returned for one in invoice.redemptions)
    target = spent if invoice.status == "void" else _due_back(invoice, spent)
    points = target - returned
    if points <= 0:
        return
    back = _latest_expiry_first(settling, invoice, points)
    entry = Entry(
        "redemption_return",
        points,
        settling.on,
        invoice.source,
        f"return:{invoice.source}#{target}",
        {"because": "returned", "invoice": invoice.id, "spent": spent, "points": points},
    )
    # Chosen from the latest on, they come back oldest first, as they were earned (7.1).
    settling.book.give_back(entry, reversed(back), on=settling.on)


def _due_back(invoice: Invoice, spent: int) -> int:
    """Rule 7.6: each refund returns by the money paid until then, whenever it is settled.

    What is paid after a refund takes nothing back of what that refund returned; else it would
    matter whether anything settled the guest between the two (1.7).
    """
    if invoice.paid_cents and invoice.is_refunded_whole:
        return spent
    refunded = 0
    most = 0
    named = set()
    for refund in sorted(invoice.refunds, key=lambda one: one.at):
        refunded += refund.amount_cents
        named.add(refund.payment)
        paid = sum(
            one.amount_cents
            for one in invoice.payments
            if one.at <= refund.at or one.id in named
        )
        if paid:
            most = max(most, spent * min(refunded, paid) // paid)
    return most


def _latest_expiry_first(
    settling: Settling, invoice: Invoice, points: int
) -> list[tuple[Lot, int]]:
    drawn = [
        (settling.book.lots[number], redemption, place)
        for redemption in invoice.redemptions
        for place, (number, left) in enumerate(redemption.draws)
        if left
    ]
    drawn.sort(key=lambda one: (one[0].expires_on or date.max, one[0].number), reverse=True)
    back = []
    for lot, redemption, place in drawn:
        number, left = redemption.draws[place]
        part = min(left, points)
        if part:
            redemption.draws[place] = (number, left - part)
            redemption.returned += part
            points -= part
            back.append((lot, part))
            if redemption not in settling.outcome.redemptions:
                settling.outcome.redemptions.append(redemption)
    assert not points
    return back
