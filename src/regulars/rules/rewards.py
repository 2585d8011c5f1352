"""Money rewards: how many a run gives, which are redeemable, what is left of one (rule 10).

A reward is a lot of credit with a code. That its last day is over is read from the date and
never posted: an edit may still move that day (rule 10.10). So the ledger's open credit holds
expired rewards too, and whoever shows credit as of a day asks `status_on`.
"""

from dataclasses import dataclass
from datetime import date

from regulars.rules.amounts import format_money
from regulars.rules.program import Program, RewardTerms
from regulars.rules.refusals import Refused
from regulars.rules.sentences import Sum, said

USUAL_TERMS = RewardTerms(start_date=None, apply="after_tax", remainder="new_reward")
"""Where no program is in force yet."""


MOST_REWARDS = 10_000
"""That one run may give one guest."""


@dataclass(frozen=True, slots=True)
class Share:
    """How a reward is used up on an invoice (rule 10.8)."""

    applied_cents: int
    rest_cents: int
    forfeited_cents: int


def terms_of(program: Program | None) -> RewardTerms:
    return USUAL_TERMS if program is None else program.rewards


# -- what a reward is on a day -----------------------------------------------------------------


def status_on(state: str, expires_on: date | None, day: date) -> str:
    """Rule 10.7: issued, held, redeemed, void, or expired after the last day."""
    if state in ("issued", "held") and expires_on is not None and expires_on < day:
        return "expired"
    return state


def is_credit_on(state: str, expires_on: date | None, day: date) -> bool:
    """Whether a reward counts as credit, and is offered: issued, neither held nor expired."""
    return status_on(state, expires_on, day) == "issued"


def offering_order(
    expires_on: date | None, issued_on: date, code: str
) -> tuple[date, date, str]:
    """Rule 10.8: soonest expiry first, none last, then by date of issue, then by code."""
    return (expires_on or date.max, issued_on, code)


def check_redeemable(
    code: str, state: str, expires_on: date | None, day: date, *, is_own: bool = True
) -> None:
    """Rules 10.7, 10.8: only an issued reward of the invoice's own guest pays."""
    because = "other_guest" if not is_own else status_on(state, expires_on, day)
    if because == "issued":
        return
    told = {
        "other_guest": said("Reward {code} belongs to another guest.", code=code),
        "expired": said("Reward {code} expired after {day}.", code=code, day=expires_on),
        "held": said("Reward {code} is held for something else.", code=code),
        "redeemed": said("Reward {code} is redeemed.", code=code),
        "void": said("Reward {code} is void.", code=code),
    }[because]
    raise Refused(
        "reward_not_redeemable",
        told,
        field="reward",
        value=code,
        detail={"because": because},
    )


def check_unredeemed(code: str, state: str) -> None:
    """Rule 10.10: what is redeemed or void is read-only."""
    if state in ("redeemed", "void"):
        raise Refused(
            "reward_not_redeemable",
            said("Reward {code} is void, so it cannot be changed.", code=code)
            if state == "void"
            else said("Reward {code} is redeemed, so it cannot be changed.", code=code),
            field="reward",
            value=code,
            detail={"because": state},
        )


def check_last_day(expires_on: date | None, issued_on: date) -> None:
    """A reward is good for a day at least (rule 10.7)."""
    if expires_on is not None and expires_on < issued_on:
        raise Refused(
            "invalid_record",
            said(
                "expires_on must not be before {issued_on}, the day of issue; it is"
                " {expires_on}.",
                issued_on=issued_on,
                expires_on=expires_on,
            ),
            field="expires_on",
            value=str(expires_on),
        )


# -- using one ---------------------------------------------------------------------------------


def share_of(cents: int, payable_cents: int, terms: RewardTerms) -> Share:
    """Rule 10.8: what the invoice takes of a reward, and what becomes of the rest."""
    applied = min(cents, payable_cents)
    rest = cents - applied
    if terms.remainder == "forfeit":
        return Share(applied, 0, rest)
    return Share(applied, rest, 0)


def check_payable(code: str, payable_cents: int) -> None:
    if payable_cents <= 0:
        raise Refused(
            "exceeds_amount_due",
            said("Nothing is due that reward {code} could pay.", code=code),
            field="invoice",
            detail={"maximum": 0},
        )


def restored_rest(face_cents: int, applied_cents: int, rest_cents: int | None) -> int:
    """Rules 10.8, 10.9: what comes back beside the part applied, when that is taken off.

    `rest_cents` is what the rest still holds for the guest, 0 when it was used or voided, None
    when there never was one: what was forfeited comes back with the reward.
    """
    rest = face_cents - applied_cents
    return rest if rest_cents is None else min(rest, rest_cents)


# -- runs --------------------------------------------------------------------------------------


def rewards_due(total_cents: int, consumed_cents: int, threshold_cents: int) -> int:
    """Rule 10.4: every full threshold of sales not yet consumed gives one reward."""
    assert threshold_cents > 0
    return max(0, (total_cents - consumed_cents) // threshold_cents)


def check_count(guest: str, n_rewards: int) -> None:
    """A threshold missing a zero or two is better asked about than carried out."""
    if n_rewards > MOST_REWARDS:
        raise Refused(
            "invalid_record",
            said(
                "threshold would give guest {guest} {n_rewards:,} rewards at once; more than"
                " {most:,} are not given to one guest in one run.",
                guest=guest,
                n_rewards=n_rewards,
                most=MOST_REWARDS,
            ),
            field="threshold",
            detail={"guest": guest, "maximum": MOST_REWARDS},
        )


def check_positive(cents: int, *, field: str, exponent: int) -> None:
    if cents <= 0:
        raise Refused(
            "invalid_record",
            said(
                "{field} must be above 0; it is {cents}.",
                field=field,
                cents=Sum(format_money(cents, exponent)),
            ),
            field=field,
            value=format_money(cents, exponent),
        )


def code_in_run(run: str, guest: str, number: int) -> str:
    """Contract section 3: `<run>:<guest>:<n>`, n from 1."""
    return f"{run}:{guest}:{number}"


def code_of_rest(code: str) -> str:
    """Contract section 3: `<reward>:rest`."""
    return f"{code}:rest"
