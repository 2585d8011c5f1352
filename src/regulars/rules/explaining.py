"""Why an entry is there, in sentences: one for the desk, one for the guest (rule 1.5).

An entry keeps plain inputs; the words are made here, so that they can be improved and
translated without touching the ledger.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from regulars.rules.amounts import format_money


@dataclass(frozen=True, slots=True)
class Explanation:
    rule: str
    arithmetic: str
    desk: str
    guest: str


Why = Mapping[str, Any]
Money = Callable[[int], str]

_ACTIONS = {
    "amount_spent": ("5.1", "amount spent"),
    "amount_spent_anniversary": ("6.1", "amount spent on the anniversary"),
    "amount_spent_birthday": ("6.1", "amount spent on the birthday"),
    "rebook": ("6.3", "rebooking on the day of the visit"),
    "feedback": ("6.4", "feedback"),
    "online_signup": ("6.5", "signing up online"),
    "online_booking": ("6.2", "booking online"),
    "shared_feedback": ("6.4", "feedback shared with permission"),
    "welcome_bonus": ("6.6", "the welcome to the tier"),
    "referral_visit": ("6.7", "a referred guest's visit"),
    "referral_membership": ("6.7", "a referred guest's first membership"),
    "referral_package": ("6.7", "a referred guest's first package"),
}
_AMOUNTS = ("amount_spent", "amount_spent_anniversary", "amount_spent_birthday")


def explain(why: Why, exponent: int) -> Explanation:
    """The rule, the arithmetic and both sentences of what an entry keeps in `why`."""

    def money(cents: int) -> str:
        return format_money(cents, exponent)

    because = str(why.get("because", ""))
    if because in _AMOUNTS:
        return _amount(why, money)
    if because in _ACTIONS:
        return _action(why)
    maker = _OTHERS.get(because)
    if maker is not None:
        return maker(why, money)
    inputs = ", ".join(f"{name} {value}" for name, value in why.items() if name != "because")
    return Explanation("1.5", inputs, f"{because.replace('_', ' ')}: {inputs}", "")


def sentence_of(why: Why, exponent: int) -> str:
    """The desk's sentence."""
    return explain(why, exponent).desk


def _amount(why: Why, money: Money) -> Explanation:
    rule, words = _ACTIONS[str(why["because"])]
    base, per = money(why["base_cents"]), money(why["per_cents"])
    arithmetic = f"{base} x {why['rate']} / {per} = {why['points']}"
    desk = (
        f"{why['points']} points for {words}: {base} on invoice {why['invoice']} at"
        f" {why['rate']} per {per} ({why['tier']})."
    )
    guest = f"You earned {why['points']} points for {base} as a {why['tier']} guest."
    return Explanation(rule, arithmetic, desk, guest)


def _action(why: Why) -> Explanation:
    rule, words = _ACTIONS[str(why["because"])]
    points = why["points"]
    if why["because"] == "welcome_bonus":
        desk = f"{points} points for the first time in {why['tier']}."
        return Explanation(
            rule, f"{points}", desk, f"Welcome to {why['tier']}: {points} points."
        )
    desk = f"{points} points for {words} ({why['tier']}), by {why['about']}."
    return Explanation(rule, f"{points}", desk, f"You earned {points} points for {words}.")


def _reversal(why: Why, money: Money) -> Explanation:
    causes = {
        "reversal_refund": ("8.2", f"{money(why['refunded_cents'])} was refunded"),
        "reversal_void": ("8.1", "the invoice was voided"),
        "reversal_reopened": ("5.7", "the invoice was reopened"),
        "reversal_payment_removed": ("8.1", "a payment was removed or changed"),
    }
    rule, cause = causes[str(why["because"])]
    arithmetic = f"{why['points']} to take back, {why['taken']} taken"
    if why["expired"]:
        arithmetic += f", {why['expired']} of the invoice's points had expired before"
    desk = f"{why['taken']} points of invoice {why['invoice']} taken back: {cause}."
    guest = f"{why['taken']} points were taken back, since {cause}."
    return Explanation(rule, arithmetic, desk, guest)


