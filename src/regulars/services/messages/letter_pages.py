"""Letters drawn on paper: letterhead, text, and rewards as coupons to cut out.

A letter is one page, or more where a guest has more coupons than fit. Lengths are in points,
1/72 of an inch; the origin of a page is its lower left corner.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, BinaryIO

from reportlab import rl_config
from reportlab.graphics.barcode import qrencoder
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Paragraph

from regulars.services.messages.fonts import Faces, faces

_PAPERS = {"a4": A4, "letter": LETTER}
_SIDE, _TOP, _BOTTOM = 62, 56, 54
_INK, _MUTED = HexColor("#1c2323"), HexColor("#566060")
_ACCENT, _LINE, _TINT = HexColor("#0b5d5b"), HexColor("#9fb0ae"), HexColor("#f3f7f6")
_WHITE, _BLACK = HexColor("#ffffff"), HexColor("#000000")
_COUPON_HEIGHT, _GAP, _QR = 104, 12, 76
_MARGIN = 2
"""Modules of white around a code; the pale coupon around it does as the rest."""
_LONG_CODE = 30
_MASK = 2
"""One pattern for all codes: readers take any, and looking for the best one takes ten times
as long as the rest of the letter."""


@dataclass(frozen=True, slots=True)
class Coupon:
    """A reward as it is printed; `last_day` is a phrase, empty without a last day."""

    amount: str
    code: str
    last_day: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One guest's letter, all of it in words."""

    organization: str
    center: str
    guest: str
    day: str
    subject: str
    text: str
    coupons: Sequence[Coupon]


