"""Who will go down at the next month's end, by the code of the check itself (rule 4.11)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from regulars.records import in_line
from regulars.records.figure_rows import Ahead
from regulars.rules import tiers
from regulars.rules.credit_history import DAY
from regulars.rules.facts import Standing
from regulars.rules.periods import month_end
from regulars.rules.program import Program
from regulars.services import closing
from regulars.services.organizations import Company

Standings = Sequence[tuple[UUID, Standing]]


def downgrades(company: Company) -> tuple[list[Ahead], date | None]:
    """Whom the checks up to the end of the month will move down, as things stand now; and the
    day of the last of them, None while there is nothing to check.
    """
    checks = _checks(company)
    if not checks:
        return [], None
    found: list[Ahead] = []
    cursor: UUID | None = None
    while chunk := in_line.standings_after(cursor, limit=closing.CHECK_CHUNK):
        cursor = chunk[-1][0]
        found += _of_chunk(chunk, checks)
    return found, checks[-1][0]


def _checks(company: Company) -> list[tuple[date, Program]]:
    """The days that come with a check, up to the month's end, and the program of each."""
    if company.closed_through is None:
        return []
    first = company.closed_through + DAY
    days = [first + n * DAY for n in range((month_end(first) - first).days + 1)]
    found = [(day, company.versions.on(day)) for day in days]
    return [
        (day, program)
        for day, program in found
        if program is not None and program.tiers and closing.may_check_on(program, day)
    ]


def _of_chunk(chunk: Standings, checks: list[tuple[date, Program]]) -> list[Ahead]:
    found: dict[UUID, Ahead] = {}
    for day, program in checks:
        due = {
            guest: standing
            for guest, standing in chunk
            if guest not in found
            and not _is_leaving(program, standing)
            and tiers.is_due(program, standing, day)
        }
        for guest, check in closing.going_down(program, due, day).items():
            tier = program.tier(due[guest].tier or "")
            assert tier is not None
            missing = tier.spend_to_stay_cents - check.spend_cents
            after = check.tier.id if check.tier else None
            found[guest] = Ahead(guest, day, tier.id, after, check.spend_cents, missing)
    return list(found.values())


def _is_leaving(program: Program, standing: Standing) -> bool:
    """Rule 3.11: the guests of a tier that is retired move to another, whatever they spent."""
    tier = program.tier(standing.tier) if standing.tier else None
    return tier is not None and tier.retire is not None
