"""The settings of the program in the words of the trade: names, choices, what they exclude."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from regulars.faces.office.written import FigureWriter
from regulars.faces.shared.refusals import told
from regulars.faces.shared.spoken import spoken
from regulars.faces.shared.visits import Visit
from regulars.rules.amounts import parse_money
from regulars.rules.program import AMOUNT_ACTIONS, Program, Tier
from regulars.rules.program_examples import Example, examples_of
from regulars.rules.redemption import value_of
from regulars.rules.refusals import Refused
from regulars.rules.sentences import Said
from regulars.services.messages import languages

Words = Mapping[str, str | Promise]

ACTIONS: Words = {
    "amount_spent": gettext_lazy("Money spent"),
    "amount_spent_anniversary": gettext_lazy("Money spent on the anniversary"),
    "amount_spent_birthday": gettext_lazy("Money spent on the birthday"),
    "rebook": gettext_lazy("Booking again at the visit"),
    "feedback": gettext_lazy("Feedback"),
    "online_signup": gettext_lazy("Signing up online"),
    "online_booking": gettext_lazy("Booking online"),
    "shared_feedback": gettext_lazy("Shared feedback"),
    "welcome_bonus": gettext_lazy("Welcome bonus"),
    "referral_visit": gettext_lazy("A friend's first visit"),
    "referral_membership": gettext_lazy("A friend's first membership"),
    "referral_package": gettext_lazy("A friend's first package"),
}
MEANINGS: Words = {
    "amount_spent": gettext_lazy("For services, products, packages, memberships, gift cards."),
    "amount_spent_anniversary": gettext_lazy("Paid on her anniversary; instead of the above."),
    "amount_spent_birthday": gettext_lazy("Paid on her birthday; instead of the above."),
    "rebook": gettext_lazy("Booked again on the day of a visit, and then kept and paid."),
    "feedback": gettext_lazy("Once a visit, the same whatever the rating."),
    "online_signup": gettext_lazy("Once a guest, on the web store or in the app."),
    "online_booking": gettext_lazy("Booked online, kept and paid."),
    "shared_feedback": gettext_lazy("With her permission, published by you."),
    "welcome_bonus": gettext_lazy("The first time she comes into this tier."),
    "referral_visit": gettext_lazy("Once for each friend, when the visit is paid."),
    "referral_membership": gettext_lazy("Once for each friend."),
    "referral_package": gettext_lazy("A series or custom package; once for each friend."),
}
"""When each action pays (rule 6)."""
PER_ACTIONS = (*AMOUNT_ACTIONS, "rebook")
"""Actions that may give points per amount (rules 5.1, 6.2)."""

_BOUGHT: Words = {
    "service": pgettext_lazy("something bought", "a facial"),
    "product": pgettext_lazy("something bought", "a face cream"),
    "day_package": pgettext_lazy("something bought", "a spa day"),
    "series_package": pgettext_lazy("something bought", "a series of visits"),
    "custom_package": pgettext_lazy("something bought", "a package of her choice"),
    "membership": pgettext_lazy("something bought", "a membership"),
    "gift_card": pgettext_lazy("something bought", "a gift card"),
}
_EXAMPLES: Words = {
    "amount_spent": gettext_lazy("%(amount)s for %(what)s earns %(points)s."),
    "amount_spent_anniversary": gettext_lazy(
        "%(amount)s for %(what)s on her anniversary earns %(points)s."
    ),
    "amount_spent_birthday": gettext_lazy(
        "%(amount)s for %(what)s on her birthday earns %(points)s."
    ),
    "rebook": gettext_lazy("Booking the next visit before she leaves earns %(points)s."),
    "feedback": gettext_lazy("Saying how it was earns %(points)s."),
    "online_signup": gettext_lazy("An account on the web store earns %(points)s, once."),
    "online_booking": gettext_lazy("A visit booked online earns %(points)s."),
    "shared_feedback": gettext_lazy("Praise that you publish earns %(points)s."),
    "welcome_bonus": gettext_lazy("Coming into this tier earns %(points)s, once."),
    "referral_visit": gettext_lazy("A friend's first paid visit earns her %(points)s."),
    "referral_membership": gettext_lazy("A friend's first membership earns her %(points)s."),
    "referral_package": gettext_lazy("A friend's first package earns her %(points)s."),
}
_REBOOKED = gettext_lazy(
    "Booking the next visit before she leaves earns %(points)s, if that visit is %(amount)s."
)
EXAMPLE_UNITS = 120
"""What the examples cost, in the currency's own units."""

