"""Points on invoices, taken back, and held (rule 7)."""

import pytest

from tests.services.short_histories import (
    SILVER,
    History,
    command,
    guest,
    invoice,
    open_invoice,
    program,
)

pytestmark = pytest.mark.usefixtures("sqlite_database")

JOINED = (
    guest("ann"),
    guest("bob"),
    invoice("i1", "ann", "100.00", "2026-03-02"),
    open_invoice("i2", "ann", "50.00", "2026-03-10"),
    open_invoice("b2", "bob", "50.00", "2026-03-10"),
)
"""Ann in Silver: 20 points and 100 of welcome, good until 2 March 2027."""


def redeem(ref: str, points: int, on: str = "i2", at: str = "2026-03-10T13:00") -> dict:
    return command(f"redeem_points/{ref}", at, guest="ann", invoice=on, points=points)


def hold(ref: str, at: str = "2026-03-10T13:00", **fields) -> dict:
    until = fields.pop("until", "2026-03-30T12:00")
    return command(f"hold/{ref}", at, guest="ann", until=until, **fields)


def capture(ref: str, of: str, on: str = "i2", at: str = "2026-03-11T10:00") -> dict:
    return command(f"capture_hold/{ref}", at, hold=of, invoice=on)


def test_an_invoice_of_another_guest_is_no_place_for_points():
    history = History(*JOINED, redeem("r1", 10, on="b2"), until="2026-03-10")

    assert history.refusal("redeem_points/r1") == "invalid_record"
    assert history.answer("redeem_points/r1")["detail"]["field"] == "guest"


def test_tender_debit_and_value():
    history = History(*JOINED, redeem("r1", 30), until="2026-03-10")

    assert history.answer("redeem_points/r1")["detail"] == {"points": 30, "value": "3.00"}
    assert history.invoice("i2")["points_paid"] == "3.00"
    assert history.invoice("i2")["due"] == "47.00"
    entry = history.guest("ann", "entries")[-1]
    assert (entry["kind"], entry["points"], entry["source"]) == (
        "redemption",
        -30,
        "redeem_points/r1",
    )


def test_what_a_refund_returned_is_not_returned_again_by_undoing():
    paid = open_invoice("i2", "ann", "50.00", "2026-03-10")
    paid["payments"] = [{"id": "p1", "tender": "card", "amount": "20.00", "at": "2026-03-10"}]
    refund = {"id": "r1", "payment": "p1", "amount": "5.00", "at": "2026-03-11"}
    history = History(
        *JOINED,
        redeem("r1", 120),
        paid | {"at": "2026-03-10T14:00"},
        paid | {"at": "2026-03-11", "refunds": [refund]},
        command("undo_redeem_points/u1", "2026-03-11T13:00", redemption="r1"),
        command("undo_redeem_points/u2", "2026-03-11T14:00", redemption="r1"),
        until="2026-03-11",
    )

    # a quarter of the money refunded: 30 of the 120; the undo returns the other 90
    returns = [one for one in history.guest("ann", "entries") if one["points"] in (30, 90)]
    assert [one["kind"] for one in returns] == ["redemption_return", "redemption_return"]
    assert history.answer("undo_redeem_points/u1")["detail"] == {"points": 90}
    assert history.refusal("undo_redeem_points/u2") == "not_undoable"
    assert history.invoice("i2")["points_paid"] == "0.00"


def test_no_invoice_takes_points_while_void_and_all_have_come_back():
    history = History(
        *JOINED,
        redeem("r1", 100),
        open_invoice("i2", "ann", "50.00", "2026-03-10")
        | {"status": "void", "at": "2026-03-11"},
        command("undo_redeem_points/u1", "2026-03-11T13:00", redemption="r1"),
        redeem("r2", 10, at="2026-03-11T14:00"),
        until="2026-03-11",
    )

    assert history.answer("undo_redeem_points/u1")["status"] == "refused"
    assert history.refusal("redeem_points/r2") == "invoice_not_open"
    assert history.guest("ann", "points", "redeemable_points") == (120, 120)


def test_a_program_without_a_value_names_the_setting():
    history = History(program(point_value=None), *JOINED, redeem("r1", 10), until="2026-03-10")

    assert history.refusal("redeem_points/r1") == "setting_conflict"
    assert history.answer("redeem_points/r1")["detail"]["field"] == "point_value"


