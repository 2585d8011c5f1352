"""Records in order, days closed on the way: one after the other, in several zones, after a gap,
center by center, all at once, and again after a crash.
"""

from datetime import date
from functools import partial
from itertools import count
from typing import Any

import pytest
from django.db import connection

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.services import closing, importing, intake, replaying, setting_up, transactions
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.facts import Record
from regulars.services.formats.parsing import Reader
from regulars.services.organizations import Company, find_organization, load_company
from regulars.services.stream import Stream
from tests.scenarios import ways
from tests.services.short_histories import (
    GOLD,
    SILVER,
    START,
    command,
    guest,
    invoice,
    program,
)

pytestmark = pytest.mark.usefixtures("each_database")

TOKYO = {
    "type": "center",
    "id": "ginza",
    "name": "Ginza",
    "time_zone": "Asia/Tokyo",
    "at": "2026-01-01",
}
UPTOWN = {"type": "center", "id": "uptown", "name": "Uptown", "at": "2026-01-01"}
BEGINNING = [*START, UPTOWN, program()]


def at_ginza(ref: str, of: str, amount: str, at: str) -> Any:
    return invoice(ref, of, amount, at, center="ginza")


class Run:
    """Records taken in, and what was answered, in the order of the answers."""

    def __init__(self, *records: Any) -> None:
        self.answers: list[str] = []
        self.stops: list[str] = []
        self.stream = Stream(
            lambda _, result: self.answers.append(f"{result.record} {result.status}"),
            lambda _, day: self.stops.append(str(day)),
        )
        self.take(*records)

    def take(self, *records: Any) -> None:
        with self.stream:
            self.stream.run([(None, one) for one in records])
            self.stream.flush()

    def finish(self, last: str) -> None:
        with self.stream:
            self.stream.finish(date.fromisoformat(last))


def in_company(act: Any) -> Any:
    """What `act` answers of the only organization there is, read afresh and in its scope."""
    row = find_organization(None)
    with organization_scope(row.id):
        return act(load_company(row))


def closed_days() -> list[str]:
    def days(_: Company) -> list[str]:
        rows = models.JobRun.objects.filter(job="close").order_by("started_at")
        return [str(day) for day in rows.values_list("day", flat=True)]

    return in_company(days)


def entries(of: str) -> list[tuple[str, str, int]]:
    def all_of(_: Company) -> list[tuple[str, str, int]]:
        rows = models.LedgerEntry.objects.filter(guest__external_id=of).order_by("number")
        return [(str(row.entered_on), row.source, row.points) for row in rows]

    return in_company(all_of)


def close_through(day: str) -> None:
    in_company(lambda company: closing.close_through(company, date.fromisoformat(day)))


# -- days in order ----------------------------------------------------------------------------


def test_a_day_is_closed_when_the_first_record_of_a_later_one_comes():
    run = Run(*BEGINNING, guest("ann"), invoice("i1", "ann", "100.00", "2026-01-05"))
    assert entries("ann") == []
    run.take(invoice("i2", "ann", "100.00", "2026-01-05T20:00"))
    assert entries("ann") == []
    run.take(invoice("i3", "ann", "100.00", "2026-01-06"))
    assert entries("ann") == [
        ("2026-01-05", "invoice/i1", 20),
        ("2026-01-05", "invoice/i2", 20),
        ("2026-01-05", "tier/silver", 100),
    ]


def test_days_are_closed_one_after_the_other():
    records = [invoice(f"i{n}", "ann", "40.00", f"2026-01-{n:02}") for n in range(5, 12)]
    Run(*BEGINNING, guest("ann"), *records)
    days = closed_days()
    assert days == sorted(set(days))
    assert days[-6:] == [f"2026-01-{n:02}" for n in range(5, 11)]
    # 40, 80, then Silver with the third: 120
    assert [entry[0] for entry in entries("ann")] == ["2026-01-07"] * 2 + days[-3:]


def test_idle_days_are_passed_over_but_for_month_ends():
    run = Run(*BEGINNING, guest("ann"), invoice("i1", "ann", "100.00", "2026-01-05"))
    run.take(invoice("i2", "ann", "100.00", "2028-03-10"))
    days = closed_days()
    assert len(days) < 35
    assert {"2026-01-31", "2026-02-28", "2027-12-31", "2028-02-29"} <= set(days)
    # 20 and 100 lapse after 365 days; Silver goes at the first month end without spend
    assert entries("ann")[2:] == [
        ("2027-01-06", "invoice/i1", -20),
        ("2027-01-06", "tier/silver", -100),
    ]
    [moves] = [
        in_company(
            lambda _: list(models.TierMove.objects.values_list("moved_on", "tier_after"))
        )
    ]
    assert moves == [(date(2026, 1, 5), "silver"), (date(2027, 1, 31), None)]


