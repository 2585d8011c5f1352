"""An invoice as its page shows it: rows for the template, and how an act answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.faces.shared.refusals import STATUS, told
from regulars.faces.shared.sending import new_token
from regulars.faces.shared.visits import Undo, Visit, redirect_to
from regulars.faces.shared.writing import Writer
from regulars.records.queries import badges, book_columns
from regulars.records.queries.desk_invoices import DeskInvoice
from regulars.rules import till as rules
from regulars.rules.facts import Line, Payment, Refund
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused
from regulars.services.desk import checkout, tills
from regulars.services.desk.tills import Shown, Till

Words = Mapping[str, str | Promise]

TENDERS: Words = {
    "card": _("Card"),
    "cash": _("Cash"),
    "check": _("Check"),
    "gift_card": _("Gift card"),
    "prepaid_card": _("Prepaid"),
    "package_credit": _("Package"),
    "membership_credit": _("Membership"),
    "custom": pgettext_lazy("tender", "Other"),
}
KINDS: Words = {
    "service": _("Service"),
    "product": _("Product"),
    "day_package": _("Day package"),
    "series_package": _("Series package"),
    "custom_package": _("Custom package"),
    "membership": _("Membership"),
    "gift_card": _("Gift card"),
    "prepaid_card": _("Prepaid card"),
    "tip": _("Tip"),
}
ACTIONS: Words = {
    "amount_spent": _("Amount spent"),
    "amount_spent_anniversary": _("Amount spent, anniversary"),
    "amount_spent_birthday": _("Amount spent, birthday"),
    "rebook": _("Rebooking"),
    "feedback": _("Feedback"),
    "online_signup": _("Signing up online"),
    "online_booking": _("Booking online"),
    "shared_feedback": _("Shared feedback"),
    "welcome_bonus": _("Welcome"),
    "referral_visit": _("Referral: a visit"),
    "referral_membership": _("Referral: a membership"),
    "referral_package": _("Referral: a package"),
}
MOST_REFUSED = 5
FOUR_WEEKS = timedelta(weeks=4)
ORDERS, PAYMENTS, REWARDS = "orders", "payments", "rewards"
TABS = (ORDERS, PAYMENTS, REWARDS)


# -- rows -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line with its words; `each_cents` is the price of one of its quantity."""

    line: Line
    name: str | Promise
    kind: str | Promise
    staff: str
    each_cents: int
    amount_cents: int
    refundable_cents: int


@dataclass(frozen=True, slots=True)
class PaymentRow:
    payment: Payment
    tender: str | Promise
    left_cents: int


@dataclass(frozen=True, slots=True)
class RefundRow:
    refund: Refund
    tender: str | Promise
    line: str | Promise


@dataclass(frozen=True, slots=True)
class RewardRow:
    """One reward in the list of those to tick; `cents` is its face, or what was taken of it."""

    code: str
    cents: int
    expires_on: date | None
    is_ticked: bool
    why_not: str | Promise


@dataclass(frozen=True, slots=True)
class Again:
    """What *Book again* begins with: four weeks on, the same hour, services and staff."""

    first: date
    day: date
    time: str
    staff: str | None
    services: list[tuple[str, str]]


def again_of(there: DeskInvoice, now: datetime, zone: ZoneInfo) -> Again:
    opened = there.facts.opened_at.astimezone(zone)
    today = now.astimezone(zone).date()
    services = [line for line in there.facts.lines if line.kind == "service" and line.item]
    return Again(
        first=today,
        day=today + FOUR_WEEKS,
        time=f"{opened.hour:02}:{opened.minute // 15 * 15:02}",
        staff=next((line.staff for line in services if line.staff), None),
        services=[
            (ref, there.item_names.get(ref, ref))
            for ref in dict.fromkeys(line.item for line in services if line.item)
        ],
    )


def line_rows(there: DeskInvoice, staff: Mapping[str, str]) -> list[LineRow]:
    return [
        LineRow(
            line=line,
            name=line_name(line, there),
            kind=KINDS[line.kind],
            staff=staff.get(line.staff or "", line.staff or ""),
            each_cents=line.price_cents // line.quantity,
            amount_cents=line.net_cents + line.tax_cents,
            refundable_cents=rules.refundable_cents(there.facts, line.id),
        )
        for line in there.facts.lines
    ]


def line_name(line: Line, there: DeskInvoice) -> str | Promise:
    """What the catalog calls it, else what kind of thing it is."""
    return there.item_names.get(line.item or "", KINDS[line.kind])


def payment_rows(there: DeskInvoice) -> list[PaymentRow]:
    left = rules.left_cents(there.facts)
    return [PaymentRow(one, TENDERS[one.tender], left[one.id]) for one in there.facts.payments]


def refund_rows(there: DeskInvoice) -> list[RefundRow]:
    tenders = {one.id: one.tender for one in there.facts.payments}
    lines = {line.id: line_name(line, there) for line in there.facts.lines}
    return [
        RefundRow(one, TENDERS[tenders[one.payment]], lines.get(one.line or "", ""))
        for one in there.facts.refunds
    ]


