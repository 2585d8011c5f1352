"""The reports, as JSON; what they take is what the command line takes."""

from io import BytesIO
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from regulars.faces.api import schemas, shapes
from regulars.faces.api.access import call_of
from regulars.faces.api.reading import json
from regulars.services.reports import catalog, exporting
from regulars.services.reports.asking import Request
from regulars.services.reports.names import SENTENCES

router = Router(tags=["Reports"])

Word = Annotated[str | None, Query(max_length=1000)]
_KNOWN = shapes.whole("KnownReport", shapes.REPORT_NAME)
Day = Annotated[str | None, Query(max_length=10, description="YYYY-MM-DD")]


@router.get(
    "/reports",
    operation_id="list_reports",
    summary="The reports there are",
    openapi_extra=schemas.answering(shapes.page_of(_KNOWN), 422),
)
def reports(request: HttpRequest) -> HttpResponse:
    """Each with the parameters it takes: their words, or nothing where any text goes."""
    with call_of(request):
        items = [
            {
                "name": name,
                "about": about,
                "parameters": {
                    field: list(catalog.entry_of(name).question.choices.get(field, ()))
                    for field in catalog.entry_of(name).question.accepted
                },
            }
            for name, about in SENTENCES.items()
        ]
    return json({"items": items, "next": None})


@router.get(
    "/reports/{name}",
    operation_id="get_report",
    summary="One report",
    openapi_extra=schemas.answering(shapes.whole("Report", shapes.REPORT), 404, 422),
)
def report(  # noqa: PLR0913, PLR0917  # its parameters are the address's
    request: HttpRequest,
    name: str,
    from_: Annotated[
        str | None,
        Query(alias="from", max_length=10, description="YYYY-MM-DD"),
    ] = None,
    to: Day = None,
    as_of: Day = None,
    by: Word = None,
    date_kind: Word = None,
    center: Word = None,
    tier: Word = None,
    status: Word = None,
    source: Word = None,
    happening: Word = None,
    included: Word = None,
    has_rewards: Word = None,
    search: Word = None,
    expiring_until: Day = None,
    sort: Word = None,
    order: Word = None,
    columns: Word = None,
) -> HttpResponse:
    """All its rows and totals, as of one moment; what each report takes is in `/reports`."""
    said = {field: request.GET[field] for field in request.GET}
    with call_of(request) as call:
        today = call.now.astimezone(call.company.zone).date()
        asked = Request(name, today, said, call.sender.actor)
        out = BytesIO()
        with catalog.opened(call.company, asked) as found:
            exporting.write_json(found, out)
    return HttpResponse(out.getvalue(), content_type="application/json")
