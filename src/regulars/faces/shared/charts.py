"""Charts drawn on the server as SVG, without script or style of their own.

    Chart("tiers", _("Guests by tier"), labels, [Series("Gold", [80, 87]), …], write=written)

Each is drawn twice, for wide screens and for narrow ones, which show one of the two; classes
say what is what, and `charts.css` has the colors. Series differ by pattern or dash as well as
by color. A table with the same numbers belongs beneath: `shared/components/chart.html` has it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

N_LOOKS = 6
"""Looks of series; with more of them they begin again."""
Kind = Literal["columns", "lines"]
Values = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers under one name, one for each label; None is not known."""

    name: str
    values: Values


@dataclass(frozen=True, slots=True)
class Size:
    """A drawing's width and height, how much of it is left for the numbers at its side, and
    how many labels have room beneath.
    """

    name: str
    width: int
    height: int
    side: int
    n_labels: int


WIDE = Size("wide", 640, 260, 64, 9)
NARROW = Size("narrow", 330, 240, 56, 4)
_TOP, _BOTTOM, _RIGHT = 12, 26, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Series over labels: columns on top of each other (below zero downwards), or lines.

    `name` is for its ids, `said` what it shows in a sentence, `write` writes a value, `brief`
    a value at the side, where there is little room.
    """

    name: str
    title: str
    said: str
    labels: Sequence[str]
    series: Sequence[Series]
    write: Callable[[int], str]
    brief: Callable[[int], str]
    first: str
    kind: Kind = "columns"

    @property
    def is_empty(self) -> bool:
        return not any(value for one in self.series for value in one.values)

    @property
    def wide(self) -> SafeString:
        return draw(self, WIDE)

    @property
    def narrow(self) -> SafeString:
        return draw(self, NARROW)

    @property
    def legend(self) -> list[tuple[SafeString, str]]:
        """Each series' look, and its name."""
        return [
            (swatch(self.name, place, self.kind), one.name)
            for place, one in enumerate(self.series)
        ]

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The table: a line for each label, a cell for each series."""
        return [
            (label, [_cell(self, one.values[place]) for one in self.series])
            for place, label in enumerate(self.labels)
        ]


def _cell(chart: Chart, value: int | None) -> str:
    return "–" if value is None else chart.write(value)


# -- drawing ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Field:
    """The part of a drawing that values are drawn in, and the values at its edges. Places are
    in tenths of a pixel.
    """

    size: Size
    low: int
    high: int
    n_labels: int

    @property
    def left(self) -> int:
        return self.size.side

    @property
    def width(self) -> int:
        return self.size.width - self.size.side - _RIGHT

    @property
    def height(self) -> int:
        return self.size.height - _TOP - _BOTTOM

    def y(self, value: int) -> int:
        return 10 * _TOP + 10 * self.height * (self.high - value) // self.span

    def x(self, place: int) -> int:
        """The middle of a label's share of the width."""
        return 10 * self.left + 5 * self.width * (2 * place + 1) // self.n_labels

    @property
    def span(self) -> int:
        return self.high - self.low


def draw(chart: Chart, size: Size) -> SafeString:
    """One drawing, with a title and a description for whoever does not see it."""
    ticks = ticks_of(*_edges(chart))
    field = _Field(size, ticks[0], ticks[-1], max(1, len(chart.labels)))
    ref = f"{chart.name}-{size.name}"
    parts = [_patterns(ref, len(chart.series)) if chart.kind == "columns" else ""]
    parts += _grid(chart, field, ticks)
    parts += _columns(chart, field, ref) if chart.kind == "columns" else _lines(chart, field)
    return format_html(
        '<svg class="chart chart-{}" viewBox="0 0 {} {}" role="img"'
        ' aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        size.name,
        size.width,
        size.height,
        ref,
        ref,
        ref,
        chart.title,
        ref,
        chart.said,
        mark_safe("".join(parts)),
    )


def _edges(chart: Chart) -> tuple[int, int]:
    """The lowest and the highest value drawn, zero among them."""
    low = high = 0
    for place in range(len(chart.labels)):
        values = [one.values[place] or 0 for one in chart.series]
        if chart.kind == "lines":
            low, high = min(low, *values), max(high, *values)
        else:
            low = min(low, sum(value for value in values if value < 0))
            high = max(high, sum(value for value in values if value > 0))
    return low, high


