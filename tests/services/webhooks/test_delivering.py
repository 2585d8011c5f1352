"""Delivering: nothing is lost, each guest's events come in order, whoever fails or dies."""

import json
import multiprocessing
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkProcess
from random import Random
from time import monotonic

import pytest
from django.db import connections
from django.test import override_settings
from standardwebhooks import Webhook, WebhookVerificationError

from regulars.records import models, outbox
from regulars.records.queries import webhooks as queries
from regulars.records.queries.work import recent_work
from regulars.records.scope import every_organization
from regulars.rules.permissions import Actor, Role, actor_of
from regulars.rules.refusals import Refused
from regulars.services import transactions, upkeep, workers
from regulars.services.webhooks import endpoints, events, lines
from regulars.services.webhooks.courier import Courier
from regulars.services.webhooks.endpoints import Wish
from tests.services.short_histories import guest, invoice, program
from tests.services.webhooks.receiver import Receiver
from tests.services.worker.shop import open_shop, take_in

FORK = multiprocessing.get_context("fork")
OWNER = Actor("owner")
BEGAN = monotonic()
SPEED = 2000.0
"""Seconds of the clock in one second: pauses of hours pass while a test looks on."""
GUESTS = [f"g{n}" for n in range(5)]


def quick_clock() -> datetime:
    return datetime(2026, 7, 1, tzinfo=UTC) + timedelta(seconds=SPEED * (monotonic() - BEGAN))


def real_clock() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def _at_home():
    with override_settings(WEBHOOKS_ALLOW_PRIVATE=True):
        yield


@pytest.fixture
def receiver():
    found = Receiver()
    yield found
    found.close()


def listen(receiver: Receiver, **terms) -> str:
    with upkeep.at_work(None) as company:
        wish = Wish(url=receiver.url, **terms)
        found, secret = endpoints.create(company, wish, at=real_clock(), actor=OWNER)
    receiver.secrets.append(secret)
    return found.id


def open_salon() -> None:
    open_shop(program(), *map(guest, GUESTS))


def spend(n_days: int) -> int:
    """Invoices of every guest on so many days, closed; how many events that makes."""
    before = end_of_feed()
    for day in range(1, n_days + 1):
        take_in(
            *(
                invoice(f"i-{ref}-{day}", ref, "150.00", f"2026-02-{day:02}T12:00")
                for ref in GUESTS
            )
        )
    take_in(guest("late", at=f"2026-02-{n_days + 1:02}T12:00"))
    return end_of_feed() - before


def end_of_feed() -> int:
    with upkeep.at_work(None) as company:
        return events.page(company, after=None, limit=1, now=real_clock()).last


def carry(courier: Courier, is_over: Callable[[], bool], *, seconds: float = 90.0) -> None:
    ends_at = monotonic() + seconds
    while not is_over() and monotonic() < ends_at:
        for ref in courier.listening(None):
            courier.serve(ref)
        courier.wait(0.05)
        if courier.is_idle:
            time.sleep(0.02)
    courier.close()


def courier(
    clock=quick_clock,
    name: str = "anna",
    seconds: float = 0.4,
    lease: timedelta = timedelta(seconds=3 * SPEED),
) -> Courier:
    return Courier(name, clock, seconds=seconds, lease=lease)


# A clock that leaps would end the lease of a call while it is under way.
LONG_LEASE = timedelta(days=365)


def is_nothing_left() -> bool:
    with upkeep.at_work(None):
        last = models.WebhookEndpoint.objects.order_by("id").first()
        is_told = last is None or last.told_through >= end_of_feed()
        return is_told and not models.WebhookDelivery.objects.exists()


