"""Why an entry is there, in sentences: one for the desk, one for the guest (rule 1.5).

An entry keeps plain inputs; the words are made here, so that they can be improved and
translated without touching the ledger.
"""

from collections.abc import Callable

from regulars.rules.amounts import format_money
from regulars.rules.explaining_parts import Explanation, Money, Why, day_of, note_of
from regulars.rules.explaining_rewards import OF_REWARDS
from regulars.rules.sentences import Sum, said

_ACTIONS = {
    "amount_spent": ("5.1", said("amount spent")),
    "amount_spent_anniversary": ("6.1", said("amount spent on the anniversary")),
    "amount_spent_birthday": ("6.1", said("amount spent on the birthday")),
    "rebook": ("6.3", said("rebooking on the day of the visit")),
    "feedback": ("6.4", said("feedback")),
    "online_signup": ("6.5", said("signing up online")),
    "online_booking": ("6.2", said("booking online")),
    "shared_feedback": ("6.4", said("feedback shared with permission")),
    "welcome_bonus": ("6.6", said("the welcome to the tier")),
    "referral_visit": ("6.7", said("a referred guest's visit")),
    "referral_membership": ("6.7", said("a referred guest's first membership")),
    "referral_package": ("6.7", said("a referred guest's first package")),
}
_AMOUNTS = ("amount_spent", "amount_spent_anniversary", "amount_spent_birthday")


def explain(why: Why, exponent: int) -> Explanation:
    """The rule, the arithmetic and both sentences of what an entry keeps in `why`."""

    def money(cents: int) -> Sum:
        return Sum(format_money(cents, exponent))

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
    desk = said(
        "{points} points for {words}: {base} on invoice {invoice} at {rate} per {per}"
        " ({tier}).",
        points=why["points"],
        words=words,
        base=base,
        invoice=why["invoice"],
        rate=why["rate"],
        per=per,
        tier=why["tier"],
    )
    guest = said(
        "You earned {points} points for {base} as a {tier} guest.",
        points=why["points"],
        base=base,
        tier=why["tier"],
    )
    return Explanation(rule, arithmetic, desk, guest)


def _action(why: Why) -> Explanation:
    rule, words = _ACTIONS[str(why["because"])]
    points = why["points"]
    if why["because"] == "welcome_bonus":
        desk = said(
            "{points} points for the first time in {tier}.", points=points, tier=why["tier"]
        )
        return Explanation(
            rule,
            f"{points}",
            desk,
            said("Welcome to {tier}: {points} points.", tier=why["tier"], points=points),
        )
    desk = said(
        "{points} points for {words} ({tier}), by {about}.",
        points=points,
        words=words,
        tier=why["tier"],
        about=why["about"],
    )
    return Explanation(
        rule,
        f"{points}",
        desk,
        said("You earned {points} points for {words}.", points=points, words=words),
    )


def _reversal(why: Why, money: Money) -> Explanation:
    causes = {
        "reversal_refund": (
            "8.2",
            said("{amount} was refunded", amount=money(why["refunded_cents"])),
        ),
        "reversal_void": ("8.1", said("the invoice was voided")),
        "reversal_reopened": ("5.7", said("the invoice was reopened")),
        "reversal_payment_removed": ("8.1", said("a payment was removed or changed")),
    }
    rule, cause = causes[str(why["because"])]
    arithmetic = f"{why['points']} to take back, {why['taken']} taken"
    if why["expired"]:
        arithmetic += f", {why['expired']} of the invoice's points had expired before"
    desk = said(
        "{taken} points of invoice {invoice} taken back: {cause}.",
        taken=why["taken"],
        invoice=why["invoice"],
        cause=cause,
    )
    guest = said(
        "{taken} points were taken back, since {cause}.", taken=why["taken"], cause=cause
    )
    return Explanation(rule, arithmetic, desk, guest)


def _expired(why: Why, money: Money) -> Explanation:
    desk = said(
        "Lot {lot} lapsed after its last day, {last_day}.",
        lot=why["lot"],
        last_day=day_of(why["last_day"]),
    )
    guest = said(
        "Points that were good through {last_day} have expired.",
        last_day=day_of(why["last_day"]),
    )
    return Explanation("9.1", f"last day {why['last_day']}", desk, guest)


