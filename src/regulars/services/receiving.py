"""Records as they come in from other programs: the live twin of an import (contract section 6).

The clock is the server's: a record became known when it came, unless its key has the import
right and says otherwise. Days that are over are closed before anything of a new one is applied,
so that each comes out as if the worker had never been late (rule 4.4).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from regulars.records import models
from regulars.rules.permissions import (
    COMMAND_PERMISSIONS,
    FACT_PERMISSIONS,
    Actor,
    require,
)
from regulars.rules.refusals import Refused
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.facts import Record
from regulars.services.formats.parsing import Reader, mapping_of
from regulars.services.formats.results import Result
from regulars.services.organizations import Company
from regulars.services.stream import Stream

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends records, and whether it may say when they became known."""

    actor: Actor
    may_import: bool = False


def receive(
    company: Company,
    source: Iterable[bytes | Document | Refused],
    *,
    sender: Sender,
    now: datetime,
) -> Iterator[Result]:
    """Apply records in order, each whole or not at all; yields their results in that order.

    It goes on as the results are taken: facts are applied by the batch, so that neither the
    records nor the results of a long list are ever held together.
    """
    told = _InOrder()
    check = _checker(company, sender)
    context = ReadingContext(now=now)
    with Stream(told.take, company=company, context=context, check=check) as stream:
        reader = Reader(context)
        for raw in source:
            stream.take(reader, None, _said(raw, sender))
            yield from told.ready()
        stream.pause()
        yield from told.ready()


def receive_all(
    company: Company,
    source: Iterable[bytes | Document | Refused],
    *,
    sender: Sender,
    now: datetime,
    is_trial: bool = False,
) -> list[Result]:
    """All results at once; a trial is answered alike and leaves no trace."""
    if not is_trial:
        return [*receive(company, source, sender=sender, now=now)]
    with transaction.atomic():
        results = [*receive(company, source, sender=sender, now=now)]
        transaction.set_rollback(True)
    return results


class _InOrder:
    """Results wait until those before them are there: facts go by the batch."""

    def __init__(self) -> None:
        self.next = 0
        self.early: dict[int, Result] = {}

    def take(self, place: int, result: Result) -> None:
        self.early[place] = result

    def ready(self) -> Iterator[Result]:
        while self.next in self.early:
            yield self.early.pop(self.next)
            self.next += 1


def _said(raw: bytes | Document | Refused, sender: Sender) -> Document | Refused:
    """The record with its sender as `by`; one that may not date it is refused."""
    try:
        document = dict(mapping_of(raw)) if isinstance(raw, bytes) else raw
    except Refused as refused:
        return refused
    if isinstance(document, Refused):
        return document
    document = dict(document)
    if not sender.may_import:
        if "at" in document:
            return Refused(
                "not_permitted",
                "Only a key with the import right (scope back_office) may say when a record"
                " became known; leave it out.",
                field="at",
                value=document["at"],
            )
        document["by"] = sender.actor.name
    elif document.get("by") is None:
        document["by"] = sender.actor.name
    return document


def _checker(company: Company, sender: Sender) -> Callable[[Record], None]:
    """Rule 11: what this sender may do, and at which center."""

    def check(record: Record) -> None:
        needed = FACT_PERMISSIONS.get(record.kind) or COMMAND_PERMISSIONS[record.kind]
        require(sender.actor, needed)
        if sender.actor.center is not None:
            center = _center_of(company, record)
            if center is not None:
                require(sender.actor, needed, center=center)

    return check


def _center_of(company: Company, record: Record) -> str | None:
    """The center a record is about: its own, or that of the invoice it names."""
    own = getattr(record.body, "center", None)
    if own is not None:
        return str(own)
    for field, model in (("invoice", models.Invoice), ("appointment", models.Appointment)):
        ref = getattr(record.body, field, None)
        row = ref and model.objects.filter(external_id=ref).values_list("center_id").first()
        if row:
            refs = {one.id: one.ref for one in company.centers.values()}
            return refs[row[0]]
    return None
