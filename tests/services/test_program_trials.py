"""What a draft would have done to last month's guests: the month is lived again."""

from datetime import date
from typing import Any

import pytest

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.rules.program_parsing import parse_program
from regulars.services import closing, importing, upkeep
from regulars.services import program_trials as trials
from regulars.services.organizations import find_organization
from regulars.services.program_trials import Side, Trial
from tests.services.short_histories import (
    GOLD,
    SILVER,
    START,
    Fact,
    command,
    guest,
    invoice,
    open_invoice,
    program,
)

MARCH_ENDS = date(2026, 3, 31)

SPENT_BEFORE = [
    guest("ann", birthday="1990-03-10"),
    guest("bob", referred_by="ann"),
    guest("cyd"),
    guest("dee"),
    invoice("i1", "ann", "300.00", "2026-02-10"),
    invoice("i2", "cyd", "100.00", "2026-01-05"),
]
MARCH = [
    invoice("i3", "ann", "800.00", "2026-03-10"),
    {
        "type": "feedback",
        "id": "f1",
        "guest": "ann",
        "at": "2026-03-11",
        "channel": "guest",
        "rating": 5,
        "comment": "",
        "share_permission": False,
    },
    invoice("i4", "bob", "90.00", "2026-03-12"),
    invoice("i5", "bob", "20.00", "2026-03-14"),
    invoice("i6", "dee", "150.00", "2026-03-15"),
    invoice(
        "i6",
        "dee",
        "150.00",
        "2026-03-15",
        refunds=[{"id": "r1", "payment": "p1", "amount": "50.00", "at": "2026-03-20"}],
    )
    | {"at": "2026-03-20"},
]
BIRTHDAY = SILVER | {
    "accruals": SILVER["accruals"] | {"amount_spent_birthday": {"points": 40, "per": "100.00"}}
}


def lived(*records: Fact, through: date = MARCH_ENDS, known: Any = None) -> None:
    everything = [*START, known or program(tiers=[BIRTHDAY, GOLD]), *records]
    importing.import_records(((None, one) for one in everything), emit=lambda _: None)
    with upkeep.at_work("lumen") as company:
        closing.close_through(company, through)


def tried(*, chunk: int = 2, most: int = 1000, **settings: Any) -> Trial:
    """The whole trial, in steps, of the program with these settings."""
    document = program(**{"tiers": [BIRTHDAY, GOLD], **settings})
    del document["at"]
    with upkeep.at_work("lumen") as company:
        draft = parse_program(document, company.exponent)
        before = rows()
        trial = trials.go_on(company, draft, None, chunk=chunk, most=most)
        while trial is not None and not trial.is_done:
            # It is carried along by the page that asks again.
            trial = trials.of_text(trials.as_text(trial))
            trial = trials.go_on(company, draft, trial, chunk=chunk, most=most)
        assert rows() == before
    assert trial is not None
    return trial


def rows() -> list[int]:
    kept = (models.LedgerEntry, models.Lot, models.TierMove, models.Occasion, models.Outbox)
    return [one.objects.count() for one in kept]


def in_the_ledger() -> dict[str, int]:
    """What was earned in March, net of what was taken back, by tier."""
    points: dict[str, int] = {}
    with organization_scope(find_organization("lumen").id):
        entries = models.LedgerEntry.objects.filter(
            entered_on__range=("2026-03-01", "2026-03-31"), kind__in=("accrual", "reversal")
        )
        for tier, n in entries.values_list("tier", "points"):
            points[tier] = points.get(tier, 0) + n
    return points


@pytest.mark.usefixtures("each_database")
def test_the_program_in_force_comes_to_what_the_ledger_has():
    lived(*SPENT_BEFORE, *MARCH)
    trial = tried()

    assert (trial.first, trial.last) == (date(2026, 3, 1), MARCH_ENDS)
    assert (trial.n_all, trial.n_done, trial.n_skipped) == (4, 4, 0)
    assert trial.now.points == in_the_ledger()
    assert trial.now == trial.draft
    assert trial.now.guests == {"gold": 1, "silver": 3}
    assert trial.now.moves == {("", "silver"): 2, ("silver", "gold"): 1}


