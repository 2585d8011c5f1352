"""What the rules say, in the language of whoever reads it."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import translation

from regulars.faces.shared.spoken import spoken
from regulars.rules.explaining import explain
from regulars.rules.sentences import Sum, said


@dataclass(frozen=True)
class Company:
    currency: str = "EUR"
    exponent: int = 2


@dataclass(frozen=True)
class Reader:
    """As much of a visit as sentences need."""

    language: str
    company: Company = Company()


ADDED = {"because": "added", "points": 1250, "reason": "Gutschein", "comment": "", "lot": 1}
SPENT = {
    "because": "redeemed",
    "points": 1200,
    "value_cents": 600_050,
    "invoice": "inv1",
}


@pytest.mark.parametrize(
    ("why", "english", "german"),
    [
        (
            ADDED,
            "1,250 points added by hand (Gutschein).",
            "1.250 Punkte von Hand gutgeschrieben (Gutschein).",
        ),
        (
            SPENT,
            "1,200 points paid €6,000.50 of invoice inv1.",
            "1.200 Punkte haben 6.000,50\xa0€ der Rechnung inv1 bezahlt.",
        ),
    ],
)
def test_an_entry_says_why_in_either_language(why, english, german):
    sentence = explain(why, 2).desk
    with translation.override("en"):
        assert spoken(sentence, Reader("en")) == english
    with translation.override("de"):
        assert spoken(sentence, Reader("de")) == german


def test_a_sentence_in_a_sentence_a_day_and_a_sign():
    line = said(
        "{name} has a reward of {amount} that is good {through}: use it today.",
        name="Iris",
        amount=Sum("12.50"),
        through=said("through {day}", day=date(2026, 7, 5)),
    )
    change = said(
        "The balance goes from {before} to {after} points ({change:+}).",
        before=2000,
        after=800,
        change=-1200,
    )

    with translation.override("de"):
        told = [spoken(one, Reader("de")) for one in (line, change, "As Iris wrote it.")]

    assert told == [
        "Iris hat eine Gutschrift über 12,50\xa0€, gültig bis 5. Juli 2026: heute einlösen.",
        "Der Stand geht von 2.000 auf 800 Punkte (-1.200).",
        "As Iris wrote it.",
    ]
