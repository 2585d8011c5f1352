"""Who did what, when and why: the journal, narrowed and paged, as a file too."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import StringIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office.files import streamed
from regulars.faces.office.people import find_guest, names_of
from regulars.faces.shared import journal
from regulars.faces.shared.journal import journal_line
from regulars.faces.shared.pages import Area, Entry, page
from regulars.faces.shared.visits import Visit
from regulars.records.queries import risk
from regulars.records.queries.audit import Sought, audit_lines
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused
from regulars.services import desk_changes
from regulars.services.exporting import record_of
from regulars.services.organizations import first_instant
from regulars.services.reports.exporting import harmless, instant_text

SEE = Permission.SEE_AUDIT
LINES = 50
_FILE_LINES = 1000
_WORDS = ("by", "guest", "kind", "from", "to")
HEAD = ("at", "by", "kind", "record", "guest", "invoice", "status", "why")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks for, as words of the address; `guest` as it was found."""

    words: Mapping[str, str]
    sought: Sought
    is_nobody: bool = False

    def link(self, **more: str) -> str:
        return "?" + urlencode({**self.words, **more})


def tabs(here: str) -> list[dict[str, Any]]:
    """The journal, and what is worth a second look."""
    named = (
        ("audit", _("Who did what")),
        ("audit_changes", _("Set-up and sign-ins")),
        ("audit_risk", _("Worth a second look")),
    )
    return [
        {"label": label, "address": reverse(name), "is_here": name == here}
        for name, label in named
    ]


@page(
    "audit",
    needs=SEE,
    nav=Entry(gettext_lazy("Audit"), "scroll-text", 20, Area.OFFICE),
)
def audit(visit: Visit) -> HttpResponse:
    """The journal, the last first."""
    asked = _asked(visit)
    names = names_of(visit)
    found = [] if asked.is_nobody else audit_lines(
        asked.sought, after=after_of(visit), limit=LINES + 1
    )  # fmt: skip
    rows = [journal_line(visit, one, names) for one in found[:LINES]]
    guests = risk.names_of_guests({row["guest"] for row in rows if row["guest"]})
    for row in rows:
        row["guest_name"] = guests.get(row["guest"] or "")
        # The invoice stands beside the guest, with a link.
        row["told"] = [one for one in row["told"] if one["field"] != "invoice"]
    context = {
        "tabs": tabs("audit"),
        "rows": rows,
        "asked": asked.words,
        "is_narrowed": bool(asked.words),
        "is_later": "after" in visit.request.GET,
        "first": asked.link(),
        "next": asked.link(after=found[LINES - 1].row.id.hex) if len(found) > LINES else None,
        "file": reverse("audit_file") + asked.link(),
        "people": sorted(names.items(), key=lambda pair: pair[1]),
        "kinds": sorted(
            ((kind, str(told[1])) for kind, told in journal.KINDS.items()),
            key=lambda pair: pair[1],
        ),
    }
    return visit.show("office/audit.html", context)


@page("audit/file", needs=SEE, under="audit")
def audit_file(visit: Visit) -> Any:
    """The same as a CSV file, whole."""
    name = f"audit-{visit.today}.csv"
    desk_changes.note_file(name, at=visit.now, by=visit.actor.name)
    return streamed(visit, _file_lines(visit, _asked(visit)), name)


def _file_lines(visit: Visit, asked: Asked) -> Iterator[bytes]:
    yield csv_line(HEAD)
    after: UUID | None = None
    while found := (
        [] if asked.is_nobody else audit_lines(asked.sought, after=after, limit=_FILE_LINES)
    ):
        for one in found:
            row = one.row
            said = record_of(row, visit.company.exponent)
            whys = [str(said[name]) for name in ("reason", "comment", "note") if said.get(name)]
            invoice = said["id"] if row.kind == "invoice" else said.get("invoice")
            told = (row.by, row.kind, row.name, journal.guest_of(row.kind, said), invoice)
            yield csv_line((instant_text(row.at), *told, row.status, "; ".join(whys)))
        if len(found) < _FILE_LINES:
            return
        after = found[-1].row.id


def csv_line(cells: tuple[Any, ...]) -> bytes:
    """A line of a CSV file, safe to open in a spreadsheet."""
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(
        ["" if cell is None else harmless(str(cell)) for cell in cells]
    )
    return out.getvalue().encode("utf-8", "replace")


# -- what is asked for ------------------------------------------------------------------------


def _asked(visit: Visit) -> Asked:
    said = visit.request.GET
    words = {name: said.get(name, "").strip()[:200].replace("\x00", "") for name in _WORDS}
    words = {name: text for name, text in words.items() if text}
    first, last = day_of(words.get("from")), day_of(words.get("to"))
    zone = visit.company.zone
    sought = Sought(
        by=words.get("by"),
        kind=words.get("kind"),
        since=first_instant(first, zone) if first else None,
        until=first_instant(last + timedelta(days=1), zone) if last else None,
    )
    if "guest" not in words:
        return Asked(words, sought)
    ref = find_guest(visit, words["guest"])
    return Asked(words, replace(sought, guest=ref), is_nobody=ref is None)


def day_of(text: str | None) -> date | None:
    """A day of the address; what is none is as if it were not said."""
    try:
        on = date.fromisoformat(text or "")
    except ValueError:
        return None
    return on if 2 <= on.year <= 9998 else None


def after_of(visit: Visit) -> UUID | None:
    """From which line on, as the address says it."""
    mark = visit.request.GET.get("after")
    if not mark:
        return None
    try:
        return UUID(mark)
    except ValueError:
        raise Refused(
            "invalid_record",
            _("This is no place in the list; begin it again."),
            field="after",
        ) from None
