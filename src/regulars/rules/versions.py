"""Which program version is in force on a day (rule 1.6)."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from regulars.rules.periods import window_start
from regulars.rules.program import Program

DEFAULT_EARNING_TENDERS = frozenset({"cash", "card", "check", "custom"})
DEFAULT_QUALIFICATION_MONTHS = 12


class Versions:
    """The published versions of one organization, oldest first."""

    def __init__(self, programs: Iterable[Program]) -> None:
        self.programs = sorted(programs, key=lambda program: program.effective_from)
        self._starts = [program.effective_from for program in self.programs]

    def on(self, day: date) -> Program | None:
        """The version in force, None before the first: points never arise then."""
        place = bisect_right(self._starts, day)
        return self.programs[place - 1] if place else None

    def by_version(self, version: str) -> Program | None:
        return next((one for one in self.programs if one.version == version), None)

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
        return self.on(day) or next(iter(self.programs), None)
