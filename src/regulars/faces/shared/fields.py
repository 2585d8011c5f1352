"""Forms of the desk: a token that makes sending twice harmless, refusals put at their field,
money as people write it.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from regulars.faces.shared.refusals import told
from regulars.faces.shared.sending import new_token
from regulars.faces.shared.visits import Visit
from regulars.rules.refusals import Refused
from regulars.services.messages.languages import locale_of


class Renderer(TemplatesSetting):
    """Fields look the same on every page, those of the sign-in too."""

    form_template_name = "shared/components/form.html"
    field_template_name = "shared/components/field.html"


class DeskForm(forms.Form):
    """A form that sends a record. `refused_at` names our field for a record's field, where the
    two are called differently; `version` is that of the document it changes, if any.
    """

    token = forms.CharField(widget=forms.HiddenInput)
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    refused_at: Mapping[str, str] = {}
    required_css_class = "is-required"

    def __init__(self, visit: Visit, *args: Any, version: str = "", **options: Any) -> None:
        options["initial"] = {
            "token": new_token(),
            "version": version,
            **options.get("initial", {}),
        }
        super().__init__(*args, **options)
        self.visit = visit
        for field in self.fields.values():
            if isinstance(field, MoneyField):
                field.language = visit.language

    def refuse(self, refused: Refused) -> None:
        """Put the sentence at the field it is about, above the form where that is no field."""
        name = (refused.field or "").partition(".")[0]
        name = self.refused_at.get(refused.field or "", self.refused_at.get(name, name))
        shown = name in self.fields and not self.fields[name].widget.is_hidden
        self.add_error(name if shown else None, told(refused, self.visit))


class DayField(forms.DateField):
    """A day, picked; its value is a `date`."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MoneyField(forms.CharField):
    """An amount as it is written in the language of the desk, given on as "80.00"."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"not_money": _("Write an amount, such as 25.00.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.language = "en"

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        amount: Decimal | None
        try:
            amount = parse_decimal(text, locale=locale_of(self.language), strict=True)
        except NumberFormatError:
            amount = _plain(text)
        if amount is None or not amount.is_finite():
            raise forms.ValidationError(self.error_messages["not_money"], code="not_money")
        return f"{amount:f}"


def _plain(text: str) -> Decimal | None:
    """With a point, as the contract writes it, whatever the language."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
