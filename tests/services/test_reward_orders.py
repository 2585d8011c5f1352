"""Process Loyalty Rewards at the desk: prepared, ticked, ordered, carried out, taken back."""

import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from regulars.records import looking_on, models
from regulars.records.queries import reward_lists
from regulars.records.queries import reward_orders as shown
from regulars.rules.permissions import Role, actor_of
from regulars.rules.refusals import Refused
from regulars.services import (
    reward_office,
    reward_orders,
    reward_sales,
    reward_work,
    upkeep,
    verifying,
)
from regulars.services.organizations import Company
from regulars.services.reward_office import Wish
from regulars.services.schedule import Timetable
from regulars.services.shifts import Shift
from regulars.services.worker import run_due
from tests.books import faults
from tests.services.short_histories import History, guest, invoice
from tests.services.test_rewards import GUESTS

pytestmark = pytest.mark.usefixtures("each_database")

NOW = datetime(2026, 3, 3, 17, tzinfo=UTC)
NADIA = actor_of("nadia.rahman", Role.MARKETING)
KEY = UUID("0198f0a0-0000-7000-8000-000000000001")
OTHER = UUID("0198f0a0-0000-7000-8000-000000000002")
KNOWN = {"status": "client", "at": "2026-02-01"}
PEOPLE = {"dora": "1200.00", "eve": "700.00", "flora": "510.00", "gina": "80.00"}
SALES = (
    *GUESTS,
    *(
        guest(ref, name=f"{ref.title()} Lang", email=f"{ref}@example.com", **KNOWN)
        for ref in PEOPLE
    ),
    *(invoice(f"of-{ref}", ref, amount, "2026-02-02") for ref, amount in PEOPLE.items()),
)
WISH = Wish("500.00", "25.00", date(2026, 12, 31))


def prepared(company: Company, key: UUID = KEY) -> shown.OrderShown:
    reward_orders.prepare(company, key, WISH, now=NOW, by=NADIA)
    while reward_orders.find_order(str(key)).state == "looking":
        reward_orders.look_on(company, key, now=NOW)
    return reward_orders.find_order(str(key))


def carry_out(company: Company, name: str = "here:1:abc") -> list[str]:
    shift = Shift(company, NOW, name)
    reward_work.work_through(shift)
    return [one.outcome for one in shift.ended]


def lines(**asked) -> list[tuple[str, int, bool]]:
    wanted = {"search": "", "order": "total", "is_descending": True, "offset": 0, "limit": 50}
    found = shown.lines(KEY, **{**wanted, **asked})
    return [(one.guest, one.n_rewards, one.is_ticked) for one in found]


def test_what_is_prepared_is_what_would_be_given(monkeypatch):
    monkeypatch.setattr(reward_sales, "CHUNK", 2)
    History(*SALES, until="2026-03-02")
    with upkeep.at_work(None) as company:
        order = prepared(company)
        reward_orders.prepare(company, KEY, WISH, now=NOW, by=NADIA)  # the button, twice
        reward_orders.look_on(company, KEY, now=NOW)

        assert (order.state, order.n_lines, order.n_guests, order.n_rewards) == (
            "looked",
            3,
            3,
            4,
        )
        assert order.n_looked == order.n_to_look
        assert order.total_cents == 100_00
        assert lines() == [("dora", 2, True), ("eve", 1, True), ("flora", 1, True)]
        assert lines(search="flora la") == [("flora", 1, True)]
        assert lines(search="nobody") == []
        assert lines(order="name", is_descending=False, offset=1, limit=1) == [("eve", 1, True)]
        planned = reward_office.plan_run(company, None, WISH, now=NOW, by="nadia.rahman")
        assert [one.guest for one in planned.lines] == ["dora", "eve", "flora"]


