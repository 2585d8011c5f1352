"""Points added, removed and extended by hand, at once or after a second yes (rule 9.2)."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import UNSET

from regulars.records import models
from regulars.records.load import GuestWork
from regulars.rules import adjustments
from regulars.rules.lots import Entry
from regulars.services.acting import Acting, Answer
from regulars.services.formats.commands import AddPoints, ExtendExpiry, RemovePoints

ActByHand = AddPoints | RemovePoints | ExtendExpiry
Approved = str | None
"""The record name of an act that waited and is carried out now; None: asked for just now."""


def add_points(command: AddPoints, acting: Acting) -> Answer:
    """Rule 9.2: points with the tier's days or a day of their own; a debt is cleared first."""
    return _add(command, acting, None)


def remove_points(command: RemovePoints, acting: Acting) -> Answer:
    """Rule 9.2: from the lots of one last day, or in spending order."""
    return _remove(command, acting, None)


def extend_expiry(command: ExtendExpiry, acting: Acting) -> Answer:
    """Rule 9.2: all lots of one last day get a later one."""
    return _extend(command, acting, None)


def carry_out(body: str, acting: Acting, *, name: str) -> Answer:
    """An act that waited, approved now and dated now; it stands under its own record name."""
    command = msgspec.json.decode(body, type=ActByHand)
    return _CARRY_OUT[type(command)](command, acting, name)


def _add(command: AddPoints, acting: Acting, approved: Approved) -> Answer:
    asked = command.expires_on
    if asked is not UNSET:
        adjustments.check_added_expiry(asked, acting.on)
    one = acting.guest(command.guest)
    if approved is None and _must_wait(acting, command.points):
        return _wait(command, acting, one, points=command.points)
    standing = one.facts.standing
    expires_on = asked
    if expires_on is UNSET:
        expires_on = adjustments.usual_expiry(acting.program, standing, acting.on)
    entry = _entry(command, acting, command.points, because="added", approved=approved)
    one.points.credit(entry, earned_on=acting.on, expires_on=expires_on, tier=standing.tier)
    acting.save()
    last_day = None if expires_on is None else str(expires_on)
    return Answer(detail={"points": one.points.points, "expires_on": last_day})


def _remove(command: RemovePoints, acting: Acting, approved: Approved) -> Answer:
    one = acting.guest(command.guest)
    asked = command.expires_on
    lots = adjustments.lots_to_remove(
        one.points,
        command.points,
        on=acting.on,
        of_date=asked is not UNSET,
        expires_on=None if asked is UNSET else asked,
    )
    if approved is None and _must_wait(acting, command.points):
        return _wait(command, acting, one, points=command.points)
    entry = _entry(command, acting, -command.points, because="removed", approved=approved)
    one.points.debit(entry, lots)
    acting.save()
    return Answer(detail={"points": one.points.points})


def _extend(command: ExtendExpiry, acting: Acting, approved: Approved) -> Answer:
    from_day, to_day = command.from_expires_on, command.to_expires_on
    adjustments.check_new_last_day(from_day=from_day, to_day=to_day, on=acting.on)
    one = acting.guest(command.guest)
    lots = adjustments.lots_to_extend(one.points, from_day)
    points = sum(lot.remaining for lot in lots)
    if approved is None and _must_wait(acting, points):
        return _wait(command, acting, one, points=points)
    entry = _entry(command, acting, 0, because="extended", approved=approved)
    entry.why["points"] = points
    adjustments.extend(one.points, lots, to_day, entry=entry)
    acting.save()
    return Answer(detail={"points": points, "lots": len(lots)})


_CARRY_OUT: dict[type, Callable[[Any, Acting, Approved], Answer]] = {
    AddPoints: _add,
    RemovePoints: _remove,
    ExtendExpiry: _extend,
}


def _entry(
    command: ActByHand, acting: Acting, points: int, *, because: str, approved: Approved
) -> Entry:
    name = approved or acting.name
    why: dict[str, Any] = {"because": because, "points": abs(points)}
    if not isinstance(command, ExtendExpiry):
        why |= {"reason": command.reason, "comment": command.comment}
    if approved is not None:
        why |= {"asked_by": command.by, "approved": acting.name}
    version = acting.program.version if acting.program else None
    return Entry("adjustment", points, acting.on, name, name, why, version=version)


# -- above the limit --------------------------------------------------------------------------


def _must_wait(acting: Acting, points: int) -> bool:
    return adjustments.needs_approval(acting.program, points)


def _wait(command: ActByHand, acting: Acting, one: GuestWork, *, points: int) -> Answer:
    """Nothing moves until a second person says yes."""
    models.ApprovalRequest.objects.create(
        name=acting.name,
        guest_id=one.key,
        body=msgspec.json.encode(command).decode(),
        asked_by=acting.by,
        asked_at=acting.at,
        state="waiting",
    )
    acting.save()
    assert acting.program is not None
    limit = acting.program.approval_above_points
    return Answer("pending", detail={"request": acting.name, "points": points, "limit": limit})
