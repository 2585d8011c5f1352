"""The worker: what is due is done, what was missed is caught up, what failed is tried again."""

import socket
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.test import override_settings

from regulars.records import models, work_runs
from regulars.records.ids import uuid7
from regulars.records.queries.work import recent_work
from regulars.records.scope import every_organization
from regulars.services import answers, shifts, upkeep, workers
from regulars.services.shifts import Hold, Lost, Outcome, Shift
from tests.databases import all_at_once
from tests.services.short_histories import GOLD, command, guest, invoice, open_invoice, program
from tests.services.worker.shop import (
    SHORT,
    VENICE,
    agree,
    all_work,
    instant,
    jobs,
    open_shop,
    states,
    switch_on,
    take_in,
    told,
    work,
)

ANN = guest("ann", email="ann@example.com")


def closed_through() -> date | None:
    with upkeep.at_work(None) as company:
        return company.closed_through


# -- days -------------------------------------------------------------------------------------


def test_a_center_early_the_date_when_all_are_over(each_database):
    open_shop(
        VENICE,
        program(),
        guest("ann"),
        guest("bob"),
        invoice("inv1", "ann", "150.00", "2026-03-06"),
        invoice("inv2", "bob", "150.00", "2026-03-06", center="venice"),
    )
    assert jobs(work("2026-03-06T09:00-05:00")) == ["tidy 2026-03-06"]
    assert work("2026-03-07T00:04-05:00") == []
    ended = work("2026-03-07T00:05-05:00")
    assert jobs(ended) == ["close 2026-03-06 soho", "messages 2026-03-07"]
    assert work("2026-03-07T00:10-05:00") == []
    with every_organization():
        tiers = models.Account.objects.order_by("guest__external_id")
        assert list(tiers.values_list("tier", flat=True)) == ["silver", None]
    ended = work("2026-03-07T00:05-08:00")
    assert jobs(ended) == ["close 2026-03-06", "messages 2026-03-07"]
    assert ended[0].n_done == 2
    assert ended[0].outcome == "2 guests settled."
    assert closed_through() == date(2026, 3, 6)


def test_missed_days_are_caught_up_in_order(each_database):
    open_shop(program(tiers=[SHORT]), guest("ann"))
    take_in(invoice("inv1", "ann", "150.00", "2026-03-02"))
    ended = work("2026-04-20T12:00-04:00")
    assert jobs(ended) == [
        "close 2026-03-02",
        "close 2026-03-31",
        "close 2026-04-19",
        "messages 2026-04-20",
        "tidy 2026-04-20",
    ]
    assert closed_through() == date(2026, 4, 19)
    with every_organization():
        assert models.Account.objects.get().points == 0


@pytest.mark.usefixtures("sqlite_database")
def test_points_end_as_soon_as_their_last_day_is_over():
    open_shop(program(tiers=[SHORT]), guest("ann"))
    take_in(invoice("inv1", "ann", "150.00", "2026-03-02"))
    work("2026-04-01T12:00-04:00")
    ended = work("2026-04-02T00:05-04:00")
    assert jobs(ended) == ["close 2026-04-01", "expiry 2026-04-01", "messages 2026-04-02"]
    assert ended[1].outcome == "Points of 1 guest ended."


@pytest.mark.usefixtures("sqlite_database")
def test_a_clock_far_ahead_closes_nothing():
    open_shop(program(), ANN, invoice("inv1", "ann", "150.00", "2026-03-02"))
    ended = work("2099-01-01T12:00-05:00")
    assert jobs(ended)[0] == "close 2026-03-02 failed"
    assert ended[0].outcome.startswith(
        "The books are closed through 2026-03-01, and 2098-12-31 would be the day to close:"
        " 26603 days. If the clock is right, catch up once with `regulars close-day`"
    )
    assert closed_through() == date(2026, 3, 1)


# -- reminders and statements -----------------------------------------------------------------


def ending_points(*last_days: str):
    """Ann in Silver with 50 points for each of these last days."""
    adding = [
        command(f"add_points/a{n}", "2026-03-02T14:00", guest="ann", points=50, expires_on=day)
        for n, day in enumerate(last_days)
    ]
    settings = {"expiry_reminder_days": [7, 1], "statement_every_months": 1}
    open_shop(program(**settings), ANN, invoice("inv1", "ann", "150.00", "2026-02-26"), *adding)
    agree("ann")


