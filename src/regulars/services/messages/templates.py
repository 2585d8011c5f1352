"""Templates: Django's own language kept to named fields, a few tags and a few filters."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.template import Context, Engine, Template


class _Engine(Engine):
    """Without loaders and without Django's own tags: only those of `tags` are there."""

    default_builtins = ["regulars.services.messages.tags"]

    def __init__(self) -> None:
        super().__init__(loaders=[], autoescape=False)


@lru_cache(maxsize=1)
def engine() -> Engine:
    return _Engine()


@lru_cache(maxsize=512)
def compiled(source: str) -> Template:
    """A template that `checking` has accepted. A line of tags alone leaves no empty line."""
    return Template(_TAG_LINE.sub(r"\1", source), engine=engine())


_TAG = r"(?:\{%(?:(?!%\})[^\n])*%\}|\{#(?:(?!#\})[^\n])*#\})"
_TAG_LINE = re.compile(rf"^[ \t]*((?:{_TAG}[ \t]*)+)\n", re.MULTILINE)


def rendered(template: Template, values: Mapping[str, Any]) -> str:
    """The text: `values` are texts, and lists of mappings of texts. Nothing is escaped."""
    context = Context(dict(values), autoescape=False, use_l10n=False, use_tz=False)
    text: str = template.render(context)
    return text
