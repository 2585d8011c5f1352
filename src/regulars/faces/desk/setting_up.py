"""What the pages of the set-up share: their tabs, and the names of kinds."""

import hashlib
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.faces.shared.visits import Visit
from regulars.rules.permissions import Permission

KIND_NAMES = {
    "service": pgettext_lazy("item kind", "Service"),
    "product": pgettext_lazy("item kind", "Product"),
    "day_package": pgettext_lazy("item kind", "Day package"),
    "series_package": pgettext_lazy("item kind", "Series package"),
    "custom_package": pgettext_lazy("item kind", "Custom package"),
    "membership": pgettext_lazy("item kind", "Membership"),
    "gift_card": pgettext_lazy("item kind", "Gift card"),
    "prepaid_card": pgettext_lazy("item kind", "Prepaid card"),
    "tip": pgettext_lazy("item kind", "Tip"),
}
WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)


def with_tabs(visit: Visit, here: str, **context: Any) -> dict[str, Any]:
    """The context of a list of the set-up: its tabs, and whether it may be changed."""
    tabs = (
        ("catalog", _("Catalog")),
        ("centers", _("Centers")),
        ("providers", _("Who gives services")),
        ("statuses", _("Client statuses")),
        ("categories", _("Guest categories")),
    )
    shown = [
        {"label": label, "address": reverse(name), "is_here": name == here}
        for name, label in tabs
    ]
    return {"tabs": shown, "may_change": visit.may(Permission.SET_UP), **context}


def version_of(row: Any) -> str:
    """A short name of a row as it is, to tell whether it was changed since it was shown."""
    return hashlib.sha256(repr(row).encode()).hexdigest()[:16]
