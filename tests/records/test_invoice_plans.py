"""A guest's invoices are looked up in each quarter wherever they are asked for."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.records import (
    intake_reading,
    intake_writing,
    models,
    statistics,
    trial_facts,
    visits,
)
from regulars.records.intake_rows import Batch
from regulars.records.quarters import quarters_of_invoices
from regulars.records.queries import (
    badges,
    client_list,
    day_counts,
    desk_invoices,
    documents,
    guest_heads,
    guest_lists,
    ledgers,
)
from regulars.rules import categories
from regulars.rules.categories import Category
from regulars.services import importing, upkeep
from tests.services.short_histories import START, guest, invoice, program

Ids = list[UUID]
ON = date(2026, 2, 28)
NOON = datetime(2026, 2, 28, 12, tzinfo=UTC)
BY_GUEST = "invoice_guest_opened (organization_id=? AND opened_quarter=? AND guest_id=?"
"""How SQLite says that it looks a guest up in each quarter."""


def measured(kind: str, **fields) -> Callable[[Ids], object]:
    return lambda ids: badges.measures(Category(kind, "Label", "star", **fields), ids, on=ON)


def listed(kind: str, **fields) -> Callable[[Ids], object]:
    wanted = client_list.Wanted(on=ON, label=Category(kind, "Label", "star", **fields))
    return lambda _: client_list.clients(wanted)


READERS: dict[str, Callable[[Ids], object]] = {
    "the list of a guest": lambda ids: guest_lists.invoices(ids[0]),
    "how many there are": lambda ids: guest_heads.counts_of(ids[0]),
    "the list at the desk": lambda _: desk_invoices.invoice_lines(
        desk_invoices.Wanted(guest="ann"), limit=9
    ),
    "the last visit": lambda ids: client_list.last_visits(ids, on=ON),
    "visits": measured(categories.REGULAR, limit=2),
    "memberships": measured(categories.MEMBER, days=365),
    "guests with visits": listed(categories.REGULAR, limit=2),
    "guests with memberships": listed(categories.MEMBER, days=365),
    "walk-ins": lambda ids: visits.walk_ins(ids, [ON, date(2025, 1, 1)]),
    "the first closing": lambda ids: intake_reading.first_closing(Batch(), ids[0]),
    "who was called": lambda ids: intake_writing._call_invoices(set(ids)),
    "documents": lambda ids: documents.kept(ids, quarters=quarters_of_invoices()),
    "columns": lambda ids: documents.invoice_columns(ids, quarters=quarters_of_invoices()),
    "spend": lambda ids: documents.spend_rows(ids, quarters=quarters_of_invoices()),
    "left with": ledgers.left_with,
    "the month's appointments": lambda ids: visits.appointments_where(
        *trial_facts.appointments_asked(ids, ON, ON, quarters=quarters_of_invoices())
    ),
    "who came before": lambda _: day_counts.visits_by_day(ON, ON, since=NOON, until=NOON),
}


def fill_up() -> Ids:
    """Invoices of many guests over eight quarters; two of the guests."""
    days = [f"{year}-{month:02}-05" for year in (2024, 2025) for month in (1, 4, 7, 10)]
    others = [f"g{n}" for n in range(40)]
    history = [*START, program(), guest("ann"), *map(guest, others)]
    history += [
        invoice(f"i{n}-{place}", ref, "10.00", day)
        for place, day in enumerate(days)
        for n, ref in enumerate(["ann", *others])
    ]
    importing.import_records(iter([(None, one) for one in history]), emit=lambda _: None)
    with upkeep.at_work(None):
        rows = models.Guest.objects.filter(external_id__in=["ann", "g7"])
        return list(rows.values_list("id", flat=True))


def plans(act: Callable[[], object]) -> list[str]:
    """Of each statement that asks for invoices, how SQLite goes about it."""
    with CaptureQueriesContext(connection) as seen:
        act()
    found = []
    for query in seen.captured_queries:
        text = query["sql"]
        if re.search(r"\brecords_invoice\b", text) and "opened_quarter)" not in text:
            rows = connection.connection.execute(
                f"EXPLAIN QUERY PLAN {text}", [None] * text.count("?")
            )
            found.append("\n".join(row[-1] for row in rows))
    return found


@pytest.mark.parametrize("is_looked_at", [False, True])
def test_a_guest_is_looked_up_in_each_quarter(sqlite_database, is_looked_at):
    ids = fill_up()
    if is_looked_at:
        statistics.refresh()

    for what, act in READERS.items():
        with upkeep.at_work(None):
            found = plans(lambda act=act: act(ids))
        assert any(BY_GUEST in plan for plan in found), (what, found)
        assert not re.search(r"SCAN (records_invoice|i|o)\b", "\n".join(found)), (what, found)
