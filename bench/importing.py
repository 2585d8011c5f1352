"""Invoices of guests who are known, from JSON Lines, every day closed on the way.

The company is the same whatever the length of the file: a longer one is a longer history. In
its first year no points lapse; from then on every lot that is earned costs its end as well.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench import stories
from bench.clock import Cpu
from bench.engines import Engine
from bench.floor import Floor, count_of, written_between
from bench.report import Line, line_of
from bench.working import prepared
from regulars.services.reading_ahead import BLOCK

A_DAY = 400
"""Invoices a day over three centers."""
GUESTS = 4_000
"""Each comes every ten days."""
MEASURE = "import of invoices"
REFERENCE = 10_000
SIZES = {
    "quick": (REFERENCE, 2_000),
    "usual": (REFERENCE, 2_000, 50_000),
    "full": (REFERENCE, 2_000, 50_000, 1_000_000),
}
LARGEST_FLOOR = 50_000
PART = 3 * BLOCK
"""Invoices whose cost is told by itself, from a file that is longer than two years: so many
blocks, since a block is committed at a time on SQLite.
"""
A_YEAR = 3 * PART
YOUNG = 3 * BLOCK
TURNS = 3
A_ROUND = GUESTS // A_DAY
"""Days until every guest has come again."""


def measure(engine: Engine, *, effort: str) -> Iterator[Line]:
    """The reference comes first, since the others are compared with it."""
    reference = None
    for size in SIZES[effort]:
        n_times = 3 if size <= REFERENCE and effort != "quick" else 1
        for line in _of_size(engine, size, n_times=n_times):
            reference = reference or line
            line.target = "≤ 333 µs (3,000/s)"
            line.is_reached = line.value <= 1e6 / 3000
            if line is not reference and size < 2 * A_YEAR:
                line.note += f", {line.value / reference.value:.2f}× the cost at {REFERENCE:,}"
            yield line


def _of_size(engine: Engine, size: int, *, n_times: int) -> Iterator[Line]:
    """An import of so many invoices; of a file longer than two years also what comes after."""
    refs = stories.guest_refs(GUESTS)
    url = prepared(engine, chain(stories.beginning(), stories.guests(refs)))
    product: list[Cpu] = []
    floors: list[Cpu] = []
    is_long = size >= 2 * A_YEAR
    with TemporaryDirectory(prefix="regulars-bench-") as folder:
        file = Path(folder) / "invoices.jsonl"
        _write_lines(file, stories.invoices(size, refs, a_day=A_DAY))
        for _ in range(n_times):
            copy = engine.copy(url)
            told = _in_a_process(copy, file, part=PART)
            product.append(Cpu(told["client"], told["server"]))
            if size <= LARGEST_FLOOR:
                floors.append(_floor(engine, url, copy))
            if not is_long:
                engine.drop(copy)
        line = _line(engine, f"{size:,} invoices", size, product, floors)
        line.note += f", memory +{told['grown_mb']:.0f} MB"
        if not is_long:
            yield line
        else:
            line.note += _growth(told["parts"]) + _beside_young(engine, copy, file, refs, size)
            yield line
            yield _after(engine, copy, file, refs, size)
            engine.drop(copy)
    engine.drop(url)


def _line(engine: Engine, what: str, count: int, product: list[Cpu], floors: list[Cpu]) -> Line:
    line = line_of(
        MEASURE,
        engine.vendor,
        what,
        unit="µs an invoice",
        product=product,
        floor=floors,
        count=count,
    )
    line.note = f"{1e6 / line.value:,.0f} invoices a second and core"
    return line


def _after(engine: Engine, url: str, file: Path, refs: list[str], size: int) -> Line:
    """What the next invoices cost where so many are in the books, beside their floor there."""
    more = stories.invoices(size + REFERENCE, refs, a_day=A_DAY)
    _write_lines(file, islice(more, size, None))
    copy = engine.copy(url)
    told = _in_a_process(copy, file, part=PART)
    spent = Cpu(told["client"], told["server"])
    what = f"{REFERENCE:,} invoices after {size:,}"
    line = _line(engine, what, REFERENCE, [spent], [_floor(engine, url, copy)])
    engine.drop(copy)
    return line


def _beside_young(engine: Engine, url: str, file: Path, refs: list[str], size: int) -> str:
    """Like beside like, in turn, since machines are faster at one moment than at the next: a
    block of invoices after so many, and one in a young ledger where lots lapse as often, after
    each round of all guests. Each is the second of its import.
    """
    young = prepared(engine, chain(stories.beginning(lapse_days=A_ROUND), stories.guests(refs)))
    first = file.with_name("young.jsonl")
    # What a day has is told when it is closed: the last of a block with the block after it.
    _write_lines(first, stories.invoices(YOUNG + A_DAY, refs, a_day=A_DAY))
    more = stories.invoices(size + YOUNG + A_DAY, refs, a_day=A_DAY)
    _write_lines(file, islice(more, size, None))
    turns = [
        (_second_block(engine, young, first), _second_block(engine, url, file))
        for _ in range(TURNS)
    ]
    engine.drop(young)
    small, large = (median(costs) for costs in zip(*turns, strict=True))
    ratios = ", ".join(f"{late / early:.2f}" for early, late in turns)
    return (
        f"; in turn with a ledger of {YOUNG:,} where they lapse as often: {small:.0f} there,"
        f" {large:.0f} after {size:,}, {large / small:.2f}× ({ratios})"
    )


def _second_block(engine: Engine, url: str, file: Path) -> float:
    """Microseconds of an invoice."""
    copy = engine.copy(url)
    told = _in_a_process(copy, file, part=BLOCK)
    engine.drop(copy)
    return float(told["parts"][1]) / BLOCK * 1e6


def _growth(parts: list[float]) -> str:
    """Like beside like: a part before lots lapse beside the first, the last beside the one in
    which they have begun to, when each brings a line of the ledger more.
    """
    n_year = A_YEAR // PART
    first, before, settled, last = (parts[n] / PART * 1e6 for n in (0, n_year - 1, n_year, -1))
    return (
        f"; {PART:,} at a time: the first {first:.0f} µs each, the last of the first year"
        f" {before:.0f}, {before / first:.2f}×; then lots lapse: {settled:.0f}, the last of all"
        f" {last:.0f}, {last / settled:.2f}×"
    )


def _write_lines(file: Path, records: Iterable[stories.Fact]) -> None:
    with file.open("wb") as out:
        for record in records:
            out.write(stories.encode(record) + b"\n")


def _floor(engine: Engine, before: str, after: str) -> Cpu:
    """Every row that the import left, written in one transaction to a copy of its beginning."""
    written = written_between(engine, before, after)
    assert count_of(written)
    copy = engine.copy(before)
    floor = Floor(engine, copy)
    spent = floor.write(written)
    floor.close()
    engine.drop(copy)
    return spent


def _in_a_process(url: str, file: Path, *, part: int) -> dict[str, Any]:
    """The memory of a process of its own is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.one_import", str(file), str(part)],
        env=os.environ
        | {"REGULARS_DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told