class LetterFile:
    """A PDF that grows by letters. The same letters give the same bytes."""

    def __init__(self, out: BinaryIO, *, title: str, paper: str) -> None:
        self.faces = faces()
        self.width, self.height = _PAPERS[paper]
        rl_config.useA85 = 0  # bytes as they are: a quarter less to write, and quicker
        self.canvas: Any = Canvas(out, pagesize=_PAPERS[paper], invariant=1, pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setCreator("Regulars")
        self.styles = _styles(self.faces)
        self.n_letters = 0
        self.y = 0.0

    def add(self, letter: Letter) -> None:
        """A letter of its own, from the top of a new page."""
        self._letterhead(letter)
        for paragraph, style in _paragraphs(letter):
            self._flow(paragraph, style, letter)
        self._coupons(letter)
        self.canvas.showPage()
        self.n_letters += 1

    def close(self) -> None:
        """Write the file out. A file without letters says nothing, on one page."""
        self.canvas.save()

    # -- the parts of a page -----------------------------------------------------------------

    def _letterhead(self, letter: Letter) -> None:
        y = self.height - _TOP - 20
        self._line(letter.organization, _SIDE, y, face=self.faces.bold, size=22, color=_ACCENT)
        if letter.center and letter.center != letter.organization:
            self._line(letter.center, _SIDE, y - 18, size=11, color=_MUTED)
        self.canvas.setStrokeColor(_ACCENT)
        self.canvas.setLineWidth(2)
        self.canvas.line(_SIDE, y - 30, self.width - _SIDE, y - 30)
        # Where the window of an envelope shows the name.
        y = self.height - 165
        self._line(letter.guest, _SIDE, y, size=11.5, room=self.width - 2 * _SIDE - 140)
        self._line(letter.day, self.width - _SIDE, y, color=_MUTED, is_right=True)
        self.y = y - 58

    def _flow(self, text: str, style: str, letter: Letter) -> None:
        marked = escape(self.faces.readable(text), quote=False).replace("\n", "<br/>")
        paragraph = Paragraph(marked, self.styles[style])
        width = self.width - 2 * _SIDE
        for part in self._fitting(paragraph, width):
            _, height = part.wrap(width, self.height)
            if self.y - height < _BOTTOM:
                self._next_page()
            part.drawOn(self.canvas, _SIDE, self.y - height)
            self.y -= height + self.styles[style].spaceAfter

    def _fitting(self, paragraph: Any, width: float) -> list[Any]:
        """The paragraph, in two where it is longer than what is left of the page."""
        _, height = paragraph.wrap(width, self.height)
        room = self.y - _BOTTOM
        if height <= room:
            return [paragraph]
        return paragraph.split(width, max(room, 0)) or [paragraph]

    def _next_page(self) -> None:
        self.canvas.showPage()
        self.y = self.height - _TOP

    # -- coupons -----------------------------------------------------------------------------

    def _coupons(self, letter: Letter) -> None:
        """Two beside each other where there are several, unless their codes are long."""
        self.y -= _GAP
        is_long = any(len(coupon.code) > _LONG_CODE for coupon in letter.coupons)
        n_beside = 1 if is_long or len(letter.coupons) == 1 else 2
        width = (self.width - 2 * _SIDE - (n_beside - 1) * _GAP) / n_beside
        for first in range(0, len(letter.coupons), n_beside):
            if self.y - _COUPON_HEIGHT < _BOTTOM:
                self._next_page()
            for place, coupon in enumerate(letter.coupons[first : first + n_beside]):
                x = _SIDE + place * (width + _GAP)
                self._coupon(letter, coupon, x, self.y - _COUPON_HEIGHT, width)
            self.y -= _COUPON_HEIGHT + _GAP

    def _coupon(self, letter: Letter, coupon: Coupon, x: float, y: float, width: float) -> None:
        self.canvas.setFillColor(_TINT)
        self.canvas.setStrokeColor(_LINE)
        self.canvas.setLineWidth(0.8)
        self.canvas.setDash(4, 3)
        self.canvas.roundRect(x, y, width, _COUPON_HEIGHT, 6, stroke=1, fill=1)
        self.canvas.setDash()
        room = width - _QR - 42
        left, top = x + 14, y + _COUPON_HEIGHT
        self._line(letter.organization, left, top - 21, size=9, color=_MUTED, room=room)
        self._line(
            coupon.amount,
            left,
            top - 52,
            face=self.faces.bold,
            size=28,
            color=_ACCENT,
            room=room,
        )
        self._line(coupon.last_day, left, top - 70, size=9.5, room=room)
        self._code(coupon.code, left, top - 88, room)
        self._qr(coupon.code, x + width - _QR - 14, y + (_COUPON_HEIGHT - _QR) / 2)

    def _code(self, code: str, x: float, y: float, room: float) -> None:
        """All of it, on as many lines as it takes: a code that is cut is none."""
        face, text = self.faces.bold, self.faces.readable(code)
        for n_lines, size in ((1, 11.0), (1, 8.5), (2, 7.0), (3, 5.5), (4, 4.0)):
            length = -(-len(text) // n_lines)
            lines = [text[at : at + length] for at in range(0, len(text), length)]
            if all(self.canvas.stringWidth(line, face, size) <= room for line in lines):
                break
        for down, line in enumerate(lines):
            self._line(line, x, y - down * (size + 0.5), face=face, size=size, room=room)

    def _qr(self, code: str, x: float, y: float) -> None:
        """Dark modules as bars, row by row, on white with the margin that readers ask for."""
        rows = _modules(code)
        n_across = len(rows) + 2 * _MARGIN
        self.canvas.saveState()
        self.canvas.setFillColor(_WHITE)
        self.canvas.rect(x, y, _QR, _QR, stroke=0, fill=1)
        self.canvas.setFillColor(_BLACK)
        self.canvas.translate(x, y)
        self.canvas.scale(_QR / n_across, _QR / n_across)
        # Written as they stand, in modules: reportlab takes long to write a number.
        bars = [
            f"{first + _MARGIN} {n_across - _MARGIN - 1 - down} {length} 1 re"
            for down, row in enumerate(rows)
            for first, length in row
        ]
        self.canvas.drawPath(PDFPathObject(["n", *bars]), stroke=0, fill=1)
        self.canvas.restoreState()

    def _line(
        self,
        text: str,
        x: float,
        y: float,
        *,
        face: str | None = None,
        size: float = 10.5,
        color: Any = _INK,
        is_right: bool = False,
        room: float | None = None,
    ) -> None:
        """One line, set smaller where it would not fit, and cut where it would be tiny."""
        face, text = face or self.faces.regular, self.faces.readable(text)
        room = room or self.width - 2 * _SIDE
        length = self.canvas.stringWidth(text, face, size)
        if length > room:
            smallest = max(size / 2, 5.5)
            if size * room / length < smallest:
                n_fit = int(len(text) * room / (length * smallest / size))
                text = f"{text[: n_fit - 1].rstrip()}…"
            size = max(size * room / length, smallest)
        self.canvas.setFillColor(color)
        self.canvas.setFont(face, size)
        draw = self.canvas.drawRightString if is_right else self.canvas.drawString
        draw(x, y, text)


def _paragraphs(letter: Letter) -> list[tuple[str, str]]:
    """(text, style): the subject, then the text by its empty lines; lists line by line."""
    found = [(letter.subject, "subject")] if letter.subject else []
    for block in re.split(r"\n\s*\n", letter.text.strip()):
        lines = [line.strip() for line in block.splitlines()]
        is_list = all(line.startswith("- ") for line in lines)
        if is_list:
            found += [(f"–\u00a0\u00a0{line[2:]}", "item") for line in lines[:-1]]
            found.append((f"–\u00a0\u00a0{lines[-1][2:]}", "last item"))
        else:
            found.append(("\n".join(lines), "text"))
    return found


def _styles(use: Faces) -> dict[str, ParagraphStyle]:
    base: dict[str, Any] = {"fontName": use.regular, "fontSize": 11, "textColor": _INK}
    bold: dict[str, Any] = base | {"fontName": use.bold, "fontSize": 14}
    return {
        "subject": ParagraphStyle("subject", leading=18, spaceAfter=14, **bold),
        "text": ParagraphStyle("text", leading=16, spaceAfter=10, **base),
        "item": ParagraphStyle("item", leading=16, spaceAfter=4, leftIndent=14, **base),
        "last item": ParagraphStyle("last", leading=16, spaceAfter=14, leftIndent=14, **base),
    }


@lru_cache(maxsize=8)
def _modules(code: str) -> list[list[tuple[int, int]]]:
    """The dark bars of each row of a QR code: (first module, how many)."""
    made = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    made.addData(code)
    made.version = made.calculate_version()
    made.makeImpl(False, _MASK)
    rows = []
    for row in made.modules:
        bars: list[tuple[int, int]] = []
        for place, is_dark in enumerate(row):
            if is_dark and bars and sum(bars[-1]) == place:
                bars[-1] = (bars[-1][0], bars[-1][1] + 1)
            elif is_dark:
                bars.append((place, 1))
        rows.append(bars)
    return rows
