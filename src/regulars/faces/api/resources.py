"""Facts by their ids: `PUT` and `GET /guests/{id}`, `/appointments/{id}`, and so on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from regulars.faces.api import schemas, shapes
from regulars.faces.api.access import Call, call_of
from regulars.faces.api.problems import problem_of
from regulars.faces.api.reading import After, Fields, Limit, json, named, only, page
from regulars.faces.api.tags import putting
from regulars.faces.api.writing import answer_once, document_of
from regulars.records.queries import said
from regulars.rules.refusals import unknown_reference
from regulars.services import receiving

router = Router(tags=["Facts"])

KINDS = {
    "guests": "guest",
    "appointments": "appointment",
    "invoices": "invoice",
    "feedback": "feedback",
}
SET_UP = {"centers": "center", "statuses": "status", "items": "item"}


def _put(kind: str) -> Any:
    def put(request: HttpRequest, id: str, dry_run: bool = False) -> HttpResponse:
        def act(call: Call, body: bytes) -> HttpResponse:
            document = document_of(body, kind=kind, ref=id)

            def put() -> HttpResponse:
                [result] = receiving.receive_all(
                    call.company, [document], sender=call.sender, now=call.now, is_trial=dry_run
                )
                told = result.as_dict()
                return problem_of(result) if result.status == "refused" else json(told)

            if kind not in SET_UP.values():
                return put()
            exponent = call.company.exponent
            return putting(request, call, lambda: said.one(kind, id, exponent=exponent), put)

        return answer_once(request, act)

    put.__doc__ = f"Say what {_a(kind)} is now; the same again changes nothing."
    return put


def _get(kind: str) -> Any:
    def get(request: HttpRequest, id: str, fields: Fields = None) -> HttpResponse:
        kept = named(fields, schemas.fields_of(kind), field="fields")
        with call_of(request) as call:
            found = said.one(kind, id, exponent=call.company.exponent)
            if found is None:
                raise unknown_reference(kind, id, field="id")
            return json(only([found], kept)[0])

    get.__doc__ = f"{_a(kind).capitalize()} as last said."
    return get


def _list(kind: str) -> Any:
    def list_(
        request: HttpRequest, after: After = "", limit: Limit = 50, fields: Fields = None
    ) -> HttpResponse:
        with call_of(request) as call:
            rows = said.page(kind, after=after, limit=limit + 1, exponent=call.company.exponent)
        kept = named(fields, schemas.fields_of(kind), field="fields")
        return page(
            rows, limit, cursor=lambda row: row["id"], told=lambda shown: [*shown], fields=kept
        )

    list_.__doc__ = "A page in the order of ids; `next` is the `after` of the page to come."
    return list_


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


for path, kind in (KINDS | SET_UP).items():
    router.put(
        f"/{path}/{{id}}",
        operation_id=f"put_{kind}",
        summary=f"Say what {_a(kind)} is",
        openapi_extra=schemas.writing(kind),
    )(_put(kind))
for path, kind in KINDS.items():
    if path != "guests":  # they are looked for besides
        router.get(
            f"/{path}",
            operation_id=f"list_{path}",
            summary=f"All {path}",
            openapi_extra=schemas.page_of(kind, shapes.READ[kind]),
        )(_list(kind))
    router.get(
        f"/{path}/{{id}}",
        operation_id=f"get_{kind}",
        summary=f"One {kind}",
        openapi_extra=schemas.reading(kind),
    )(_get(kind))
