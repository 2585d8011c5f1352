"""Files of records: scenario documents, and JSON Lines read one by one (contract section 5)."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import msgspec

from regulars.rules.amounts import shown
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services.formats.yaml_documents import read_yaml

LONGEST_LINE = 8 * 1024 * 1024
LARGEST_DOCUMENT = 64 * 1024 * 1024
"""A document is held in memory whole; what is larger is written as JSON Lines."""

LINE_SUFFIXES = (".jsonl", ".ndjson")
STANDARD_INPUT = "-"

_HEAD = 64 * 1024
_UTF8_MARK = b"\xef\xbb\xbf"
_OTHER_KINDS = (
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"%PDF", "a PDF document"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
)

Entry = tuple[int | None, bytes | dict[str, Any] | Refused]
"""The line a record starts on, if one is known, and the record; or why there is none."""


class RecordSource:
    """The records of one file, in order, once. A line that is none is yielded as its refusal,
    so that the rest can go on. `bytes_read` of `size` says how far it got, `is_cut_off` that
    the file ended within a line.
    """

    def __init__(
        self,
        name: str,
        entries: Iterable[Entry] = (),
        *,
        expect: list[Any] | None = None,
        size: int | None = None,
        stream: BinaryIO | None = None,
    ) -> None:
        self.name = name
        self.expect = expect or []
        self.size = size
        self.bytes_read = 0
        self.is_cut_off = False
        self._stream = stream
        self._entries = entries if stream is None else self._lines(stream)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._stream is not None and self._stream is not sys.stdin.buffer:
            self._stream.close()

    def _lines(self, stream: BinaryIO) -> Iterator[Entry]:
        number = 0
        while line := stream.readline(LONGEST_LINE):
            number += 1
            self.bytes_read += len(line)
            if number == 1:
                line = line.removeprefix(_UTF8_MARK)
            if line[-1:] == b"\n":
                line = line.strip()
                if line:
                    yield number, line
            elif len(line) == LONGEST_LINE:
                self._skip_line(stream)
                yield (
                    number,
                    _line_refused(
                        number,
                        said("is longer than {most} bytes", most=LONGEST_LINE),
                    ),
                )
            elif line.strip():
                last = _last_line(line.strip(), number)
                self.is_cut_off = isinstance(last, Refused)
                yield number, last

    def _skip_line(self, stream: BinaryIO) -> None:
        while rest := stream.readline(LONGEST_LINE):
            self.bytes_read += len(rest)
            if rest.endswith(b"\n"):
                return


def _last_line(line: bytes, number: int) -> bytes | Refused:
    """A last line that nothing ends is whole if it is JSON, else the file was cut off."""
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return _line_refused(
            number,
            said(
                "is cut off: the file ends in {text}",
                text=shown(line[-40:].decode("utf-8", "replace")),
            ),
        )
    return line


def _line_refused(number: int, problem: str) -> Refused:
    message = said("Line {number} {problem}.", number=number, problem=problem)
    return Refused("invalid_record", message, detail={"line": number})


def open_records(path: str) -> RecordSource:
    """The file's records; "-" is standard input, JSON Lines. Refused if it holds none.

    Content decides what it is: a first line that is a whole record means JSON Lines.
    """
    if path == STANDARD_INPUT:
        stream: BinaryIO = sys.stdin.buffer
        name, size = "standard input", None
    else:
        stream = _opened(path)
        name, size = Path(path).name, Path(path).stat().st_size
    try:
        head = _peek(stream)
        _check_kind(name, head)
        if path == STANDARD_INPUT or Path(path).suffix in LINE_SUFFIXES:
            _check_first_line(name, head)
            return RecordSource(name, size=size, stream=stream)
        if _starts_with_record(head):
            return RecordSource(name, size=size, stream=stream)
        data = stream.read(LARGEST_DOCUMENT + 1)
    except BaseException:
        if stream is not sys.stdin.buffer:
            stream.close()
        raise
    stream.close()
    return _document_source(name, data)


def _opened(path: str) -> BinaryIO:
    try:
        return Path(path).open("rb", buffering=_HEAD)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Refused(
            "invalid_record",
            said("The file {path} cannot be read: {reason}.", path=path, reason=reason),
        ) from None


def _peek(stream: BinaryIO) -> bytes:
    """The file's beginning, left in place."""
    peek: Any = getattr(stream, "peek", None)
    return bytes(peek(_HEAD))[:_HEAD]


