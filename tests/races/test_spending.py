"""Many tills, one value: it is spent exactly once, and everyone gets a definite answer."""

from collections import Counter

import pytest

from regulars.records import models
from tests.races.desk import Desk
from tests.services.short_histories import (
    START,
    Fact,
    command,
    guest,
    invoice,
    open_invoice,
    program,
)

pytestmark = pytest.mark.usefixtures("each_database")

DAY = "2026-02-02"
WORKERS = 64


def desk(*more: Fact, points: int = 1000, bills: int = 1, **settings: object) -> Desk:
    """Ann in Silver with some points by hand, and open bills to spend them on."""
    known = [
        *START,
        program(**settings),
        guest("ann"),
        guest("bea"),
        invoice("first", "ann", "500.00", "2026-01-05"),
        command("add_points/gift", "2026-01-10", guest="ann", points=points, expires_on=None),
        command("remove_points/earned", "2026-01-10", guest="ann", points=200),
        *(open_invoice(f"bill{n}", "ann", "300.00", "2026-01-20") for n in range(bills)),
    ]
    return Desk(*known, *more, closed="2026-02-01")


def redeem(name: str, points: int, bill: str = "bill0") -> Fact:
    fields = {"guest": "ann", "invoice": bill, "points": points}
    return command(f"redeem_points/{name}", f"{DAY}T12:00", **fields)


def test_sixty_four_workers_spend_one_balance_exactly_once():
    till = desk()
    acts = [till.command(redeem(f"r{n}", 100)) for n in range(WORKERS)]
    assert till.race(acts) == {"applied": 10, "insufficient_points": WORKERS - 10}
    assert till.points("ann") == 0
    assert len(till.rows(models.Redemption)) == 10


def test_all_of_it_on_sixty_four_bills():
    till = desk(bills=WORKERS)
    acts = [till.command(redeem(f"r{n}", 1000, f"bill{n}")) for n in range(WORKERS)]
    assert till.race(acts) == {"applied": 1, "insufficient_points": WORKERS - 1}
    assert till.points("ann") == 0


def test_a_bill_is_not_paid_twice():
    till = desk(points=9000)
    acts = [till.command(redeem(f"r{n}", 1000)) for n in range(16)]
    assert till.race(acts) == {"applied": 3, "exceeds_amount_due": 13}
    [paid] = [one for one in till.rows(models.Invoice) if one.external_id == "bill0"]
    assert paid.points_paid_cents == 300_00


def test_redeeming_and_undoing():
    spent = [redeem(f"r{n}", 100) | {"at": "2026-02-01T12:00"} for n in range(8)]
    till = desk(*spent)
    undo = [
        command(f"undo_redeem_points/u{n}-{again}", f"{DAY}T12:00", redemption=f"r{n}")
        for n in range(8)
        for again in range(3)
    ]
    acts = [till.command(one) for one in undo]
    acts += [till.command(redeem(f"s{n}", 500)) for n in range(6)]
    answers = till.race(acts)
    assert answers["applied"] in (8, 9, 10)
    assert answers["not_undoable"] == 16
    redeemed = sum(one.state == "standing" for one in till.rows(models.Redemption))
    assert till.points("ann") == 1000 - 500 * redeemed


def test_thirty_two_tills_and_one_reward():
    issued = command("issue_reward/r1", "2026-02-01", guest="ann", amount="25.00")
    till = desk(issued, bills=32)
    acts = [
        till.command(
            command(f"redeem_reward/t{n}", f"{DAY}T12:00", reward="r1", invoice=f"bill{n}")
        )
        for n in range(32)
    ]
    assert till.race(acts) == {"applied": 1, "reward_not_redeemable": 31}
    paid = [one.rewards_paid_cents for one in till.rows(models.Invoice)]
    assert Counter(paid)[25_00] == 1
    assert sum(paid) == 25_00


def hold(name: str, points: int, *rewards: str) -> Fact:
    until = "2026-03-01T12:00"
    fields = {"guest": "ann", "invoice": "bill0", "until": until, "points": points}
    return command(f"hold/{name}", "2026-02-01T12:00", rewards=list(rewards), **fields)


