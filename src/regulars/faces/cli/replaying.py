"""`regulars replay`: a history on a database of its own, shown or compared (contract 5)."""

import sys
from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import Annotated, Any

import typer

from regulars.faces.cli.databases import throwaway
from regulars.faces.cli.importing import refused_line
from regulars.faces.cli.reading import day_named, progressing, require_file
from regulars.faces.cli.running import DIFFERENT, JsonOption, put, put_json, put_table, say


def replay(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Scenarios (YAML or JSON) or records (.jsonl); - is standard input.",
        ),
    ],
    as_of: Annotated[
        list[str] | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Show the state at the end of this day; may be said several times.",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Compare with what each scenario expects.")
    ] = False,
    as_json: JsonOption = False,
    database: Annotated[
        str | None,
        typer.Option(
            "--database",
            metavar="URL",
            help="Where to make the temporary database: a PostgreSQL server, or beside this"
            " SQLite file. Nothing that is there is touched.",
        ),
    ] = None,
) -> None:
    """Run a history on a throwaway database and show what it comes to.

    Every business day and month on the way is closed, up to the last --as-of. Several files are
    one history, in their order; with --check each is its own. Exit code 1 if one differs.
    """
    for path in files:
        require_file(path)
    days = sorted({day_named(text) for text in as_of or []})
    with throwaway(database) as renew:
        if check:
            _check_all(files, days, as_json=as_json, renew=renew)
        elif as_json:
            _write_json(files, days)
        else:
            _show(files, days)


# -- check ------------------------------------------------------------------------------------


def _check_all(
    files: list[str], days: list[date], *, as_json: bool, renew: Callable[[], None]
) -> None:
    """Each scenario by itself; a line for each difference."""
    found: list[dict[str, Any]] = []
    for path in files:
        if found:
            renew()
        found.append({"file": path, "differences": _differences(path, days)})
        if not as_json:
            _put_check(found[-1])
    n_bad = sum(1 for one in found if one["differences"])
    if as_json:
        put_json({"files": found, "different": n_bad})
    elif len(files) > 1:
        put(f"{len(files) - n_bad} of {len(files)} as expected.")
    if n_bad:
        raise typer.Exit(DIFFERENT)


def _differences(path: str, days: list[date]) -> list[str]:
    from regulars.rules.refusals import Refused
    from regulars.services.formats.expectations import differences
    from regulars.services.formats.files import open_records
    from regulars.services.replaying import replay as run

    try:
        with open_records(path) as source:
            names = {one["record"] for one in source.expect if _names_a_record(one)}
            results: dict[str, dict[str, Any]] = {}

            def keep(_: int, result: Any) -> None:
                if result.record in names:
                    results[result.record] = result.as_dict()

            wanted = {*days, *_days_in(source.expect)}
            with progressing(source, path) as entries:
                replayed = run(entries, sorted(wanted), emit=keep, all_records=True)
            output = {"results": list(results.values()), "as_of": replayed.as_of}
            return differences(source.expect, output)
    except Refused as refused:
        return [refused.message]


def _names_a_record(expected: object) -> bool:
    return isinstance(expected, dict) and isinstance(expected.get("record"), str)


def _days_in(expect: list[Any]) -> list[date]:
    """The days whose states are expected; what is no date is left to the comparison."""
    found = []
    for expected in expect:
        text = expected.get("as_of") if isinstance(expected, dict) else None
        try:
            found.append(date.fromisoformat(str(text)))
        except ValueError:
            continue
    return found


def _put_check(one: dict[str, Any]) -> None:
    if not one["differences"]:
        put(f"{one['file']}: as expected")
        return
    put(f"{one['file']}: {len(one['differences'])} different")
    for line in one["differences"]:
        put(f"  {line}")


# -- show -------------------------------------------------------------------------------------


def _run(files: list[str], days: list[date], emit: Callable[[int, Any], None]) -> Any:
    from regulars.services.formats.files import open_records
    from regulars.services.replaying import replay as run

    sources = [open_records(path) for path in files]

    def entries() -> Any:
        for source in sources:
            with source, progressing(source, source.name) as read:
                yield from read

    return run(chain(entries()), days, emit=emit)


def _write_json(files: list[str], days: list[date]) -> None:
    """The contract's one object, its results written as they come: any length of file."""
    import msgspec

    encode = msgspec.json.encode
    out = sys.stdout.buffer
    starts = chain([b'{"results": [\n'], iter(lambda: b",\n", None))

    def write(result: Any) -> None:
        out.write(next(starts) + encode(result.as_dict()))

    ordered = InOrder(write)
    try:
        replayed = _run(files, days, ordered.take)
        ordered.finish()
    except BaseException:
        out.flush()
        raise
    if not ordered.n_written:
        out.write(next(starts))
    out.write(b'\n], "as_of": ' + encode(replayed.as_of) + b"}\n")
    out.flush()


class InOrder:
    """Hands results on in the order of the stream; some wait for a day to be over elsewhere."""

    def __init__(self, write: Callable[[Any], None]) -> None:
        self.n_written = 0
        self._next = 0
        self._waiting: dict[int, Any] = {}
        self._write = write

    def take(self, place: int, result: Any) -> None:
        self._waiting[place] = result
        while self._next in self._waiting:
            self._hand_on(self._next)

    def finish(self) -> None:
        for place in sorted(self._waiting):
            self._hand_on(place)

    def _hand_on(self, place: int) -> None:
        self._write(self._waiting.pop(place))
        self.n_written += 1
        self._next = place + 1


def _show(files: list[str], days: list[date]) -> None:
    counts: dict[str, int] = {}

    def count(_: int, result: Any) -> None:
        counts[result.status] = counts.get(result.status, 0) + 1
        if result.status == "refused":
            say(refused_line(result))

    replayed = _run(files, days, count)
    put(", ".join(f"{n:,} {status}" for status, n in sorted(counts.items())) or "No records.")
    for day, states in replayed.as_of.items():
        put()
        put(f"As of {day}")
        heads = {"guest": "left", "tier": "left", "spend": "right", "points": "right"}
        rows = [
            [ref, state["tier"] or "-", state["spend"], f"{state['points']:,}"]
            for ref, state in states["guests"].items()
        ]
        put_table(heads, rows)
