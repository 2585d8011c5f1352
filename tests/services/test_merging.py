"""Two records of one person, made one and parted again (rule 9.4)."""

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

ANN, ANNA = guest("ann"), guest("anna")
MERGE = {"from": "anna", "into": "ann"}


def merge(at: str, name: str = "m1", **pair: str):
    return command(f"merge_guests/{name}", at, **(pair or MERGE))


def undo(at: str, name: str = "u1", of: str = "m1"):
    return command(f"undo_merge/{name}", at, merge=of)


def refunded(fact, at: str, amount: str):
    refund = {"id": "r1", "payment": "p1", "amount": amount, "at": at}
    return {**fact, "refunds": [refund], "at": at}


def test_a_guest_is_not_merged_into_itself_nor_twice():
    history = History(
        ANN,
        ANNA,
        guest("bea"),
        merge("2026-03-01", "m0", **{"from": "ann", "into": "ann"}),
        merge("2026-03-01", "m1"),
        merge("2026-03-01", "m2"),
        merge("2026-03-01", "m3", **{"from": "bea", "into": "anna"}),
        merge("2026-03-01", "m4", **{"from": "bea", "into": "zoe"}),
        until="2026-03-01",
    )

    assert history.refusal("merge_guests/m0") == "invalid_record"
    assert history.answer("merge_guests/m1")["status"] == "applied"
    assert history.refusal("merge_guests/m2") == "guest_merged"
    assert history.refusal("merge_guests/m3") == "guest_merged"
    assert history.refusal("merge_guests/m4") == "unknown_reference"


def test_merged_and_parted_they_are_as_before_in_every_field():
    history = History(
        ANN,
        ANNA,
        invoice("i1", "ann", "200.00", "2026-03-02"),
        invoice("i2", "anna", "1000.00", "2026-03-03"),
        command("issue_reward/w1", "2026-03-04", guest="anna", amount="25.00"),
        merge("2026-03-05"),
        undo("2026-03-06"),
        until="2026-03-06",
        on=("2026-03-04", "2026-03-05"),
    )

    fields = (
        "tier",
        "tier_since",
        "enrolled_on",
        "spend",
        "points",
        "redeemable_points",
        "lots",
        "rewards",
        "reward_credit",
        "qualifying_sales",
    )
    merged = history.guest("ann", "tier", "points", "reward_credit", on="2026-03-05")
    assert merged == ("gold", 440, "25.00")
    for ref in ("ann", "anna"):
        before = history.guest(ref, *fields, on="2026-03-04")
        assert history.guest(ref, *fields) == before


def test_points_spent_before_the_merge_come_back_to_the_survivor():
    history = History(
        ANN,
        ANNA,
        invoice("i1", "anna", "200.00", "2026-03-02"),
        open_invoice("i2", "anna", "50.00", "2026-03-03"),
        command("redeem_points/r1", "2026-03-03", guest="anna", invoice="i2", points=130),
        merge("2026-03-04"),
        command("undo_redeem_points/b1", "2026-03-05", redemption="r1"),
        undo("2026-03-06"),
        until="2026-03-06",
        on=("2026-03-04", "2026-03-05"),
    )

    # 40 + 100; 130 spent: 40 of the first lot and 90 of the welcome
    assert history.lots("ann", on="2026-03-04") == [(10, "2027-03-02")]
    assert history.lots("ann", on="2026-03-05") == [(40, "2027-03-02"), (100, "2027-03-02")]
    # what came back is no less undoable, and goes where it came from
    assert history.guest("ann", "points") == 0
    assert history.lots("anna") == [(40, "2027-03-02"), (100, "2027-03-02")]


