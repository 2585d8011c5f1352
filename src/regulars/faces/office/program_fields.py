"""Fields for the settings of the program: one table row a setting, from it its field, what the
field shows at first, and what the document says after it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office import program_words as words
from regulars.faces.shared.fields import DayField, MoneyField
from regulars.rules.program_parsing import (
    LONGEST_DAYS,
    LONGEST_MONTHS,
    MOST_REMINDERS,
    PERCENT_DECIMALS,
)
from regulars.rules.program_reader import LARGEST_COUNT
from regulars.services.messages import languages


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the document by its path; a tier's by its own name.

    `kind` is one of FIELDS. `least` and `most` are the rules' own limits.
    """

    path: str
    kind: str
    help: str | Promise = ""
    least: int = 0
    most: int = LARGEST_COUNT

    @property
    def name(self) -> str:
        """The field's name in a form."""
        return self.path.replace(".", "__")

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return list(words.VALUES.get(self.path, {}).items())

    def value_in(self, document: Mapping[str, Any]) -> Any:
        """What the document says of it."""
        value: Any = document
        for name in self.path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        return value

    def put(self, document: dict[str, Any], value: Any) -> None:
        """Say it in the document."""
        *above, name = self.path.split(".")
        for one in above:
            document = document.setdefault(one, {})
        document[name] = value


class Choices(forms.RadioSelect):
    """Radio buttons, some of which may be there and not be chosen."""

    barred: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> Any:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.barred and not option["selected"]:
            option["attrs"]["disabled"] = True
        return option


class DecimalField(MoneyField):
    """A number as it is written in the language of the page."""


class DaysField(forms.CharField):
    """Numbers of days, "30, 7"."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        parts = [part for part in text.replace(";", ",").replace(" ", ",").split(",") if part]
        if not all(part.isdigit() and len(part) < 10 for part in parts):
            raise forms.ValidationError(_("Write numbers of days, such as 30, 7."))
        if len(parts) > MOST_REMINDERS:
            raise forms.ValidationError(
                _("At most %(n)s numbers, please.") % {"n": MOST_REMINDERS}
            )
        return [int(part) for part in parts]


def _whole(one: Setting, *, required: bool = True) -> forms.Field:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        min_value=one.least, max_value=one.most, required=required, widget=widget
    )


def _text(one: Setting) -> forms.Field:
    if one.kind == "lines":
        area = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(max_length=one.most, required=False, widget=area)
    return forms.CharField(max_length=one.most)


FIELDS: Mapping[str, Callable[[Setting], forms.Field]] = {
    "whole": _whole,
    "whole or none": lambda one: _whole(one, required=False),
    "money": lambda _one: MoneyField(max_length=30),
    "money or none": lambda _one: MoneyField(max_length=30, required=False),
    "decimal": lambda _one: DecimalField(max_length=30, required=False),
    "percent": lambda _one: DecimalField(max_length=PERCENT_DECIMALS + 4, required=False),
    "switch": lambda _one: forms.BooleanField(required=False),
    "choice": lambda one: forms.ChoiceField(choices=one.choices, widget=Choices),
    "some": lambda one: forms.MultipleChoiceField(
        choices=one.choices, required=False, widget=forms.CheckboxSelectMultiple
    ),
    "days": lambda _one: DaysField(required=False, max_length=80),
    "day or none": lambda _one: DayField(required=False),
    "text": _text,
    "lines": _text,
}
"""By kind: the field of a setting."""


def field_of(one: Setting) -> Any:
    """The field, with its words."""
    made: Any = FIELDS[one.kind](one)
    label = words.LABELS.get(one.path) or words.LABELS[one.path.rpartition(".")[2]]
    made.label, made.help_text = label, one.help
    made.template_name = "office/program_field.html"
    if one.path == "icon":
        made.pictured = True
    return made


def shown(one: Setting, value: Any, language: str) -> Any:
    """What the field shows for a value of the document."""
    if value is None:
        return "" if one.kind not in ("some", "switch") else None
    if one.kind.startswith("money") or one.kind in ("decimal", "percent"):
        return languages.written_decimal(str(value), language)
    if one.kind == "days":
        return ", ".join(str(number) for number in value)
    return value


def meant(one: Setting, value: Any, *, exponent: int) -> Any:
    """What the document says for what the field was found to hold."""
    if one.kind.startswith("money"):
        return exact_money(value, exponent) if value else None
    if one.kind == "percent":
        return _percent(value) if value else None
    if one.kind == "day or none":
        return value.isoformat() if value else None
    if one.kind == "some":
        return [word for word, _label in one.choices if word in value]
    return None if value == "" else value


def exact_money(text: str, exponent: int) -> str:
    """With the currency's decimals, as a program is written; more of them are refused later."""
    number = Decimal(text)
    if -int(number.as_tuple().exponent) > exponent:
        return text
    return f"{number:.{exponent}f}"


def _percent(text: str) -> int | str:
    number = Decimal(text)
    return int(number) if number == int(number) else text


