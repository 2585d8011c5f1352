"""The guide for marketing has every kind and field, as they are."""

import re
from pathlib import Path

from regulars.services.messages.checking import check
from regulars.services.messages.kinds import KINDS, STANDING
from regulars.services.messages.tags import register

GUIDE = (Path(__file__).parents[3] / "docs" / "use" / "messages.md").read_text("utf-8")


def rows(text: str) -> list[tuple[str, ...]]:
    """The cells of the table that begins there; the first of each is a name in backquotes."""
    table = text.split("\n\n")
    lines = next(part for part in table if part.startswith("| ")).splitlines()[2:]
    return [tuple(cell.strip().strip("`") for cell in line.split(" | ")) for line in lines]


def cells(heading: str) -> list[tuple[str, str]]:
    found = rows(GUIDE.split(heading, 1)[1].lstrip("\n"))
    return [(row[0].removeprefix("| `"), row[1].removesuffix(" |")) for row in found]


def test_the_fields_are_those_there_are():
    assert cells("Every kind has these:") == [
        (name, text) for name, (_, text) in STANDING.items()
    ]
    for kind in KINDS.values():
        if kind.own:
            mine = [(name, kind.fields[name]) for name in kind.own]
            assert cells(f"`{kind.name}` also has:") == mine
        else:
            assert f"`{kind.name}` also has" not in GUIDE


def test_the_kinds_are_those_there_are():
    kinds = cells("## Which kinds there are")

    assert [name for name, _ in kinds] == list(KINDS)
    assert [channels for _, channels in kinds] == [
        ", ".join(kind.channels) for kind in KINDS.values()
    ]
    for kind in KINDS.values():
        [line] = re.findall(rf"^\| `{kind.name}` \| .* \|$", GUIDE, re.MULTILINE)
        assert ("guests who agreed" in line) == kind.is_marketing


def test_the_filters_are_those_there_are_and_the_example_works():
    [filters] = re.findall(r"^- Filters: ((?:.|\n)*?)\.$", GUIDE, re.MULTILINE)
    [example] = re.findall(r"```\n(Subject: .*?)```", GUIDE, re.DOTALL)

    assert set(re.findall(r"`(\w+)", filters)) == set(register.filters)
    check(example, KINDS["points_awarded"], field="body", longest=2000)
