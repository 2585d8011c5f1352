"""What holds for every address of the API: each check is one sentence of docs/use/api.md."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from regulars.faces.cli.conforming_server import Different, Server, same

Check = Callable[[Server], None]
BASE = {"name": "Conformance", "currency": "USD", "time_zone": "America/New_York"}
_DAY = "2026-01-05"
_TIER = {
    "id": "silver",
    "name": "Silver",
    "icon": "star",
    "minimum_spend": "100.00",
    "minimum_spend_to_stay": "100.00",
    "validity_days": 365,
    "points_expire_after_days": 365,
    "accruals": {"amount_spent": {"points": 20, "per": "100.00"}},
}
_START: list[dict[str, Any]] = [
    {"type": "center", "id": "soho", "name": "Soho", "at": "2026-01-01"},
    {
        "type": "program",
        "effective_from": "2026-01-01",
        "qualification_period_months": 12,
        "point_value": "0.10",
        "tiers": [_TIER],
        "at": "2026-01-01",
    },
    *(
        {"type": "guest", "id": ref, "name": name, "at": "2026-01-02"}
        for ref, name in (("ann", "Ann Lee"), ("bea", "Bea Stone"), ("cara", "Cara Diaz"))
    ),
]


def prepare(server: Server) -> None:
    """The salon that all checks are made in."""
    server.empty(BASE)
    for result in server.told("POST", "/records", _START):
        same(f"{result['record']}.status", "applied", result["status"])
    server.told("POST", "/sandbox/clock", {"to": f"{_DAY}T12:00Z"})


def _is_problem(answer: Any, status: int, code: str | None = None) -> dict[str, Any]:
    where = f"{answer.request.method} {answer.request.url.path}"
    same(f"{where}, status", status, answer.status_code)
    media_type = answer.headers.get("Content-Type", "").partition(";")[0]
    same(f"{where}, Content-Type", "application/problem+json", media_type)
    said: dict[str, Any] = answer.json()
    for field in ("type", "title", "status", "detail", "code"):
        if field not in said:
            raise Different(f"{where}, {field}", "a value", said)
    if code is not None:
        same(f"{where}, code", code, said["code"])
    return said


def a_key_is_needed(server: Server) -> None:
    _is_problem(server.ask("GET", "/guests", Authorization="Bearer wrong"), 401, "unauthorized")


def the_document_is_served(server: Server) -> None:
    document = server.told("GET", "/openapi.json")
    same("openapi.json, openapi", "3", str(document.get("openapi"))[:1])


def the_same_again_is_unchanged(server: Server) -> None:
    for expected in ("applied", "unchanged"):
        result = server.told("PUT", "/guests/dora", {"name": "Dora West"})
        same("PUT /guests/dora, status", expected, result["status"])
        same("PUT /guests/dora, record", "guest/dora", result["record"])


def what_was_said_is_read_back(server: Server) -> None:
    server.told("PUT", "/guests/elsa", {"name": "Elsa Ray", "email": "elsa@example.com"})
    said = server.told("GET", "/guests/elsa")
    for field, value in (("name", "Elsa Ray"), ("email", "elsa@example.com")):
        same(f"GET /guests/elsa, {field}", value, said.get(field))


def an_idempotency_key_is_answered_alike(server: Server) -> None:
    key = str(uuid4())
    first = server.told("PUT", "/guests/fay", {"name": "Fay Hill"}, Idempotency_Key=key)
    again = server.told("PUT", "/guests/fay", {"name": "Fay Hill"}, Idempotency_Key=key)
    same("PUT /guests/fay, the same key again", first, again)
    same("PUT /guests/fay, status", "applied", again["status"])


def another_body_under_a_key_is_a_conflict(server: Server) -> None:
    key = str(uuid4())
    server.told("PUT", "/guests/gwen", {"name": "Gwen Fox"}, Idempotency_Key=key)
    other = server.ask("PUT", "/guests/gwen", {"name": "Gwen Wolf"}, Idempotency_Key=key)
    _is_problem(other, 409, "conflict")
    same("GET /guests/gwen, name", "Gwen Fox", server.told("GET", "/guests/gwen")["name"])


def a_refusal_holds_its_result(server: Server) -> None:
    said = _is_problem(server.ask("PUT", "/guests/hana", {}), 422, "invalid_record")
    same("PUT /guests/hana, result.status", "refused", said.get("result", {}).get("status"))


def what_is_unknown_is_a_404(server: Server) -> None:
    _is_problem(server.ask("GET", "/guests/nobody/loyalty"), 404, "unknown_reference")


def a_day_to_come_is_refused(server: Server) -> None:
    _is_problem(server.ask("GET", "/guests/ann/loyalty?as_of=2999-01-01"), 422)


def a_parameter_nobody_knows_is_refused(server: Server) -> None:
    _is_problem(server.ask("GET", "/guests?limt=2"), 422, "invalid_record")


def a_dry_run_leaves_no_trace(server: Server) -> None:
    result = server.told("PUT", "/guests/ida?dry_run=true", {"name": "Ida Moss"})
    same("PUT /guests/ida?dry_run=true, status", "applied", result["status"])
    _is_problem(server.ask("GET", "/guests/ida"), 404)


def a_quote_is_not_kept(server: Server) -> None:
    line = {"id": "l1", "kind": "service", "price": "100.00", "tax": "0.00"}
    bill = {"id": "quoted", "guest": "ann", "center": "soho", "lines": [line]}
    quote = server.told("POST", "/quotes", bill)
    for field in ("earns", "redeemable", "rewards", "tier", "refusals"):
        if field not in quote:
            raise Different(f"POST /quotes, {field}", "a value", quote)
    _is_problem(server.ask("GET", "/invoices/quoted"), 404)


def a_broken_line_is_refused_by_itself(server: Server) -> None:
    good = [
        json.dumps({"type": "guest", "id": ref, "name": "Kim Lane"}) for ref in ("k1", "k2")
    ]
    lines = f'{good[0]}\n{{"type": \n{good[1]}\n'.encode()
    answer = server.ask("POST", "/records", lines, Content_Type="application/x-ndjson")
    same("POST /records, status", 200, answer.status_code)
    results = [json.loads(line) for line in answer.text.splitlines() if line.strip()]
    expected = ["applied", "refused", "applied"]
    same("POST /records, statuses", expected, [one.get("status") for one in results])
    same("POST /records, 1.code", "invalid_record", results[1].get("code"))


def lists_come_in_pages(server: Server) -> None:
    whole = [one["id"] for one in server.told("GET", "/guests?limit=200")["items"]]
    found: list[str] = []
    after = ""
    while len(found) <= len(whole):
        page = server.told("GET", f"/guests?limit=2{after}")
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    same("GET /guests, page by page", whole, found)
    same("GET /guests, in order", sorted(whole), whole)


def nobody_is_written_over_unseen(server: Server) -> None:
    seen = server.ask("GET", "/centers/soho").headers.get("ETag")
    if not seen:
        raise Different("GET /centers/soho, ETag", "a tag", seen)
    known = server.ask("GET", "/centers/soho", If_None_Match=seen)
    same("GET /centers/soho with If-None-Match", 304, known.status_code)
    server.told("PUT", "/centers/soho", {"name": "Soho Square"}, If_Match=seen)
    late = server.ask("PUT", "/centers/soho", {"name": "Old Soho"}, If_Match=seen)
    _is_problem(late, 412, "precondition_failed")


CHECKS: tuple[Check, ...] = (
    a_key_is_needed,
    the_document_is_served,
    the_same_again_is_unchanged,
    what_was_said_is_read_back,
    an_idempotency_key_is_answered_alike,
    another_body_under_a_key_is_a_conflict,
    a_refusal_holds_its_result,
    what_is_unknown_is_a_404,
    a_day_to_come_is_refused,
    a_parameter_nobody_knows_is_refused,
    a_dry_run_leaves_no_trace,
    a_quote_is_not_kept,
    a_broken_line_is_refused_by_itself,
    lists_come_in_pages,
    nobody_is_written_over_unseen,
)
