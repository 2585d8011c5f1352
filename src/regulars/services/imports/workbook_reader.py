"""A process of its own that reads one sheet of a workbook and writes its rows as JSON lines.

`python -m regulars.services.imports.workbook_reader FILE MOST_UNPACKED [SHEET]`, where
MOST_UNPACKED is in bytes. A workbook is read whole, and a small file can unpack to more than
any machine holds, whatever it says: then this process ends, and no other. The first line has
the sheets and the one that is read, or why it cannot be, each other line a row's number and
its cells.
"""

import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

MOST_MEMORY = 2**30
MOST_SECONDS = 300

LONGEST_CELL = 32_767
"""In characters, as Excel has it."""


def main(path: str, most_unpacked: int, sheet: str | None) -> None:
    _limit()
    out = sys.stdout
    try:
        if (unpacked := _unpacked(path)) > most_unpacked:
            print(json.dumps({"unpacked": unpacked}))
            return
        book = CalamineWorkbook.from_path(path)
        names = list(book.sheet_names)
        chosen = sheet or next((one for one in names if _has_rows(book, one)), names[0])
        found = book.get_sheet_by_name(chosen) if chosen in names else None
    except (CalamineError, OSError, zipfile.BadZipFile) as error:
        print(json.dumps({"error": str(error)}))
        return
    print(json.dumps({"sheets": names, "sheet": chosen}), flush=True)
    for row in _rows(found) if found is not None else ():
        out.write(json.dumps(row) + "\n")


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        # Not every system lets a process set all of them.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _unpacked(path: str) -> int:
    """The bytes of all that is in the file, by its own word."""
    with zipfile.ZipFile(path) as archive:
        return sum(info.file_size for info in archive.infolist())


def _has_rows(book: Any, sheet: str) -> bool:
    return bool(book.get_sheet_by_name(sheet).height)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    # Rows come from the first one on, cells only from the first column that holds any.
    _, before = sheet.start or (0, 0)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, [""] * before + [_bounded(_text_of(cell)) for cell in cells]


def _bounded(text: str) -> str:
    if len(text) > LONGEST_CELL:
        raise ValueError(f"a cell has more than {LONGEST_CELL} characters")
    return text


def _text_of(cell: Any) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        # Excel keeps fractions of days: the last second is a matter of rounding.
        cell += timedelta(microseconds=500_000)
        day = cell.date().isoformat()
        at = cell.time().replace(microsecond=0)
        return day if at == time() else f"{day}T{at.isoformat()}"
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()


def _number_text(number: float) -> str:
    """Whole numbers without a fraction; three decimals get a fourth, to be no thousands."""
    if number.is_integer():
        return str(int(number))
    text = f"{number:.10f}".rstrip("0")
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
