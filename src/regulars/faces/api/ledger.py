"""The books: entries with their why, and lots; of a guest, or entries of all."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from regulars.faces.api import reading, schemas, shapes
from regulars.faces.api.access import Call, call_of
from regulars.faces.api.reading import After, Day, Document, Expand, Fields, Limit
from regulars.records.queries import ledger_lists
from regulars.records.queries.ledger_lists import DrawLine, EntryLine, LotLine
from regulars.rules.explaining import sentence_of
from regulars.rules.refusals import unknown_reference

router = Router(tags=["Ledger"])

CREDIT = "credit"
RELATIONS = ("lots", "draws")
AsOf = Annotated[
    Day | None, Query(description="Only what is dated this business date or before.")
]
_ENTRY = shapes.some(
    "Entry",
    shapes.ENTRY,
    lots=shapes.list_of(shapes.whole("EntryLot", shapes.LOT)),
    draws=shapes.list_of(shapes.whole("EntryDraw", shapes.DRAW)),
)
_LOT = shapes.some("Lot", shapes.LOT)


@router.get(
    "/guests/{id}/entries",
    operation_id="list_entries_of_guest",
    summary="A guest's ledger",
    openapi_extra=schemas.answering(shapes.page_of(_ENTRY), 404, 422),
)
def entries_of_guest(
    request: HttpRequest,
    id: str,
    after: After = "",
    limit: Limit = 50,
    as_of: AsOf = None,
    expand: Expand = None,
    fields: Fields = None,
) -> HttpResponse:
    """In the order they were written. `expand`: lots it opened, draws it made."""
    with call_of(request) as call:
        guest = _guest(id)
        rows = ledger_lists.entries_of_guest(
            guest, after=reading.number_after(after), limit=limit + 1, until=as_of
        )
        return _entry_page(call, rows, limit, expand=expand, fields=fields, by_key=False)


@router.get(
    "/entries",
    operation_id="list_entries",
    summary="Everybody's ledger entries since a cursor",
    openapi_extra=schemas.answering(shapes.page_of(_ENTRY), 422),
)
def entries(
    request: HttpRequest,
    after: After = "",
    limit: Limit = 50,
    as_of: AsOf = None,
    expand: Expand = None,
    fields: Fields = None,
) -> HttpResponse:
    """In the order they were written; keep the last `next` to go on from there later."""
    with call_of(request) as call:
        reading.require_every_center(call, "the ledger of the organization")
        rows = ledger_lists.entries_of_all(
            after=reading.key_after(after), limit=limit + 1, until=as_of
        )
        return _entry_page(call, rows, limit, expand=expand, fields=fields, by_key=True)


@router.get(
    "/guests/{id}/lots",
    operation_id="list_lots_of_guest",
    summary="A guest's lots of points and credit",
    openapi_extra=schemas.answering(shapes.page_of(_LOT), 404, 422),
)
def lots_of_guest(
    request: HttpRequest,
    id: str,
    is_open: Annotated[
        bool | None, Query(description="Only those with something left, or with nothing.")
    ] = None,
    after: After = "",
    limit: Limit = 50,
    fields: Fields = None,
) -> HttpResponse:
    """In the order they were earned and posted; `size` is what it began with."""
    with call_of(request) as call:
        rows = ledger_lists.lots_of_guest(
            _guest(id), after=reading.number_after(after), limit=limit + 1, is_open=is_open
        )
        return reading.page(
            rows,
            limit,
            cursor=lambda lot: lot.number,
            told=lambda shown: [_lot(call, one) for one in shown],
            fields=reading.named(fields, shapes.LOT, field="fields"),
        )


def _guest(ref: str) -> Any:
    key = ledger_lists.key_of_guest(ref)
    if key is None:
        raise unknown_reference("guest", ref, field="id")
    return key


def _entry_page(
    call: Call,
    rows: Sequence[EntryLine],
    limit: int,
    *,
    expand: str | None,
    fields: str | None,
    by_key: bool,
) -> HttpResponse:
    wanted = reading.named(expand, RELATIONS, field="expand")
    kept = reading.named(fields, shapes.ENTRY, field="fields")
    return reading.page(
        rows,
        limit,
        cursor=lambda one: one.key.hex if by_key else one.number,
        told=lambda shown: _entries(call, shown, wanted),
        fields=[*kept, *wanted] if kept else (),
    )


def _entries(call: Call, rows: Sequence[EntryLine], wanted: Sequence[str]) -> list[Document]:
    told = [_entry(call, one) for one in rows]
    if "lots" in wanted:
        lots = reading.grouped(
            ledger_lists.lots_of_entries(rows), lambda one: (one.guest_key, one.entry_number)
        )
        for document, row in zip(told, rows, strict=True):
            found = lots.get((row.guest_key, row.number), [])
            document["lots"] = [_lot(call, one) for one in found]
    if "draws" in wanted:
        draws = reading.grouped(
            ledger_lists.draws_of_entries(rows), lambda one: (one.guest_key, one.entry_number)
        )
        for document, row in zip(told, rows, strict=True):
            found = draws.get((row.guest_key, row.number), [])
            document["draws"] = [_draw(call, one, row.unit) for one in found]
    return told


def _entry(call: Call, one: EntryLine) -> Document:
    points, amount = _value(call, one.points, one.unit)
    return {
        "id": f"{one.guest}:{one.number}",
        "guest": one.guest,
        "number": one.number,
        "unit": one.unit,
        "date": one.entered_on.isoformat(),
        "kind": one.kind,
        "action": one.action,
        "points": points,
        "amount": amount,
        "tier": one.tier,
        "source": one.source,
        "program": one.version,
        "why": sentence_of(one.why, call.company.exponent),
        "posted_at": instant(one.posted_at),
        "by": one.posted_by,
    }


def _lot(call: Call, one: LotLine) -> Document:
    told: Document = {"number": one.number, "entry": one.entry_number, "unit": one.unit}
    for name, value in (
        ("size", one.size),
        ("remaining", one.remaining),
        ("held", one.held),
        ("expired", one.expired),
    ):
        money = "amount" if name == "size" else f"amount_{name}"
        told[name], told[money] = _value(call, value, one.unit)
    told |= {
        "tier": one.tier,
        "action": one.action,
        "source": one.source,
        "earned_on": one.earned_on.isoformat(),
        "expires_on": one.expires_on.isoformat() if one.expires_on else None,
    }
    return told


def _draw(call: Call, one: DrawLine, unit: str) -> Document:
    points, amount = _value(call, one.points, unit)
    return {"lot": one.lot_number, "kind": one.kind, "points": points, "amount": amount}


def _value(call: Call, value: int, unit: str) -> tuple[int | None, str | None]:
    """Points as they are, credit as money."""
    return (None, call.company.money(value)) if unit == CREDIT else (value, None)


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