def test_a_hold_for_someone_elses_booking_is_refused():
    booking = {
        "type": "appointment", "id": "ap1", "guest": "bob", "center": "soho", "channel": "desk",
        "booked_at": "2026-03-10T12:30", "starts_at": "2026-03-20T10:00", "status": "booked",
        "at": "2026-03-10T12:30",
    }  # fmt: skip
    history = History(
        *JOINED,
        booking,
        hold("h1", appointment="ap1", points=10),
        hold("h2", appointment="ap2", points=10),
        hold("h3", invoice="i2", rewards=["w9"]),
        until="2026-03-10",
    )

    assert history.refusal("hold/h1") == "invalid_record"
    assert history.refusal("hold/h2") == "unknown_reference"
    assert history.refusal("hold/h3") == "unknown_reference"


def test_captured_the_redemption_has_the_commands_id_and_can_be_undone():
    history = History(
        *JOINED,
        redeem("k9", 10),
        hold("h1", invoice="i2", points=60),
        hold("h2", invoice="i2", points=50),
        capture("k1", "h1"),
        command("undo_redeem_points/u1", "2026-03-11T11:00", redemption="k1"),
        capture("k9", "h2", at="2026-03-11T12:00"),
        capture("k2", "h2", at="2026-03-11T13:00"),
        until="2026-03-11",
        on=("2026-03-10",),
    )

    assert history.guest("ann", "points", "redeemable_points", on="2026-03-10") == (110, 0)
    assert history.answer("capture_hold/k1")["detail"] == {"points": 60, "rewards": "0.00"}
    assert history.answer("undo_redeem_points/u1")["status"] == "applied"
    # a redemption k9 is there already
    assert history.refusal("capture_hold/k9") == "conflict"
    assert history.answer("capture_hold/k2")["status"] == "applied"
    assert history.guest("ann", "points", "redeemable_points") == (60, 60)


def test_each_hold_takes_its_own_lots_though_others_lie_before_them():
    history = History(
        *JOINED,
        command(
            "add_points/a1", "2026-03-10T12:30", guest="ann", points=40, expires_on="2026-06-30"
        ),
        hold("h1", invoice="i2", points=40),
        hold("h2", invoice="i2", points=20),
        command("release_hold/l1", "2026-03-10T14:00", hold="h1"),
        capture("k2", "h2"),
        until="2026-03-11",
    )

    assert history.lots("ann") == [(40, "2026-06-30"), (100, "2027-03-02")]


def test_the_maxima_of_the_invoice_bind_a_capture_too():
    history = History(
        program(redemption={"maximum_points": 100}),
        *JOINED,
        hold("h1", invoice="i2", points=70),
        redeem("r1", 50),
        capture("k1", "h1"),
        until="2026-03-11",
    )

    assert history.answer("capture_hold/k1")["detail"] == {"points": 50, "rewards": "0.00"}
    assert history.guest("ann", "points", "redeemable_points") == (20, 20)


def test_a_capture_takes_none_of_the_invoices_own_points():
    own = open_invoice("i3", "ann", "100.00", "2026-03-03")
    own["payments"] = [{"id": "p1", "tender": "card", "amount": "50.00", "at": "2026-03-03"}]
    history = History(
        *JOINED[:2],
        own,
        guest("bob"),
        program(tiers=[SILVER | {"minimum_spend": "0.00"}]),
        command("add_points/a1", "2026-03-10", guest="ann", points=5, expires_on=None),
        open_invoice("i2", "ann", "50.00", "2026-03-10"),
        hold("h1", invoice="i2", points=115),
        capture("k1", "h1", on="i3"),
        until="2026-03-11",
    )

    # 10 of i3 itself, 100 of welcome and 5 by hand
    assert history.answer("capture_hold/k1")["detail"]["points"] == 105
    assert history.lots("ann") == [(10, "2027-03-03")]


def test_a_guest_fallen_into_a_stage_tier_captures_no_points():
    stage = SILVER | {"id": "stage", "name": "Stage", "minimum_spend": "0.00"}
    stage["allow_redemption"] = False
    history = History(
        program(tiers=[stage, SILVER | {"validity_days": 0}], qualification_period_months=1),
        *JOINED,
        hold("h1", invoice="i2", points=50, until="2026-06-30T12:00"),
        capture("k1", "h1", at="2026-05-05"),
        until="2026-05-05",
    )

    assert history.guest("ann", "tier") == "stage"
    assert history.refusal("capture_hold/k1") == "tier_disallows_redemption"
