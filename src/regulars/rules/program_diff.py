"""A program written back as its document, and what changed between two of them, in words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regulars.rules import program as words
from regulars.rules.amounts import format_decimal, format_money
from regulars.rules.program import AccrualTerms, Program, Tier
from regulars.rules.program_parsing import parse_program


def program_document(program: Program) -> dict[str, Any]:
    """The whole document of a program (contract section 2), every setting said."""
    exponent = program.currency_exponent
    value = program.point_value
    return {
        "type": "program",
        "effective_from": program.effective_from.isoformat(),
        "qualification_period_months": program.qualification_period_months,
        "award_on": program.award_on,
        "award_timing": program.award_timing,
        "enrollment": program.enrollment,
        "direct_enrollment": program.direct_enrollment,
        "direct_enrollment_skips_downgrade": program.direct_enrollment_skips_downgrade,
        "downgrade_check": program.downgrade_check,
        "downgrade_to": program.downgrade_to,
        "unenrolled_points": program.unenrolled_points,
        "tax_basis": program.tax_basis,
        "award_discounted_items": program.award_discounted_items,
        "split_rate_on_tier_jump": program.split_rate_on_tier_jump,
        "earning_tenders": _in_order(program.earning_tenders, words.TENDERS),
        "point_value": value and format_decimal(value / 10**exponent, exponent),
        "redemption": _redemption_document(program.redemption),
        "rewards": _rewards_document(program.rewards),
        "expiry_reminder_days": list(program.expiry_reminder_days),
        "statement_every_months": program.statement_every_months,
        "approval_above_points": program.approval_above_points,
        "tiers": [_tier_document(tier, exponent) for tier in program.tiers],
    }


def _in_order(chosen: Collection[str], order: Sequence[str]) -> list[str]:
    return [word for word in order if word in chosen]


def _redemption_document(terms: words.RedemptionTerms) -> dict[str, Any]:
    percent = terms.maximum_percent
    if percent is None or percent.denominator == 1:
        written: int | str | None = None if percent is None else int(percent)
    else:
        written = format_decimal(percent, 0)
    return {
        "minimum_points": terms.minimum_points,
        "maximum_points": terms.maximum_points,
        "maximum_percent": written,
        "increment": terms.increment,
        "item_kinds": _in_order(terms.item_kinds, words.ITEM_KINDS),
        "tax": terms.tax,
    }


def _rewards_document(terms: words.RewardTerms) -> dict[str, Any]:
    start_date = terms.start_date
    return {
        "start_date": start_date and start_date.isoformat(),
        "apply": terms.apply,
        "remainder": terms.remainder,
    }


def _tier_document(tier: Tier, exponent: int) -> dict[str, Any]:
    return {
        "id": tier.id,
        "name": tier.name,
        "icon": tier.icon,
        "description": tier.description,
        "minimum_spend": format_money(tier.minimum_spend_cents, exponent),
        "minimum_spend_to_stay": format_money(tier.spend_to_stay_cents, exponent),
        "validity_days": tier.validity_days,
        "points_expire_after_days": tier.points_expire_after_days,
        "award_points_for": _in_order(tier.award_points_for, words.ITEM_KINDS),
        "allow_redemption": tier.allow_redemption,
        "allow_downgrade_to": tier.allow_downgrade_to,
        "retire": tier.retire,
        "accruals": {
            action: _accrual_document(tier.accruals[action], exponent)
            for action in words.ACTIONS
            if action in tier.accruals
        },
    }


def _accrual_document(terms: AccrualTerms, exponent: int) -> dict[str, Any]:
    if terms.per_cents is None:
        return {"points": terms.points}
    return {"points": terms.points, "per": format_money(terms.per_cents, exponent)}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed: where (a tier by its id), from what to what, and a sentence."""

    path: str
    before: Any
    after: Any
    sentence: str


def differences(old: Program | None, new: Program) -> list[Difference]:
    """What a new version changes (rule 1.6), top down; a first one, from the defaults."""
    if old is None:
        defaults = {"effective_from": new.version}
        old = parse_program(defaults, new.currency_exponent)
    before, after = program_document(old), program_document(new)
    found = [
        _difference(path, path, before=one, after=other)
        for path, one, other in _changed_settings(before, after)
    ]
    found += _changed_tiers(old, new)
    return found


def _changed_settings(
    before: Mapping[str, Any], after: Mapping[str, Any], path: str = ""
) -> Iterator[tuple[str, Any, Any]]:
    for name, other in after.items():
        one = before[name]
        if name == "tiers" or one == other:
            continue
        if isinstance(other, dict):
            yield from _changed_settings(one, other, f"{path}{name}.")
        else:
            yield f"{path}{name}", one, other


