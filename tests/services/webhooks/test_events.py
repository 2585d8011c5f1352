"""The feed: every entry, move, reward, run and day is an event, once, in a lasting order."""

from datetime import UTC, date, datetime
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection, transaction

from regulars.records import codec, feed, models, outbox
from regulars.records.ids import uuid7
from regulars.records.scope import every_organization
from regulars.rules.events import TYPES
from regulars.rules.refusals import Refused
from regulars.services import transactions, upkeep
from regulars.services.webhooks import events
from tests.databases import all_at_once
from tests.services.short_histories import command, guest, invoice, program
from tests.services.worker import month
from tests.services.worker.shop import open_shop, take_in, work

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def told(after=None, limit=1000, **options):
    with upkeep.at_work(None) as company:
        page = events.page(company, after=after, limit=limit, now=NOW, **options)
        return [one.as_dict(company.ref) for one in page.events]


def last() -> int:
    """The end of the feed; months that are over have been closed by then."""
    found = told()
    return found[-1]["sequence"] if found else 0


def test_an_event_says_what_happened(each_database):
    open_shop(program(), guest("ann"), invoice("inv1", "ann", "150.00", "2026-03-02"))
    work("2026-03-03T09:00-05:00")
    everything = told()
    assert [one["sequence"] for one in everything] == list(range(1, len(everything) + 1))
    found = everything[-4:]
    assert {one["type"] for one in everything[:-4]} == {"day.closed"}
    assert [one["type"] for one in found] == [
        "tier.changed",
        "points.accrued",
        "points.accrued",
        "day.closed",
    ]
    moved, spent, welcome, closed = found
    assert moved["data"] == {
        "date": "2026-03-02",
        "before": None,
        "after": "silver",
        "cause": "close",
        "source": moved["data"]["source"],
    }
    assert spent == {
        "id": spent["id"],
        "type": "points.accrued",
        "timestamp": spent["timestamp"],
        "organization": "lumen",
        "center": "soho",
        "guest": "ann",
        "sequence": moved["sequence"] + 1,
        "data": {
            "date": "2026-03-02",
            "kind": "accrual",
            "action": "amount_spent",
            "points": 30,
            "tier": "silver",
            "source": "invoice/inv1",
            "why": "30 points for amount spent: 150.00 on invoice inv1 at 20 per 100.00"
            " (Silver).",
        },
    }
    assert (welcome["center"], welcome["data"]["action"]) == (None, "welcome_bonus")
    assert (closed["guest"], closed["data"]) == (None, {"date": "2026-03-02", "guests": 1})


def test_rewards_and_runs_are_told(each_database):
    open_shop(
        program(),
        {
            "type": "status",
            "id": "vip",
            "name": "VIP",
            "include_in_loyalty_rewards": True,
            "at": "2026-01-01",
        },
        guest("ann", status="vip"),
        invoice("inv1", "ann", "150.00", "2026-03-02"),
        command(
            "issue_reward/r1",
            "2026-03-03",
            guest="ann",
            amount="20.00",
            expires_on="2026-03-05",
        ),
        command(
            "issue_reward/r2",
            "2026-03-03",
            guest="ann",
            amount="20.00",
            expires_on="2026-03-20",
        ),
        command("void_reward/v1", "2026-03-03", reward="r2", reason="wrong guest"),
        command(
            "process_rewards/spring",
            "2026-03-03",
            threshold="50.00",
            amount="5.00",
            expires_on=None,
            guests=["ann"],
        ),
        command("undo_process_rewards/u1", "2026-03-04", run="spring"),
    )
    work("2026-03-10T09:00-04:00")
    found = [one for one in told() if one["type"].partition(".")[0] in ("reward", "run")]
    shown = [
        (one["type"], [each["id"] for each in one["data"]["rewards"]])
        if "kind" in one["data"]
        else (one["type"], [])
        for one in found
    ]
    issued = ["spring:ann:1", "spring:ann:2", "spring:ann:3"]
    assert shown == [
        ("reward.issued", ["r1"]),
        ("reward.issued", ["r2"]),
        ("reward.voided", ["r2"]),
        ("reward.issued", issued),
        ("run.processed", []),
        *[("reward.voided", [code]) for code in issued],
        ("run.undone", []),
        ("reward.expired", []),
    ]
    assert found[3]["data"]["amount"] == "15.00"
    assert found[4]["data"] == {"run": "spring", "guests": 1, "rewards": 3, "amount": "15.00"}
    assert found[-1]["guest"] == "ann"
    assert found[-1]["data"] == {"reward": "r1", "amount": "20.00", "expires_on": "2026-03-05"}


