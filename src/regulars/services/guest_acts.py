"""What staff do to a guest at the desk, as records of the contract through the one door.

Nothing here moves points or money: it fills in a record, hands it to `receiving`, and raises
its refusal with the field it is about.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from regulars.records import models
from regulars.records.queries import said as as_sent
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import receiving, rewards
from regulars.services.formats.results import Result, or_refused
from regulars.services.organizations import Company
from regulars.services.receiving import Sender

Document = Mapping[str, Any]


def carry_out(
    company: Company,
    document: Document,
    *,
    sender: Sender,
    now: datetime,
    is_trial: bool = False,
) -> Result:
    """Apply one record; an ordinary no is raised. A trial answers alike and leaves no trace."""
    if is_trial:
        # A trial may close days; what it thinks closed then is taken back with the rest.
        company = replace(company)
    [result] = receiving.receive_all(
        company, [document], sender=sender, now=now, is_trial=is_trial
    )
    return or_refused(result)


def edited_guest(
    company: Company, ref: str, changes: Mapping[str, Any], *, seen: str | None = None
) -> Document:
    """The guest's record as last said, with these fields of the contract changed.

    `seen` is the digest of the record that was being looked at: refused when somebody else
    has changed it since.
    """
    row = models.Guest.objects.filter(external_id=ref).first()
    known = as_sent.one("guest", ref, exponent=company.exponent)
    if row is None or known is None:
        raise unknown_reference("guest", ref, field="guest")
    if seen is not None and seen != row.digest:
        raise Refused(
            "conflict",
            said(
                "{name}'s record was changed by somebody else just now. Look at it as it is,"
                " and change it again.",
                name=known["name"],
            ),
            field="seen",
        )
    signup = known["signup"]
    if signup is not None:
        # Only the day of it counts, and a bare day means noon; it is kept of what was online.
        on = signup["on"] or row.known_on.isoformat()
        known["signup"] = {"channel": signup["channel"], "at": on}
    return {"type": "guest", **known, **changes}


def new_guest(fields: Mapping[str, Any], *, token: str) -> dict[str, Any]:
    """The record of a guest made at the desk, with an id of our own making.

    The id follows from the form's token, so that a form sent twice makes one guest; where
    somebody else has it already, another follows.
    """
    for n_tries in count():
        code = rewards.spoken_code_of(f"{token}/{n_tries}")
        names = models.Guest.objects.filter(external_id=code).values_list("name", flat=True)
        if names.first() in (None, fields["name"]):
            return {"type": "guest", "id": code, **fields}
    raise AssertionError("counting does not end")
