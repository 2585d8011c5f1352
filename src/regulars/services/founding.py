"""A new organization: made by name, given its program, its books opened by the first record."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from regulars.records import journal, models
from regulars.records.ids import uuid7
from regulars.records.quarters import quarter_of
from regulars.records.scope import organization_scope
from regulars.services import setting_up
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.facts import OrganizationFact
from regulars.services.formats.parsing import Reader
from regulars.services.formats.results import Result
from regulars.services.organizations import Company, load_company


def found_organization(
    name: str,
    ref: str | None,
    *,
    currency: str,
    time_zone: str,
    at: datetime,
    by: str,
    is_sandbox: bool = False,
) -> Company:
    """The organization by this id, made if there is none; an existing one stays as it is.

    Its books stay unopened (`closed_through` is empty): they begin with the first record, so
    that a history from before today is taken in day by day.
    """
    document: dict[str, Any] = {
        "type": "organization",
        "id": ref or id_from(name),
        "name": name,
        "currency": currency,
        "time_zone": time_zone,
        "at": at.isoformat(),
        "by": by,
    }
    record = Reader(ReadingContext(now=at)).parse(document)
    fact = record.body
    assert isinstance(fact, OrganizationFact)
    row = models.Organization.objects.filter(external_id=fact.id).first()
    if row is not None:
        with organization_scope(row.id):
            return load_company(row)
    row = models.Organization(id=uuid7(), external_id=fact.id, known_at=record.at)
    row.name, row.currency, row.time_zone = fact.name, fact.currency, fact.time_zone
    row.is_sandbox = is_sandbox
    with transaction.atomic(), organization_scope(row.id):
        row.save()
        journal.write_journal([journal.journal_row(record)])
        return load_company(row)


def publish_program(
    company: Company, document: dict[str, Any], *, at: datetime, by: str
) -> Result:
    """Rules 1.6, 3.11: publish a program document that is known from now on; or `Refused`."""
    moment = moment_of(company, at)
    context = ReadingContext(now=moment)
    setting_up.teach(context, company)
    said = {"type": "program", **document, "at": moment.isoformat(), "by": by}
    record = Reader(context).parse(said)
    result, _ = setting_up.apply(company, record)
    return result


def open_books(company: Company, *, at: datetime, on: date) -> None:
    """The books begin with the first record, known at `at` on the business date `on`.

    What the organization was set up with until then, by a shell of today, counts as known at
    that moment: a history told in the order of the journal then starts with it (rule 1.7).
    """
    company.closed_through = on - timedelta(days=1)
    with transaction.atomic():
        rows = models.Organization.objects.filter(id=company.id)
        rows.update(closed_through=company.closed_through)
        rows.filter(known_at__gt=at).update(known_at=at)
        for kind in (models.Center, models.GuestStatus, models.Item):
            kind.objects.filter(known_at__gt=at).update(known_at=at)
        models.ProgramVersion.objects.filter(published_at__gt=at).update(published_at=at)
        models.Record.objects.filter(at__gt=at).update(at=at, quarter=quarter_of(at))


def moment_of(company: Company, now: datetime) -> datetime:
    """When an act at the shell counts as known: now, unless the books have fallen behind.

    Then it is noon of the day they are at, so that told again it comes where it came.
    """
    if company.closed_through is None:
        return now
    day = company.closed_through + timedelta(days=1)
    if now.astimezone(company.zone).date() <= day:
        return now
    return datetime.combine(day, time(12), tzinfo=company.zone).astimezone(UTC)


def organization_refs(*, with_sandboxes: bool = True) -> list[str]:
    """The ids of all organizations, in their order."""
    rows = models.Organization.objects.order_by("external_id")
    if not with_sandboxes:
        rows = rows.filter(is_sandbox=False)
    return list(rows.values_list("external_id", flat=True))


def id_from(name: str, otherwise: str = "organization") -> str:
    """ "Salon Élan & Co" becomes salon-elan-co."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or otherwise
