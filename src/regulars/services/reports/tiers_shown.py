"""The ladder as reports show it: tiers in their order, and what they are called."""

from datetime import date

from regulars.rules.program import Program
from regulars.services.organizations import Company

NOWHERE = "in no tier"


def names_of_tiers(company: Company, day: date) -> dict[str, str]:
    """Tier ids and names: those of the version in force lowest first, then all older ones."""
    names: dict[str, str] = {}
    program = company.versions.on(day)
    for one in [program, *reversed(company.versions.programs)]:
        for tier in one.tiers if one else ():
            names.setdefault(tier.id, tier.name)
    return names


def name_of(names: dict[str, str], tier: str | None) -> str:
    return NOWHERE if tier is None else names.get(tier, tier)


def in_order(names: dict[str, str], tiers: set[str | None]) -> list[str | None]:
    """None first, then up the ladder, then what no version knows."""
    known: list[str | None] = [None, *names]
    unknown = sorted(tier for tier in tiers if tier is not None and tier not in names)
    return [tier for tier in known if tier in tiers] + list(unknown)


def is_locked(program: Program | None, tier: str | None) -> bool:
    """Rule 7.4: who is in no tier, or in a stage, holds points that may not be used."""
    found = program.tier(tier) if program and tier else None
    return found is None or not found.allow_redemption
