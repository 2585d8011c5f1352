"""Every operation by every kind of key, for ids of its own organization, another's, nobody's.

What an operation needs stands in one table here, by hand, so that a new address, or one that
lets in more people than it did, fails until somebody has looked.
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client, override_settings

from regulars.faces.api import limits
from regulars.faces.api.application import api
from regulars.faces.api.limits import Buckets
from regulars.rules.permissions import (
    COMMAND_PERMISSIONS,
    FACT_PERMISSIONS,
    SCOPES,
    Permission,
    Scope,
)
from tests import databases
from tests.faces.api.houses import (
    BOOKING,
    GUESTS,
    NOBODY_LISTENS,
    Houses,
    Words,
    content_of,
    filled,
    open_bill,
)
from tests.services.short_histories import SILVER

ROOT = "/api/v1"
ANY, HERE, ALL = "any", "here", "all"
IMPORT = "the import right"
"""Whose center's key may: any center's; only that of soho, where it is; none, it is of all."""


@dataclass(frozen=True, slots=True)
class Row:
    """What an operation needs, and a request that is answered 2xx to who may.

    `is_ours` if any id will do, as in a PUT: ids are each organization's own.
    """

    needs: Permission | str | None = None
    body: Any = None
    at: str = ANY
    id: str = ""
    is_ours: bool = False
    query: str = ""


def _act(needs: Permission, id: str, at: str = ANY, **body: Any) -> Row:
    return Row(needs, {"id": "act1", **body}, at, id=id)


May = Permission
BILL = open_bill("{guest}", "{soho}")
HELD = {"points": 10, "until": "{soon}"}
CUT = {"kind": "service", "name": "Cut", "price": "65.00"}
LATER = {"from_expires_on": "2030-01-01", "to_expires_on": "2031-01-01"}
MAPPING = {"columns": {"Client ID": "id", "Name": "name"}}
PROGRAM = {"point_value": "0.20", "tiers": [SILVER]}
TABLE: dict[str, Row] = {
    "POST /records": Row(body=[]),
    # Facts, and where guests stand
    "GET /guests": Row(),
    "GET /guests/{id}": Row(id="{guest}"),
    "GET /guests/{id}/loyalty": Row(id="{guest}"),
    "GET /guests/{id}/entries": Row(id="{guest}"),
    "GET /guests/{id}/lots": Row(id="{guest}"),
    "GET /appointments": Row(),
    "GET /appointments/{id}": Row(id="{booking}"),
    "GET /invoices": Row(),
    "GET /invoices/{id}": Row(id="{bill}"),
    "GET /invoices/{id}/loyalty": Row(id="{bill}"),
    "GET /feedback": Row(),
    "GET /feedback/{id}": Row(id="{feedback}"),
    "PUT /guests/{id}": Row(May.RECORD_FACTS, {"name": "Ann Lee"}, id="{guest}", is_ours=True),
    "PUT /appointments/{id}": Row(
        May.RECORD_FACTS, BOOKING | {"minutes": 30}, HERE, id="{booking}"
    ),
    "PUT /invoices/{id}": Row(May.RECORD_FACTS, BILL, HERE, id="{bill}"),
    "PUT /feedback/{id}": Row(
        May.RECORD_FACTS, {"guest": "{guest}", "channel": "guest", "rating": 5}, id="{feedback}"
    ),
    # The set-up
    "GET /organization": Row(),
    "GET /centers": Row(),
    "GET /centers/{id}": Row(id="{soho}"),
    "GET /statuses": Row(),
    "GET /statuses/{id}": Row(id="{status}"),
    "GET /items": Row(),
    "GET /items/{id}": Row(id="{item}"),
    "GET /program": Row(),
    "GET /programs": Row(),
    "GET /programs/{effective_from}": Row(id="{program}"),
    "GET /programs/{effective_from}/diff": Row(id="{program}"),
    "PUT /centers/{id}": Row(May.SET_UP, {"name": "Soho"}, HERE, id="{soho}", is_ours=True),
    "PUT /statuses/{id}": Row(
        May.SET_UP,
        {"name": "Star", "include_in_loyalty_rewards": True},
        ALL,
        id="{status}",
        is_ours=True,
    ),
    "PUT /items/{id}": Row(May.SET_UP, CUT, ALL, id="{item}", is_ours=True),
    "PUT /programs/{effective_from}": Row(
        May.DEFINE_PROGRAM, PROGRAM, ALL, id="2990-01-01", is_ours=True
    ),
    # What the whole organization has
    "GET /entries": Row(at=ALL),
    "GET /rewards": Row(at=ALL),
    "GET /rewards/{id}": Row(id="{reward}"),
    "GET /runs": Row(at=ALL),
    "GET /runs/{id}": Row(id="{run}", at=ALL),
    "GET /reports": Row(),
    "GET /reports/{name}": Row(May.SEE_LIABILITY, id="liability", at=ALL, is_ours=True),
    "GET /audit": Row(at=ALL),
    "GET /events": Row(at=ALL),
    # A till's acts
    "POST /quotes": Row(May.RECORD_FACTS, BILL, HERE),
    "POST /invoices/{id}/redemptions": _act(May.REDEEM, "{bill}", HERE, points=10),
    "POST /redemptions/{id}/undo": _act(May.REDEEM, "{redemption}", HERE),
    "POST /invoices/{id}/rewards": _act(May.REDEEM, "{bill}", HERE, reward="{reward}"),
    "POST /rewards/{id}/unredeem": _act(May.REDEEM, "{used}", HERE, invoice="{bill}"),
    "POST /invoices/{id}/holds": _act(May.REDEEM, "{bill}", HERE, **HELD),
    "POST /appointments/{id}/holds": _act(May.REDEEM, "{booking}", HERE, **HELD),
    "POST /holds/{id}/capture": _act(May.REDEEM, "{hold}", HERE),
    "POST /holds/{id}/release": _act(May.REDEEM, "{hold}", HERE),
    # Acts by hand: points and rewards are good at every center
    "POST /guests/{id}/points/add": _act(
        May.ADD_POINTS, "{guest}", points=5, reason="other", expires_on=None
    ),
    "POST /guests/{id}/points/remove": _act(May.REMOVE_POINTS, "{guest}", points=5),
    "POST /guests/{id}/points/extend": _act(May.EXTEND_EXPIRY, "{guest}", **LATER),
    "POST /approvals": _act(May.APPROVE_ABOVE_LIMIT, "", request="add_points/{request}"),
    "POST /rejections": _act(May.APPROVE_ABOVE_LIMIT, "", request="add_points/{request}"),
    "POST /guests/{id}/enrollment": _act(May.ENROLL_DIRECTLY, "{newcomer}", tier="highest"),
    "POST /guests/{id}/enrollment/cancel": _act(May.CANCEL_ENROLLMENT, "{guest}"),
    "POST /guests/{id}/opt-in": _act(May.CHANGE_OPT_IN, "{guest}", loyalty_opt_in=True),
    "POST /guests/{id}/rewards": _act(May.CREATE_REWARD, "{guest}", amount="5.00"),
    "POST /rewards/{id}/edit": _act(May.CREATE_REWARD, "{reward}", amount="6.00"),
    "POST /rewards/{id}/void": _act(May.VOID_REWARD, "{reward}", reason="wrong guest"),
    # A preview needs what the act needs
    "POST /invoices/{id}/refunds/preview": Row(
        May.RECORD_FACTS, {"amount": "5.00"}, HERE, id="{paid}"
    ),
    "POST /invoices/{id}/redemptions/preview": Row(
        May.REDEEM, {"points": 10}, HERE, id="{bill}"
    ),
    "POST /invoices/{id}/rewards/preview": Row(
        May.REDEEM, {"reward": "{reward}"}, HERE, id="{bill}"
    ),
    "POST /invoices/{id}/holds/preview": Row(May.REDEEM, HELD, HERE, id="{bill}"),
    "POST /appointments/{id}/holds/preview": Row(May.REDEEM, HELD, HERE, id="{booking}"),
    "POST /holds/{id}/capture/preview": Row(May.REDEEM, {}, HERE, id="{hold}"),
    "POST /guests/{id}/points/remove/preview": Row(
        May.REMOVE_POINTS, {"points": 5}, id="{guest}"
    ),
    "POST /guests/{id}/enrollment/cancel/preview": Row(May.CANCEL_ENROLLMENT, {}, id="{guest}"),
    # Endpoints are told of all centers
    "GET /webhooks": Row(May.MANAGE_WEBHOOKS, at=ALL),
    "POST /webhooks": Row(May.MANAGE_WEBHOOKS, {"url": NOBODY_LISTENS}, ALL),
    "GET /webhooks/{id}": Row(May.MANAGE_WEBHOOKS, at=ALL, id="{webhook}"),
    "PATCH /webhooks/{id}": Row(May.MANAGE_WEBHOOKS, {"name": "CRM"}, ALL, id="{webhook}"),
    "DELETE /webhooks/{id}": Row(May.MANAGE_WEBHOOKS, at=ALL, id="{webhook}"),
    "POST /webhooks/{id}/rotate": Row(May.MANAGE_WEBHOOKS, {}, ALL, id="{webhook}"),
    "POST /webhooks/{id}/enable": Row(May.MANAGE_WEBHOOKS, at=ALL, id="{webhook}"),
    "POST /webhooks/{id}/disable": Row(May.MANAGE_WEBHOOKS, at=ALL, id="{webhook}"),
    "POST /webhooks/{id}/replay": Row(May.MANAGE_WEBHOOKS, {"after": 0}, ALL, id="{webhook}"),
    "POST /webhooks/{id}/test": Row(May.MANAGE_WEBHOOKS, at=ALL, id="{webhook}"),
    "GET /webhooks/{id}/deliveries": Row(May.MANAGE_WEBHOOKS, at=ALL, id="{webhook}"),
    # Files in and out
    "GET /imports": Row(IMPORT, at=ALL),
    "POST /imports": Row(IMPORT, GUESTS, ALL, query="?kind=guests"),
    "GET /imports/{id}": Row(IMPORT, at=ALL, id="{import}"),
    "POST /imports/{id}/files": Row(IMPORT, GUESTS, ALL, id="{import}"),
    "PUT /imports/{id}/mapping": Row(IMPORT, MAPPING, ALL, id="{import}"),
    "POST /imports/{id}/start": Row(IMPORT, {}, ALL, id="{import}"),
    "POST /imports/{id}/cancel": Row(IMPORT, at=ALL, id="{import}"),
    "GET /imports/{id}/rows": Row(IMPORT, at=ALL, id="{import}"),
    "GET /imports/{id}/report.csv": Row(IMPORT, at=ALL, id="{import}"),
    "GET /mappings": Row(IMPORT, at=ALL),
    "PUT /mappings/{name}": Row(
        IMPORT, MAPPING, ALL, id="{mapping}", is_ours=True, query="?kind=guests"
    ),
    "DELETE /mappings/{name}": Row(IMPORT, at=ALL, id="{mapping}"),
    "GET /exports/{table}": Row(IMPORT, id="guests", at=ALL, is_ours=True),
    # Who may is let in, and hears that this is no sandbox
    "POST /sandbox/clock": Row(May.SET_UP, {"to": "{now}"}, ALL),
    "POST /sandbox/reset": Row(May.SET_UP, {}, ALL),
}
ANSWERED = {
    "POST /sandbox/clock": 409,
    "POST /sandbox/reset": 409,
    "POST /imports": 201,
    "POST /imports/{id}/start": 202,
}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)")
_NAMED = re.compile(r"\{\w+\}")
CALLERS = ["no key", "revoked", *Scope, "till@uptown", "read@uptown", "back_office@uptown"]


@contextmanager
def furnished(database: AbstractContextManager[databases.Database]) -> Iterator[Houses]:
    """Both houses in a database of the process; nobody is told to come more slowly."""
    with (
        pytest.MonkeyPatch.context() as patch,
        database,
        override_settings(WEBHOOKS_ALLOW_PRIVATE=True),
    ):
        many = Buckets(1e6, 10**6)
        patch.setattr(limits, "of_keys", many)
        patch.setattr(limits, "of_wrong_keys", many)
        yield Houses()


@pytest.fixture(scope="module")
def houses(sqlite_template, tmp_path_factory, django_db_blocker):
    """One database for all: what is asked is taken back."""
    database = databases.sqlite_database(sqlite_template, tmp_path_factory.mktemp("houses"))
    with django_db_blocker.unblock(), furnished(database) as found:
        yield found


def _operations() -> set[str]:
    """As the document has them."""
    paths = Client().get(f"{ROOT}/openapi.json").json()["paths"]
    return {
        f"{method.upper()} {path.removeprefix(ROOT)}"
        for path, operations in paths.items()
        for method in operations
    }


def test_the_table_has_every_operation_of_document_and_routers():
    routed = {
        f"{method} {path}"
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    assert _operations() == routed == set(TABLE)


def expected(row: Row, caller: str, whose: str) -> int:
    scope, _, center = caller.partition("@")
    if scope not in list(Scope):
        return 401
    if row.needs == IMPORT and scope != Scope.BACK_OFFICE:
        return 403
    if isinstance(row.needs, Permission) and row.needs not in SCOPES[Scope(scope)]:
        return 403
    is_known = whose == "ours" or row.is_ours
    if center and (row.at == ALL or (row.at == HERE and is_known)):
        return 403
    return 200 if is_known else 404


@pytest.mark.parametrize("scope", Scope)
def test_which_records_a_key_may_send(houses, scope):
    """Whatever else is wrong with them: the no comes first."""
    kinds = FACT_PERMISSIONS | COMMAND_PERMISSIONS
    answer = houses.ask(
        "POST", "/records", [{"type": kind} for kind in kinds], key=houses.keys[scope]
    )
    told = dict(zip(kinds, (one["code"] for one in answer.json()), strict=True))
    assert {kind for kind, code in told.items() if code != "not_permitted"} == {
        kind for kind, needed in kinds.items() if needed in SCOPES[scope]
    }
    assert set(told.values()) <= {"not_permitted", "invalid_record"}


@pytest.mark.parametrize("name", TABLE)
def test_who_may(houses, name):
    row = TABLE[name]
    found, right = {}, {}
    for whose in ("ours", "theirs"):
        request = _request(name, row, houses.words[whose])
        if whose != "ours" and request == _request(name, row, houses.words["ours"]):
            continue  # it names nothing
        for caller in CALLERS:
            answer = houses.ask(*request, key=houses.keys[caller])
            found[caller, whose] = answer.status_code
            status = expected(row, caller, whose)
            right[caller, whose] = ANSWERED.get(name, 200) if status == 200 else status
            _check_words(answer, whose)
    wrong = {case: (found[case], right[case]) for case in found if found[case] != right[case]}
    assert not wrong


def _request(name: str, row: Row, words: Words) -> tuple[str, str, Any]:
    method, _, path = name.partition(" ")
    return method, _NAMED.sub(filled(row.id, words), path) + row.query, filled(row.body, words)


@pytest.mark.parametrize("name", TABLE)
def test_another_organizations_ids_are_nobodys(houses, name):
    """To the letter: whether an id is somebody else's cannot be seen."""
    theirs, nobodys = (
        _request(name, TABLE[name], houses.words[whose]) for whose in ("theirs", "nobodys")
    )
    if theirs == nobodys:
        return  # it names nothing
    told = []
    for whose, request in (("theirs", theirs), ("nobodys", nobodys)):
        answer = houses.ask(*request, key=houses.keys["back_office"])
        text = _unnamed(content_of(answer).decode(), houses.words[whose])
        told.append((answer.status_code, text))
    assert told[0] == told[1]


def _unnamed(text: str, words: Words) -> str:
    for name, value in words.items():
        text = text.replace(value, name)
    return _INSTANT.sub("now", text)


def _check_words(answer: Any, whose: str) -> None:
    """Nothing of theirs is told, and a no says the right code."""
    if whose != "theirs":
        assert b"theirs" not in content_of(answer)
    codes = {401: "unauthorized", 403: "not_permitted", 404: "unknown_reference"}
    if answer.status_code in codes:
        assert answer.json()["code"] == codes[answer.status_code]
        assert answer["Content-Type"] == "application/problem+json"