def test_reminded_once_for_a_day_with_the_days_that_are_left(each_database):
    ending_points("2026-03-12", "2026-03-12", "2026-03-13")
    switch_on("points_expiring")
    work("2026-03-04T08:59-05:00")
    assert told() == []
    for morning in (
        "2026-03-05T09:00-05:00",
        "2026-03-05T17:00-05:00",
        "2026-03-05T18:00-05:00",
    ):
        work(morning)
    assert told() == [("ann", "points_expiring", "2026-03-12/7")]
    with every_organization():
        subject = models.Message.objects.get().subject
    assert subject == "100 points are good through March 12, 2026"
    # A week nobody worked: the seven days of the 13th are not told any more, its one day is.
    work("2026-03-12T09:00-04:00")
    assert told()[1:] == [
        ("ann", "points_expiring", "2026-03-12/1"),
        ("ann", "points_expiring", "2026-03-13/1"),
    ]
    work("2026-03-13T09:00-04:00")
    assert len(told()) == 3


@pytest.mark.usefixtures("sqlite_database")
def test_points_on_hold_are_not_about_to_end():
    ending_points("2026-03-12", "2026-03-12")
    bill = open_invoice("inv2", "ann", "100.00", "2026-03-03")
    terms = {"guest": "ann", "invoice": "inv2", "points": 100, "until": "2026-03-20T10:00"}
    take_in(bill, command("hold/h1", "2026-03-03T13:00", **terms))
    switch_on("points_expiring")
    work("2026-03-05T09:00-05:00")
    assert told() == []


@pytest.mark.usefixtures("sqlite_database")
def test_statements_after_the_month_is_final_and_of_missed_months_only_the_last():
    ending_points("2026-12-31")
    switch_on("statement", told_from="2026-03-01")
    work("2026-03-01T12:00-05:00")
    work("2026-04-01T08:59-04:00")
    assert told() == []
    work("2026-04-01T09:00-04:00")
    work("2026-04-02T09:00-04:00")
    assert told() == [("ann", "statement", "statement/2026-03-31")]
    work("2026-07-15T09:00-04:00")
    assert told()[1:] == [("ann", "statement", "statement/2026-06-30")]
    with every_organization():
        body = models.Message.objects.get(occasion="statement/2026-06-30").body
    assert "Since April 1, 2026" in body or "April 1, 2026" in body or "none" in body.lower()


# -- trouble ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("sqlite_database")
def test_what_fails_waits_longer_each_time_and_keeps_nobody_else_waiting(tmp_path):
    """The folder for e-mail is a file: a reason to fail that no mock has to play."""
    open_shop(program(), ANN, invoice("inv1", "ann", "150.00", "2026-03-02"))
    switch_on()
    at_fault = tmp_path / "mail"
    at_fault.write_text("in the way")
    backend = "regulars.services.messages.channels.folder.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_FILE_PATH=str(at_fault)):
        ended = work("2026-03-03T09:00-05:00")
    assert jobs(ended) == [
        "close 2026-03-02",
        "messages 2026-03-03",
        "sending 2026-03-03 failed",
        "tidy 2026-03-03",
    ]
    assert "2 messages wait." in ended[2].outcome
    work("2026-03-03T10:00-05:00")
    assert states() == ["sent", "sent"]
    with upkeep.at_work(None):
        assert recent_work(limit=10, only_failed=True) == []


def test_a_piece_that_fails_is_tried_again_after_twice_as_long(each_database):
    open_shop(program(), ANN)
    piece = ("close", date(2026, 3, 2), "")
    waits = []

    def fail(hold: Hold) -> Outcome:
        raise OSError(28, "No space left on device", "/data")

    with upkeep.at_work(None) as company:
        now = instant("2026-03-03T00:05-05:00")
        for _ in range(3):
            assert not Shift(company, now, "anna").do(piece, fail)
            assert not Shift(company, now, "anna").do(piece, fail)  # it waits
            [line] = recent_work(limit=10)
            assert line.outcome == "/data: No space left on device."
            assert line.next_try_at is not None
            waits.append(round((line.next_try_at - now).total_seconds()))
            now = line.next_try_at
        assert (line.state, line.attempts) == ("failed", 3)
        assert Shift(company, now, "anna").do(piece, lambda hold: Outcome("Done.", 2))
        [line] = recent_work(limit=10)
    assert (line.state, line.n_done, line.outcome, line.next_try_at) == (
        "done",
        2,
        "Done.",
        None,
    )
    assert waits == [60, 120, 240]