def test_the_books_are_closed_to_an_older_date():
    Run(*BEGINNING, guest("ann"), invoice("i1", "ann", "100.00", "2026-01-05"))
    close_through("2026-01-10")
    before = ways.ledger()
    close_through("2026-01-08")
    assert ways.ledger() == before
    assert in_company(lambda company: company.closed_through) == date(2026, 1, 10)


# -- several zones ----------------------------------------------------------------------------


def test_a_record_of_tomorrow_waits_until_today_is_over_everywhere():
    run = Run(
        *BEGINNING,
        TOKYO,
        guest("ann"),
        # 6 January in Tokyo while New York has the 5th
        at_ginza("tokyo", "ann", "100.00", "2026-01-06T09:00"),
        invoice("york", "ann", "1000.00", "2026-01-05T20:00"),
    )
    assert run.answers[-1] == "invoice/york applied"
    assert len(run.stream.later) == 1
    run.take(invoice("next", "ann", "50.00", "2026-01-06T10:00"))
    assert run.answers[-2:] == ["invoice/tokyo applied", "invoice/next applied"]
    run.finish("2026-01-06")
    assert entries("ann") == [
        ("2026-01-05", "invoice/york", 200),
        ("2026-01-05", "tier/gold", 100),
        ("2026-01-06", "invoice/tokyo", 20),
        ("2026-01-06", "invoice/next", 10),
    ]


def test_what_waits_is_taken_in_at_the_end():
    tokyo = at_ginza("tokyo", "ann", "100.00", "2026-01-06T09:00")
    records = [*BEGINNING, TOKYO, guest("ann"), tokyo]
    replayed = replaying.replay([(None, one) for one in records])
    assert replayed.results[len(records) - 1].status == "applied"


def test_an_import_takes_in_what_waits_without_closing_the_day_before():
    tokyo = at_ginza("tokyo", "ann", "100.00", "2026-01-06T09:00")
    records = [*BEGINNING, TOKYO, guest("ann"), tokyo]
    imported = importing.import_records([(None, one) for one in records], emit=lambda _: None)
    assert imported.counts["applied"] == len(records)
    assert imported.closed_through == date(2026, 1, 4)
    close_through("2026-01-05")
    assert entries("ann") == []
    close_through("2026-01-06")
    assert [entry[:2] for entry in entries("ann")] == [
        ("2026-01-06", "invoice/tokyo"),
        ("2026-01-06", "tier/silver"),
    ]


def test_a_command_waits_with_its_center():
    open_bill = at_ginza("bill", "ann", "100.00", "2026-01-06T09:00") | {
        "status": "open",
        "payments": [],
        "closed_at": None,
    }
    run = Run(
        *BEGINNING,
        TOKYO,
        guest("ann"),
        invoice("york", "ann", "1000.00", "2026-01-05T10:00"),
        open_bill,
        command(
            "redeem_points/r1", "2026-01-06T09:05", guest="ann", invoice="bill", points=100
        ),
    )
    assert len(run.stream.later) == 2
    run.finish("2026-01-05")
    # York's points exist only after the close for which the redemption has waited
    assert run.answers[-2:] == ["invoice/bill applied", "redeem_points/r1 applied"]


# -- center by center -------------------------------------------------------------------------

DAY = "2026-01-31"
A_DAY = [
    guest("ann"),
    guest("bea", referred_by="ann"),
    guest("cal", signup={"channel": "webstore", "at": "2026-01-03"}),
    invoice("a0", "ann", "110.00", "2026-01-10"),
    invoice("a1", "ann", "400.00", f"{DAY}T10:00"),
    invoice("c1", "cal", "133.33", f"{DAY}T10:30"),
    invoice("b1", "bea", "50.00", f"{DAY}T11:00", center="uptown"),
]
LATER_THAT_DAY = [
    invoice("a2", "ann", "600.00", f"{DAY}T15:00", center="uptown"),
    invoice("a1", "ann", "400.00", f"{DAY}T10:00", status="void") | {"at": f"{DAY}T15:10"},
    invoice("b2", "bea", "70.00", f"{DAY}T15:20"),
    invoice("c2", "cal", "900.00", f"{DAY}T15:30", center="uptown"),
]


def day_state() -> dict[str, Any]:
    day = date.fromisoformat(DAY)
    as_of = in_company(lambda company: {DAY: replaying.states_on(company, day)})
    return ways.settled(ways.Came({}, as_of, ways.ledger()))


@pytest.fixture
def together(each_database):
    Run(*BEGINNING, *A_DAY, *LATER_THAT_DAY)
    close_through(DAY)
    expected = day_state()
    each_database.renew()
    return expected


@pytest.mark.parametrize("order", [("soho", "uptown"), ("uptown", "soho", "uptown")])
def test_centers_that_close_one_by_one_come_out_as_if_together(together, order):
    Run(*BEGINNING, *A_DAY, *LATER_THAT_DAY)
    for center in order:
        close_center(center)
    close_through(DAY)
    assert day_state() == together


