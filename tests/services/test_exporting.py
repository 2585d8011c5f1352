"""An export read back says the very bytes the journal keeps, and comes to the same ledger."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from regulars.records import models
from regulars.records.queries import documents
from regulars.records.scope import organization_scope
from regulars.services import exporting
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.files import open_records
from regulars.services.formats.parsing import Reader
from regulars.services.organizations import Company, find_organization, load_company
from regulars.services.replaying import replay, states_on
from regulars.services.stream import Stream

SCENARIOS = Path(__file__).parents[1] / "scenarios"
TELLING = [
    "commands_taken_back",
    "feedback_and_sharing",
    "hold_and_capture",
    "merge_guests",
    "points_by_hand",
    "program_version_and_flat_program",
    "referral_actions",
    "rewards_process_and_carry_over",
    "rewards_on_the_invoice",
    "refund_after_tier_change",
]


def run(name: str) -> date:
    """Replay a scenario into the test's database, closed through the last day it asks for."""
    source = open_records(str(SCENARIOS / f"{name}.yaml"))
    days = sorted(date.fromisoformat(one["as_of"]) for one in source.expect if "as_of" in one)
    replay(source, days[-1:], all_records=True)
    return days[-1]


def take(lines: Iterable[str], *, through: date) -> None:
    with Stream(lambda place, result: refuse_none(result)) as stream:
        stream.run(((n, line.encode()) for n, line in enumerate(lines, start=1)))
        stream.finish(through)


def refuse_none(result) -> None:
    assert result.status in ("applied", "pending"), result


def company_here() -> Company:
    row = find_organization(None)
    with organization_scope(row.id):
        return load_company(row)


def exported() -> list[str]:
    company = company_here()
    with organization_scope(company.id):
        return [json.dumps(record) for record in exporting.records(company)]


def everything(day: date) -> tuple[dict, dict]:
    company = company_here()
    with organization_scope(company.id):
        accounts = models.Account.objects.values_list("guest__external_id", "head")
        return states_on(company, day), dict(accounts)


def journal() -> Iterator[documents.JournalRow]:
    company = company_here()
    with organization_scope(company.id):
        yield from documents.journal_after(None, limit=10_000)


@pytest.mark.parametrize("name", TELLING)
def test_what_is_exported_reads_back_as_what_was_journaled(sqlite_database, name):
    run(name)
    rows = list(journal())
    context = ReadingContext()
    reader = Reader(context)
    zones = {row.external_id: row for row in _centers()}
    invoices = _centers_of_invoices()
    context.zone_of_invoice = lambda ref: context.zone_of_center(zones[invoices[ref]].external_id)

    for row, line in zip(rows, exported(), strict=True):
        record = reader.parse(line.encode())
        context.learn(record)

        assert (record.kind, record.name, record.at, record.by) == (
            row.kind,
            row.name,
            row.at,
            row.by,
        )
        assert record.digest.hex() == row.digest


def _centers() -> list[models.Center]:
    company = company_here()
    with organization_scope(company.id):
        return list(models.Center.objects.all())


def _centers_of_invoices() -> dict[str, str]:
    company = company_here()
    with organization_scope(company.id):
        pairs = models.Invoice.objects.values_list("external_id", "center__external_id")
        return dict(pairs)


@pytest.mark.parametrize("name", TELLING)
def test_an_export_imported_again_is_the_same_ledger(sqlite_database, name):
    last = run(name)
    lines, before = exported(), everything(last)
    sqlite_database.renew()
    take(lines, through=last)

    assert everything(last) == before
    assert exported() == lines