def test_those_unticked_are_given_nothing_and_the_totals_follow():
    History(*SALES, until="2026-03-02")
    with upkeep.at_work(None) as company:
        prepared(company)
        reward_orders.tick(KEY, is_ticked=False)
        with pytest.raises(Refused, match="Nobody is ticked"):
            reward_orders.place(company, KEY, is_mailed=False, now=NOW, by=NADIA)
        reward_orders.tick(KEY, is_ticked=True, search="lang")
        reward_orders.tick(KEY, is_ticked=False, guests=["dora"])
        reward_orders.tick(KEY, is_ticked=False, guests=["dora"])
        order = reward_orders.find_order(str(KEY))
        assert (order.n_lines, order.n_guests, order.n_rewards) == (3, 2, 2)

        for _ in range(2):  # two clicks
            reward_orders.place(company, KEY, is_mailed=False, now=NOW, by=NADIA)
        assert carry_out(company) == ["Rewards of run-2026-03-03: done."]
        assert carry_out(company) == []
        with pytest.raises(Refused, match="not being prepared"):
            reward_orders.tick(KEY, is_ticked=True)

        [run] = reward_lists.runs()
        assert (run.id, run.by, run.n_guests, run.n_rewards) == (
            "run-2026-03-03",
            "nadia.rahman",
            2,
            2,
        )
        given = models.Reward.objects.order_by("external_id")
        assert list(given.values_list("guest__external_id", flat=True)) == ["eve", "flora"]
        assert models.RewardOrderLine.objects.count() == 0
        assert faults() == []
        assert verifying.verify(company, deep=True).is_clean


def test_parameters_that_give_nobody_anything_are_refused_at_their_field():
    History(*SALES, until="2026-03-02")
    with upkeep.at_work(None) as company:
        for wish, field in (
            (Wish("0.00", "25.00"), "threshold"),
            (Wish("500.00", "0.00"), "amount"),
            (Wish("500.00", "25.00", date(2026, 3, 2)), "expires_on"),
        ):
            with pytest.raises(Refused) as refused:
                reward_orders.prepare(company, KEY, wish, now=NOW, by=NADIA)
            assert refused.value.field == field
        desk = actor_of("tilda", Role.FRONT_DESK)
        with pytest.raises(Refused, match="process loyalty rewards"):
            reward_orders.prepare(company, KEY, WISH, now=NOW, by=desk)
        assert models.RewardOrder.objects.count() == 0


def test_two_orders_of_a_day_have_runs_of_their_own_and_the_second_finds_nothing_left():
    History(*SALES, until="2026-03-02")
    with upkeep.at_work(None) as company:
        for key in (KEY, OTHER):
            prepared(company, key)
            reward_orders.place(company, key, is_mailed=False, now=NOW, by=NADIA)
        carry_out(company)

        runs = {one.id: one.n_rewards for one in reward_lists.runs()}
        assert runs == {"run-2026-03-03": 4, "run-2026-03-03-2": 0}


def test_those_who_may_be_told_by_email_are_told_once():
    History(*SALES, until="2026-03-02")
    with upkeep.at_work(None) as company:
        prepared(company)
        reward_orders.place(company, KEY, is_mailed=True, now=NOW, by=NADIA)
        carry_out(company)
        reward_orders.place_telling(OTHER, "run-2026-03-03", now=NOW, by=NADIA)
        carry_out(company)

        rows = models.Message.objects.order_by("guest__external_id")
        told = list(rows.values_list("guest__external_id", "state"))
        assert told == [("dora", "withheld"), ("eve", "withheld"), ("flora", "withheld")]
        states = [one.state for one in shown.of_run("run-2026-03-03")]
        assert states == ["done", "done"]


def test_a_run_is_taken_back_unless_one_of_its_rewards_is_used():
    History(*SALES, until="2026-03-02")
    with upkeep.at_work(None) as company:
        prepared(company)
        reward_orders.place(company, KEY, is_mailed=False, now=NOW, by=NADIA)
        carry_out(company)
        reward_orders.place_undo(company, OTHER, "run-2026-03-03", now=NOW, by=NADIA)
        reward_orders.place_undo(company, OTHER, "run-2026-03-03", now=NOW, by=NADIA)
        carry_out(company)

        assert [one.is_undone for one in reward_lists.runs()] == [True]
        assert set(models.Reward.objects.values_list("state", flat=True)) == {"void"}
        assert verifying.verify(company, deep=True).is_clean
        with pytest.raises(Refused, match="undone already"):
            reward_orders.place_undo(company, OTHER, "run-2026-03-03", now=NOW, by=NADIA)


