"""A message's text as a page: one layout for every kind, made from the text alone.

Nothing is fetched from elsewhere and everything is escaped, so that words of a template or a
guest's name can change the text and never the page. Styles are on the elements: mail programs
throw style sheets away.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

from regulars.services.messages.channels.addresses import one_line
from regulars.services.messages.channels.channel import Outgoing

ACCENT = "#0b5d5b"
_INK, _MUTED, _LINE = "#1c2323", "#566060", "#dfe5e4"
_FONT = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "yi"}

_ITEM = re.compile(r"\s*[-•*]\s+(.*)")
_ENTRY = re.compile(r"(.+?): ([+\-−]?[\d.,'’\u00a0\u202f]+), (.+)")
"""`July 5, 2026: +120, your payment`: a day, a number, and what it is about."""
_FACT = re.compile(r"([^:]{1,50}):\s+(\S.*)")
_LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)]")


def page_of(message: Outgoing) -> str:
    """The HTML of a message: the organization's name, the text, nothing else."""
    language = message.language or "en"
    is_right = language.partition("-")[0] in _RIGHT_TO_LEFT
    title = escape(one_line(message.subject or message.organization, 200))
    body = "\n".join(_blocks(message.text, message.organization))
    return _PAGE.format(
        language=escape(language),
        direction="rtl" if is_right else "ltr",
        title=title,
        organization=escape(message.organization),
        body=body,
        font=_FONT,
        ink=_INK,
        accent=ACCENT,
        line=_LINE,
    )


_PAGE = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>{title}</title>
</head>
<body style="margin:0;padding:0;background:#ffffff;color:{ink}">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0"\
 style="background:#ffffff"><tr><td align="center" style="padding:24px 16px">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0"\
 style="max-width:560px;text-align:start;font-family:{font};font-size:16px;line-height:1.5;\
color:{ink}">
<tr><td style="padding:0 0 14px;border-bottom:3px solid {accent};font-size:22px;\
font-weight:600;line-height:1.25;color:{accent}">{organization}</td></tr>
<tr><td style="padding:24px 0 8px">
{body}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
"""


# -- the text, block by block ----------------------------------------------------------------


def _blocks(text: str, organization: str) -> Iterator[str]:
    """Paragraphs are divided by empty lines; what follows the signature is the small print."""
    is_signed = False
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        yield from _paragraph(lines, is_small=is_signed)
        is_signed = is_signed or lines[-1:] == [organization.strip()]


def _paragraph(lines: Sequence[str], *, is_small: bool) -> Iterator[str]:
    """Lines that begin with a dash are a list; the others stand together."""
    run: list[str] = []
    was_item = False
    for line in lines:
        is_item = _ITEM.fullmatch(line) is not None
        if run and is_item != was_item:
            yield _run(run, is_list=was_item, is_small=is_small, is_head=is_item)
            run = []
        run.append(line)
        was_item = is_item
    if run:
        yield _run(run, is_list=was_item, is_small=is_small, is_head=False)


def _run(lines: list[str], *, is_list: bool, is_small: bool, is_head: bool) -> str:
    if is_list:
        return _list([match[1] for line in lines if (match := _ITEM.fullmatch(line))])
    if is_small:
        return _text(lines, f"margin:24px 0 0;font-size:13px;color:{_MUTED}")
    if is_head:
        return _text(lines, f"margin:24px 0 8px;font-weight:600;color:{ACCENT}")
    facts = [_FACT.fullmatch(line) for line in lines]
    if all(facts):
        rows = [(match[1], match[2]) for match in facts if match]
        return _facts(rows)
    return _text(lines, "margin:0 0 16px")


def _text(lines: Sequence[str], style: str) -> str:
    return f'<p style="{style}">{"<br>".join(_inline(line) for line in lines)}</p>'


def _facts(rows: Sequence[tuple[str, str]]) -> str:
    """`Your balance: 1,250 points` as what it is about, small, over what it is."""
    cells = "".join(
        f'<tr><td style="padding:6px 12px;border-inline-start:3px solid {ACCENT};'
        f'background:#f3f7f6"><span style="font-size:13px;color:{_MUTED}">{_inline(name)}'
        f'</span><br><span style="font-weight:600">{_inline(value)}</span></td></tr>'
        for name, value in rows
    )
    return f"{_TABLE}{cells}</table>"


def _list(items: Sequence[str]) -> str:
    entries = [_ENTRY.fullmatch(item) for item in items]
    if all(entries):
        return _entries([match.groups() for match in entries if match])
    rows = "".join(
        f'<tr><td style="padding:8px 0;border-bottom:1px solid {_LINE}">{_inline(item)}'
        "</td></tr>"
        for item in items
    )
    return f"{_TABLE}{rows}</table>"


def _entries(rows: Sequence[Sequence[str]]) -> str:
    """Day, what it was about, and the number at the end of its line, one under the other."""
    cell = f"padding:8px 0;border-bottom:1px solid {_LINE};vertical-align:top"
    return (
        _TABLE
        + "".join(
            f'<tr><td style="{cell}"><span style="font-size:13px;color:{_MUTED}">'
            f"{_inline(day)}</span><br>{_inline(why[:1].upper() + why[1:])}</td>"
            f'<td align="right" style="{cell};padding-inline-start:16px;text-align:end;'
            f'white-space:nowrap;font-weight:600;font-variant-numeric:tabular-nums">'
            f"{_inline(_signed(number))}</td></tr>"
            for day, number, why in rows
        )
        + "</table>"
    )


def _signed(number: str) -> str:
    """With a real minus sign, as wide as the plus."""
    return f"−{number[1:]}" if number.startswith("-") else number


def _inline(text: str) -> str:
    """Escaped; web addresses can be followed."""
    parts, at = [], 0
    for match in _LINK.finditer(text):
        link = escape(match[0])
        parts += [
            escape(text[at : match.start()]),
            f'<a href="{link}" style="color:{ACCENT}">{link}</a>',
        ]
        at = match.end()
    return "".join([*parts, escape(text[at:])])


_TABLE = (
    '<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0"'
    ' style="margin:0 0 16px;border-collapse:collapse">'
)
