"""Statements, previews with a real guest, runs of rewards told, words of one's own."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.records.queries import states
from regulars.rules.amounts import parse_money
from regulars.rules.refusals import Refused
from regulars.services.messages import editing, switches
from regulars.services.messages.announce import tell_rewards_of_run
from regulars.services.messages.kinds import KINDS
from regulars.services.messages.previewing import preview
from regulars.services.messages.standing import read_standings
from regulars.services.messages.statements import statement_values
from regulars.services.messages.wording import Words
from regulars.services.replaying import view_of
from tests.services.books import run, the_company
from tests.services.histories import command, invoice, open_invoice
from tests.services.messages.salon import (
    AT,
    ON,
    SPRING,
    agree,
    key_of,
    make,
    occasion,
    rows,
    salon,
    switch_on,
    texts,
)

RUN = (
    {"type": "status", "id": "vip", "name": "VIP", "include_in_loyalty_rewards": True}
    | {"at": "2026-01-02"},
    *({**one, "status": "vip"} if one["type"] == "guest" else one for one in SPRING),
    command(
        "process_rewards/spring",
        "2026-03-20",
        threshold="300.00",
        amount="25.00",
        expires_on="2026-06-30",
    ),
)
"""ann gets four rewards of 25.00 and bea one, good through 30 June."""

BUSY = (
    *SPRING,
    open_invoice("a2", "ann", "60.00", "2026-03-09"),
    command("redeem_points/x1", "2026-03-09", guest="ann", invoice="a2", points=300),
    command(
        "add_points/p1",
        "2026-03-10",
        guest="ann",
        points=80,
        reason="goodwill",
        expires_on="2026-04-30",
    ),
)


# -- statements -------------------------------------------------------------------------------


def test_a_statement_tells_what_happened_what_ends_and_what_is_open(each_database):
    with salon(*BUSY) as company:
        ann = key_of("ann")
        told = statement_values(company, [ann], on=ON, since=date(2026, 3, 1))[ann]

    assert {name: told[name] for name in ("earned", "used", "expired")} == {
        "earned": 350,
        "used": 300,
        "expired": 0,
    }
    assert [(one["points"], one["why"]) for one in told["entries"]] == [
        (250, "amount_spent"),
        (100, "welcome_bonus"),
        (-300, "redemption"),
        (80, "adjustment"),
    ]
    assert told["lots"] == [
        {"points": 80, "expires_on": date(2026, 4, 30)},
        {"points": 50, "expires_on": date(2027, 3, 2)},
    ]
    assert (told["rewards"], told["reward_credit_cents"]) == ([], None)


def test_a_statement_leaves_out_what_came_before_and_after(sqlite_database):
    with salon(*BUSY) as company:
        ann = key_of("ann")
        told = statement_values(company, [ann], on=date(2026, 3, 9), since=date(2026, 3, 3))

    assert [one["why"] for one in told[ann]["entries"]] == ["redemption"]


def test_statements_of_three_guests_cost_as_many_statements_as_one(each_database):
    with salon(*RUN) as company:

        def count(*refs: str) -> int:
            ids = [key_of(ref) for ref in refs]
            with CaptureQueriesContext(connection) as queries:
                told = statement_values(company, ids, on=ON, since=date(2026, 1, 1))
            assert [len(told[one]["rewards"]) for one in ids] == [4, 1, 0][: len(ids)]
            return len(queries)

        assert count("ann") == count("ann", "bea", "cleo") == 3


@pytest.mark.parametrize(
    "name",
    [
        "amount_to_stay_and_by_when",
        "stage_tier_accrues_only",
        "downgrade_waits_for_month_end",
        "cancel_enrollment_opts_out",
    ],
)
def test_what_guests_are_told_is_what_everybody_is_shown(sqlite_database, name):
    """The numbers of messages are those of the states (rule 4.15)."""
    on = run(name)
    with the_company() as company:
        view = view_of(company, on)
        ids = states.guest_ids()
        standings = read_standings(company, "Lumen", ids, [on])
        shown = states.guest_states(ids, view)
        for key, guest in standings.guests.items():
            told, state = standings.values(key, on), shown[guest.ref]

            def cents(text: str | None) -> int | None:
                return parse_money(text, 2, field="money") or None if text else None

            assert told["points"] == state["points"]
            assert told["points_value_cents"] == cents(state["points_value"])
            assert told["spend_cents"] == (cents(state["spend"]) or 0)
            assert told["to_stay_cents"] == cents(state["spend_to_stay"])
            assert told["to_next_cents"] == cents(state["spend_to_next_tier"])
            if told["to_stay_cents"]:
                assert told["stay_by"].isoformat() == state["next_check_on"]
            if state["tier"]:
                assert told["tier_since"].isoformat() == state["tier_since"]


# -- previews ---------------------------------------------------------------------------------


def test_a_preview_shows_the_guests_own_last_occasion(sqlite_database):
    with salon(*BUSY) as company:
        awarded = preview(company, "points_awarded", "email", "ann", on=ON)
        used = preview(company, "points_redeemed", "sms", "ann", on=ON)
        ending = preview(company, "points_expiring", "email", "ann", on=ON)

    assert "- 250 points: your payment, good through March 2, 2027" in awarded.worded.body
    assert (awarded.recipient, awarded.is_made_up, awarded.withheld) == (
        "ann@example.com",
        False,
        None,
    )
    assert "300 points paid $30.00" in used.worded.body
    assert ending.worded.subject == "80 points are good through April 30, 2026"
    assert ending.withheld == "The guest has not agreed to be told points_expiring by e-mail."


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_can_be_previewed_with_a_guest_who_has_nothing_yet(sqlite_database, kind):
    with salon() as company:
        for channel in kind.channels:
            found = preview(company, kind.name, channel, "cleo", on=ON, language="de")
            assert found.worded.body
            assert found.worded.language == "de"
            assert found.is_made_up == (kind.name != "statement")
    assert rows() == []


def test_a_draft_is_previewed_without_being_kept_and_refused_like_a_saved_one(sqlite_database):
    with salon() as company:
        draft = Words("Hi {{ first_name }}", "{{ points }} at {{ organization }}")
        seen = preview(company, "enrolled", "email", "ann", on=ON, draft=draft)
        kept = editing.template(company, "enrolled", "email")
        with pytest.raises(Refused, match="'pionts'"):
            preview(company, "enrolled", "sms", "ann", on=ON, draft=Words("", "{{ pionts }}"))

    assert (seen.worded.subject, seen.worded.body) == ("Hi Ann", "350 at Lumen Spa\n")
    assert not kept.is_own


@pytest.mark.parametrize(
    ("kind", "channel", "guest", "code"),
    [
        ("birthday", "email", "ann", "invalid_record"),
        ("enrolled", "letter", "ann", "invalid_record"),
        ("enrolled", "email", "nobody", "unknown_reference"),
    ],
)
def test_what_cannot_be_previewed_is_refused(sqlite_database, kind, channel, guest, code):
    with salon() as company, pytest.raises(Refused) as caught:
        preview(company, kind, channel, guest, on=ON)

    assert caught.value.code == code


# -- a run of rewards -------------------------------------------------------------------------


def test_everybody_in_a_run_is_told_once_of_all_her_rewards(each_database):
    with salon(*RUN) as company:
        agree(company, "ann")
        assert tell_rewards_of_run(company, "spring", at=AT) == 2
        assert tell_rewards_of_run(company, "spring", at=AT) == 0

    assert [(ref, state) for ref, _, _, state, _ in rows()] == [
        ("ann", "waiting"),
        ("bea", "withheld"),
    ]
    subject, body = texts()[0]
    assert subject == "$100.00 for you"
    assert body.count("- $25.00, code spring:ann:") == 4


def test_a_run_that_is_unknown_or_undone_is_refused(sqlite_database):
    undo = command("undo_process_rewards/u1", "2026-03-21", run="spring")
    with salon(*RUN, undo) as company:
        with pytest.raises(Refused) as unknown:
            tell_rewards_of_run(company, "autumn", at=AT)
        with pytest.raises(Refused) as undone:
            tell_rewards_of_run(company, "spring", at=AT)

    assert (unknown.value.code, undone.value.code) == ("unknown_reference", "conflict")
    assert rows() == []


# -- words of one's own -----------------------------------------------------------------------


def test_own_words_hold_until_they_are_given_up(each_database):
    with salon(*SPRING, invoice("a9", "ann", "10.00", "2026-03-09")) as company:
        kind = ("enrolled", "email", "en")
        for words in (Words("One", "1"), Words("Two", "2")):
            editing.set_template(company, *kind, words, at=AT, by="ella")
        found = editing.template(company, *kind)
        make(company, occasion("ann", "enrolled", "1"), channels=["email"])
        assert editing.reset_template(company, *kind, at=AT, by="ella")
        assert not editing.reset_template(company, *kind, at=AT, by="ella")
        make(company, occasion("ann", "enrolled", "2"), channels=["email"])

    assert (found.words, found.is_own, found.changed_by) == (Words("Two", "2"), True, "ella")
    assert [subject for subject, _ in texts()] == ["Two", "Welcome to Gold"]


def test_a_template_that_is_refused_leaves_the_words_as_they_were(sqlite_database):
    with salon() as company:
        with pytest.raises(Refused) as caught:
            editing.set_template(
                company,
                "enrolled",
                "email",
                "en",
                Words("Hello", "one\n{{ earned }}"),
                at=AT,
                by="ella",
            )
        assert not editing.template(company, "enrolled", "email").is_own

    assert caught.value.detail["line"] == 2
    assert caught.value.detail["unknown"] == "earned"


def test_words_as_a_file_are_read_back_as_they_were():
    words = Words("Hello: {{ guest }}", "One\n\nSubject: two\n")

    assert editing.words_of(editing.text_of(words, "email"), "email") == words
    assert editing.words_of("Subject: x\r\n\r\nbody\r\n", "email") == Words("x", "body\n")
    assert editing.words_of("no subject", "email") == Words("", "no subject")
    assert editing.words_of("Subject: x", "sms") == Words("", "Subject: x")


# -- switches ---------------------------------------------------------------------------------


def test_switches_are_all_off_and_remember_who_turned_them(each_database):
    with salon() as company:
        assert {one.is_on for one in switches.switches()} == {False}
        switch_on(company, "statement", "sms", since=ON)
        switch_on(company, "statement", "sms", since=ON + timedelta(days=1))
        [found] = [one for one in switches.switches() if one.is_on]
        with pytest.raises(Refused) as fax:
            switch_on(company, "statement", "fax")
        with pytest.raises(Refused) as letter:
            switch_on(company, "reward_issued", "letter")

    assert (found.kind, found.channel, found.told_from) == (
        "statement",
        "sms",
        ON + timedelta(days=1),
    )
    assert (found.changed_by, found.changed_at) == ("ella", AT)
    assert (fax.value.field, letter.value.field) == ("channel", "channel")
