"""From a program document (contract section 2) to a `Program`, or to all its problems."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, get_args

from regulars.rules import program as words
from regulars.rules.amounts import format_money
from regulars.rules.program import (
    AccrualTerms,
    Program,
    RedemptionTerms,
    RewardTerms,
    Tier,
)
from regulars.rules.program_reader import Reader, reader_of
from regulars.rules.refusals import Refused
from regulars.rules.sentences import Sum, said

LONGEST_DAYS = 36_500
"""A hundred years: every date the program can lead to still exists in a calendar."""

LONGEST_MONTHS = 1_200
MOST_REMINDERS = 5
VALUE_DECIMALS = 6
PERCENT_DECIMALS = 6

# What every record may carry besides its own fields; it says nothing about the program.
_ENVELOPE = ("id", "at", "by")


def parse_program(document: Mapping[str, Any], exponent: int) -> Program:
    """The program a document describes; raises the first problem it has (rules 2, 3)."""
    program, problems = read_program(document, exponent)
    if problems:
        raise problems[0]
    return program


def problems_in(document: Mapping[str, Any], exponent: int) -> list[Refused]:
    """Everything that is wrong with a document: bad fields first, then settings that clash."""
    return read_program(document, exponent)[1]


def read_program(document: Mapping[str, Any], exponent: int) -> tuple[Program, list[Refused]]:
    """What can be made of a document that may be unfinished, and all that is wrong with it.

    What could not be read has a stand-in there: fit to be shown, not to be published.
    """
    problems: list[Refused] = []
    reader = reader_of(document, "", problems)
    for name in _ENVELOPE:
        reader.value(name)
    reader.choice("type", ("program",))
    settings = _settings(reader, exponent)
    placed = _tiers(reader, exponent)
    reader.finish()
    program = replace(settings, tiers=_ranked(placed))
    award_on_is_known = all(problem.field != "award_on" for problem in problems)
    problems += _limits_that_clash(program.redemption)
    if award_on_is_known and program.award_on != "closed_invoices":
        problems += _needs_of_closed_invoices(program, placed)
    return program, problems


def _settings(reader: Reader, exponent: int) -> Program:
    """The program of rules section 2, still without its tiers."""
    return Program(
        effective_from=reader.day("effective_from"),
        currency_exponent=exponent,
        qualification_period_months=reader.whole(
            "qualification_period_months", 12, least=1, most=LONGEST_MONTHS
        ),
        award_on=reader.choice("award_on", get_args(words.AwardOn)),
        award_timing=reader.choice("award_timing", get_args(words.AwardTiming)),
        enrollment=reader.choice("enrollment", get_args(words.Enrollment)),
        direct_enrollment=reader.switch("direct_enrollment", False),
        direct_enrollment_skips_downgrade=reader.switch(
            "direct_enrollment_skips_downgrade", False
        ),
        downgrade_check=reader.choice("downgrade_check", get_args(words.DowngradeCheck)),
        downgrade_to=reader.choice("downgrade_to", get_args(words.DowngradeTo)),
        unenrolled_points=reader.choice("unenrolled_points", get_args(words.UnenrolledPoints)),
        tax_basis=reader.choice("tax_basis", get_args(words.TaxBasis)),
        award_discounted_items=reader.switch("award_discounted_items", False),
        split_rate_on_tier_jump=reader.switch("split_rate_on_tier_jump", False),
        earning_tenders=reader.some_of(
            "earning_tenders",
            words.SPEND_TENDERS,
            allowed=words.SPEND_TENDERS,
            why=said("what the others pay is no spend, rule 4.1"),
        ),
        point_value=_point_value(reader, exponent),
        redemption=_redemption(reader.below("redemption")),
        rewards=_rewards(reader.below("rewards")),
        expiry_reminder_days=_reminders(reader),
        statement_every_months=reader.whole_or_none("statement_every_months", least=1, most=12),
        approval_above_points=reader.whole_or_none("approval_above_points"),
        tiers=(),
    )


def _point_value(reader: Reader, exponent: int) -> Fraction | None:
    """Money per point; it may be finer than the currency, the product is floored (rule 7.2)."""
    value = reader.decimal("point_value", VALUE_DECIMALS)
    if value is None:
        return None
    if not 0 < value <= 1_000_000:
        reader.refuse(
            "point_value", said("must be above 0 and at most {most}.", most=1_000_000)
        )
    return value * Fraction(10**exponent)


def _redemption(reader: Reader) -> RedemptionTerms:
    terms = RedemptionTerms(
        minimum_points=reader.whole("minimum_points", 0),
        maximum_points=reader.whole_or_none("maximum_points"),
        maximum_percent=_percent(reader),
        increment=reader.whole("increment", 1, least=1),
        item_kinds=reader.some_of(
            "item_kinds",
            words.USUALLY_REDEEMABLE_KINDS,
            allowed=words.REDEEMABLE_KINDS,
            why=said("points never pay for others, rule 7.2"),
        ),
        tax=reader.choice("tax", get_args(words.TaxBasis)),
    )
    reader.finish()
    return terms


def _percent(reader: Reader) -> Fraction | None:
    """A whole number as it is, or a decimal in quotes."""
    name = "maximum_percent"
    percent = reader.value(name)
    if isinstance(percent, float):
        reader.refuse(name, said('needs quotes when it has decimals, like "12.5".'))
        return None
    if isinstance(percent, str):
        share = reader.decimal(name, PERCENT_DECIMALS)
        if share is not None and share > 100:
            reader.refuse(
                name,
                said(
                    "must be from {least} to {most}; it is {value}.",
                    least=0,
                    most=100,
                    value=percent,
                ),
            )
        return share
    whole = reader.whole_or_none(name, most=100)
    return None if whole is None else Fraction(whole)


def _rewards(reader: Reader) -> RewardTerms:
    terms = RewardTerms(
        start_date=reader.day_or_none("start_date"),
        apply=reader.choice("apply", get_args(words.RewardApply)),
        remainder=reader.choice("remainder", get_args(words.RewardRemainder)),
    )
    reader.finish()
    return terms


def _reminders(reader: Reader) -> tuple[int, ...]:
    """Days before expiry, the earliest reminder first (rule 9.1)."""
    name = "expiry_reminder_days"
    listed = reader.items(name)
    if len(listed) > MOST_REMINDERS:
        reader.refuse(
            name,
            said(
                "may hold at most {most} numbers; it has {count}.",
                most=MOST_REMINDERS,
                count=len(listed),
            ),
        )
    for number in listed:
        if type(number) is not int or not 0 <= number <= LONGEST_DAYS:
            reader.refuse(
                name,
                said("must hold whole numbers of days from 0 to {most}.", most=LONGEST_DAYS),
            )
            return ()
    if len(set(listed)) < len(listed):
        reader.refuse(name, said("names a number of days twice."))
    return tuple(sorted(listed, reverse=True))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A tier and where it stood in the document; None for a minimum that could not be read."""

    place: int
    reader: Reader
    tier: Tier
    minimum_cents: int | None


