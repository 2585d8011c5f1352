"""The faces that letters are set in.

Source Sans, from a package of its own, has the Latin letters with all their marks, Greek and
Cyrillic. Without the package it is what reportlab brings along, Western European letters only.
Neither has Hebrew, Arabic or the scripts of Asia: a letter shows "?" for those.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_PACKAGE = "font_source_sans_pro"
_SOURCE_SANS = {"regular": "SourceSansPro-Regular", "bold": "SourceSansPro-Semibold"}
_VERA = {"regular": "Vera", "bold": "VeraBd"}


@dataclass(frozen=True, slots=True)
class Faces:
    """The names of the registered faces, and the letters that both have."""

    regular: str
    bold: str
    letters: frozenset[int]

    def readable(self, text: str) -> str:
        """The text in letters that there are: without marks where they are missing, at last
        with a question mark.
        """
        if all(ord(one) in self.letters for one in text):
            return text
        return "".join(self._readable(one) for one in unicodedata.normalize("NFC", text))

    def _readable(self, letter: str) -> str:
        if ord(letter) in self.letters:
            return letter
        if letter.isspace():
            return " "
        if unicodedata.category(letter) in ("Cc", "Cf", "Mn"):
            return ""
        base = unicodedata.normalize("NFKD", letter)[0]
        return base if ord(base) in self.letters else "?"


@lru_cache(maxsize=1)
def faces() -> Faces:
    """Register the faces, once in a process."""
    if find_spec(_PACKAGE) is not None:
        paths = {use: f"{name}.ttf" for use, name in _SOURCE_SANS.items()}
        fonts = [_from_package(f"Letter-{use}", path) for use, path in paths.items()]
    else:
        fonts = [TTFont(f"Letter-{use}", f"{name}.ttf") for use, name in _VERA.items()]
    for font in fonts:
        pdfmetrics.registerFont(font)
    regular, bold = fonts
    letters = frozenset(regular.face.charToGlyph) & frozenset(bold.face.charToGlyph)
    return Faces(regular.fontName, bold.fontName, letters)


def _from_package(name: str, file: str) -> Any:
    with as_file(files(_PACKAGE) / "files" / file) as path:
        return TTFont(name, str(path))
