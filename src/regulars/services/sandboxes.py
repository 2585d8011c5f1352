"""Organizations for trials: their clock is moved by hand (contract section 6)."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from regulars.records import models
from regulars.rules import sentences
from regulars.rules.permissions import Actor, Permission, require
from regulars.rules.refusals import Refused
from regulars.services import closing, desk_changes, transactions
from regulars.services.formats.instants import read_instant
from regulars.services.organizations import Company


def move_clock(
    company: Company, said: Mapping[str, Any], *, actor: Actor, is_trial: bool = False
) -> dict[str, Any]:
    """Set the clock to `to` and close the days passed; a trial leaves it as it was.

    Refused: not a sandbox, a time before the one it shows, a day that is closed.
    """
    if is_trial:
        with transaction.atomic():
            told = move_clock(company, said, actor=actor)
            transaction.set_rollback(True)
        return told
    require(actor, Permission.SET_UP)
    if not company.is_sandbox:
        raise Refused(
            "conflict",
            sentences.said("{ref} is no sandbox: its clock is the real one.", ref=company.ref),
            field="organization",
            value=company.ref,
        )
    to = _instant(company, said)
    if company.clock_at is not None and to < company.clock_at:
        raise Refused(
            "conflict",
            sentences.said(
                "The clock shows {at} and goes forward only.",
                at=company.clock_at.isoformat(),
            ),
            field="to",
            value=said.get("to"),
        )
    _check_open(company, to, said)
    over = closing.last_final_day(company, to)
    if over is not None and company.closed_through is not None:
        closing.close_through(company, over, by=actor.name)
    transactions.write(partial(_keep, company, to, by=actor))
    closed = company.closed_through
    return {
        "now": to.isoformat(),
        "closed_through": closed.isoformat() if closed else None,
    }


def _check_open(company: Company, to: datetime, said: Mapping[str, Any]) -> None:
    """A clock that was never moved shows the real time, and days were closed by that."""
    closed = company.closed_through
    if closed is not None and to < company.day_ends_at(closed):
        raise Refused(
            "conflict",
            sentences.said(
                "The days through {day} are closed for good. Empty the sandbox first, and"
                " move its clock before anything is sent.",
                day=closed,
            ),
            field="to",
            value=said.get("to"),
        )


def _keep(company: Company, to: datetime, *, by: Actor) -> None:
    models.Organization.objects.filter(id=company.id).update(clock_at=to)
    said = {"to": to.isoformat()}
    desk_changes.note_act("sandbox/clock", "moved", said, at=to, by=by.name)


def _instant(company: Company, said: Mapping[str, Any]) -> datetime:
    for name in said:
        if name != "to":
            raise Refused(
                "invalid_record", sentences.said("There is no such field."), field=name
            )
    to = said.get("to")
    if not isinstance(to, str):
        raise Refused(
            "invalid_record", sentences.said("An instant is needed."), field="to", value=to
        )
    return read_instant(to, company.zone, field="to")[0]
