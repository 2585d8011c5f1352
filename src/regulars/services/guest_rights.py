"""Who may say what of a guest: her record is the desk's, her status marketing's as well.

The status says whether rewards are processed for her (rule 10.2), and whoever processes them
may say it. The record is one and the same: what it changes tells which permission it needs.
"""

from collections.abc import Mapping
from typing import Any

from regulars.records import models
from regulars.rules.permissions import Actor, Permission, require
from regulars.services.formats.facts import GuestFact

RECORD, PROCESS = Permission.RECORD_FACTS, Permission.PROCESS_REWARDS


def check_may_begin(actor: Actor, document: Mapping[str, Any]) -> None:
    """Before the record is read: without the desk's permission it may be of who is known."""
    if RECORD in actor.permissions:
        return
    if PROCESS not in actor.permissions or not _is_known(document.get("id")):
        require(actor, RECORD)


def check(actor: Actor, fact: GuestFact) -> None:
    """Without the desk's permission nothing but the status may be another (rules 10.2, 11)."""
    if RECORD in actor.permissions:
        return
    row = models.Guest.objects.filter(external_id=fact.id).first()
    if row is None or any(
        getattr(row, column) != getattr(fact, name) for name, column in _SAME
    ):
        require(actor, RECORD)


_SAME = (
    ("name", "name"),
    ("email", "email"),
    ("phone", "phone"),
    ("birthday", "birthday"),
    ("anniversary", "anniversary"),
    ("home_center", "home_center_ref"),
    ("referred_by", "referred_by_ref"),
    ("signup_channel", "signup_channel"),
    ("loyalty_opt_in", "opted_in"),
)
"""Of the fact, and the column that keeps it."""


def _is_known(ref: Any) -> bool:
    is_name = isinstance(ref, str) and "\x00" not in ref
    return is_name and bool(models.Guest.objects.filter(external_id=ref).exists())
