"""What was measured: lines of a table for people, the same as JSON."""

from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.clock import Cpu


@dataclass(slots=True)
class Line:
    """One measure at one size. `value` is CPU of process and backend together, per `unit`."""

    measure: str
    engine: str
    size: str
    unit: str
    value: float
    client: float
    server: float
    floor: float | None = None
    ratio: float | None = None
    target: str = ""
    is_reached: bool | None = None
    note: str = ""


def line_of(
    measure: str,
    engine: str,
    size: str,
    *,
    unit: str,
    product: list[Cpu],
    floor: list[Cpu],
    count: int,
    scale: float = 1e6,
) -> Line:
    """Medians of what was timed in turn; the ratio is the median of the pairs' own."""
    per = scale / count
    line = Line(
        measure,
        engine,
        size,
        unit,
        value=median(one.all for one in product) * per,
        client=median(one.client for one in product) * per,
        server=median(one.server for one in product) * per,
    )
    if floor:
        pairs = zip(product, floor, strict=True)
        line.floor = median(one.all for one in floor) * per
        line.ratio = median(ours.all / bare.all for ours, bare in pairs if bare.all)
    return line


def sentence_of(line: Line) -> str:
    """A line by itself, as it is told while others are still being measured."""
    parts = [f"{line.measure}, {line.engine}, {line.size}: {_shown(line.value)} {line.unit}"]
    if line.ratio is not None:
        parts.append(f"{line.ratio:.2f}× its floor of {_shown(line.floor or 0)}")
    return "; ".join([*parts, *(part for part in (_target(line), line.note) if part)])


def print_table(lines: list[Line]) -> None:
    table = Table(title="CPU time of the process and its database backend")
    for name in ("what", "engine", "size"):
        table.add_column(name)
    for name in ("CPU", "process", "backend", "floor", "× floor"):
        table.add_column(name, justify="right")
    table.add_column("unit")
    table.add_column("target")
    table.add_column("note")
    before = ""
    places = {line.measure: place for place, line in reversed([*enumerate(lines)])}
    for line in sorted(lines, key=lambda one: places[one.measure]):
        if line.measure != before:
            table.add_section()
        table.add_row(*_cells(line, is_first=line.measure != before))
        before = line.measure
    Console(width=170).print(table)


def _cells(line: Line, *, is_first: bool) -> list[str]:
    return [
        line.measure if is_first else "",
        line.engine,
        line.size,
        _shown(line.value),
        _shown(line.client),
        _shown(line.server) if line.engine == "postgresql" else "",
        "" if line.floor is None else _shown(line.floor),
        "" if line.ratio is None else f"{line.ratio:.1f}",
        line.unit,
        _target(line),
        line.note,
    ]


def _target(line: Line) -> str:
    if line.is_reached is None:
        return line.target
    return f"{line.target}: {'reached' if line.is_reached else 'MISSED'}"


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def as_json(lines: list[Line]) -> list[dict[str, Any]]:
    return [asdict(line) for line in lines]
