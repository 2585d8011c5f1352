"""What is done on the page of an invoice: lines, payments, points, rewards, its state.

Every act names the version of the invoice that was on the screen, and answers with the invoice
as it is then; done twice, it is refused the second time.
"""

from contextlib import suppress

from babel.numbers import NumberFormatError, parse_decimal
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.faces.desk.invoice_shown import Done, act, line_name
from regulars.faces.shared.pages import page
from regulars.faces.shared.visits import Visit
from regulars.faces.shared.writing import Writer
from regulars.records.queries import catalog
from regulars.rules import till as rules
from regulars.rules.amounts import parse_money
from regulars.rules.facts import Line
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused
from regulars.services.desk import opening, tills
from regulars.services.desk.opening import Chosen
from regulars.services.messages.languages import locale_of

RECORD = Permission.RECORD_FACTS
REDEEM = Permission.REDEEM
MOST_FOUND = 12


# -- what was typed ---------------------------------------------------------------------------


def cents_said(visit: Visit, field: str) -> int | None:
    """An amount as people write it here; None where nothing was written."""
    text = said(visit, field)
    return cents_of(visit, text, field=field) if text else None


def cents_of(visit: Visit, text: str, *, field: str) -> int:
    """What is not written in the language of the desk is the contract's own, or refused."""
    with suppress(NumberFormatError):
        text = f"{parse_decimal(text, locale=locale_of(visit.language), strict=True):f}"
    return parse_money(text, visit.company.exponent, field=field)


def number_said(visit: Visit, field: str) -> int:
    text = visit.request.POST.get(field, "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Refused(
            "invalid_record", _("Write a whole number."), field=field, value=text[:20]
        )
    return int(text)


def said(visit: Visit, field: str) -> str:
    return visit.request.POST.get(field, "").strip()


# -- lines ------------------------------------------------------------------------------------


@page("tills/items/<path:ref>", needs=RECORD, under="invoices")
def invoice_items(visit: Visit, ref: str) -> HttpResponse:
    """What the catalog has for the words typed so far."""
    if not visit.is_partial:
        return visit.go("invoice", ref=ref)
    words = visit.request.GET.get("q", "").strip()
    rows = catalog.items(search=words, limit=MOST_FOUND).rows if words else ()
    context = {"rows": rows, "ref": ref, "words": words, "there": tills.look(ref)}
    return visit.show("desk/invoice_items.html", context)


@page("tills/add/<path:ref>", needs=RECORD, methods=("POST",))
def invoice_add(visit: Visit, ref: str) -> HttpResponse:
    """One more line: something of the catalog, or a tip."""

    def do(till: tills.Till, shown: tills.Shown) -> Done:
        staff = said(visit, "staff") or None
        if said(visit, "item"):
            price = cents_said(visit, "price")
            chosen = Chosen(said(visit, "item"), price_cents=price, staff=staff)
            line = opening.line_of(chosen, center=tills.look(ref).center)
        else:
            line = rules.tip(cents_said(visit, "tip") or 0, staff=staff)
        tills.add_line(till, shown, line)
        there = tills.look(ref)
        added = there.facts.lines[-1]
        sentence = _("%(what)s is on the invoice.") % {"what": line_name(added, there)}
        return Done(sentence, "invoice_remove", {"line": added.id})

    return act(visit, ref, do)


@page("tills/change/<path:ref>", needs=RECORD, methods=("POST",))
def invoice_change(visit: Visit, ref: str) -> HttpResponse:
    """Quantity, price, discount, tax or staff of a line; what is left out stays."""

    def do(till: tills.Till, shown: tills.Shown) -> None:
        posted = visit.request.POST
        change = rules.LineChange(
            quantity=number_said(visit, "quantity") if "quantity" in posted else None,
            price_cents=_changed(visit, "price"),
            discount_cents=_changed(visit, "discount"),
            tax_cents=_changed(visit, "tax"),
            staff=said(visit, "staff") if "staff" in posted else None,
        )
        tills.change_line(till, shown, said(visit, "line"), change)

    return act(visit, ref, do)


def _changed(visit: Visit, field: str) -> int | None:
    """The amount, unless it is the one that was there: that follows from what did change."""
    cents = cents_said(visit, field)
    return None if said(visit, field) == said(visit, f"{field}_was") else cents


@page("tills/remove/<path:ref>", needs=RECORD, methods=("POST",))
def invoice_remove(visit: Visit, ref: str) -> HttpResponse:
    """A line off the invoice."""

    def do(till: tills.Till, shown: tills.Shown) -> Done | None:
        there, wanted = tills.look(ref), said(visit, "line")
        tills.remove_line(till, shown, wanted)
        [line] = [one for one in there.facts.lines if one.id == wanted]
        sentence = _("%(what)s is off the invoice.") % {"what": line_name(line, there)}
        kept = {
            name: str(getattr(line, name) or "") for name in ("item", "appointment", "staff")
        }
        numbers = ("price_cents", "discount_cents", "tax_cents", "quantity")
        kept |= {name: str(getattr(line, name)) for name in numbers}
        return Done(sentence, "invoice_put_back", {"kind": line.kind, **kept})

    return act(visit, ref, do)


