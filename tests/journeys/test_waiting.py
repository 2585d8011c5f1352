"""How journeys look at a page: what is read at once may be read before the page is there."""

import re
from pathlib import Path

AT_ONCE = re.compile(
    r"assert .*\.(?:is_\w+|inner_text|all_inner_texts|input_value|get_attribute)\("
)


def test_what_a_page_shows_is_waited_for():
    found = [
        f"{path.name}:{number}: use expect()"
        for path in sorted(Path(__file__).parent.glob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if AT_ONCE.search(line)
    ]
    assert found == []