def test_what_became_impossible_meanwhile_ends_with_the_reason():
    used = {"amount": "25.00", "threshold": "500.00", "at": "2026-03-02T10:00"}
    run = {"type": "process_rewards", "id": "spring", "by": "olga", **used}
    History(*SALES, run, until="2026-03-02")
    with upkeep.at_work(None) as company:
        reward_orders.place_undo(company, KEY, "spring", now=NOW, by=NADIA)
        models.Reward.objects.filter(external_id="spring:eve:1").update(state="redeemed")
        carry_out(company)
        order = reward_orders.find_order(str(KEY))

    assert (order.state, order.problem) == (
        "failed",
        "Run spring cannot be undone: spring:eve:1 is redeemed.",
    )


# Takes the order up and is killed as soon as it tells that a guest is done.
TAKER = """
import os, signal
from regulars.site.setup import configure
configure()
from datetime import UTC, datetime
from regulars.services import reward_work, upkeep, workers
from regulars.services.shifts import Shift
from regulars.records import looking_on
from contextlib import contextmanager

@contextmanager
def dying(order):
    yield lambda n_done: os.kill(os.getpid(), signal.SIGKILL)

looking_on.telling = dying
with upkeep.at_work(None) as company:
    now = datetime(2026, 3, 3, 17, tzinfo=UTC)
    reward_work.work_through(Shift(company, now, workers.name_of_this_process()))
"""


def test_whoever_carried_it_out_was_killed_and_the_worker_takes_it_up(each_database):
    History(*SALES, until="2026-03-02")
    with upkeep.at_work(None) as company:
        prepared(company)
        reward_orders.place(company, KEY, is_mailed=False, now=NOW, by=NADIA)
    surroundings = os.environ | {"REGULARS_DATABASE_URL": each_database.url}
    killed = subprocess.run([sys.executable, "-c", TAKER], env=surroundings, check=False)
    assert killed.returncode == -signal.SIGKILL

    with upkeep.at_work(None) as company:
        assert reward_orders.find_order(str(KEY)).state == "running"
        assert models.Reward.objects.count() == 0
        ended = run_due(company, now=NOW, worker="other:1:abc", table=Timetable())
        # Nobody knows yet that it died, of another machine; on the same one it is known.
        assert [one.job for one in ended if one.job == "rewards"] == []
        from regulars.services import workers

        ended = run_due(company, now=NOW, worker=workers.name_of_this_process())
        assert [one.outcome for one in ended if one.job == "rewards"] == [
            "Rewards of run-2026-03-03: done."
        ]
        assert models.Reward.objects.count() == 4
        assert verifying.verify(company, deep=True).is_clean


def test_how_far_it_is_can_be_seen_from_outside():
    History(*SALES, until="2026-03-02")
    with upkeep.at_work(None) as company:
        prepared(company)
        models.RewardOrder.objects.update(state="running", n_all=3)
        with looking_on.telling(KEY) as tell:
            for n_done in (1, 2):
                tell(n_done)
                assert reward_orders.find_order(str(KEY)).n_done == n_done
        reward_orders.find_order(str(KEY))


def test_what_was_prepared_and_never_ordered_is_forgotten():
    History(*SALES, until="2026-03-02")
    with upkeep.at_work(None) as company:
        prepared(company)
        assert reward_orders.forget(now=NOW) == 0
        assert reward_orders.forget(now=datetime(2026, 5, 1, tzinfo=UTC)) == 1
        assert models.RewardOrderLine.objects.count() == 0
        with pytest.raises(Refused, match="order"):
            reward_orders.find_order(str(KEY))
