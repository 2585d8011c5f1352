"""Scenarios played on a server: records sent, days passed, states and results compared."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import typer

from regulars.faces.cli.conforming_server import Server

_BASE = ("name", "currency", "time_zone")
_HERE = Path(__file__).parents[2]
_FOLDERS = (_HERE / "scenarios", _HERE.parents[1] / "tests" / "scenarios")
"""Where they lie: in an installed package beside the code, in a working copy where they are
written."""


def shipped() -> dict[str, Path]:
    """The scenarios by name, in the order in which they are played."""
    for folder in _FOLDERS:
        found = [*sorted(folder.glob("*.yaml")), *sorted(folder.glob("extra/*.yaml"))]
        if found:
            return {path.stem: path for path in found}
    return {}


def chosen(names: list[str]) -> dict[str, Path]:
    """Those named, by name or as files of one's own; all if none is."""
    known = shipped()
    found = {}
    for name in names:
        path = known.get(name, Path(name))
        if not path.is_file():
            raise typer.BadParameter(f"{name}: no scenario and no file; --list names them.")
        found[path.stem] = path
    return found or known


def differences(server: Server, path: Path) -> list[str]:
    """Play one from an empty sandbox; a line for each expectation that is not met."""
    from regulars.services.formats import expectations
    from regulars.services.formats.files import open_records

    with open_records(str(path)) as source:
        records = list(_dated(source))
        theirs = _organization(records)
        base = {name: theirs[name] for name in _BASE if name in theirs}
        server.empty(base)
        made = f"organization/{theirs.get('id')}"  # by emptying, before its record came
        expect = [one for one in source.expect if one.get("record") != made]
        sent = [_at_home(one, theirs, server.ref) for one in records]
        output = {"results": server.told("POST", "/records", sent)}
        return expectations.differences(expect, {**output, "as_of": _states(server, expect)})


def _dated(source: Iterable[Any]) -> Iterator[Any]:
    """The records, each with the `at` that it has in a file: a server would take its own."""
    from regulars.rules.refusals import Refused
    from regulars.services.formats.beginnings import from_the_beginning
    from regulars.services.formats.context import ReadingContext
    from regulars.services.formats.parsing import Reader

    zones: dict[str, dict[str, Any]] = {"invoice": {}, "appointment": {}}
    context = ReadingContext(
        find_invoice_zone=zones["invoice"].get, find_appointment_zone=zones["appointment"].get
    )
    reader = Reader(context)
    raw: Any
    for _, raw in from_the_beginning(source, context):
        try:
            record: Any = reader.parse(raw)
        except Refused:
            yield raw
            continue
        context.learn(record)
        if record.kind in zones:
            zones[record.kind][record.id] = context.zone_of_center(record.body.center)
        yield {"at": record.at.isoformat(), **raw}


def _organization(records: list[Any]) -> dict[str, Any]:
    kinds = (one for one in records if isinstance(one, dict))
    return next((one for one in kinds if one.get("type") == "organization"), {})


def _at_home(record: Any, theirs: dict[str, Any], ref: str) -> Any:
    """The scenario's own organization goes by the id that it has on this server."""
    if not isinstance(record, dict) or record.get("type") != "organization":
        return record
    return {**record, "id": ref} if record.get("id") == theirs.get("id") else record


def _states(server: Server, expect: list[Any]) -> dict[str, Any]:
    """What replay would print of the states that are expected."""
    asked = [one for one in expect if "as_of" in one]
    if asked:
        last = max(date.fromisoformat(str(one["as_of"])) for one in asked)
        server.told("POST", "/sandbox/clock", {"to": f"{last + timedelta(days=2)}T12:00Z"})
    found: dict[str, Any] = {}
    for one in asked:
        kind, day = ("guest" if "guest" in one else "invoice"), str(one["as_of"])
        states = found.setdefault(day, {"guests": {}, "invoices": {}})
        state = server.state(kind, str(one[kind]), day)
        if state is not None:
            states[f"{kind}s"][str(one[kind])] = state
    return found