def ticks_of(low: int, high: int) -> list[int]:
    """Round numbers from below `low` to above `high`, about five, zero among them."""
    step = 1
    while (high - low) > 5 * step:
        step = _next_step(step)
    first, last = -(-low // step) if low >= 0 else low // step, -(-high // step)
    return [n * step for n in range(first, max(last, first + 1) + 1)]


def _next_step(step: int) -> int:
    """1, 2, 5, 10, 20, 50 …"""
    return step * 5 // 2 if str(step)[0] == "2" else step * 2


def _grid(chart: Chart, field: _Field, ticks: Sequence[int]) -> Iterator[str]:
    right = field.left + field.width
    for tick in ticks:
        y, line = _written(field.y(tick)), "axis" if tick == 0 else "grid"
        yield f'<line class="{line}" x1="{field.left}" x2="{right}" y1="{y}" y2="{y}"/>'
        text = conditional_escape(chart.brief(tick))
        yield f'<text class="tick" x="{field.left - 8}" y="{y}" dy="4">{text}</text>'
    every = -(-len(chart.labels) // field.size.n_labels)
    bottom = field.size.height - 8
    for place, label in enumerate(chart.labels):
        if (len(chart.labels) - 1 - place) % max(1, every) == 0:
            x, text = _written(field.x(place)), conditional_escape(label)
            yield f'<text class="label" x="{x}" y="{bottom}">{text}</text>'


def _columns(chart: Chart, field: _Field, ref: str) -> Iterator[str]:
    width = min(440, field.width * 7 // field.n_labels)
    for place, label in enumerate(chart.labels):
        above = below = 0
        x = _written(field.x(place) - width // 2)
        for number, one in enumerate(chart.series):
            value = one.values[place] or 0
            if not value:
                continue
            base = above if value > 0 else below
            above, below = above + max(value, 0), below + min(value, 0)
            top, foot = max(base, base + value), min(base, base + value)
            high = _written(field.y(foot) - field.y(top))
            said = conditional_escape(f"{label}: {one.name} {chart.write(value)}")
            place_of_it = f'x="{x}" y="{_written(field.y(top))}" width="{_written(width)}"'
            yield (
                f'<rect class="part" {place_of_it} height="{high}"'
                f' fill="url(#{ref}-{number % N_LOOKS})">'
                f"<title>{said}</title></rect>"
            )


def _lines(chart: Chart, field: _Field) -> Iterator[str]:
    for number, one in enumerate(chart.series):
        look = number % N_LOOKS
        points = [
            None if value is None else (field.x(place), field.y(value))
            for place, value in enumerate(one.values)
        ]
        for run in _runs(points):
            path = " ".join(f"{_written(x)},{_written(y)}" for x, y in run)
            yield f'<polyline class="line look-{look}" points="{path}"/>'
        for place, point in enumerate(points):
            if point is not None:
                value = one.values[place] or 0
                said = conditional_escape(
                    f"{chart.labels[place]}: {one.name} {chart.write(value)}"
                )
                yield _marker(point, look, said)


def _runs(
    points: Sequence[tuple[int, int] | None],
) -> Iterator[list[tuple[int, int]]]:
    """Points that follow each other; a line is broken where nothing is known."""
    run: list[tuple[int, int]] = []
    for point in [*points, None]:
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []


def _marker(point: tuple[int, int], look: int, said: str) -> str:
    """A dot or a square: lines are told apart without color."""
    x, y = point
    if look % 2 == 0:
        circle = (
            f'<circle class="dot look-{look}" cx="{_written(x)}" cy="{_written(y)}" r="3.5">'
        )
        return f"{circle}<title>{said}</title></circle>"
    left, top = _written(x - 35), _written(y - 35)
    return (
        f'<rect class="dot look-{look}" x="{left}" y="{top}" width="7" height="7">'
        f"<title>{said}</title></rect>"
    )


def _written(tenths: int) -> str:
    """Tenths of a pixel, or of a percent, as SVG has them."""
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


# -- looks ------------------------------------------------------------------------------------

_STROKES = (
    "",
    '<path class="stroke" d="M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4"/>',
    '<circle class="spot" cx="4" cy="4" r="1.8"/>',
    '<path class="stroke" d="M0,2 h8 M0,6 h8"/>',
    '<path class="stroke" d="M0,0 l8,8 M8,0 l-8,8"/>',
    '<path class="stroke" d="M2,0 v8 M6,0 v8"/>',
)


def _patterns(ref: str, n_series: int) -> str:
    made = "".join(_pattern(ref, look) for look in range(min(n_series, N_LOOKS)))
    return f"<defs>{made}</defs>"


def _pattern(ref: str, look: int) -> str:
    return (
        f'<pattern id="{ref}-{look}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect class="fill look-{look}" width="8" height="8"/>{_STROKES[look]}</pattern>'
    )


def swatch(name: str, place: int, kind: Kind) -> SafeString:
    """How a series looks, for a legend."""
    look = place % N_LOOKS
    ref = f"{name}-key{place}"
    if kind == "columns":
        inner = (
            f"<defs>{_pattern(ref, look)}</defs>"
            f'<rect width="16" height="16" rx="3" fill="url(#{ref}-{look})"/>'
        )
    else:
        inner = f'<polyline class="line look-{look}" points="0,8 16,8"/>' + _marker(
            (80, 80), look, ""
        ).replace("<title></title>", "")
    size = 'viewBox="0 0 16 16" width="16" height="16"'
    return mark_safe(f'<svg class="swatch" {size} aria-hidden="true">{inner}</svg>')


def bar(value: int, most: int, look: int = 0) -> SafeString:
    """A bar as long as its share of the longest, beside a number in a table."""
    width = _written(1000 * max(0, value) // most) if most > 0 else "0"
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="fill look-{}" width="{}" height="10"/></svg>',
        look,
        width,
    )