@pytest.mark.usefixtures("sqlite_database")
def test_other_rates_and_thresholds_come_out_as_they_would_have():
    lived(*SPENT_BEFORE, *MARCH)
    high = GOLD | {"minimum_spend": "2000.00"}
    double = BIRTHDAY["accruals"] | {"amount_spent_birthday": {"points": 80, "per": "100.00"}}
    trial = tried(tiers=[BIRTHDAY | {"accruals": double}, high])

    # Ann stays in Silver: 640 for her birthday, 10 for feedback, 200 for Bob's visit.
    gained = {"ann": 640 + 10 + 200, "bob": 4 + 100, "dee": 20 + 100}
    assert trial.draft.points == {"silver": sum(gained.values())}
    assert trial.draft.guests == {"silver": 4}
    assert trial.draft.moves == {("", "silver"): 2}
    assert trial.now.points == in_the_ledger()


@pytest.mark.usefixtures("sqlite_database")
def test_a_tier_that_retires_moves_its_guests_and_the_check_looks_at_them():
    lived(*SPENT_BEFORE, *MARCH)
    soon = BIRTHDAY | {"validity_days": 30, "minimum_spend_to_stay": "100.00"}
    trial = tried(qualification_period_months=1, tiers=[soon, GOLD | {"retire": "silver"}])

    # Cyd spent nothing in a month and is out; Ann, who spent 800.00 in it, stays.
    assert trial.draft.moves == {("", "silver"): 2, ("silver", ""): 1}
    assert trial.draft.guests == {"": 1, "silver": 3}


@pytest.mark.usefixtures("sqlite_database")
def test_points_wait_for_the_closing_where_the_draft_says_so():
    lived(
        guest("ann"),
        invoice("i1", "ann", "100.00", "2026-02-10"),
        open_invoice("i2", "ann", "50.00", "2026-03-10")
        | {"payments": [{"id": "p1", "tender": "card", "amount": "50.00", "at": "2026-03-10"}]},
    )
    trial = tried(award_on="closed_invoices")

    assert (trial.now.points, trial.draft.points) == ({"silver": 10}, {})


@pytest.mark.usefixtures("sqlite_database")
def test_who_was_moved_by_hand_says_nothing():
    lived(
        *SPENT_BEFORE,
        *MARCH,
        command("cancel_enrollment/c1", "2026-03-25", guest="ann"),
    )
    trial = tried()

    assert (trial.n_all, trial.n_done, trial.n_skipped) == (4, 4, 1)
    assert trial.now.guests == {"silver": 3}


@pytest.mark.usefixtures("sqlite_database")
def test_of_many_guests_some_are_looked_at():
    lived(*SPENT_BEFORE, *MARCH)
    trial = tried(most=2, chunk=1)

    assert (trial.n_all, trial.n_chosen, trial.n_done) == (4, 2, 2)
    assert sum(trial.now.guests.values()) == 2


@pytest.mark.usefixtures("sqlite_database")
def test_before_the_first_version_nothing_was_earned():
    lived(*SPENT_BEFORE, *MARCH, known=program("2026-03-31", at="2026-01-01", tiers=[]))
    trial = tried()

    assert trial.now == Side(guests={"": 3})
    assert trial.draft.guests == {"gold": 1, "silver": 2}


@pytest.mark.usefixtures("sqlite_database")
def test_a_month_that_is_not_over_is_the_one_up_to_the_last_close():
    lived(*SPENT_BEFORE, *MARCH, through=date(2026, 3, 20))
    with upkeep.at_work("lumen") as company:
        assert trials.last_month(company) == (date(2026, 2, 21), date(2026, 3, 20))
