"""One guest being settled on one business date, and what is decided for it."""

from dataclasses import dataclass, field
from datetime import date

from regulars.rules import tiers
from regulars.rules.facts import GuestFacts, Move, Occasion, Redemption
from regulars.rules.lots import Book
from regulars.rules.program import Program
from regulars.rules.reversal import Desk
from regulars.rules.versions import Versions


@dataclass(slots=True)
class Outcome:
    """What a settling decided for one guest; entries are in the book."""

    moves: list[Move] = field(default_factory=list)
    occasions: list[Occasion] = field(default_factory=list)
    redemptions: list[Redemption] = field(default_factory=list)


@dataclass(slots=True)
class Settling:
    """One guest being settled on one business date."""

    guest: GuestFacts
    book: Book
    versions: Versions
    on: date
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def program(self) -> Program | None:
        return self.versions.on(self.on)

    @property
    def desk(self) -> Desk:
        return Desk(self.guest, self.book, self.versions, self.rank_of)

    def rank_of(self, tier: str | None) -> int:
        program = self.program if tier else None
        found = program.tier(tier) if program and tier else None
        return found.rank if found else -1

    def tier_on(self, day: date) -> str | None:
        """Rules 5.4, 5.6: the tier after that day's close; today's is the one just decided."""
        return tiers.tier_after(self.guest.moves, day)

    def remember(self, occasion: Occasion) -> None:
        self.guest.occasions[occasion.name] = occasion
        self.outcome.occasions.append(occasion)
