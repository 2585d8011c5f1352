"""Guest categories: labels with icons beside a guest's name, by center (rule 3.10).

A label is never given by hand: it follows from a number that is known of the guest anyway,
held against the category's own limit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regulars.rules.program import ICONS, Program
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said

TIER, NEW, REGULAR = "tier", "new", "regular"
HIGH_SPENDER, MEMBER, LOW_FEEDBACK = "high_spender", "member", "low_feedback"
KINDS = (TIER, NEW, REGULAR, HIGH_SPENDER, MEMBER, LOW_FEEDBACK)
"""In the order in which labels stand beside a name."""

CATEGORY_ICONS = (
    "sprout",
    "repeat",
    "trending-up",
    "badge-check",
    "message-circle-warning",
    "sparkles",
    "coffee",
    "flag",
    "smile",
    "thumbs-down",
    *ICONS,
)
"""Icons that may be chosen; those of tiers among them."""

MOST_DAYS = 3660
_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Category:
    """One label of one center.

    `limit` is a number of visits, minor units of money or a rating, None where the kind has
    none; `days` how far back it looks, None: as far as there is anything.
    """

    kind: str
    label: str
    icon: str
    limit: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class KindTerms:
    """What a kind of category asks for, and what it begins with.

    `unit` is that of its limit: visits, money, rating; None where there is no limit.
    """

    label: str
    icon: str
    unit: str | None
    has_days: bool
    limit: int | None = None
    days: int | None = None
    is_limit_open: bool = False
    """Whether the number to begin with is the organization's to say: it is money."""


TERMS: Mapping[str, KindTerms] = {
    TIER: KindTerms("Tier", "star", None, False),
    NEW: KindTerms("New", "sprout", "visits", False, limit=1),
    REGULAR: KindTerms("Regular", "repeat", "visits", True, limit=6, days=180),
    HIGH_SPENDER: KindTerms(
        "High spender", "trending-up", "money", True, days=365, is_limit_open=True
    ),
    MEMBER: KindTerms("Member", "badge-check", None, True, days=365),
    LOW_FEEDBACK: KindTerms(
        "Low feedback", "message-circle-warning", "rating", True, limit=2, days=365
    ),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A label as it stands beside a name."""

    icon: str
    label: str
    kind: str


def carries(category: Category, measure: int | None) -> bool:
    """Rule 3.10: whether a guest of this measure has the label; not for tiers.

    The measure is the number of visits, money spent, memberships bought, or the last rating,
    within the category's days; None: there is nothing to measure.
    """
    limit = category.limit or 0
    if category.kind == NEW:
        return (measure or 0) <= limit
    if category.kind == LOW_FEEDBACK:
        return measure is not None and measure <= limit
    if category.kind == MEMBER:
        return (measure or 0) > 0
    assert category.kind in (REGULAR, HIGH_SPENDER), category
    return (measure or 0) >= limit


def badges(
    categories: Sequence[Category],
    measures: Mapping[str, int | None],
    *,
    tier: str | None,
    program: Program | None,
) -> tuple[Badge, ...]:
    """The labels of one guest, in the order of KINDS.

    `measures` are by kind of category. A tier shows its own icon and name, and only where the
    center has the category for it.
    """
    shown = []
    for category in sorted(categories, key=lambda one: KINDS.index(one.kind)):
        if category.kind == TIER:
            step = program.tier(tier) if program and tier else None
            if step is not None:
                shown.append(Badge(step.icon, step.name, TIER))
        elif carries(category, measures.get(category.kind)):
            shown.append(Badge(category.icon, category.label, category.kind))
    return tuple(shown)


def check_category(category: Category) -> None:
    """Refuse a category that cannot be worked out, by the field that is wrong."""
    terms = TERMS.get(category.kind)
    if terms is None:
        raise _wrong(
            "kind", category.kind, said("must be one of {known}.", known=", ".join(KINDS))
        )
    if not category.label.strip() or len(category.label) > _LONGEST_LABEL:
        raise _wrong(
            "label",
            category.label,
            said("must have 1 to {most} characters.", most=_LONGEST_LABEL),
        )
    if category.icon not in CATEGORY_ICONS:
        raise _wrong(
            "icon",
            category.icon,
            said("must be one of {known}.", known=", ".join(CATEGORY_ICONS)),
        )
    _check_number("limit", category.limit, terms.unit is not None, *_RANGES[terms.unit])
    _check_number("days", category.days, terms.has_days, 1, MOST_DAYS)


_RANGES: Mapping[str | None, tuple[int, int]] = {
    None: (0, 0),
    "visits": (1, 1000),
    "money": (1, 10**15),
    "rating": (0, 10),
}


def _check_number(
    field: str, number: int | None, is_asked: bool, least: int, most: int
) -> None:
    if not is_asked:
        if number is not None:
            raise _wrong(
                field, number, said("is not asked of this kind of category: leave it out.")
            )
    elif number is None:
        raise _wrong(field, None, said("is required."))
    elif not least <= number <= most:
        raise _wrong(
            field,
            number,
            said(
                "must be from {least} to {most}; {value} is not.",
                least=least,
                most=most,
                value=number,
            ),
        )


def _wrong(field: str, value: object, sentence: str) -> Refused:
    return Refused(
        "invalid_record",
        said("{field} {sentence}", field=field, sentence=sentence),
        field=field,
        value=value,
    )
