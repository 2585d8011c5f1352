"""What kinds, channels and states of messages are called on the pages."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS: Mapping[str, tuple[str, str | Promise]] = {
    "points_awarded": ("coins", _("Points came")),
    "points_redeemed": ("hand-coins", _("Points paid for something")),
    "points_expiring": ("hourglass", _("Points will end soon")),
    "enrolled": ("user-round-check", _("In the program now")),
    "upgraded": ("trending-up", _("In a higher tier now")),
    "statement": ("file-text", _("How things stand, every few months")),
    "reward_issued": ("gift", _("Rewards were given")),
    "reward_expiring": ("calendar-clock", _("Rewards will end soon")),
}
CHANNELS: Mapping[str, tuple[str, str | Promise]] = {
    "email": ("mail", _("E-mail")),
    "sms": ("message-square", _("Text message")),
    "letter": ("printer", _("Letter")),
}
STATES: Mapping[str, tuple[str, str, str | Promise]] = {
    "waiting": ("hourglass", "accent", pgettext_lazy("message", "waits")),
    "sending": ("loader", "accent", pgettext_lazy("message", "on its way")),
    "sent": ("check", "good", pgettext_lazy("message", "sent")),
    "withheld": ("eye-off", "", pgettext_lazy("message", "withheld")),
    "dead": ("circle-alert", "bad", pgettext_lazy("message", "given up")),
}
"""Icon, color, name."""
_PROBLEMS = (
    (
        r"The guest was merged into another, who is told instead\.",
        _("Merged into another guest, who is told instead."),
    ),
    (
        r"The guest has opted out of the loyalty program\.",
        _("Does not take part in the program."),
    ),
    (r"The guest has no e-mail address\.", _("No e-mail address is known.")),
    (r"The guest has no phone number\.", _("No phone number is known.")),
    (r"The guest does not want to be told by .+\.", _("Does not want to be told that way.")),
    (
        r"The guest has not agreed to be told \w+ by .+\.",
        _("Has not agreed to be told of such things that way."),
    ),
    (r"Messages to (?P<address>.+) came back\.", _("Messages to %(address)s came back.")),
)
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "pt": "Português",
    "nl": "Nederlands",
    "tr": "Türkçe",
    "pl": "Polski",
    "ru": "Русский",
    "zh": "中文",
}
"""Of those a template may be written in; guests may choose any other too."""


def problem_told(problem: str | None) -> str:
    """Why a message was withheld, in the reader's language; what a server said, as it is."""
    for pattern, sentence in _PROBLEMS:
        found = re.fullmatch(pattern, problem or "")
        if found:
            return str(sentence) % found.groupdict()
    return problem or ""