def _expired(why: Why, money: Money) -> Explanation:
    desk = f"Lot {why['lot']} lapsed after its last day, {why['last_day']}."
    guest = f"Points that were good through {why['last_day']} have expired."
    return Explanation("9.1", f"last day {why['last_day']}", desk, guest)


def _taken_back(why: Why, money: Money) -> Explanation:
    desk = (
        f"{why['points']} points taken back: what earned them, {why['about']}, no longer holds."
    )
    guest = f"{why['points']} points were taken back with the invoice that earned them."
    return Explanation("8.4", f"-{why['points']}", desk, guest)


def _returned(why: Why, money: Money) -> Explanation:
    desk = (
        f"{why['points']} of {why['spent']} points spent on invoice {why['invoice']} returned."
    )
    guest = f"{why['points']} points you paid with have come back to you."
    return Explanation("7.6", f"{why['points']} of {why['spent']}", desk, guest)


def _corrected(why: Why, money: Money) -> Explanation:
    desk = f"{why['points']} points more after a correction of invoice {why['invoice']}."
    guest = f"You earned {why['points']} points more: an invoice was corrected."
    return Explanation("8.1", f"+{why['points']}", desk, guest)


def _forfeited(why: Why, money: Money) -> Explanation:
    desk = f"All {why['points']} points ended with the enrollment."
    guest = f"Your {why['points']} points ended with your membership in the program."
    return Explanation("4.8", f"-{why['points']}", desk, guest)


def _by_hand(why: Why, money: Money) -> Explanation:
    sign, verb = ("+", "added") if why["because"] == "added" else ("-", "removed")
    said = ", ".join(str(why[name]) for name in ("reason", "comment") if why.get(name))
    asked = f", asked for by {why['asked_by']}" if why.get("asked_by") else ""
    desk = f"{why['points']} points {verb} by hand{f' ({said})' if said else ''}{asked}."
    guest = f"{why['points']} points were {verb}."
    return Explanation("9.2", f"{sign}{why['points']}", desk, guest)


def _brought_in(why: Why, money: Money) -> Explanation:
    said = f" ({why['comment']})" if why.get("comment") else ""
    desk = f"{why['points']} points brought in from another system{said}."
    return Explanation("9.2", f"+{why['points']}", desk, f"{why['points']} points came along.")


def _extended(why: Why, money: Money) -> Explanation:
    days = f"{why['from'] or 'never'} to {why['to'] or 'never'}"
    lots = ", ".join(str(number) for number in why["lots"])
    desk = f"The last day of lots {lots} was moved from {days}."
    return Explanation("9.2", days, desk, f"Your points of {why['from']} are good longer.")


def _moved(why: Why, money: Money) -> Explanation:
    act = "two records were merged" if why["because"] == "merged" else "a merge was undone"
    points = f"{why['points']:+}"
    desk = f"{points} moved between the records, since {act}."
    guest = "Two records of yours are one now." if why["because"] == "merged" else ""
    return Explanation("9.4", points, desk, guest or "A merge of your records was undone.")


def _redeemed(why: Why, money: Money) -> Explanation:
    value = money(why["value_cents"])
    desk = f"{why['points']} points paid {value} of invoice {why['invoice']}."
    guest = f"You paid {value} with {why['points']} points."
    return Explanation("7.2", f"{why['points']} points = {value}", desk, guest)


def _redemption_undone(why: Why, money: Money) -> Explanation:
    desk = f"{why['points']} points taken off invoice {why['invoice']} again, to their lots."
    guest = f"{why['points']} points you paid with have come back to you."
    return Explanation("7.6", f"+{why['points']}", desk, guest)


# -- money rewards ----------------------------------------------------------------------------


