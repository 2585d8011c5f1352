"""What the OpenAPI document says of imports, mappings and exports."""

from typing import Any

from regulars.faces.api.schemas import IDEMPOTENCY, STAFF, answers
from regulars.faces.api.shapes import NAME

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_OBJECT: Schema = {"type": "object"}

IMPORT: Schema = {
    NAME: "Import",
    "type": "object",
    "required": ["id", "kind", "state", "dry_run", "files", "rows", "records", "done"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "kind": _TEXT,
        "state": _TEXT,
        "dry_run": {"type": "boolean"},
        "by": _TEXT,
        "known_at": _MAYBE,
        "made_at": _TEXT,
        "ended_at": _MAYBE,
        "problem": _MAYBE,
        "files": {"type": "array", "items": _OBJECT},
        "rows": _COUNT,
        "records": _COUNT,
        "done": _COUNT,
        "counts": {"type": "object", "additionalProperties": _COUNT},
        "totals": {"type": "array", "items": _OBJECT},
    },
}
_ROW: Schema = {
    NAME: "ImportRow",
    "type": "object",
    "required": ["line"],
    "properties": {"line": _COUNT},
}
_MAPPING: Schema = {NAME: "Mapping", "type": "object"}
_BINARY: Schema = {"schema": {"type": "string", "format": "binary"}}
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORM: Schema = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}},
}


def uploading(status: int) -> Schema:
    """Of an address that takes a file, as the body or as the part of a form."""
    content = {
        "text/csv": _BINARY,
        _WORKBOOK: _BINARY,
        "multipart/form-data": {"schema": _FORM},
    }
    return {
        "requestBody": {"required": True, "content": content},
        "responses": _as(status, IMPORT, 400, 404, 409, 413, 415, 422, 503),
        "parameters": [IDEMPOTENCY, STAFF],
    }


def acting(status: int = 200, shown: Schema = IMPORT, *, has_body: bool = True) -> Schema:
    """Of an act on an import or a mapping, with a JSON object where it takes one."""
    body = {"requestBody": {"content": {"application/json": {"schema": _OBJECT}}}}
    return {
        **(body if has_body else {}),
        "responses": _as(status, shown, 400, 404, 409, 413, 415, 422, 503),
        "parameters": [IDEMPOTENCY, STAFF],
    }


def showing(shown: Schema = IMPORT) -> Schema:
    return {"responses": answers(shown, 404, 422)}


def listing(item: Schema, *, has_next: bool = False) -> Schema:
    properties: Schema = {"items": {"type": "array", "items": item}}
    if has_next:
        properties["next"] = {"type": ["integer", "null"]}
    shown = {"type": "object", "required": list(properties), "properties": properties}
    return showing({**shown, NAME: f"{item[NAME]}Page"})


def rows() -> Schema:
    """Of the report of an import, row by row."""
    return listing(_ROW, has_next=True)


def mapping() -> Schema:
    return acting(shown=_MAPPING)


def removed() -> Schema:
    shown: Schema = {NAME: "MappingRemoved", "type": "object", "properties": {"removed": _TEXT}}
    return acting(shown=shown, has_body=False)


def mappings() -> Schema:
    return listing(_MAPPING)


def imports() -> Schema:
    return listing(IMPORT)


def table() -> Schema:
    """Of an answer that is a CSV file."""
    found = answers(_OBJECT, 404, 422)
    found[200]["content"] = {"text/csv": {"schema": {"type": "string"}}}
    return {"responses": found}


def _as(status: int, shown: Schema, *problems: int) -> dict[int, Schema]:
    found = answers(shown, *problems)
    found[status] = found.pop(200)
    return found
