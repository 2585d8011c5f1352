"""Commands as the contract's section 3 writes them."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec import UNSET

from regulars.services.formats import commands as c
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.parsing import Reader
from regulars.services.formats.reading_commands import COMMANDS
from tests.services.formats.reading import COMMAND, lumen, read, refusal

AT = datetime(2026, 3, 3, 15, tzinfo=UTC)
GIVEN: dict[str, Any] = {"id": "x1", "at": AT, "by": "owner"}

SENT_AND_READ = [
    (
        {"type": "enroll", "guest": "ann", "tier": "highest", "comment": "VIP"},
        c.Enroll(**GIVEN, guest="ann", tier="highest", comment="VIP"),
    ),
    ({"type": "cancel_enrollment", "guest": "ann"}, c.CancelEnrollment(**GIVEN, guest="ann")),
    (
        {"type": "set_opt_in", "guest": "ann", "loyalty_opt_in": True},
        c.SetOptIn(**GIVEN, guest="ann", loyalty_opt_in=True),
    ),
    (
        {"type": "add_points", "guest": "ann", "points": 50},
        c.AddPoints(**GIVEN, guest="ann", points=50, expires_on=UNSET),
    ),
    (
        {"type": "add_points", "guest": "ann", "points": 50, "expires_on": None},
        c.AddPoints(**GIVEN, guest="ann", points=50, expires_on=None),
    ),
    (
        {
            "type": "remove_points",
            "guest": "ann",
            "points": 5,
            "expires_on": "2026-06-30",
            "reason": "correction",
            "comment": "typed twice",
        },
        c.RemovePoints(
            **GIVEN,
            guest="ann",
            points=5,
            expires_on=date(2026, 6, 30),
            reason="correction",
            comment="typed twice",
        ),
    ),
    (
        {"type": "opening_balance", "guest": "ann", "points": 50, "earned_on": "2026-01-02"},
        c.OpeningBalance(**GIVEN, guest="ann", points=50, earned_on=date(2026, 1, 2)),
    ),
    (
        {"type": "approve", "request": "add_points/m1"},
        c.Approve(**GIVEN, request="add_points/m1"),
    ),
    (
        {"type": "reject", "request": "add_points/m1"},
        c.Reject(**GIVEN, request="add_points/m1"),
    ),
    (
        {
            "type": "extend_expiry",
            "guest": "ann",
            "from_expires_on": "2026-04-30",
            "to_expires_on": "2026-06-30",
        },
        c.ExtendExpiry(
            **GIVEN,
            guest="ann",
            from_expires_on=date(2026, 4, 30),
            to_expires_on=date(2026, 6, 30),
        ),
    ),
    (
        {
            "type": "hold",
            "guest": "ann",
            "invoice": "i1",
            "points": 200,
            "until": "2026-03-20T12:00",
        },
        c.Hold(
            **GIVEN,
            guest="ann",
            invoice="i1",
            points=200,
            until=datetime(2026, 3, 20, 16, tzinfo=UTC),
        ),
    ),
    (
        {
            "type": "hold",
            "guest": "ann",
            "appointment": "ap1",
            "rewards": ["w1"],
            "until": "2026-03-20",
        },
        c.Hold(
            **GIVEN,
            guest="ann",
            appointment="ap1",
            rewards=("w1",),
            until=datetime(2026, 3, 20, 16, tzinfo=UTC),
        ),
    ),
    ({"type": "release_hold", "hold": "h1"}, c.ReleaseHold(**GIVEN, hold="h1")),
    (
        {"type": "capture_hold", "hold": "h1", "invoice": "i1"},
        c.CaptureHold(**GIVEN, hold="h1", invoice="i1"),
    ),
    (
        {
            "type": "redeem_points",
            "guest": "ann",
            "invoice": "i1",
            "points": 100,
            "tier": "gold",
        },
        c.RedeemPoints(**GIVEN, guest="ann", invoice="i1", points=100, tier="gold"),
    ),
    (
        {"type": "undo_redeem_points", "redemption": "rd1"},
        c.UndoRedeemPoints(**GIVEN, redemption="rd1"),
    ),
    (
        {"type": "issue_reward", "guest": "ann", "amount": "25.00", "note": "thanks"},
        c.IssueReward(**GIVEN, guest="ann", amount_cents=2_500, note="thanks"),
    ),
    (
        {"type": "edit_reward", "reward": "w1", "amount": "45.00"},
        c.EditReward(**GIVEN, reward="w1", amount_cents=4_500, expires_on=UNSET, note=UNSET),
    ),
    (
        {"type": "edit_reward", "reward": "w1", "expires_on": None},
        c.EditReward(**GIVEN, reward="w1", expires_on=None),
    ),
    (
        {"type": "void_reward", "reward": "w2", "reason": "issued twice"},
        c.VoidReward(**GIVEN, reward="w2", reason="issued twice"),
    ),
    (
        {"type": "redeem_reward", "reward": "w1", "invoice": "i1"},
        c.RedeemReward(**GIVEN, reward="w1", invoice="i1"),
    ),
    (
        {"type": "undo_redeem_reward", "reward": "w1", "invoice": "i1"},
        c.UndoRedeemReward(**GIVEN, reward="w1", invoice="i1"),
    ),
    (
        {
            "type": "process_rewards",
            "threshold": "500.00",
            "amount": "25.00",
            "expires_on": None,
        },
        c.ProcessRewards(**GIVEN, threshold_cents=50_000, amount_cents=2_500),
    ),
    (
        {
            "type": "process_rewards",
            "threshold": "500",
            "amount": "25",
            "guests": ["ann", "bob"],
        },
        c.ProcessRewards(
            **GIVEN, threshold_cents=50_000, amount_cents=2_500, guests=("ann", "bob")
        ),
    ),
    (
        {"type": "undo_process_rewards", "run": "run1"},
        c.UndoProcessRewards(**GIVEN, run="run1"),
    ),
    (
        {"type": "merge_guests", "from": "anna", "into": "ann"},
        c.MergeGuests(**GIVEN, from_guest="anna", into_guest="ann"),
    ),
    ({"type": "undo_merge", "merge": "g1"}, c.UndoMerge(**GIVEN, merge="g1")),
]


@pytest.mark.parametrize(("sent", "command"), SENT_AND_READ)
def test_a_command(sent: dict[str, Any], command: c.Command) -> None:
    record = read(sent | {"id": "x1"} | COMMAND)

    assert record.body == command
    assert type(record.body) is type(command)
    assert record.name == f"{sent['type']}/x1"
    assert (record.at, record.known_on, record.by) == (AT, date(2026, 3, 3), "owner")


def test_every_command_is_tried_above() -> None:
    assert {sent["type"] for sent, _ in SENT_AND_READ} == set(COMMANDS)


def test_a_command_is_told_apart_by_what_it_says_and_who_says_it() -> None:
    sent = {"type": "undo_merge", "id": "u1", "merge": "g1"} | COMMAND

    assert read(sent | {"at": "2026-03-09"}).canonical == read(sent).canonical
    assert read(sent | {"by": "clerk"}).canonical != read(sent).canonical
    assert read(sent | {"merge": "g2"}).canonical != read(sent).canonical


def test_its_time_is_that_of_the_invoice_or_appointment_it_names() -> None:
    west = ZoneInfo("America/Los_Angeles")
    context = ReadingContext(
        find_invoice_zone={"i9": west}.get, find_appointment_zone={"ap9": west}.get
    )
    context.set_organization("USD", "America/New_York")
    reader = Reader(context)
    sent = {
        "type": "redeem_points",
        "id": "x",
        "guest": "ann",
        "points": 5,
        "at": "2026-03-02T23:00",
    }

    there = read(sent | {"invoice": "i9"}, reader)
    assert there.at == datetime(2026, 3, 3, 7, tzinfo=UTC)
    assert there.known_on == date(2026, 3, 2)
    unknown = read(sent | {"invoice": "i1"}, reader)
    assert unknown.at == datetime(2026, 3, 3, 4, tzinfo=UTC)
    hold = {"type": "hold", "id": "h", "guest": "ann", "appointment": "ap9", "points": 5}
    held = read(hold | {"at": "2026-03-02T23:00", "until": "2026-03-03T00:00"}, reader)
    assert held.body.until == datetime(2026, 3, 3, 8, tzinfo=UTC)


HOLD = {"type": "hold", "guest": "ann", "invoice": "i1", "points": 5, "until": "2026-03-20"}
EXTEND = {"type": "extend_expiry", "guest": "ann", "from_expires_on": "2026-04-30"}
RUN = {"type": "process_rewards", "threshold": "500.00", "amount": "25.00"}


@pytest.mark.parametrize(
    ("sent", "field", "value"),
    [
        ({"type": "enroll", "guest": "ann", "tier": "gold"}, "tier", "gold"),
        ({"type": "enroll"}, "guest", None),
        ({"type": "enroll", "guest": "ann", "amount": "5"}, "amount", "5"),
        (
            {"type": "set_opt_in", "guest": "ann", "loyalty_opt_in": "yes"},
            "loyalty_opt_in",
            "yes",
        ),
        ({"type": "add_points", "guest": "ann", "points": 0}, "points", 0),
        ({"type": "add_points", "guest": "ann", "points": -5}, "points", -5),
        ({"type": "add_points", "guest": "ann", "points": True}, "points", True),
        ({"type": "add_points", "guest": "ann", "points": 1.5}, "points", 1.5),
        ({"type": "add_points", "guest": "ann", "points": 10**12 + 1}, "points", 10**12 + 1),
        (
            {"type": "add_points", "guest": "ann", "points": 5, "expires_on": "2026-02-30"},
            "expires_on",
            "2026-02-30",
        ),
        (HOLD | {"appointment": "ap1"}, "invoice", "i1"),
        (HOLD | {"invoice": None}, "invoice", None),
        (HOLD | {"points": None}, "points", None),
        (HOLD | {"rewards": ["w1", "w1"]}, "rewards", ["w1", "w1"]),
        (HOLD | {"until": "2026-03-03T10:00"}, "until", "2026-03-03T15:00:00+00:00"),
        (HOLD | {"until": 5}, "until", 5),
        (HOLD | {"until": "soon"}, "until", "soon"),
        (EXTEND | {"to_expires_on": "2026-04-30"}, "to_expires_on", "2026-04-30"),
        ({"type": "issue_reward", "guest": "ann", "amount": "0.00"}, "amount", "0.00"),
        ({"type": "issue_reward", "guest": "ann", "amount": 25}, "amount", 25),
        ({"type": "issue_reward", "guest": "ann", "amount": "-1"}, "amount", "-1"),
        ({"type": "edit_reward", "reward": "w1"}, "amount", None),
        (RUN | {"threshold": "0"}, "threshold", "0"),
        (RUN | {"guests": ["ann", "ann"]}, "guests", ["ann", "ann"]),
        (RUN | {"guests": ["ann", ""]}, "guests.1", ""),
        ({"type": "merge_guests", "from": "ann", "into": "ann"}, "into", "ann"),
        ({"type": "merge_guests", "from_guest": "ann", "into": "bob"}, "from_guest", "ann"),
        ({"type": "undo_merge", "merge": "g1", "at": 5}, "at", 5),
        ({"type": "undo_merge", "merge": "g1", "at": "2026-13-01"}, "at", "2026-13-01"),
        ({"type": "undo_merge", "merge": "g1", "at": None}, "at", None),
    ],
)
def test_a_bad_command(sent: dict[str, Any], field: str, value: object) -> None:
    refused = refusal({"id": "x1"} | COMMAND | sent, lumen())

    assert (refused.code, refused.field, refused.value) == ("invalid_record", field, value)
    assert field in refused.message
