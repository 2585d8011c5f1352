"""Every icon that a template names is there: a page with one that is not could not be shown."""

import re
from pathlib import Path

import pytest
from lucide.templatetags.lucide import lucide

import regulars

FACES = Path(regulars.__path__[0]) / "faces"
NAMED = re.compile(r"""\bicon ["']([a-z0-9-]+)["']|\bsymbol=["']([a-z0-9-]+)["']""")
FOUND = {
    name: path.relative_to(FACES).as_posix()
    for path in sorted(FACES.rglob("*.html"))
    for pair in NAMED.findall(path.read_text())
    for name in pair
    if name
}


def test_templates_name_icons():
    assert len(FOUND) > 100


@pytest.mark.parametrize("name", sorted(FOUND))
def test_an_icon_is_there(name: str):
    assert lucide(name).startswith("<svg"), FOUND[name]
