"""Credit is neither made nor lost: every cent is applied, gone for a reason, or there."""

import json
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.services.organizations import find_organization
from tests.properties.effort import examples
from tests.properties.shelf import Fact, shelf
from tests.properties.telling import REWARD, WORDS, cents, histories, start

__all__ = ["shelf"]

AROUND = ("visit", "bill", "bill", "refund", "void", "reopen", "hold", "capture", "release")
words = (*REWARD, *REWARD, *(WORDS[name] for name in AROUND))

SETTINGS = st.fixed_dictionaries(
    {
        "award_on": st.just("closed_invoices"),
        "rewards": st.fixed_dictionaries(
            {
                "apply": st.sampled_from(["after_tax", "before_tax"]),
                "remainder": st.sampled_from(["new_reward", "forfeit"]),
            }
        ),
    }
)


def program(settings: Fact) -> Fact:
    tier = {"id": "member", "name": "Member", "minimum_spend": "0.00", "validity_days": 90}
    accruals = {"amount_spent": {"points": 10, "per": "10.00"}}
    return {"point_value": "0.10", "tiers": [tier | {"accruals": accruals}], **settings}


def moved(guest: str) -> Counter[str]:
    """What the ledger says of a guest's credit, by why it moved; in what came, out positive."""
    found: Counter[str] = Counter()
    for entry in models.LedgerEntry.objects.filter(unit="credit", guest__external_id=guest):
        because = json.loads(entry.why)["because"]
        if entry.kind == "accrual":
            found["issued"] += entry.points
        elif because == "reward_edited":
            found["edited"] += entry.points
        elif entry.kind in ("adjustment", "reversal"):
            found["void"] -= entry.points
        elif entry.kind == "forfeiture":
            found["forfeited"] -= entry.points
        elif entry.kind in ("redemption", "redemption_return"):
            found["applied"] -= entry.points
        else:
            found[entry.kind] += entry.points
    return found


def standing(rewards: list[Fact]) -> Counter[str]:
    """What the guest is shown: face values by status, and what invoices took."""
    found: Counter[str] = Counter()
    for one in rewards:
        found[one["status"]] += cents(one["amount"])
        if one["status"] == "redeemed":
            found["applied"] += cents(one["applied"])
    return found


@given(settings=SETTINGS, told=histories(words, most=30, refers=False))
@examples(40)
def test_face_value_issued_or_edited_in_is_accounted_for(
    shelf: Any, settings: Fact, told: Any
) -> None:
    """Issued or edited in = applied + remainders + forfeited + void + expired + open."""
    came = shelf.run(start(program(settings)) + told.records, told.last_day)

    guests = came.as_of[str(told.last_day)]["guests"]
    with organization_scope(find_organization(None).id):
        for ref, state in guests.items():
            ledger, shown = moved(ref), standing(state["rewards"])
            left = shown["issued"] + shown["held"] + shown["expired"]
            gone = ledger["forfeited"] + ledger["void"]
            assert ledger["issued"] + ledger["edited"] == shown["applied"] + gone + left
            assert ledger["applied"] == shown["applied"]
            # A rest is taken out of its reward and is a reward itself: nothing in all.
            assert ledger["transfer"] == 0
            assert cents(state["reward_credit"]) == shown["issued"]
        for ref, invoice in came.as_of[str(told.last_day)]["invoices"].items():
            if invoice["status"] == "open":
                paid = [
                    one["applied"] for one in shown_rewards(guests) if one["invoice"] == ref
                ]
                assert cents(invoice["rewards_paid"]) == sum(map(cents, paid))


def shown_rewards(guests: dict[str, Fact]) -> list[Fact]:
    return [one for state in guests.values() for one in state["rewards"]]