def test_a_center_may_close_before_the_others_have_told_everything(together):
    run = Run(*BEGINNING, *A_DAY)
    close_center("soho")
    run.take(*LATER_THAT_DAY)
    close_center("uptown")
    close_through(DAY)
    assert day_state() == together


def close_center(center: str) -> None:
    day = date.fromisoformat(DAY)
    in_company(lambda company: closing.close_day(company, day, center=center))


# -- catching up ------------------------------------------------------------------------------


def test_missed_days_are_caught_up_in_order(each_database):
    guests = [guest("ann"), guest("bea", referred_by="ann")]
    invoices = []
    for n in range(5, 28, 4):
        invoices.append(invoice(f"a{n}", "ann", "45.50", f"2026-01-{n:02}"))
        invoices.append(invoice(f"b{n}", "bea", "333.33", f"2026-01-{n + 1:02}"))
    replay(*BEGINNING, *guests, *invoices, until="2026-02-28")
    expected = ways.ledger()
    each_database.renew()
    Run(*BEGINNING, *guests)
    taken = in_company(lambda company: intake.apply_facts(company, read(company, invoices)))
    assert {result.status for result in taken.results} == {"applied"}
    close_through("2026-02-28")
    assert ways.ledger() == expected


def replay(*records: Any, until: str) -> None:
    replaying.replay([(None, one) for one in records], [date.fromisoformat(until)])


def read(company: Company, records: list[Any]) -> list[Record]:
    context = ReadingContext()
    setting_up.teach(context, company)
    return [Reader(context).parse(one) for one in records]


# -- after a crash ----------------------------------------------------------------------------

SHORT = {"validity_days": 10, "points_expire_after_days": 40}
END = "2026-02-28"


class Crash(Exception):
    """What a power cut looks like from inside."""


def a_full_month_end() -> list[Any]:
    """Of five guests one is upgraded, one enrolled, one stays, two go; points lapse as well."""
    short = [SILVER | SHORT, GOLD | SHORT]
    settings = {"tiers": short, "qualification_period_months": 1, "unenrolled_points": "expire"}
    names = ["ann", "bea", "cal", "dan", "eve"]
    records: list[Any] = [*START, program(**settings)]
    records += [guest(ref, referred_by="eve") for ref in names[:4]] + [guest("eve")]
    dates = ["2026-01-05", "2026-01-26", "2026-02-08", "2026-02-20"]
    for ref, day in zip(names, dates, strict=False):
        records.append(invoice(f"{ref}1", ref, "400.00", day))
    for ref in ("ann", "cal", "eve"):
        records.append(invoice(f"{ref}2", ref, "1100.00", END))
    return records


@pytest.fixture
def undisturbed(each_database):
    replay(*a_full_month_end(), until=END)
    expected = ways.ledger()
    kinds = {row["kind"] for row in expected["LedgerEntry"]}
    assert kinds == {"accrual", "expiry", "forfeiture"}
    each_database.renew()
    return expected


def test_a_close_that_crashes_again_and_again_goes_on(undisturbed, monkeypatch):
    Run(*a_full_month_end())
    monkeypatch.setattr(closing, "CHUNK", 1)
    monkeypatch.setattr(closing, "CHECK_CHUNK", 1)
    n_good, n_crashes, came_to = 0, 0, so_far()
    with monkeypatch.context() as patch:
        while True:
            patch.setattr(transactions, "write", failing_after(n_good))
            try:
                close_through(END)
                break
            except Crash:
                n_crashes += 1
            before, came_to = came_to, so_far()
            # As soon as it gets on, it crashes at the next transaction.
            n_good = n_good + 1 if before == came_to else 1
    assert n_crashes > 10
    assert ways.ledger() == undisturbed
    close_through(END)
    assert ways.ledger() == undisturbed


def so_far() -> Any:
    row = find_organization(None)
    return ways.ledger(), row.closed_through, row.expired_through


def failing_after(n_good: int) -> Any:
    """`transactions.write`, whose transactions after so many crash with their work done."""
    write, calls = transactions.write, count(1)

    def fail(act: Any) -> Any:
        act()
        raise Crash

    def counted(act: Any, **options: Any) -> Any:
        if connection.in_atomic_block:
            return write(act, **options)
        return write(partial(fail, act) if next(calls) > n_good else act, **options)

    write = getattr(write, "original", write)
    counted.original = write  # type: ignore[attr-defined]
    return counted


@pytest.mark.parametrize("n_answers", [3, 8, 10, 14])
def test_a_file_that_was_broken_off_goes_on_where_it_stopped(undisturbed, n_answers):
    records = [(None, one) for one in a_full_month_end()]
    answers = []

    def tell(result: Any) -> None:
        answers.append(result)
        if len(answers) == n_answers:
            raise Crash

    with pytest.raises(Crash):
        importing.import_records(records, emit=tell)
    again = importing.import_records(records, emit=answers.append)
    close_through(END)
    assert again.counts["unchanged"] >= n_answers
    assert again.counts["refused"] == 0
    assert ways.ledger() == undisturbed
