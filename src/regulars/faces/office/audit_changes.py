"""Who changed how the company works, who signed in, who took data out; as a file too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from regulars.faces.office import setup_words as words
from regulars.faces.office.audit import LINES, SEE, after_of, csv_line, day_of, tabs
from regulars.faces.office.files import streamed
from regulars.faces.office.people import names_of
from regulars.faces.shared.pages import page
from regulars.faces.shared.visits import Visit
from regulars.records.queries.catalog import item_names
from regulars.records.queries.setup_changes import SoughtChanges, setup_changes
from regulars.services import desk_changes
from regulars.services.organizations import first_instant
from regulars.services.reports.exporting import instant_text

_FILE_LINES = 1000
_WORDS = ("by", "area", "from", "to")
HEAD = ("at", "by", "about", "what", "how it stands since", "why")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks for, as words of the address."""

    words: Mapping[str, str]
    sought: SoughtChanges

    def link(self, **more: str) -> str:
        return "?" + urlencode({**self.words, **more})


@page("audit/set-up", needs=SEE, under="audit")
def audit_changes(visit: Visit) -> HttpResponse:
    """Changes that have no record in the journal, the last first."""
    asked = _asked(visit)
    names = names_of(visit)
    found = setup_changes(asked.sought, after=after_of(visit), limit=LINES + 1)
    known = words.Names(
        staff=names,
        centers={ref: one.name for ref, one in visit.company.centers.items()},
        items=item_names([one.subject for one in found if one.area == "item"]),
    )
    context = {
        "tabs": tabs("audit_changes"),
        "rows": [words.told_change(one, known) for one in found[:LINES]],
        "asked": asked.words,
        "is_narrowed": bool(asked.words),
        "is_later": "after" in visit.request.GET,
        "first": asked.link(),
        "next": asked.link(after=found[LINES - 1].id.hex) if len(found) > LINES else None,
        "file": reverse("audit_changes_file") + asked.link(),
        "people": sorted(names.items(), key=lambda pair: pair[1]),
        "areas": sorted(
            ((area, str(told[1])) for area, told in words.AREAS.items()),
            key=lambda pair: pair[1],
        ),
    }
    return visit.show("office/audit_changes.html", context)


@page("audit/set-up/file", needs=SEE, under="audit")
def audit_changes_file(visit: Visit) -> Any:
    """The same as a CSV file, whole."""
    name = f"audit-set-up-{visit.today}.csv"
    desk_changes.note_file(name, at=visit.now, by=visit.actor.name)
    return streamed(visit, _file_lines(_asked(visit)), name)


def _file_lines(asked: Asked) -> Iterator[bytes]:
    yield csv_line(HEAD)
    after: UUID | None = None
    while found := setup_changes(asked.sought, after=after, limit=_FILE_LINES):
        for one in found:
            said = (one.by, one.area, one.subject, one.body, one.why)
            yield csv_line((instant_text(one.at), *said))
        if len(found) < _FILE_LINES:
            return
        after = found[-1].id


def _asked(visit: Visit) -> Asked:
    said = visit.request.GET
    asked = {name: said.get(name, "").strip()[:200].replace("\x00", "") for name in _WORDS}
    asked = {name: text for name, text in asked.items() if text}
    if asked.get("area") not in words.AREAS:
        asked.pop("area", None)
    first, last = day_of(asked.get("from")), day_of(asked.get("to"))
    zone = visit.company.zone
    sought = SoughtChanges(
        person=asked.get("by"),
        area=asked.get("area"),
        since=first_instant(first, zone) if first else None,
        until=first_instant(last + timedelta(days=1), zone) if last else None,
    )
    return Asked(asked, sought)