def _tiers(reader: Reader, exponent: int) -> list[_Placed]:
    """The tiers (rule 3) as they stand in the document."""
    placed = []
    for place, content in enumerate(reader.items("tiers")):
        below = reader.nested(f"tiers.{place}", content)
        if isinstance(content, Mapping):
            placed.append(_tier(below, place, exponent))
    _refuse_likeness(placed)
    _refuse_lost_guests(placed)
    return placed


def _ranked(placed: list[_Placed]) -> tuple[Tier, ...]:
    """The tiers lowest first (rule 3.2)."""
    # Of two with one minimum the retiring one lies below: it is nobody's target.
    order = sorted(
        (one.tier for one in placed),
        key=lambda tier: (tier.minimum_spend_cents, tier.retire is None),
    )
    return tuple(replace(tier, rank=rank) for rank, tier in enumerate(order))


def _tier(reader: Reader, place: int, exponent: int) -> _Placed:
    minimum = reader.money("minimum_spend", exponent)
    if reader.value("minimum_spend") is None:
        reader.refuse("minimum_spend", said("is required."))
    to_stay = reader.money("minimum_spend_to_stay", exponent)
    if minimum is not None and to_stay is not None and to_stay > minimum:
        most = format_money(minimum, exponent)
        reader.refuse(
            "minimum_spend_to_stay",
            said("must be at most minimum_spend, {most}.", most=Sum(most)),
        )
    tier = Tier(
        id=reader.text("id"),
        name=reader.text("name"),
        icon=reader.choice("icon", words.ICONS),
        description=reader.text("description", required=False, longest=2_000, multiline=True),
        rank=place,
        minimum_spend_cents=minimum or 0,
        spend_to_stay_cents=(minimum or 0) if to_stay is None else to_stay,
        validity_days=reader.whole("validity_days", most=LONGEST_DAYS),
        # Rule 3.5: 0 days means never, as leaving it empty does.
        points_expire_after_days=reader.whole_or_none(
            "points_expire_after_days", most=LONGEST_DAYS
        )
        or None,
        award_points_for=_award_points_for(reader),
        allow_redemption=reader.switch("allow_redemption", True),
        allow_downgrade_to=reader.switch("allow_downgrade_to", True),
        retire=reader.text("retire", required=False) or None,
        accruals=_accruals(reader.below("accruals"), exponent),
    )
    reader.finish()
    return _Placed(place, reader, tier, minimum)


