"""The OpenAPI document describes what is there, and nothing in it points nowhere."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

DOCUMENT = "/api/v1/openapi.json"


@pytest.fixture(scope="module")
def document():
    return Client().get(DOCUMENT).json()


def _operations(document) -> dict[str, Any]:
    return {
        f"{method} {path}": operation
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }


def _found(value: Any, name: str) -> Iterator[Any]:
    """Every value that stands under this name, however deep."""
    if isinstance(value, dict):
        if isinstance(value.get(name), str):
            yield value[name]
        for one in value.values():
            yield from _found(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _found(one, name)


def test_every_reference_leads_somewhere(document):
    refs = set(_found(document, "$ref"))
    assert document["openapi"] == "3.1.0"
    names = {"invoiceBody", "Result", "Problem", "redeem_points"}
    assert {f"#/components/schemas/{name}" for name in names} <= refs
    for ref in refs:
        there = document
        for part in ref.removeprefix("#/").split("/"):
            assert part in there, ref
            there = there[part]


def test_every_operation_says_what_it_is(document):
    operations = _operations(document)
    ids = [one["operationId"] for one in operations.values()]
    assert len(set(ids)) == len(ids)
    for name, one in operations.items():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", one["operationId"]), name
        assert one["summary"], name
        assert not one["summary"].endswith("."), name
        assert len(one["tags"]) == 1, name
        assert one["security"] == [{"KeyAuth": []}], name
    assert set(document["components"]["securitySchemes"]) == {"KeyAuth"}


def test_every_operation_says_what_its_answers_look_like(document):
    for name, one in _operations(document).items():
        answers = one["responses"]
        for status, answer in answers.items():
            if int(status) >= 400:
                assert set(answer["content"]) == {"application/problem+json"}, (name, status)
        assert {"401", "403", "422", "429", "500", "503"} <= set(answers), name
        assert any(status.startswith("2") for status in answers), name
        if "{" in name:
            assert "404" in answers or name.startswith("put"), name
        if "requestBody" in one:
            assert {"400", "413", "415"} <= set(answers), name


def test_addresses_are_named_alike(document):
    for path, operations in document["paths"].items():
        assert re.fullmatch(r"/api/v1(/([a-z-]+(\.csv)?|\{[a-z_]+\}))+", path), path
        in_path = set(re.findall(r"\{(\w+)\}", path))
        for method, operation in operations.items():
            parameters = operation.get("parameters", [])
            named = [(one["in"], one["name"]) for one in parameters]
            assert len(set(named)) == len(named), (method, path)
            assert {name for where, name in named if where == "path"} == in_path, (method, path)


def test_every_link_leads_to_an_operation_that_takes_it(document):
    operations = {one["operationId"]: one for one in _operations(document).values()}
    links = [
        (name, link)
        for one in operations.values()
        for answer in one["responses"].values()
        for name, link in answer.get("links", {}).items()
    ]
    assert links
    for name, link in links:
        taken = {one["name"] for one in operations[link["operationId"]]["parameters"]}
        assert link["operationId"] == name
        assert set(link["parameters"]) <= taken


def test_money_of_a_command_is_sent_as_a_decimal(document):
    schemas = document["components"]["schemas"]
    amount = schemas["issue_reward"]["properties"]["amount"]
    assert amount["type"] == "string"
    assert re.fullmatch(amount["pattern"], "25.00")
    assert "at" not in schemas["issue_reward"]["required"]


def test_every_write_takes_an_idempotency_key(document):
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            keeps = method != "get" and not path.endswith(("/preview", "/quotes"))
            named = {one["name"] for one in operation.get("parameters", [])}
            assert ("Idempotency-Key" in named) == keeps, (method, path)


def test_what_is_answered_stands_once_under_a_name(document):
    for name, operation in _operations(document).items():
        for status, answer in operation["responses"].items():
            told = answer.get("content", {}).get("application/json")
            if str(status).startswith("2") and told:
                assert "$ref" in told["schema"].get("items", told["schema"]), name
    assert "Entry" in document["components"]["schemas"]
    assert "x-name" not in str(document)


def test_what_the_document_does_not_have_is_not_allowed(document):
    """Every address by every method it has not: told so, with those that it has."""
    for path, operations in document["paths"].items():
        allowed = {method.upper() for method in operations}
        address = re.sub(r"\{\w+\}", "2026-01-01", path)
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - allowed:
            answer = Client().generic(method, address)
            assert answer.status_code == 405, (method, path)
            assert {one.strip() for one in answer["Allow"].split(",")} == allowed, path
