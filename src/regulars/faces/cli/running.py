"""How every command begins and ends: its options, its one line of trouble, its exit code.

Exit codes: 0 done, 1 a refusal or a difference, 2 not understood, 3 trouble with the database
or the disk, 130 interrupted.
"""

import functools
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console

DIFFERENT, MISUSED, TROUBLED, INTERRUPTED = 1, 2, 3, 130

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="sqlite:////path/to/file or postgresql://user:password@host/name. Without it"
        " REGULARS_DATABASE_URL says which, or it is a SQLite file in your data folder.",
    ),
]
OrganizationOption = Annotated[
    str | None,
    typer.Option("--organization", metavar="ID", help="Needed when the database has several."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")]


class Trouble(Exception):
    """Something outside the program that keeps a command from its work; one readable line."""

    def __init__(self, message: str, exit_code: int = TROUBLED) -> None:
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code


def reporting(function: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """What goes wrong becomes one line on standard error and an exit code."""

    @functools.wraps(function)
    def run(*args: Parameters.args, **options: Parameters.kwargs) -> Answer:
        try:
            answer = function(*args, **options)
            sys.stdout.flush()
        except KeyboardInterrupt:
            leave("Interrupted.", INTERRUPTED)
        except BrokenPipeError:
            _forget_output()
            raise typer.Exit(0) from None
        except Exception as problem:
            found = line_about(problem)
            if found is None:
                raise
            leave(*found)
        return answer

    return run


def line_about(problem: Exception) -> tuple[str, int] | None:
    """What to say about a problem, and the exit code; None for what only a bug can be."""
    from regulars.rules.refusals import Refused

    if isinstance(problem, Trouble):
        return problem.message, problem.exit_code
    if isinstance(problem, Refused):
        return refusal_line(problem), DIFFERENT
    if isinstance(problem, OSError):
        return f"{problem.filename or 'The system'}: {problem.strerror or problem}.", TROUBLED
    return _django_line(problem) if "django" in sys.modules else None


def _django_line(problem: Exception) -> tuple[str, int] | None:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error

    if isinstance(problem, ImproperlyConfigured):
        return str(problem), TROUBLED
    if isinstance(problem, Error):
        return _database_line(problem), TROUBLED
    return None


def refusal_line(refused: Any) -> str:
    """Code and sentence, with the field where the sentence does not name it."""
    from regulars.services.formats.results import refused_result

    result = refused_result("", refused)
    return f"Refused ({result.code}): {result.message}"


def _database_line(problem: Exception) -> str:
    said = " ".join(str(problem).split()).rstrip(".?") or type(problem).__name__
    state = getattr(problem.__cause__, "sqlstate", None)
    if "disk is full" in said or state == "53100":
        return f"The disk is full: {said}. What was reported as done is kept."
    if "readonly" in said or state == "25006":
        return f"The database may only be read: {said}."
    if "not a database" in said:
        return "The file at this address is not a SQLite database."
    if "unable to open" in said or "connection" in said:
        return f"The database cannot be reached: {said}."
    return f"The database gave up: {said}. What was reported as done is kept."


def leave(message: str, code: int) -> NoReturn:
    say(message)
    raise typer.Exit(code)


def say(message: str) -> None:
    """A line for the person, on standard error, so that output stays clean."""
    print(message, file=sys.stderr, flush=True)


def put(line: str = "") -> None:
    """A line of the answer; at once, since whoever reads it may be watching."""
    print(line, flush=True)


def put_json(value: Any) -> None:
    """The answer as JSON, in UTF-8 whatever the terminal speaks."""
    import msgspec

    from regulars.rules.sentences import plain

    encoded = msgspec.json.encode(value, enc_hook=plain)
    sys.stdout.flush()
    sys.stdout.buffer.write(msgspec.json.format(encoded, indent=2) + b"\n")
    sys.stdout.buffer.flush()


def put_table(heads: Mapping[str, str], rows: list[list[str]]) -> None:
    """Columns by their heads, `left` or `right`; plain text, good to read in a pipe as well."""
    lines = [list(heads), *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    for line in lines:
        cells = [
            cell.rjust(width) if side == "right" else cell.ljust(width)
            for cell, width, side in zip(line, widths, heads.values(), strict=True)
        ]
        put(f"  {'  '.join(cells)}".rstrip())


def console() -> "Console":
    """Where progress is drawn: standard error, and only if it is a terminal."""
    from rich.console import Console

    return Console(stderr=True)


def operator() -> str:
    """Who is at the shell, for the record of who did what."""
    return os.environ.get("USER") or os.environ.get("LOGNAME") or "operator"


def _forget_output() -> None:
    """Whoever was reading has left: let the interpreter end without a complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