# -- workers that die -------------------------------------------------------------------------


def dead_worker() -> str:
    """The name of a worker of this machine whose process is no more."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return f"{socket.gethostname()}:{ended.pid}:abc123"


@pytest.mark.parametrize(
    ("name", "minutes"),
    [
        ("of a process that died", 0),
        ("elsewhere:1:abc123", 15),
        (workers.name_of_this_process(), 15),
    ],
    ids=["a process that died", "another machine", "this process"],
)
def test_work_of_a_worker_that_died_is_taken_up(each_database, name, minutes):
    open_shop(program(), ANN)
    name = dead_worker() if minutes == 0 else name
    piece = ("close", date(2026, 3, 2), "")
    now = instant("2026-03-03T00:05-05:00")

    def die(hold: Hold) -> Outcome:
        raise KeyboardInterrupt

    def taken(after: timedelta) -> bool:
        me = workers.name_of_this_process() + "x" * (name == workers.name_of_this_process())
        me = "anna" if name == workers.name_of_this_process() else me
        return Shift(company, now + after, me).do(piece, lambda hold: Outcome("Done."))

    with upkeep.at_work(None) as company:
        with pytest.raises(KeyboardInterrupt):
            Shift(company, now, name).do(piece, die)
        almost = timedelta(minutes=minutes, seconds=-5)
        assert minutes == 0 or not taken(almost)
        assert taken(timedelta(minutes=minutes, seconds=5))


@pytest.mark.usefixtures("sqlite_database")
def test_who_lost_a_piece_keeps_nothing_of_its_chunk():
    open_shop(program(), ANN)
    piece = ("reminders", date(2026, 3, 2), "")
    now = instant("2026-03-03T00:05-05:00")

    def slow(hold: Hold) -> Outcome:
        later = Shift(company, now + shifts.LEASE * 2, "bea")
        assert later.do(piece, lambda other: Outcome("Bea did it."))
        with pytest.raises(Lost):
            hold.chunk(lambda: models.Center.objects.all().delete()[0])
        raise Lost

    with upkeep.at_work(None) as company:
        assert not Shift(company, now, "anna").do(piece, slow)
        assert models.Center.objects.count() == 1
        [line] = recent_work(limit=10)
    assert (line.worker, line.state, line.outcome) == ("bea", "done", "Bea did it.")


def test_two_workers_at_once(each_database, tmp_path: Path):
    """Both do all of it at the same moment: every message once, every file once."""
    people = [guest(f"g{n}", email=f"g{n}@example.com") for n in range(12)]
    visits = [invoice(f"i{n}", f"g{n}", "1150.00", "2026-02-27") for n in range(12)]
    settings = {"tiers": [SHORT, GOLD], "expiry_reminder_days": [30, 7]}
    open_shop(VENICE, program(**settings, statement_every_months=1), *people, *visits)
    agree(*(f"g{n}" for n in range(12)))
    switch_on()
    folders = {
        "EMAIL_BACKEND": "regulars.services.messages.channels.folder.EmailBackend",
        "EMAIL_FILE_PATH": str(tmp_path),
    }
    with override_settings(**folders):
        acts = [partial(work, "2026-03-01T15:00-05:00", name=name) for name in ("anna", "bea")]
        answers = all_at_once(acts)
        assert not [one for one in answers if isinstance(one, BaseException)], answers
        work("2026-03-01T16:00-05:00")
    expected = {"enrolled", "points_awarded", "statement"}
    assert {kind for _, kind, _ in told()} == expected
    assert len(told()) == len(set(told())) == 36
    assert states() == ["sent"] * 36
    with every_organization():
        ids = {str(key) for key in models.Message.objects.values_list("id", flat=True)}
    assert {path.stem for path in tmp_path.glob("[!.]*")} == ids
    with upkeep.at_work(None):
        assert [one.state for one in recent_work(limit=50) if one.state != "done"] == []


# -- stopping, tidying up ---------------------------------------------------------------------


@pytest.mark.usefixtures("sqlite_database")
def test_asked_to_stop_it_ends_between_two_pieces():
    open_shop(program(), ANN)
    take_in(invoice("inv1", "ann", "150.00", "2026-03-02"))
    take_in(invoice("inv2", "ann", "150.00", "2026-03-03"))
    done: list[str] = []
    ended = work(
        "2026-04-02T12:00-04:00",
        tell=lambda one: done.append(str(one.day)),
        must_stop=lambda: bool(done),
    )
    assert jobs(ended) == ["close 2026-03-03"]
    assert closed_through() == date(2026, 3, 3)


@pytest.mark.usefixtures("sqlite_database")
def test_a_piece_that_was_stopped_is_gone_on_with_at_once():
    open_shop(program(), ANN)
    piece = ("reminders", date(2026, 3, 2), "")
    now = instant("2026-03-03T00:05-05:00")
    asked: list[int] = []

    def act(hold: Hold) -> Outcome:
        hold.chunk(lambda: 3)
        asked.append(1)
        hold.chunk(lambda: 4)
        return Outcome("Never.")

    with upkeep.at_work(None) as company:
        shift = Shift(company, now, "anna", must_stop=lambda: bool(asked))
        with pytest.raises(shifts.Stopping):
            shift.do(piece, act)
        assert [one.state for one in shift.ended] == ["stopped"]
        again = Shift(company, now + timedelta(seconds=2), "bea")
        assert again.do(piece, lambda hold: Outcome("Done.", 4))
        [line] = recent_work(limit=10)
    assert (line.n_done, line.attempts, line.worker) == (7, 2, "bea")


@pytest.mark.usefixtures("sqlite_database")
def test_old_rows_go_and_how_far_it_came_stays():
    open_shop(program(), ANN, invoice("inv1", "ann", "150.00", "2026-03-02"))
    work("2026-03-03T09:00-05:00")
    with upkeep.at_work(None):
        answers.claim(uuid7(), "k1", "digest", now=datetime(2026, 3, 3, tzinfo=UTC))
    work("2026-07-20T09:00-04:00")
    work("2026-07-21T09:00-04:00")
    with every_organization():
        old = models.Outbox.objects.filter(numbered_at__lt=instant("2026-06-20T09:00-04:00"))
        assert not old.exists()
        assert models.EventFeed.objects.get().forgotten_through > 0
        assert not models.KeptAnswer.objects.exists()
    with upkeep.at_work(None):
        left = [f"{one.job} {one.day}" for one in reversed(recent_work(limit=50))]
        assert work_runs.last_done("tidy") == date(2026, 7, 21)
    assert left[0] == "messages 2026-03-03"  # the last of its job
    assert "close 2026-03-02" not in left
    assert "tidy 2026-03-03" not in left


def test_who_is_gone():
    host = socket.gethostname()
    me = workers.name_of_this_process()
    names = [me, f"{host}:1:abc", "elsewhere:99:abc", "a name of one's own", dead_worker()]
    assert workers.gone(names, me=me) == names[-1:]
    _, pid, _ = me.split(":")
    namesake = f"{host}:{pid}:000000"
    assert workers.gone([namesake], me=me) == [namesake]


def test_an_hour_at_most():
    waits = [shifts.wait_after(n).total_seconds() / 60 for n in (1, 2, 3, 6, 7, 500)]
    assert waits == [1, 2, 4, 32, 60, 60]
    assert datetime(2026, 1, 1, tzinfo=UTC) + shifts.wait_after(500)


# -- figures ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("sqlite_database")
def test_figures_are_counted_after_every_close_and_then_no_more():
    open_shop(program(), ANN, invoice("inv1", "ann", "150.00", "2026-03-02"))
    ended = all_work("2026-03-05T12:00-05:00")
    counted = [one for one in ended if one.job == "figures"]
    assert [one.outcome for one in counted] == ["Figures counted through 2026-03-05."]
    assert all(one.job != "figures" for one in all_work("2026-03-05T13:00-05:00"))
    assert [one.job for one in all_work("2026-03-06T00:05-05:00")][:2] == ["close", "figures"]