def _check_kind(name: str, head: bytes) -> None:
    if not head.removeprefix(_UTF8_MARK).strip():
        raise Refused("invalid_record", said("{name} is empty.", name=name))
    for start, kind in _OTHER_KINDS:
        if head.startswith(start):
            raise Refused(
                "invalid_record",
                said("{name} holds no records: it is {kind}.", name=name, kind=kind),
            )
    if b"\x00" in head:
        line = head[: head.index(b"\x00")].count(b"\n") + 1
        raise Refused(
            "invalid_record",
            said(
                "{name} holds no records: it is no text, line {line} has a NUL.",
                name=name,
                line=line,
            ),
            detail={"line": line},
        )


def _first_line(head: bytes) -> bytes:
    return head.removeprefix(_UTF8_MARK).lstrip().partition(b"\n")[0].strip()


def _check_first_line(name: str, head: bytes) -> None:
    first = _first_line(head)
    if first.startswith(b"{"):
        return
    raise Refused(
        "invalid_record",
        said(
            "{name} holds no JSON Lines, one record in braces on each: it starts with {first}.",
            name=name,
            first=shown(first[:60]),
        ),
        detail={"line": 1},
    )


def _starts_with_record(head: bytes) -> bool:
    try:
        first = msgspec.json.decode(_first_line(head))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False
    return isinstance(first, dict) and "type" in first


def _document_source(name: str, data: bytes) -> RecordSource:
    if len(data) > LARGEST_DOCUMENT:
        raise Refused(
            "invalid_record",
            said(
                "{name} is larger than {most} bytes: write it as JSON Lines (.jsonl).",
                name=name,
                most=LARGEST_DOCUMENT,
            ),
        )
    value, lines = _document(name, data)
    if isinstance(value, list):
        value = {"records": value}
    if not isinstance(value, dict) or not isinstance(value.get("records"), list):
        raise Refused(
            "invalid_record",
            said(
                "{name} holds no scenario: it must have `records`, a list; it is {value}.",
                name=name,
                value=shown(value),
            ),
            field="records",
        )
    _check_fields(name, value)
    records = value["records"]
    numbers: Iterable[int | None] = lines or [None] * len(records)
    entries = [(line, _record(record)) for line, record in zip(numbers, records, strict=True)]
    title = value.get("name")
    return RecordSource(
        title if isinstance(title, str) else name, entries, expect=value.get("expect")
    )


def _document(name: str, data: bytes) -> tuple[Any, tuple[int, ...]]:
    """Its value and the lines that its records start on, where they are known."""
    if _first_line(data)[:1] in (b"{", b"["):
        try:
            return msgspec.json.decode(data.removeprefix(_UTF8_MARK)), ()
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            pass  # YAML has braces too, and says on which line it is wrong.
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused(
            "invalid_record",
            said("{name} is no UTF-8 text: see line {line}.", name=name, line=line),
            detail={"line": line},
        ) from None
    document = read_yaml(text)
    return document.value, document.record_lines


def _check_fields(name: str, document: dict[Any, Any]) -> None:
    for field, value in document.items():
        if field not in ("name", "records", "expect"):
            raise Refused(
                "invalid_record",
                said(
                    "{field} is no field of a scenario; {name} may have name,"
                    " records and expect.",
                    field=shown(field),
                    name=name,
                ),
                field=str(field),
                value=shown(value),
            )
    expect = document.get("expect")
    if expect is not None and not isinstance(expect, list):
        raise Refused(
            "invalid_record",
            said("expect must be a list; {expect} is not.", expect=shown(expect)),
            field="expect",
            value=shown(expect),
        )


def _record(record: Any) -> dict[str, Any] | Refused:
    if isinstance(record, dict):
        return record
    return Refused(
        "invalid_record",
        said("A record is a group of named fields; {record} is not.", record=shown(record)),
        value=shown(record),
    )
