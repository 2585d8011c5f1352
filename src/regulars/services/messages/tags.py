"""All that a template may do besides naming fields: three tags and seven filters of Django's.

A filter is here only if its text is no longer than a constant times what goes in.
"""

from collections.abc import Callable
from typing import Any

from django.template import Library
from django.template.defaultfilters import capfirst, default, length, lower, title, upper
from django.template.defaulttags import comment, do_for, do_if

register = Library()

_TAGS: dict[str, Callable[..., Any]] = {"if": do_if, "for": do_for, "comment": comment}
_FILTERS: dict[str, Callable[..., Any]] = {
    "capfirst": capfirst,
    "default": default,
    "length": length,
    "lower": lower,
    "title": title,
    "upper": upper,
}
for _name, _function in _TAGS.items():
    register.tag(_name, _function)
for _name, _function in _FILTERS.items():
    register.filter(_name, _function)


@register.filter
def plural(number: object, words: object) -> str:
    """`{{ points|plural:"point,points" }}`: the first word for one, the second for others."""
    one, _, others = str(words).partition(",")
    return one if str(number).lstrip("+-−") == "1" else others or one
