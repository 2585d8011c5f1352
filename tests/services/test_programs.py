"""Publishing versions of the program (rules 1.6, 3.11; contract section 2)."""

import pytest

from tests.services.short_histories import GOLD, SILVER, History, guest, invoice, program

pytestmark = pytest.mark.usefixtures("sqlite_database")


def by_check(ref: str, of: str, amount: str, at: str):
    fact = invoice(ref, of, amount, at)
    fact["payments"][0]["tender"] = "check"
    return fact


def test_the_same_content_in_other_words_changes_nothing():
    said_in_full = program(at="2026-02-01", award_on="payments", enrollment="automatic")
    history = History(program(), said_in_full, until="2026-02-01")

    assert history.answer("program/2026-01-01")["status"] == "unchanged"


def test_a_version_is_replaced_until_its_first_close():
    history = History(
        program(),
        program("2026-03-10", at="2026-03-01", tiers=[SILVER]),
        program("2026-03-10", at="2026-03-09", tiers=[GOLD | {"minimum_spend": "50.00"}]),
        guest("ann"),
        invoice("i1", "ann", "60.00", "2026-03-10"),
        program("2026-03-10", at="2026-03-11", tiers=[SILVER]),
        until="2026-03-11",
    )

    assert history.guest("ann", "tier") == "gold"
    assert history.refusal("program/2026-03-10") == "conflict"


def test_a_closed_date_is_refused_but_for_the_first_version():
    history = History(
        guest("ann"),
        invoice("i1", "ann", "100.00", "2026-02-01"),
        program("2026-01-01", at="2026-02-10"),
        program("2026-02-05", at="2026-02-10T13:00", tiers=[SILVER]),
        until="2026-02-10",
    )

    assert history.answer("program/2026-01-01")["status"] == "applied"
    assert history.refusal("program/2026-02-05") == "conflict"


def test_a_version_may_begin_on_the_first_day_of_all():
    history = History(program("0001-01-01", at="2026-02-10"), until="2026-02-10")

    assert history.answer("program/0001-01-01")["status"] == "applied"


def test_a_tier_with_guests_is_not_left_out():
    history = History(
        program(),
        guest("ann"),
        guest("bob"),
        invoice("i1", "ann", "1000.00", "2026-03-02"),
        invoice("i2", "bob", "1000.00", "2026-03-02"),
        program("2026-04-01", at="2026-03-05", tiers=[SILVER]),
        program("2026-04-01", at="2026-03-06", tiers=[SILVER, GOLD | {"retire": "silver"}]),
        until="2026-04-01",
    )

    answers = [
        one for one in history.output["results"] if one["record"] == "program/2026-04-01"
    ]
    assert [one["code"] for one in answers] == ["setting_conflict", None]
    assert "Gold (2)" in answers[0]["message"]
    assert answers[0]["detail"]["guests"] == {"gold": 2}
    assert history.guest("ann", "tier") == "silver"


def test_an_empty_tier_may_be_left_out():
    history = History(
        program(),
        program("2026-04-01", at="2026-03-05", tiers=[SILVER]),
        until="2026-04-01",
    )

    assert history.answer("program/2026-04-01")["status"] == "applied"


def test_the_first_version_says_which_tenders_counted_before_it():
    history = History(
        guest("ann"),
        by_check("i1", "ann", "150.00", "2026-01-05"),
        invoice("i2", "ann", "30.00", "2026-01-06"),
        program("2026-02-01", at="2026-01-20", earning_tenders=["cash", "card"]),
        until="2026-02-01",
    )

    assert history.guest("ann", "spend") == "30.00"


def test_payments_of_the_day_follow_a_version_published_that_day():
    history = History(
        program(),
        guest("ann"),
        by_check("i1", "ann", "150.00", "2026-03-01"),
        by_check("i2", "ann", "150.00", "2026-03-02"),
        program("2026-03-02", at="2026-03-02T13:00", earning_tenders=["card"]),
        until="2026-03-02",
    )

    assert history.guest("ann", "spend") == "150.00"