def test_a_hold_is_captured_or_released():
    issued = command("issue_reward/r1", "2026-02-01", guest="ann", amount="25.00")
    till = desk(issued, hold("h1", 600, "r1"))
    acts = [
        till.command(command(f"capture_hold/c{n}", f"{DAY}T12:00", hold="h1", invoice="bill0"))
        for n in range(8)
    ]
    acts += [
        till.command(command(f"release_hold/l{n}", f"{DAY}T12:00", hold="h1")) for n in range(8)
    ]
    assert till.race(acts) == {"applied": 1, "hold_not_open": 15}
    [held] = till.rows(models.Hold)
    assert till.points("ann") == (400 if held.state == "captured" else 1000)
    [reward] = till.rows(models.Reward, external_id="r1")
    assert reward.state == ("redeemed" if held.state == "captured" else "issued")


def test_held_points_are_not_spent_beside():
    till = desk(points=1000)
    acts = [
        till.command(hold(f"h{n}", 100) | {"at": f"{DAY}T12:00", "rewards": []})
        for n in range(16)
    ]
    acts += [till.command(redeem(f"r{n}", 100)) for n in range(16)]
    assert till.race(acts) == {"applied": 10, "insufficient_points": 22}
    held = 100 * len(till.rows(models.Hold))
    assert till.points("ann") == held
    assert sum(lot.held_points for lot in till.rows(models.Lot)) == held


@pytest.mark.parametrize("timing", ["day_close", "immediate"])
def test_a_refund_against_redemptions(timing):
    """2000 points of a refunded invoice: 1000 by hand are left, less what was spent."""
    bought = invoice("bought", "ann", "10000.00", "2026-01-15")
    till = desk(bought, award_timing=timing)
    before = till.points("ann")
    refund = {"id": "f1", "payment": "p1", "amount": "10000.00", "at": f"{DAY}T11:00"}
    acts = [till.facts(bought | {"at": f"{DAY}T11:00", "refunds": [refund]})]
    acts += [till.command(redeem(f"r{n}", 700)) for n in range(6)]
    answers = till.race(acts)
    till.at_once([till.close(DAY)])
    redeemed = len(till.rows(models.Redemption))
    assert answers["applied"] == 1 + redeemed
    assert till.points("ann") == before - 2000 - 700 * redeemed
    refused = {"insufficient_points", "negative_balance", "exceeds_amount_due"}
    assert set(answers) - {"applied"} <= refused


def test_points_taken_away_while_they_are_spent():
    till = desk()
    acts = [till.command(redeem(f"r{n}", 100)) for n in range(12)]
    acts += [
        till.command(command(f"remove_points/m{n}", f"{DAY}T12:00", guest="ann", points=100))
        for n in range(12)
    ]
    assert till.race(acts)["applied"] == 10
    assert till.points("ann") == 0


def test_a_run_consumes_sales_once():
    vip = {"type": "status", "id": "vip", "name": "VIP", "at": "2026-01-01"}
    till = desk(
        vip | {"include_in_loyalty_rewards": True},
        guest("ann", status="vip", at="2026-01-12"),
    )
    runs = [
        till.command(
            command(
                f"process_rewards/run{n}", f"{DAY}T12:00", threshold="100.00", amount="5.00"
            )
        )
        for n in range(6)
    ]
    assert till.race(runs) == {"applied": 6}
    assert len(till.rows(models.Reward)) == 5
    [account] = till.rows(models.Account, guest__external_id="ann")
    assert account.consumed_cents == 500_00


def test_an_approval_acts_once():
    asked = command("add_points/big", "2026-02-01", guest="ann", points=500, by="till")
    strict = program("2026-02-02", at="2026-02-01", approval_above_points=100)
    till = desk(strict)
    till.at_once([till.command(asked | {"at": f"{DAY}T10:00"})])
    acts = [
        till.command(command(f"approve/a{n}", f"{DAY}T12:00", request="add_points/big"))
        for n in range(6)
    ]
    acts += [
        till.command(command(f"reject/b{n}", f"{DAY}T12:00", request="add_points/big"))
        for n in range(6)
    ]
    assert till.race(acts) == {"applied": 1, "conflict": 11}
    assert till.points("ann") in (1000, 1500)


def test_two_guests_merged_into_each_other():
    till = desk(command("add_points/other", "2026-01-12", guest="bea", points=70))
    pairs = [("ann", "bea"), ("bea", "ann")] * 4
    acts = [
        till.command(
            command(f"merge_guests/m{n}", f"{DAY}T12:00", **{"from": one, "into": other})
        )
        for n, (one, other) in enumerate(pairs)
    ]
    acts += [till.command(redeem(f"r{n}", 100)) for n in range(8)]
    answers = till.race(acts)
    assert answers["applied"] >= 1
    assert len(till.rows(models.Merge)) == 1
    spent = 100 * len(till.rows(models.Redemption))
    assert till.points("ann") + till.points("bea") == 1070 - spent
