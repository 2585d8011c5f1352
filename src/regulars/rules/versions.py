"""Which program version is in force on a day (rule 1.6)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date

from regulars.rules.periods import window_start
from regulars.rules.program import Program, Tier

DEFAULT_EARNING_TENDERS = frozenset({"cash", "card", "check", "custom"})
DEFAULT_QUALIFICATION_MONTHS = 12
_MOST_KNOWN = 4096


class Versions:
    """The published versions of one organization, oldest first."""

    def __init__(self, programs: Iterable[Program]) -> None:
        self.programs = sorted(programs, key=lambda program: program.effective_from)
        self._starts = [program.effective_from for program in self.programs]
        self._by_version = {program.version: program for program in reversed(self.programs)}
        self._known: dict[date, Program | None] = {}

    def on(self, day: date) -> Program | None:
        """The version in force, None before the first: points never arise then."""
        # Asked several times for each payment, of few days.
        try:
            return self._known[day]
        except KeyError:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
        place = bisect_right(self._starts, day)
        program = self.programs[place - 1] if place else None
        self._known[day] = program
        return program

    def before(self, day: date) -> Program | None:
        """The version that one from this day on takes over from."""
        place = bisect_left(self._starts, day)
        return self.programs[place - 1] if place else None

    def by_version(self, version: str) -> Program | None:
        return self._by_version.get(version)

    def window_from(self, day: date) -> date:
        """The first day whose spend counts on `day` (rule 4.2), in the version in force."""
        program = self.of_spend(day)
        months = DEFAULT_QUALIFICATION_MONTHS
        if program is not None:
            months = program.qualification_period_months
        return window_start(day, months)

    def earning_tenders(self, day: date) -> frozenset[str]:
        program = self.of_spend(day)
        return program.earning_tenders if program else DEFAULT_EARNING_TENDERS

    def of_spend(self, day: date) -> Program | None:
        """Spend before the first version counts, by that version's terms."""
        program = self.on(day)
        return self.programs[0] if program is None and self.programs else program

    def gone_tiers(self, day: date) -> dict[str, str | None]:
        """Rule 3.11: tiers nobody may stand in on `day`, and where their guests go.

        Where a version says; of a tier left out while nobody was in it, for who has reached it
        since, the next lower one, else the lowest.
        """
        program = self.on(day)
        if program is None:
            return {}
        gone: dict[str, str | None] = {
            tier.id: tier.retire for tier in program.tiers if tier.retire
        }
        active = {tier.id for tier in program.active_tiers}
        for older in reversed(self.programs):
            # Those it kept first: one that went to such a tier goes on with its guests.
            for tier in sorted(older.tiers, key=lambda one: one.retire is not None):
                if older.effective_from >= program.effective_from or program.tier(tier.id):
                    continue
                # A tier named there may have been given up itself by a later version.
                said = tier.retire if tier.retire in active else gone.get(tier.retire or "")
                gone.setdefault(tier.id, said or _nearest(program, tier))
        return gone


def _nearest(program: Program, tier: Tier) -> str | None:
    active = program.active_tiers
    lower = [one for one in active if one.minimum_spend_cents <= tier.minimum_spend_cents]
    nearest = [*active[:1], *lower][-1:]
    return nearest[0].id if nearest else None
