"""Process Loyalty Rewards, the wizard: parameters, who is given what, created (rule 10.3)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office import carrying
from regulars.faces.office.reward_tabs import tabs
from regulars.faces.shared.fields import DayField, DeskForm, MoneyField
from regulars.faces.shared.listing import PER_PAGE, Column, listing_of
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import told
from regulars.faces.shared.sending import new_token, token_of
from regulars.faces.shared.visits import Visit, redirect_to
from regulars.records.queries import reward_lists, reward_orders
from regulars.records.queries.reward_orders import OrderShown
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused
from regulars.services import reward_office
from regulars.services import reward_orders as orders
from regulars.services.messages.languages import plain_amount
from regulars.services.reward_office import Wish

PROCESS = Permission.PROCESS_REWARDS
COLUMNS = (
    Column("name", gettext_lazy("Guest")),
    Column("total", gettext_lazy("Qualifying sales"), "number"),
    Column("used", gettext_lazy("Used before"), "number", is_sortable=False),
    Column("rewards", gettext_lazy("Rewards"), "number"),
    Column("carry", gettext_lazy("Carried over"), "number"),
)


class ProcessForm(DeskForm):
    """Step one."""

    threshold = MoneyField(
        label=gettext_lazy("Sales for one reward"),
        help_text=gettext_lazy(
            "For every full amount of qualifying sales a guest is given one reward. It uses"
            " them up; the rest is carried over to the next run."
        ),
    )
    amount = MoneyField(
        label=gettext_lazy("Amount of a reward"),
        help_text=gettext_lazy("The guest can pay with it at any of your centers."),
    )
    expires_on = DayField(
        label=gettext_lazy("Good through"),
        required=False,
        help_text=gettext_lazy("The last day it can be used. Left empty, it does not end."),
    )

    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(said["threshold"], said["amount"], said["expires_on"])


# -- one: parameters --------------------------------------------------------------------------


@page("rewards/process", needs=PROCESS, methods=("GET", "POST"), under="rewards")
def reward_process(visit: Visit) -> HttpResponse:
    """What a reward takes and what it is worth; nothing is given yet."""
    last = next(iter(reward_lists.runs()), None)
    form = ProcessForm(visit, visit.request.POST or None, initial=_like_last(visit, last))
    if visit.request.method == "POST" and form.is_valid():
        try:
            key = UUID(token_of(visit))
            orders.prepare(visit.company, key, form.wish(), now=visit.now, by=visit.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            return visit.go("reward_order", ref=str(key))
    context = {
        "form": form,
        "last": last,
        "open": [one for one in reward_orders.unfinished() if one.kind == orders.PROCESS],
        "tabs": tabs(visit, "reward_process"),
    }
    status = 422 if form.errors else 200
    return visit.show("office/reward_process.html", context, status=status)


def _like_last(visit: Visit, last: reward_lists.RunSummary | None) -> dict[str, Any]:
    """The parameters of the last run, but for its last day."""
    if last is None:
        return {}
    exponent = visit.company.exponent
    return {
        "threshold": plain_amount(last.threshold_cents, visit.language, exponent=exponent),
        "amount": plain_amount(last.amount_cents, visit.language, exponent=exponent),
    }


@page("rewards/process/check", needs=PROCESS, under="rewards")
def reward_check(visit: Visit) -> HttpResponse:
    """What the parameters come to, while they are being written."""
    form = ProcessForm(visit, visit.request.GET or None)
    form.fields["token"].required = False
    problems: list[str] = []
    example = None
    if form.is_valid():
        try:
            record = reward_office.read_wish(
                visit.company, form.wish(), now=visit.now, by=visit.actor.name
            )
        except Refused as refused:
            problems = [told(refused, visit)]
        else:
            body: Any = record.body
            example = _example(body.threshold_cents, body.amount_cents)
    else:
        problems = [
            str(one)
            for name in ("threshold", "amount", "expires_on")
            if visit.request.GET.get(name)
            for one in form.errors.get(name, [])
        ]
    statuses = reward_lists.status_lines()
    context = {
        "problems": problems,
        "example": example,
        "included": [one for one in statuses if one.is_included],
        "left_out": [one for one in statuses if not one.is_included and one.n_guests],
        "n_included": sum(one.n_guests for one in statuses if one.is_included),
        "starts_on": _starts_on(visit),
    }
    return visit.show("office/reward_check.html", context)


def _example(threshold_cents: int, amount_cents: int) -> dict[str, Any]:
    """A guest with sales for two rewards and some more; and the share given back, in ‰."""
    rest = threshold_cents * 36 // 100
    share = amount_cents * 1000 // threshold_cents
    return {
        "sales_cents": 2 * threshold_cents + rest,
        "rest_cents": rest,
        "given_cents": 2 * amount_cents,
        "share": f"{share // 10}.{share % 10}" if share % 10 else str(share // 10),
        "is_much": share > 200,
    }


def _starts_on(visit: Visit) -> date | None:
    program = visit.company.versions.on(visit.today)
    return program.rewards.start_date if program else None


# -- two: who is given what -------------------------------------------------------------------


@page("rewards/order/<str:ref>", needs=PROCESS, under="rewards")
def reward_order(visit: Visit, ref: str) -> HttpResponse:
    """Where a run stands: being looked at, to be ticked, under way, failed or made."""
    order = orders.find_order(ref)
    if order.state == orders.DONE:
        address = reverse("reward_run", kwargs={"ref": order.run})
        return redirect_to(visit.request, f"{address}?made={order.kind}")
    if order.state == orders.LOOKED:
        return _preview(visit, order)
    if order.is_under_way and (order.state == orders.WAITING or not visit.is_partial):
        carrying.take_up(visit.company.ref)
    part = "#progress" if visit.is_partial else ""
    context = {"order": order, "token": new_token(), "tabs": tabs(visit, "reward_process")}
    return visit.show(f"office/reward_progress.html{part}", context)


def _preview(visit: Visit, order: OrderShown) -> HttpResponse:
    search = visit.request.GET.get("q", "")[:100].replace("\x00", "")
    listing = listing_of(visit.request, COLUMNS, order="-total")
    found = reward_orders.lines(
        order.key,
        search=search,
        order=listing.order,
        is_descending=listing.is_descending,
        offset=listing.offset,
        limit=PER_PAGE,
    )
    n_found = reward_orders.count_lines(order.key, search=search) if search else order.n_lines
    context = {
        "order": order,
        "shown": listing.of(found, n_found),
        "q": search,
        "token": new_token(),
        "n_unticked": order.n_lines - order.n_guests,
        "query": visit.request.GET.urlencode(),
        "tabs": tabs(visit, "reward_process"),
    }
    part = "#list" if visit.is_partial else ""
    return visit.show(f"office/reward_preview.html{part}", context)


@page("rewards/order/<str:ref>/look", needs=PROCESS, methods=("POST",))
def reward_look(visit: Visit, ref: str) -> HttpResponse:
    """The next thousand guests; asked again until all have been looked at."""
    order = orders.find_order(ref)
    orders.look_on(visit.company, order.key, now=visit.now)
    order = orders.find_order(ref)
    if order.state != orders.LOOKING or not visit.is_partial:
        return visit.go("reward_order", ref=ref)
    return visit.show("office/reward_progress.html#progress", {"order": order})


@page("rewards/order/<str:ref>/again", needs=PROCESS, methods=("POST",))
def reward_again(visit: Visit, ref: str) -> HttpResponse:
    """Look at everybody once more, as sales are now."""
    orders.look_again(orders.find_order(ref).key, now=visit.now)
    return visit.go("reward_order", ref=ref)


@page("rewards/order/<str:ref>/tick", needs=PROCESS, methods=("POST",))
def reward_tick(visit: Visit, ref: str) -> HttpResponse:
    """One guest, or all that a search finds, ticked or unticked; the totals follow."""
    said = visit.request.POST
    order = orders.find_order(ref)
    guest = said.get("guest")
    orders.tick(
        order.key,
        is_ticked=said.get("ticked") == "yes",
        guests=None if guest is None else [guest],
        search="" if guest is not None else said.get("q", "")[:100].replace("\x00", ""),
    )
    if guest is None or not visit.is_partial:
        address = reverse("reward_order", kwargs={"ref": ref})
        query = said.get("query", "")
        return redirect_to(visit.request, f"{address}?{query}" if query else address)
    order = orders.find_order(ref)
    context = {"order": order, "n_unticked": order.n_lines - order.n_guests, "is_oob": True}
    return visit.show("office/reward_totals.html", context)


@page("rewards/order/<str:ref>/discard", needs=PROCESS, methods=("POST",))
def reward_discard(visit: Visit, ref: str) -> HttpResponse:
    """Nothing is to come of it."""
    orders.discard(orders.find_order(ref).key)
    visit.say(_("Nothing was given; the preparation is gone."))
    return visit.go("reward_process")


# -- three: created ---------------------------------------------------------------------------


@page("rewards/order/<str:ref>/create", needs=PROCESS, methods=("POST",))
def reward_create(visit: Visit, ref: str) -> HttpResponse:
    """Have the rewards created, once, however often the button was pressed."""
    order = orders.find_order(ref)
    is_mailed = visit.request.POST.get("mailed") == "yes"
    orders.place(visit.company, order.key, is_mailed=is_mailed, now=visit.now, by=visit.actor)
    carrying.take_up(visit.company.ref)
    return visit.go("reward_order", ref=ref)
