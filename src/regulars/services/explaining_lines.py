"""What the explanations share: their shape, and names and amounts as people read them."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from regulars.records import codec
from regulars.records.queries.ledgers import EntryRow
from regulars.rules.amounts import format_money
from regulars.rules.explaining import explain
from regulars.rules.sentences import Sum, said
from regulars.services.organizations import Company


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its sentences."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """To whom it belongs and as of when something is explained.

    `spends` is what the guest has spent by day, in minor units (rule 4.2).
    """

    company: Company
    on: date
    name: str
    spends: tuple[tuple[date, int], ...] = ()

    def spent(self, first: date, last: date) -> int:
        """Both days counted."""
        return sum(cents for day, cents in self.spends if first <= day <= last)

    def money(self, cents: int) -> Sum:
        return Sum(format_money(cents, self.company.exponent))

    def exact_money(self, cents: Fraction) -> str:
        """Whole minor units, or rounded to them and said to be so."""
        if cents.denominator == 1:
            return self.money(int(cents))
        return f"about {self.money(round(cents))}"

    def tier(self, tier_id: str | None) -> str:
        """The tier's name, from the newest version that knows it."""
        if tier_id is None:
            return said("no tier")
        for program in reversed(self.company.versions.programs):
            tier = program.tier(tier_id)
            if tier is not None:
                return tier.name
        return tier_id

    def rank(self, tier_id: str | None, day: date) -> int:
        program = self.company.versions.on(day)
        tier = program.tier(tier_id) if program and tier_id else None
        return tier.rank if tier else -1

    def entry(self, entry: EntryRow) -> str:
        """Why an entry is there, with its arithmetic where the sentence does not have it."""
        told = explain(codec.value_of(entry.why), self.company.exponent)
        arithmetic = told.arithmetic
        if not any(sign in arithmetic for sign in " ="):
            arithmetic = ""
        version = f"program of {entry.version}" if entry.version else ""
        more = [part for part in (arithmetic, f"rule {told.rule}", version) if part]
        return f"{told.desk} [{'; '.join(more)}]"


def shown_points(points: Fraction) -> str:
    """An exact entitlement as a mixed number: 16, 6 2/3."""
    whole, rest = divmod(points.numerator, points.denominator)
    if not rest:
        return str(whole)
    part = f"{rest}/{points.denominator}"
    return f"{whole} {part}" if whole else part
