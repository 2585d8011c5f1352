"""Money back, by line or by amount, with a look at what becomes of points and rewards first."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from regulars.faces.desk.invoice_acts import cents_of, cents_said
from regulars.faces.desk.invoice_shown import context_of, till_of
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import STATUS, told
from regulars.faces.shared.spoken import spoken
from regulars.faces.shared.visits import Visit
from regulars.rules import till as rules
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused
from regulars.rules.till import MoneyBack
from regulars.services.desk import tills
from regulars.services.desk.tills import Shown
from regulars.services.previews import Preview


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
    line, payment = asked.get("line") or None, asked.get("payment") or None
    problem = ""
    status = 200
    try:
        if visit.request.method == "POST":
            cents = cents_said(visit, "amount") or 0
            shown = Shown(ref, visit.request.POST.get("version", ""))
            tills.refund(till_of(visit), shown, MoneyBack(cents, line, payment))
            visit.say(_("The refund is in the books."))
            return visit.go("invoice", ref=ref)
    except Refused as refused:
        if refused.code == "unknown_reference":
            raise
        problem, status = told(refused, visit), STATUS.get(refused.code, 422)
    context = context_of(visit, there, tab="payments")
    context |= {"line": line, "payment": payment, "problem": problem}
    context["most_cents"] = _most(there.facts, line, payment)
    context["preview"] = _preview(visit, ref, MoneyBack(context["most_cents"], line, payment))
    return visit.show("desk/invoice_refund.html", context, status=status)


@page("tills/refund-preview/<path:ref>", needs=Permission.RECORD_FACTS, under="invoices")
def invoice_refund_preview(visit: Visit, ref: str) -> HttpResponse:
    """What the refund as typed so far would do."""
    asked = visit.request.GET
    facts = tills.look(ref).facts
    line, payment = asked.get("line") or None, asked.get("payment") or None
    try:
        text = asked.get("amount", "").strip()
        cents = cents_of(visit, text, field="amount") if text else _most(facts, line, payment)
        preview = _preview(visit, ref, MoneyBack(cents, line, payment))
    except Refused as refused:
        preview = {"problem": told(refused, visit)}
    return visit.show("desk/invoice_refund_preview.html", {"preview": preview})


def _most(facts: Any, line: str | None, payment: str | None) -> int:
    most = rules.refundable_cents(facts, line)
    return min(most, rules.left_cents(facts).get(payment, most)) if payment else most


def _preview(visit: Visit, ref: str, back: MoneyBack) -> dict[str, Any]:
    """Sentences of what would change, and both sides of the numbers; or why it cannot be."""
    try:
        seen: Preview = tills.preview_refund(till_of(visit), ref, back)
    except Refused as refused:
        return {"problem": told(refused, visit)}
    if seen.result.status == "refused":
        return {"problem": spoken(seen.result.said or seen.result.message or "", visit)}
    names = {one.id: one.name for one in _tiers(visit)}
    sides = [seen.before["guest"], seen.after["guest"]]
    rewards = [sum(one["status"] == "issued" for one in side["rewards"]) for side in sides]
    return {
        "cents": back.cents,
        "points": [side["points"] for side in sides],
        "tiers": [names.get(side["tier"], _("in no tier")) for side in sides],
        "rewards": rewards,
        "sentences": [one["why"] for one in seen.entries],
    }


def _tiers(visit: Visit) -> Any:
    program = visit.company.versions.on(visit.today)
    return program.tiers if program is not None else ()
