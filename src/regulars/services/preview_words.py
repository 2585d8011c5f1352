"""Before and after, said in sentences that may be read out at the desk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from regulars.rules.sentences import Said, Sum, said

Numbers = Mapping[str, Any]


def sentences(before: Numbers, after: Numbers, lots: Sequence[Numbers]) -> list[Said]:
    """One sentence for each thing that would change; one that says so where nothing would."""
    found: list[Said] = []
    if before["guest"] and after["guest"]:
        for tell in _OF_GUEST:
            found += tell(before["guest"], after["guest"])
        found += _lots(lots)
    if before["invoice"] and after["invoice"]:
        found += _invoice(before["invoice"], after["invoice"])
    return found or [said("Nothing would change.")]


def _points(was: Numbers, becomes: Numbers) -> Iterator[Said]:
    a, b = was["points"], becomes["points"]
    if a != b:
        yield said(
            "The balance goes from {before} to {after} points ({change:+}).",
            before=a,
            after=b,
            change=b - a,
        )
    if becomes["debt"] > was["debt"]:
        yield said(
            "{debt} points are owed then: the next points clear that first.",
            debt=becomes["debt"],
        )
    elif was["debt"] and not becomes["debt"]:
        yield said("Nothing is owed any more.")


def _redeemable(was: Numbers, becomes: Numbers) -> Iterator[Said]:
    a, b = was["redeemable_points"], becomes["redeemable_points"]
    if a != b:
        yield said(
            "{after} points can be redeemed then, instead of {before}.", after=b, before=a
        )


def _tier(was: Numbers, becomes: Numbers) -> Iterator[Said]:
    if was["tier"] != becomes["tier"]:
        names = [one["tier"] or said("no tier") for one in (was, becomes)]
        yield said("The tier goes from {before} to {after}.", before=names[0], after=names[1])
    elif was["spend"] != becomes["spend"]:
        yield said(
            "The spend that counts for the tier goes from {before} to {after}; the tier stays.",
            before=Sum(was["spend"]),
            after=Sum(becomes["spend"]),
        )


def _rewards(was: Numbers, becomes: Numbers) -> Iterator[Said]:
    a, b = ({one["id"]: one for one in side["rewards"]} for side in (was, becomes))
    for ref in sorted({*a, *b}):
        if ref not in b:
            yield said(
                "Reward {ref} over {amount} is used up or void then.",
                ref=ref,
                amount=Sum(a[ref]["amount"]),
            )
        elif ref not in a:
            yield said(
                "Reward {ref} over {amount} can be used then.",
                ref=ref,
                amount=Sum(b[ref]["amount"]),
            )
        elif a[ref]["status"] != b[ref]["status"]:
            yield said(
                "Reward {ref} over {amount} is {status} then.",
                ref=ref,
                amount=Sum(b[ref]["amount"]),
                status=_STATUS[b[ref]["status"]],
            )


def _lots(lots: Sequence[Numbers]) -> Iterator[Said]:
    for lot in lots:
        end = said("without an end")
        if lot["expires_on"]:
            end = said("good until {day}", day=date.fromisoformat(lot["expires_on"]))
        if lot["points"] < 0:
            yield said(
                "{points} of the points earned on {earned_on}, {end}, go.",
                points=-lot["points"],
                earned_on=date.fromisoformat(lot["earned_on"]),
                end=end,
            )
        elif lot["points"] > 0:
            yield said(
                "{points} points earned on {earned_on} come, {end}.",
                points=lot["points"],
                earned_on=date.fromisoformat(lot["earned_on"]),
                end=end,
            )
        elif lot["held"] > 0:
            yield said(
                "{held} of the points earned on {earned_on}, {end}, are held.",
                held=lot["held"],
                earned_on=date.fromisoformat(lot["earned_on"]),
                end=end,
            )
        elif lot["held"] < 0:
            yield said(
                "{held} held points of {earned_on} are free.",
                held=-lot["held"],
                earned_on=date.fromisoformat(lot["earned_on"]),
            )
        else:
            yield said(
                "The points earned on {earned_on} are {end}.",
                earned_on=date.fromisoformat(lot["earned_on"]),
                end=end,
            )


def _invoice(was: Numbers, becomes: Numbers) -> Iterator[Said]:
    for name, words in _MONEY:
        if was[name] != becomes[name]:
            yield Said(words.template, {"before": Sum(was[name]), "after": Sum(becomes[name])})


_STATUS = {
    "issued": said("ready to be used"),
    "held": said("set aside"),
    "redeemed": said("redeemed"),
    "void": said("void"),
    "expired": said("expired"),
}
_MONEY = (
    ("points_paid", said("What points pay goes from {before} to {after}.")),
    ("rewards_paid", said("What rewards pay goes from {before} to {after}.")),
    ("tax", said("The tax goes from {before} to {after}.")),
    ("due", said("What is due goes from {before} to {after}.")),
)
_OF_GUEST: tuple[Callable[[Numbers, Numbers], Iterator[Said]], ...] = (
    _points,
    _redeemable,
    _tier,
    _rewards,
)