def _taken_back(why: Why, money: Money) -> Explanation:
    desk = said(
        "{points} points taken back: what earned them, {about}, no longer holds.",
        points=why["points"],
        about=why["about"],
    )
    guest = said(
        "{points} points were taken back with the invoice that earned them.",
        points=why["points"],
    )
    return Explanation("8.4", f"-{why['points']}", desk, guest)


def _returned(why: Why, money: Money) -> Explanation:
    desk = said(
        "{points} of {spent} points spent on invoice {invoice} returned.",
        points=why["points"],
        spent=why["spent"],
        invoice=why["invoice"],
    )
    guest = said("{points} points you paid with have come back to you.", points=why["points"])
    return Explanation("7.6", f"{why['points']} of {why['spent']}", desk, guest)


def _corrected(why: Why, money: Money) -> Explanation:
    desk = said(
        "{points} points more after a correction of invoice {invoice}.",
        points=why["points"],
        invoice=why["invoice"],
    )
    guest = said(
        "You earned {points} points more: an invoice was corrected.", points=why["points"]
    )
    return Explanation("8.1", f"+{why['points']}", desk, guest)


def _forfeited(why: Why, money: Money) -> Explanation:
    desk = said("All {points} points ended with the enrollment.", points=why["points"])
    guest = said(
        "Your {points} points ended with your membership in the program.", points=why["points"]
    )
    return Explanation("4.8", f"-{why['points']}", desk, guest)


def _by_hand(why: Why, money: Money) -> Explanation:
    points, note = why["points"], note_of(why)
    if why["because"] == "added":
        sign, guest = "+", said("{points} points were added.", points=points)
        desk = said("{points} points added by hand{note}.", points=points, note=note)
    else:
        sign, guest = "-", said("{points} points were removed.", points=points)
        desk = said("{points} points removed by hand{note}.", points=points, note=note)
    return Explanation("9.2", f"{sign}{points}", desk, guest)


def _brought_in(why: Why, money: Money) -> Explanation:
    desk = said(
        "{points} points brought in from another system{note}.",
        points=why["points"],
        note=note_of(why),
    )
    return Explanation(
        "9.2",
        f"+{why['points']}",
        desk,
        said("{points} points came along.", points=why["points"]),
    )


def _extended(why: Why, money: Money) -> Explanation:
    first, last = day_of(why["from"]), day_of(why["to"])
    lots = ", ".join(str(number) for number in why["lots"])
    desk = said(
        "The last day of lots {lots} was moved from {first} to {last}.",
        lots=lots,
        first=first,
        last=last,
    )
    guest = said("Your points of {first} are good longer.", first=first)
    return Explanation(
        "9.2", f"{why['from'] or 'never'} to {why['to'] or 'never'}", desk, guest
    )


def _moved(why: Why, money: Money) -> Explanation:
    points = f"{why['points']:+}"
    if why["because"] == "merged":
        desk = said(
            "{points} moved between the records, since two records were merged.", points=points
        )
        guest = said("Two records of yours are one now.")
    else:
        desk = said(
            "{points} moved between the records, since a merge was undone.", points=points
        )
        guest = said("A merge of your records was undone.")
    return Explanation("9.4", points, desk, guest)


def _redeemed(why: Why, money: Money) -> Explanation:
    value = money(why["value_cents"])
    desk = said(
        "{points} points paid {value} of invoice {invoice}.",
        points=why["points"],
        value=value,
        invoice=why["invoice"],
    )
    guest = said("You paid {value} with {points} points.", value=value, points=why["points"])
    return Explanation("7.2", f"{why['points']} points = {value}", desk, guest)


def _redemption_undone(why: Why, money: Money) -> Explanation:
    desk = said(
        "{points} points taken off invoice {invoice} again, to their lots.",
        points=why["points"],
        invoice=why["invoice"],
    )
    guest = said("{points} points you paid with have come back to you.", points=why["points"])
    return Explanation("7.6", f"+{why['points']}", desk, guest)


_OTHERS: dict[str, Callable[[Why, Money], Explanation]] = {
    **OF_REWARDS,
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
}