def test_a_redemption_taken_back_after_the_parting_finds_its_own_lots():
    history = History(
        ANN,
        ANNA,
        invoice("i1", "anna", "200.00", "2026-03-02"),
        open_invoice("i2", "anna", "50.00", "2026-03-03"),
        command("redeem_points/r1", "2026-03-03", guest="anna", invoice="i2", points=130),
        invoice("i3", "ann", "200.00", "2026-03-03"),
        merge("2026-03-04"),
        undo("2026-03-05"),
        command("undo_redeem_points/b1", "2026-03-06", redemption="r1"),
        until="2026-03-06",
    )

    assert history.guest("anna", "points") == 140
    assert history.guest("ann", "points") == 140


def test_what_expired_before_the_merge_is_not_taken_back_after_it():
    history = History(
        program(tiers=[tier_of_days(30)]),
        ANN,
        ANNA,
        invoice("i0", "ann", "200.00", "2026-03-02"),
        invoice("i1", "anna", "200.00", "2026-03-02"),
        merge("2026-04-10"),
        refunded(invoice("i1", "anna", "200.00", "2026-03-02"), "2026-04-11", "200.00"),
        until="2026-04-11",
    )

    assert history.guest("ann", "points") == 0


def tier_of_days(days: int):
    accruals = {"amount_spent": {"points": 20, "per": "100.00"}}
    return {
        "id": "member",
        "name": "Member",
        "minimum_spend": "0.00",
        "validity_days": 90,
        "points_expire_after_days": days,
        "accruals": accruals,
    }


def held_by_anna(*then: dict[str, object], until: str):
    return History(
        ANN,
        ANNA,
        invoice("i1", "anna", "200.00", "2026-03-02"),
        open_invoice("i2", "anna", "50.00", "2026-03-03"),
        command(
            "hold/h1", "2026-03-03", guest="anna", invoice="i2", points=50, until="2026-04-01"
        ),
        merge("2026-03-04"),
        *then,
        until=until,
        on=("2026-03-04",),
    )


def test_a_hold_moves_with_its_lots():
    history = held_by_anna(
        command("capture_hold/k1", "2026-03-05", hold="h1", invoice="i2"), until="2026-03-05"
    )

    assert history.guest("ann", "points", "redeemable_points", on="2026-03-04") == (140, 90)
    assert history.answer("capture_hold/k1")["status"] == "applied"
    assert history.guest("ann", "points", "redeemable_points") == (90, 90)


def test_a_hold_goes_back_with_its_lots():
    history = held_by_anna(
        undo("2026-03-05"),
        command("capture_hold/k1", "2026-03-06", hold="h1", invoice="i2"),
        until="2026-03-06",
    )

    assert history.guest("ann", "points", "redeemable_points") == (0, 0)
    assert history.guest("anna", "points", "redeemable_points") == (90, 90)


def test_a_debt_moves_and_goes_back():
    voided = invoice("i1", "anna", "200.00", "2026-03-02", status="void") | {"at": "2026-03-04"}
    history = History(
        ANN,
        ANNA,
        invoice("i1", "anna", "200.00", "2026-03-02"),
        command("remove_points/d1", "2026-03-03", guest="anna", points=140),
        voided,
        invoice("i2", "ann", "100.00", "2026-03-04"),
        merge("2026-03-05"),
        undo("2026-03-06"),
        until="2026-03-06",
        on=("2026-03-04", "2026-03-05"),
    )

    assert history.guest("anna", "points", on="2026-03-04") == -40
    assert history.guest("ann", "points", on="2026-03-05") == 80
    assert (history.guest("anna", "points"), history.guest("ann", "points")) == (-40, 120)


def test_facts_that_came_after_go_back_with_what_they_earned():
    history = History(
        ANN,
        ANNA,
        invoice("i1", "ann", "100.00", "2026-03-02"),
        merge("2026-03-03"),
        invoice("i2", "anna", "500.00", "2026-03-04"),
        undo("2026-03-05"),
        refunded(invoice("i2", "anna", "500.00", "2026-03-04"), "2026-03-06", "500.00"),
        until="2026-03-06",
        on=("2026-03-04", "2026-03-05"),
    )

    assert history.guest("ann", "points", "spend", on="2026-03-04") == (220, "600.00")
    assert history.guest("ann", "points", "spend", on="2026-03-05") == (120, "100.00")
    assert history.guest("anna", "points", "spend", on="2026-03-05") == (100, "500.00")
    assert history.guest("anna", "points") == 0
    assert history.guest("ann", "points") == 120


