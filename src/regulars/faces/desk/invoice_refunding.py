"""Money back, all, by line or by amount, with a look at what becomes of points and rewards."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from regulars.faces.desk.invoice_acts import cents_of
from regulars.faces.desk.invoice_shown import LineRow, line_rows, payment_rows, till_of
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import STATUS, told
from regulars.faces.shared.spoken import spoken
from regulars.faces.shared.visits import Visit
from regulars.records.queries.desk_invoices import DeskInvoice
from regulars.rules import till as rules
from regulars.rules.facts import Invoice, Line
from regulars.rules.permissions import Permission
from regulars.rules.refunds import Returned
from regulars.rules.refusals import Refused
from regulars.rules.till import MoneyBack
from regulars.services.desk import tills
from regulars.services.desk.tills import Shown
from regulars.services.previews import Preview

ALL, LINES, AMOUNT = "all", "lines", "amount"
WAYS = (ALL, LINES, AMOUNT)


@page(
    "tills/refund/<path:ref>",
    needs=Permission.RECORD_FACTS,
    methods=("GET", "POST"),
    example={"ref": "i00001"},
    under="invoices",
)
def invoice_refund(visit: Visit, ref: str) -> HttpResponse:
    """The form with its preview; sent, the money is back."""
    there = tills.look(ref)
    asked = visit.request.POST or visit.request.GET
    problem, status = "", 200
    try:
        if visit.request.method == "POST":
            shown = Shown(ref, asked.get("version", ""))
            tills.refund(till_of(visit), shown, _wanted(visit, there.facts, asked))
            visit.say(_("The refund is in the books."))
            return visit.go("invoice", ref=ref)
    except Refused as refused:
        if refused.code == "unknown_reference":
            raise
        problem, status = told(refused, visit), STATUS.get(refused.code, 422)
    payment, way = asked.get("payment") or None, _way(asked)
    context = {
        "there": there,
        "lines": [_line_row(row, asked) for row in line_rows(there, {})],
        "payments": payment_rows(there),
        "payment": payment,
        "way": way,
        "amount": asked.get("amount", ""),
        "most_cents": _most(there.facts, payment),
        "problem": problem,
        "preview": _preview_asked(visit, there, asked),
    }
    return visit.show("desk/invoice_refund.html", context, status=status)


@page("tills/refund-preview/<path:ref>", needs=Permission.RECORD_FACTS, under="invoices")
def invoice_refund_preview(visit: Visit, ref: str) -> HttpResponse:
    """What the refund as typed so far would do."""
    preview = _preview_asked(visit, tills.look(ref), visit.request.GET)
    return visit.show("desk/invoice_refund_preview.html", {"preview": preview})


# -- what is asked for ------------------------------------------------------------------------


def _way(asked: QueryDict) -> str:
    """All, lines or an amount; a line that is named in the address begins with lines."""
    way = asked.get("way", "")
    return way if way in WAYS else LINES if asked.get("line") else ALL


def _wanted(visit: Visit, facts: Invoice, asked: QueryDict) -> MoneyBack:
    """The refund as it is filled in. Refused: what is no amount, or a quantity that is none."""
    payment, way = asked.get("payment") or None, _way(asked)
    if way == ALL:
        return MoneyBack(_most(facts, payment), payment=payment)
    if way == AMOUNT:
        text = asked.get("amount", "").strip()
        if not text:
            raise Refused("invalid_record", _("Write an amount."), field="amount")
        return MoneyBack(cents_of(visit, text, field="amount"), payment=payment)
    returned = [
        Returned(line.id, None if n == line.quantity else n)
        for line in facts.lines
        if (n := _quantity(line, asked))
    ]
    if not returned:
        sentence = _("Say of which lines, and how many come back.")
        raise Refused("invalid_record", sentence, field="quantity")
    return MoneyBack(payment=payment, returned=returned)


def _quantity(line: Line, asked: QueryDict) -> int:
    text = asked.get(f"quantity-{line.id}", "").strip()
    if not text and asked.get("line") == line.id and "way" not in asked:
        return line.quantity
    if text and not (text.isascii() and text.isdecimal() and len(text) < 10):
        sentence = _("Write a whole number.")
        raise Refused("invalid_record", sentence, field="quantity", value=text[:20])
    return int(text or 0)


def _line_row(row: LineRow, asked: QueryDict) -> dict[str, Any]:
    try:
        quantity = _quantity(row.line, asked)
    except Refused:
        quantity = 0
    return {"row": row, "field": f"quantity-{row.line.id}", "quantity": quantity}


def _most(facts: Invoice, payment: str | None) -> int:
    most = rules.refundable_cents(facts)
    return min(most, rules.left_cents(facts).get(payment, most)) if payment else most


# -- what it would do -------------------------------------------------------------------------


def _preview_asked(visit: Visit, there: DeskInvoice, asked: QueryDict) -> dict[str, Any]:
    """Sentences of what would change, and both sides of the numbers; or why it cannot be."""
    try:
        back = _wanted(visit, there.facts, asked)
        seen: Preview = tills.preview_refund(till_of(visit), there, back)
    except Refused as refused:
        return {"problem": told(refused, visit)}
    if seen.result.status == "refused":
        return {"problem": spoken(seen.result.said or seen.result.message or "", visit)}
    names = {one.id: one.name for one in _tiers(visit)}
    sides = [seen.before["guest"], seen.after["guest"]]
    return {
        "cents": sum(cents for _line, cents in back.of(there.facts)),
        "points": [side["points"] for side in sides],
        "tiers": [names.get(side["tier"], _("in no tier")) for side in sides],
        "rewards": [
            sum(one["status"] == "issued" for one in side["rewards"]) for side in sides
        ],
        "sentences": [one["why"] for one in seen.entries],
    }


def _tiers(visit: Visit) -> Any:
    program = visit.company.versions.on(visit.today)
    return program.tiers if program is not None else ()