def _award_points_for(reader: Reader) -> frozenset[str]:
    """Rule 3.6; null leaves it at all of them, for a tier is not silenced by an empty field."""
    if reader.value("award_points_for") is None:
        return words.AWARDABLE_KINDS
    return reader.some_of(
        "award_points_for",
        words.AWARDABLE_KINDS,
        allowed=words.AWARDABLE_KINDS,
        why=said("the others never earn, rule 4.1"),
    )


def _accruals(reader: Reader, exponent: int) -> Mapping[str, AccrualTerms]:
    """The actions that are on (rule 3.9), in the order of rule 6."""
    accruals = {}
    for action in words.ACTIONS:
        if reader.value(action) is not None:
            accruals[action] = _accrual(reader.below(action), action, exponent)
    reader.finish()
    return MappingProxyType(accruals)


def _accrual(reader: Reader, action: str, exponent: int) -> AccrualTerms:
    per_cents = reader.money("per", exponent)
    per = reader.value("per")
    if per is None and action in words.AMOUNT_ACTIONS:
        reader.refuse("per", said("is required: these points are so many per amount spent."))
    if per is not None and action not in (*words.AMOUNT_ACTIONS, "rebook"):
        reader.refuse(
            "per",
            said(
                "does not go with {action}, which gives the same points always.", action=action
            ),
        )
    elif per_cents == 0:
        reader.refuse("per", said("must be above 0."))
    terms = AccrualTerms(reader.whole("points"), per_cents)
    reader.finish()
    return terms


def _refuse_likeness(placed: list[_Placed]) -> None:
    """Rules 3.1, 3.2: no two tiers of one id, one name or one minimum spend."""
    ids: dict[str, _Placed] = {}
    names: dict[str, _Placed] = {}
    minimums: dict[int, _Placed] = {}
    for one in placed:
        tier = one.tier
        if tier.id and ids.setdefault(tier.id, one) is not one:
            first = ids[tier.id].place
            one.reader.refuse(
                "id",
                said("is the id of tiers.{place} too: {id!r}.", place=str(first), id=tier.id),
            )
        name = tier.name.casefold()
        if name and names.setdefault(name, one) is not one:
            first = names[name].place
            one.reader.refuse(
                "name",
                said(
                    "is the name of tiers.{place} too: {name!r}.",
                    place=str(first),
                    name=tier.name,
                ),
            )
        cents = one.minimum_cents
        # A retiring tier may make room for another of its height.
        if cents is None or tier.retire is not None:
            continue
        if minimums.setdefault(cents, one) is not one:
            other = minimums[cents].tier.name
            one.reader.refuse(
                "minimum_spend", said("is the same as that of {other} (rule 3.2).", other=other)
            )


def _refuse_lost_guests(placed: list[_Placed]) -> None:
    """Rule 3.11: the guests of a retiring tier go to another one that stays."""
    active = {one.tier.id for one in placed if one.tier.retire is None}
    for one in placed:
        target = one.tier.retire
        if target is None or target in active:
            continue
        if target == one.tier.id:
            one.reader.refuse(
                "retire", said("names the tier itself; its guests need another one.")
            )
        elif any(other.tier.id == target for other in placed):
            one.reader.refuse(
                "retire", said("names {target}, which is retired itself.", target=target)
            )
        else:
            one.reader.refuse(
                "retire",
                said("names {target!r}, which is no tier of this program.", target=target),
            )


def _needs_of_closed_invoices(program: Program, placed: list[_Placed]) -> Iterator[Refused]:
    """Section 2: settings that only work when points wait for the closing of the invoice."""
    chosen = [
        ("tax_basis", "pre_tax", program.tax_basis == "pre_tax"),
        ("award_discounted_items", "true", program.award_discounted_items),
        ("split_rate_on_tier_jump", "true", program.split_rate_on_tier_jump),
        ("redemption.tax", "pre_tax", program.redemption.tax == "pre_tax"),
        ("rewards.apply", "before_tax", program.rewards.apply == "before_tax"),
    ]
    for one in placed:
        limited = one.tier.award_points_for != words.AWARDABLE_KINDS
        field = one.reader.field("award_points_for")
        chosen.append((field, "limited to some kinds", limited))
    for field, value, is_chosen in chosen:
        if is_chosen:
            yield Refused(
                "setting_conflict",
                said(
                    "{field} {value} needs award_on closed_invoices; award_on is {now}.",
                    field=field,
                    value=value,
                    now=program.award_on,
                ),
                field=field,
                value=True if value == "true" else value,
            )


def _limits_that_clash(terms: RedemptionTerms) -> Iterator[Refused]:
    """A maximum below the minimum would refuse every redemption (rule 7.2)."""
    if terms.maximum_points is not None and terms.maximum_points < terms.minimum_points:
        yield Refused(
            "setting_conflict",
            said(
                "redemption.maximum_points {most} is below redemption.minimum_points {least}.",
                most=terms.maximum_points,
                least=terms.minimum_points,
            ),
            field="redemption.maximum_points",
            value=terms.maximum_points,
        )
