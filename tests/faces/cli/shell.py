"""Commands said as at a shell: in this process, or in one of their own where that matters."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from regulars.faces.cli.main import app
from tests.services.histories import START, Fact, guest, invoice, program

PROGRAM = [sys.executable, "-m", "regulars"]

# A spring at a spa: ann spends 126 in March and is Silver, bob tries once.
SPRING = [
    *START,
    program(),
    guest("ann"),
    guest("bob"),
    invoice("inv1", "ann", "126.00", "2026-03-02"),
    invoice("inv2", "bob", "40.00", "2026-03-03"),
    invoice("inv3", "ann", "200.00", "2026-04-06"),
]


def say(*words: object, stdin: str | None = None) -> Any:
    """The command's exit code, stdout and stderr; what only a bug can be is raised."""
    return CliRunner().invoke(
        app, [str(word) for word in words], input=stdin, catch_exceptions=False
    )


def said_json(*words: object, stdin: str | None = None) -> Any:
    return json.loads(say(*words, "--json", stdin=stdin).stdout)


def start(*words: object) -> Any:
    """The command in a process of its own."""
    arguments = [*PROGRAM, *(str(word) for word in words)]
    pipe = subprocess.PIPE
    return subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe)


def lines_of(records: Iterable[Fact]) -> str:
    return "".join(f"{json.dumps(record)}\n" for record in records)


def file_of(folder: Path, records: Iterable[Fact], name: str = "records.jsonl") -> Path:
    path = folder / name
    path.write_text(lines_of(records))
    return path


def balances() -> dict[str, tuple[str | None, int]]:
    """Tier and points of every guest, straight from the database in use."""
    from regulars.records import models
    from regulars.records.scope import every_organization

    with every_organization():
        rows = models.Account.objects.select_related("guest")
        return {row.guest.external_id: (row.tier, row.points) for row in rows}
