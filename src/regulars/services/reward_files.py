"""The table of rewards as a file: whole, as it was asked for (rule 10.11)."""

from collections.abc import Iterator
from datetime import datetime

from regulars.records.queries import reports_ledger, reward_table
from regulars.records.queries.reward_table import Asked
from regulars.services.client_lists import in_scope
from regulars.services.organizations import Company
from regulars.services.reports import exporting
from regulars.services.reports.report import Column, Report, Row

COLUMNS = (
    Column("code", "Code"),
    Column("guest", "Guest"),
    Column("name", "Name"),
    Column("amount", "Amount", "money", True),
    Column("status", "State"),
    Column("issued_on", "Issued on", "date"),
    Column("expires_on", "Good through", "date"),
    Column("run", "Run"),
    Column("rest_of", "Rest of"),
    Column("by", "Issued by"),
    Column("invoice", "Invoice"),
    Column("applied", "Used", "money", True),
    Column("note", "Note"),
    Column("void_reason", "Why void"),
)


def reward_file(company: Company, asked: Asked, *, now: datetime) -> Iterator[bytes]:
    """CSV by the batch of lines, for whoever sends it while it is read."""
    report = Report(
        name="rewards",
        title="Rewards",
        organization=reports_ledger.organization_name(),
        currency=company.currency,
        exponent=company.exponent,
        parameters=[("As of", str(asked.on))],
        columns=COLUMNS,
        source=_rows(asked),
        empty="No reward is like that.",
    )
    return in_scope(company.id, exporting.csv_lines(report, with_bom=True))


def _rows(asked: Asked) -> Iterator[Row]:
    for one in reward_table.all_rewards(asked):
        yield [
            one.id,
            one.guest,
            one.name,
            one.amount_cents,
            one.status,
            one.issued_on,
            one.expires_on,
            one.run,
            one.rest_of,
            one.issued_by,
            one.invoice,
            one.applied_cents,
            one.note,
            one.void_reason,
        ]
