"""What the outbox has, as occasions: what guests are told of, and what not."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.records import models, outbox, telling
from regulars.records.scope import every_organization
from regulars.services import transactions, upkeep
from regulars.services.messages import occasions, reminding
from tests.services.short_histories import (
    GOLD,
    SILVER,
    Fact,
    command,
    guest,
    invoice,
    open_invoice,
    program,
)
from tests.services.worker.shop import (
    SHORT,
    instant,
    open_shop,
    states,
    switch_on,
    take_in,
    told,
    work,
)

MORNING = "2026-03-20T10:00-04:00"


def found(*records: Fact) -> list[tuple[str, str, dict[str, Any]]]:
    """Kind, name and values of every occasion of a history, in order."""
    open_shop(*records)
    with upkeep.at_work(None) as company:
        rows = outbox.take(limit=100)
        return [
            (one.kind, one.name, dict(one.values))
            for one in occasions.occasions_of(company, rows)
        ]


def closing(day: str) -> Fact:
    """Somebody else's visit, so late that the day before is closed."""
    return guest("zoe", at=day)


# -- points and tiers -------------------------------------------------------------------------


@pytest.mark.usefixtures("sqlite_database")
def test_enrolled_and_her_first_points_by_what_they_are_for():
    visit = invoice("inv1", "ann", "150.00", "2026-03-02")
    assert found(program(), guest("ann"), visit, closing("2026-03-04")) == [
        ("enrolled", "move/1", {}),
        (
            "points_awarded",
            "entry/1",
            {
                "earned": 130,
                "awards": [
                    {"points": 30, "why": "amount_spent", "expires_on": date(2027, 3, 2)},
                    {"points": 100, "why": "welcome_bonus", "expires_on": date(2027, 3, 2)},
                ],
            },
        ),
    ]


@pytest.mark.usefixtures("sqlite_database")
def test_upgraded_says_from_where_and_how_long_it_is_safe():
    visits = [
        invoice("inv1", "ann", "150.00", "2026-03-02"),
        invoice("inv2", "ann", "900.00", "2026-03-05"),
    ]
    all_of_it = found(program(), guest("ann"), *visits, closing("2026-03-07"))
    upgraded = [one for one in all_of_it if one[0] == "upgraded"]
    values = {"tier_before": "Silver", "safe_until": date(2026, 6, 3)}
    assert upgraded == [("upgraded", "move/2", values)]


@pytest.mark.usefixtures("sqlite_database")
def test_going_down_is_not_told():
    short = {"tiers": [SILVER | {"validity_days": 0}, GOLD | {"validity_days": 0}]}
    visit = invoice("inv1", "ann", "1200.00", "2026-01-10")
    all_of_it = found(
        program(**short, qualification_period_months=1),
        guest("ann"),
        visit,
        closing("2026-03-07"),
    )
    assert [kind for kind, _, _ in all_of_it] == ["enrolled", "points_awarded"]


@pytest.mark.usefixtures("sqlite_database")
def test_points_that_only_replace_those_taken_back_are_not_told():
    """A payment of 150 becomes two of 75: what stays is the same."""
    visit = invoice("inv1", "ann", "150.00", "2026-03-02")
    parts = [
        {"id": name, "tender": "card", "amount": "75.00", "at": "2026-03-02"}
        for name in ("p2", "p3")
    ]
    edited = {**visit, "at": "2026-03-05", "payments": parts}
    all_of_it = found(program(), guest("ann"), visit, edited, closing("2026-03-07"))
    assert [name for kind, name, _ in all_of_it if kind == "points_awarded"] == ["entry/1"]


@pytest.mark.usefixtures("sqlite_database")
def test_points_that_paid_say_what_they_paid():
    all_of_it = found(
        program(),
        guest("ann"),
        invoice("inv1", "ann", "150.00", "2026-03-02"),
        open_invoice("inv2", "ann", "80.00", "2026-03-05"),
        command("redeem_points/r1", "2026-03-05T13:00", guest="ann", invoice="inv2", points=90),
    )
    assert all_of_it[-1] == ("points_redeemed", "entry/3", {"used": 90, "worth_cents": 900})


# -- rewards ----------------------------------------------------------------------------------


def reward(code: str, cents: int, last_day: date | None) -> dict[str, Any]:
    return {"code": code, "amount_cents": cents, "expires_on": last_day}