def _reward_issued(why: Why, money: Money) -> Explanation:
    cents = money(why["cents"])
    desk = f"Reward {why['reward']} of {cents} issued by hand."
    return Explanation("10.6", f"+{cents}", desk, f"You were given a reward of {cents}.")


def _sales_reached(why: Why, money: Money) -> Explanation:
    cents, threshold = money(why["cents"]), money(why["threshold_cents"])
    count = why["rewards"]
    rewards = "1 reward" if count == 1 else f"{count} rewards"
    desk = f"{rewards} of {cents}, one for each {threshold} of qualifying sales."
    if "total_cents" in why:
        total, used = money(why["total_cents"]), money(why["consumed_cents"])
        carry = money(why["carry_cents"])
        desk = (
            f"{rewards} of {cents}, one for each {threshold} of qualifying sales: {total} so"
            f" far, {used} used before, {carry} carried over."
        )
    guest = f"You were given {rewards} of {cents}, one for each {threshold} you spent with us."
    return Explanation("10.4", f"{count} x {cents}", desk, guest)


def _reward_redeemed(why: Why, money: Money) -> Explanation:
    cents = money(why["cents"])
    desk = f"Reward {why['reward']} paid {cents} of invoice {why['invoice']}."
    return Explanation("10.8", f"-{cents}", desk, f"You paid {cents} with a reward.")


def _rest_issued(why: Why, money: Money) -> Explanation:
    cents = money(why["cents"])
    desk = f"The rest of reward {why['reward']}, {cents}, is the new reward {why['rest']}."
    guest = f"{cents} of your reward were left and are a reward of their own."
    return Explanation("10.8", cents, desk, guest)


def _rest_forfeited(why: Why, money: Money) -> Explanation:
    cents = money(why["cents"])
    desk = f"The rest of reward {why['reward']}, {cents}, is forfeited, as the program says."
    return Explanation("10.8", f"-{cents}", desk, f"{cents} of your reward were not used.")


def _reward_back(why: Why, money: Money) -> Explanation:
    cents = money(why["cents"])
    what = "" if why["because"] == "reward_returned" else "the rest of "
    desk = f"{cents}, {what}reward {why['reward']}, came back to it."
    return Explanation("10.9", cents, desk, f"{cents} of your reward came back to you.")


def _reward_voided(why: Why, money: Money) -> Explanation:
    reason = f" ({why['reason']})" if why.get("reason") else ""
    desk = f"Reward {why['reward']} was made void{reason}."
    return Explanation("10.10", "void", desk, "A reward of yours was taken back.")


def _reward_edited(why: Why, money: Money) -> Explanation:
    before, after = (money(cents) for cents in why["cents"])
    first, last = (day or "never" for day in why["expires_on"])
    changes = []
    if before != after:
        changes.append(f"amount {before} to {after}")
    if first != last:
        changes.append(f"last day {first} to {last}")
    arithmetic = ", ".join(changes)
    desk = f"Reward {why['reward']} was edited: {arithmetic}."
    return Explanation("10.10", arithmetic, desk, f"A reward of yours is {after} now.")


def _run_undone(why: Why, money: Money) -> Explanation:
    cents = money(why["cents"])
    desk = f"A reward of {cents} is void: the run that issued it was undone."
    return Explanation("10.5", f"-{cents}", desk, "A reward of yours was taken back.")


_OTHERS: dict[str, Callable[[Why, Money], Explanation]] = {
    "reversal_refund": _reversal,
    "reversal_void": _reversal,
    "reversal_reopened": _reversal,
    "reversal_payment_removed": _reversal,
    "expired": _expired,
    "taken_back_invoice": _taken_back,
    "taken_back_undone": _taken_back,
    "returned": _returned,
    "corrected": _corrected,
    "forfeited": _forfeited,
    "added": _by_hand,
    "removed": _by_hand,
    "opening": _brought_in,
    "extended": _extended,
    "merged": _moved,
    "merge_undone": _moved,
    "redeemed": _redeemed,
    "redemption_undone": _redemption_undone,
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
