"""An empty salon in Berlin, files of other systems to take in, and how that is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from regulars.records.queries import said
from regulars.records.scope import organization_scope
from regulars.rules.permissions import Actor
from regulars.services import exporting_tables, importing, receiving
from regulars.services.imports import looking
from regulars.services.imports.mapping import ColumnMapping
from regulars.services.imports.performing import Import, Progress, RowReport, Source, perform
from regulars.services.organizations import Company, find_organization, load_company
from regulars.services.receiving import Sender
from tests.services.histories import program

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
START: list[dict[str, Any]] = [
    {
        "type": "organization",
        "id": "lumen",
        "name": "Lumen",
        "currency": "EUR",
        "time_zone": "Europe/Berlin",
        "at": "2026-11-01",
    },
    {"type": "center", "id": "mitte", "name": "Mitte", "at": "2026-11-01"},
    {
        "type": "status",
        "id": "vip",
        "name": "VIP",
        "include_in_loyalty_rewards": True,
        "at": "2026-11-01",
    },
    program("2026-11-01"),
]

KUNDEN = """Kundennummer;Vorname;Nachname;Geburtsdatum;Telefon;E-Mail
0012;Jörg;Müller;03.04.1985;0151 23456789;joerg@example.com
13;Anna;Groß;31.12.1990;+49 30 123456;anna@example.com
"""
RECHNUNGEN = """Rechnungsnummer;Kundennummer;Datum;Art;Preis;Rabatt;MwSt;Zahlungsart;Zahlbetrag
R1;0012;16.11.2026 10:30;Behandlung;1.200,00;0,00;228,00;EC-Karte;1.428,00
R1;0012;16.11.2026 10:30;Produkt;20,00;0,00;3,80;EC-Karte;23,80
R2;13;17.11.2026 11:00;Behandlung;50,00;;;Bar;50,00
"""
PUNKTE = """Kundennummer;Punkte;gesammelt am;gültig bis
0012;250;01.03.2026;01.03.2027
0012;100;13.05.2026;
13;40;13.05.2026;31.12.2026
"""


def found_salon() -> None:
    importing.import_records(iter([(None, one) for one in START]), emit=lambda _: None)


@contextmanager
def at_salon() -> Iterator[Company]:
    row = find_organization("lumen")
    with organization_scope(row.id):
        yield load_company(row)


class Lines:
    """The report, as it comes."""

    def __init__(self) -> None:
        self.rows: list[RowReport] = []

    def take(self, rows: Any, progress: Progress) -> None:
        self.rows += rows

    def told(self) -> list[tuple[Any, ...]]:
        return [(row.number, row.record, row.status, row.code, row.field) for row in self.rows]


def file_with(folder: Path, text: str | bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def take_in(
    company: Company,
    kind: str,
    *paths: Path,
    is_trial: bool = False,
    lines: Any = None,
    mapping: ColumnMapping | None = None,
) -> tuple[Progress, Any]:
    """Take files in as they are guessed, or as `mapping` says."""
    looked = [looking.look(path, kind, mapping=mapping) for path in paths]
    sources = [
        Source(path, one.name, one.mapping, one.sheet)
        for path, one in zip(paths, looked, strict=True)
    ]
    lines = lines or Lines()
    progress = Progress()
    is_done = perform(
        company,
        Import(kind, sources, NOW, is_trial),
        sender=Sender(Actor("owner"), may_import=True),
        now=lambda: NOW,
        sink=lines,
        progress=progress,
    )
    assert is_done
    return progress, lines


IN_ORDER = {
    "guests": ["guests"],
    "invoices": ["invoices", "lines", "payments"],
    "appointments": ["appointments"],
    "balances": ["lots"],
}


def tell(company: Company, facts: list[dict[str, Any]]) -> None:
    """Facts as a key with the import right sends them; all must be good."""
    sender = Sender(Actor("owner"), may_import=True)
    results = receiving.receive_all(company, facts, sender=sender, now=NOW)
    refused = [result.message for result in results if result.status != "applied"]
    assert refused == []


def written(company: Company, folder: Path) -> dict[str, Path]:
    """The exports as files, by their names."""
    return {
        name: file_with(
            folder, b"".join(exporting_tables.csv_lines(company, name)), f"{name}.csv"
        )
        for name in exporting_tables.TABLES
    }


def take_in_all(company: Company, paths: dict[str, Path]) -> Iterator[Progress]:
    """All that an import takes, in the order in which it has to come."""
    for kind, names in IN_ORDER.items():
        progress, _ = take_in(company, kind, *(paths[name] for name in names))
        yield progress


def everything_said(company: Company) -> dict[str, Any]:
    return {
        kind: said.page(kind, after="", limit=100, exponent=company.exponent)
        for kind in ("guest", "invoice", "appointment")
    }
