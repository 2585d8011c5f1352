"""Messages put into words: the organization's own, or those that come with the product."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from regulars.records import models
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services.messages import languages
from regulars.services.messages.checking import check
from regulars.services.messages.kinds import KINDS, SMS, Kind
from regulars.services.messages.templates import compiled, rendered
from regulars.services.messages.values import Raw, Style, shown
from regulars.services.organizations import Company

LANGUAGES = ("de", "en")
"""Those with words of their own in `words/`."""

LONGEST_SUBJECT, LONGEST_BODY, LONGEST_SMS = 300, 20_000, 1_000
"""Characters a template may have."""

_LONGEST_TEXT = {SMS: 1_000}
_LONGEST_OTHER_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class Words:
    """A template: subject (empty for SMS) and body, as written."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Worded:
    """A message in words. `language` is the one it is in, `is_own` says whose words it has."""

    language: str
    subject: str
    body: str
    is_own: bool


class TooLong(Exception):
    """The words came out longer than a message of this channel may be."""


@dataclass(frozen=True, slots=True)
class Wordbook:
    """All that an organization's messages are worded with; read once for a whole batch."""

    company: Company
    organization: str
    language: str | None
    own: Mapping[tuple[str, str, str], Words]

    def word(self, kind: Kind, channel: str, raw: Raw, *, language: str | None) -> Worded:
        """`raw` has every field of the kind. In the language asked for, if there are words in
        it; else in the organization's, else in English. May raise TooLong.
        """
        found, words, is_own = self.words(kind, channel, language)
        worded = self.with_words(kind, channel, raw, words=words, language=found)
        return Worded(worded.language, worded.subject, worded.body, is_own)

    def words(self, kind: Kind, channel: str, language: str | None) -> tuple[str, Words, bool]:
        """(the language they are to be shown in, the template, whether it is their own)."""
        wanted = [tag for tag in (language, self.language) if tag is not None]
        for tag in languages.fallbacks(*wanted):
            own = self.own.get((kind.name, channel, tag))
            if own is not None and usable(own, kind, channel):
                return _shown_in(tag, wanted), own, True
            if tag in LANGUAGES:
                return _shown_in(tag, wanted), product_words(kind, channel, tag), False
        raise AssertionError("there are always words in English")

    def with_words(
        self, kind: Kind, channel: str, raw: Raw, *, words: Words, language: str
    ) -> Worded:
        """With this very template, which has been checked."""
        values = shown(kind, raw, self._style(language))
        subject = _one_line(rendered(compiled(words.subject), values))[:LONGEST_SUBJECT]
        body = rendered(compiled(words.body), values)
        if len(body) > _LONGEST_TEXT.get(channel, _LONGEST_OTHER_TEXT):
            raise TooLong(f"The words came out at {len(body)} characters: too many.")
        body = _plain(_one_line(body)) if channel == SMS else _tidy(body)
        return Worded(language, subject, body, True)

    def _style(self, language: str) -> Style:
        company = self.company
        return Style(language, company.currency, company.exponent, whys(language))


def read_wordbook(company: Company) -> Wordbook:
    """Two queries."""
    row = models.Organization.objects.values_list("name", "language").get(id=company.id)
    own = {
        (one.kind, one.channel, one.language): Words(one.subject, one.body)
        for one in models.MessageTemplate.objects.all()
    }
    return Wordbook(company, row[0], row[1], own)


def _shown_in(tag: str, wanted: list[str]) -> str:
    """Words without a region are shown with the habits of the region that was asked for."""
    for one in wanted:
        if languages.base_of(one) == tag:
            return one
    return tag


def check_words(words: Words, kind: Kind, channel: str) -> None:
    """Refuse a template that cannot be used, naming what is wrong and where."""
    if channel != SMS:
        check(words.subject, kind, field="subject", longest=LONGEST_SUBJECT)
    elif words.subject:
        raise Refused(
            "invalid_record",
            said("subject: an SMS has none; leave it out."),
            field="subject",
            value=words.subject,
        )
    check(
        words.body, kind, field="body", longest=LONGEST_SMS if channel == SMS else LONGEST_BODY
    )


def usable(words: Words, kind: Kind, channel: str) -> bool:
    """Words that were saved may name what a later version has no more."""
    return _usable(words, kind.name, channel)


@lru_cache(maxsize=512)
def _usable(words: Words, kind: str, channel: str) -> bool:
    try:
        check_words(words, KINDS[kind], channel)
    except Refused:
        return False
    return True


# -- the product's words ----------------------------------------------------------------------


@lru_cache(maxsize=len(LANGUAGES))
def _document(language: str) -> Mapping[str, Any]:
    text = files("regulars.services.messages").joinpath(f"words/{language}.yaml")
    document: Mapping[str, Any] = yaml.safe_load(text.read_text("utf-8"))
    return document


def product_words(kind: Kind, channel: str, language: str) -> Words:
    """The words that come with the product, in one of LANGUAGES."""
    found = _document(language)[kind.name][channel]
    return Words(found.get("subject", ""), found["body"])


def whys(language: str) -> Mapping[str, str]:
    """The words for reasons, in English where the language has none."""
    base = languages.base_of(language)
    found: Mapping[str, str] = _document(base if base in LANGUAGES else languages.ENGLISH)[
        "why"
    ]
    return found


# -- text -------------------------------------------------------------------------------------


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tidy(text: str) -> str:
    """No space at the ends of lines, and no more than one empty line in a row."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


_TO_GSM = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2026": "...",
    }
)


def _plain(text: str) -> str:
    """What has a plain sign of the same meaning gets it: one odd sign halves an SMS."""
    return text.translate(_TO_GSM)
