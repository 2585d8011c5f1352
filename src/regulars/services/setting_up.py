"""What an organization is set up with: itself, centers, statuses, catalog, program versions."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import F

from regulars.records import journal, models
from regulars.records.ids import uuid7
from regulars.records.scope import organization_scope
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services import programs, transactions
from regulars.services.acting import Acting
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.facts import (
    CenterFact,
    ItemFact,
    OrganizationFact,
    ProgramFact,
    Record,
    StatusFact,
)
from regulars.services.formats.results import Result
from regulars.services.organizations import Company, load_company, load_items


def apply(company: Company | None, record: Record) -> tuple[Result, Company | None]:
    """Apply one of these records; the company is read anew when it changed."""
    if isinstance(record.body, OrganizationFact):
        return _apply_organization(company, record)
    if company is None:
        raise Refused(
            "unknown_reference",
            said("No organization is known yet: its record must come first."),
            field="organization",
        )
    return transactions.write(partial(_apply, company, record))


def _apply(company: Company, record: Record) -> tuple[Result, Company]:
    if record.kind == "program":
        acting = Acting(company, record.name, record.at, record.known_on, record.by)
        assert isinstance(record.body, ProgramFact)
        status = programs.publish(record.body, acting).status
    else:
        status = _APPLY[record.kind](company, record)
    if status == "applied":
        journal.write_journal([journal.journal_row(record)])
        rows = models.Organization.objects.filter(id=company.id)
        rows.update(revision=F("revision") + 1)
        company = load_company(rows.get())
    return Result(record=record.name, status=status), company  # type: ignore[arg-type]


def _apply_organization(company: Company | None, record: Record) -> tuple[Result, Company]:
    fact = record.body
    assert isinstance(fact, OrganizationFact)
    row = models.Organization.objects.filter(external_id=fact.id).first()
    if company is not None and (row is None or row.id != company.id):
        raise Refused(
            "conflict",
            said(
                "These records belong to organization {ref}, not to {other}.",
                ref=company.ref,
                other=fact.id,
            ),
            field="id",
            value=fact.id,
        )
    if row is None:
        row = models.Organization(
            id=uuid7(),
            external_id=fact.id,
            closed_through=record.known_on - timedelta(days=1),
        )
    elif record.at < row.known_at or _says_the_same(row, fact):
        with organization_scope(row.id):
            return Result(record=record.name, status="unchanged"), load_company(row)
    elif row.currency != fact.currency:
        raise Refused(
            "conflict",
            said(
                "The currency is {currency} and stays so: every amount is kept in it.",
                currency=row.currency,
            ),
            field="currency",
            value=fact.currency,
        )
    row.name, row.currency, row.time_zone = fact.name, fact.currency, fact.time_zone
    row.known_at = record.at
    row.revision += 1
    with organization_scope(row.id):
        return transactions.write(partial(_keep_organization, row, record))


def _keep_organization(row: models.Organization, record: Record) -> tuple[Result, Company]:
    row.save()
    journal.write_journal([journal.journal_row(record)])
    return Result(record=record.name, status="applied"), load_company(row)


def _says_the_same(row: models.Organization, fact: OrganizationFact) -> bool:
    return (row.name, row.currency, row.time_zone) == (fact.name, fact.currency, fact.time_zone)


def _apply_center(company: Company, record: Record) -> str:
    fact = record.body
    assert isinstance(fact, CenterFact)
    zone = fact.time_zone or company.zone.key
    return _keep(models.Center, record, name=fact.name, time_zone=zone)


def _apply_status(company: Company, record: Record) -> str:
    fact = record.body
    assert isinstance(fact, StatusFact)
    included = fact.include_in_loyalty_rewards
    return _keep(
        models.GuestStatus, record, name=fact.name, include_in_loyalty_rewards=included
    )


def _apply_item(company: Company, record: Record) -> str:
    fact = record.body
    assert isinstance(fact, ItemFact)
    values = {"name": fact.name, "kind": fact.kind, "price_cents": fact.price_cents}
    return _keep(models.Item, record, **values)


def _keep(model: Any, record: Record, **values: Any) -> str:
    """Insert or replace one small row, unless it says the same or is older."""
    row = model.objects.filter(external_id=record.id).first()
    if row is None:
        model.objects.create(external_id=record.id, known_at=record.at, **values)
        return "applied"
    same = all(getattr(row, name) == value for name, value in values.items())
    if record.at < row.known_at:
        return "unchanged"
    if same:
        model.objects.filter(id=row.id).update(known_at=record.at)
        return "unchanged"
    for name, value in values.items():
        setattr(row, name, value)
    row.known_at = record.at
    row.save()
    return "applied"


_APPLY: dict[str, Callable[[Company, Record], str]] = {
    "center": _apply_center,
    "status": _apply_status,
    "item": _apply_item,
}


def teach(context: ReadingContext, company: Company) -> None:
    """Tell a reader what this organization has."""
    context.set_organization(company.currency, company.zone.key)
    for ref, center in company.centers.items():
        context.set_center(ref, center.zone.key)
    context.set_items(load_items() if company.items is None else company.items)


def teach_again(context: ReadingContext, company: Company, record: Record) -> None:
    """Tell a reader what is held of the thing that a record spoke of in vain."""
    body = record.body
    if isinstance(body, OrganizationFact):
        context.set_organization(company.currency, company.zone.key)
    elif isinstance(body, CenterFact) and body.id in company.centers:
        context.set_center(body.id, company.centers[body.id].zone.key)
    elif isinstance(body, ItemFact):
        kinds = models.Item.objects.filter(external_id=body.id).values_list("kind", flat=True)
        for kind in kinds:
            context.set_item(body.id, kind)
