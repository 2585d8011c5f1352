"""What kinds, channels and states of messages are called on the pages."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

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

# What fields of a template are, as `services/messages/kinds.py` has it in English.
FIELDS = frozenset(
    (
        gettext_noop("the guest's name"),
        gettext_noop("the first word of it"),
        gettext_noop("your company's name"),
        gettext_noop("the day the message is about"),
        gettext_noop("the balance"),
        gettext_noop("yes if the guest can pay with points now, else empty"),
        gettext_noop("what the balance is worth; empty if nothing"),
        gettext_noop("the name of the guest's tier; empty in none"),
        gettext_noop("since when the guest is in it"),
        gettext_noop("spent in the months that count for tiers"),
        gettext_noop("still to be spent to stay in the tier; empty if nothing"),
        gettext_noop("by when; empty if nothing is missing"),
        gettext_noop("the name of the next tier; empty at the top"),
        gettext_noop("still to be spent to get there; empty if nothing"),
        gettext_noop("the rewards, soonest last day first"),
        gettext_noop("the code to tell at the desk"),
        gettext_noop("what it is worth"),
        gettext_noop("its last day; empty if it has none"),
        gettext_noop("points awarded, all together"),
        gettext_noop("what they were awarded for"),
        gettext_noop("points of this award"),
        gettext_noop("what for, in words"),
        gettext_noop("their last day; empty if they have none"),
        gettext_noop("points used"),
        gettext_noop("what they paid"),
        gettext_noop("points that end"),
        gettext_noop("what they are worth; empty if nothing"),
        gettext_noop("their last day"),
        gettext_noop("days until then"),
        gettext_noop("the name of the tier before"),
        gettext_noop("the day through which the new tier is safe"),
        gettext_noop("the first day that the statement is about"),
        gettext_noop("points awarded since then"),
        gettext_noop("points used since then"),
        gettext_noop("points that ended since then"),
        gettext_noop("what happened since then, oldest first, 100 at most"),
        gettext_noop("when"),
        gettext_noop("points that came (+20) or went (-300)"),
        gettext_noop("why, in words"),
        gettext_noop("the points that end next, soonest first, 5 days at most"),
        gettext_noop("points that end together"),
        gettext_noop("what the open rewards are worth; empty if there are none"),
        gettext_noop("how many rewards"),
        gettext_noop("what they are worth together"),
        gettext_noop("how many rewards end"),
    )
)


def fields_told(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Fields with what each is, in the reader's language."""
    return [(name, gettext(what)) for name, what in fields.items()]


def problem_told(problem: str | None) -> str:
    """Why a message was withheld, in the reader's language; what a server said, as it is."""
    for pattern, sentence in _PROBLEMS:
        found = re.fullmatch(pattern, problem or "")
        if found:
            return str(sentence) % found.groupdict()
    return problem or ""