def test_a_survivor_that_moved_up_since_stays_there():
    history = History(
        ANN,
        ANNA,
        invoice("i1", "ann", "100.00", "2026-03-02"),
        invoice("i2", "anna", "800.00", "2026-03-02"),
        merge("2026-03-03"),
        invoice("i3", "ann", "100.00", "2026-03-04"),
        undo("2026-03-05"),
        until="2026-03-05",
    )

    assert history.guest("ann", "tier", "spend") == ("gold", "200.00")
    assert history.guest("anna", "tier", "spend") == ("silver", "800.00")


def test_value_on_an_invoice_about_to_go_back_is_taken_off_first():
    history = History(
        ANN,
        ANNA,
        invoice("i1", "ann", "100.00", "2026-03-02"),
        merge("2026-03-03"),
        open_invoice("i2", "anna", "5.00", "2026-03-04"),
        command("redeem_points/r1", "2026-03-04", guest="ann", invoice="i2", points=20),
        undo("2026-03-05"),
        command("undo_redeem_points/b1", "2026-03-06", redemption="r1"),
        undo("2026-03-07", "u2"),
        undo("2026-03-07", "u3"),
        until="2026-03-07",
    )

    assert history.refusal("undo_merge/u1") == "not_undoable"
    assert "invoice i2" in history.answer("undo_merge/u1")["message"]
    assert history.answer("undo_merge/u2")["status"] == "applied"
    assert history.refusal("undo_merge/u3") == "not_undoable"
    assert history.guest("ann", "points") == 120


def test_a_reward_redeemed_since_keeps_the_merge():
    history = History(
        ANN,
        ANNA,
        command("issue_reward/w1", "2026-03-02", guest="anna", amount="25.00"),
        merge("2026-03-03"),
        open_invoice("i1", "ann", "100.00", "2026-03-04"),
        command("redeem_reward/x1", "2026-03-04", reward="w1", invoice="i1"),
        undo("2026-03-05"),
        command("undo_redeem_reward/x2", "2026-03-06", reward="w1", invoice="i1"),
        undo("2026-03-07", "u2"),
        until="2026-03-07",
    )

    assert history.refusal("undo_merge/u1") == "not_undoable"
    assert history.answer("undo_merge/u2")["status"] == "applied"
    assert history.guest("anna", "reward_credit") == "25.00"
    assert history.guest("ann", "reward_credit", "rewards") == ("0.00", [])


def test_a_reward_used_before_the_merge_comes_back_to_the_survivor():
    history = History(
        ANN,
        ANNA,
        command("issue_reward/w1", "2026-03-02", guest="anna", amount="25.00"),
        open_invoice("i1", "anna", "10.00", "2026-03-02"),
        command("redeem_reward/x1", "2026-03-02", reward="w1", invoice="i1"),
        merge("2026-03-03"),
        command("undo_redeem_reward/x2", "2026-03-04", reward="w1", invoice="i1"),
        until="2026-03-04",
        on=("2026-03-03",),
    )

    assert history.guest("ann", "reward_credit", on="2026-03-03") == "15.00"
    assert history.guest("ann", "reward_credit") == "25.00"


