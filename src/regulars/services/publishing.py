"""Feedback published with the guest's permission, and withdrawn again (rules 6, 6.4).

What a page does is the feedback's own record with its places changed; what it would change for
the guest is tried out with the very rules.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from regulars.records import models
from regulars.records.queries import feedback_review, said
from regulars.records.queries.feedback_review import Review, Wanted
from regulars.rules import sentences
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import feedback_rights, previews
from regulars.services.formats.results import or_refused
from regulars.services.organizations import Company
from regulars.services.previews import Asked
from regulars.services.receiving import Sender
from regulars.services.standing_numbers import About

WEBSTORE = "webstore"
PLACES = (WEBSTORE, "facebook", "x", "other")
ACTION = "shared_feedback"
PAID, ONCE, NO_TIER, NO_POINTS, NOTHING = "paid", "once", "no_tier", "no_points", "nothing"
"""Why publishing changes points, or why it does not."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A guest's points before and after, today's close included, and why they differ or not."""

    before: int
    after: int
    why: str

    @property
    def points(self) -> int:
        return self.after - self.before


def find(ref: str) -> Review:
    found = feedback_review.reviews(Wanted(ref=ref), limit=1).rows
    if not found:
        raise unknown_reference("feedback", ref, field="feedback")
    return found[0]


def published(
    company: Company, ref: str, place: str, *, at: datetime, link: str | None
) -> dict[str, Any]:
    """The record with one more place; of a place it has already, the address changes.

    Refused without the guest's permission.
    """
    document = _record(company, ref)
    if not document["share_permission"]:
        raise Refused(
            "conflict",
            sentences.said("The guest has not allowed us to publish this."),
            field="share_permission",
        )
    here = {"to": place, "at": at.isoformat()} | ({"link": link} if link else {})
    known = [one for one in document["published"] if one["to"] == place]
    if known:
        here["at"] = known[0]["at"]
    others = [one for one in document["published"] if one["to"] != place]
    return document | {"published": [*others, here]}


def withdrawn(company: Company, ref: str, place: str) -> dict[str, Any]:
    """The record without this place; refused where it is not published there."""
    document = _record(company, ref)
    others = [one for one in document["published"] if one["to"] != place]
    if len(others) == len(document["published"]):
        raise Refused(
            "conflict",
            sentences.said("It is not published there."),
            field="published",
            value=place,
        )
    return document | {"published": others}


def _record(company: Company, ref: str) -> dict[str, Any]:
    found = said.one("feedback", ref, exponent=company.exponent)
    if found is None:
        raise unknown_reference("feedback", ref, field="feedback")
    found = {**found, "published": feedback_rights.places_said(found)}
    del found["at"]  # it becomes known now; since when there is feedback, the books remember
    return found


def effect(
    company: Company, document: dict[str, Any], *, sender: Sender, now: datetime
) -> Effect:
    """What a record would change for its guest: it is taken in, settled, and taken back."""
    row = models.Feedback.objects.get(external_id=document["id"])
    was_published = row.published_on is not None
    asked = Asked(company, sender, now)
    record = {"type": "feedback", **document}
    seen = previews.tried(
        asked, About(row.guest_id), lambda: asked.receive(record), settles=True
    )
    or_refused(seen.result)
    before, after = seen.before["guest"], seen.after["guest"]
    assert before is not None
    assert after is not None
    return Effect(
        before["points"],
        after["points"],
        _why(company, before, after, was_published, bool(document["published"]), now),
    )


def _why(
    company: Company,
    before: Any,
    after: Any,
    was_published: bool,
    is_published: bool,
    now: datetime,
) -> str:
    if before["points"] != after["points"]:
        return PAID
    if not is_published:
        return NOTHING
    if was_published:
        return ONCE
    if before["tier"] is None:
        return NO_TIER
    program = company.versions.on(now.astimezone(company.zone).date())
    tiers = {tier.id: tier for tier in program.tiers} if program else {}
    tier = tiers.get(before["tier"])
    has_points = tier is not None and ACTION in tier.accruals
    return ONCE if has_points else NO_POINTS
