"""What a draft would have done to last month's guests: some at a time, and nothing is written.

The month is lived again by the rules, once under the versions that were in force and once under
the draft. Of many guests some are looked at, evenly over all, so that it stays quick.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import msgspec

from regulars.records import load, trial_facts, visits
from regulars.records.load import GuestWork
from regulars.records.quarters import quarters_of_invoices
from regulars.rules import trials
from regulars.rules.facts import Appointment
from regulars.rules.periods import add_months, is_month_end
from regulars.rules.program import Program
from regulars.rules.trials import Tried
from regulars.rules.versions import Versions
from regulars.services import settling
from regulars.services.organizations import Company

MOST_GUESTS = 1000
CHUNK = 100


@dataclass(slots=True)
class Side:
    """One way it went: points and guests at the end by tier ("" is none), guests by move."""

    points: dict[str, int] = field(default_factory=dict)
    guests: dict[str, int] = field(default_factory=dict)
    moved: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def moves(self) -> dict[tuple[str, str], int]:
        return {(before, after): n for before, after, n in self.moved}

    def add(self, tried: Tried) -> None:
        for tier, points in tried.points.items():
            self.points[tier] = self.points.get(tier, 0) + points
        last = tried.tier or ""
        self.guests[last] = self.guests.get(last, 0) + 1
        moves = self.moves
        for before, after in tried.moves:
            pair = (before or "", after or "")
            moves[pair] = moves.get(pair, 0) + 1
        self.moved = [(*pair, n) for pair, n in sorted(moves.items())]


@dataclass(slots=True)
class Trial:
    """How far it is: `n_chosen` of `n_all` guests are looked at, `n_skipped` of these had been
    moved by hand and say nothing. `now` is as it was, `draft` as it would have been.
    """

    first: date
    last: date
    n_all: int
    n_chosen: int
    n_done: int = 0
    n_skipped: int = 0
    now: Side = field(default_factory=Side)
    draft: Side = field(default_factory=Side)

    @property
    def is_done(self) -> bool:
        return self.n_done >= self.n_chosen


def as_text(trial: Trial) -> str:
    """To be carried along by whoever asks again."""
    return msgspec.json.encode(trial).decode()


def of_text(text: str) -> Trial:
    return msgspec.json.decode(text, type=Trial)


def go_on(
    company: Company,
    draft: Program,
    trial: Trial | None,
    *,
    chunk: int = CHUNK,
    most: int = MOST_GUESTS,
) -> Trial | None:
    """Begin, or look at some more guests; None while no day has been closed."""
    month = last_month(company)
    if month is None:
        return None
    first, last = month
    if trial is None or (trial.first, trial.last) != month:
        n_all = trial_facts.guests_of_month(first, last)
        trial = Trial(first, last, n_all, n_chosen=n_all // _every(n_all, most))
    ids = trial_facts.some_guests_of_month(first, last, every=_every(trial.n_all, most))
    wanted = ids[trial.n_done : trial.n_done + chunk]
    _try(company, draft, trial, wanted)
    trial.n_done = trial.n_done + len(wanted) if wanted else trial.n_chosen
    return trial


def _every(n_all: int, most: int) -> int:
    return max(1, -(-n_all // most))


def last_month(company: Company) -> tuple[date, date] | None:
    """The month that ends with the last final date: of the calendar where that ends one."""
    last = company.closed_through
    if last is None:
        return None
    if is_month_end(last):
        return last.replace(day=1), last
    return add_months(last, -1) + timedelta(days=1), last


def _try(company: Company, draft: Program, trial: Trial, ids: Sequence[UUID]) -> None:
    first, last = trial.first, trial.last
    drafted = trials.with_draft(company.versions, draft, first=first)
    for one in _facts(ids, (company.versions, drafted), first=first, last=last):
        facts = one.facts
        if trials.was_moved_by_hand(facts, first=first, last=last):
            trial.n_skipped += 1
            continue
        trial.now.add(trials.live_again(facts, company.versions, first=first, last=last))
        trial.draft.add(trials.live_again(facts, drafted, first=first, last=last))


def _facts(
    ids: Sequence[UUID], versions: Iterable[Versions], *, first: date, last: date
) -> list[GuestWork]:
    """Everything of these guests that may count in the month. A fixed number of queries."""
    if not ids:
        return []
    work = load.guests(ids)
    start = min(one.window_from(first) for one in versions)
    # A rate that is split looks back from the payment's own day (rule 4.10).
    quarters = quarters_of_invoices()
    trial_facts.add_month(work, first=first, last=last, window_from=start, quarters=quarters)
    found = _appointments(ids, first, last, quarters)
    settling.add_appointments(work, found)
    return list(work.values())


def _appointments(
    ids: Sequence[UUID], first: date, last: date, quarters: Sequence[int]
) -> dict[str, tuple[UUID, Appointment]]:
    """The appointments of the month, and the visits of the days on which they were booked."""
    condition, params = trial_facts.appointments_asked(ids, first, last, quarters=quarters)
    found = visits.appointments_where(condition, params)
    booked = sorted({one.booked_on for _, one in found})
    if booked:
        found += visits.appointments_where("guest_id IN %s AND starts_on IN %s", [ids, booked])
    return {one.id: (guest, one) for guest, one in found}
