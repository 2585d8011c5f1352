"""The documents name files that exist. The checks run this file by itself, too."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`([^`\s]+)`")


def broken_links() -> list[str]:
    return [
        f"{document.relative_to(ROOT)}: {target}"
        for document in DOCUMENTS
        for target in LINK.findall(document.read_text())
        if not (document.parent / target).exists()
    ]


def paths_missing_from_the_map() -> list[str]:
    """Paths on the map start at the top folder or, as in conversation, at src/regulars."""
    words = CODE.findall((ROOT / "docs" / "map.md").read_text())
    return [
        word
        for word in words
        if "/" in word
        and not word.startswith("./")
        and not any(any(place.glob(word)) for place in (ROOT, ROOT / "src" / "regulars"))
    ]


def test_the_map_names_only_what_exists():
    assert paths_missing_from_the_map() == []


def test_the_documents_link_only_to_what_exists():
    assert broken_links() == []


def test_the_readme_gives_the_command_that_the_machines_run():
    assert "\n./run test\n" in (ROOT / "README.md").read_text()
    assert "\n./run test\n" in (ROOT / ".ci" / "run").read_text()


if __name__ == "__main__":
    wrong = paths_missing_from_the_map() + broken_links()
    sys.exit("\n".join(["Named but not there:", *wrong]) if wrong else 0)
