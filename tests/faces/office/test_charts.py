"""Charts: what is drawn is what the numbers say; nobody needs color, or sight, to read it."""

from xml.etree import ElementTree

import pytest

from regulars.faces.shared.charts import NARROW, WIDE, Chart, Series, bar, draw, ticks_of


def chart(*series: Series, labels=("Jan", "Feb"), kind="columns") -> Chart:
    return Chart(
        name="points",
        title="Points <in> & out",
        said="Above the line what came.",
        labels=labels,
        series=series,
        write=lambda value: f"{value} points",
        brief=str,
        first="Month",
        kind=kind,
    )


def parsed(one: Chart, size=WIDE) -> ElementTree.Element:
    return ElementTree.fromstring(str(draw(one, size)))


def numbers(root: ElementTree.Element, tag: str, *names: str) -> list[tuple[float, ...]]:
    found = [one for one in root.iter(tag) if "part" in one.get("class", "")]
    return [tuple(float(one.get(name)) for name in names) for one in found]


def test_columns_stand_on_each_other_and_hang_below_zero():
    root = parsed(
        chart(Series("In", [100, 50]), Series("More", [50, 0]), Series("Out", [-50, 0]))
    )

    parts = numbers(root, "rect", "y", "height")
    (in_y, in_high), (more_y, more_high), (out_y, out_high), (_, half_high) = parts
    assert more_y + more_high == pytest.approx(in_y, abs=0.2)
    assert in_y + in_high == pytest.approx(out_y, abs=0.2)
    assert in_high == pytest.approx(2 * more_high, abs=0.2)
    assert more_high == pytest.approx(out_high, abs=0.2)
    assert in_high == pytest.approx(2 * half_high, abs=0.2)


def test_a_chart_says_what_it_is_and_each_part_what_it_stands_for():
    root = parsed(chart(Series("In", [100, 50])))

    labelled = root.get("aria-labelledby").split()
    told = {one.get("id"): one.text for one in root.iter() if one.get("id")}
    assert root.get("role") == "img"
    assert [told[ref] for ref in labelled] == ["Points <in> & out", "Above the line what came."]
    titles = [
        one.find("title").text for one in root.iter("rect") if one.find("title") is not None
    ]
    assert titles == ["Jan: In 100 points", "Feb: In 50 points"]


def test_series_differ_by_pattern_and_nothing_has_a_style_of_its_own():
    one = chart(*[Series(f"Series {n}", [n + 1, 2]) for n in range(6)])
    root = parsed(one)

    patterns = {
        tuple(part.get("d") or part.get("r") for part in pattern)
        for pattern in root.iter("pattern")
    }
    assert len(patterns) == 6
    for size in (WIDE, NARROW):
        text = str(draw(one, size))
        assert "style" not in text
        assert "<script" not in text
    refs = [part.get("id") for size in (WIDE, NARROW) for part in parsed(one, size).iter()]
    refs = [ref for ref in refs if ref]
    assert len(refs) == len(set(refs))


def test_a_line_is_broken_where_nothing_is_known():
    root = parsed(chart(Series("Rate", [10, None, 20, 30]), labels="abcd", kind="lines"))

    lines = [one.get("points").split() for one in root.iter("polyline")]
    assert [len(points) for points in lines] == [1, 2]
    assert len(list(root.iter("circle"))) == 3


def test_the_table_beneath_has_every_number():
    one = chart(Series("In", [100, None]), Series("Out", [-5, 0]))

    assert one.rows == [("Jan", ["100 points", "-5 points"]), ("Feb", ["–", "0 points"])]
    assert not one.is_empty
    assert chart(Series("In", [0, None])).is_empty


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 0, [0, 1]),
        (0, 5, [0, 1, 2, 3, 4, 5]),
        (0, 826, [0, 200, 400, 600, 800, 1000]),
        (-28_000, 48_000, [-40_000, -20_000, 0, 20_000, 40_000, 60_000]),
        (-7, 0, [-8, -6, -4, -2, 0]),
    ],
)
def test_ticks_are_round_and_hold_everything(low, high, ticks):
    assert ticks_of(low, high) == ticks


def test_a_bar_is_as_long_as_its_share():
    widths = [
        ElementTree.fromstring(str(bar(value, most)))[0].get("width")
        for value, most in ((50, 200), (200, 200), (-5, 200), (0, 0))
    ]
    assert widths == ["25", "100", "0", "0"]


def test_a_label_is_drawn_where_there_is_room():
    labels = [f"Day {n}" for n in range(1, 32)]
    root = parsed(chart(Series("In", [1] * 31), labels=labels), NARROW)

    shown = [one.text for one in root.iter("text") if one.get("class") == "label"]
    assert shown[-1] == "Day 31"
    assert 2 <= len(shown) <= NARROW.n_labels
