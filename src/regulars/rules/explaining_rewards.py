"""Why money rewards came and went (rule 10), in the sentences of `explaining`."""

from collections.abc import Callable

from regulars.rules.explaining_parts import Explanation, Money, Why, day_of, note_of
from regulars.rules.sentences import said


def _reward_issued(why: Why, money: Money) -> Explanation:
    cents = money(why["cents"])
    desk = said("Reward {reward} of {cents} issued by hand.", reward=why["reward"], cents=cents)
    return Explanation(
        "10.6", f"+{cents}", desk, said("You were given a reward of {cents}.", cents=cents)
    )


def _sales_reached(why: Why, money: Money) -> Explanation:
    cents, threshold = money(why["cents"]), money(why["threshold_cents"])
    count = why["rewards"]
    rewards = said("1 reward") if count == 1 else said("{count} rewards", count=count)
    desk = said(
        "{rewards} of {cents}, one for each {threshold} of qualifying sales.",
        rewards=rewards,
        cents=cents,
        threshold=threshold,
    )
    if "total_cents" in why:
        total, used = money(why["total_cents"]), money(why["consumed_cents"])
        carry = money(why["carry_cents"])
        desk = said(
            "{rewards} of {cents}, one for each {threshold} of qualifying sales: {total}"
            " so far,"
            " {used} used before, {carry} carried over.",
            rewards=rewards,
            cents=cents,
            threshold=threshold,
            total=total,
            used=used,
            carry=carry,
        )
    guest = said(
        "You were given {rewards} of {cents}, one for each {threshold} you spent with us.",
        rewards=rewards,
        cents=cents,
        threshold=threshold,
    )
    return Explanation("10.4", f"{count} x {cents}", desk, guest)


def _reward_redeemed(why: Why, money: Money) -> Explanation:
    cents = money(why["cents"])
    desk = said(
        "Reward {reward} paid {cents} of invoice {invoice}.",
        reward=why["reward"],
        cents=cents,
        invoice=why["invoice"],
    )
    return Explanation(
        "10.8", f"-{cents}", desk, said("You paid {cents} with a reward.", cents=cents)
    )


def _rest_issued(why: Why, money: Money) -> Explanation:
    cents = money(why["cents"])
    desk = said(
        "The rest of reward {reward}, {cents}, is the new reward {rest}.",
        reward=why["reward"],
        cents=cents,
        rest=why["rest"],
    )
    guest = said("{cents} of your reward were left and are a reward of their own.", cents=cents)
    return Explanation("10.8", cents, desk, guest)


def _rest_forfeited(why: Why, money: Money) -> Explanation:
    cents = money(why["cents"])
    desk = said(
        "The rest of reward {reward}, {cents}, is forfeited, as the program says.",
        reward=why["reward"],
        cents=cents,
    )
    return Explanation(
        "10.8", f"-{cents}", desk, said("{cents} of your reward were not used.", cents=cents)
    )


def _reward_back(why: Why, money: Money) -> Explanation:
    cents = money(why["cents"])
    if why["because"] == "reward_returned":
        desk = said(
            "{cents}, reward {reward}, came back to it.", cents=cents, reward=why["reward"]
        )
    else:
        desk = said(
            "{cents}, the rest of reward {reward}, came back to it.",
            cents=cents,
            reward=why["reward"],
        )
    return Explanation(
        "10.9", cents, desk, said("{cents} of your reward came back to you.", cents=cents)
    )


def _reward_voided(why: Why, money: Money) -> Explanation:
    desk = said("Reward {reward} was made void{note}.", reward=why["reward"], note=note_of(why))
    return Explanation("10.10", "void", desk, said("A reward of yours was taken back."))


def _reward_edited(why: Why, money: Money) -> Explanation:
    before, after = (money(cents) for cents in why["cents"])
    first, last = (day_of(day) for day in why["expires_on"])
    changes = []
    if before != after:
        changes.append(said("amount {before} to {after}", before=before, after=after))
    if first != last:
        changes.append(said("last day {first} to {last}", first=first, last=last))
    arithmetic = ", ".join(changes)
    desk = said("Reward {reward} was edited.", reward=why["reward"])
    if len(changes) == 1:
        desk = said(
            "Reward {reward} was edited: {change}.", reward=why["reward"], change=changes[0]
        )
    elif changes:
        desk = said(
            "Reward {reward} was edited: {change}, {other}.",
            reward=why["reward"],
            change=changes[0],
            other=changes[1],
        )
    return Explanation(
        "10.10", arithmetic, desk, said("A reward of yours is {after} now.", after=after)
    )


def _run_undone(why: Why, money: Money) -> Explanation:
    cents = money(why["cents"])
    desk = said("A reward of {cents} is void: the run that issued it was undone.", cents=cents)
    return Explanation("10.5", f"-{cents}", desk, said("A reward of yours was taken back."))


OF_REWARDS: dict[str, Callable[[Why, Money], Explanation]] = {
    "reward_issued": _reward_issued,
    "sales_reached": _sales_reached,
    "reward_redeemed": _reward_redeemed,
    "rest_of_reward": _rest_issued,
    "rest_forfeited": _rest_forfeited,
    "reward_returned": _reward_back,
    "rest_returned": _reward_back,
    "reward_voided": _reward_voided,
    "reward_edited": _reward_edited,
    "run_undone": _run_undone,
}
