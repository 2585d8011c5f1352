"""Feedback reviewed: published with the guest's permission, withdrawn (rules 6, 6.4)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.shared.acts import carried_out, show_act
from regulars.faces.shared.feedback_words import CHANNELS, PLACES
from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import Area, Entry, page
from regulars.faces.shared.refusals import check_fresh
from regulars.faces.shared.sending import send
from regulars.faces.shared.visits import Visit, redirect_to
from regulars.records.queries import feedback_review
from regulars.records.queries.feedback_review import STATES, Ratings, Review, Wanted
from regulars.rules.permissions import Permission
from regulars.services import publishing
from regulars.services.messages import languages
from regulars.services.publishing import Effect

PUBLISH = Permission.PUBLISH_FEEDBACK
EXAMPLE = {"ref": "f00002"}
TAB_NAMES = {
    "waiting": gettext_lazy("To be reviewed"),
    "published": gettext_lazy("Published"),
    "private": gettext_lazy("Not to be shared"),
    "all": gettext_lazy("All feedback"),
}
WHY = {
    publishing.PAID: gettext_lazy(
        "As the program pays for shared feedback, today's close included."
    ),
    publishing.ONCE: gettext_lazy("Publishing pays once, in however many places."),
    publishing.NO_TIER: gettext_lazy("The guest is in no tier, so publishing pays nothing."),
    publishing.NO_POINTS: gettext_lazy("The guest's tier pays nothing for shared feedback."),
    publishing.NOTHING: gettext_lazy("What was earned by sharing stays with the guest."),
}


@page(
    "feedback", nav=Entry(gettext_lazy("Feedback"), "message-square-quote", 30, Area.MARKETING)
)
def feedback(visit: Visit) -> HttpResponse:
    """What guests said, the latest first; at first what waits to be reviewed."""
    asked = visit.request.GET
    state = asked.get("state", "")
    state = state if state in STATES else "waiting"
    ratings = feedback_review.ratings()
    counts = feedback_review.state_counts()
    rating, center = asked.get("rating", ""), asked.get("center", "")
    wanted = Wanted(
        state=state,
        rating=int(rating)
        if rating.isascii() and rating.isdigit() and len(rating) < 3
        else None,
        center=center if center in visit.company.centers else None,
    )
    shown = feedback_review.reviews(wanted, after=asked.get("after") or None)
    context = {
        "tabs": [_tab(visit, name, counts, ratings, here=state) for name in STATES],
        "rows": [_row(one, ratings) for one in shown.rows],
        "further": _link(visit, after=shown.next) if shown.next else None,
        "first": _link(visit, after=None) if asked.get("after") else None,
        "state": state,
        "ratings": ratings,
        "average": _average(visit, ratings),
        "rating": wanted.rating,
        "choices": [rating for rating, _count in ratings.counts],
        "center": wanted.center,
        "centers": sorted((one.name, one.ref) for one in visit.company.centers.values()),
        "back": visit.request.get_full_path(),
        "public": reverse("published_feedback", kwargs={"organization": visit.company.ref}),
    }
    part = "#list" if visit.is_partial else ""
    return visit.show(f"office/feedback.html{part}", context)


def _average(visit: Visit, ratings: Ratings) -> str:
    """As the reader writes it; a dash while nobody rated."""
    said = ratings.average
    return said if ratings.tenths is None else languages.written_decimal(said, visit.language)


def _tab(
    visit: Visit, name: str, counts: dict[str, int], ratings: Ratings, *, here: str
) -> dict[str, Any]:
    return {
        "label": TAB_NAMES[name],
        "n": counts.get(name, ratings.n_all),
        "address": _link(visit, state=name, after=None),
        "is_here": name == here,
    }


def _link(visit: Visit, **changes: str | None) -> str:
    query = visit.request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


def _row(one: Review, ratings: Ratings) -> dict[str, Any]:
    return {
        "one": one,
        "channel": CHANNELS.get(one.channel, one.channel),
        "best": ratings.best,
        "places": [{"one": place, "name": PLACES[place.to]} for place in one.places],
        "is_on_page": publishing.WEBSTORE in one.place_names,
    }


# -- published, withdrawn ---------------------------------------------------------------------


class PublishForm(DeskForm):
    """Where it is published, and its address there."""

    to = forms.ChoiceField(
        label=gettext_lazy("Where"), choices=list(PLACES.items()), widget=forms.RadioSelect
    )
    link = forms.URLField(
        label=gettext_lazy("Link to it"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy(
            "For what was published elsewhere: the address where it can be read. On the web"
            " page nothing else is needed."
        ),
    )
    refused_at = {"published.0.link": "link"}


class WithdrawForm(DeskForm):
    """A question only; its token and version go with it."""


@page(
    "feedback/publish/<path:ref>",
    needs=PUBLISH,
    methods=("GET", "POST"),
    example=EXAMPLE,
    under="feedback",
)
def feedback_publish(visit: Visit, ref: str) -> HttpResponse:
    """On the web page, or marked as published elsewhere; with the points it brings."""
    one = publishing.find(ref)
    to = visit.request.GET.get("to", publishing.WEBSTORE)
    form = PublishForm(
        visit, visit.request.POST or None, initial={"to": to}, version=one.digest
    )

    def act(said: dict[str, Any]) -> HttpResponse:
        check_fresh(visit, one.digest)
        document = publishing.published(
            visit.company, ref, said["to"], at=visit.now, link=said["link"] or None
        )
        seen = _effect(visit, document)
        send(visit, "feedback", ref, **document)
        visit.say(_told(one, seen, _("%(name)s's words are published.")))
        return redirect_to(visit.request, _back(visit))

    answer = carried_out(visit, form, act)
    if answer is not None:
        return answer
    document = publishing.published(visit.company, ref, to, at=visit.now, link=None)
    seen = _effect(visit, document)
    return show_act(
        visit,
        form,
        title=_("Publish what %(name)s said") % {"name": one.name},
        label=_("Publish it"),
        back=_back(visit),
        lead="office/feedback_lead.html",
        sheet="regulars/feedback.css",
        effect=seen,
        why=WHY[seen.why],
        one=one,
    )


@page(
    "feedback/withdraw/<str:place>/<path:ref>",
    needs=PUBLISH,
    methods=("GET", "POST"),
    under="feedback",
)
def feedback_withdraw(visit: Visit, place: str, ref: str) -> HttpResponse:
    """Taken from one place again; points that were earned stay."""
    one = publishing.find(ref)
    document = publishing.withdrawn(visit.company, ref, place)
    form = WithdrawForm(visit, visit.request.POST or None, version=one.digest)

    def act(_said: dict[str, Any]) -> HttpResponse:
        check_fresh(visit, one.digest)
        seen = _effect(visit, document)
        send(visit, "feedback", ref, **document)
        visit.say(_told(one, seen, _("%(name)s's words are withdrawn.")))
        return redirect_to(visit.request, _back(visit))

    answer = carried_out(visit, form, act)
    if answer is not None:
        return answer
    seen = _effect(visit, document)
    return show_act(
        visit,
        form,
        title=_("Withdraw it from: %(place)s") % {"place": PLACES.get(place, place)},
        label=_("Withdraw it"),
        kind="danger",
        back=_back(visit),
        lead="office/feedback_lead.html",
        sheet="regulars/feedback.css",
        effect=seen,
        why=WHY[seen.why],
        one=one,
    )


def _effect(visit: Visit, document: dict[str, Any]) -> Effect:
    return publishing.effect(visit.company, document, sender=visit.sender, now=visit.now)


def _told(one: Review, seen: Effect, sentence: str) -> str:
    what = sentence % {"name": one.name}
    points = _("Points: %(before)s before, %(after)s after today's close.")
    return f"{what} {points % {'before': seen.before, 'after': seen.after}}"


def _back(visit: Visit) -> str:
    asked = visit.request.GET.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else reverse("feedback")
