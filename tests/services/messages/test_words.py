"""The words that come with the product: in every language, for every kind, short enough."""

import pytest

from regulars.services.messages.kinds import KINDS
from regulars.services.messages.wording import (
    LANGUAGES,
    Wordbook,
    check_words,
    product_words,
    whys,
)
from regulars.services.organizations import Company
from tests.services.messages.salon import ON, VALUES, key_of, salon

ALL = [
    (kind.name, channel, language)
    for kind in KINDS.values()
    for channel in kind.channels
    for language in LANGUAGES
]
# The alphabet of GSM 03.38, and those of its signs that count twice.
_GSM = set(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\n\r"
)
_TWICE = set("^{}\\[~]|€")


def standing(company: Company) -> dict:
    from regulars.services.messages.standing import read_standings

    ann = key_of("ann")
    return read_standings(company, "Lumen Spa", [ann], [ON]).values(ann, ON)


@pytest.mark.parametrize(("name", "channel", "language"), ALL)
def test_the_products_words_name_only_known_fields(name, channel, language):
    check_words(product_words(KINDS[name], channel, language), KINDS[name], channel)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words_in_every_language(language):
    from regulars.rules.explaining import _ACTIONS

    kinds = "accrual redemption redemption_return reversal expiry adjustment forfeiture"
    wanted = {*_ACTIONS, *kinds.split(), "transfer", "opening_balance"}

    assert wanted == whys(language).keys()


def test_every_message_can_be_worded_and_an_sms_is_one_sms(sqlite_database):
    with salon() as company:
        usual = standing(company)
        book = Wordbook(company, "Lumen Spa", None, {})
        for name, channel, language in ALL:
            raw = usual | VALUES[name]
            worded = book.word(KINDS[name], channel, raw, language=language)

            assert worded.language == language
            assert "Lumen Spa" in worded.body
            assert "{" not in worded.subject + worded.body
            assert "None" not in worded.subject + worded.body
            assert "\n\n\n" not in worded.body
            assert bool(worded.subject) == (channel != "sms")
            if channel == "sms":
                assert set(worded.body) <= _GSM | _TWICE, (name, language)
                units = sum(2 if sign in _TWICE else 1 for sign in worded.body)
                assert units <= 160, (name, language, units, worded.body)


def test_a_message_is_the_same_when_nothing_is_there_to_be_told(sqlite_database):
    """Empty lists, no last days, no value, no tier: no template trips over them."""
    empty = {
        "awards": [],
        "rewards": [],
        "entries": [],
        "lots": [],
        "reward_credit_cents": None,
        "expiring_value_cents": None,
        "safe_until": None,
    }
    with salon() as company:
        bare = standing(company) | {
            "tier": "",
            "tier_since": None,
            "points": 0,
            "points_value_cents": None,
            "next_tier": "",
            "to_next_cents": None,
            "can_pay": "",
        }
        book = Wordbook(company, "Lumen Spa", None, {})
        for name, channel, language in ALL:
            raw = bare | VALUES[name]
            if name in ("enrolled", "upgraded"):
                raw["tier"] = "Silver"
            raw |= {field: value for field, value in empty.items() if field in raw}
            worded = book.word(KINDS[name], channel, raw, language=language)

            assert "  " not in worded.body.replace("\n", "")
            assert " ." not in worded.body
            assert "None" not in worded.body
