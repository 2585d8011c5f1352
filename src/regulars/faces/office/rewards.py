"""Rewards: found, sorted, as a file; changed, voided and given by hand from here."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office.people import names_of
from regulars.faces.office.reward_tabs import tabs
from regulars.faces.shared.fields import DayField, DeskForm, MoneyField
from regulars.faces.shared.listing import PER_PAGE, Column, listing_of
from regulars.faces.shared.pages import Area, Entry, page
from regulars.faces.shared.reward_words import REWARD_KINDS, REWARD_STATES, STATE_COLORS
from regulars.faces.shared.visits import Visit
from regulars.records.queries import finding, reward_lists, reward_table
from regulars.records.queries.reward_lists import RewardLine
from regulars.records.queries.reward_table import Asked
from regulars.rules.amounts import parse_money
from regulars.rules.permissions import Permission
from regulars.services import desk_changes, reward_files

COLUMNS = (
    Column("code", gettext_lazy("Code")),
    Column("guest", gettext_lazy("Guest"), is_sortable=False),
    Column("amount", gettext_lazy("Amount"), "number"),
    Column("state", gettext_lazy("State"), is_sortable=False),
    Column("issued", gettext_lazy("Given on"), "day"),
    Column("ends", gettext_lazy("Good through"), "day"),
    Column("from", gettext_lazy("From"), is_sortable=False),
)
MOST_GUESTS = finding.CANDIDATES


class Filter(DeskForm):
    """What the table is narrowed to; all of it may be left empty."""

    q = forms.CharField(
        label=gettext_lazy("Code, or guest"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    status = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("From"), required=False)
    run = forms.ChoiceField(label=gettext_lazy("Run"), required=False)
    since = DayField(label=gettext_lazy("Given from"), required=False)
    until = DayField(label=gettext_lazy("Given until"), required=False)
    ends_since = DayField(label=gettext_lazy("Good through, from"), required=False)
    ends_until = DayField(label=gettext_lazy("Good through, until"), required=False)
    least = MoneyField(label=gettext_lazy("Amount from"), required=False)
    most = MoneyField(label=gettext_lazy("Amount up to"), required=False)

    def __init__(
        self, visit: Visit, runs: Mapping[str, reward_lists.RunSummary], *args: Any
    ) -> None:
        super().__init__(visit, *args)
        self.runs = runs
        self.is_cut = False
        del self.fields["token"], self.fields["version"]
        all_ = ("", _("all"))
        states = [("outstanding", _("still to be used")), *REWARD_STATES.items()]
        fields: Any = self.fields
        fields["status"].choices = [all_, *states]
        fields["kind"].choices = [all_, *REWARD_KINDS.items()]
        fields["run"].choices = [all_, *((one, one) for one in runs)]

    def asked(self) -> Asked:
        """The rewards that are meant; what cannot be read asks for nothing."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        q, run = said.get("q", "").strip(), said.get("run")
        return Asked(
            on=self.visit.today,
            codes=[q, q.upper()] if q else None,
            guests=self.guests(q) if q else None,
            status=said.get("status") or None,
            kind=said.get("kind") or None,
            run=self.runs[run].key if run else None,
            least_cents=self._cents(said.get("least")),
            most_cents=self._cents(said.get("most")),
            **{name: _day(said.get(name)) for name in _DAYS},
        )

    def guests(self, text: str) -> list[str]:
        """Whom the search finds; of very many the first ones, and then the page says so."""
        zone = self.visit.zone.key
        found = finding.find_guests(text, limit=MOST_GUESTS, time_zone=zone)
        self.is_cut = len(found) == MOST_GUESTS
        return [one.id for one in found]

    def _cents(self, text: str | None) -> int | None:
        if not text:
            return None
        return parse_money(text, self.visit.company.exponent, field="amount")


_DAYS = ("since", "until", "ends_since", "ends_until")
_MORE = (*_DAYS, "least", "most")


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


@page("rewards", nav=Entry(gettext_lazy("Rewards"), "gift", 20, Area.MARKETING))
def rewards(visit: Visit) -> HttpResponse:
    """All of them, or those asked for."""
    form = _filter(visit)
    asked = form.asked()
    listing = listing_of(visit.request, COLUMNS, order="-issued")
    sums = reward_table.sums(asked)
    found = reward_table.reward_page(
        asked,
        order=listing.order,
        is_descending=listing.is_descending,
        offset=listing.offset,
        limit=PER_PAGE,
    )
    context = {
        "form": form,
        "most_guests": MOST_GUESTS if form.is_cut else None,
        "shown": listing.of(rows_of(visit, found), sums.n_rewards),
        "sums": sums,
        "file": urlencode(visit.request.GET),
        "back": visit.request.get_full_path(),
        "is_narrowed": any(visit.request.GET.get(name) for name in Filter.base_fields),
        "is_more": any(visit.request.GET.get(name) for name in _MORE),
        "tabs": tabs(visit, "rewards"),
    }
    part = "#list" if visit.is_partial else ""
    return visit.show(f"office/rewards.html{part}", context)


@page("rewards/file", under="rewards")
def rewards_file(visit: Visit) -> Any:
    """Those asked for, whole; sent while it is read."""
    lines = reward_files.reward_file(visit.company, _filter(visit).asked(), now=visit.now)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"rewards-{visit.today}.csv"
    desk_changes.note_file(name, at=visit.now, by=visit.actor.name)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _filter(visit: Visit) -> Filter:
    runs = {one.id: one for one in reward_lists.runs()}
    return Filter(visit, runs, visit.request.GET)


def rows_of(visit: Visit, found: list[RewardLine]) -> list[dict[str, Any]]:
    """Rewards with their state in words, and whether anything can be done about them."""
    names = names_of(visit)
    return [
        {
            "one": one,
            "by": names.get(one.issued_by or "", one.issued_by),
            "state": REWARD_STATES[one.status],
            "color": STATE_COLORS[one.status],
            "is_open": one.status in ("issued", "expired"),
        }
        for one in found
    ]


@page("rewards/give", needs=Permission.CREATE_REWARD, under="rewards")
def reward_give(visit: Visit) -> HttpResponse:
    """Whom a reward by hand is for: looked for, then the form of the guest's page."""
    text = visit.request.GET.get("q", "")[:200].replace("\x00", "")
    found = finding.find_guests(text, limit=8, time_zone=visit.zone.key)
    part = "#found" if visit.is_partial else ""
    context = {"q": text, "found": found, "tabs": tabs(visit, "rewards")}
    return visit.show(f"office/reward_give.html{part}", context)
