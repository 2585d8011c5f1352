"""Close of business as staff see it: tonight, run now, last night (rule 4.4)."""

from datetime import UTC, date, datetime

import pytest

from regulars.records import models
from regulars.records.queries.closes import EntrySum, Lapsing, MoveSum, Waiting
from regulars.records.scope import organization_scope
from regulars.rules.permissions import Actor, Role, actor_of
from regulars.rules.refusals import Refused
from regulars.services import receiving
from regulars.services.close_of_business import (
    close_next,
    last_night,
    settle_center,
    tonight,
)
from regulars.services.organizations import Company, find_organization, load_company
from tests.services.short_histories import (
    GOLD,
    SILVER,
    START,
    History,
    check_books,
    guest,
    invoice,
    open_invoice,
    program,
)

NOON = datetime(2026, 3, 10, 17, tzinfo=UTC)  # 13:00 in New York
OWNER = Actor("olga")
PAID = Actor("key till")


@pytest.fixture
def company(each_database):
    """The books are closed through 9 March; Ann and Bea came on the 10th."""
    short = SILVER | {"points_expire_after_days": 20}
    History(
        *START,
        {"type": "center", "id": "wharf", "name": "Wharf", "at": "2026-01-01"},
        program(tiers=[short, GOLD]),
        *(guest(ref) for ref in ("ann", "bea", "cleo", "dora")),
        invoice("d1", "dora", "100.00", "2026-02-18"),
        invoice("b1", "bea", "500.00", "2026-03-08"),
        until="2026-03-09",
    )
    row = find_organization(None)
    with organization_scope(row.id):
        told = [
            invoice("a1", "ann", "120.00", "2026-03-10"),
            invoice("b2", "bea", "600.00", "2026-03-10", center="wharf"),
            open_invoice("c1", "cleo", "80.00", "2026-03-10"),
        ]
        send(load_company(row), *told)
        yield load_company(row)


def send(company: Company, *records: dict, now: datetime = NOON) -> None:
    plain = [{name: one[name] for name in one if name not in ("at", "by")} for one in records]
    sender = receiving.Sender(PAID)
    results = receiving.receive_all(company, plain, sender=sender, now=now)
    assert [one.status for one in results] == ["applied"] * len(records), results


def test_tonight_is_tried_out_and_leaves_no_trace(company):
    before = models.LedgerEntry.objects.count()
    seen = tonight(company, now=NOON)

    assert (seen.day, seen.n_over, seen.n_guests) == (date(2026, 3, 10), 0, 3)
    assert seen.due_at == datetime(2026, 3, 11, 4, 5, tzinfo=UTC)
    assert [(one.ref, one.is_over, one.waiting) for one in seen.centers] == [
        ("soho", False, Waiting(1, 2)),
        ("wharf", False, Waiting(0, 1)),
    ]
    assert seen.lapsing == Lapsing(1, 120)
    assert seen.preview.entries == [
        EntrySum("accrual", "welcome_bonus", 2, 2, 200),
        EntrySum("accrual", "amount_spent", 2, 2, 144),
        EntrySum("expiry", None, 2, 1, -120),
    ]
    assert seen.preview.moves == [
        MoveSum(None, "silver", "close", 1),
        MoveSum("silver", "gold", "close", 1),
    ]
    assert models.LedgerEntry.objects.count() == before
    assert company.closed_through == date(2026, 3, 9)
    assert tonight(company, now=NOON, most_guests=1).preview is None


def test_run_now_does_what_the_preview_said_and_says_it_the_morning_after(company):
    wednesday = datetime(2026, 3, 12, 15, tzinfo=UTC)
    seen = tonight(company, now=wednesday)
    steps = []
    while (step := close_next(company, now=wednesday, by=OWNER)).day is not None:
        steps.append((step.day.day, step.n_guests, step.n_left))

    assert seen.n_over == 2
    assert steps == [(10, 3, 1), (11, 0, 0)]
    check_books()
    after = last_night(company, day=date(2026, 3, 10))
    assert after.n_guests == 3
    assert [one for one in after.entries if one.kind == "accrual"] == list(
        seen.preview.entries[:2]
    )
    assert after.moves == seen.preview.moves
    ended = last_night(company)
    assert (ended.day, ended.entries) == (
        date(2026, 3, 11),
        [EntrySum("expiry", None, 2, 1, -120)],
    )


def test_late_facts_and_what_they_changed(company):
    thursday = datetime(2026, 3, 11, 16, tzinfo=UTC)
    late = invoice("b3", "bea", "50.00", "2026-03-09")
    refund = {"id": "r1", "payment": "p1", "amount": "500.00", "at": "2026-03-11T10:00"}
    back = invoice("b1", "bea", "500.00", "2026-03-08", refunds=[refund])
    send(company, late, back, now=thursday)
    company = load_company(find_organization(None))
    close_next(company, now=datetime(2026, 3, 12, 15, tzinfo=UTC), by=OWNER)

    seen = last_night(company)
    assert [(one.guest, one.points, one.source, one.earned_on) for one in seen.late] == [
        ("bea", 10, "invoice/b3", date(2026, 3, 9))
    ]
    assert [(one.guest, one.points, one.source) for one in seen.taken_back] == [
        ("bea", -100, "invoice/b1")
    ]


def test_a_center_may_be_settled_before_its_day_is_over(company):
    assert settle_center(company, "wharf", now=NOON, by=OWNER) == 1
    assert models.Account.objects.get(guest__external_id="bea").tier == "gold"
    assert models.Account.objects.get(guest__external_id="ann").tier is None
    assert company.closed_through == date(2026, 3, 9)


def test_who_may_not_and_a_clock_that_is_wrong(company):
    desk = actor_of("fay", Role.FRONT_DESK)
    far = datetime(2028, 3, 12, 15, tzinfo=UTC)
    for act, code in (
        (lambda: close_next(company, now=NOON, by=desk), "not_permitted"),
        (lambda: settle_center(company, "soho", now=NOON, by=desk), "not_permitted"),
        (lambda: settle_center(company, "nowhere", now=NOON, by=OWNER), "unknown_reference"),
        (lambda: close_next(company, now=far, by=OWNER), "conflict"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == code
    assert close_next(company, now=NOON, by=OWNER).day is None
