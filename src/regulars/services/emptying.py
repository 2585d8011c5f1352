"""A sandbox made empty, so that the next trial begins where the first one did."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F, ForeignKey

from regulars.records import journal, models
from regulars.rules import sentences
from regulars.rules.permissions import Actor, Permission, require
from regulars.rules.refusals import Refused
from regulars.services import desk_changes, transactions
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.parsing import Reader
from regulars.services.organizations import Company

FIELDS = ("name", "currency", "time_zone")
KEPT = (
    models.KeyUse,
    models.KeptAnswer,
    models.StaffMember,
    models.WebhookEndpoint,
    models.EventFeed,
)
"""Who may ask, who is told, and numbers that never come again; all else has come in."""


def empty_sandbox(
    company: Company,
    said: Mapping[str, Any],
    *,
    at: datetime,
    actor: Actor,
    is_trial: bool = False,
) -> dict[str, Any]:
    """Forget all that came in and what it became; `said` may name another `name`, `currency` or
    `time_zone`. The books begin with the next record, the clock is the real one again.

    Keys, endpoints and staff stay, but for staff of one center, which goes. A trial leaves
    everything. Refused: no sandbox, an unknown field, a currency or zone that is none.
    """
    require(actor, Permission.SET_UP)
    if actor.center is not None:
        raise Refused(
            "not_permitted",
            sentences.said(
                "{name} is for {center} alone.", name=actor.name, center=actor.center
            ),
        )
    if not company.is_sandbox:
        raise Refused(
            "conflict",
            sentences.said(
                "{ref} is no sandbox: nothing of it is ever forgotten.", ref=company.ref
            ),
            field="organization",
            value=company.ref,
        )
    if is_trial:
        with transaction.atomic():
            told = _emptied(company, said, at=at, actor=actor)
            transaction.set_rollback(True)
        return told
    return transactions.write(partial(_emptied, company, said, at=at, actor=actor))


def _emptied(
    company: Company, said: Mapping[str, Any], *, at: datetime, actor: Actor
) -> dict[str, Any]:
    record = _as_record(company, said, at=at, actor=actor)
    models.StaffMember.objects.filter(center__isnull=False).delete()
    models.EventFeed.objects.update(forgotten_through=F("last_number"))
    for table in _tables():
        table.objects.all().delete()
    fact = record.body
    models.Organization.objects.filter(id=company.id).update(
        name=fact.name,
        currency=fact.currency,
        time_zone=fact.time_zone,
        known_at=at,
        closed_through=None,
        expired_through=None,
        clock_at=None,
        revision=F("revision") + 1,
    )
    journal.write_journal([journal.journal_row(record)])
    desk_changes.note_act("sandbox/all", "emptied", {}, at=at, by=actor.name)
    told = {"name": fact.name, "currency": fact.currency, "time_zone": fact.time_zone}
    return {"organization": company.ref, **told}


def _as_record(company: Company, said: Mapping[str, Any], *, at: datetime, actor: Actor) -> Any:
    """The organization as it is from now on, said in its own record and read like any other."""
    for name in said:
        if name not in FIELDS:
            raise Refused(
                "invalid_record", sentences.said("There is no such field."), field=name
            )
    document = {
        "type": "organization",
        "id": company.ref,
        "name": company.name,
        "currency": company.currency,
        "time_zone": company.zone.key,
        **said,
        "at": at.isoformat(),
        "by": actor.name,
    }
    return Reader(ReadingContext(now=at)).parse(document)


def _tables() -> Iterator[Any]:
    """The tables of an organization's own rows, each before those that it points to."""
    pointing: dict[Any, set[Any]] = {}
    for model in apps.get_app_config("records").get_models():
        if getattr(model, "placement", None) == "organization" and model not in KEPT:
            keys = [one for one in model._meta.local_fields if isinstance(one, ForeignKey)]
            pointing[model] = {one.remote_field.model for one in keys} - {model}
    order = TopologicalSorter(pointing).static_order()
    yield from reversed([table for table in order if table in pointing])