def _changed_tiers(old: Program, new: Program) -> Iterator[Difference]:
    for tier in new.tiers:
        before = old.tier(tier.id)
        if before is None:
            yield _new_tier(tier, new.currency_exponent)
        else:
            yield from _changed_tier(before, tier, new)
    for tier in old.tiers:
        if new.tier(tier.id) is None:
            document = _tier_document(tier, old.currency_exponent)
            sentence = f"{tier.name}: no longer in the program"
            yield Difference(f"tiers.{tier.id}", document, None, sentence)


def _new_tier(tier: Tier, exponent: int) -> Difference:
    document = _tier_document(tier, exponent)
    sentence = f"{tier.name}: new tier, minimum spend {document['minimum_spend']}"
    return Difference(f"tiers.{tier.id}", None, document, sentence)


def _changed_tier(old: Tier, new: Tier, program: Program) -> Iterator[Difference]:
    exponent = program.currency_exponent
    before, after = _tier_document(old, exponent), _tier_document(new, exponent)
    accruals_before, accruals_after = before.pop("accruals"), after.pop("accruals")
    for name, other in after.items():
        if name == "retire" and other is not None and before[name] != other:
            target = program.tier(other)
            sentence = (
                f"{new.name}: retired, its guests go to {target.name if target else other}"
            )
            yield Difference(f"tiers.{new.id}.retire", before[name], other, sentence)
        elif before[name] != other:
            path = f"tiers.{new.id}.{name}"
            yield _difference(path, name, before=before[name], after=other, of=new.name)
    for action in words.ACTIONS:
        one, other = accruals_before.get(action), accruals_after.get(action)
        if one != other:
            path = f"tiers.{new.id}.accruals.{action}"
            yield _difference(path, action, before=one, after=other, of=new.name)


_WORDS = {
    "effective_from": "In force from",
    "qualification_period_months": "Qualification period in months",
    "award_on": "Points are awarded on",
    "award_timing": "Points are awarded at",
    "enrollment": "Enrollment",
    "direct_enrollment": "Direct enrollment into the highest tier",
    "direct_enrollment_skips_downgrade": "Directly enrolled guests skip the downgrade check",
    "downgrade_check": "Downgrade check at",
    "downgrade_to": "Downgrade to",
    "unenrolled_points": "Points of un-enrolled guests",
    "tax_basis": "Points are awarded on amounts",
    "award_discounted_items": "Discounted items earn points",
    "split_rate_on_tier_jump": "Split rate on a tier jump",
    "earning_tenders": "Tenders that earn",
    "point_value": "Value of a point",
    "redemption.minimum_points": "Redemption: minimum points",
    "redemption.maximum_points": "Redemption: maximum points",
    "redemption.maximum_percent": "Redemption: maximum percent",
    "redemption.increment": "Redemption: increment",
    "redemption.item_kinds": "Redemption: points may pay for",
    "redemption.tax": "Redemption: taken off",
    "rewards.start_date": "Money rewards: sales count from",
    "rewards.apply": "Money rewards: taken off",
    "rewards.remainder": "Money rewards: the rest becomes",
    "expiry_reminder_days": "Reminders so many days before expiry",
    "statement_every_months": "Statement every so many months",
    "approval_above_points": "Approval needed above points",
    "minimum_spend_to_stay": "minimum spend to stay",
    "validity_days": "validity in days",
    "points_expire_after_days": "points expire after days",
    "award_points_for": "points are awarded for",
    "allow_redemption": "redemption allowed",
    "allow_downgrade_to": "downgrade into it allowed",
    "retire": "retired in favor of",
    "amount_spent": "points for spend",
    "amount_spent_anniversary": "points for spend on the anniversary",
    "amount_spent_birthday": "points for spend on the birthday",
    "rebook": "points for rebooking",
    "feedback": "points for feedback",
    "online_signup": "points for signing up online",
    "online_booking": "points for booking online",
    "shared_feedback": "points for shared feedback",
    "referral_visit": "points for a referred guest's visit",
    "referral_membership": "points for a referred guest's membership",
    "referral_package": "points for a referred guest's package",
}
"""Fields in the words of the trade; a field not listed is called by its own name."""

_NOTHING = {
    "points_expire_after_days": "never",
    "rewards.start_date": "the beginning",
}


def _difference(
    path: str, field: str, *, before: Any, after: Any, of: str | None = None
) -> Difference:
    name = _WORDS.get(field, field.replace("_", " "))
    subject = f"{of}: {name}" if of else f"{name}:"
    sentence = f"{subject} {_said(before, field)} → {_said(after, field)}"
    return Difference(path, before, after, sentence)


def _said(value: Any, field: str) -> str:
    """A value of the document as one would say it across the desk."""
    if value is None:
        return _NOTHING.get(field, "off" if field in words.ACTIONS else "none")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_said(one, field) for one in value) or "none"
    if isinstance(value, dict):
        per = f" per {value['per']}" if "per" in value else ""
        return f"{value['points']}{per}"
    if field in ("name", "description"):
        return repr(value)
    return str(value).replace("_", " ")
