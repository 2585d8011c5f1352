"""Whatever the desk says has words in every language, with the same names in them."""

import re
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from django.conf import settings

from tests.words import catalog_of, missing, path_of, said

LANGUAGES = [tag for tag, _ in settings.LANGUAGES if tag != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\(\w+\)\w|</?\w+>")


def forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return words if isinstance(words, tuple) else (words,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_its_words(language: str):
    assert missing(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalog_has_nothing_that_is_not_said(language: str):
    spoken = {(message.id, message.context) for message in said()}

    assert {(one.id, one.context) for one in catalog_of(language)} == spoken | {("", None)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_names_what_its_sentence_names(language: str):
    different = [
        (sentence, words)
        for message in catalog_of(language)
        if message.id
        for sentence in forms(message.id)[-1:]
        for words in forms(message.string)
        if sorted(PLACEHOLDER.findall(words)) != sorted(PLACEHOLDER.findall(sentence))
    ]

    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_served_was_made_of_the_catalog_as_it_is(language: str):
    """Django reads the compiled file, which is kept so that nobody needs a compiler."""
    made = BytesIO()
    write_mo(made, catalog_of(language))

    assert path_of(language, "mo").read_bytes() == made.getvalue(), "run ./run words"
