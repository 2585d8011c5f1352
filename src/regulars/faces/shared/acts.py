"""A form that asks for one act: a dialog where the page asked for one, else a page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.visits import Visit
from regulars.rules.refusals import Refused

Act = Callable[[dict[str, Any]], HttpResponse]


def show_act(visit: Visit, form: DeskForm, **context: Any) -> HttpResponse:
    """A form about one thing: a dialog where the page asked for one, else a page of its own.

    The context says `title`, the `label` of the button, and `back`, the page to go back to.
    """
    part = "#act" if visit.is_partial else ""
    template = context.pop("template", "shared/act.html")
    status = 422 if form.errors else 200
    told = {"form": form, "action": visit.request.get_full_path(), **context}
    return visit.show(f"{template}{part}", told, status=status)


def carried_out(visit: Visit, form: DeskForm, act: Act) -> HttpResponse | None:
    """What a sent form leads to; None where it is to be shown, at first or with its errors."""
    if visit.request.method != "POST" or not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except Refused as refused:
        if refused.code == "not_permitted" and refused.field is None:
            raise
        form.refuse(refused)
        return None
