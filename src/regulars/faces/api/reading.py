"""The frame of every read: pages, `fields`, `expand`, and no parameter that nobody knows."""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from regulars.faces.api.access import Call
from regulars.faces.api.problems import encode
from regulars.rules.refusals import Refused

MOST = 200
Document = dict[str, Any]

After = Annotated[
    str, Query(max_length=260, description="`next` of the page before; the first without it.")
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
Fields = Annotated[
    str | None,
    Query(max_length=1000, description="Only these fields, by commas; all when left out."),
]
Expand = Annotated[
    str | None, Query(max_length=200, description="Relations to put inside, by commas.")
]


def _as_written(day: object) -> object:
    """What pydantic takes for a day as well, 0 or 20260131, would be anything but meant."""
    if isinstance(day, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        raise PydanticCustomError("date", "a date is written like 2026-01-31")
    return day


Day = Annotated[date, BeforeValidator(_as_written)]


def json(body: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(body), status=status, content_type="application/json")


# -- parameters -------------------------------------------------------------------------------


def known_parameters_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Around every operation: what it does not take is refused by name, not passed over."""
    taken = _parameters_of(view)

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> Any:
        in_path = request.resolver_match.kwargs if request.resolver_match else {}
        known = taken - set(in_path)
        for name, value in request.GET.items():
            if name not in known:
                listed = ", ".join(sorted(known)) or "none"
                raise Refused(
                    "invalid_record",
                    f"There is no parameter {name} here; there is {listed}.",
                    field=name,
                    value=value,
                    detail={"parameters": sorted(known)},
                )
            if len(request.GET.getlist(name)) > 1:
                raise Refused(
                    "invalid_record", f"{name} is said twice.", field=name, value=value
                )
        return view(request, *args, **values)

    return checked


def _parameters_of(view: Callable[..., Any]) -> set[str]:
    taken = inspect.signature(view).parameters
    names = {_name_over_http(name, parameter.annotation) for name, parameter in taken.items()}
    return names - {"request"}


def _name_over_http(name: str, annotation: Any) -> str:
    marks = getattr(annotation, "__metadata__", ())
    return next((mark.alias for mark in marks if getattr(mark, "alias", None)), name)


# -- what is wanted ---------------------------------------------------------------------------


def named(text: str | None, allowed: Iterable[str], *, field: str) -> list[str]:
    """The names of a list by commas; refused with all there are when one is unknown."""
    if text is None:
        return []
    known = list(allowed)
    names = [part.strip() for part in text.split(",") if part.strip()]
    for name in names:
        if name not in known:
            raise Refused(
                "invalid_record",
                f"{field} knows no {name}; it knows {', '.join(known) or 'nothing here'}.",
                field=field,
                value=name,
                detail={"allowed": known},
            )
    return names


def only(items: Sequence[Document], fields: Sequence[str]) -> list[Document]:
    """Of each item these fields alone; all of them when none is named."""
    if not fields:
        return list(items)
    return [{name: one[name] for name in fields if name in one} for one in items]


def page(
    rows: Sequence[Any],
    limit: int,
    *,
    cursor: Callable[[Any], Any],
    told: Callable[[Sequence[Any]], list[Document]],
    fields: Sequence[str] = (),
) -> HttpResponse:
    """A page of rows, of which one more than `limit` was read to see whether more follow."""
    shown = rows[:limit]
    more = str(cursor(shown[-1])) if len(rows) > limit else None
    return json({"items": only(told(shown), fields), "next": more})


def number_after(after: str) -> int:
    """A cursor that is a number; 0 before the first."""
    if not after:
        return 0
    if after.isascii() and after.isdigit() and len(after) < 19:
        return int(after)
    raise no_cursor(after)


def key_after(after: str) -> UUID | None:
    """A cursor that is the key of a row."""
    try:
        return UUID(after) if after else None
    except ValueError:
        raise no_cursor(after) from None


def no_cursor(after: str) -> Refused:
    """What is said of an `after` that no page has told."""
    return Refused(
        "invalid_record",
        "after is not the next of any page.",
        field="after",
        value=after,
    )


# -- whose rows -------------------------------------------------------------------------------


def require_every_center(call: Call, what: str) -> None:
    """A key of one center reads guests wherever they went, but no list of the whole company."""
    center = call.sender.actor.center
    if center is not None:
        raise Refused(
            "not_permitted",
            f"This key is for {center} only: {what} is about all centers.",
            detail={"center": center},
        )


def grouped(rows: Iterable[Any], key: Callable[[Any], Any]) -> Mapping[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
