"""Views of reports that somebody saved under a name: for oneself, or for everybody here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q

from regulars.records import codec, models
from regulars.rules.permissions import Permission, require
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import transactions
from regulars.services.reports import catalog
from regulars.services.staff import Member

LONGEST_NAME = 80
MOST_VIEWS = 100
"""Of one staff member."""


@dataclass(frozen=True, slots=True)
class View:
    """A report and what is asked of it, with who saved it; `is_own` to whoever looks."""

    id: UUID
    report: str
    name: str
    words: Mapping[str, str]
    is_shared: bool
    owner: str
    is_own: bool


def views_for(member: Member, *, report: str | None = None) -> list[View]:
    """One's own and the shared ones, by name. One query."""
    rows = models.ReportView.objects.filter(Q(owner_ref=member.ref) | Q(is_shared=True))
    if report is not None:
        rows = rows.filter(report=report)
    found = [
        View(
            row.id,
            row.report,
            row.name,
            codec.value_of(row.words),
            row.is_shared,
            row.owner_name,
            row.owner_ref == member.ref,
        )
        for row in rows
    ]
    return sorted(found, key=lambda view: (view.name.casefold(), view.id))


def keep_view(
    member: Member,
    report: str,
    name: str,
    words: Mapping[str, str],
    *,
    is_shared: bool,
    at: datetime,
) -> None:
    """Keep what is asked of a report under a name; the same name again is the same view.

    Refused: no name, or one too long; a report nobody knows; more views than one needs.
    """
    catalog.entry_of(report)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Refused(
            "invalid_record",
            said("A view has a name of 1 to {most} letters.", most=LONGEST_NAME),
            field="name",
            value=name[:LONGEST_NAME],
        )
    fields = {
        "words": codec.text_of(dict(words)),
        "is_shared": is_shared,
        "made_at": at,
        "owner_name": member.name,
    }
    transactions.write(partial(_keep, member, report, name, fields))


def _keep(member: Member, report: str, name: str, fields: dict[str, Any]) -> None:
    own = models.ReportView.objects.filter(owner_ref=member.ref)
    if own.filter(report=report, name=name).update(**fields):
        return
    if own.count() >= MOST_VIEWS:
        raise Refused(
            "conflict",
            said(
                "{name} has {most} views already; remove one first.",
                name=member.name,
                most=MOST_VIEWS,
            ),
            field="name",
            value=name,
        )
    models.ReportView.objects.create(owner_ref=member.ref, report=report, name=name, **fields)


def remove_view(member: Member, view: str) -> str:
    """Remove one's own view, or, who manages the staff, a shared one; its report's name."""
    row = _row(view)
    if row is None or not (row.owner_ref == member.ref or row.is_shared):
        raise unknown_reference("view", view, field="view")
    if row.owner_ref != member.ref:
        require(member.actor(), Permission.MANAGE_STAFF)
    transactions.write(lambda: models.ReportView.objects.filter(id=row.id).delete())
    return str(row.report)


def _row(view: str) -> Any:
    try:
        key = UUID(view)
    except ValueError:
        return None
    return models.ReportView.objects.filter(id=key).first()
