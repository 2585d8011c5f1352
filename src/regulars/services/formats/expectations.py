"""A scenario's `expect` against what `replay` prints (contract section 5)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_SUBJECTS = {"guest": "guests", "invoice": "invoices"}
_ABSENT = object()


def differences(expect: Sequence[Any], output: Mapping[str, Any]) -> list[str]:
    """Each expectation that the output does not meet, in one readable line; empty if all are.

    Maps compare the fields that are named, lists by length and position, the rest exactly.
    """
    last = {result["record"]: result for result in output["results"]}
    found: list[str] = []
    for index, expected in enumerate(expect):
        if isinstance(expected, Mapping) and isinstance(expected.get("record"), str):
            found += _result_differences(expected, last)
        elif _names_a_state(expected):
            found += _state_differences(expected, output["as_of"])
        else:
            found.append(
                f"expect.{index}: an expectation has as_of, guest or invoice, and state; "
                f"or record, and what became of it; this is {_written(expected)}"
            )
    return found


def _names_a_state(expected: object) -> bool:
    return isinstance(expected, Mapping) and any(
        set(expected) == {"as_of", subject, "state"} for subject in _SUBJECTS
    )


def _result_differences(
    expected: Mapping[str, Any], last: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    name = expected["record"]
    result = last.get(name)
    if result is None:
        yield f"{name}: expected a result, got none: the record was not run"
        return
    named = {field: value for field, value in expected.items() if field != "record"}
    for path, wanted, got in _compare(named, result, path=""):
        why = result.get("message")
        because = f" ({why})" if why and path in ("status", "code") else ""
        yield f"{name}, {path}: expected {_written(wanted)}, got {_written(got)}{because}"


def _state_differences(expected: Mapping[str, Any], states: Mapping[str, Any]) -> Iterator[str]:
    subject = "guest" if "guest" in expected else "invoice"
    day, id_, wanted = str(expected["as_of"]), str(expected[subject]), expected["state"]
    where = f"as of {day}, {subject} {id_}"
    if day not in states:
        yield f"{where}: no state as of that day was asked for"
        return
    state = states[day][_SUBJECTS[subject]].get(id_)
    if state is None and wanted is not None:
        yield f"{where}: expected {_written(wanted)}, got nothing: not known by then"
        return
    for path, inner, got in _compare(wanted, state, path=""):
        yield f"{where}{path and ', '}{path}: expected {_written(inner)}, got {_written(got)}"


def _compare(wanted: Any, got: Any, *, path: str) -> Iterator[tuple[str, Any, Any]]:
    """Where they differ: the path, what was wanted there and what is there."""
    if isinstance(wanted, Mapping) and isinstance(got, Mapping):
        for field, inner in wanted.items():
            yield from _compare(inner, got.get(field, _ABSENT), path=_joined(path, field))
    elif _is_list(wanted) and _is_list(got):
        if len(wanted) != len(got):
            yield _joined(path, "length"), len(wanted), len(got)
        for index, (inner, there) in enumerate(zip(wanted, got, strict=False)):
            yield from _compare(inner, there, path=_joined(path, index))
    elif not _are_equal(wanted, got):
        yield path, wanted, got


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _are_equal(wanted: object, got: object) -> bool:
    """Exactly; only a date may stand as its text."""
    if type(wanted) is type(got):
        return wanted == got
    if isinstance(wanted, str) and hasattr(got, "isoformat"):
        return wanted == str(got)
    return False


def _joined(path: str, step: object) -> str:
    return f"{path}.{step}" if path else str(step)


def _written(value: object) -> str:
    """As JSON, which is how both sides were given."""
    if value is _ABSENT:
        return "nothing"
    return json.dumps(value, ensure_ascii=False, default=str)