KINDS: Words = {
    "service": pgettext_lazy("item kind", "Service"),
    "product": pgettext_lazy("item kind", "Product"),
    "day_package": pgettext_lazy("item kind", "Day package"),
    "series_package": pgettext_lazy("item kind", "Series package"),
    "custom_package": pgettext_lazy("item kind", "Custom package"),
    "membership": pgettext_lazy("item kind", "Membership"),
    "gift_card": pgettext_lazy("item kind", "Gift card"),
}
TENDERS: Words = {
    "cash": gettext_lazy("Cash"),
    "card": gettext_lazy("Card"),
    "check": gettext_lazy("Check"),
    "custom": pgettext_lazy("tender", "Other"),
}
ICONS: Words = {
    "star": gettext_lazy("Star"),
    "gem": gettext_lazy("Gem"),
    "crown": gettext_lazy("Crown"),
    "medal": gettext_lazy("Medal"),
    "diamond": gettext_lazy("Diamond"),
    "award": gettext_lazy("Rosette"),
    "heart": gettext_lazy("Heart"),
    "leaf": gettext_lazy("Leaf"),
}
AWARD_ON: Words = {
    "payments": gettext_lazy("Each payment, the invoice may still be open"),
    "closed_invoices": gettext_lazy("Closed invoices"),
}
AWARD_TIMING: Words = {
    "day_close": gettext_lazy("At the close of the day"),
    "immediate": gettext_lazy("At once; the close settles the rest"),
}
ENROLLMENT: Words = {
    "automatic": gettext_lazy("By themselves, once they have spent enough"),
    "manual": gettext_lazy("By staff"),
}
DOWNGRADE_CHECK: Words = {
    "month_end": gettext_lazy("At the end of each month"),
    "validity_end": gettext_lazy("On the day the validity ends, then at each month's end"),
}
DOWNGRADE_TO: Words = {
    "matching_tier": gettext_lazy("The tier that fits what they spent"),
    "next_lower_tier": gettext_lazy("The next lower tier"),
}
UNENROLLED_POINTS: Words = {
    "freeze": gettext_lazy("Are frozen until they are in a tier again"),
    "expire": gettext_lazy("Expire"),
}
TAX_BASIS: Words = {
    "post_tax": gettext_lazy("With tax"),
    "pre_tax": gettext_lazy("Without tax"),
}
REDEEM_TAX: Words = {
    "post_tax": gettext_lazy("After tax, like a payment"),
    "pre_tax": gettext_lazy("Before tax, like a discount"),
}
REWARD_APPLY: Words = {
    "after_tax": gettext_lazy("After tax, like a payment"),
    "before_tax": gettext_lazy("Before tax, like a discount"),
}
REWARD_REMAINDER: Words = {
    "new_reward": gettext_lazy("Becomes a new reward with the same last day"),
    "forfeit": gettext_lazy("Is lost"),
}

