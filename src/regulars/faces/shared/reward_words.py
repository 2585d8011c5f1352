"""Rewards and runs in the words of staff."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = dict[str, str | Promise]

REWARD_STATES: Words = {
    "issued": pgettext_lazy("reward", "open"),
    "held": pgettext_lazy("reward", "on hold"),
    "redeemed": pgettext_lazy("reward", "redeemed"),
    "void": pgettext_lazy("reward", "void"),
    "expired": pgettext_lazy("reward", "expired"),
}
STATE_COLORS = {"issued": "good", "held": "accent", "redeemed": "", "void": "", "expired": ""}
REWARD_KINDS: Words = {
    "run": _("from a run"),
    "manual": _("by hand"),
    "rest": _("rest of another"),
}