@page("tills/put-back/<path:ref>", needs=RECORD, methods=("POST",))
def invoice_put_back(visit: Visit, ref: str) -> HttpResponse:
    """A line that was taken off, as it was."""

    def do(till: tills.Till, shown: tills.Shown) -> None:
        line = Line(
            "",
            said(visit, "kind"),
            number_said(visit, "price_cents"),
            number_said(visit, "discount_cents"),
            number_said(visit, "tax_cents"),
            item=said(visit, "item") or None,
            quantity=number_said(visit, "quantity"),
            appointment=said(visit, "appointment") or None,
            staff=said(visit, "staff") or None,
        )
        tills.add_line(till, shown, line)

    return act(visit, ref, do)


# -- money and state --------------------------------------------------------------------------


@page("tills/pay/<path:ref>", needs=RECORD, methods=("POST",))
def invoice_pay(visit: Visit, ref: str) -> HttpResponse:
    """A payment of part or all of what is due; of cash handed over the rest is change."""

    def do(till: tills.Till, shown: tills.Shown) -> Done:
        cents, tender = cents_said(visit, "amount") or 0, said(visit, "tender")
        due = rules.due_cents(tills.look(ref).facts)
        tills.pay(till, shown, tender, min(cents, due) if tender == "cash" else cents)
        write = Writer(visit)
        sentence = _("%(amount)s taken.") % {"amount": write.money(min(cents, due))}
        if tender == "cash" and cents > due:
            change = write.money(cents - due)
            sentence = _("Give %(change)s back.") % {"change": change}
        payment = tills.look(ref).facts.payments[-1]
        return Done(sentence, "invoice_take_off", {"payment": payment.id})

    return act(visit, ref, do)


@page("tills/take-off/<path:ref>", needs=RECORD, methods=("POST",))
def invoice_take_off(visit: Visit, ref: str) -> HttpResponse:
    """A payment that was a mistake."""
    payment = said(visit, "payment")
    return act(visit, ref, lambda till, shown: tills.remove_payment(till, shown, payment))


@page("tills/close/<path:ref>", needs=RECORD, methods=("POST",))
def invoice_close(visit: Visit, ref: str) -> HttpResponse:
    """Closed; with something due only where that was said."""
    with_due = said(visit, "with_due") == "yes"
    return act(visit, ref, lambda till, shown: tills.close(till, shown, with_due=with_due))


@page("tills/reopen/<path:ref>", needs=RECORD, methods=("POST",))
def invoice_reopen(visit: Visit, ref: str) -> HttpResponse:
    """Open again."""
    return act(visit, ref, tills.reopen)


@page("tills/void/<path:ref>", needs=RECORD, methods=("POST",))
def invoice_void(visit: Visit, ref: str) -> HttpResponse:
    """As if it had never been."""
    return act(visit, ref, tills.void)


# -- points and rewards -----------------------------------------------------------------------


@page("tills/points/<path:ref>", needs=REDEEM, methods=("POST",))
def invoice_points(visit: Visit, ref: str) -> HttpResponse:
    """Part of what is due is paid with points."""

    def do(till: tills.Till, shown: tills.Shown) -> Done:
        points = number_said(visit, "points")
        redemption = tills.redeem_points(till, shown, points)
        sentence = ngettext("%(n)s point is used.", "%(n)s points are used.", points)
        told = sentence % {"n": Writer(visit).points(points)}
        return Done(told, "invoice_points_back", {"redemption": redemption})

    return act(visit, ref, do)


@page("tills/points-back/<path:ref>", needs=REDEEM, methods=("POST",))
def invoice_points_back(visit: Visit, ref: str) -> HttpResponse:
    """Points off the invoice, back to their lots."""
    redemption = said(visit, "redemption")
    return act(visit, ref, lambda till, shown: tills.undo_points(till, shown, redemption))


@page("tills/rewards/<path:ref>", needs=REDEEM, methods=("POST",))
def invoice_rewards(visit: Visit, ref: str) -> HttpResponse:
    """What is ticked pays, what is not goes back: as the boxes stand."""

    def do(till: tills.Till, shown: tills.Shown) -> Done | None:
        before = [one.reward for one in tills.look(ref).applied_rewards]
        ticked = visit.request.POST.getlist("reward")
        tills.tick_rewards(till, shown, ticked)
        changed = {*before} ^ {*ticked}
        if not changed:
            return None
        told = _("Redeemed: %(codes)s") if changed & {*ticked} else _("Back: %(codes)s")
        sentence = told % {"codes": ", ".join(sorted(changed))}
        return Done(sentence, "invoice_rewards", {"reward": before})

    return act(visit, ref, do)
