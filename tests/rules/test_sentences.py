"""Sentences carried through JSON are the same sentences."""

import json
from datetime import date

import pytest

from regulars.rules.sentences import Said, Sum, kept, retold, said

SENTENCES = (
    "As Iris wrote it: {not a template}.",
    said("Every {{row}} is good."),
    said("{most:,} bytes; {change:+} points", most=2**20, change=40),
    said("{name!r} must not lie before {day}.", name="Zoë", day=date(2026, 7, 5)),
    said("{amount} is left.", amount=Sum("12.50")),
    said(
        "{why} It is left out.", why=said("{field} {why}", field="phone", why=said("is none."))
    ),
    said("It cannot be read: {error}", error=ValueError("two ways")),
    said("It is {known}.", known=True),
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_comes_back_as_it_was(sentence: str):
    again = retold(json.loads(json.dumps(kept(sentence))))

    assert again == sentence
    assert type(again) is type(sentence)
    if isinstance(sentence, Said) and isinstance(again, Said):
        assert again.template == sentence.template
        assert kept(again) == kept(sentence)


def test_values_are_of_their_kinds_again():
    sentence = said(
        "{n} {day} {sum} {why}", n=3, day=date(2026, 7, 5), sum=Sum("1"), why=said(".")
    )

    again = retold(json.loads(json.dumps(kept(sentence))))

    assert isinstance(again, Said)
    assert {name: type(value) for name, value in again.values.items()} == {
        "n": int,
        "day": date,
        "sum": Sum,
        "why": Said,
    }
