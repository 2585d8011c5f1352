"""A guest's page: visits, invoices, points, rewards, feedback, referrals, history."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.functional import Promise

from regulars.faces.desk import guest_words as words
from regulars.faces.desk.guest_frame import find_head, show_tab, staff_names
from regulars.faces.shared.feedback_words import CHANNELS, PLACES
from regulars.faces.shared.ledger_words import REASONS as REASON_NAMES
from regulars.faces.shared.pages import page
from regulars.faces.shared.reward_words import REWARD_STATES
from regulars.faces.shared.visits import Visit
from regulars.records.queries import (
    client_list,
    guest_lists,
    invoice_states,
    reward_lists,
    states,
    waiting,
)
from regulars.records.queries.guest_lists import Bill, Opinion, Referred
from regulars.services import guest_points as points
from regulars.services.guest_points import EntryShown
from regulars.services.messages import languages

EXAMPLE = {"ref": "vivian-castellanos"}
SOON = 12
"""So many last days of points are shown, and so many acts that wait."""


def after(visit: Visit) -> str | None:
    """The mark of the page of a list that is asked for."""
    return visit.request.GET.get("after") or None


# -- summary ----------------------------------------------------------------------------------


@page("guest/<path:ref>", example=EXAMPLE, under="clients")
def guest(visit: Visit, ref: str) -> HttpResponse:
    """What is worth knowing when the guest stands at the desk."""
    head = find_head(ref)
    view = points.points_view(visit.company, head, now=visit.now)
    rewards = reward_lists.rewards_of(head.key, on=visit.today, limit=1)
    merges = guest_lists.merges_of(head.key)
    return show_tab(
        visit,
        ref,
        "guest.html",
        view=view,
        next_ending=view.balance.next_ending,
        n_rewards=rewards.n_open,
        next_reward=next(iter(rewards.page.rows), None) if rewards.n_open else None,
        visits=[_visit_row(visit, one) for one in guest_lists.upcoming(head.key, visit.now)],
        last_visit=client_list.last_visits([head.key], on=visit.today).get(head.key),
        waiting=waiting.waiting_acts(guest=head.key, limit=1).rows,
        merges=[_merge_row(visit, one, ref) for one in merges],
        consents=words.CONSENTS,
    )


def _merge_row(visit: Visit, merge: guest_lists.MergeLine, ref: str) -> dict[str, Any]:
    is_survivor = merge.survivor == ref
    other = merge.merged_name if is_survivor else merge.survivor_name
    return {"merge": merge, "other": other, "is_survivor": is_survivor}


# -- visits and invoices ----------------------------------------------------------------------


@page("guest-appointments/<path:ref>", example=EXAMPLE, under="clients")
def guest_appointments(visit: Visit, ref: str) -> HttpResponse:
    """Every appointment, the latest first."""
    found = guest_lists.appointments(find_head(ref).key, after=after(visit))
    shown = found.map(lambda one: _visit_row(visit, one))
    return show_tab(visit, ref, "guest_appointments.html", shown=shown)


def _visit_row(visit: Visit, one: guest_lists.Visit) -> dict[str, Any]:
    """With day and time as they are at the visit's own center."""
    local = one.starts_at.astimezone(ZoneInfo(one.time_zone))
    return {
        "visit": one,
        "on": local.date(),
        "time": languages.written_time(local, visit.language),
        "channel": CHANNELS.get(one.channel, one.channel),
    }


@dataclass(frozen=True, slots=True)
class BillShown:
    bill: Bill
    status: str | Promise
    total_cents: int
    due_cents: int
    points: int


@page("guest-invoices/<path:ref>", example=EXAMPLE, under="clients")
def guest_invoices(visit: Visit, ref: str) -> HttpResponse:
    """Every invoice with what it came to, what is due and what it earned."""
    found = guest_lists.invoices(find_head(ref).key, after=after(visit))
    view = states.View(visit.company.versions, visit.company.exponent, visit.today, visit.now)
    told = invoice_states.invoice_states([one.key for one in found.rows], view)

    def row(one: Bill) -> BillShown:
        state = told[one.id]
        return BillShown(
            bill=one,
            status=words.INVOICE_STATES.get(one.status, one.status),
            total_cents=points.cents_of(visit.company, state["total"]),
            due_cents=points.cents_of(visit.company, state["due"]),
            points=sum(state["points_earned"].values()),
        )

    return show_tab(visit, ref, "guest_invoices.html", shown=found.map(row))


