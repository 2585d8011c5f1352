"""The dashboard: how the program does, from figures that are counted after each close."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office import dashboard_charts, periods
from regulars.faces.office.dashboard_charts import Drawer
from regulars.faces.office.written import FigureWriter
from regulars.faces.shared.listing import Column, listing_of
from regulars.faces.shared.pages import Area, Entry, page
from regulars.faces.shared.visits import Visit
from regulars.records.queries import kept_figures
from regulars.rules.permissions import Permission
from regulars.services.figures import board as boards
from regulars.services.figures import counting
from regulars.services.reports import tiers_shown

USUAL = "last_12_months"
N_GOING = 8


@page("dashboard", nav=Entry(gettext_lazy("Dashboard"), "chart-column", 5, Area.OFFICE))
def dashboard(visit: Visit) -> HttpResponse:
    """Tiers, points, what is owed, rates, what actions bring, and who is about to go down."""
    counted = counting.last_count()
    if counted is None:
        return visit.show("office/dashboard_empty.html")
    days = periods.days_asked(
        visit.request.GET, visit.today, beginning=counted.first, usual=USUAL
    )
    center = _center(visit)
    found = boards.board(counted, days.first, days.last, center=center)
    drawer = Drawer(found, FigureWriter(visit), _ladder(visit, found))
    context = {
        "counted": counted,
        "is_behind": counting.is_behind(visit.company),
        "days": days,
        "periods": _periods(visit, days),
        "center": center,
        "center_name": visit.company.centers[center].name if center else None,
        "tiers": drawer.tiers(),
        "rates": drawer.rates(),
        **_money(visit, drawer),
        **_going(visit, center),
    }
    return visit.show("office/dashboard.html", context)


@page("dashboard/count", methods=("POST",), under="dashboard")
def dashboard_count(visit: Visit) -> HttpResponse:
    """Count what is new since the last time."""
    counting.count(visit.company, now=visit.now)
    visit.say(_("The figures are counted anew."))
    response = visit.go("dashboard")
    asked = visit.request.POST.get("asked", "")
    if asked.startswith("?") and "Location" in response:
        response["Location"] += asked
    return response


@page("dashboard/downgrades", under="dashboard")
def downgrades(visit: Visit) -> HttpResponse:
    """Everybody whom the next check will move down, and what would save each."""
    counted = counting.last_count()
    center = _center(visit)
    by_tier = kept_figures.count_going(center=center)
    listing = listing_of(visit.request, [Column("missing", _("Missing"), "number")])
    rows = kept_figures.going(
        today=visit.today, center=center, limit=listing.size, offset=listing.offset
    )
    context = {
        "counted": counted,
        "going": _named(visit, rows),
        "shown": listing.of(rows, sum(by_tier.values())),
        "center": center,
        "is_whole": listing.is_whole,
        "asked": visit.request.GET.urlencode(),
        "back": listing.link(whole=None),
    }
    return visit.show("office/downgrades.html", context)


# -- parts ------------------------------------------------------------------------------------


def _center(visit: Visit) -> str | None:
    """The center asked about; whoever works at one center sees that one."""
    if visit.actor.center is not None:
        return visit.actor.center
    asked = visit.request.GET.get("center", "")
    return asked if asked in visit.company.centers else None


def _ladder(visit: Visit, found: boards.Board) -> list[tuple[str, str]]:
    """The tiers that had guests, and those of today, in their order."""
    names = tiers_shown.names_of_tiers(visit.company, visit.today)
    program = visit.company.versions.on(visit.today)
    today = {tier.id for tier in program.tiers} if program else set()
    had = {of.kind for at_end in found.stood for of in at_end if of.about == counting.TIER}
    return [
        (tier, names.get(tier, tier))
        for tier in (*names, *sorted(had - set(names)))
        if tier in today | had
    ]


def _periods(visit: Visit, days: periods.Days) -> list[dict[str, Any]]:
    center = visit.request.GET.get("center", "")
    kept = {"center": center} if center else {}
    return [
        {
            "label": label,
            "address": "?" + urlencode({"period": name, **kept}),
            "is_here": name == days.period,
        }
        for name, label in periods.NAMES.items()
    ]


def _money(visit: Visit, drawer: Drawer) -> dict[str, Any]:
    """Rule 11: points and what is owed are for who may see the liability; the company's, for
    who is not of one center alone.
    """
    cards = dashboard_charts.everybodys_cards(drawer)
    if not visit.may(Permission.SEE_LIABILITY):
        return {"cards": cards}
    cards += dashboard_charts.points_cards(drawer)
    told: dict[str, Any] = {
        "cards": cards,
        "points": drawer.points(),
        "actions": drawer.actions(),
    }
    if visit.actor.center is None:
        told["liability"] = drawer.liability()
        cards += dashboard_charts.owed_cards(drawer)
    return told


def _going(visit: Visit, center: str | None) -> dict[str, Any]:
    rows = kept_figures.going(today=visit.today, center=center, limit=N_GOING)
    n_going = sum(kept_figures.count_going(center=center).values())
    return {"going": _named(visit, rows), "n_going": n_going, "n_more": n_going - len(rows)}


def _named(visit: Visit, rows: list[kept_figures.Going]) -> list[dict[str, Any]]:
    names = tiers_shown.names_of_tiers(visit.company, visit.today)
    return [
        {
            "one": one,
            "tier": names.get(one.tier, one.tier),
            "after": names.get(one.tier_after, one.tier_after) if one.tier_after else None,
        }
        for one in rows
    ]
