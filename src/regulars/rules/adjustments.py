"""Points added, removed and extended by hand (rules 9.2, 9.3)."""

from collections.abc import Sequence
from datetime import date

from regulars.rules.accrual import expiry_of
from regulars.rules.facts import Standing
from regulars.rules.lots import Book, Entry, Lot
from regulars.rules.program import Program
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said

REASONS = ("goodwill", "correction", "promotion", "service_recovery", "other")
"""The list a reason is picked from; an organization may use words of its own."""


def needs_approval(program: Program | None, points: int) -> bool:
    """Above the setting `approval_above_points` a second person decides; null is no limit."""
    limit = program.approval_above_points if program else None
    return limit is not None and points > limit


def usual_expiry(program: Program | None, standing: Standing, on: date) -> date | None:
    """The tier's days from the day of adding; in no tier points are kept without an end."""
    tier = program.tier(standing.tier) if program and standing.tier else None
    return expiry_of(tier, on) if tier else None


def check_added_expiry(expires_on: date | None, on: date) -> None:
    """Points are not added to lapse at once."""
    if expires_on is not None and expires_on < on:
        raise Refused(
            "invalid_record",
            said(
                "expires_on must not lie before the day of adding, {on}; it is {expires_on}.",
                on=on,
                expires_on=expires_on,
            ),
            field="expires_on",
            value=str(expires_on),
        )


def opening_expiry(program: Program | None, tier: str | None, earned_on: date) -> date | None:
    """Points brought in without a last day: the tier's days from the day of earning."""
    found = program.tier(tier) if program and tier else None
    return expiry_of(found, earned_on) if found else None


def check_opening_days(*, earned_on: date, expires_on: date | None, on: date) -> None:
    """Points brought in were earned by now, and are good still."""
    if earned_on > on:
        raise Refused(
            "invalid_record",
            said(
                "earned_on must not lie after the day of the import, {on}; it is {earned_on}.",
                on=on,
                earned_on=earned_on,
            ),
            field="earned_on",
            value=str(earned_on),
        )
    if expires_on is not None and expires_on < on:
        raise Refused(
            "invalid_record",
            said(
                "expires_on must not lie before {on}: points that have expired are not"
                " brought in; it is {expires_on}.",
                on=on,
                expires_on=expires_on,
            ),
            field="expires_on",
            value=str(expires_on),
        )


def check_opening_tier(program: Program | None, tier: str | None) -> None:
    """A lot may name the tier that earned it, one of the program's."""
    if tier is None or (program is not None and program.tier(tier) is not None):
        return
    known = ", ".join(one.id for one in program.tiers) if program else "none"
    raise Refused(
        "invalid_record",
        said(
            "tier must be one of the program's: {known}; it is {tier}.", known=known, tier=tier
        ),
        field="tier",
        value=tier,
    )


def lots_to_remove(
    book: Book, points: int, *, on: date, of_date: bool, expires_on: date | None
) -> list[Lot]:
    """The lots to take points from: those of one last day, or all in spending order.

    With `of_date` only lots of `expires_on` count, None being those that never expire.
    """
    if book.debt:
        raise Refused(
            "negative_balance",
            said("The balance is {points}; there is nothing to remove.", points=book.points),
            detail={"available": 0, "points": book.points},
        )
    lots = book.spendable(on)
    where = ""
    if of_date:
        lots = [lot for lot in lots if lot.expires_on == expires_on]
        where = f" that expire on {expires_on}" if expires_on else " that never expire"
    available = sum(lot.free for lot in lots)
    if points > available:
        raise Refused(
            "insufficient_points",
            said(
                "{points} points{where} were to be removed, {available} are there and not"
                " held.",
                points=points,
                where=where,
                available=available,
            ),
            field="points",
            value=points,
            detail={"available": available, "missing": points - available},
        )
    return lots


def check_new_last_day(*, from_day: date, to_day: date, on: date) -> None:
    """Extending makes the last day later, and never a day that is over."""
    if to_day <= from_day or to_day < on:
        raise Refused(
            "invalid_record",
            said(
                "to_expires_on must be later than {from_day} and not before {on}; it is"
                " {to_day}.",
                from_day=from_day,
                on=on,
                to_day=to_day,
            ),
            field="to_expires_on",
            value=str(to_day),
            detail={"later_than": str(from_day), "not_before": str(on)},
        )


def lots_to_extend(book: Book, from_day: date) -> list[Lot]:
    """All open lots of one last day, those on hold as well."""
    open_lots = book.open_lots()
    lots = [lot for lot in open_lots if lot.expires_on == from_day]
    if not lots:
        days = sorted({str(lot.expires_on) for lot in open_lots if lot.expires_on})
        known = (
            f"there are points of {', '.join(days)}" if days else "no points have a last day"
        )
        raise Refused(
            "invalid_record",
            said("No points expire on {from_day}; {known}.", from_day=from_day, known=known),
            field="from_expires_on",
            value=str(from_day),
            detail={"expires_on": days},
        )
    return lots


def extend(book: Book, lots: Sequence[Lot], to_day: date | None, *, entry: Entry) -> Entry:
    """Give lots another last day; an entry of 0 points says which (rule 1.4)."""
    entry.why = {
        **entry.why,
        "because": "extended",
        "lots": [lot.number for lot in lots],
        "from": _text(lots[0].expires_on),
        "to": _text(to_day),
    }
    for lot in lots:
        lot.expires_on = to_day
        book.touched[lot.number] = lot
    return book.post(entry)


def _text(day: date | None) -> str | None:
    return None if day is None else str(day)
