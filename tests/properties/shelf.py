"""One database in memory, empty again in a moment: histories are tried by the thousand."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import databases
from tests.books import faults
from tests.scenarios import ways
from tests.scenarios.ways import Came, Said

Fact = dict[str, Any]


@pytest.fixture(scope="module")
def shelf(sqlite_template: Path, django_db_blocker: Any) -> Iterator["Shelf"]:
    with django_db_blocker.unblock(), databases.in_use("sqlite://:memory:"):
        yield Shelf(sqlite3.connect(sqlite_template))


@dataclass
class Shelf:
    """Where one history after another is run."""

    template: sqlite3.Connection

    def empty(self) -> None:
        connection.ensure_connection()
        self.template.backup(connection.connection)

    def run(self, records: Iterable[Fact], until: date) -> Came:
        """From nothing, every day closed up to `until`; the books must add up then."""
        order = [Said(place, None, one, None) for place, one in enumerate(records)]
        return self.deliver(order, until)

    def deliver(self, order: Sequence[Said], until: date) -> Came:
        self.empty()
        came = ways.deliver(order, [until])
        wrong = faults()
        assert not wrong, wrong[:5]
        return came


def same(one: Came, other: Came, *, steps_matter: bool = True) -> None:
    """Answers, states and every row alike; or, of a day settled in steps, what these leave."""
    assert other.results == one.results
    if steps_matter:
        assert ways.differences(said(one), said(other)) == []
        assert other.as_of == one.as_of
    else:
        assert ways.settled(other) == ways.settled(one)


# When a row came to be written: an idle day is passed over, and a batch has one moment.
WRITTEN = frozenset({"posted_at", "posted_by", "hash", "head"})


def said(came: Came) -> dict[str, list[Fact]]:
    """Every row, but for when it came to be written."""
    return {
        table: [
            {name: value for name, value in row.items() if name not in WRITTEN} for row in rows
        ]
        for table, rows in came.ledger.items()
    }
