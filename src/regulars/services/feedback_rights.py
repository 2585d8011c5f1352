"""Who may say what of feedback: writing it down is the desk's, publishing it is marketing's.

Rule 11 has a permission of its own for publishing. The record is one and the same, so what it
changes tells which permissions it needs.
"""

from collections.abc import Mapping
from typing import Any

from regulars.records import codec, models
from regulars.rules.permissions import Actor, Permission, require
from regulars.services.formats.facts import FeedbackFact

RECORD, PUBLISH = Permission.RECORD_FACTS, Permission.PUBLISH_FEEDBACK
_SAID = ("guest", "appointment", "channel", "rating", "comment", "share_permission")


def check_may_begin(actor: Actor, document: Mapping[str, Any]) -> None:
    """Before the record is read: whoever may only publish names feedback that is known."""
    if RECORD in actor.permissions:
        return
    if PUBLISH not in actor.permissions or _held(document.get("id")) is None:
        require(actor, RECORD)


def with_places(actor: Actor, document: dict[str, Any]) -> None:
    """Whoever may not publish and says nothing of it leaves it published where it is."""
    if "published" in document or PUBLISH in actor.permissions:
        return
    held = _held(document.get("id"))
    if held is not None and held["published"]:
        document["published"] = places_said(held)


def check(actor: Actor, fact: FeedbackFact) -> None:
    """What the record changes, and whether this actor may change it (rules 6.4, 11)."""
    held = _held(fact.id)
    said = codec.value_of(codec.text_of(fact))
    if held is None or any(held[name] != said[name] for name in _SAID):
        require(actor, RECORD)
    before = [] if held is None else held["published"]
    if before != said["published"]:
        require(actor, PUBLISH)


def places_said(held: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where it is published, as a record says it."""
    return [
        {name: value for name, value in place.items() if name != "on"}
        for place in held["published"]
    ]


def _held(ref: Any) -> dict[str, Any] | None:
    """Feedback as last said; None where nobody has."""
    if not isinstance(ref, str) or "\x00" in ref:
        return None
    rows = models.Feedback.objects.filter(external_id=ref)
    document = rows.values_list("document", flat=True).first()
    return None if document is None else codec.value_of(document)
