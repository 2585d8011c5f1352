"""Scenario files run into the test's database, for tests that look at what they leave."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from regulars.records.scope import organization_scope
from regulars.services.formats.files import open_records
from regulars.services.organizations import Company, find_organization, load_company
from regulars.services.replaying import replay

SCENARIOS = Path(__file__).parents[1] / "scenarios"


def run(name: str) -> date:
    """Replay a scenario, closed through the last day it asks for, which is answered."""
    source = open_records(str(SCENARIOS / f"{name}.yaml"))
    days = sorted(date.fromisoformat(one["as_of"]) for one in source.expect if "as_of" in one)
    replay(source, days[-1:], all_records=True)
    return days[-1]


@contextmanager
def the_company() -> Iterator[Company]:
    """The only organization there is, in its scope."""
    row = find_organization(None)
    with organization_scope(row.id):
        yield load_company(row)
