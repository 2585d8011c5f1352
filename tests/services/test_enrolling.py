"""Enrolling, cancelling and opting in, as whole histories (rules 4.7, 4.8, 6.5)."""

import pytest

from tests.services.short_histories import (
    History,
    command,
    guest,
    invoice,
    open_invoice,
    program,
)

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_enrolling_by_hand_is_at_once_and_welcomes():
    history = History(
        program(enrollment="manual"),
        guest("ann"),
        invoice("i1", "ann", "150.00", "2026-03-02"),
        command("enroll/e1", "2026-03-05", guest="ann", comment="asked at the desk"),
        until="2026-03-05",
        on=("2026-03-04",),
    )

    assert history.guest("ann", "tier", on="2026-03-04") is None
    assert history.guest("ann", "tier", "tier_since", "points") == ("silver", "2026-03-05", 100)
    assert history.answer("enroll/e1")["detail"] == {
        "tier": "silver",
        "tier_since": "2026-03-05",
        "spend": "150.00",
        "points": 100,
    }


def test_the_missing_amount_is_in_the_refusal():
    history = History(
        guest("ann"),
        invoice("i1", "ann", "99.00", "2026-03-02"),
        command("enroll/e1", "2026-03-05", guest="ann"),
        until="2026-03-05",
    )

    answer = history.answer("enroll/e1")
    assert answer["code"] == "no_matching_tier"
    assert answer["detail"] == {"missing": "1.00", "spend": "99.00", "tier": "silver"}


def test_a_signup_that_waited_is_awarded_by_the_close_of_the_enrollment():
    history = History(
        program(direct_enrollment=True),
        guest("ann", signup={"channel": "webstore", "at": "2026-02-01"}, at="2026-02-01"),
        command("enroll/e1", "2026-03-05", guest="ann", tier="highest"),
        until="2026-03-05",
    )

    lots = history.guest("ann", "lots")
    assert {(lot["action"], lot["points"]) for lot in lots} == {
        ("welcome_bonus", 100),
        ("online_signup", 50),
    }


def test_cancelling_ends_the_points_on_hold_as_well():
    history = History(
        guest("ann"),
        invoice("i1", "ann", "500.00", "2026-03-02"),
        open_invoice("i2", "ann", "50.00", "2026-03-03"),
        command(
            "hold/h1", "2026-03-03", guest="ann", invoice="i2", points=30, until="2026-03-20"
        ),
        command("cancel_enrollment/x1", "2026-03-04", guest="ann", comment="moves away"),
        command("capture_hold/k1", "2026-03-05", hold="h1", invoice="i2"),
        command("add_points/m1", "2026-03-06", guest="ann", points=5),
        command("cancel_enrollment/x2", "2026-03-06T13:00", guest="ann"),
        until="2026-03-06",
        on=("2026-03-04",),
    )

    assert history.guest("ann", "tier", "points", "lots", on="2026-03-04") == (None, 0, [])
    assert history.answer("cancel_enrollment/x1")["detail"] == {"points_ended": 200}
    assert history.refusal("capture_hold/k1") == "hold_not_open"
    # points without a tier: there is no enrollment to cancel
    assert history.refusal("cancel_enrollment/x2") == "not_enrolled"
    assert history.guest("ann", "points") == 5


def test_points_that_ended_with_the_enrollment_are_not_taken_back_again():
    refunded = invoice("i1", "ann", "500.00", "2026-03-02") | {
        "refunds": [{"id": "r1", "payment": "p1", "amount": "500.00", "at": "2026-03-08"}],
        "at": "2026-03-08",
    }
    history = History(
        guest("ann"),
        invoice("i1", "ann", "500.00", "2026-03-02"),
        command("cancel_enrollment/x1", "2026-03-04", guest="ann"),
        refunded,
        until="2026-03-08",
    )

    assert history.guest("ann", "points", "tier") == (0, None)


@pytest.mark.parametrize("timing", ["day_close", "immediate"])
def test_what_was_paid_on_the_day_of_cancelling_earns_nothing(timing):
    history = History(
        program(award_timing=timing),
        guest("ann"),
        invoice("i1", "ann", "500.00", "2026-03-02"),
        invoice("i2", "ann", "100.00", "2026-03-04"),
        command("cancel_enrollment/x1", "2026-03-04T15:00", guest="ann"),
        until="2026-03-05",
    )

    assert history.guest("ann", "points", "tier", "spend") == (0, None, "600.00")


def test_opting_out_needs_cancelling_first_and_opting_in_moves_no_tier():
    history = History(
        guest("ann"),
        guest("bob", loyalty_opt_in=False),
        invoice("i1", "ann", "500.00", "2026-03-02"),
        invoice("i2", "bob", "500.00", "2026-03-02"),
        command("set_opt_in/o1", "2026-03-03", guest="ann", loyalty_opt_in=False),
        command("set_opt_in/o2", "2026-03-03T13:00", guest="bob", loyalty_opt_in=True),
        command("enroll/e1", "2026-03-04", guest="ann"),
        command("enroll/e2", "2026-03-04T13:00", guest="bob"),
        until="2026-03-04",
        on=("2026-03-03",),
    )

    assert history.refusal("set_opt_in/o1") == "enrolled"
    assert history.guest("bob", "tier", on="2026-03-03") is None
    assert history.refusal("enroll/e1") == "already_enrolled"
    assert history.guest("bob", "tier") == "silver"
