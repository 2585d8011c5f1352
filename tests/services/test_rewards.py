"""Money rewards by hand, on invoices and held (rules 10.6 to 10.10)."""

import pytest

from regulars.records.scope import organization_scope
from regulars.services import rewards
from regulars.services.organizations import find_organization
from tests.services.short_histories import (
    History,
    command,
    guest,
    invoice,
    open_invoice,
    program,
)

pytestmark = pytest.mark.usefixtures("sqlite_database")

CLIENT = {
    "type": "status",
    "id": "client",
    "name": "Client",
    "include_in_loyalty_rewards": True,
    "at": "2026-01-01",
}
GUESTS = (CLIENT, guest("ann", status="client"), guest("bob"))


def issue(ref: str, amount: str = "100.00", at: str = "2026-03-01", **fields) -> dict:
    return command(f"issue_reward/{ref}", at, guest="ann", amount=amount, **fields)


def redeem(ref: str, reward: str, on: str, at: str = "2026-03-03T13:00") -> dict:
    return command(f"redeem_reward/{ref}", at, reward=reward, invoice=on)


def untick(ref: str, reward: str, on: str, at: str = "2026-03-04T13:00") -> dict:
    return command(f"undo_redeem_reward/{ref}", at, reward=reward, invoice=on)


def bill(ref: str, amount: str = "60.00", of: str = "ann") -> dict:
    return open_invoice(ref, of, amount, "2026-03-03")


def void(ref: str, at: str = "2026-03-05", of: str = "ann") -> dict:
    return bill(ref, of=of) | {"status": "void", "at": at}


def listed(history: History, *fields: str, of: str = "ann") -> list[tuple]:
    return [tuple(one[field] for field in fields) for one in history.guest(of, "rewards")]


# -- by hand ----------------------------------------------------------------------------------


def test_staff_are_told_the_status_and_a_code_is_given_once():
    history = History(
        *GUESTS,
        issue("w1"),
        command("issue_reward/w2", "2026-03-01", guest="bob", amount="5.00"),
        issue("w3", expires_on="2026-02-28"),
        until="2026-03-01",
    )

    told = {"status": "client", "include_in_loyalty_rewards": True}
    assert history.answer("issue_reward/w1")["detail"] == {"reward": "w1"} | told
    untold = {"status": None, "include_in_loyalty_rewards": False}
    assert history.answer("issue_reward/w2")["detail"] == {"reward": "w2"} | untold
    assert history.refusal("issue_reward/w3") == "invalid_record"


def test_edited_amounts_and_days_add_up():
    history = History(
        *GUESTS,
        issue("w1", "30.00"),
        command("edit_reward/e1", "2026-03-02", reward="w1", amount="45.00"),
        command("edit_reward/e2", "2026-03-02", reward="w1", expires_on="2026-03-31"),
        command("edit_reward/e3", "2026-03-02", reward="w1", expires_on="2026-02-28"),
        command("edit_reward/e4", "2026-04-02", reward="w1", expires_on=None, amount="20.00"),
        until="2026-04-02",
        on=("2026-04-01",),
    )

    assert history.guest("ann", "reward_credit", on="2026-04-01") == "0.00"
    assert history.refusal("edit_reward/e3") == "invalid_record"
    assert listed(history, "amount", "status", "expires_on") == [("20.00", "issued", None)]
    assert history.guest("ann", "reward_credit") == "20.00"


def test_a_code_that_the_system_makes_can_be_said_on_the_phone():
    History(*GUESTS, until="2026-03-01")
    with organization_scope(find_organization(None).id):
        code = rewards.new_code()

    assert len(code) == 9
    assert not set(code) & set("01OIL")


# -- on the invoice ---------------------------------------------------------------------------


