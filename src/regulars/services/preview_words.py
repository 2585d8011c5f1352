"""Before and after, said in sentences that may be read out at the desk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Numbers = Mapping[str, Any]


def sentences(before: Numbers, after: Numbers, lots: Sequence[Numbers]) -> list[str]:
    """One sentence for each thing that would change; one that says so where nothing would."""
    found: list[str] = []
    if before["guest"] and after["guest"]:
        for tell in _OF_GUEST:
            found += tell(before["guest"], after["guest"])
        found += _lots(lots)
    if before["invoice"] and after["invoice"]:
        found += _invoice(before["invoice"], after["invoice"])
    return found or ["Nothing would change."]


def _points(was: Numbers, becomes: Numbers) -> Iterator[str]:
    a, b = was["points"], becomes["points"]
    if a != b:
        yield f"The balance goes from {a} to {b} points ({b - a:+})."
    if becomes["debt"] > was["debt"]:
        yield f"{becomes['debt']} points are owed then: the next points clear that first."
    elif was["debt"] and not becomes["debt"]:
        yield "Nothing is owed any more."


def _redeemable(was: Numbers, becomes: Numbers) -> Iterator[str]:
    a, b = was["redeemable_points"], becomes["redeemable_points"]
    if a != b:
        yield f"{b} points can be redeemed then, instead of {a}."


def _tier(was: Numbers, becomes: Numbers) -> Iterator[str]:
    if was["tier"] != becomes["tier"]:
        names = [one["tier"] or "no tier" for one in (was, becomes)]
        yield f"The tier goes from {names[0]} to {names[1]}."
    elif was["spend"] != becomes["spend"]:
        yield f"The spend that counts for the tier goes from {was['spend']} to" + (
            f" {becomes['spend']}; the tier stays."
        )


def _rewards(was: Numbers, becomes: Numbers) -> Iterator[str]:
    a, b = ({one["id"]: one for one in side["rewards"]} for side in (was, becomes))
    for ref in sorted({*a, *b}):
        if ref not in b:
            yield f"Reward {ref} over {a[ref]['amount']} is used up or void then."
        elif ref not in a:
            yield f"Reward {ref} over {b[ref]['amount']} can be used then."
        elif a[ref]["status"] != b[ref]["status"]:
            yield f"Reward {ref} over {b[ref]['amount']} is {b[ref]['status']} then."


def _lots(lots: Sequence[Numbers]) -> Iterator[str]:
    for lot in lots:
        end = f"good until {lot['expires_on']}" if lot["expires_on"] else "without an end"
        if lot["points"] < 0:
            yield f"{-lot['points']} of the points earned on {lot['earned_on']}, {end}, go."
        elif lot["points"] > 0:
            yield f"{lot['points']} points earned on {lot['earned_on']} come, {end}."
        elif lot["held"] > 0:
            yield f"{lot['held']} of the points earned on {lot['earned_on']}, {end}, are held."
        elif lot["held"] < 0:
            yield f"{-lot['held']} held points of {lot['earned_on']} are free."
        else:
            yield f"The points earned on {lot['earned_on']} are {end}."


def _invoice(was: Numbers, becomes: Numbers) -> Iterator[str]:
    for name, words in _MONEY:
        if was[name] != becomes[name]:
            yield f"{words} goes from {was[name]} to {becomes[name]}."


_MONEY = (
    ("points_paid", "What points pay"),
    ("rewards_paid", "What rewards pay"),
    ("tax", "The tax"),
    ("due", "What is due"),
)
_OF_GUEST: tuple[Callable[[Numbers, Numbers], Iterator[str]], ...] = (
    _points,
    _redeemable,
    _tier,
    _rewards,
)
