"""What the organization is set up with: itself, centers, statuses, items, program versions."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from regulars.faces.api import reading, schemas, shapes
from regulars.faces.api.access import Call, call_of
from regulars.faces.api.ledger import instant
from regulars.faces.api.problems import problem_of
from regulars.faces.api.reading import Day, Document, Fields, Limit, json
from regulars.faces.api.resources import router as facts
from regulars.faces.api.tags import putting, tagged
from regulars.faces.api.writing import answer_once
from regulars.records.queries import program_lists, said
from regulars.records.queries.program_lists import VersionLine
from regulars.rules.program_diff import differences
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import receiving
from regulars.services.formats.parsing import mapping_of

router = Router(tags=["Set-up"])

SHAPES = {
    "centers": ("center", shapes.CENTER),
    "statuses": ("status", shapes.STATUS),
    "items": ("item", shapes.ITEM),
}
_ORGANIZATION = dict.fromkeys(("id", "name", "currency", "time_zone"), shapes.TEXT)
_ORGANIZATION |= {"is_sandbox": shapes.YES}
_VERSION = shapes.some("ProgramVersion", shapes.VERSION)
_CHANGE = shapes.whole("ProgramChange", shapes.CHANGE)


@router.get(
    "/organization",
    operation_id="get_organization",
    summary="The organization",
    openapi_extra=schemas.tagged(shapes.whole("KeptOrganization", _ORGANIZATION)),
)
def organization(request: HttpRequest) -> HttpResponse:
    """Its name, currency and time zone."""
    with call_of(request):
        return tagged(request, said.organization())


def _list(kind: str, shape: dict[str, Any]) -> Any:
    def list_(
        request: HttpRequest,
        after: reading.After = "",
        limit: Limit = 50,
        fields: Fields = None,
    ) -> HttpResponse:
        kept = reading.named(fields, shape, field="fields")
        with call_of(request) as call:
            exponent = call.company.exponent
            rows = said.page(kind, after=after, limit=limit + 1, exponent=exponent)
        return reading.page(
            rows, limit, cursor=lambda row: row["id"], told=lambda shown: [*shown], fields=kept
        )

    list_.__doc__ = "In the order of their ids."
    return list_


def _get(kind: str, shape: dict[str, Any]) -> Any:
    def get(request: HttpRequest, id: str, fields: Fields = None) -> HttpResponse:
        kept = reading.named(fields, shape, field="fields")
        with call_of(request) as call:
            found = said.one(kind, id, exponent=call.company.exponent)
            if found is None:
                raise unknown_reference(kind, id, field="id")
            return tagged(request, found, shown=reading.only([found], kept)[0])

    get.__doc__ = "As last said, with its ETag."
    return get


for path, (kind, shape) in SHAPES.items():
    # Where their PUT is: one address is of one router.
    facts.get(
        f"/{path}",
        tags=["Set-up"],
        operation_id=f"list_{path}",
        summary=f"All {path}",
        openapi_extra=schemas.page_of(kind, shape),
    )(_list(kind, shape))
    facts.get(
        f"/{path}/{{id}}",
        tags=["Set-up"],
        operation_id=f"get_{kind}",
        summary=f"One {kind}",
        openapi_extra=schemas.tagged(schemas.kept(kind, shape), 404, 422),
    )(_get(kind, shape))


# -- the program ------------------------------------------------------------------------------


@router.get(
    "/program",
    operation_id="get_program",
    summary="The program in force",
    openapi_extra=schemas.tagged(_VERSION, 404, 422),
)
def program(
    request: HttpRequest,
    as_of: Annotated[
        Day | None, Query(description="On this day, past or to come; today when left out.")
    ] = None,
    fields: Fields = None,
) -> HttpResponse:
    """The version that counts on a day, every setting said."""
    kept = reading.named(fields, shapes.VERSION, field="fields")
    with call_of(request) as call:
        day = as_of or call.now.astimezone(call.company.zone).date()
        found = [one for one in program_lists.versions() if one.effective_from <= day]
        if not found:
            raise unknown_reference("program", day.isoformat(), field="as_of")
        told = _version(found[-1])
        return tagged(request, told, shown=reading.only([told], kept)[0])


@router.get(
    "/programs",
    operation_id="list_programs",
    summary="All versions of the program",
    openapi_extra=schemas.answering(shapes.page_of(_VERSION), 422),
)
def programs(
    request: HttpRequest,
    after: Annotated[
        Day | None, Query(description="`next` of the page before; the first without it.")
    ] = None,
    limit: Limit = 50,
    fields: Fields = None,
) -> HttpResponse:
    """In the order of the days from which they count."""
    kept = reading.named(fields, shapes.VERSION, field="fields")
    with call_of(request):
        rows = program_lists.versions(after=after, limit=limit + 1)
    return reading.page(
        rows,
        limit,
        cursor=lambda row: row.effective_from,
        told=lambda shown: [_version(one) for one in shown],
        fields=kept,
    )


@router.get(
    "/programs/{effective_from}",
    operation_id="get_program_version",
    summary="One version of the program",
    openapi_extra=schemas.tagged(_VERSION, 404, 422),
)
def program_version(
    request: HttpRequest, effective_from: Day, fields: Fields = None
) -> HttpResponse:
    """The version that begins on this very day."""
    kept = reading.named(fields, shapes.VERSION, field="fields")
    with call_of(request):
        told = _known(effective_from)
        if told is None:
            raise unknown_reference("program", str(effective_from), field="effective_from")
        return tagged(request, told, shown=reading.only([told], kept)[0])


@router.put(
    "/programs/{effective_from}",
    operation_id="put_program_version",
    summary="Publish a version of the program",
    openapi_extra=schemas.publishing(),
)
def publish(request: HttpRequest, effective_from: Day, dry_run: bool = False) -> HttpResponse:
    """The record `program/<effective_from>`: the document without `type` and that day."""

    def act(call: Call, body: bytes) -> HttpResponse:
        document = _document(body, effective_from)

        def put() -> HttpResponse:
            [result] = receiving.receive_all(
                call.company, [document], sender=call.sender, now=call.now, is_trial=dry_run
            )
            return problem_of(result) if result.status == "refused" else json(result.as_dict())

        return putting(request, call, lambda: _known(effective_from), put)

    return answer_once(request, act)


@router.get(
    "/programs/{effective_from}/diff",
    operation_id="diff_program_version",
    summary="What a version changes",
    openapi_extra=schemas.answering(shapes.page_of(_CHANGE), 404, 422),
)
def diff(
    request: HttpRequest,
    effective_from: Day,
    against: Annotated[
        Day | None, Query(description="The version in force on this day; else the one before.")
    ] = None,
) -> HttpResponse:
    """Setting by setting, with a sentence each; of a first version, from the defaults."""
    with call_of(request) as call:
        versions = call.company.versions
        new = versions.on(effective_from)
        if new is None or new.effective_from != effective_from:
            raise unknown_reference("program", str(effective_from), field="effective_from")
        old = versions.on(against) if against else versions.before(effective_from)
        found = differences(old, new)
    changes = [
        {
            "path": one.path,
            "before": one.before,
            "after": one.after,
            "sentence": one.sentence,
        }
        for one in found
    ]
    return json({"items": changes, "next": None})


def _known(effective_from: date) -> Document | None:
    rows = program_lists.versions()
    found = [one for one in rows if one.effective_from == effective_from]
    return _version(found[0]) if found else None


def _version(one: VersionLine) -> Document:
    return {
        "effective_from": one.effective_from.isoformat(),
        "published_at": instant(one.published_at),
        "by": one.published_by,
        "program": one.document,
    }


def _document(body: bytes, effective_from: date) -> Document:
    document = dict(mapping_of(body))
    said_day = str(effective_from)
    for name, value in (("type", "program"), ("effective_from", said_day)):
        if document.setdefault(name, value) != value:
            raise Refused(
                "invalid_record",
                f"The address says {value}.",
                field=name,
                value=document[name],
            )
    return document