# -- the settings of rules 2, 3 and 10 --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """Settings that belong together on a page."""

    name: str
    label: str | Promise
    icon: str
    settings: Sequence[Setting]


SETTINGS: Sequence[Group] = (
    Group(
        "ladder",
        gettext_lazy("Coming in, going up and down"),
        "trending-up",
        (
            Setting(
                "qualification_period_months",
                "whole",
                gettext_lazy("What a guest spent in these last months decides about the tier."),
                least=1,
                most=LONGEST_MONTHS,
            ),
            Setting("enrollment", "choice"),
            Setting("direct_enrollment", "switch"),
            Setting("direct_enrollment_skips_downgrade", "switch"),
            Setting("downgrade_check", "choice"),
            Setting("downgrade_to", "choice"),
            Setting("unenrolled_points", "choice"),
        ),
    ),
    Group(
        "earning",
        gettext_lazy("Earning points"),
        "sparkles",
        (
            Setting(
                "award_on",
                "choice",
                gettext_lazy(
                    "Payments are quicker; closed invoices know more, and allow more below."
                ),
            ),
            Setting("award_timing", "choice"),
            Setting(
                "earning_tenders",
                "some",
                gettext_lazy(
                    "Gift cards, prepaid and package credit never earn: they were paid before."
                ),
            ),
            Setting("tax_basis", "choice"),
            Setting("award_discounted_items", "switch"),
            Setting("split_rate_on_tier_jump", "switch"),
        ),
    ),
    Group(
        "redeeming",
        gettext_lazy("Paying with points"),
        "hand-coins",
        (
            Setting(
                "point_value",
                "decimal",
                gettext_lazy("In money. Without one, points are collected and cannot be used."),
            ),
            Setting("redemption.minimum_points", "whole"),
            Setting("redemption.maximum_points", "whole or none"),
            Setting(
                "redemption.maximum_percent",
                "percent",
                gettext_lazy("Of what is due for what points may pay for."),
                most=100,
            ),
            Setting("redemption.increment", "whole", least=1),
            Setting("redemption.item_kinds", "some"),
            Setting("redemption.tax", "choice"),
        ),
    ),
    Group(
        "telling",
        gettext_lazy("Keeping guests in the picture"),
        "mail",
        (
            Setting(
                "expiry_reminder_days",
                "days",
                gettext_lazy("Up to five numbers of days before the last day, such as 30, 7."),
                most=LONGEST_DAYS,
            ),
            Setting(
                "statement_every_months",
                "whole or none",
                gettext_lazy("1 to 12. Empty: guests get no statements."),
                least=1,
                most=12,
            ),
        ),
    ),
    Group(
        "approving",
        gettext_lazy("Points by hand"),
        "shield-check",
        (
            Setting(
                "approval_above_points",
                "whole or none",
                gettext_lazy("Adding or removing more points than this waits. Empty: never."),
            ),
        ),
    ),
)
"""Rule 2, and the approval limit of rule 9.2."""

REWARDS: Sequence[Group] = (
    Group(
        "rewards",
        gettext_lazy("Money rewards"),
        "gift",
        (
            Setting(
                "rewards.start_date",
                "day or none",
                gettext_lazy(
                    "Only sales from this day on count. Empty: the whole history does."
                ),
            ),
            Setting("rewards.apply", "choice"),
            Setting(
                "rewards.remainder",
                "choice",
                gettext_lazy("When a reward is worth more than the invoice."),
            ),
        ),
    ),
)
"""Rule 10."""

TIER: Sequence[Setting] = (
    Setting(
        "name", "text", gettext_lazy("What guests and staff call it. No two alike."), most=200
    ),
    Setting(
        "icon",
        "choice",
        gettext_lazy("Stands with the guest's name at the desk and in the book."),
    ),
    Setting(
        "description",
        "lines",
        gettext_lazy("For staff and guests, in a sentence or two."),
        most=2000,
    ),
    Setting(
        "minimum_spend",
        "money",
        gettext_lazy("Who has spent this much in the months that count comes into the tier."),
    ),
    Setting(
        "minimum_spend_to_stay",
        "money or none",
        gettext_lazy(
            "Spent in those months, this keeps a guest here. Empty: the minimum spend."
        ),
    ),
    Setting(
        "validity_days",
        "whole",
        gettext_lazy(
            "So long a guest stays before the check looks at her spend for the first time."
        ),
        most=LONGEST_DAYS,
    ),
    Setting(
        "points_expire_after_days",
        "whole or none",
        gettext_lazy("Counted from the day they were earned. Empty: never."),
        most=LONGEST_DAYS,
    ),
    Setting(
        "award_points_for",
        "some",
        gettext_lazy("Money spent on other things still counts for the tier."),
    ),
    Setting(
        "allow_redemption",
        "switch",
        gettext_lazy(
            "Without it guests collect here, and use their points once in another tier."
        ),
    ),
    Setting(
        "allow_downgrade_to",
        "switch",
        gettext_lazy("Without it nobody is ever moved down into this tier."),
    ),
)
"""Rule 3, but for the accruals."""