def test_a_rest_takes_its_name_again_once_it_was_made_void():
    history = History(
        *GUESTS,
        issue("w1"),
        bill("i1"),
        bill("i2", "30.00"),
        redeem("x1", "w1", "i1"),
        untick("u1", "w1", "i1", at="2026-03-03T14:00"),
        redeem("x2", "w1", "i2", at="2026-03-03T15:00"),
        until="2026-03-03",
    )

    assert listed(history, "id", "amount", "status") == [
        ("w1", "100.00", "redeemed"),
        ("w1:rest", "70.00", "issued"),
    ]


def test_a_used_rest_keeps_its_name_and_stays_used():
    history = History(
        *GUESTS,
        issue("w1"),
        bill("i1"),
        bill("i2"),
        bill("i3", "25.00"),
        redeem("x1", "w1", "i1"),
        redeem("x2", "w1:rest", "i2"),
        void("i1"),
        redeem("x3", "w1", "i3", at="2026-03-06"),
        untick("u3", "w1", "i3", at="2026-03-07"),
        until="2026-03-07",
        on=("2026-03-06",),
    )

    sixth = history.guest("ann", "rewards", on="2026-03-06")
    assert [(one["id"], one["amount"], one["status"]) for one in sixth] == [
        ("w1", "60.00", "redeemed"),
        ("w1:rest", "40.00", "redeemed"),
        ("w1:rest2", "35.00", "issued"),
    ]
    assert listed(history, "id", "amount", "status") == [
        ("w1", "60.00", "issued"),
        ("w1:rest", "40.00", "redeemed"),
        ("w1:rest2", "35.00", "void"),
    ]
    assert history.guest("ann", "reward_credit") == "60.00"


def test_a_rest_voided_or_edited_by_hand_gives_back_what_it_holds():
    history = History(
        *GUESTS,
        issue("w1"),
        issue("w2"),
        bill("i1"),
        bill("i2"),
        redeem("x1", "w1", "i1"),
        redeem("x2", "w2", "i2"),
        command("void_reward/v1", "2026-03-03T14:00", reward="w1:rest"),
        command("edit_reward/e1", "2026-03-03T14:00", reward="w2:rest", amount="50.00"),
        untick("u1", "w1", "i1"),
        untick("u2", "w2", "i2"),
        until="2026-03-04",
    )

    assert listed(history, "id", "amount", "status") == [
        ("w1", "60.00", "issued"),
        ("w2", "100.00", "issued"),
        ("w1:rest", "40.00", "void"),
        ("w2:rest", "50.00", "void"),
    ]


def test_nothing_due_takes_no_reward_and_what_pays_elsewhere_is_not_unticked_here():
    history = History(
        *GUESTS,
        issue("w1", "10.00"),
        issue("w2", "10.00"),
        bill("i1", "10.00"),
        bill("i2"),
        redeem("x1", "w1", "i1"),
        redeem("x2", "w2", "i1"),
        untick("u1", "w1", "i2"),
        untick("u2", "w2", "i1"),
        until="2026-03-04",
    )

    assert history.refusal("redeem_reward/x2") == "exceeds_amount_due"
    assert history.refusal("undo_redeem_reward/u1") == "not_undoable"
    assert history.refusal("undo_redeem_reward/u2") == "not_undoable"


def test_before_tax_a_reward_pays_the_price_and_its_tax_goes_with_it():
    taxed = bill("i1", "500.00")
    taxed["lines"] = [taxed["lines"][0] | {"tax": "25.00"}]
    history = History(
        program(award_on="closed_invoices", rewards={"apply": "before_tax"}),
        *GUESTS,
        issue("w1", "600.00"),
        taxed,
        redeem("x1", "w1", "i1"),
        until="2026-03-03",
    )

    assert history.invoice("i1")["rewards_paid"] == "500.00"
    assert (history.invoice("i1")["tax"], history.invoice("i1")["due"]) == ("0.00", "0.00")
    assert listed(history, "id", "amount") == [("w1", "600.00"), ("w1:rest", "100.00")]


