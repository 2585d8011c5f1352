"""Occasions become messages: once each, in the guest's language, to those who may be told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from regulars.records import models
from regulars.services.messages import consent, editing, switches
from regulars.services.messages.wording import Words
from tests.services.histories import command, guest
from tests.services.messages.salon import (
    ANN,
    AT,
    BEA,
    ON,
    SPRING,
    agree,
    bounce,
    key_of,
    make,
    occasion,
    rows,
    salon,
    switch_on,
    texts,
)


def test_a_message_is_worded_with_the_guests_own_numbers(each_database):
    with salon() as company:
        switch_on(company, "points_awarded")
        assert make(company, occasion("ann", "points_awarded")) == 1
        row = models.Message.objects.get()

    assert row.subject == "1,250 points for you"
    assert row.body.splitlines()[:6] == [
        "Hello Ann,",
        "",
        "thank you! 1,250 points are now yours:",
        "",
        "- 1,150 points: your payment, good through December 20, 2027",
        "- 100 points: welcome to your new tier",
    ]
    assert "Your balance is 350 points, worth $35.00." in row.body
    assert (row.language, row.recipient, row.state) == ("en", "ann@example.com", "waiting")
    assert (row.made_at, row.next_try_at, row.attempts) == (AT, AT, 0)


def test_everything_is_off_at_first_and_what_is_given_goes_anyway(sqlite_database):
    with salon() as company:
        agree(company, "ann")
        assert make(company, occasion("ann", "points_awarded")) == 0
        assert make(company, occasion("ann", "reward_issued"), channels={"email"}) == 1

    assert rows() == [("ann", "reward_issued", "email", "waiting", None)]


def test_what_happened_before_a_kind_was_switched_on_stays_untold(sqlite_database):
    with salon() as company:
        switch_on(company, "points_awarded", since=ON)
        switch_on(company, "points_awarded", "sms", since=ON + timedelta(days=1))
        early = occasion("ann", "points_awarded", "1", on=ON - timedelta(days=1))
        today = occasion("ann", "points_awarded", "2", on=ON)
        assert make(company, early, today) == 1
        switches.switch_off(company, "points_awarded", "email", on=ON, at=AT, by=None)
        assert make(company, occasion("ann", "points_awarded", "3")) == 0

    assert rows() == [("ann", "points_awarded", "email", "waiting", None)]


def test_never_twice_for_the_same_occasion_and_guest(each_database):
    with salon() as company:
        switch_on(company, "enrolled")
        once = occasion("ann", "enrolled", "move/1")
        assert make(company, once, once, replace(once, guest=key_of("bea"))) == 2
        assert make(company, once) == 0
        assert make(company, once, occasion("ann", "enrolled", "move/2")) == 1
        switch_on(company, "enrolled", "sms")
        assert make(company, once) == 1

    assert [(one, channel) for one, _, channel, *_ in rows()] == [
        ("ann", "email"),
        ("bea", "email"),
        ("ann", "email"),
        ("ann", "sms"),
    ]


def test_the_table_itself_keeps_a_second_message_of_one_occasion_out(each_database):
    with salon() as company:
        switch_on(company, "enrolled")
        make(company, occasion("ann", "enrolled"))
        again = models.Message.objects.get()
        again.pk = key_of("ann")
        again._state.adding = True
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()


# -- who may be told --------------------------------------------------------------------------


def test_marketing_needs_consent_and_news_of_ones_own_points_does_not(sqlite_database):
    with salon() as company:
        agree(company, "ann")
        agree(company, "bea", state="withdrawn")
        kinds = ("points_awarded", "statement")
        told = [occasion(ref, kind) for kind in kinds for ref in ("ann", "bea", "cleo")]
        assert make(company, *told, channels={"email"}) == 6

    no = "The guest does not want to be told by e-mail."
    never = "The guest has not agreed to be told statement by e-mail."
    assert rows() == [
        ("ann", "points_awarded", "email", "waiting", None),
        ("bea", "points_awarded", "email", "withheld", no),
        ("cleo", "points_awarded", "email", "waiting", None),
        ("ann", "statement", "email", "waiting", None),
        ("bea", "statement", "email", "withheld", no),
        ("cleo", "statement", "email", "withheld", never),
    ]
    assert texts()[1] == ("", "")


def test_consent_to_one_channel_is_none_to_the_other(sqlite_database):
    with salon() as company:
        agree(company, "ann", "sms")
        make(company, occasion("ann", "statement"), channels={"email", "sms"})

    assert [(channel, state) for _, _, channel, state, _ in rows()] == [
        ("email", "withheld"),
        ("sms", "waiting"),
    ]


def test_without_an_address_or_opted_out_or_merged_nobody_is_told(sqlite_database):
    with salon(
        guest("dora", phone="+1 212 555 0104"),
        guest("emil", email="emil@example.com", loyalty_opt_in=False),
        guest("fay", email="fay@example.com"),
        guest("gwen", email="gwen@example.com"),
        command("merge_guests/m1", "2026-03-05", **{"from": "fay", "into": "gwen"}),
    ) as company:
        told = [occasion(ref, "points_awarded") for ref in ("dora", "emil", "fay", "gwen")]
        make(company, *told, channels={"email"})

    assert [(ref, state, problem) for ref, _, _, state, problem in rows()] == [
        ("dora", "withheld", "The guest has no e-mail address."),
        ("emil", "withheld", "The guest has opted out of the loyalty program."),
        ("fay", "withheld", "The guest was merged into another, who is told instead."),
        ("gwen", "waiting", None),
    ]


def test_an_address_that_bounced_is_left_alone_until_there_is_another(sqlite_database):
    with salon() as company:
        bounce("ann", "ANN@example.com")
        bounce("bea", "old@example.com")
        both = [occasion(ref, "enrolled") for ref in ("ann", "bea")]
        make(company, *both, channels=["email"])
        models.Guest.objects.filter(external_id="ann").update(email="ann@example.org")
        make(company, occasion("ann", "enrolled", "2"), channels=["email"])

    assert [(ref, state, problem) for ref, _, _, state, problem in rows()] == [
        ("ann", "withheld", "Messages to ann@example.com came back."),
        ("bea", "waiting", None),
        ("ann", "waiting", None),
    ]


# -- languages --------------------------------------------------------------------------------


def test_the_guests_language_then_the_organizations_then_english(sqlite_database):
    with salon() as company:
        consent.set_language(company, "ann", "de-AT", at=AT, by="ella", how="desk")
        consent.set_language(company, "bea", "ja", at=AT, by="ella", how="desk")
        told = [occasion(ref, "upgraded", "1") for ref in ("ann", "bea", "cleo")]
        make(company, *told, channels=["email"])
        editing.set_organization_language(company, "de", at=AT, by="ella")
        again = [occasion(ref, "upgraded", "2") for ref in ("ann", "bea", "cleo")]
        make(company, *again, channels=["email"])

        made = models.Message.objects.order_by("id")
        languages = list(made.values_list("language", flat=True))

    assert languages == ["de-AT", "en", "en", "de-AT", "de", "de"]
    assert "30. September 2026" in texts()[0][1]
    assert "September 30, 2026" in texts()[1][1]


def test_an_organizations_own_words_are_used_and_nothing_in_a_name_is_read(sqlite_database):
    name = "{{ points }} <b>\nLee"
    with salon(guest("eve", email="eve@example.com", phone="+1 212 555 0105")) as company:
        models.Guest.objects.update(name=name)
        words = Words("For {{ guest }}", "{{ guest }}: {{ points }} at {{ organization }}.")
        editing.set_template(company, "enrolled", "email", "fr", words, at=AT, by="ella")
        consent.set_language(company, "eve", "fr-CA", at=AT, by="ella", how="desk")
        make(company, occasion("eve", "enrolled"), channels=["email", "sms"])

    assert texts()[0] == (
        "For {{ points }} <b> Lee",
        "{{ points }} <b> Lee: 0 at Lumen Spa.\n",
    )
    assert texts()[1][1].startswith("Lumen Spa: welcome to")


@pytest.mark.parametrize(
    ("currency", "exponent", "worth"), [("JPY", 0, "¥1,500"), ("KWD", 3, "KWD1.500")]
)
def test_money_has_the_decimals_of_its_currency(sqlite_database, currency, exponent, worth):
    with salon() as company:
        elsewhere = replace(company, currency=currency, exponent=exponent)
        make(elsewhere, occasion("ann", "points_redeemed", worth_cents=1500), channels=["sms"])

    assert f"1,500 points paid {worth} for you" in texts()[0][1]


# -- cost and mistakes ------------------------------------------------------------------------


def test_three_guests_cost_as_many_statements_as_one(each_database):
    with salon() as company:
        switch_on(company, "points_awarded")
        switch_on(company, "statement", "sms")

        def count(name: str, *refs: str) -> int:
            kinds = ("points_awarded", "statement")
            told = [occasion(ref, kind, name) for ref in refs for kind in kinds]
            told += [replace(one, name=f"{name}b", on=date(2026, 4, 2)) for one in told]
            with CaptureQueriesContext(connection) as queries:
                assert make(company, *told) == 4 * len(refs)
            return len(queries)

        assert count("1", "ann") == count("2", "ann", "bea", "cleo") == 7
        with CaptureQueriesContext(connection) as queries:
            make(company, occasion("ann", "upgraded", "3"))
        assert len(queries) <= 2  # the key of ann, and the switches


@pytest.mark.parametrize(
    "values", [{"earned": 1}, {"earned": 1, "awards": [], "balance": 3}], ids=["less", "more"]
)
def test_values_that_do_not_fit_the_kind_are_a_mistake_of_the_caller(sqlite_database, values):
    with salon(ANN, BEA) as company:
        wrong = replace(occasion("ann", "points_awarded"), values=values)
        with pytest.raises(ValueError, match="points_awarded: "):
            make(company, wrong, channels=["email"])
    assert rows() == []


def test_words_that_come_out_too_long_are_withheld(sqlite_database):
    with salon(*SPRING) as company:
        words = Words("", "{% for one in awards %}{{ one.why }}" + "x" * 900 + "{% endfor %}")
        editing.set_template(company, "points_awarded", "sms", "en", words, at=AT, by="ella")
        make(company, occasion("ann", "points_awarded"), channels=["sms"])

    [(_, _, _, state, problem)] = rows()
    assert (state, problem) == (
        "withheld",
        "The words came out at 1836 characters: too many.",
    )
