"""Files of records as commands take them: there or not, with progress as they are read."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import typer

from regulars.faces.cli.running import console

if TYPE_CHECKING:
    from rich.progress import Progress

_EVERY = 200
"""Records between two looks at the progress."""


class Source(Protocol):
    """A `RecordSource`: entries, and how far they have been read."""

    name: str
    size: int | None
    bytes_read: int

    def __iter__(self) -> Iterator[Any]: ...


def require_file(path: str) -> None:
    """A file that is not there is a slip of the keyboard: exit code 2."""
    if path != "-" and not Path(path).is_file():
        problem = "is a folder" if Path(path).is_dir() else "there is no such file"
        raise typer.BadParameter(f"{path}: {problem}.")


def day_named(text: str) -> date:
    """A business date as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is no date like 2026-03-31.") from None


@contextmanager
def progressing(source: Source, what: str) -> Iterator[Iterable[Any]]:
    """The source's entries; on a terminal with a bar that follows them by bytes."""
    if not console().is_terminal:
        yield source
        return
    with _progress(has_size=source.size is not None) as progress:
        yield _followed(source, progress, what)


def _progress(*, has_size: bool) -> "Progress":
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    words = TextColumn("{task.description}")
    count = TextColumn("{task.fields[records]:,} records")
    if has_size:
        columns = [words, BarColumn(), DownloadColumn(), count, TimeRemainingColumn()]
    else:
        columns = [words, SpinnerColumn(), count, TimeElapsedColumn()]
    # What is printed meanwhile goes above the bar, but into its file if output is one.
    shares_screen = sys.stdout.isatty()
    return Progress(*columns, console=console(), transient=True, redirect_stdout=shares_screen)


def _followed(source: Source, progress: "Progress", what: str) -> Iterator[Any]:
    task = progress.add_task(what, total=source.size, records=0)
    n_read = 0
    for entry in source:
        yield entry
        n_read += 1
        if n_read % _EVERY == 0:
            progress.update(task, completed=source.bytes_read, records=n_read)
    # What is left is closing the last days.
    progress.update(task, completed=source.bytes_read, records=n_read)
