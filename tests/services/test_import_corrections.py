"""Rows that were refused, given back to be corrected and taken in."""

from datetime import datetime

import pytest

from regulars.records import models
from regulars.rules.permissions import Actor
from regulars.rules.refusals import Refused
from regulars.services import transactions
from regulars.services.imports import corrections, mappings, runs, waiting
from regulars.services.imports.keeping import progress_of, report_of
from tests.services.imports_shop import NOW, at_salon, found_salon

pytestmark = pytest.mark.usefixtures("each_database")
WHO = Actor("mara.keller")
FILE = """Kundennummer;Name;Telefon;Geburtsdatum
1;Jörg Müller;0151 23456789;03.04.1985
2;;030 123456;31.12.1990
3;Anna Groß;030 123457;31.02.1990
"""


def bring_in(text: str, *, is_trial: bool = False) -> str:
    """A file of guests from its arrival to its end."""
    with at_salon() as company:
        run = runs.receive_file("guests", "Kunden.csv", [text.encode()], actor=WHO, at=NOW)
        runs.begin(company, str(run), is_trial=is_trial, actor=WHO, at=NOW)
        waiting.go_on(company, run, now=now, write=transactions.write, must_stop=lambda: False)
    return str(run)


def now() -> datetime:
    return NOW


def corrections_of(run: str) -> str:
    row = runs.run_of(run)
    return b"".join(corrections.correction_lines(row, 0)).decode("utf-8-sig")


def test_refused_rows_come_back_as_they_were_with_what_is_wrong():
    found_salon()
    run = bring_in(FILE)

    with at_salon():
        assert corrections.files_to_correct(runs.run_of(run)) == ["Kunden.csv"]
        assert corrections_of(run).splitlines() == [
            "Kundennummer,Name,Telefon,Geburtsdatum,What is wrong",
            "2,,030 123456,31.12.1990,name is empty.",
            "3,Anna Groß,030 123457,31.02.1990,birthday names a day that does not exist:"
            " 31.02.1990.",
        ]


def test_the_corrected_file_finds_the_columns_that_were_kept():
    found_salon()
    first = bring_in(FILE)
    with at_salon():
        file = runs.document_of(runs.run_of(first)).files[0]
        mappings.keep(
            "Kunden", "guests", file.mapping, headers=file.headers, at=NOW, by="mara.keller"
        )
        text = corrections_of(first)
    corrected = text.replace("2,,", "2,Bea Kim,").replace("31.02.1990,", "28.02.1990,")
    second = bring_in(corrected)

    with at_salon():
        row = runs.run_of(second)
        assert runs.document_of(row).files[0].mapping_name == "Kunden"
        names = models.Guest.objects.order_by("external_id").values_list("name", flat=True)
        assert list(names) == ["Jörg Müller", "Bea Kim", "Anna Groß"]
        # Nothing is left to correct, so the file is not kept.
        assert not models.ImportPiece.objects.filter(run_id=row.id).exists()
        assert corrections.files_to_correct(row) == []


def test_a_file_without_rows_to_correct_is_none_of_them():
    found_salon()
    run = bring_in(FILE.split("\n2;", maxsplit=1)[0] + "\n", is_trial=True)

    with at_salon(), pytest.raises(Refused) as refused:
        corrections.correction_lines(runs.run_of(run), 0)
    assert refused.value.code == "unknown_reference"


def test_a_nul_deep_in_a_file_is_a_wrong_cell_and_no_end_of_the_import():
    found_salon()
    many = "".join(f"{n};Jörg Müller;;03.04.1985\n" for n in range(10, 210))
    run = bring_in(
        f"Kundennummer;Name;Telefon;Geburtsdatum\n{many}a\0b;Zoë;;3\0.2.90\nc\0d;Zoë;;\n"
    )

    with at_salon():
        row = runs.run_of(run)
        assert (row.state, progress_of(row.progress).counts) == (
            "done",
            {"applied": 200, "refused": 2},
        )
        [(_, line), (_, other)] = report_of(row.id, status="refused")
        assert (line.number, line.field, line.value) == (202, "birthday", "3\ufffd.2.90")
        assert (other.number, other.record, other.field) == (203, "guest/c\ufffdd", "id")
        assert (
            corrections_of(run).splitlines()[1].startswith("a\0b,Zoë,,3\0.2.90,birthday must")
        )
