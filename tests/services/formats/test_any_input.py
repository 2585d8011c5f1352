"""Whatever comes in, a record or `Refused` comes out: nothing else ever escapes."""

from copy import deepcopy
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.rules.refusals import Refused
from regulars.services.formats.facts import Record
from regulars.services.formats.parsing import name_of
from regulars.services.formats.reading_commands import COMMANDS
from regulars.services.formats.results import refused_result
from tests.services.formats.reading import APPOINTMENT, FEEDBACK, GUEST, INVOICE, lumen

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.dates().map(str)
    | st.datetimes().map(lambda at: at.isoformat())
    | st.decimals(allow_nan=False, allow_infinity=False).map(str)
    | st.sampled_from(["ann", "soho", "facial", "l1", "p1", "open", "closed", "0.00"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
TYPES = ["organization", "center", "status", "item", "guest", "appointment", "invoice"]
TYPES += ["feedback", "program", *COMMANDS]
FIELDS = """
    id at by name guest center currency time_zone kind price email phone birthday status signup
    opened_at closed_at lines payments refunds channel rating published points amount threshold
    expires_on until invoice appointment rewards guests from into tier effective_from tiers
""".split()
MAPPINGS = st.builds(
    lambda kind, fields: {"type": kind} | fields,
    st.sampled_from(TYPES),
    st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), VALUES, max_size=8),
)


def outcome(raw: Any) -> Record | Refused:
    """What comes of it; a refusal can always be printed."""
    try:
        return lumen().parse(raw)
    except Refused as refused:
        result = refused_result(name_of(raw), refused, line=1)
        assert result.code in ("invalid_record", "unknown_reference")
        msgspec.json.encode(result.as_dict())
        return refused


@given(raw=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes(raw: bytes) -> None:
    outcome(raw)


@given(mapping=MAPPINGS)
@settings(max_examples=200)
def test_any_mapping(mapping: dict[str, Any]) -> None:
    from_mapping = outcome(mapping)
    try:
        line = msgspec.json.encode(mapping)
    except (UnicodeError, msgspec.EncodeError, OverflowError):
        assert isinstance(from_mapping, Refused)
        return
    assert type(outcome(line)) is type(from_mapping)


@st.composite
def bent_records(draw: st.DrawFn) -> dict[str, Any]:
    """A sound record in which one thing, somewhere, has been replaced."""
    record: dict[str, Any] = deepcopy(
        draw(st.sampled_from([INVOICE, GUEST, APPOINTMENT, FEEDBACK]))
    )
    part: Any = record
    while True:
        keys = sorted(part) if isinstance(part, dict) else list(range(len(part)))
        key = draw(st.sampled_from(keys))
        inner = part[key]
        if not (isinstance(inner, dict | list) and inner) or draw(st.booleans()):
            part[key] = draw(VALUES)
            return record
        part = inner


@given(record=bent_records())
@settings(max_examples=200)
def test_any_record_bent(record: dict[str, Any]) -> None:
    outcome(record)


@given(cut=st.integers(0, 500), flipped=st.integers(0, 500), byte=st.integers(0, 255))
def test_any_line_damaged(cut: int, flipped: int, byte: int) -> None:
    line = bytearray(msgspec.json.encode(INVOICE))
    line[flipped % len(line)] = byte
    outcome(bytes(line))
    outcome(bytes(line[:cut]))