def test_a_receiver_that_fails_hangs_and_restarts_gets_all_in_order(each_database, receiver):
    open_salon()
    rng = Random(7)
    ways = [200, 200, 200, 500, "close", "hang", 503, 302]
    receiver.answer = lambda n, event: 200 if n > 60 else rng.choice(ways)
    listen(receiver)
    n_events = spend(4)
    ours = courier()
    carry(ours, lambda: len(set(receiver.ids())) >= n_events // 3)
    receiver.stop()
    ours = courier()
    carry(ours, lambda: False, seconds=1.0)
    receiver.start()
    carry(courier(), is_nothing_left)
    assert is_nothing_left()
    with upkeep.at_work(None) as company:
        everything = events.events_after(company, end_of_feed() - n_events, limit=5000)
    assert set(receiver.ids()) == {one.id for one in everything}
    assert len(everything) == n_events > 30
    receiver.check_order()


def test_what_arrives_can_be_verified(each_database, receiver):
    open_salon()
    listen(receiver, types=["points.accrued"])
    spend(1)
    with upkeep.at_work(None) as company:
        [one] = [
            one
            for one in events.events_after(company, 0, limit=5000)
            if one.guest == "g1" and one.data.get("action") == "amount_spent"
        ]
        expected = one.as_dict(company.ref)
    carry(courier(real_clock), is_nothing_left)
    assert {event["type"] for event in receiver.accepted} == {"points.accrued"}
    [event] = [event for event in receiver.accepted if event["id"] == one.id]
    assert event == json.loads(json.dumps(expected))
    with upkeep.at_work(None):
        [attempt, *_] = queries.attempts(queries.endpoints()[0].id, limit=1)
        assert (attempt.outcome, attempt.status, attempt.answer) == (
            "accepted",
            200,
            "thank you",
        )
        lines_ = [one for one in recent_work(limit=10) if one.job == "webhooks"]
    assert [(one.state, one.n_done) for one in lines_] == [("done", len(receiver.accepted))]


def live(name: str) -> None:
    """A worker's deliveries until it is killed, in a process of its own.

    It waits for answers as long as a busy machine may need: it is the kills that are tried.
    """
    ours = courier(name=workers.name_of_this_process(), seconds=10.0)
    carry(ours, lambda: False, seconds=600)


def test_two_workers_killed_again_and_again(each_database, receiver):
    """One of two is killed whenever another eighth of the events has come."""
    open_salon()
    rng = Random(11)

    def answer(n: int, event: dict) -> int:
        time.sleep(0.02)
        return rng.choice([200, 200, 200, 500])

    receiver.answer = answer
    listen(receiver)
    n_events = spend(4)
    running: dict[str, ForkProcess] = {}
    kills, ends_at = 0, monotonic() + 120
    while not is_nothing_left() and monotonic() < ends_at:
        for name in {"anna", "bea"} - set(running):
            connections.close_all()
            running[name] = FORK.Process(target=live, args=(name,))
            running[name].start()
        if len(set(receiver.ids())) * 8 >= n_events * (kills + 1):
            victim = running.pop(rng.choice(["anna", "bea"]))
            victim.kill()
            victim.join()
            kills += 1
        time.sleep(0.05)
    for process in running.values():
        process.kill()
        process.join()
    assert is_nothing_left()
    assert kills >= 3
    assert len(set(receiver.ids())) == n_events
    receiver.check_order()


def test_one_that_hangs_does_not_keep_others_waiting(sqlite_database, receiver):
    open_salon()
    stuck = Receiver(lambda n, event: "hang")
    listen(stuck)
    listen(receiver)
    n_events = spend(2)
    began = monotonic()
    ours = courier(seconds=5.0)
    slowest = 0.0
    while len(receiver.ids()) < n_events and monotonic() < began + 30:
        for ref in ours.listening(None):
            start = monotonic()
            ours.serve(ref)
            slowest = max(slowest, monotonic() - start)
        ours.wait(0.05)
    assert len(receiver.ids()) == n_events
    assert stuck.n_requests > 0
    assert slowest < 4.0
    stuck.close()
    ours.close()


def test_gone_is_turned_off_and_goes_on_when_turned_on(each_database, receiver):
    open_salon()
    receiver.answer = lambda n, event: 410
    ref = listen(receiver)
    n_events = spend(1)
    with upkeep.at_work(None):
        carry(courier(), lambda: queries.endpoints()[0].state == "off")
        [found] = queries.endpoints()
        assert (found.state, found.problem) == (
            "off",
            "It answered 410: it wants to be told no more.",
        )
        [line] = recent_work(limit=10, only_failed=True)
        assert found.url in line.outcome
        receiver.answer = lambda n, event: 200
        endpoints.turn_on(ref, at=quick_clock(), actor=OWNER)
    carry(courier(), is_nothing_left)
    assert len(set(receiver.ids())) == n_events
    receiver.check_order()


def test_nothing_accepted_for_days_turns_it_off(sqlite_database, receiver):
    open_salon()
    receiver.answer = lambda n, event: 500
    listen(receiver)
    spend(1)
    now = [datetime(2026, 7, 1, tzinfo=UTC)]

    def leap() -> datetime:
        now[0] += timedelta(minutes=20)
        return now[0]

    with upkeep.at_work(None):
        carry(courier(leap, lease=LONG_LEASE), lambda: queries.endpoints()[0].state == "off")
        [found] = queries.endpoints()
    assert found.state == "off"
    assert found.problem == "Nothing was accepted for 5 days. It answered 500."
    assert found.turned_off_at - found.failing_since >= lines.TURN_OFF_AFTER
    assert found.waiting > 0


def test_an_event_that_nobody_takes_is_given_up_and_the_guest_goes_on(
    sqlite_database, receiver
):
    open_salon()
    ref = listen(receiver)
    spend(1)
    first = next(event for event in told() if event["guest"] == "g0")
    others = {event["id"] for event in told() if event["guest"] == "g0"} - {first["id"]}
    receiver.answer = lambda n, event: 422 if event["id"] == first["id"] else 200
    now = [datetime(2026, 7, 1, tzinfo=UTC)]
    early = []

    def leap() -> datetime:
        now[0] += timedelta(minutes=20)
        return now[0]

    def is_over() -> bool:
        """Something else is accepted meanwhile, or it would be taken for an outage."""
        with upkeep.at_work(None):
            transactions.write(lambda: outbox.put("day.closed", {"date": "x"}, at=now[0]))
        if now[0] < datetime(2026, 7, 3, tzinfo=UTC):
            early[:] = receiver.ids()
        return others <= set(receiver.ids())

    carry(courier(leap, lease=LONG_LEASE), is_over)
    assert not others & set(early)
    assert others <= set(receiver.ids())
    assert first["id"] not in receiver.ids()
    with upkeep.at_work(None):
        tries = [one for one in queries.attempts(ref, limit=500) if one.event == first["id"]]
    assert [one.outcome for one in tries] == ["given_up", *["failed"] * (len(tries) - 1)]
    assert tries[0].at - tries[-1].at >= lines.GIVE_UP_AFTER
    receiver.check_order()


def told():
    with upkeep.at_work(None) as company:
        page = events.page(company, after=None, limit=5000, now=real_clock())
        return [one.as_dict(company.ref) for one in page.events if one.guest]


def test_a_secret_is_rotated_with_an_overlap(sqlite_database, receiver):
    open_salon()
    ref = listen(receiver)
    [old] = receiver.secrets
    at = real_clock()
    with upkeep.at_work(None) as company:
        _, fresh = endpoints.rotate_secret(ref, at=at, actor=OWNER)
        assert endpoints.test(company, ref, at=real_clock(), actor=OWNER).is_good
        endpoints.rotate_secret(ref, at=at, actor=OWNER, overlap=timedelta(0))
        receiver.secrets.clear()
        assert endpoints.test(company, ref, at=real_clock(), actor=OWNER).is_good
    body = json.dumps(receiver.accepted[0], separators=(",", ":"))
    for secret in (old, fresh):
        assert Webhook(secret).verify(body, receiver.headers[0])["type"] == "endpoint.test"
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(json.dumps(receiver.accepted[1]), receiver.headers[1])
    assert len(receiver.headers[1]["webhook-signature"].split()) == 1


def test_told_again_from_a_number_under_the_same_ids(each_database, receiver):
    open_salon()
    ref = listen(receiver)
    n_events = spend(2)
    carry(courier(), is_nothing_left)
    first = receiver.ids()
    with upkeep.at_work(None):
        endpoints.replay(ref, after=end_of_feed() - 10, at=quick_clock(), actor=OWNER)
    carry(courier(), is_nothing_left)
    again = receiver.ids()[n_events:]
    assert len(first) == n_events
    assert len(again) == 10
    assert set(again) < set(first)
    with upkeep.at_work(None), pytest.raises(Refused, match="The last event is"):
        endpoints.replay(ref, after=99999, at=quick_clock(), actor=OWNER)


def test_who_may_say_who_is_told(sqlite_database, receiver):
    open_salon()
    for role in (Role.FRONT_DESK, Role.MARKETING, Role.ACCOUNTANT):
        wish, actor = Wish(url=receiver.url), actor_of("maria", role)
        with upkeep.at_work(None) as company, pytest.raises(Refused) as refused:
            endpoints.create(company, wish, at=real_clock(), actor=actor)
        assert refused.value.code == "not_permitted"
    ref = listen(receiver)
    with upkeep.at_work(None):
        endpoints.change(
            ref, Wish(name="CRM", types=["day.closed"]), at=real_clock(), actor=OWNER
        )
        found = endpoints.find(ref)
        assert (found.name, found.types, found.url) == ("CRM", ["day.closed"], receiver.url)
        endpoints.remove(ref, at=real_clock(), actor=OWNER)
        with pytest.raises(Refused, match="No endpoint"):
            endpoints.find(ref)
    with every_organization():
        assert not models.WebhookAttempt.objects.exists()