@pytest.mark.usefixtures("sqlite_database")
def test_all_rewards_of_a_run_are_told_at_once():
    status = {"type": "status", "id": "in", "name": "In", "include_in_loyalty_rewards": True}
    all_of_it = found(
        {**status, "at": "2026-01-01"},
        guest("ann", status="in"),
        invoice("inv1", "ann", "250.00", "2026-03-02"),
        command("process_rewards/spring", "2026-03-05", threshold="100.00", amount="10.00"),
        program(since="2027-01-01"),
    )
    rewards = [reward("spring:ann:1", 1000, None), reward("spring:ann:2", 1000, None)]
    values = {"count": 2, "total_cents": 2000, "rewards": rewards}
    assert all_of_it == [("reward_issued", "process_rewards/spring", values)]


@pytest.mark.usefixtures("sqlite_database")
def test_a_reward_is_told_as_it_is_now_and_not_if_it_is_void():
    terms = {"guest": "ann", "expires_on": "2026-04-30"}
    all_of_it = found(
        guest("ann"),
        command("issue_reward/kept", "2026-03-02", amount="10.00", **terms),
        command("issue_reward/gone", "2026-03-02", amount="15.00", **terms),
        command("edit_reward/e1", "2026-03-03", reward="kept", amount="12.00"),
        command("void_reward/v1", "2026-03-03", reward="gone", reason="twice"),
    )
    rewards = [reward("kept", 1200, date(2026, 4, 30))]
    values = {"count": 1, "total_cents": 1200, "rewards": rewards}
    assert all_of_it == [("reward_issued", "issue_reward/kept", values)]


# -- the row and its messages -----------------------------------------------------------------


@pytest.mark.usefixtures("sqlite_database")
def test_a_past_before_every_switch_is_passed_over():
    open_shop(program(), guest("ann"), invoice("inv1", "ann", "150.00", "2026-02-02"))
    take_in(invoice("inv2", "ann", "100.00", "2026-03-18"))
    switch_on("points_awarded", told_from="2026-03-18")
    work(MORNING)
    assert told() == [("ann", "points_awarded", "entry/3")]
    with every_organization():
        assert not models.Outbox.objects.filter(status="waiting").exists()


def test_a_row_and_its_messages_are_one_transaction(each_database):
    """What fails after the messages were made leaves neither them nor the mark."""
    ann = guest("ann", email="ann@example.com")
    open_shop(program(), ann, invoice("inv1", "ann", "150.00", "2026-03-02"))
    switch_on()

    def fail(company) -> None:
        assert occasions.tell_next(company, at=instant(MORNING)).n_messages == 2
        raise ZeroDivisionError

    with upkeep.at_work(None) as company:
        upkeep.close_days(
            company, date(2026, 3, 2), by="anna", progress=lambda day, n_guests: None
        )
        with pytest.raises(ZeroDivisionError):
            transactions.write(partial(fail, company))
    assert told() == []
    work(MORNING)
    assert told() == [("ann", "enrolled", "move/1"), ("ann", "points_awarded", "entry/1")]
    assert states() == ["sent", "sent"]


# -- a fixed number of statements -------------------------------------------------------------


def n_statements(n_guests: int, act: Any) -> int:
    people = [guest(f"g{n}") for n in range(n_guests)]
    visits = [invoice(f"i{n}", f"g{n}", "150.00", "2026-03-02") for n in range(n_guests)]
    settings = {"tiers": [SHORT], "expiry_reminder_days": [7]}
    open_shop(program(**settings), *people, *visits, closing("2026-03-04"))
    switch_on()
    with upkeep.at_work(None) as company, CaptureQueriesContext(connection) as captured:
        assert act(company) == n_guests
    return len(captured)


def tell_rows(company) -> int:
    """Enrolled and awarded: two messages a guest."""
    turn = transactions.write(partial(occasions.tell_next, company, at=instant(MORNING)))
    return turn.n_messages // 2


def remind(company) -> int:
    last_day = date(2026, 3, 2) + timedelta(days=30)
    return len(reminding.reminders(company, {last_day: 7}, today=date(2026, 3, 25)))


def find_guests(company) -> int:
    return len(telling.guests_with_something(None, limit=100))


@pytest.mark.parametrize("act", [tell_rows, remind, find_guests])
def test_as_many_statements_for_three_guests_as_for_one(each_database, act):
    alone = n_statements(1, act)
    each_database.renew()
    assert n_statements(3, act) == alone
