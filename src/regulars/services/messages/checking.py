"""What a template may say: checked when it is saved, against the fields of its kind.

One that was accepted cannot reach anything else, cannot fail and cannot grow without bound:
there are no loops in loops, and lists are short.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from django.template import Template, TemplateSyntaxError
from django.template.base import (
    FilterExpression,
    Lexer,
    Node,
    TextNode,
    Token,
    TokenType,
    Variable,
    VariableNode,
)
from django.template.defaulttags import CommentNode, ForNode, IfNode

from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services.messages.kinds import Kind
from regulars.services.messages.templates import engine

_LONGEST_TAG = 300
_LONGEST_LINE = 2_000
_DEEPEST = 8
_LOOP_FIELDS = ("forloop.counter", "forloop.first", "forloop.last")
_LIST = "list"
_FIELDS = {"subject": said("subject"), "body": said("body")}


def check(source: str, kind: Kind, *, field: str, longest: int) -> None:
    """Refuse what cannot be the `subject` or `body` of this kind, naming line and fields."""
    if not source.strip():
        raise _refused(said("The {field} is empty.", field=_FIELDS[field]), field, None)
    if len(source) > longest:
        raise _refused(
            said(
                "The {field} has {count} characters; at most {most} are allowed.",
                field=_FIELDS[field],
                count=len(source),
                most=longest,
            ),
            field,
            None,
        )
    _check_shape(source, field)
    try:
        template = Template(source, engine=engine())
    except TemplateSyntaxError as problem:
        _refuse_syntax(problem, field)
    _Checker(kind, field).nodes(template.nodelist, {})


def _check_shape(source: str, field: str) -> None:
    """Lines and tags of a length and depth that the parser takes in its stride."""
    for number, line in enumerate(source.split("\n"), start=1):
        if len(line) > _LONGEST_LINE:
            problem = said(
                "A line of more than {most} characters is too long.", most=_LONGEST_LINE
            )
            raise _refused(problem, field, number)
    depth = 0
    for token in Lexer(source).tokenize():
        if token.token_type is TokenType.TEXT:
            _check_braces(token, field)
            continue
        if len(token.contents) > _LONGEST_TAG:
            problem = said(
                "A tag of more than {most} characters is too long.", most=_LONGEST_TAG
            )
            raise _refused(problem, field, token.lineno)
        word = token.contents.partition(" ")[0] if token.token_type is TokenType.BLOCK else ""
        depth += (word in ("if", "for")) - (word in ("endif", "endfor"))
        if depth > _DEEPEST:
            problem = said("Tags stand more than {most} deep.", most=_DEEPEST)
            raise _refused(problem, field, token.lineno)


def _check_braces(token: Token, field: str) -> None:
    for mark in ("{{", "}}", "{%", "%}"):
        before, found, _ = token.contents.partition(mark)
        if found:
            line = (token.lineno or 1) + before.count("\n")
            problem = said("{mark} stands alone; its other half is missing.", mark=mark)
            raise _refused(problem, field, line)


def _refuse_syntax(problem: TemplateSyntaxError, field: str) -> NoReturn:
    token = getattr(problem, "token", None)
    line = None if token is None else token.lineno
    text = str(problem)
    if match := _BAD_TAG.search(text):
        why = said(
            "There is no tag {name!r} here; there are {known}.",
            name=match[1],
            known=_words(_TAGS),
        )
        raise _refused(why, field, line, unknown=match[1]) from None
    if match := _BAD_FILTER.search(text):
        why = said(
            "There is no filter {name!r} here; there are {known}.",
            name=match[1],
            known=_words(_filters()),
        )
        raise _refused(why, field, line, unknown=match[1]) from None
    first = text.split(". Did you forget", maxsplit=1)[0].rstrip(".")
    raise _refused(said("It cannot be read: {why}.", why=first), field, line) from None


_BAD_TAG = re.compile(r"Invalid block tag on line \d+: '([^']*)'")
_BAD_FILTER = re.compile(r"Invalid filter: '([^']*)'")
_TAGS = "if elif else endif for empty endfor comment endcomment".split()


def _filters() -> list[str]:
    [library] = engine().template_builtins
    return sorted(library.filters)


def _words(names: Iterable[str]) -> str:
    return ", ".join(names)


def _refused(
    message: str, field: str, line: int | None, *, unknown: str | None = None, **detail: Any
) -> Refused:
    if line is not None:
        where = said("Line {line} of the {field}", line=str(line), field=_FIELDS[field])
        message = said("{where}: {message}", where=where, message=message)
    told: dict[str, Any] = {} if line is None else {"line": line}
    told |= detail if unknown is None else {"unknown": unknown, **detail}
    return Refused("invalid_record", message, field=field, detail=told)


class _Checker:
    """Walks the nodes of a template and refuses the first thing that its kind has not.

    `scope` are the names that loops have given to entries, each with the list they are of.
    """

    def __init__(self, kind: Kind, field: str) -> None:
        self.kind = kind
        self.field = field

    def nodes(self, nodes: Iterable[Node], scope: Mapping[str, str]) -> None:
        for node in nodes:
            self._node(node, scope)

    def _node(self, node: Node, scope: Mapping[str, str]) -> None:
        line = node.token.lineno if node.token else None
        if isinstance(node, VariableNode):
            self._expression(node.filter_expression, scope, line, shown=True)
        elif isinstance(node, IfNode):
            for condition, inside in node.conditions_nodelists:
                for expression in _expressions(condition):
                    self._expression(expression, scope, line, shown=False)
                self.nodes(_nodes_of(inside), scope)
        elif isinstance(node, ForNode):
            self._loop(node, scope, line)
        elif not isinstance(node, (TextNode, CommentNode)):
            raise _refused(
                said("{name} is not allowed.", name=type(node).__name__), self.field, line
            )

    def _loop(self, node: ForNode, scope: Mapping[str, str], line: int | None) -> None:
        if scope:
            raise _refused(said("A loop cannot stand in another loop."), self.field, line)
        name = str(node.sequence)
        lists = [field for field, shape in self.kind.shapes.items() if shape == _LIST]
        if name not in lists:
            why = said(
                "{name!r} is no list of {kind}; it has none.", name=name, kind=self.kind.name
            )
            if lists:
                why = said(
                    "{name!r} is no list of {kind}; its lists are {known}.",
                    name=name,
                    kind=self.kind.name,
                    known=_words(lists),
                )
            raise _refused(why, self.field, line, unknown=name)
        names = [str(one) for one in node.loopvars]
        [*others, last] = names
        if others or not last.isidentifier() or last in {"forloop", *self.kind.shapes}:
            problem = said(
                "{name!r} cannot name an entry; take one word that is no field, like `one`.",
                name=_words(names),
            )
            raise _refused(problem, self.field, line)
        self.nodes(_nodes_of(node.nodelist_loop), {last: name})
        self.nodes(_nodes_of(node.nodelist_empty), scope)

    def _expression(
        self,
        expression: FilterExpression,
        scope: Mapping[str, str],
        line: int | None,
        *,
        shown: bool,
    ) -> None:
        filters = [function.__name__ for function, _ in expression.filters]
        if expression.is_var:
            name = str(expression.var.var)
            is_list = self._shape(expression.var, scope, line) == _LIST
            is_plain_test = not shown and not filters
            if is_list and filters[:1] != ["length"] and not is_plain_test:
                raise _refused(
                    said(
                        "{name!r} is a list: say {{% for one in {name} %}} or {name}|length.",
                        name=name,
                    ),
                    self.field,
                    line,
                )
        for _, arguments in expression.filters:
            for is_name, argument in arguments:
                if is_name and self._shape(argument, scope, line) == _LIST:
                    raise _refused(
                        said(
                            "{name!r} is a list and says nothing here.", name=str(argument.var)
                        ),
                        self.field,
                        line,
                    )

    def _shape(self, var: Variable, scope: Mapping[str, str], line: int | None) -> str:
        name = str(var.var)
        if var.lookups is None or (scope and name in _LOOP_FIELDS):
            return "text"  # said outright, or the loop's own
        head, dot, rest = name.partition(".")
        full = f"{scope[head]}.{rest}" if head in scope and dot else name
        shape = self.kind.shapes.get(full)
        if shape is not None and ("." not in full or full != name):
            return shape
        known = [field for field in self.kind.shapes if "." not in field]
        for loop, of in scope.items():
            prefix = f"{of}."
            entries = [f for f in self.kind.shapes if f.startswith(prefix)]
            known += [f"{loop}.{field.removeprefix(prefix)}" for field in entries]
        raise _refused(
            said(
                "{kind} has no field {name!r}; it has {known}.",
                kind=self.kind.name,
                name=name,
                known=_words(known),
            ),
            self.field,
            line,
            unknown=name,
            fields=known,
        )


def _nodes_of(nodes: Any) -> Iterable[Node]:
    return nodes or ()


def _expressions(condition: Any) -> Iterator[FilterExpression]:
    """The expressions in a condition of `if`; none in an `else`."""
    if condition is None:
        return
    if isinstance(condition.value, FilterExpression):
        yield condition.value
    yield from _expressions(condition.first)
    yield from _expressions(condition.second)
