"""What a proof of the books comes to: nothing, or what differs and where (rule 1.4)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from regulars.records.queries.ledgers import Ledger
from regulars.rules.lots import CREDIT, POINTS

KEPT = 100
"""Differences that a report lists; it counts them all."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be; `entry` is the guest's that it hangs on."""

    guest: str | None
    entry: int | None
    place: str
    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        whose = "" if self.guest is None else f"Guest {self.guest}"
        which = "" if self.entry is None else f"entry {self.entry}"
        where = ", ".join(part for part in (whose, which, self.place) if part)
        return f"{where}: {self.what} should be {self.expected}, found {self.found}."


@dataclass(slots=True)
class Totals:
    """What all ledgers come to, counted guest by guest: what reports must agree with.

    `by_kind` are the entries by (unit, kind). Of the open credit, `ended_cents` is in rewards
    whose last day was over on the last day closed; what remains is outstanding.
    """

    by_kind: Counter[tuple[str, str]] = field(default_factory=Counter)
    open_points: int = 0
    debt_points: int = 0
    credit_cents: int = 0
    ended_cents: int = 0
    n_moves: int = 0

    @property
    def outstanding_cents(self) -> int:
        return self.credit_cents - self.ended_cents

    def add(self, ledger: Ledger, *, closed_through: date | None) -> None:
        for entry in ledger.entries:
            self.by_kind[entry.unit, entry.kind] += entry.points
        for lot in ledger.lots:
            if lot.unit == POINTS:
                self.open_points += lot.remaining
            elif lot.unit == CREDIT:
                self.credit_cents += lot.remaining
                last_day = lot.expires_on
                if last_day and closed_through and last_day < closed_through:
                    self.ended_cents += lot.remaining
        self.debt_points += ledger.debt
        self.n_moves += len(ledger.moves)


@dataclass(slots=True)
class Report:
    """What was looked at, and what differs, in the order in which it was found."""

    n_guests: int = 0
    n_entries: int = 0
    n_lots: int = 0
    n_invoices: int = 0
    n_records: int = 0
    n_replayed: int | None = None
    n_differences: int = 0
    totals: Totals = field(default_factory=Totals)
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.n_differences

    @property
    def first(self) -> Difference | None:
        return self.differences[0] if self.differences else None

    def add(self, difference: Difference) -> None:
        self.n_differences += 1
        if len(self.differences) < KEPT:
            self.differences.append(difference)


def shown(value: object) -> str:
    """A value as a sentence names it."""
    return "nothing" if value is None or value == "" else str(value)
