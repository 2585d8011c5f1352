"""Workbooks, read row by row out of a process of its own: none is too much for this one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import msgspec

from regulars.rules.refusals import Refused
from regulars.rules.sentences import said

LARGEST = 32 * 2**20
LARGEST_UNPACKED = 512 * 2**20
"""What is larger is saved as CSV, which may be of any length."""

MOST_LINE = 4 * 2**20
"""Of a row as the reader writes it, in bytes; what a record holds takes some thousands."""

LONGEST_SHEET = 100
"""In characters; Excel itself stops at 31."""

_READER = "regulars.services.imports.workbook_reader"

_READERS = BoundedSemaphore(2)
"""Each may take as much memory as a reader is given: whoever comes third waits."""

LONGEST_WAIT = 60
"""In seconds: rows may be sent to somebody who takes them slowly."""

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
    _check(path, name, sheet)
    command = [sys.executable, "-m", _READER, str(path), str(LARGEST_UNPACKED)]
    with (
        _turn(name),
        subprocess.Popen(
            [*command, sheet] if sheet else command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        ) as reader,
    ):
        try:
            yield _opened(reader, name)
        finally:
            reader.kill()


@contextmanager
def _turn(name: str) -> Iterator[None]:
    if not _READERS.acquire(timeout=LONGEST_WAIT):
        raise unreadable(
            name, said("has to wait: other workbooks are being read; try again in some minutes")
        )
    try:
        yield
    finally:
        _READERS.release()


def _environment() -> dict[str, str]:
    """What a reader needs to start, and none of the secrets that this process was given."""
    kept = ("PATH", "LANG", "LC_ALL", "TMPDIR")
    found = {key: os.environ[key] for key in kept if key in os.environ}
    return found | {"PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}


def _opened(reader: "subprocess.Popen[bytes]", name: str) -> Opened:
    assert reader.stdout is not None
    line = reader.stdout.readline(MOST_LINE + 1)
    head: dict[str, Any] = msgspec.json.decode(line if line.endswith(b"\n") else b"{}")
    if "error" in head:
        raise unreadable(
            name, said("is no workbook that can be read: {error}", error=head["error"])
        )
    if "unpacked" in head:
        raise _too_large(name)
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
    while (line := reader.stdout.readline(MOST_LINE + 1)).endswith(b"\n"):
        number, cells = msgspec.json.decode(line)
        yield number, cells
    if len(line) > MOST_LINE or reader.wait() != 0:
        raise _beyond(name)


def _check(path: Path, name: str, sheet: str | None) -> None:
    """Refuse what no reader is started for."""
    if path.stat().st_size > LARGEST:
        raise _too_large(name)
    if sheet and (len(sheet) > LONGEST_SHEET or "\0" in sheet):
        raise Refused(
            "invalid_record",
            said("The name of a sheet has at most {most} characters.", most=LONGEST_SHEET),
            field="sheet",
            value=sheet[:LONGEST_SHEET],
        )


def _too_large(name: str) -> Refused:
    return unreadable(
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
