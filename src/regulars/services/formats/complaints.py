"""From what msgspec says of a bad record to a refusal that names the field and the value."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from regulars.rules.amounts import shown
from regulars.rules.refusals import Refused
from regulars.rules.sentences import Said, said

_TYPE_NAMES = {
    "str": "a text in quotes",
    "int": "a whole number without quotes",
    "bool": "true or false",
    "date": 'a date like "2026-01-31"',
    "object": "a group of named fields",
    "array": "a list",
    "null": "null",
}
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STEP = re.compile(r"\.([^.\[\]]+)|\[([0-9]+)\]")


def invalid(field: str, sentence: str, value: object) -> Refused:
    """An `invalid_record`; the sentence goes on after the field's name."""
    return Refused(
        "invalid_record",
        said("{field} {sentence}", field=field, sentence=sentence),
        field=field,
        value=value,
    )


def below(refused: Refused, path: str) -> Refused:
    """The refusal of a part ("price" of a line) as one of the whole ("lines.0.price")."""
    inner = refused.field or ""
    field = f"{path}.{inner}"
    message = refused.said
    if isinstance(message, Said) and message.values.get("field") == inner:
        message = Said(message.template, message.values | {"field": field})
    return Refused(
        refused.code, message, field=field, value=refused.value, detail=refused.detail
    )


def refusal_of(
    error: msgspec.ValidationError, sent: Mapping[str, Any], expected: type[Any]
) -> Refused:
    """What the error says of `sent`, which should have been an `expected`."""
    text, _, path_text = str(error).rpartition(" - at `$")
    if not text:
        text, path_text = path_text, ""
    path_text = path_text.removesuffix("`")
    path = [name or int(index) for name, index in _STEP.findall(path_text)]
    if match := re.fullmatch(r"Object contains unknown field `(.*)`", text, re.DOTALL):
        return _unknown_field(match[1], sent, path=path, expected=expected)
    if match := re.fullmatch(r"Object missing required field `(.*)`", text, re.DOTALL):
        return invalid(_joined([*path, match[1]]), said("is required."), None)
    value = _value_at(sent, path)
    return invalid(
        _joined(path), _sentence(text, value, allowed=_type_at(expected, path)), value
    )


def _unknown_field(
    name: str, sent: Mapping[str, Any], *, path: list[str | int], expected: type[Any]
) -> Refused:
    known = _field_names(_type_at(expected, path))
    near = get_close_matches(name, known, n=1)
    hint = said(" Did you mean {name}?", name=near[0]) if near else ""
    field = _joined([*path, name])
    message = said("{field} is no field of this record.{hint}", field=shown(field), hint=hint)
    value = _value_at(sent, [*path, name])
    return Refused("invalid_record", message, field=field, value=value)


def _joined(path: Sequence[str | int]) -> str:
    return ".".join(map(str, path))


def _sentence(text: str, value: object, *, allowed: Any) -> str:
    words = _literals(allowed)
    if text.startswith("Invalid enum value") and words:
        return said(
            "must be one of {known}; it is {value}.", known=", ".join(words), value=shown(value)
        )
    if text.startswith("Invalid RFC3339 encoded date"):
        if isinstance(value, str) and _ISO_DATE.fullmatch(value):
            return said("names a day that does not exist: {value}.", value=value)
        return said('must be a date like "2026-01-31"; {value} is not.', value=shown(value))
    if match := re.fullmatch(r"Expected `\w+` (?:of length )?(>=|<=) ([0-9]+)", text):
        return _bound(match[1], match[2], value)
    if match := re.match(r"Expected `([^`]*)`", text):
        names = [_TYPE_NAMES.get(name, name) for name in match[1].split(" | ")]
        return said(
            "must be {known}; {value} is not.", known=" or ".join(names), value=shown(value)
        )
    return said("is not acceptable ({text}): {value}.", text=text, value=shown(value))


def _bound(relation: str, bound: str, value: object) -> str:
    if isinstance(value, int):
        if relation == ">=":
            return said("must be at least {bound}; it is {value}.", bound=bound, value=value)
        return said("must be at most {bound}; it is {value}.", bound=bound, value=value)
    if relation == ">=":
        return said("must not be empty.")
    size = len(value) if isinstance(value, str | list | tuple) else 0
    return said("may be at most {bound} long; it is {size}.", bound=bound, size=size)


def _value_at(sent: Any, path: Sequence[str | int]) -> Any:
    """What was sent there; None where there is nothing."""
    for step in path:
        try:
            sent = sent[step]
        except (KeyError, IndexError, TypeError):
            return None
    return sent


def _type_at(expected: Any, path: Sequence[str | int]) -> Any:
    """The type that the fields lead to; None where they lead nowhere."""
    for step in path:
        plain = _unwrapped(expected)
        if isinstance(step, int):
            expected = next(iter(get_args(plain)), None)
        else:
            expected = _field_types(plain).get(step)
    return _unwrapped(expected)


def _unwrapped(annotation: Any) -> Any:
    """The type itself, without its bounds and without the null that it may be."""
    if get_origin(annotation) is Annotated:
        return _unwrapped(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _unwrapped(get_args(annotation)[0])
    return annotation


def _field_types(struct: Any) -> dict[str, Any]:
    if not (isinstance(struct, type) and issubclass(struct, msgspec.Struct)):
        return {}
    return {field.encode_name: field.type for field in msgspec.structs.fields(struct)}


def _field_names(struct: Any) -> list[str]:
    return list(_field_types(struct))


def _literals(annotation: Any) -> list[str]:
    return list(get_args(annotation)) if get_origin(annotation) is Literal else []
