"""Files of records: scenarios, JSON Lines, and what is neither."""

import io
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from regulars.rules.refusals import Refused
from regulars.services.formats import files
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.files import open_records
from regulars.services.formats.parsing import Reader

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))

YAML = """\
name: Two
records:
- {type: guest, id: ann, name: Ann, birthday: 1990-03-02, at: 2026-01-05T10:00}
# a comment between them
- type: guest
  id: on
  name: "yes"
expect:
- {as_of: 2026-03-02, guest: ann, state: {tier: null, points: 010, spend: "1.00"}}
"""
LINES = b'{"type":"guest","id":"ann"}\n\n{"type":"guest","id":"bob"}\r\n'


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def test_a_yaml_scenario(write: Any) -> None:
    source = open_records(write("two.yaml", YAML))

    assert source.name == "Two"
    assert list(source) == [
        (
            3,
            {
                "type": "guest",
                "id": "ann",
                "name": "Ann",
                "birthday": "1990-03-02",
                "at": "2026-01-05T10:00",
            },
        ),
        (5, {"type": "guest", "id": "on", "name": "yes"}),
    ]
    assert source.expect == [
        {
            "as_of": "2026-03-02",
            "guest": "ann",
            "state": {"tier": None, "points": 10, "spend": "1.00"},
        }
    ]


def test_scalars_are_those_of_yaml_1_2(write: Any) -> None:
    text = (
        "records: [{a: [on, yes, No, ~, '', true, 0o17, 0x1F, 1_000, 12:30, 1.5, .5, -7, <<]}]"
    )
    [(_, record)] = open_records(write("a.yml", text))

    assert record == {
        "a": ["on", "yes", "No", None, "", True, 15, 31, "1_000", "12:30", 1.5, 0.5, -7, "<<"]
    }
    assert [type(value) for value in record["a"][5:8]] == [bool, int, int]


def test_a_json_scenario_and_a_bare_list(write: Any) -> None:
    whole = '\ufeff{\n\t"records": [{"type": "guest"}],\n\t"expect": []\n}'

    assert list(open_records(write("a.json", whole))) == [(None, {"type": "guest"})]
    assert list(open_records(write("b.json", '[{"type": "guest"}]'))) == [
        (None, {"type": "guest"})
    ]
    assert open_records(write("c.yaml", "- {type: guest}")).name == "c.yaml"


def test_json_lines(write: Any) -> None:
    expected = [(1, b'{"type":"guest","id":"ann"}'), (3, b'{"type":"guest","id":"bob"}')]

    for name, content in (
        ("a.jsonl", LINES),
        ("b.jsonl", b"\xef\xbb\xbf" + LINES),
        ("c.jsonl", LINES.rstrip()),
        ("d.ndjson", LINES),
        ("e.json", LINES),
        ("f", LINES),
    ):
        source = open_records(write(name, content))
        assert list(source) == expected
        assert source.size == len(content) == source.bytes_read


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(LINES)))
    monkeypatch.setattr(sys, "stdin", stdin)

    source = open_records("-")
    assert [number for number, _ in source] == [1, 3]
    source.close()
    assert not stdin.closed


def test_a_last_line_cut_off_is_refused_and_the_rest_goes_on(write: Any) -> None:
    source = open_records(write("a.jsonl", LINES + b'{"type":"guest","id":"cl'))

    *whole, (number, refused) = source
    assert len(whole) == 2
    assert number == 4
    assert isinstance(refused, Refused)
    assert refused.code == "invalid_record"
    assert "Line 4 is cut off" in refused.message
    assert refused.detail == {"line": 4}


