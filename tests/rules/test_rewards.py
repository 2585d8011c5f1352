"""Money rewards: runs, carry-over, days, order and rests (rule 10)."""

from datetime import date

import pytest

from regulars.rules import rewards
from regulars.rules.program import RewardTerms
from regulars.rules.refusals import Refused

MAY = date(2026, 5, 31)
JUNE = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("total", "consumed", "due"),
    [
        (49_999, 0, 0),
        (50_000, 0, 1),
        (170_000, 0, 3),
        (75_000, 50_000, 0),
        (60_000, 100_000, 0),
    ],
)
def test_every_full_threshold_not_consumed_gives_a_reward(total, consumed, due):
    assert rewards.rewards_due(total, consumed, 50_000) == due


def test_the_last_day_is_still_good():
    assert rewards.status_on("issued", MAY, MAY) == "issued"
    assert rewards.status_on("issued", MAY, JUNE) == "expired"
    assert rewards.status_on("held", MAY, JUNE) == "expired"
    assert rewards.status_on("redeemed", MAY, JUNE) == "redeemed"
    assert rewards.status_on("issued", None, JUNE) == "issued"
    assert rewards.is_credit_on("issued", MAY, MAY)
    assert not rewards.is_credit_on("held", None, MAY)


def test_only_an_issued_reward_of_the_guests_own_pays():
    rewards.check_redeemable("w1", "issued", MAY, MAY)
    for state, day, is_own, because in (
        ("issued", MAY, False, "other_guest"),
        ("issued", JUNE, True, "expired"),
        ("held", MAY, True, "held"),
        ("void", MAY, True, "void"),
        ("redeemed", MAY, True, "redeemed"),
    ):
        with pytest.raises(Refused) as caught:
            rewards.check_redeemable("w1", state, MAY, day, is_own=is_own)
        assert caught.value.code == "reward_not_redeemable"
        assert caught.value.detail == {"because": because}


def test_offered_soonest_expiry_first_then_oldest_then_by_code():
    offered = [(None, MAY, "a"), (JUNE, JUNE, "b"), (JUNE, MAY, "d"), (JUNE, MAY, "c")]

    assert [
        code for *_, code in sorted(offered, key=lambda one: rewards.offering_order(*one))
    ] == [
        "c",
        "d",
        "b",
        "a",
    ]


def test_more_than_is_due_leaves_a_rest_or_forfeits_it():
    kept = RewardTerms(start_date=None, apply="after_tax", remainder="new_reward")
    lost = RewardTerms(start_date=None, apply="after_tax", remainder="forfeit")

    assert rewards.share_of(10_000, 6_000, kept) == rewards.Share(6_000, 4_000, 0)
    assert rewards.share_of(10_000, 6_000, lost) == rewards.Share(6_000, 0, 4_000)
    assert rewards.share_of(2_500, 6_000, kept) == rewards.Share(2_500, 0, 0)


def test_taken_off_a_reward_is_whole_again_but_for_a_rest_used():
    assert rewards.restored_rest(10_000, 6_000, 4_000) == 4_000
    assert rewards.restored_rest(10_000, 6_000, 0) == 0
    assert rewards.restored_rest(10_000, 6_000, 5_000) == 4_000
    assert rewards.restored_rest(10_000, 6_000, None) == 4_000
    assert rewards.restored_rest(2_500, 2_500, None) == 0


def test_a_reward_is_good_for_a_day_at_least():
    rewards.check_last_day(MAY, MAY)
    rewards.check_last_day(None, MAY)
    with pytest.raises(Refused) as caught:
        rewards.check_last_day(MAY, JUNE)
    assert (caught.value.code, caught.value.field) == ("invalid_record", "expires_on")
