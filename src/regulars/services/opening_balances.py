"""Points that a guest brings from another system: one lot each, with its own days."""

from msgspec import UNSET

from regulars.rules import adjustments
from regulars.rules.lots import Entry
from regulars.services.acting import Acting, Answer
from regulars.services.formats.commands import OpeningBalance


def opening_balance(command: OpeningBalance, acting: Acting) -> Answer:
    """An entry of its own kind, dated now; the lot keeps the day of earning and the last day.

    It waits for nobody's approval: the whole of an import is what somebody decides on.
    """
    earned_on = command.earned_on or acting.on
    adjustments.check_opening_days(
        earned_on=earned_on,
        expires_on=None if command.expires_on is UNSET else command.expires_on,
        on=acting.on,
    )
    adjustments.check_opening_tier(acting.program, command.tier)
    one = acting.guest(command.guest)
    standing = one.facts.standing
    tier = command.tier or standing.tier
    expires_on = command.expires_on
    if expires_on is UNSET:
        expires_on = adjustments.opening_expiry(acting.program, tier, earned_on)
        adjustments.check_opening_days(earned_on=earned_on, expires_on=expires_on, on=acting.on)
    why = {"because": "opening", "points": command.points, "comment": command.comment}
    version = acting.program.version if acting.program else None
    entry = Entry(
        "opening_balance",
        command.points,
        acting.on,
        acting.name,
        acting.name,
        why,
        version=version,
    )
    one.points.credit(entry, earned_on=earned_on, expires_on=expires_on, tier=tier)
    acting.save()
    last_day = None if expires_on is None else str(expires_on)
    return Answer(detail={"points": one.points.points, "expires_on": last_day})