LABELS: Words = {
    "effective_from": gettext_lazy("In force from"),
    "qualification_period_months": gettext_lazy("Months that count"),
    "award_on": gettext_lazy("Points are awarded for"),
    "award_timing": gettext_lazy("Points are posted"),
    "enrollment": gettext_lazy("Guests come into the program"),
    "direct_enrollment": gettext_lazy("Staff may enroll straight into the highest tier"),
    "direct_enrollment_skips_downgrade": gettext_lazy(
        "Guests enrolled like that are never moved down"
    ),
    "downgrade_check": gettext_lazy("Who spent too little is moved down"),
    "downgrade_to": gettext_lazy("Where they go"),
    "unenrolled_points": gettext_lazy("Points of guests who fall out of every tier"),
    "tax_basis": gettext_lazy("Amounts count"),
    "award_discounted_items": gettext_lazy("Discounted items earn points too"),
    "split_rate_on_tier_jump": gettext_lazy(
        "An invoice that lifts a guest two tiers or more earns each tier's rate on its part"
    ),
    "earning_tenders": gettext_lazy("Ways to pay that earn"),
    "point_value": gettext_lazy("Value of a point"),
    "redemption.minimum_points": gettext_lazy("Points to use at once, at least"),
    "redemption.maximum_points": gettext_lazy("Points on one invoice, at most"),
    "redemption.maximum_percent": gettext_lazy("Percent of an invoice, at most"),
    "redemption.increment": gettext_lazy("In steps of"),
    "redemption.item_kinds": gettext_lazy("Points may pay for"),
    "redemption.tax": gettext_lazy("Points are taken off"),
    "rewards.start_date": gettext_lazy("Program start date"),
    "rewards.apply": gettext_lazy("Rewards are taken off"),
    "rewards.remainder": gettext_lazy("What is left of a reward"),
    "expiry_reminder_days": gettext_lazy("Reminders before points expire"),
    "statement_every_months": gettext_lazy("A statement every so many months"),
    "approval_above_points": gettext_lazy("A second person approves above"),
    "name": gettext_lazy("Name"),
    "icon": gettext_lazy("Icon"),
    "description": gettext_lazy("Description"),
    "minimum_spend": gettext_lazy("Minimum spend"),
    "minimum_spend_to_stay": gettext_lazy("Minimum spend to stay"),
    "validity_days": gettext_lazy("Validity in days"),
    "points_expire_after_days": gettext_lazy("Points expire after days"),
    "award_points_for": gettext_lazy("Award points for"),
    "allow_redemption": gettext_lazy("Allow redemption"),
    "allow_downgrade_to": gettext_lazy("Allow downgrade to this tier"),
    "retire": gettext_lazy("Retired; its guests go to"),
}
"""By the setting's path in the document; a tier's by their own name."""

VALUES: Mapping[str, Words] = {
    "award_on": AWARD_ON,
    "award_timing": AWARD_TIMING,
    "enrollment": ENROLLMENT,
    "downgrade_check": DOWNGRADE_CHECK,
    "downgrade_to": DOWNGRADE_TO,
    "unenrolled_points": UNENROLLED_POINTS,
    "tax_basis": TAX_BASIS,
    "earning_tenders": TENDERS,
    "redemption.item_kinds": KINDS,
    "redemption.tax": REDEEM_TAX,
    "rewards.apply": REWARD_APPLY,
    "rewards.remainder": REWARD_REMAINDER,
    "icon": ICONS,
    "award_points_for": KINDS,
}
MONEY = ("minimum_spend", "minimum_spend_to_stay", "per")
NOTHING: Words = {
    "points_expire_after_days": gettext_lazy("never"),
    "rewards.start_date": gettext_lazy("all sales"),
    "statement_every_months": gettext_lazy("off"),
    "approval_above_points": gettext_lazy("never"),
    "redemption.maximum_points": gettext_lazy("no limit"),
    "redemption.maximum_percent": gettext_lazy("no limit"),
    "retire": gettext_lazy("stays"),
}

CLOSED_ONLY: Mapping[str, Any] = {
    "tax_basis": "pre_tax",
    "award_discounted_items": True,
    "split_rate_on_tier_jump": True,
    "redemption.tax": "pre_tax",
    "rewards.apply": "before_tax",
    "award_points_for": None,
}
"""What goes with closed invoices only (rule 2, 3.6), and which value of it; None: any limit."""


def closed_only() -> str:
    """Why such a value cannot be chosen; it names the other setting."""
    return _("Only with “%(setting)s: %(value)s”.") % {
        "setting": LABELS["award_on"],
        "value": AWARD_ON["closed_invoices"],
    }


# -- values -----------------------------------------------------------------------------------


