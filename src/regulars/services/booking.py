"""Appointments as the desk makes and moves them: each act is the contract's own record.

What the book shows is what was said last; an act says it again with something changed. Whoever
asks for it sends the record through the door that every other program uses, so that export,
replay and `verify` know of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from regulars.records.queries import book
from regulars.records.queries import said as as_sent
from regulars.records.queries.book import Booking
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said

Document = dict[str, Any]

USUAL_MINUTES = 60
"""How long an appointment takes in the book where nobody said."""

NEXT_STEPS: Mapping[str, tuple[str, ...]] = {
    "booked": ("confirmed", "checked_in", "cancelled", "no_show"),
    "confirmed": ("checked_in", "cancelled", "no_show"),
    "checked_in": ("completed", "booked"),
    "completed": ("checked_in",),
    "cancelled": ("booked",),
    "no_show": ("booked",),
}
"""What may become of an appointment at the desk; the way back is there as well."""
MOVABLE = frozenset({"booked", "confirmed", "checked_in"})
"""What may still be given another time."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A new appointment as the desk asks for it."""

    guest: str
    center: str
    starts_at: datetime
    staff: str | None = None
    services: tuple[str, ...] = ()
    minutes: int | None = None
    note: str | None = None


def new_appointment(
    wish: Wish, *, ref: str, now: datetime, overlapping: bool = False
) -> Document:
    """The record that books it under this id, to be sent as it is.

    Refuses `conflict` where the staff member has somebody else then, unless that is meant.
    """
    if not overlapping:
        _refuse_collision(wish.staff, wish.starts_at, wish.minutes, ref=ref)
    return {
        "type": "appointment",
        "id": ref,
        "guest": wish.guest,
        "center": wish.center,
        "booked_at": now.isoformat(),
        "channel": "desk",
        "starts_at": wish.starts_at.isoformat(),
        "status": "booked",
        "staff": wish.staff,
        "services": list(wish.services),
        "minutes": wish.minutes,
        "note": wish.note,
    }


def changed_appointment(
    ref: str, *, exponent: int, overlapping: bool = False, **changes: Any
) -> Document:
    """The record that says it again with these of its fields changed.

    Refuses `unknown_reference`, and `conflict` as `new_appointment` does.
    """
    known = as_sent.one("appointment", ref, exponent=exponent)
    if known is None:
        raise unknown_reference("appointment", ref, field="id")
    document = {"type": "appointment", **known, **changes}
    if not overlapping and {"starts_at", "staff", "minutes"} & set(changes):
        starts_at = datetime.fromisoformat(document["starts_at"])
        _refuse_collision(document["staff"], starts_at, document["minutes"], ref=ref)
    return document


def next_step(found: Booking, status: str, *, exponent: int) -> Document:
    """The record that checks in, completes, cancels, as far as the one follows the other."""
    if status not in NEXT_STEPS[found.status]:
        raise Refused(
            "conflict",
            said(
                "An appointment that is {before} cannot become {after}.",
                before=_words(found.status),
                after=_words(status),
            ),
            field="status",
            value=status,
        )
    return changed_appointment(found.ref, exponent=exponent, status=status)


def _words(status: str) -> str:
    return status.replace("_", " ")


def ends_at(starts_at: datetime, minutes: int | None) -> datetime:
    return starts_at + timedelta(minutes=minutes or USUAL_MINUTES)


def collisions(
    staff: str | None, starts_at: datetime, minutes: int | None, *, ref: str | None = None
) -> Sequence[Booking]:
    """Whom the staff member has at that time already."""
    if staff is None:
        return ()
    until = ends_at(starts_at, minutes)
    day = timedelta(days=1)
    first, last = (starts_at - day).date(), (until + day).date()
    others = book.with_staff(staff, first=first, last=last, apart_from=ref)
    return [
        one
        for one in others
        if one.starts_at < until and starts_at < ends_at(one.starts_at, one.minutes)
    ]


def _refuse_collision(
    staff: str | None, starts_at: datetime, minutes: int | None, *, ref: str
) -> None:
    for other in collisions(staff, starts_at, minutes, ref=ref):
        raise Refused(
            "conflict",
            said(
                "{staff} has {guest_name} then, for {minutes} minutes.",
                staff=staff,
                guest_name=other.guest_name,
                minutes=other.minutes or USUAL_MINUTES,
            ),
            field="starts_at",
            value=starts_at.isoformat(),
            detail={
                "appointment": other.ref,
                "guest": other.guest_name,
                "minutes": other.minutes or USUAL_MINUTES,
            },
        )