def test_void_and_opened_again_the_invoice_is_due_and_the_reward_free():
    history = History(
        *GUESTS,
        issue("w1"),
        bill("i1"),
        redeem("x1", "w1", "i1"),
        void("i1"),
        bill("i1") | {"at": "2026-03-06"},
        redeem("x2", "w1", "i1", at="2026-03-07"),
        until="2026-03-07",
        on=("2026-03-06",),
    )

    again = history.output["as_of"]["2026-03-06"]["invoices"]["i1"]
    assert (again["due"], again["rewards_paid"]) == ("60.00", "0.00")
    assert again["redeemable_rewards"] == ["w1"]
    assert history.invoice("i1")["due"] == "0.00"


def test_refunded_whole_the_reward_is_free_and_nothing_is_due():
    paid = bill("i1") | {"status": "closed", "closed_at": "2026-03-03T14:00"}
    paid["payments"] = [{"id": "p1", "tender": "card", "amount": "35.00", "at": "2026-03-03"}]
    refund = {"id": "r1", "payment": "p1", "amount": "35.00", "at": "2026-03-05"}
    history = History(
        *GUESTS,
        issue("w1", "25.00"),
        bill("i1"),
        redeem("x1", "w1", "i1"),
        paid | {"at": "2026-03-03T14:00"},
        paid | {"at": "2026-03-05", "refunds": [refund]},
        paid | {"at": "2026-03-06", "status": "void", "refunds": [refund]},
        until="2026-03-06",
        on=("2026-03-05",),
    )

    refunded = history.output["as_of"]["2026-03-05"]["invoices"]["i1"]
    assert (refunded["due"], refunded["rewards_paid"]) == ("0.00", "25.00")
    assert history.guest("ann", "qualifying_sales", on="2026-03-05")["total"] == "0.00"
    assert history.guest("ann", "reward_credit", on="2026-03-05") == "25.00"
    assert history.guest("ann", "reward_credit") == "25.00"


# -- held -------------------------------------------------------------------------------------


def hold(ref: str, *codes: str, until: str = "2026-03-30T12:00", **fields) -> dict:
    return command(
        f"hold/{ref}",
        "2026-03-03T13:00",
        guest="ann",
        invoice="i1",
        rewards=list(codes),
        until=until,
        **fields,
    )


def test_rewards_are_captured_in_the_order_offered_before_points():
    joined = invoice("i0", "ann", "100.00", "2026-03-02")
    history = History(
        *GUESTS,
        joined,
        issue("w1", "40.00"),
        issue("w2", "30.00", expires_on="2026-12-31"),
        issue("w3", "5.00"),
        bill("i1"),
        hold("h1", "w1", "w2", "w3", points=100),
        command("capture_hold/k1", "2026-03-04", hold="h1", invoice="i1"),
        until="2026-03-04",
    )

    captured = history.answer("capture_hold/k1")["detail"]
    assert captured == {"points": 0, "rewards": "60.00"}
    assert listed(history, "id", "applied", "status") == [
        ("w2", "30.00", "redeemed"),
        ("w1", "30.00", "redeemed"),
        ("w3", "0.00", "issued"),
        ("w1:rest", "0.00", "issued"),
    ]
    assert history.guest("ann", "redeemable_points") == 120


def test_a_held_reward_may_be_voided_and_one_that_expired_is_not_captured():
    history = History(
        *GUESTS,
        issue("w1", "5.00"),
        issue("w2", "6.00", expires_on="2026-03-03"),
        issue("w3", "7.00"),
        bill("i1"),
        hold("h1", "w1", "w2", "w3"),
        hold("h2", "w3"),
        command("void_reward/v1", "2026-03-03T14:00", reward="w1"),
        command("capture_hold/k1", "2026-03-04", hold="h1", invoice="i1"),
        until="2026-03-04",
    )

    assert history.refusal("hold/h2") == "reward_not_redeemable"
    assert history.answer("hold/h2")["detail"]["because"] == "held"
    assert history.invoice("i1")["rewards_paid"] == "7.00"
    assert sorted(listed(history, "id", "status")) == [
        ("w1", "void"),
        ("w2", "expired"),
        ("w3", "redeemed"),
    ]
