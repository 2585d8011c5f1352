"""What became of money rewards, day by day, from the ledger of credit (rules 10.7 to 10.11).

A reward's end is never posted: it is read from its last day, which an edit may move. So what
was open on a day of the past is worked out here, lot by lot, from the entries up to that day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)

ISSUED = "issued"
EDITED = "edited"
REDEEMED = "redeemed"
RETURNED = "returned"
REMAINDER = "remainder"
FORFEITED = "forfeited"
VOID = "void"
EXPIRED = "expired"
MOVED = "moved"

HAPPENINGS = (
    ISSUED,
    EDITED,
    REDEEMED,
    RETURNED,
    REMAINDER,
    FORFEITED,
    VOID,
    EXPIRED,
    MOVED,
)
"""All that can change what is open of a reward, in the order in which it is told."""

_BY_KIND = {
    "accrual": ISSUED,
    "opening_balance": ISSUED,
    "redemption": REDEEMED,
    "redemption_return": RETURNED,
    "forfeiture": FORFEITED,
    "reversal": VOID,
    "expiry": EXPIRED,
}
_REMAINDERS = ("rest_of_reward", "rest_returned")


def happening_of(kind: str, why: Mapping[str, Any]) -> str:
    """What an entry of credit means to whoever holds the reward."""
    because = why.get("because")
    if kind == "adjustment":
        return EDITED if because == "reward_edited" else VOID
    if kind == "transfer":
        return REMAINDER if because in _REMAINDERS else MOVED
    return _BY_KIND[kind]


@dataclass(frozen=True, slots=True)
class Step:
    """One entry's effect on one lot of credit; `cents` is above zero where it grew."""

    entry: int
    on: date
    happening: str
    cents: int
    source: str
    by: str | None
    invoice: str | None = None


@dataclass(frozen=True, slots=True)
class DayMoved:
    """An entry that gave a lot another last day."""

    entry: int
    on: date
    before: date | None
    after: date | None


@dataclass(slots=True)
class CreditLot:
    """One lot of credit: a reward, as long as its amount stays the same and with one guest.

    `expires_on` is its last day as things stand now; `moved` says how it came to that.
    """

    number: int
    code: str
    issued_on: date
    expires_on: date | None
    steps: list[Step] = field(default_factory=list)
    moved: list[DayMoved] = field(default_factory=list)

    def cents_on(self, day: date) -> int:
        """What was left of it at the end of the day, its last day over or not."""
        return sum(step.cents for step in self.steps if step.on <= day)

    def last_day_on(self, day: date) -> date | None:
        """The last day it had at the end of that day: later edits are taken back."""
        for move in self.moved:
            if move.on > day:
                return move.before
        return self.expires_on

    def expired_cents_on(self, day: date) -> int:
        """What was left at the end of the day of a lot whose last day was over (10.7)."""
        last_day = self.last_day_on(day)
        return self.cents_on(day) if last_day is not None and last_day < day else 0

    def open_cents_on(self, day: date) -> int:
        """What could still be redeemed, or was held, at the end of the day."""
        return self.cents_on(day) - self.expired_cents_on(day)

    def invoice_by(self, step: Step) -> str | None:
        """The invoice a step is about: that of a return is the last one it had paid."""
        if step.invoice is not None or step.happening != RETURNED:
            return step.invoice
        before = [one.invoice for one in self.steps if one.entry < step.entry and one.invoice]
        return before[-1] if before else None


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one lot on one day. Summed up, events are what is open."""

    on: date
    happening: str
    lot: CreditLot
    cents: int
    source: str
    by: str | None
    invoice: str | None


def events_of(lot: CreditLot, first: date, last: date) -> Iterator[Event]:
    """Everything that changed what was open of a lot in these days, both counted.

    The end of its last day is an event like the others. One above zero takes an end back: the
    last day was moved, or the reward void after all.
    """
    for step in lot.steps:
        if step.cents and first <= step.on <= last:
            invoice = lot.invoice_by(step)
            yield Event(step.on, step.happening, lot, step.cents, step.source, step.by, invoice)
    before = lot.expired_cents_on(first - DAY)
    for day in _days_of_change(lot, first, last):
        after = lot.expired_cents_on(day)
        if after != before:
            yield Event(day, EXPIRED, lot, before - after, "expiry", None, None)
        before = after


def _days_of_change(lot: CreditLot, first: date, last: date) -> list[date]:
    days = {step.on for step in lot.steps} | {move.on for move in lot.moved}
    ends = {lot.expires_on} | {move.before for move in lot.moved}
    days |= {end + DAY for end in ends if end is not None and end < date.max}
    return sorted(day for day in days if first <= day <= last)


def open_in(lots: Iterable[CreditLot], day: date) -> int:
    """The open credit of these lots at the end of a day."""
    return sum(lot.open_cents_on(day) for lot in lots)


def code_of_run(source: str, guest: str, number: int) -> str:
    """The code of a run's reward, from the record name of the run (contract section 3)."""
    return f"{source.partition('/')[2]}:{guest}:{number}"


def code_said(why: Mapping[str, Any], source: str, guest: str, place: int) -> str | None:
    """The code of a lot by the entry that opened it; None where a merge did.

    `place` counts the lots of that entry from 1, `guest` is whose ledger it stands in.
    """
    because = why.get("because")
    if because == "sales_reached":
        return code_of_run(source, guest, place)
    code = why.get("rest") if because == "rest_of_reward" else why.get("reward")
    return None if code is None else str(code)


def lot_edited(lots: Sequence[CreditLot], code: str, *, entry: int) -> CreditLot | None:
    """The lot a reward had when this entry moved its last day: the latest opened before it."""
    known = [lot for lot in lots if lot.code == code and lot.steps]
    before = [lot for lot in known if min(step.entry for step in lot.steps) < entry]
    return max(before, key=lambda lot: lot.number, default=None)
