"""Scenario documents in YAML 1.2: dates stay strings, `on` is a word (contract section 5).

PyYAML reads YAML 1.1, so its resolvers are replaced by those of the 1.2 core schema.
"""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

import yaml

from regulars.rules.refusals import Refused
from regulars.rules.sentences import Said, said

DEEPEST = 100
LONGEST_NUMBER = 400

_CORE = "tag:yaml.org,2002:"
_SCALARS = (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?(?:\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN",
        list("-+.0123456789"),
    ),
)


class CoreLoader(yaml.CSafeLoader):
    """Only what the core schema knows: no dates, no sets, no merging, no tags of one's own."""

    yaml_constructors: ClassVar[dict[Any, Any]] = {}


# Not in the class's body only because its type there is a matter of dispute among stubs.
CoreLoader.yaml_implicit_resolvers = {}


def _wrong(problem: str, mark: Any) -> yaml.YAMLError:
    return yaml.constructor.ConstructorError(None, None, problem, mark)


def _construct_null(loader: CoreLoader, node: Any) -> None:
    loader.construct_scalar(node)


def _construct_bool(loader: CoreLoader, node: Any) -> bool:
    return str(loader.construct_scalar(node)).lower() == "true"


def _construct_int(loader: CoreLoader, node: Any) -> int:
    text = str(loader.construct_scalar(node))
    if len(text) > LONGEST_NUMBER:
        raise _wrong(said("a number too long"), node.start_mark)
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    return int(text[2:] if base != 10 else text, base)


def _construct_float(loader: CoreLoader, node: Any) -> float:
    text = str(loader.construct_scalar(node)).lower()
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


def _construct_str(loader: CoreLoader, node: Any) -> str:
    return str(loader.construct_scalar(node))


def _construct_list(loader: CoreLoader, node: Any) -> list[Any]:
    return list(loader.construct_sequence(node, deep=True))


def _construct_dict(loader: CoreLoader, node: Any) -> dict[Any, Any]:
    built: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise _wrong(said("a field's name that is no text"), key_node.start_mark)
        key = loader.construct_object(key_node, deep=True)
        if key in built:
            raise _wrong(
                said("the field {name!r} twice in one group", name=str(key)),
                key_node.start_mark,
            )
        built[key] = loader.construct_object(value_node, deep=True)
    return built


def _refuse_tag(_: CoreLoader, node: Any) -> None:
    raise _wrong(said("a tag that is not known here: {tag}", tag=node.tag), node.start_mark)


for _name, _pattern, _first in _SCALARS:
    CoreLoader.add_implicit_resolver(_CORE + _name, re.compile(f"^(?:{_pattern})$"), _first)
for _name, _construct in (
    ("null", _construct_null),
    ("bool", _construct_bool),
    ("int", _construct_int),
    ("float", _construct_float),
    ("str", _construct_str),
    ("seq", _construct_list),
    ("map", _construct_dict),
):
    CoreLoader.add_constructor(_CORE + _name, _construct)
CoreLoader.add_constructor(None, _refuse_tag)


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """The value, and of each record the line that it starts on."""

    value: Any
    record_lines: tuple[int, ...]


def read_yaml(text: str) -> YamlDocument:
    """One YAML document; refused with the line where it cannot be read."""
    try:
        _check_depth(text)
        loader = CoreLoader(text)
        node = loader.get_single_node()
        if node is None:
            return YamlDocument(None, ())
        return YamlDocument(loader.construct_document(node), _record_lines(node))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _unreadable(error, n_lines=text.count("\n") + 1) from None


def _check_depth(text: str) -> None:
    """Building a tree of any depth takes the process down with it, so look at it flat first."""
    loader = CoreLoader(text)
    depth = 0
    while loader.check_event():
        event = loader.get_event()
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                problem = said("more than {most} levels, one inside the other", most=DEEPEST)
                raise _wrong(problem, event.start_mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _record_lines(root: yaml.Node) -> tuple[int, ...]:
    records: yaml.Node | None = root
    if isinstance(root, yaml.MappingNode):
        records = next((value for key, value in root.value if key.value == "records"), None)
    if not isinstance(records, yaml.SequenceNode):
        return ()
    return tuple(record.start_mark.line + 1 for record in records.value)


def _unreadable(error: Exception, *, n_lines: int) -> Refused:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    if not isinstance(problem, Said):
        first = str(problem).splitlines()[:1]
        problem = first[0] if first else said("it cannot be read")
    if mark is None:
        return Refused(
            "invalid_record", said("This is no YAML document: {problem}.", problem=problem)
        )
    line = min(mark.line + 1, n_lines)
    message = said(
        "Line {line}, column {column}: this is no YAML document: {problem}.",
        line=line,
        column=mark.column + 1,
        problem=problem,
    )
    return Refused("invalid_record", message, detail={"line": line})
