"""What changes without a record of their own are called on the audit's page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.faces.office import import_words, message_words
from regulars.faces.office.program import done
from regulars.records.queries.setup_changes import SetupChange
from regulars.rules.permissions import Role

AREAS: Mapping[str, tuple[str, str | Promise]] = {
    "sign_in": ("log-in", gettext_lazy("Sign-ins")),
    "staff": ("users-round", gettext_lazy("Staff and roles")),
    "key": ("key-round", gettext_lazy("API keys")),
    "webhook": ("webhook", gettext_lazy("Webhooks")),
    "message": ("mail", gettext_lazy("Messages and their words")),
    "import": ("file-up", gettext_lazy("Imports")),
    "file": ("download", gettext_lazy("Data taken out")),
    "program_draft": ("pencil-ruler", gettext_lazy("Draft of the program")),
    "category": ("tag", gettext_lazy("Guest categories")),
    "item": ("package", gettext_lazy("What the catalog offers")),
    "hours": ("clock", gettext_lazy("Opening hours")),
    "provider": ("calendar", gettext_lazy("Columns of the book")),
    "sandbox": ("flask-conical", gettext_lazy("Sandbox")),
}
ACTS: Mapping[str, str | Promise] = {
    "signed in": gettext_lazy("signed in"),
    "refused": gettext_lazy("wrong password"),
    "another password": gettext_lazy("chose another password"),
    "second factor added": gettext_lazy("added a second factor"),
    "second factor removed": gettext_lazy("removed the second factor"),
    "signed out": gettext_lazy("signed out by somebody else"),
    "added": gettext_lazy("added"),
    "changed": gettext_lazy("changed"),
    "removed": gettext_lazy("removed"),
    "let back in": gettext_lazy("let back in"),
    "made": gettext_lazy("made"),
    "replaced": gettext_lazy("replaced by a new one"),
    "revoked": gettext_lazy("revoked"),
    "given a new secret": gettext_lazy("given a new secret"),
    "turned on": gettext_lazy("turned on"),
    "turned off": gettext_lazy("turned off"),
    "told again": gettext_lazy("told again"),
    "put in other words": gettext_lazy("put in other words"),
    "given our words again": gettext_lazy("given our words again"),
    "tried": gettext_lazy("tried"),
    "taken in": gettext_lazy("taken in"),
    "stopped": gettext_lazy("stopped"),
    "taken out": gettext_lazy("taken out as a file"),
    "moved": gettext_lazy("clock moved"),
    "emptied": gettext_lazy("emptied"),
}
_FIELDS: Mapping[str, str | Promise] = {
    "name": gettext_lazy("name"),
    "label": gettext_lazy("label"),
    "email": gettext_lazy("e-mail"),
    "role": gettext_lazy("role"),
    "scope": gettext_lazy("scope"),
    "center": gettext_lazy("center"),
    "expires_at": gettext_lazy("works until"),
    "url": gettext_lazy("address"),
    "address": gettext_lazy("from the address"),
    "sessions": gettext_lazy("sessions"),
    "language": gettext_lazy("language"),
    "subject": gettext_lazy("subject"),
    "from": gettext_lazy("from"),
    "file": gettext_lazy("file"),
    "minutes": gettext_lazy("minutes"),
    "after": gettext_lazy("events after number"),
    "to": gettext_lazy("to"),
}
"""What of a change is told in its line, in this order."""
_ROLES: Mapping[str, str | Promise] = {
    Role.OWNER: pgettext_lazy("role", "Owner"),
    Role.MANAGER: pgettext_lazy("role", "Manager"),
    Role.FRONT_DESK: pgettext_lazy("role", "Front desk"),
    Role.MARKETING: pgettext_lazy("role", "Marketing"),
    Role.ACCOUNTANT: pgettext_lazy("role", "Accountant"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What people call whom and what a change names by its id."""

    staff: Mapping[str, str]
    centers: Mapping[str, str]
    items: Mapping[str, str]


def told_change(one: SetupChange, names: Names) -> dict[str, Any]:
    """A line: an icon, of what area, what of it, what was done, and by whom."""
    body = msgspec.json.decode(one.body) if one.body else None
    said = body if isinstance(body, dict) else {}
    icon, area = AREAS.get(one.area, ("file-text", one.area))
    return {
        "change": one,
        "icon": icon,
        "area": area,
        "subject": _subject(one, names, said),
        "act": _act(one, said),
        "is_bad": said.get("act") == "refused",
        "by": names.staff.get(one.by or "", one.by),
        "told": [
            {"name": label, "value": _value(name, said[name], names)}
            for name, label in _FIELDS.items()
            if said.get(name) not in (None, "", [])
        ],
    }


def _act(one: SetupChange, said: Mapping[str, Any]) -> str:
    if one.area == "program_draft":
        return done(one.subject, {})
    if "act" in said:
        return str(ACTS.get(said["act"], said["act"]))
    if said.get("is_retired"):
        return _("no longer offered")
    return _("changed") if one.body else _("removed")


def _value(name: str, value: Any, names: Names) -> Any:
    if name == "center":
        return names.centers.get(value, value)
    return _ROLES.get(value, value) if name == "role" else value


def _subject(one: SetupChange, names: Names, said: Mapping[str, Any]) -> str:
    """What was changed, by its name where it has one."""
    ref = one.subject
    tellers: Mapping[str, Callable[[], str]] = {
        "staff": lambda: names.staff.get(ref, ref),
        "sign_in": lambda: names.staff.get(ref, ref),
        "category": lambda: _label_of_a_center(ref, names, said),
        "hours": lambda: names.centers.get(ref, ref),
        "item": lambda: names.items.get(ref, ref),
        "provider": lambda: str(said.get("name") or ref),
        "message": lambda: _message(ref),
        "import": lambda: _import(said),
        **dict.fromkeys(("key", "webhook", "sandbox", "program_draft"), lambda: ""),
    }
    return tellers.get(one.area, lambda: ref)()


def _label_of_a_center(ref: str, names: Names, said: Mapping[str, Any]) -> str:
    center, _slash, kind = ref.rpartition("/")
    label = said.get("label") or kind.replace("_", " ")
    return f"{label}, {names.centers.get(center, center)}"


def _message(ref: str) -> str:
    kind, _slash, channel = ref.partition("/")
    if kind in message_words.KINDS:
        name = str(message_words.KINDS[kind][1])
        return f"{name}, {message_words.CHANNELS[channel][1]}" if channel else name
    return _("Language of guests who chose none")


def _import(said: Mapping[str, Any]) -> str:
    kind = said.get("kind", "")
    return str(import_words.KINDS[kind][1]) if kind in import_words.KINDS else ""
