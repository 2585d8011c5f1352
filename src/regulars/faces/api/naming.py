"""Named schemas: each stands once in the OpenAPI document, and is referred to elsewhere."""

from typing import Any

from regulars.faces.api.shapes import NAME

Document = dict[str, Any]


def stand_once(document: Document) -> None:
    """Each schema with a name stands among the components; where it is used, it is named.

    Who generates a client from the document gets one class for it, with that name.
    """
    named: Document = {}
    document["paths"] = _named_apart(document["paths"], named)
    document["components"]["schemas"].update(named)


def _named_apart(part: Any, named: Document) -> Any:
    if isinstance(part, list):
        return [_named_apart(each, named) for each in part]
    if not isinstance(part, dict):
        return part
    inner = {key: _named_apart(each, named) for key, each in part.items() if key != NAME}
    if NAME not in part:
        return inner
    name = part[NAME]
    if named.setdefault(name, inner) != inner:
        raise ValueError(f"Two schemas are called {name}.")
    return {"$ref": f"#/components/schemas/{name}"}