def reward_rows(there: DeskInvoice, seen: checkout.Visit | None) -> list[RewardRow]:
    """Those on the invoice first, then what may be ticked, then what may not and why.

    Of those that may not only the last: a guest of many years has hundreds that ended.
    """
    ticked = [RewardRow(one.reward, one.cents, None, True, "") for one in there.applied_rewards]
    redeemable = seen.rewards if seen is not None else frozenset()
    others = [one for one in there.rewards if one.reward not in redeemable]
    offered = [
        RewardRow(one.reward, one.cents, one.expires_on, False, "")
        for one in there.rewards
        if one.reward in redeemable
    ]
    refused = [
        RewardRow(one.reward, one.cents, one.expires_on, False, _why_not(there, one.state))
        for one in others[-MOST_REFUSED:]
    ]
    return [*ticked, *offered, *refused]


def _why_not(there: DeskInvoice, state: str) -> str | Promise:
    if state == "held":
        return _("set aside for something else")
    if there.facts.status != "open":
        return _("the invoice is not open")
    if not there.bill.due_cents:
        return _("nothing is due")
    return _("its last day is over")


# -- the page ---------------------------------------------------------------------------------


def till_of(visit: Visit) -> Till:
    return Till(visit.company, visit.sender, visit.now)


@dataclass(frozen=True, slots=True)
class Told:
    """What an act has to say above the invoice: a refusal, or that it is another by now."""

    sentence: str = ""
    is_stale: bool = False
    status: int = 200
    tab: str | None = None


def show(visit: Visit, ref: str, *, told: Told = Told()) -> HttpResponse:
    """The page, or for htmx the part of it that acts change."""
    there = tills.look(ref)
    context = context_of(visit, there, tab=told.tab or _tab(visit)) | {"told": told}
    template = "desk/invoice.html"
    if visit.is_partial:
        template += "#region"
    return visit.show(template, context, status=told.status)


def _tab(visit: Visit) -> str:
    asked = visit.request.POST.get("tab") or visit.request.GET.get("tab", ORDERS)
    return asked if asked in TABS else ORDERS


def context_of(visit: Visit, there: DeskInvoice, *, tab: str) -> dict[str, Any]:
    seen = _seen(visit, there)
    columns = book_columns.providers(there.center)
    staff = {one.ref: one.name for one in columns}
    may_act = visit.may(Permission.RECORD_FACTS) and visit.member.center in (None, there.center)
    on = till_of(visit).moment(there.center).on
    program = visit.company.versions.on(on)
    return {
        "there": there,
        "facts": there.facts,
        "bill": there.bill,
        "shown_total": there.bill.net_cents + there.bill.tax_cents,
        "seen": seen,
        "light": 0 if seen is None else len(seen.rewards) + (seen.redeemable.maximum > 0),
        "tab": tab,
        "lines": line_rows(there, staff),
        "payments": payment_rows(there),
        "refunds": refund_rows(there),
        "rewards": reward_rows(there, seen),
        "awarded": [(ACTIONS[action], n) for action, n in seen.awarded] if seen else [],
        "earns": [(ACTIONS[one.action], one) for one in seen.earns] if seen else [],
        "paid_cents": there.facts.paid_cents - there.facts.refunded_cents,
        "refundable_cents": rules.refundable_cents(there.facts),
        "tenders": TENDERS.items(),
        "staff": columns,
        "badges": badges.badges_of([there.guest.key], there.center, on)[there.guest.key],
        "tier": program.tier(there.guest.tier) if program and there.guest.tier else None,
        "may_act": may_act,
        "may_redeem": may_act and visit.may(Permission.REDEEM),
        "token": new_token(),
        "again": again_of(there, visit.now, visit.company.center(there.center).zone),
        "on": on,
    }


def _seen(visit: Visit, there: DeskInvoice) -> checkout.Visit | None:
    if there.facts.status == "void":
        return None
    return checkout.visit(till_of(visit), there, write=Writer(visit))


# -- acts -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, and the page with the fields that take it back."""

    sentence: str
    page: str
    fields: Mapping[str, str | Sequence[str]]


def act(visit: Visit, ref: str, do: Callable[[Till, Shown], Done | None]) -> HttpResponse:
    """Do it to the version that was on the screen, and show the invoice as it is then."""
    shown = Shown(ref, visit.request.POST.get("version", ""))
    try:
        done = do(till_of(visit), shown)
    except Refused as refused:
        return show(visit, ref, told=_told(visit, refused))
    if done is not None:
        version = {"version": tills.look(ref).version, "tab": _tab(visit)}
        address = reverse(done.page, kwargs={"ref": ref})
        visit.say(done.sentence, undo=Undo(address, {**version, **done.fields}))
    if visit.is_partial:
        return show(visit, ref)
    address = reverse("invoice", kwargs={"ref": ref})
    return redirect_to(visit.request, f"{address}?tab={_tab(visit)}")


def _told(visit: Visit, refused: Refused) -> Told:
    if refused.code == "unknown_reference" and refused.field == "invoice":
        raise refused
    is_stale = refused.code == "conflict" and refused.field == "version"
    return Told(told(refused, visit), is_stale, STATUS.get(refused.code, 422))
