"""What the sentences of `explaining` are put together from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from regulars.rules.sentences import Said, Sum, said


@dataclass(frozen=True, slots=True)
class Explanation:
    rule: str
    arithmetic: str
    desk: str
    guest: str
    """Both are `Said` of whatever the rules book: a face says them in its language."""


Why = Mapping[str, Any]
Money = Callable[[int], Sum]


def day_of(text: str | None) -> date | Said:
    return date.fromisoformat(text) if text else said("never")


def note_of(why: Why) -> Said:
    """Reason, comment and who asked, as staff wrote them."""
    told = ", ".join(str(why[name]) for name in ("reason", "comment") if why.get(name))
    by = why.get("asked_by")
    if told and by:
        return said(" ({told}), asked for by {by}", told=told, by=by)
    if by:
        return said(", asked for by {by}", by=by)
    return said(" ({told})", told=told) if told else Said("", {})
