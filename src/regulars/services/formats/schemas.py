"""JSON Schemas of the contract's records, from the very forms that read them."""

from typing import Any

import msgspec

from regulars.services.formats.parsing import FACTS
from regulars.services.formats.reading_commands import COMMANDS, INSTANTS, MONEY
from regulars.services.formats.sent import INSTANT_PATTERN, MONEY_PATTERN, SentProgram

_REF = "#/components/schemas/{name}"
Schema = dict[str, Any]
_MONEY: Schema = {"type": "string", "maxLength": 60, "pattern": MONEY_PATTERN}
_INSTANT: Schema = {"type": "string", "maxLength": 60, "pattern": INSTANT_PATTERN}


def record_schemas() -> dict[str, Schema]:
    """All schemas by name; those of records are named by their type: `invoice`, `enroll`."""
    forms: dict[str, Any] = {**FACTS, "program": SentProgram, **COMMANDS}
    refs, components = msgspec.json.schema_components(forms.values(), ref_template=_REF)
    names = {
        ref["$ref"].rpartition("/")[2]: kind for kind, ref in zip(forms, refs, strict=True)
    }
    schemas = {names.get(name, name): schema for name, schema in components.items()}
    if "program" in schemas:
        schemas["program"]["additionalProperties"] = True
    for kind in COMMANDS:
        _say_as_sent(schemas[kind])
    found = {name: _renamed(schema, names) for name, schema in sorted(schemas.items())}
    # A title would name the form that reads it, and the record's body has the same one.
    return {name: {k: v for k, v in one.items() if k != "title"} for name, one in found.items()}


def _say_as_sent(schema: Schema) -> None:
    """A command is read into minor units and UTC; it is sent with decimals and local times."""
    properties = schema["properties"]
    for name in MONEY:
        if name in properties:
            properties[name] = _MONEY
    for name in INSTANTS:
        if name in properties:
            properties[name] = _INSTANT
    properties["at"] = {"anyOf": [_INSTANT, {"type": "null"}], "default": None}
    schema["required"] = [name for name in schema["required"] if name != "at"]


def body_schema(schema: Schema) -> Schema:
    """Of the same record where its address says type and id."""
    properties = {k: v for k, v in schema["properties"].items() if k not in ("type", "id")}
    required = [name for name in schema.get("required", ()) if name not in ("type", "id")]
    return {**schema, "properties": properties, "required": required}


def _renamed(schema: Any, names: dict[str, str]) -> Any:
    if isinstance(schema, dict):
        fresh = {key: _renamed(value, names) for key, value in schema.items()}
        ref = fresh.get("$ref")
        if isinstance(ref, str):
            name = ref.rpartition("/")[2]
            fresh["$ref"] = _REF.format(name=names.get(name, name))
        return fresh
    if isinstance(schema, list):
        return [_renamed(one, names) for one in schema]
    return schema
