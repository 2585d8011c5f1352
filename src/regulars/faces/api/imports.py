"""`/imports`: files of other systems sent in, mapped, tried, begun and watched; `/exports`.

The worker carries them out, so that an import outlives its request; a key needs the import
right (scope `back_office`) for all of it.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Annotated, Any

import msgspec
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router

from regulars.faces.api import import_schemas as schemas
from regulars.faces.api.access import Call, call_of
from regulars.faces.api.reading import json, require_every_center
from regulars.faces.api.uploads import Upload, file_once
from regulars.faces.api.writing import answer_once
from regulars.rules.refusals import Refused
from regulars.services import exporting_tables
from regulars.services.formats.instants import read_instant
from regulars.services.formats.parsing import mapping_of
from regulars.services.imports import keeping, mappings, reports, runs, showing
from regulars.services.imports.mapping import mapping_from

router = Router(tags=["Imports and exports"])

MOST = 1000


def _may_import(call: Call) -> None:
    if not call.sender.may_import:
        raise Refused(
            "not_permitted",
            "Only a key with the import right (scope back_office) may do this.",
            detail={"scope": "back_office"},
        )
    require_every_center(call, "an import or export")


def _write(
    request: HttpRequest, act: Callable[[Call, dict[str, Any]], HttpResponse]
) -> HttpResponse:
    """One change, by what the body says."""

    def once(call: Call, body: bytes) -> HttpResponse:
        _may_import(call)
        return act(call, mapping_of(body) if body.strip() else {})

    return answer_once(request, once)


def _shown(call: Call, run: str, status: int = 200) -> HttpResponse:
    return json(showing.state_of(call.company, runs.run_of(run)), status)


# -- files ------------------------------------------------------------------------------------


@router.post(
    "/imports",
    operation_id="create_import",
    summary="Send in a file of another system",
    openapi_extra=schemas.uploading(201),
)
def create_import(
    request: HttpRequest, kind: str, name: str = "", sheet: str | None = None
) -> HttpResponse:
    """CSV or XLSX, as the body or as the part `file` of a form; answered with what it seems to
    hold. Nothing is taken in yet.
    """

    def act(call: Call, upload: Upload) -> HttpResponse:
        run = _receive(call, upload, kind=kind, name=name, sheet=sheet)
        return _shown(call, run, 201)

    return file_once(request, _may_import, act)


@router.post(
    "/imports/{id}/files",
    operation_id="add_import_file",
    summary="Add lines or payments of the same invoices",
    openapi_extra=schemas.uploading(200),
)
def add_file(
    request: HttpRequest, id: str, name: str = "", sheet: str | None = None
) -> HttpResponse:
    """Joined with the first file by the number of the invoice."""

    def act(call: Call, upload: Upload) -> HttpResponse:
        kind = runs.run_of(id).kind
        _receive(call, upload, kind=kind, name=name, sheet=sheet, run=id)
        return _shown(call, id)

    return file_once(request, _may_import, act)


def _receive(
    call: Call,
    upload: Upload,
    *,
    kind: str,
    name: str,
    sheet: str | None,
    run: str | None = None,
) -> str:
    key = runs.receive_file(
        kind,
        name or upload.name or f"{kind}.csv",
        upload.blocks,
        actor=call.sender.actor,
        at=call.now,
        run=run,
        sheet=sheet,
    )
    return str(key)


# -- one import -------------------------------------------------------------------------------


@router.get(
    "/imports",
    operation_id="list_imports",
    summary="The newest imports",
    openapi_extra=schemas.imports(),
)
def list_imports(
    request: HttpRequest, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> HttpResponse:
    with call_of(request) as call:
        _may_import(call)
        found = [showing.state_of(call.company, row) for row in runs.runs(limit=limit)]
    return json({"items": found})


@router.get(
    "/imports/{id}",
    operation_id="get_import",
    summary="How an import stands",
    openapi_extra=schemas.showing(),
)
def get_import(request: HttpRequest, id: str) -> HttpResponse:
    """Its files and their mappings, progress, counts and control totals."""
    with call_of(request) as call:
        _may_import(call)
        return _shown(call, id)


@router.put(
    "/imports/{id}/mapping",
    operation_id="set_import_mapping",
    summary="Say which column is which",
    openapi_extra=schemas.acting(),
)
def set_mapping(request: HttpRequest, id: str, file: int = 0) -> HttpResponse:
    """`columns` by their headers, and how values are to be read; `file` counts from 0."""

    def act(call: Call, said: dict[str, Any]) -> HttpResponse:
        runs.set_mapping(id, file, said)
        return _shown(call, id)

    return _write(request, act)


@router.post(
    "/imports/{id}/start",
    operation_id="start_import",
    summary="Try it, or take it in",
    openapi_extra=schemas.acting(202),
)
def start_import(request: HttpRequest, id: str, dry_run: bool = False) -> HttpResponse:
    """The worker does it. The body may have `expect` (totals by name) and `known_at`."""

    def act(call: Call, said: dict[str, Any]) -> HttpResponse:
        expect = said.get("expect") or {}
        if not isinstance(expect, dict):
            raise Refused("invalid_record", "expect must be totals by name.", field="expect")
        runs.begin(
            call.company,
            id,
            is_trial=dry_run,
            actor=call.sender.actor,
            at=call.now,
            stated={name: str(value) for name, value in expect.items()},
            known_at=_known_at(call, said.get("known_at")),
        )
        return _shown(call, id, 202)

    return _write(request, act)


def _known_at(call: Call, said: Any) -> datetime | None:
    if said is None:
        return None
    return read_instant(str(said), call.company.zone, field="known_at")[0]


@router.post(
    "/imports/{id}/cancel",
    operation_id="cancel_import",
    summary="Stop an import",
    openapi_extra=schemas.acting(has_body=False),
)
def cancel_import(request: HttpRequest, id: str) -> HttpResponse:
    """What was taken in stays."""

    def act(call: Call, _: dict[str, Any]) -> HttpResponse:
        runs.cancel(id, at=call.now, by=call.sender.actor.name)
        return _shown(call, id)

    return _write(request, act)


@router.get(
    "/imports/{id}/rows",
    operation_id="list_import_rows",
    summary="Each row's answer",
    openapi_extra=schemas.rows(),
)
def list_rows(
    request: HttpRequest,
    id: str,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    status: str | None = None,
) -> HttpResponse:
    """A page of the report, of one `status` if asked for; `next` is the `after` to come."""
    with call_of(request) as call:
        _may_import(call)
        run = runs.run_of(id).id
        found = list(keeping.report_of(run, after=after, limit=limit, status=status))
    items = [{"line": line, **row.as_dict()} for line, row in found]
    return json({"items": items, "next": found[-1][0] if len(found) == limit else None})


@router.get(
    "/imports/{id}/report.csv",
    operation_id="get_import_report",
    summary="The whole report as CSV",
    openapi_extra=schemas.table(),
)
def get_report(request: HttpRequest, id: str) -> StreamingHttpResponse:
    with call_of(request) as call:
        _may_import(call)
        run = runs.run_of(id).id

    def lines() -> Iterator[bytes]:
        yield reports.head()
        with call_of(request):
            for _, row in keeping.report_of(run):
                yield reports.lines_of([row])

    return _as_file(lines(), f"import-{id}.csv")


def _as_file(lines: Iterator[bytes], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# -- mappings ---------------------------------------------------------------------------------


@router.get(
    "/mappings",
    operation_id="list_mappings",
    summary="Mappings by their names",
    openapi_extra=schemas.mappings(),
)
def list_mappings(request: HttpRequest) -> HttpResponse:
    with call_of(request) as call:
        _may_import(call)
        found = [msgspec.to_builtins(one) for one in mappings.kept_mappings()]
    return json({"items": found})


@router.put(
    "/mappings/{name}",
    operation_id="put_mapping",
    summary="Keep a mapping",
    openapi_extra=schemas.mapping(),
)
def put_mapping(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """It is found again for a file whose headers are those of its `columns`."""

    def act(call: Call, said: dict[str, Any]) -> HttpResponse:
        mapping = mapping_from(said)
        mappings.keep(
            name,
            kind,
            mapping,
            headers=list(mapping.columns),
            at=call.now,
            by=call.sender.actor.name,
        )
        return json(msgspec.to_builtins(mappings.mapping_named(name)))

    return _write(request, act)


@router.delete(
    "/mappings/{name}",
    operation_id="delete_mapping",
    summary="Forget a mapping",
    openapi_extra=schemas.removed(),
)
def delete_mapping(request: HttpRequest, name: str) -> HttpResponse:
    def act(_: Call, __: dict[str, Any]) -> HttpResponse:
        mappings.remove(name)
        return json({"removed": name})

    return _write(request, act)


# -- exports ----------------------------------------------------------------------------------


@router.get(
    "/exports/{table}",
    operation_id="get_export",
    summary="A kind of record as CSV",
    openapi_extra=schemas.table(),
)
def get_export(request: HttpRequest, table: str) -> StreamingHttpResponse:
    """guests, invoices, lines, payments, appointments, lots, entries or rewards."""
    name = table.removesuffix(".csv")
    with call_of(request) as call:
        _may_import(call)
        exporting_tables.table_named(name)

    def lines() -> Iterator[bytes]:
        with call_of(request) as again:
            yield from exporting_tables.csv_lines(again.company, name)

    return _as_file(lines(), f"{name}.csv")
