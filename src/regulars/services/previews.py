"""What an act would change, in numbers and sentences: it is carried out and taken back.

The very services that act are called, so that a preview cannot differ from what follows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from regulars.records import codec, models
from regulars.records.bulk import select
from regulars.records.quarters import quarters_of_entries
from regulars.records.scope import current_organization
from regulars.rules.explaining import sentence_of
from regulars.services import closing, desk_acts, preview_words, standing_numbers
from regulars.services.formats.results import Result
from regulars.services.organizations import Company
from regulars.services.receiving import Sender, receive_all
from regulars.services.settling import Stamp
from regulars.services.standing_numbers import About, Numbers

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose act is previewed, and when it would be."""

    company: Company
    sender: Sender
    now: datetime

    def receive(self, document: Document) -> Result:
        [result] = receive_all(self.company, [document], sender=self.sender, now=self.now)
        return result


@dataclass(frozen=True, slots=True)
class Preview:
    """What an act would come to. `before` and `after` hold `guest` and `invoice`.

    `lots` are those whose points would change, `entries` what the ledger would have more,
    `sentences` what a desk may read out.
    """

    result: Result
    before: Numbers
    after: Numbers
    lots: Sequence[Numbers]
    entries: Sequence[Numbers]
    sentences: Sequence[str]

    def as_dict(self) -> dict[str, Any]:
        return {
            "result": self.result.as_dict(),
            "before": self.before,
            "after": self.after,
            "lots": [*self.lots],
            "entries": [*self.entries],
            "sentences": [*self.sentences],
        }


def preview_act(asked: Asked, document: Document) -> Preview:
    """A command of the contract, tried: a redemption, a hold, an adjustment."""
    complete = desk_acts.complete(document, sender=asked.sender)
    on = standing_numbers.about(complete)
    return tried(asked, on, lambda: asked.receive(complete))


def tried(
    asked: Asked, on: About, act: Callable[[], Result], *, settles: bool = False
) -> Preview:
    """Both sides are looked at in transactions of their own that are taken back.

    With `settles` today's close is part of both, so that what is told is the act's alone.
    """
    with transaction.atomic():
        _close_days_over(asked)
        before, _ = _look(asked, on, None, settles=settles)
        after, result = _look(asked, on, act, settles=settles)
        transaction.set_rollback(True)
    assert result is not None
    lots = _changed(before.lots, after.lots)
    entries = [one for one in after.entries if one not in before.entries]
    sentences = preview_words.sentences(before.numbers, after.numbers, lots)
    return Preview(result, before.numbers, after.numbers, lots, entries, sentences)


_Lot = tuple[Any, ...]
"""Number, points and held points of a lot, its tier and action, its first and last day."""
_NO_LOT: _Lot = (0, 0, 0, None, None, None, None)


@dataclass(frozen=True, slots=True)
class _Seen:
    numbers: Numbers
    lots: Mapping[int, _Lot]
    entries: Sequence[Numbers]


def _look(
    asked: Asked, on: About, act: Callable[[], Result] | None, *, settles: bool
) -> tuple[_Seen, Result | None]:
    with transaction.atomic():
        known = _last_entry(on.guest)
        result = act() if act is not None else None
        if settles and on.guest is not None:
            _settle(asked, on.guest)
        numbers = standing_numbers.numbers(asked.company, on, now=asked.now)
        entries = _entries(on.guest, after=known, exponent=asked.company.exponent)
        seen = _Seen(numbers, _lots(on.guest), entries)
        transaction.set_rollback(True)
    return seen, result


def _close_days_over(asked: Asked) -> None:
    """As whatever comes in does first: the days before are no part of what an act changes."""
    over = closing.last_final_day(asked.company, asked.now)
    if over is not None and asked.company.closed_through is not None:
        closing.close_through(asked.company, over)


def _settle(asked: Asked, guest: UUID) -> None:
    day = standing_numbers.view_at(asked.company, asked.now).on
    stamp = Stamp(asked.now, None, "preview")
    closing.settle_chunk(asked.company, [guest], day=day, stamp=stamp, is_final=False)


# -- what there is to be seen -----------------------------------------------------------------


def _last_entry(guest: UUID | None) -> int:
    rows = models.Account.objects.filter(guest=guest)
    return rows.values_list("entry_count", flat=True).first() or 0


def _entries(guest: UUID | None, *, after: int, exponent: int) -> list[Numbers]:
    if guest is None:
        return []
    rows = select(
        """SELECT entered_on, unit, kind, action, points, tier, source, why
        FROM records_ledgerentry WHERE organization_id = %s AND entered_quarter IN %s
        AND guest_id = %s AND number > %s AND unit = 'points' ORDER BY number""",
        [current_organization(), quarters_of_entries(), guest, after],
        types="date text text text int text text text",
    )
    return [
        {
            "date": on.isoformat(),
            "kind": kind,
            "action": action,
            "points": points,
            "tier": tier,
            "source": source,
            "why": sentence_of(codec.value_of(why), exponent),
        }
        for on, _, kind, action, points, tier, source, why in rows
    ]


def _lots(guest: UUID | None) -> dict[int, _Lot]:
    """The open lots of points; what is held counts as theirs and is told apart."""
    if guest is None:
        return {}
    rows = select(
        """SELECT number, remaining_points, held_points, tier, action, earned_on, expires_on
        FROM records_lot WHERE organization_id = %s AND guest_id = %s
        AND remaining_points > 0 AND unit = 'points'""",
        [current_organization(), guest],
        types="int int int text text date date",
    )
    return {row[0]: row for row in rows}


def _changed(before: Mapping[int, _Lot], after: Mapping[int, _Lot]) -> list[Numbers]:
    """Lots that would hold more or less, or for another time, by how much."""
    found = []
    for number in sorted({*before, *after}):
        was, becomes = before.get(number), after.get(number)
        if was != becomes:
            found.append(_difference(was, becomes))
    return found


def _difference(was: _Lot | None, becomes: _Lot | None) -> Numbers:
    _, points, held, tier, action, earned_on, expires_on = becomes or was or _NO_LOT
    _, points_before, held_before, *_ = was or _NO_LOT
    if becomes is None:
        points = held = 0
    return {
        "points": points - points_before,
        "held": held - held_before,
        "tier": tier,
        "action": action,
        "earned_on": earned_on.isoformat(),
        "expires_on": expires_on.isoformat() if expires_on else None,
    }