# -- points -----------------------------------------------------------------------------------


@page("guest-points/<path:ref>", example=EXAMPLE, under="clients")
def guest_points(visit: Visit, ref: str) -> HttpResponse:
    """Balance and value, what it is made of, the tier, and every entry with its why."""
    head = find_head(ref)
    shown = points.entries_shown(visit.company, head.key, after=after(visit))
    names = staff_names(visit)
    view = points.points_view(visit.company, head, now=visit.now)
    waits = waiting.waiting_acts(guest=head.key, limit=SOON)
    return show_tab(
        visit,
        ref,
        "guest_points.html",
        view=view,
        endings=view.balance.endings[:SOON],
        n_points_later=sum(one.points for one in view.balance.endings[SOON:]),
        shown=shown.map(lambda one: _entry_row(one, names)),
        waiting=[waiting_row(one, visit, names) for one in waits.rows],
        more_waiting=waits.next,
        is_first=after(visit) is None,
    )


def _entry_row(one: EntryShown, names: Mapping[str, str]) -> dict[str, Any]:
    kind = words.KINDS.get(one.line.kind, one.line.kind)
    action = words.ACTIONS.get(one.line.action or "")
    return {
        "entry": one,
        "what": action if one.line.kind == "accrual" and action else kind,
        "by": names.get(one.line.posted_by or "", one.line.posted_by),
    }


def waiting_row(
    one: waiting.WaitingAct, visit: Visit, names: Mapping[str, str]
) -> dict[str, Any]:
    """An act that waits, with whether this staff member may be its second person."""
    reason = one.reason or ""
    return {
        "act": one,
        "reason": REASON_NAMES.get(reason, reason),
        "asked_by": names.get(one.asked_by or "", one.asked_by),
        "is_own": one.asked_by == visit.actor.name,
    }


# -- rewards ----------------------------------------------------------------------------------


@page("guest-rewards/<path:ref>", example=EXAMPLE, under="clients")
def guest_rewards(visit: Visit, ref: str) -> HttpResponse:
    """Every reward: what may be used first, then the others, the latest first."""
    found = reward_lists.rewards_of(find_head(ref).key, on=visit.today, after=after(visit))
    return show_tab(
        visit,
        ref,
        "guest_rewards.html",
        shown=found.page.map(lambda one: {"reward": one, "state": REWARD_STATES[one.status]}),
        credit_cents=found.credit_cents,
    )


# -- what was said, who was brought -----------------------------------------------------------


@page("guest-feedback/<path:ref>", example=EXAMPLE, under="clients")
def guest_feedback(visit: Visit, ref: str) -> HttpResponse:
    """What the guest said of which visit."""
    found = guest_lists.feedback(find_head(ref).key, after=after(visit))

    def row(one: Opinion) -> dict[str, Any]:
        places = [PLACES.get(place, place) for place in one.published]
        channel = CHANNELS.get(one.channel, one.channel)
        return {"said": one, "channel": channel, "places": places}

    return show_tab(visit, ref, "guest_feedback.html", shown=found.map(row))


@page("guest-referrals/<path:ref>", example=EXAMPLE, under="clients")
def guest_referrals(visit: Visit, ref: str) -> HttpResponse:
    """Who brought the guest, whom the guest brought, and what that paid."""
    found = guest_lists.referred(find_head(ref).key, after=after(visit))

    def row(one: Referred) -> dict[str, Any]:
        paid = [
            {
                "action": words.ACTIONS[action],
                "state": words.OCCASION_STATES[state],
                "points": n_points,
                "is_paid": state == "paid",
            }
            for action, state, n_points in one.paid
        ]
        return {"guest": one, "paid": paid}

    return show_tab(visit, ref, "guest_referrals.html", shown=found.map(row))
