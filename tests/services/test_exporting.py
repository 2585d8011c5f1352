"""An export read back says the very bytes the journal keeps, and comes to the same ledger."""

import json
from collections.abc import Iterable
from datetime import date

import pytest

from regulars.records import models
from regulars.records.queries import documents
from regulars.services import exporting
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.parsing import Reader
from regulars.services.replaying import states_on
from regulars.services.stream import Stream
from tests.services.books import run, the_company

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


def take(lines: Iterable[str], *, through: date) -> None:
    with Stream(lambda place, result: refuse_none(result)) as stream:
        stream.run((n, line.encode()) for n, line in enumerate(lines, start=1))
        stream.finish(through)


def refuse_none(result) -> None:
    assert result.status in ("applied", "pending"), result


def exported() -> list[str]:
    with the_company() as company:
        return [json.dumps(record) for record in exporting.records(company)]


def everything(day: date) -> tuple[dict, dict]:
    """All states, and the last link of every guest's chain."""
    with the_company() as company:
        heads = models.Account.objects.values_list("guest__external_id", "head")
        return states_on(company, day), dict(heads)


@pytest.mark.parametrize("name", TELLING)
def test_what_is_exported_reads_back_as_what_was_journaled(sqlite_database, name):
    run(name)
    with the_company():
        rows = documents.journal_after(None, limit=10_000)
        centers = models.Invoice.objects.values_list("external_id", "center__external_id")
        center_of = dict(centers)
    context = ReadingContext()
    context.zone_of_invoice = lambda ref: context.zone_of_center(center_of[ref])
    reader = Reader(context)

    for row, line in zip(rows, exported(), strict=True):
        record = reader.parse(line.encode())
        context.learn(record)

        told = (record.name, record.at, record.by, record.digest.hex())
        assert told == (row.name, row.at, row.by, row.digest)


@pytest.mark.parametrize("name", TELLING)
def test_an_export_imported_again_is_the_same_ledger(sqlite_database, name):
    last = run(name)
    lines, before = exported(), everything(last)
    sqlite_database.renew()
    take(lines, through=last)

    assert everything(last) == before
    assert exported() == lines


def test_an_instant_is_written_in_utc(sqlite_database):
    run("feedback_and_sharing")
    lines = exported()

    organization = json.loads(lines[0])
    assert organization["type"] == "organization"
    assert organization["at"] == "2025-01-01T17:00:00Z"  # noon in New York
    said = [json.loads(line) for line in lines]
    assert {one["at"][-1] for one in said} == {"Z"}
