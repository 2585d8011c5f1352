"""Points spent on an invoice that come back with its money (rule 7.6)."""

from datetime import date

from regulars.rules.facts import Invoice
from regulars.rules.lots import Entry, Lot
from regulars.rules.settling import Settling


def return_redemptions(settling: Settling, invoice: Invoice) -> None:
    """Rule 7.6: a void returns all points spent on the invoice, a refund its part of them."""
    spent = sum(one.points for one in invoice.redemptions)
    returned = sum(one.returned for one in invoice.redemptions)
    paid, refunded = invoice.paid_cents, invoice.refunded_cents
    if invoice.status == "void" or (paid and refunded >= paid):
        target = spent
    elif paid:
        target = spent * refunded // paid
    else:
        return
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
