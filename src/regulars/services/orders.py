"""What staff order at a shell: read, checked and kept in the journal like any other record.

An order is dated now, or, while the books have fallen behind, noon of the day they are at, so
that told again from an export it comes where it came.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from regulars.records import models
from regulars.records.ids import uuid7
from regulars.records.queries import documents
from regulars.rules.refusals import unknown_reference
from regulars.services import commands, exporting, founding, intake, setting_up
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.facts import Record
from regulars.services.formats.parsing import Reader
from regulars.services.formats.results import Result, or_refused
from regulars.services.organizations import Company


def order(
    company: Company,
    kind: str,
    ref: str,
    *,
    now: datetime,
    by: str,
    not_before: datetime | None = None,
    **fields: Any,
) -> Record:
    """The record of these fields, read; `Refused` names the field that is wrong.

    A snapshot of before the one held, known at `not_before`, would change nothing.
    """
    moment = founding.moment_of(company, now)
    moment = max(moment, not_before or moment)
    context = ReadingContext(now=moment)
    setting_up.teach(context, company)
    said = {"type": kind, "id": ref, "at": moment.isoformat(), "by": by, **fields}
    return Reader(context).parse(said)


def new_id() -> str:
    """For a command that nobody will name again."""
    return uuid7().hex


def carry_out(
    company: Company, record: Record, *, progress: Callable[[int], None] | None = None
) -> Result:
    """Carry a command out; an ordinary no is raised as `Refused`."""
    return or_refused(commands.execute(company, record, progress=progress))


# -- who is included in loyalty rewards -------------------------------------------------------


def set_status(
    company: Company,
    ref: str,
    *,
    name: str | None,
    is_included: bool,
    now: datetime,
    by: str,
) -> Result:
    """Rule 10.2: a client status, new or known, and whether it is in loyalty rewards."""
    row = models.GuestStatus.objects.filter(external_id=ref).first()
    record = order(
        company,
        "status",
        ref,
        now=now,
        by=by,
        not_before=row.known_at if row else None,
        name=name or (row.name if row else ref),
        include_in_loyalty_rewards=is_included,
    )
    result, _ = setting_up.apply(company, record)
    return result


def check_status(company: Company, status: str) -> None:
    if status not in company.statuses:
        raise unknown_reference("status", status, field="status")


def give_status(
    company: Company, guest: str, status: str | None, *, now: datetime, by: str
) -> Result:
    """Rule 10.6: the guest as known, with another status (None: without one)."""
    row = models.Guest.objects.filter(external_id=guest).first()
    known = documents.last_record(f"guest/{guest}")
    if row is None or known is None:
        raise unknown_reference("guest", guest, field="guest")
    if status is not None:
        check_status(company, status)
    said = exporting.record_of(known, company.exponent) | {"status": status}
    for name in ("type", "id", "at", "by"):
        said.pop(name, None)
    record = order(company, "guest", guest, now=now, by=by, not_before=row.known_at, **said)
    return or_refused(intake.apply_facts(company, [record]).results[0])
