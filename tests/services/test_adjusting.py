"""Points by hand, at once or with a second yes (rule 9.2)."""

import pytest

from tests.services.short_histories import History, command, guest, invoice, program

pytestmark = pytest.mark.usefixtures("sqlite_database")

JOINED = (guest("ann"), invoice("i1", "ann", "100.00", "2026-03-02"))
"""Ann in Silver: 20 points and 100 of welcome, good until 2 March 2027."""


def test_the_limit_stops_what_is_above_it_until_somebody_else_agrees():
    history = History(
        program(approval_above_points=50),
        *JOINED,
        command("add_points/a1", "2026-03-03", "maria", guest="ann", points=51),
        command("approve/p1", "2026-03-04", "maria", request="add_points/a1"),
        command("approve/p2", "2026-03-05", "olga", request="add_points/a1"),
        command("approve/p3", "2026-03-06", "olga", request="add_points/a1"),
        command("reject/p4", "2026-03-06T13:00", "olga", request="add_points/a1"),
        command("approve/p5", "2026-03-06T14:00", "olga", request="add_points/a9"),
        until="2026-03-06",
        on=("2026-03-04",),
    )

    asked = history.answer("add_points/a1")
    assert asked["status"] == "pending"
    assert asked["detail"] == {"request": "add_points/a1", "points": 51, "limit": 50}
    assert history.guest("ann", "points", on="2026-03-04") == 120
    assert history.refusal("approve/p1") == "not_permitted"
    # dated by the approval, its days counted from there; the source is what was asked for
    added = history.guest("ann", "entries")[-1]
    assert (added["date"], added["points"], added["source"]) == (
        "2026-03-05",
        51,
        "add_points/a1",
    )
    assert history.lots("ann")[-1] == (51, "2027-03-05")
    assert history.refusal("approve/p3") == "conflict"
    assert history.refusal("reject/p4") == "conflict"
    assert history.refusal("approve/p5") == "unknown_reference"


def test_two_without_a_name_are_not_two_persons():
    history = History(
        program(approval_above_points=0),
        *JOINED,
        command("add_points/a1", "2026-03-03", None, guest="ann", points=1),
        command("approve/p1", "2026-03-04", None, request="add_points/a1"),
        until="2026-03-04",
    )

    assert history.refusal("approve/p1") == "not_permitted"


def test_a_removal_is_looked_at_again_when_it_is_approved():
    history = History(
        program(approval_above_points=50),
        *JOINED,
        command("remove_points/d0", "2026-03-03", "maria", guest="ann", points=121),
        command("remove_points/d1", "2026-03-03T13:00", "maria", guest="ann", points=100),
        command("remove_points/d2", "2026-03-04", "maria", guest="ann", points=30),
        command("approve/p1", "2026-03-05", "olga", request="remove_points/d1"),
        command("add_points/a1", "2026-03-06", "maria", guest="ann", points=10),
        command("approve/p2", "2026-03-07", "olga", request="remove_points/d1"),
        until="2026-03-07",
        on=("2026-03-05",),
    )

    # what is impossible already does not wait for anybody
    assert history.refusal("remove_points/d0") == "insufficient_points"
    assert history.refusal("approve/p1") == "insufficient_points"
    assert history.guest("ann", "points", on="2026-03-05") == 90
    assert history.answer("approve/p2")["status"] == "applied"
    assert history.guest("ann", "points") == 0


def test_extending_counts_all_the_points_of_the_day_for_the_limit():
    history = History(
        program(approval_above_points=119),
        *JOINED,
        command(
            "extend_expiry/x1",
            "2026-03-03",
            "maria",
            guest="ann",
            from_expires_on="2027-03-02",
            to_expires_on="2027-12-31",
        ),
        command("approve/p1", "2026-03-04", "olga", request="extend_expiry/x1"),
        until="2026-03-04",
        on=("2026-03-03",),
    )

    assert history.answer("extend_expiry/x1")["status"] == "pending"
    before, after = history.lots("ann", on="2026-03-03"), history.lots("ann")
    assert before == [(20, "2027-03-02"), (100, "2027-03-02")]
    assert after == [(20, "2027-12-31"), (100, "2027-12-31")]


def test_added_points_clear_a_debt_first():
    voided = invoice("i1", "ann", "1000.00", "2026-03-02", status="void") | {"at": "2026-03-04"}
    history = History(
        guest("ann"),
        invoice("i1", "ann", "1000.00", "2026-03-02"),
        command("remove_points/d1", "2026-03-03", guest="ann", points=280),
        voided,
        command("remove_points/d2", "2026-03-04T13:00", guest="ann", points=1),
        command("add_points/a1", "2026-03-05", guest="ann", points=200, expires_on=None),
        until="2026-03-05",
        on=("2026-03-04",),
    )

    # 200 + 100 - 280 = 20 left of the welcome; 200 reversed: 180 owed
    assert history.guest("ann", "points", "lots", on="2026-03-04") == (-180, [])
    assert history.refusal("remove_points/d2") == "negative_balance"
    assert history.guest("ann", "points") == 20
    assert history.lots("ann") == [(20, None)]


def test_bad_days_are_refused_before_anything_else():
    days = {"from_expires_on": "2026-05-01", "to_expires_on": "2026-04-01"}
    history = History(
        *JOINED,
        command("add_points/a1", "2026-03-03", guest="zoe", points=1, expires_on="2026-03-02"),
        command("extend_expiry/x1", "2026-03-03T13:00", guest="zoe", **days),
        command(
            "extend_expiry/x2",
            "2026-03-03T14:00",
            guest="ann",
            from_expires_on="2026-05-01",
            to_expires_on="2026-06-01",
        ),
        command("add_points/a2", "2026-03-03T15:00", guest="zoe", points=1),
        until="2026-03-03",
    )

    assert history.refusal("add_points/a1") == "invalid_record"
    assert history.refusal("extend_expiry/x1") == "invalid_record"
    assert history.refusal("extend_expiry/x2") == "invalid_record"
    assert history.answer("extend_expiry/x2")["detail"]["expires_on"] == ["2027-03-02"]
    assert history.refusal("add_points/a2") == "unknown_reference"
