"""Process Loyalty Rewards: looked at, run and undone (rules 10.2 to 10.5)."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.services import reward_runs
from regulars.services.acting import Acting
from regulars.services.formats.commands import ProcessRewards
from regulars.services.organizations import find_organization, load_company
from tests.services.short_histories import History, command, invoice
from tests.services.test_rewards import GUESTS, bill, issue, redeem, untick, void

pytestmark = pytest.mark.usefixtures("each_database")

SALES = (*GUESTS, invoice("a1", "ann", "1100.00", "2026-02-02"))


def run(ref: str, at: str = "2026-03-03", threshold: str = "500.00", **fields) -> dict:
    return command(f"process_rewards/{ref}", at, threshold=threshold, amount="25.00", **fields)


def test_a_run_counts_what_it_gave_and_names_what_it_cannot_do():
    history = History(
        *SALES,
        issue("r2:ann:1"),
        run("r0", guests=["cleo"]),
        run("r2"),
        run("r3"),
        run("r4", threshold="100.00", guests=["bob"]),
        run("r5", expires_on="2026-03-02"),
        until="2026-03-03",
    )

    assert history.refusal("process_rewards/r0") == "unknown_reference"
    assert history.refusal("process_rewards/r2") == "conflict"
    given = {"guests": 1, "rewards": 2, "amount": "50.00"}
    assert history.answer("process_rewards/r3")["detail"] == given
    nobody = {"guests": 0, "rewards": 0, "amount": "0.00"}
    assert history.answer("process_rewards/r4")["detail"] == nobody
    assert history.refusal("process_rewards/r5") == "invalid_record"


def test_a_used_rest_keeps_its_run_from_being_undone():
    history = History(
        *SALES,
        run("r1", threshold="1000.00"),
        bill("i1", "10.00"),
        bill("i2", "15.00"),
        redeem("x1", "r1:ann:1", "i1"),
        redeem("x2", "r1:ann:1:rest", "i2"),
        void("i1"),
        command("undo_process_rewards/u1", "2026-03-06", run="r1"),
        untick("u2", "r1:ann:1:rest", "i2", at="2026-03-07"),
        command("undo_process_rewards/u3", "2026-03-08", run="r1"),
        command("undo_process_rewards/u4", "2026-03-08", run="r1"),
        until="2026-03-08",
    )

    assert history.refusal("undo_process_rewards/u1") == "run_has_redemptions"
    assert history.answer("undo_process_rewards/u3")["status"] == "applied"
    assert history.refusal("undo_process_rewards/u4") == "not_undoable"
    assert history.guest("ann", "reward_credit") == "0.00"
    assert history.guest("ann", "qualifying_sales")["consumed"] == "0.00"


def test_the_preview_shows_what_the_run_then_gives():
    History(*SALES, until="2026-03-02")
    organization = find_organization(None)
    at = datetime(2026, 3, 3, 12, tzinfo=UTC)
    with organization_scope(organization.id):
        company = load_company(organization)
        day = date(2026, 3, 3)
        [[line]] = list(reward_runs.preview(company, threshold_cents=30_000, on=day))
        assert (line.guest, line.total_cents, line.n_rewards, line.carry_cents) == (
            "ann",
            110_000,
            3,
            20_000,
        )
        seen: list[int] = []
        wanted = ProcessRewards(id="r1", at=at, threshold_cents=30_000, amount_cents=2_500)
        with transaction.atomic():
            acting = Acting(company, "process_rewards/r1", at, day, "olga", tell=seen.append)
            reward_runs.process_rewards(wanted, acting)
        assert seen == [1]
        assert models.Reward.objects.count() == line.n_rewards
        assert list(reward_runs.preview(company, threshold_cents=30_000, on=day)) == [[]]
        assert models.RewardRun.objects.get().run_by == "olga"


def test_sales_fallen_below_what_was_consumed_are_listed_for_review():
    refund = {"id": "r1", "payment": "p1", "amount": "300.00", "at": "2026-03-05"}
    returned = invoice("a1", "ann", "1100.00", "2026-02-02", refunds=[refund])
    History(*SALES, run("r1"), returned | {"at": "2026-03-05"}, until="2026-03-05")
    organization = find_organization(None)
    with organization_scope(organization.id):
        company = load_company(organization)
        [[line]] = list(reward_runs.for_review(company, on=date(2026, 3, 5)))

    assert (line.guest, line.carry_cents) == ("ann", -20_000)
