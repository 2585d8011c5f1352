"""The eight things guests are told (rule 12), and the fields that templates may name."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

EMAIL, SMS, LETTER = "email", "sms", "letter"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message.

    `fields` are the names a template may use, each with a sentence about it; those of the
    entries of a list are named `rewards.code`. `shapes` says how a field is handed over and
    shown: text, number (int), change (int, shown with its sign), money (int, under the name
    with `_cents`), worth (the same, empty if None or 0), date (date or None), why (the code of
    a reason, put into words), list (of mappings). A marketing kind goes only to guests who
    agreed to the channel; see docs/decisions/0010-messages.md.
    """

    name: str
    channels: tuple[str, ...]
    is_marketing: bool
    summary: str
    fields: Mapping[str, str]
    shapes: Mapping[str, str]

    @property
    def own(self) -> Mapping[str, str]:
        """Shapes of the fields that an occasion hands over; the others are filled in."""
        return {name: shape for name, shape in self.shapes.items() if name not in STANDING}


# name: (shape, what it is)
_Fields = dict[str, tuple[str, str]]

STANDING: _Fields = {
    "guest": ("text", "the guest's name"),
    "first_name": ("text", "the first word of it"),
    "organization": ("text", "your company's name"),
    "date": ("date", "the day the message is about"),
    "points": ("number", "the balance"),
    "can_pay": ("text", "yes if the guest can pay with points now, else empty"),
    "points_value": ("worth", "what the balance is worth; empty if nothing"),
    "tier": ("text", "the name of the guest's tier; empty in none"),
    "tier_since": ("date", "since when the guest is in it"),
    "spend": ("money", "spent in the months that count for tiers"),
    "to_stay": ("worth", "still to be spent to stay in the tier; empty if nothing"),
    "stay_by": ("date", "by when; empty if nothing is missing"),
    "next_tier": ("text", "the name of the next tier; empty at the top"),
    "to_next": ("worth", "still to be spent to get there; empty if nothing"),
}
"""Fields that every kind has; an occasion may hand over its own value for one of them."""

_REWARDS: _Fields = {
    "rewards": ("list", "the rewards, soonest last day first"),
    "rewards.code": ("text", "the code to tell at the desk"),
    "rewards.amount": ("money", "what it is worth"),
    "rewards.expires_on": ("date", "its last day; empty if it has none"),
}

_OWN: dict[str, _Fields] = {
    "points_awarded": {
        "earned": ("number", "points awarded, all together"),
        "awards": ("list", "what they were awarded for"),
        "awards.points": ("number", "points of this award"),
        "awards.why": ("why", "what for, in words"),
        "awards.expires_on": ("date", "their last day; empty if they have none"),
    },
    "points_redeemed": {
        "used": ("number", "points used"),
        "worth": ("money", "what they paid"),
    },
    "points_expiring": {
        "expiring": ("number", "points that end"),
        "expiring_value": ("worth", "what they are worth; empty if nothing"),
        "expires_on": ("date", "their last day"),
        "days": ("number", "days until then"),
    },
    "enrolled": {},
    "upgraded": {
        "tier_before": ("text", "the name of the tier before"),
        "safe_until": ("date", "the day through which the new tier is safe"),
    },
    "statement": {
        "since": ("date", "the first day that the statement is about"),
        "earned": ("number", "points awarded since then"),
        "used": ("number", "points used since then"),
        "expired": ("number", "points that ended since then"),
        "entries": ("list", "what happened since then, oldest first, 100 at most"),
        "entries.date": ("date", "when"),
        "entries.points": ("change", "points that came (+20) or went (-300)"),
        "entries.why": ("why", "why, in words"),
        "lots": ("list", "the points that end next, soonest first, 5 days at most"),
        "lots.points": ("number", "points that end together"),
        "lots.expires_on": ("date", "their last day"),
        "reward_credit": ("worth", "what the open rewards are worth; empty if there are none"),
        **_REWARDS,
    },
    "reward_issued": {
        "count": ("number", "how many rewards"),
        "total": ("money", "what they are worth together"),
        **_REWARDS,
    },
    "reward_expiring": {
        "count": ("number", "how many rewards end"),
        "total": ("money", "what they are worth together"),
        "expires_on": ("date", "their last day"),
        "days": ("number", "days until then"),
        **_REWARDS,
    },
}


def _kind(name: str, summary: str, *, marketing: bool = False, letter: bool = False) -> Kind:
    fields = STANDING | _OWN[name]
    channels = (EMAIL, SMS, LETTER) if letter else (EMAIL, SMS)
    texts = {field: text for field, (_, text) in fields.items()}
    shapes = {field: shape for field, (shape, _) in fields.items()}
    return Kind(
        name, channels, marketing, summary, MappingProxyType(texts), MappingProxyType(shapes)
    )


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        _kind("points_awarded", "points came"),
        _kind("points_redeemed", "points paid for something"),
        _kind("points_expiring", "points will end soon", marketing=True),
        _kind("enrolled", "the guest is in the program now"),
        _kind("upgraded", "the guest is in a higher tier now"),
        _kind("statement", "how things stand, every few months", marketing=True),
        _kind("reward_issued", "rewards were given", marketing=True, letter=True),
        _kind("reward_expiring", "rewards will end soon", marketing=True),
    )
}
