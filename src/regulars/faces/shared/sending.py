"""What a page writes goes the way of everything else: as a record, through the API's door.

So it is in the journal, an export has it, a replay tells it again, and `verify` proves it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from regulars.faces.shared.visits import Visit
from regulars.rules.refusals import Refused
from regulars.services import receiving
from regulars.services.formats.results import Result, or_refused

_TOKEN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_token() -> str:
    """Made when a form is shown, used as the id of the record it sends: a form that is sent
    twice, by a double click or after a lost connection, does its work once.
    """
    return str(uuid4())


def token_of(visit: Visit) -> str:
    """The token of the form that was sent."""
    token = visit.request.POST.get("token", "")
    if not _TOKEN.fullmatch(token):
        raise Refused("invalid_record", _("This form is not whole; load the page again."))
    return token


def send(visit: Visit, kind: str, ref: str, /, **fields: Any) -> Result:
    """Apply one record of the contract, as this staff member. A refusal is raised."""
    (result,) = send_all(visit, [{"type": kind, "id": ref, **fields}])
    return or_refused(result)


def send_all(visit: Visit, documents: Iterable[Mapping[str, Any]]) -> list[Result]:
    """Apply records in order, each whole or not at all; their results in that order."""
    return receiving.receive_all(visit.company, documents, sender=visit.sender, now=visit.now)
