"""Whose points lapse is looked up by the day, however many lots are long over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from regulars.records import models
from regulars.records.bulk import select
from regulars.records.in_line import LAPSING, guests_with_lapsing_lots
from regulars.records.scope import current_organization
from regulars.services import importing, upkeep
from tests.services.short_histories import START, guest, program

pytestmark = pytest.mark.usefixtures("each_database")
FIRST = date(2026, 1, 1)
N_DAYS, A_DAY = 400, 12
OVER = 300
"""Days whose lots have lapsed; those of the others are open."""


def fill_up() -> models.Guest:
    """A guest with lots of many days, all but the latest of them long over."""
    [ann] = models.Guest.objects.filter(external_id="ann")
    models.LedgerEntry.objects.create(
        guest=ann,
        number=1,
        unit="points",
        kind="accrual",
        points=1,
        source="invoice/i1",
        entered_on=FIRST,
        key="k",
        why="{}",
        posted_at=datetime(2026, 1, 1, tzinfo=UTC),
        hash="",
    )
    models.Lot.objects.bulk_create(
        models.Lot(
            guest=ann,
            number=day * A_DAY + n + 1,
            entry_number=1,
            unit="points",
            size_points=1,
            remaining_points=0 if day < OVER else 1,
            source="invoice/i1",
            earned_on=FIRST,
            expires_on=FIRST + timedelta(days=day),
        )
        for day in range(N_DAYS)
        for n in range(A_DAY)
    )
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE records_lot")
    return ann


def test_lots_long_over_are_not_read_again():
    importing.import_records(
        iter([(None, one) for one in [*START, program(), guest("ann")]]), emit=lambda _: None
    )
    with upkeep.at_work(None):
        ann = fill_up()
        today, org = FIRST + timedelta(days=OVER), current_organization()

        assert guests_with_lapsing_lots(through=today) == [ann.id]
        assert guests_with_lapsing_lots(through=today - timedelta(days=1)) == []

        word = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        rows = select(f"{word} {LAPSING}", [org, today, org])

    plan = "\n".join(str(row[-1]) for row in rows)
    assert plan.count("lot_open_expiry") == 2, plan
    assert "Seq Scan" not in plan
