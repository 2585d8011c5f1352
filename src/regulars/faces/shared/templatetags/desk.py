"""Tags that every template has: icons, and values written in the visit's language and zone.

{% icon "gift" %}  {% money row.due_cents %}  {% points 1250 %}  {% day row.on %}
{% time row.starts_at %}  {% moment row.at %}  {% tier_icon "gem" "Gold" %}
{{ session.user_agent|browser }}
"""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.templatetags.i18n import BlockTranslateNode, do_block_translate
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext
from lucide.templatetags.lucide import lucide

from regulars.faces.shared import pages
from regulars.faces.shared.browsers import browser_of
from regulars.faces.shared.spoken import spoken
from regulars.faces.shared.visits import Undo
from regulars.faces.shared.writing import dated
from regulars.rules.permissions import Permission
from regulars.services import staff
from regulars.services.messages import languages

register = template.Library()

_NOTHING = "–"
_TIER_ICONS = {"star", "gem", "crown", "medal", "diamond", "award", "heart", "leaf"}


# -- icons ------------------------------------------------------------------------------------


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """One of lucide's, in the color of the text; without a label only decoration."""
    said: dict[str, str] = (
        {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    )
    return mark_safe(lucide(name, size=size, **{"class": "icon", **said}))


@register.simple_tag
@lru_cache(maxsize=512)
def tier_icon(name: str | None, tier: str, size: int = 18) -> SafeString:
    """A tier's icon with the tier's name for whoever does not see it (rule 3.10)."""
    shown = name if name in _TIER_ICONS else "award"
    return format_html(
        '<span class="tier tier-{}" title="{}">{}</span>', shown, tier, icon(shown, size, tier)
    )


# -- sentences --------------------------------------------------------------------------------


class _Apart(int):
    """A number that counts as itself and is written with its thousands apart."""

    def __str__(self) -> str:
        return languages.written_number(int(self), translation.get_language() or "en")


class _Counted(FilterExpression):
    """An expression of a sentence, whose whole numbers come out as `_Apart`."""

    def __init__(self, expression: FilterExpression) -> None:
        self._expression = expression

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        value = self._expression.resolve(context, ignore_failures)
        return _Apart(value) if type(value) is int else value


@register.tag("blocktrans")
@register.tag("blocktranslate")
def blocktrans(parser: Parser, token: Token) -> BlockTranslateNode:
    """Django's own; whole numbers it is given are written as the language writes them."""
    node = do_block_translate(parser, token)
    if node.counter is not None:
        node.counter = _Counted(node.counter)
    node.extra_context = {name: _Counted(one) for name, one in node.extra_context.items()}
    return node


# -- values -----------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def money(context: Context, cents: int | None) -> str:
    """An amount in the organization's currency."""
    if cents is None:
        return _NOTHING
    visit = context["visit"]
    return languages.written_money(
        cents,
        visit.language,
        currency=visit.company.currency,
        exponent=visit.company.exponent,
    )


@register.simple_tag(takes_context=True)
def amount(context: Context, cents: int) -> str:
    """An amount to write over, in an input: without the currency, thousands not apart."""
    visit = context["visit"]
    return languages.plain_amount(cents, visit.language, exponent=visit.company.exponent)


@register.simple_tag(takes_context=True)
def number(context: Context, value: int | None) -> str:
    """A whole number with its thousands apart."""
    if value is None:
        return _NOTHING
    return languages.written_number(value, context["visit"].language)


@register.simple_tag(takes_context=True)
def points(context: Context, value: int | None) -> str:
    """ "1,250 points"."""
    if value is None:
        return _NOTHING
    written = languages.written_number(value, context["visit"].language)
    return ngettext("%(n)s point", "%(n)s points", value) % {"n": written}


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | str | None, style: Any = "medium") -> SafeString | str:
    """A business date: medium "Jul 5, 2026", long, full with the weekday, or short."""
    if not value:
        return _NOTHING
    on = date.fromisoformat(value) if isinstance(value, str) else value
    return dated(on, context["visit"].language, style)


@register.simple_tag(takes_context=True)
def told(context: Context, sentence: str) -> str:
    """A sentence of the rules in the reader's language."""
    return spoken(sentence, context["visit"])


@register.simple_tag(takes_context=True)
def time(context: Context, at: datetime | None) -> str:
    """The time of day at the center."""
    if at is None:
        return _NOTHING
    visit = context["visit"]
    return languages.written_time(at.astimezone(visit.zone), visit.language)


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | None) -> SafeString | str:
    """Day and time at the center."""
    if at is None:
        return _NOTHING
    visit = context["visit"]
    local = at.astimezone(visit.zone)
    on = languages.written_day(local.date(), visit.language, "medium")
    written = f"{on}, {languages.written_time(local, visit.language)}"
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), written)


@register.simple_tag(takes_context=True)
def who(context: Context, ref: str | None) -> str:
    """The name of whoever stands in the books as `ref`; all names are read once a page."""
    if not ref:
        return _NOTHING
    request = context["visit"].request
    if not hasattr(request, "staff_names"):
        request.staff_names = {
            one.ref: one.name for one in staff.members_of(context["visit"].company)
        }
    person, mark, key = ref.partition(" (key ")
    return f"{request.staff_names.get(person, person)}{mark}{key}"


register.filter("browser", browser_of)


# -- the frame --------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def header(context: Context) -> dict[str, Any]:
    """The header's links for this staff member: `areas` and `entries`, each marked if here."""
    found = pages.header(context["visit"])
    return {
        "areas": [
            {"page": page, "label": pages.AREA_NAMES[area], "is_here": area == found.here}
            for area, page in found.areas
        ],
        "entries": [
            {"page": page, "entry": entry, "is_here": page.name == found.marked}
            for page, entry in found.entries
        ],
    }


@register.simple_tag
def undo_of(message: Message) -> Undo | None:
    """What takes back what a notice tells of."""
    return Undo.of(message.extra_tags or "")


@register.simple_tag(takes_context=True)
def may(context: Context, permission: str) -> bool:
    """{% may "redeem" as may_redeem %}: show a button only to who may use it."""
    return bool(context["visit"].may(Permission(permission)))