def said(visit: Visit, path: str, value: Any) -> str:
    """A value of the document as one would say it."""
    name = path.rpartition(".")[2] if path.startswith("tiers.") else path
    if isinstance(value, dict):
        return _terms(visit, value)
    if value is None or value == []:
        return str(NOTHING.get(name, _("off") if name in ACTIONS else _("none")))
    if isinstance(value, list):
        return ", ".join(said(visit, path, one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _written(visit, name, value)


def _written(visit: Visit, name: str, value: Any) -> str:
    """One value of a setting that has one."""
    if name in VALUES:
        return str(VALUES[name].get(value, value))
    if name in MONEY:
        return money(visit, value)
    if name == "point_value":
        return FigureWriter(visit).exact_money(Decimal(value))
    if name == "rewards.start_date":
        return languages.written_day(date.fromisoformat(value), visit.language, "medium")
    return languages.written_number(value, visit.language) if isinstance(value, int) else value


def _terms(visit: Visit, terms: Mapping[str, Any]) -> str:
    points = languages.written_number(terms["points"], visit.language)
    if terms.get("per") is None:
        return points
    return _("%(points)s per %(amount)s") % {
        "points": points,
        "amount": money(visit, terms["per"]),
    }


def money(visit: Visit, text: str) -> str:
    """An amount of the document with its currency."""
    exponent = visit.company.exponent
    return cents_said(visit, parse_money(text, exponent, field=""))


def cents_said(visit: Visit, cents: int) -> str:
    company = visit.company
    return languages.written_money(
        cents, visit.language, currency=company.currency, exponent=company.exponent
    )


# -- examples ---------------------------------------------------------------------------------


def examples(visit: Visit, program: Program, tier: Tier) -> dict[str, str]:
    """A sentence for each action that is on, with the points that the rules give for it."""
    cents = EXAMPLE_UNITS * 10**visit.company.exponent
    found = examples_of(program, tier, cents=cents)
    return {action: _example(visit, one, program) for action, one in found.items()}


def _example(visit: Visit, one: Example, program: Program) -> str:
    number = languages.written_number(one.points, visit.language)
    points = ngettext("%(n)s point", "%(n)s points", one.points) % {"n": number}
    if program.point_value:
        worth = cents_said(visit, value_of(one.points, program.point_value))
        points = _("%(points)s (worth %(money)s)") % {"points": points, "money": worth}
    told = {"points": points, "what": _BOUGHT[one.kind], "amount": ""}
    sentence = _EXAMPLES[one.action]
    if one.cents is not None:
        told["amount"] = cents_said(visit, one.cents)
        sentence = _REBOOKED if one.action == "rebook" else sentence
    return str(sentence) % told


# -- what is wrong ----------------------------------------------------------------------------


def problem_said(visit: Visit, document: Mapping[str, Any], problem: Refused) -> str:
    """A problem of a draft as a sentence; of settings that exclude each other with both."""
    path = problem.field or ""
    if problem.code == "setting_conflict" and _setting_of(path) in CLOSED_ONLY:
        return _("“%(setting)s” here needs “%(other)s: %(needed)s”; it is “%(now)s”.") % {
            "setting": _named(document, path),
            "other": LABELS["award_on"],
            "needed": AWARD_ON["closed_invoices"],
            "now": AWARD_ON.get(str(document.get("award_on")), AWARD_ON["payments"]),
        }
    if problem.code == "setting_conflict" and path == "redemption.maximum_points":
        least = document.get("redemption", {}).get("minimum_points")
        return _("“%(setting)s” is %(most)s, less than “%(other)s”, %(least)s.") % {
            "setting": LABELS[path],
            "most": problem.value,
            "other": LABELS["redemption.minimum_points"],
            "least": least,
        }
    values = problem.said.values if isinstance(problem.said, Said) else {}
    plain = values.get("sentence") or values.get("why")
    if not path or values.get("field") != path or not isinstance(plain, str):
        return told(problem, visit)
    return f"{_named(document, path)}: {spoken(plain, visit)}"


def _setting_of(path: str) -> str:
    return path.split(".", 2)[2] if path.startswith("tiers.") and path.count(".") > 1 else path


def _named(document: Mapping[str, Any], path: str) -> str:
    name = _setting_of(path)
    label = str(LABELS.get(name, ACTIONS.get(name.partition(".")[2], name)))
    if not path.startswith("tiers."):
        return label
    tiers = document.get("tiers") or []
    place = path.split(".")[1]
    if not place.isdigit():
        return f"{place}: {label}"
    known = int(place) < len(tiers)
    tier = tiers[int(place)].get("name") if known else _("Tier %(n)s") % {"n": int(place) + 1}
    return f"{tier}: {label}"
