"""`GET /guests`: all of them in pages, or those that may be meant by what was typed."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from regulars.faces.api import schemas
from regulars.faces.api.access import Call, call_of
from regulars.faces.api.reading import After, Fields, Limit, json, named, only, page
from regulars.records.queries import finding, said
from regulars.records.queries.finding import FoundGuest
from regulars.rules.refusals import Refused

router = Router(tags=["Facts"])

_HOW = ("found_by", "merged_from")


@router.get(
    "/guests",
    operation_id="list_guests",
    summary="All guests, or those that are looked for",
    openapi_extra=schemas.guests(),
)
def list_guests(
    request: HttpRequest,
    find: Annotated[str | None, Query(max_length=200)] = None,
    phone: Annotated[str | None, Query(max_length=64)] = None,
    email: Annotated[str | None, Query(max_length=254)] = None,
    after: After = "",
    limit: Limit = 50,
    fields: Fields = None,
) -> HttpResponse:
    """Found guests come the likeliest first, nobody is made known by looking.

    `find` takes the beginnings of names in any order, an e-mail or its beginning, a phone or
    its last digits, or an own id; `phone` and `email` are whole, in any notation.
    """
    is_looked_for = not (find is None and phone is None and email is None)
    kept = named(
        fields, [*schemas.fields_of("guest"), *(_HOW if is_looked_for else ())], field="fields"
    )
    with call_of(request) as call:
        if not is_looked_for:
            rows = said.page(
                "guest", after=after, limit=limit + 1, exponent=call.company.exponent
            )
            return page(
                rows,
                limit,
                cursor=lambda row: row["id"],
                told=lambda shown: [*shown],
                fields=kept,
            )
        if after or (find is not None and (phone or email)):
            raise Refused(
                "invalid_record",
                "Ask for find, or for phone and email, or for a page with after.",
                field="after" if after else "find",
                value=after or find,
            )
        zone = call.time_zone
        if find is not None:
            found = finding.find_guests(find, limit=limit, time_zone=zone)
        else:
            found = finding.guests_with(phone=phone, email=email, limit=limit, time_zone=zone)
        return json({"items": only(_told(call, found), kept), "next": None})


def _told(call: Call, found: list[FoundGuest]) -> list[dict[str, Any]]:
    """The guests as last said, and how each was found."""
    told = said.those("guest", [one.id for one in found], exponent=call.company.exponent)
    return [
        {**told[one.id], "found_by": one.found_by, "merged_from": one.merged_from}
        for one in found
    ]