def test_a_survivor_merged_on_is_parted_in_the_reverse_order():
    history = History(
        ANN,
        ANNA,
        guest("bea"),
        invoice("i1", "anna", "100.00", "2026-03-02"),
        invoice("i2", "ann", "200.00", "2026-03-02"),
        merge("2026-03-03", "m1"),
        merge("2026-03-04", "m2", **{"from": "ann", "into": "bea"}),
        invoice("i3", "anna", "100.00", "2026-03-05"),
        undo("2026-03-06", "u1", of="m1"),
        undo("2026-03-07", "u2", of="m2"),
        undo("2026-03-08", "u3", of="m1"),
        until="2026-03-08",
        on=("2026-03-05", "2026-03-07"),
    )

    assert history.guest("bea", "points", "spend", on="2026-03-05") == (280, "400.00")
    assert history.refusal("undo_merge/u1") == "not_undoable"
    assert history.guest("ann", "points", "spend", on="2026-03-07") == (280, "400.00")
    assert history.guest("bea", "points", "tier") == (0, None)
    assert history.guest("ann", "points", "spend") == (140, "200.00")
    assert history.guest("anna", "points", "spend") == (140, "200.00")


def test_a_referrer_is_not_paid_for_the_same_person_twice():
    history = History(
        guest("bea"),
        invoice("b1", "bea", "100.00", "2026-02-01"),
        guest("ann"),
        guest("anna", referred_by="bea"),
        invoice("i1", "anna", "50.00", "2026-03-02"),
        merge("2026-03-03"),
        invoice("i2", "ann", "50.00", "2026-03-04"),
        undo("2026-03-05"),
        invoice("i3", "anna", "50.00", "2026-03-06"),
        invoice("i4", "ann", "50.00", "2026-03-06"),
        until="2026-03-06",
        on=("2026-03-04",),
    )

    # 20 + 100 + 200 for Anna's first visit
    assert history.guest("bea", "points", on="2026-03-04") == 320
    assert history.guest("bea", "points") == 320


def test_who_the_merged_guest_referred_is_the_survivors():
    history = History(
        ANN,
        ANNA,
        guest("bea", referred_by="anna"),
        invoice("i1", "ann", "100.00", "2026-03-02"),
        merge("2026-03-03"),
        invoice("i2", "bea", "50.00", "2026-03-04"),
        undo("2026-03-05"),
        until="2026-03-05",
        on=("2026-03-04",),
    )

    assert history.guest("ann", "points", on="2026-03-04") == 320
    # Bea was Anna's: what she brought goes back with her
    assert history.guest("ann", "points") == 120
    assert history.guest("anna", "points") == 200


def test_a_waiting_signup_counts_for_the_survivor_once():
    history = History(
        ANN,
        guest("anna", signup={"channel": "webstore", "at": "2026-02-01"}, at="2026-02-01"),
        invoice("i1", "ann", "100.00", "2026-03-02"),
        merge("2026-03-03"),
        invoice("i2", "ann", "10.00", "2026-03-04"),
        until="2026-03-04",
        on=("2026-03-03",),
    )

    assert history.guest("ann", "points", on="2026-03-03") == 170
    assert history.guest("ann", "points") == 172


def test_a_bonus_paid_to_one_is_not_paid_to_the_other_after_all():
    history = History(
        program(qualification_period_months=1),
        ANN,
        ANNA,
        invoice("i1", "anna", "1000.00", "2026-01-05"),
        invoice("i2", "ann", "100.00", "2026-03-02"),
        merge("2026-03-03"),
        invoice("i3", "ann", "1000.00", "2026-03-04"),
        until="2026-03-04",
    )

    assert history.guest("ann", "tier") == "gold"
    welcomes = [
        entry for entry in history.guest("ann", "entries") if entry["action"] == "welcome_bonus"
    ]
    assert [entry["source"] for entry in welcomes] == ["tier/silver"]


def test_merged_again_after_a_parting():
    history = History(
        ANN,
        ANNA,
        invoice("i1", "anna", "100.00", "2026-03-02"),
        merge("2026-03-03", "m1"),
        undo("2026-03-04", "u1", of="m1"),
        merge("2026-03-05", "m2"),
        undo("2026-03-06", "u2", of="m2"),
        merge("2026-03-07", "m3", **{"from": "ann", "into": "anna"}),
        until="2026-03-07",
    )

    assert history.guest("anna", "points", "tier") == (120, "silver")
    assert history.guest("ann", "points", "tier") == (0, None)