def test_every_entry_and_every_move_is_one_event(each_database):
    open_shop(*month.beginning()[2:])
    for day in ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"):
        take_in(*month.facts_of(date.fromisoformat(day)))
    work("2026-04-20T09:00-04:00")
    found = told(limit=5000)
    assert {one["type"] for one in found} <= set(TYPES)
    with every_organization():
        n_entries = models.LedgerEntry.objects.count()
        n_moves = models.TierMove.objects.count()
    of_books = [one for one in found if "kind" in one["data"]]
    assert len(of_books) == n_entries > 50
    assert sum(one["type"] == "tier.changed" for one in found) == n_moves > 5
    assert len({one["id"] for one in found}) == len(found)
    assert [one["sequence"] for one in found] == list(range(1, len(found) + 1))
    for ref in month.GUESTS:
        with every_organization():
            points = models.LedgerEntry.objects.filter(guest__external_id=ref, unit="points")
            in_books = [*points.order_by("number").values_list("points", flat=True)]
        assert [
            one["data"]["points"]
            for one in of_books
            if one["guest"] == ref and "points" in one["data"]
        ] == in_books
    in_pages, after = [], 0
    while page := told(after=after, limit=7):
        in_pages += page
        after = page[-1]["sequence"]
    assert in_pages == found


def test_types_and_guests_are_picked_out(sqlite_database):
    open_shop(
        program(),
        guest("ann"),
        guest("bea"),
        invoice("inv1", "ann", "150.00", "2026-03-02"),
        invoice("inv2", "bea", "150.00", "2026-03-02"),
    )
    work("2026-03-03T09:00-05:00")
    assert {one["guest"] for one in told(types=["tier.changed"])} == {"ann", "bea"}
    assert {one["guest"] for one in told(guest="bea")} == {"bea"}
    with pytest.raises(Refused) as refused:
        told(types=["points.vanished"])
    assert refused.value.field == "types"
    with pytest.raises(Refused, match="The last event is"):
        told(after=1000)


def test_what_commits_late_is_not_passed_over(postgresql_database):
    open_shop(program(), guest("ann"))
    start = last()
    begun, seen = Signal(), Signal()

    def slowly() -> None:
        with upkeep.at_work(None), transaction.atomic():
            outbox.put("day.closed", {"date": "the late one"}, at=NOW)
            begun.set()
            assert seen.wait(20)
        connection.close()

    late = Thread(target=slowly)
    late.start()
    assert begun.wait(20)
    with upkeep.at_work(None):
        transactions.write(lambda: outbox.put("day.closed", {"date": "the quick one"}, at=NOW))
    first = told(after=start)
    seen.set()
    late.join()
    assert [one["data"]["date"] for one in first] == ["the quick one"]
    assert [one["data"]["date"] for one in told(after=first[-1]["sequence"])] == [
        "the late one"
    ]


def test_a_guest_is_told_of_in_order_whatever_the_clocks_said(each_database):
    open_shop(program(), guest("ann"))
    start = last()
    ids = sorted((uuid7() for _ in range(3)), reverse=True)
    with upkeep.at_work(None):
        for drawn, key in enumerate(ids, start=1):
            models.Outbox.objects.create(
                id=key,
                topic="day.closed",
                body=codec.text_of({"date": drawn}),
                at=NOW,
                status="told",
                n_events=1,
                drawn=drawn,
            )
    assert [one["data"]["date"] for one in told(after=start)] == [1, 2, 3]


def test_many_writers_many_readers_each_event_once(each_database):
    open_shop(program(), guest("ann"))
    start = last()

    def write() -> int:
        for n in range(25):
            with upkeep.at_work(None):
                transactions.write(lambda n=n: outbox.put("day.closed", {"date": n}, at=NOW))
        return 25

    def read() -> list[str]:
        found, after = [], start
        while len(found) < 100:
            for one in told(after=after, limit=3):
                found.append(one["id"])
                after = one["sequence"]
        return found

    answers = all_at_once([write] * 4 + [read] * 2)
    assert answers[:4] == [25] * 4
    assert answers[4] == answers[5]
    assert len(set(answers[4])) == 100


def test_a_reader_who_comes_too_late_is_told(each_database):
    open_shop(program(), guest("ann"), invoice("inv1", "ann", "150.00", "2026-03-02"))
    work("2026-03-03T09:00-05:00")
    with upkeep.at_work(None):
        transactions.write(lambda: feed.forget(before=datetime(2026, 4, 1, tzinfo=UTC)))
        ends = feed.ends()
    assert ends.forgotten == ends.last > 4
    with pytest.raises(Refused, match="no longer kept") as refused:
        told(after=0)
    assert (refused.value.code, refused.value.detail["minimum"]) == ("conflict", ends.last)
    assert told(after=ends.last) == told() == []