def test_a_line_too_long_is_refused_and_the_rest_goes_on(
    write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LONGEST_LINE", 40)
    long = b'{"type":"guest","id":"' + b"x" * 200 + b'"}\n'
    source = open_records(write("a.jsonl", long + LINES + long.rstrip()))

    entries = list(source)
    assert [number for number, _ in entries] == [1, 2, 4, 5]
    assert isinstance(entries[0][1], Refused)
    assert isinstance(entries[3][1], Refused)


def test_bad_bytes_in_a_line_are_that_lines_business(write: Any) -> None:
    content = LINES + b'{"type":"guest","id":"\xff"}\n{"a\x00"}\n' + LINES
    reader = Reader(ReadingContext())

    for number, raw in open_records(write("a.jsonl", b"{}\n" * 30_000 + content)):
        with pytest.raises(Refused) as refused:
            reader.parse(raw)
        if number in (30_004, 30_005):
            assert refused.value.code == "invalid_record"


def test_memory_does_not_grow_with_the_file(write: Any) -> None:
    path = write("a.jsonl", LINES * 100_000)
    tracemalloc.start()
    try:
        n_records = sum(1 for _ in open_records(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert n_records == 200_000
    assert peak < 1_000_000


WRONG_FILES = [
    ("a.jsonl", b"", "is empty"),
    ("a.yaml", b" \n\n", "is empty"),
    ("a.jsonl", b"\xef\xbb\xbf", "is empty"),
    ("a.jsonl", b"id,guest,amount\n1,ann,5.00\n", "no JSON Lines"),
    ("a.jsonl", b"name: x\nrecords: []\n", "no JSON Lines"),
    ("a.jsonl", b"[\n{}\n]\n", "no JSON Lines"),
    ("a.jsonl", b"\x00" * 1000, "NUL"),
    ("a.jsonl", b"PK\x03\x04rest", "ZIP archive"),
    ("a.jsonl", b"\x1f\x8brest", "gzip"),
    ("a.yaml", "records: []".encode("utf-16"), "UTF-16"),
    ("a.yaml", "records: []".encode("utf-16-le"), "NUL"),
    ("a.yaml", b"SQLite format 3\x00", "SQLite"),
    ("a.csv", b"id,guest,amount\n1,ann,5.00\n", "no scenario"),
    ("a.yaml", b"just words", "no scenario"),
    ("a.yaml", b"records: 5", "no scenario"),
    ("a.yaml", b"name: x", "no scenario"),
    ("a.yaml", b"records: []\nrules: []", "'rules' is no field"),
    ("a.yaml", b"records: []\nexpect: 5", "expect must be a list"),
    ("a.yaml", b"records: []\nname: \xff", "no UTF-8 text: see line 2"),
    ("a.yaml", b"records:\n- {a: b\n- c", "Line 3"),
    ("a.yaml", b"records:\n\t- a", "Line 2"),
    ("a.yaml", b"records: []\nrecords: []", "'records' twice"),
    ("a.yaml", b"records: [!!python/object:os.system {}]", "tag"),
    ("a.yaml", b"records: [!!timestamp 2026-01-01]", "tag"),
    ("a.yaml", b"records: &a [*a]", "recursive"),
    ("a.yaml", b"records: [" + b"9" * 5000 + b"]", "too long"),
    ("a.yaml", b"records: [{[1]: 2}]", "no text"),
    ("a.yaml", b"records: []\n---\nrecords: []", "another document"),
    ("a.yaml", b"[" * 100_000, "levels"),
    ("a.yaml", b"- " * 100_000, "levels"),
    ("a.json", b'{"records": [', "Line"),
    ("a.json", b"[" * 100_000, "levels"),
]


@pytest.mark.parametrize(
    ("name", "content", "why"), WRONG_FILES, ids=lambda value: repr(value[:24])
)
def test_a_file_of_the_wrong_kind(name: str, content: bytes, why: str, write: Any) -> None:
    with pytest.raises(Refused, match=why) as refused:
        open_records(write(name, content))

    assert refused.value.code == "invalid_record"
    assert len(refused.value.message) < 400


def test_a_document_too_large_is_pointed_to_json_lines(
    write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST_DOCUMENT", 100)

    with pytest.raises(Refused, match="write it as JSON Lines"):
        open_records(write("a.yaml", "records: []\n" + "#" * 100))


def test_no_file_at_all(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path, "a\x00b"):
        with pytest.raises(Refused, match="cannot be read"):
            open_records(str(path))


def test_a_record_that_is_none(write: Any) -> None:
    [(line, refused)] = open_records(write("a.yaml", "records:\n- words"))

    assert line == 2
    assert isinstance(refused, Refused)
    with pytest.raises(Refused, match="A record is a group of named fields"):
        Reader(ReadingContext()).parse(refused)


def test_a_bomb_of_aliases_is_refused(write: Any) -> None:
    levels = "".join(f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 10))
    head = "records:\n- type: program\n  effective_from: 2026-01-01\n  at: 2026-01-01\n"
    [(_, record)] = open_records(write("a.yaml", f"{head}  l0: &l0 [x]\n{levels}"))

    with pytest.raises(Refused, match="at most 200000 values"):
        Reader(ReadingContext()).parse(record)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_scenario_can_be_read(path: Path) -> None:
    context = ReadingContext()
    reader = Reader(context)
    known_at = []
    for _, raw in open_records(str(path)):
        record = reader.parse(raw)
        context.learn(record)
        known_at.append(record.at)

    assert known_at == sorted(known_at)
