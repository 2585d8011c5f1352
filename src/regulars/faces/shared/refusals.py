"""Refusals as staff read them: one table of sentences, one way to show them.

The rules' own sentences are good English with the numbers in them; the table has the ones that
are met at the desk every day, so that they can be said in other languages as well.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulars.faces.shared.spoken import spoken
from regulars.rules.refusals import Refused
from regulars.rules.sentences import Said

if TYPE_CHECKING:
    from regulars.faces.shared.visits import Visit

STATUS = {"not_permitted": 403, "unknown_reference": 404, "conflict": 409}
"""By code; everything else is 422."""

SENTENCES: Mapping[str, str | Promise] = {
    "insufficient_points": _("Only %(available)s points can be used."),
    "below_minimum": _("At least %(minimum)s points have to be used at once."),
    "above_maximum": _("At most %(maximum)s points can be used here."),
    "wrong_increment": _("Points are used in steps of %(increment)s."),
    "nothing_redeemable": _("Nothing on this invoice can be paid with points."),
    "exceeds_amount_due": _("That is more than is still to be paid."),
    "invoice_not_open": _("This invoice is not open any more."),
    "not_enrolled": _("This guest is in no tier."),
    "negative_balance": _("This guest owes points: the next ones clear that first."),
    "tier_disallows_redemption": _("In this tier points are collected and not used yet."),
    "already_enrolled": _("This guest is in a tier already."),
    "opted_out": _("This guest does not want to take part."),
    "hold_not_open": _("These points are not set aside any more."),
}
"""By code. Where a number it names is missing, the rules' own sentence is shown."""

_VALUE_AT_END = re.compile(r" \(It is .*\)$", re.DOTALL)


def told(refused: Refused, visit: "Visit") -> str:
    """What to show for a refusal."""
    template = SENTENCES.get(refused.code)
    if template is not None:
        try:
            return str(template) % refused.detail
        except KeyError:
            pass
    words = spoken(_plain(refused.said, refused.field), visit)
    return words[:1].upper() + words[1:]


def _plain(message: str, field: str | None) -> str:
    """Without the field and the value, which a form shows anyway."""
    if isinstance(message, Said):
        return message
    return _VALUE_AT_END.sub("", message).removeprefix(f"{field}: ")


def refusal_answer(visit: "Visit", refused: Refused) -> HttpResponse:
    """A refusal no form has caught: a page of its own, or a notice on the one that is open."""
    status = STATUS.get(refused.code, 422)
    context = {"sentence": told(refused, visit), "code": refused.code}
    if not visit.is_partial:
        return visit.show("shared/refused.html", context, status=status)
    response = visit.show("shared/components/notice.html", context, status=status)
    return as_notice(response)


# -- pages that have been overtaken -----------------------------------------------------------


class Stale(Exception):
    """What the page showed was changed elsewhere since, at another till for example."""


def check_fresh(visit: "Visit", version: str) -> None:
    """Raise `Stale` unless the form was made from this version of what it changes."""
    if visit.request.POST.get("version", "") != version:
        raise Stale


def stale_answer(visit: "Visit", _stale: Stale) -> HttpResponse:
    """Nothing was done; the way out is to look again."""
    back = visit.request.headers.get("HX-Current-URL") or visit.request.headers.get("Referer")
    template = "components/stale.html" if visit.is_partial else "stale.html"
    response = visit.show(f"shared/{template}", {"back": _path(back)}, status=409)
    return as_notice(response) if visit.is_partial else response


def _path(address: str | None) -> str:
    parts = urlsplit(address or "/")
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def as_notice(response: HttpResponse) -> HttpResponse:
    """htmx puts it among the notices, wherever the form wanted its answer."""
    response["HX-Retarget"], response["HX-Reswap"] = "#notices", "beforeend"
    return response
