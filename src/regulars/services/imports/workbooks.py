"""Workbooks, read row by row out of a process of its own: none is too much for this one."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from regulars.rules.refusals import Refused
from regulars.rules.sentences import said

LARGEST = 32 * 2**20
LARGEST_UNPACKED = 512 * 2**20
"""What is larger is saved as CSV, which may be of any length."""

_READER = "regulars.services.imports.workbook_reader"

Row = tuple[int, list[str]]
"""Its number as a spreadsheet shows it, from 1 on, and its cells as text."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The sheet that is read, those there are, and its rows, the empty ones as well."""

    sheet: str
    sheets: tuple[str, ...]
    rows: Iterator[Row]


@contextmanager
def opened(path: Path, name: str, sheet: str | None) -> Iterator[Opened]:
    """A workbook while its rows are read: of this sheet, else of the first with rows.

    Refused, by what is wrong with it, where it cannot be read.
    """
    check_size(path, name)
    command = [sys.executable, "-m", _READER, str(path), *([sheet] if sheet else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reader:
        try:
            yield _opened(reader, name)
        finally:
            reader.kill()


def _opened(reader: "subprocess.Popen[bytes]", name: str) -> Opened:
    assert reader.stdout is not None
    head: dict[str, Any] = msgspec.json.decode(reader.stdout.readline() or b"{}")
    if "error" in head:
        raise unreadable(
            name, said("is no workbook that can be read: {error}", error=head["error"])
        )
    if not head:
        raise _beyond(name)
    if head["sheet"] not in head["sheets"]:
        raise Refused(
            "invalid_record",
            said(
                "{name} has no sheet {chosen!r}; it has {known}.",
                name=name,
                chosen=head["sheet"],
                known=", ".join(head["sheets"]),
            ),
            field="sheet",
            value=head["sheet"],
        )
    return Opened(head["sheet"], tuple(head["sheets"]), _rows(reader, name))


def _rows(reader: "subprocess.Popen[bytes]", name: str) -> Iterator[Row]:
    assert reader.stdout is not None
    for line in reader.stdout:
        if line.endswith(b"\n"):
            number, cells = msgspec.json.decode(line)
            yield number, cells
    if reader.wait() != 0:
        raise _beyond(name)


def check_size(path: Path, name: str) -> None:
    """Refuse what is larger than a workbook may be, packed or unpacked, by its own word."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise unreadable(
            name, said("is no workbook that can be read: {error}", error=error)
        ) from None
    if path.stat().st_size > LARGEST or unpacked > LARGEST_UNPACKED:
        raise unreadable(
            name,
            said(
                "is larger than a workbook may be here ({most} MiB, unpacked"
                " {unpacked}); save it as CSV, which may be of any length",
                most=LARGEST // 2**20,
                unpacked=LARGEST_UNPACKED // 2**20,
            ),
        )


def _beyond(name: str) -> Refused:
    return unreadable(
        name,
        said(
            "cannot be read: as a workbook it is damaged, or takes too much memory or"
            " time; save it as CSV, which may be of any length"
        ),
    )


def unreadable(name: str, why: str) -> Refused:
    """No table can be made of the file; `why` goes on after its name."""
    return Refused(
        "invalid_record", said("{name} {why}.", name=name, why=why), field="file", value=name
    )
