"""Who did what, when and why."""

from datetime import date, datetime, timedelta
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from regulars.faces.api import reading, schemas, shapes
from regulars.faces.api.access import Call, call_of
from regulars.faces.api.reading import After, Day, Document, Fields, Limit
from regulars.records.queries import audit
from regulars.records.queries.audit import AuditLine, Sought
from regulars.services import exporting
from regulars.services.organizations import first_instant

router = Router(tags=["Audit"])

_WHYS = ("comment", "reason", "note")
_FIRST_DAY, _LAST_DAY = date(2, 1, 1), date(9998, 12, 30)
"""Beyond them a zone's clock may have no year to show."""
Word = Annotated[str | None, Query(max_length=200)]


@router.get(
    "/audit",
    operation_id="list_audit",
    summary="All that was recorded and done, the last first",
    openapi_extra=schemas.answering(
        shapes.page_of(shapes.some("AuditLine", shapes.AUDIT)), 422
    ),
)
def list_audit(  # noqa: PLR0913, PLR0917  # its parameters are the address's
    request: HttpRequest,
    guest: Word = None,
    by: Word = None,
    kind: Word = None,
    from_: Annotated[Day | None, Query(alias="from", description="First day.")] = None,
    to: Annotated[Day | None, Query(description="Last day.")] = None,
    after: After = "",
    limit: Limit = 50,
    fields: Fields = None,
) -> HttpResponse:
    """Records that were applied or wait for a second person; a refused one left no trace."""
    kept = reading.named(fields, shapes.AUDIT, field="fields")
    with call_of(request) as call:
        reading.require_every_center(call, "the audit trail")
        sought = Sought(
            guest=guest,
            by=by,
            kind=kind,
            since=_begins(call, from_),
            until=_begins(call, to, after=1),
        )
        rows = audit.audit_lines(sought, after=reading.key_after(after), limit=limit + 1)
    return reading.page(
        rows,
        limit,
        cursor=lambda one: one.row.id.hex,
        told=lambda shown: [_told(call, one) for one in shown],
        fields=kept,
    )


def _begins(call: Call, day: date | None, *, after: int = 0) -> datetime | None:
    """The first instant of so many days after this one, by the organization's clock."""
    if day is None:
        return None
    within = min(max(day, _FIRST_DAY), _LAST_DAY)
    return first_instant(within + timedelta(days=after), call.company.zone)


def _told(call: Call, one: AuditLine) -> Document:
    says = exporting.record_of(one.row, call.company.exponent)
    whys = [str(says[name]) for name in _WHYS if says.get(name)]
    return {
        "record": one.row.name,
        "kind": one.row.kind,
        "at": says.pop("at") if one.row.kind != "feedback" else exporting.text_of(one.row.at),
        "by": one.row.by,
        "status": one.row.status,
        "is_command": one.is_command,
        "why": "; ".join(whys) or None,
        "says": says,
    }
