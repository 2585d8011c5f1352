"""Records as they come in from other programs: the live twin of an import (contract section 6).

The clock is the server's: a record became known when it came, unless its key has the import
right and says otherwise. Days that are over are closed before anything of a new one is applied,
so that each comes out as if the worker had never been late (rule 4.4).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from regulars.records import models
from regulars.rules.permissions import (
    COMMAND_PERMISSIONS,
    FACT_PERMISSIONS,
    Actor,
    require,
)
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services import feedback_rights, guest_rights, setting_up
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.facts import FeedbackFact, GuestFact, Record
from regulars.services.formats.parsing import Looked, Reader, mapping_of, name_of
from regulars.services.formats.results import Result, refused_result
from regulars.services.organizations import Company
from regulars.services.stream import Stream

Document = Mapping[str, Any]
AHEAD = timedelta(days=1)
"""So far another clock may be ahead, and a date that stands for its noon in another zone."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends records, and whether it may say when they became known.

    `keeps_to_center`: what is of all centers is not its to change, such as the program.
    """

    actor: Actor
    may_import: bool = False
    keeps_to_center: bool = False


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
    check = _checker(company, sender, now)
    context = ReadingContext(now=now)
    with Stream(told.take, company=company, context=context, check=check) as stream:
        reader = _SentReader(context, sender)
        for raw in source:
            stream.take(reader, None, raw)
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


def read_one(
    company: Company, document: Document, *, sender: Sender, now: datetime
) -> Record | Result:
    """A record as `receive` reads it, not applied; the refused result where it cannot be."""
    context = ReadingContext(now=now)
    setting_up.teach(context, company)
    try:
        record = _SentReader(context, sender).parse(document)
        _checker(company, sender, now)(record)
    except Refused as refused:
        return refused_result(name_of(document), refused)
    return record


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


class _SentReader(Reader):
    """Reads records with their sender as `by`.

    Refused before anything else is looked at, so that a no tells nothing of what there is: what
    the sender may not record at all (rule 11), or not date.
    """

    def __init__(self, context: ReadingContext, sender: Sender) -> None:
        super().__init__(context)
        self.sender = sender

    def parse(self, raw: bytes | Document | Refused) -> Record:
        if isinstance(raw, Refused):
            raise raw
        document = dict(mapping_of(raw) if isinstance(raw, bytes) else raw)
        if isinstance(raw, Looked):
            document = Looked(document)
        kind = str(document.get("type"))
        needed = FACT_PERMISSIONS.get(kind) or COMMAND_PERMISSIONS.get(kind)
        if kind == "feedback":
            feedback_rights.check_may_begin(self.sender.actor, document)
            feedback_rights.with_places(self.sender.actor, document)
        elif kind == "guest":
            guest_rights.check_may_begin(self.sender.actor, document)
        elif needed is not None:
            require(self.sender.actor, needed)
        if self.sender.may_import:
            if document.get("by") is None:
                document["by"] = self.sender.actor.name
        elif "at" in document:
            raise Refused(
                "not_permitted",
                said(
                    "Only a key with the import right (scope back_office) may say"
                    " when a record became known; leave it out."
                ),
                field="at",
                value=document["at"],
            )
        else:
            document["by"] = self.sender.actor.name
        return super().parse(document)


def _checker(company: Company, sender: Sender, now: datetime) -> Callable[[Record], None]:
    """Rule 11: at which center this sender may do it; that it may at all is known by now.

    Nothing becomes known ahead of the clock, but in a sandbox: the days until then would be
    closed for good, and a wrong year would close the books for all of it.
    """
    latest = None if company.is_sandbox else now + AHEAD

    def check(record: Record) -> None:
        if latest is not None and record.at > latest:
            raise Refused(
                "invalid_record",
                said("at lies in the future: {at}; it is {now}.", at=record.at, now=now),
                field="at",
                value=record.at.isoformat(),
            )
        if isinstance(record.body, FeedbackFact):
            feedback_rights.check(sender.actor, record.body)
        elif isinstance(record.body, GuestFact):
            guest_rights.check(sender.actor, record.body)
        if sender.actor.center is not None:
            if sender.keeps_to_center and record.kind in _OF_ALL_CENTERS:
                raise _of_all_centers(sender.actor, record.kind)
            needed = FACT_PERMISSIONS.get(record.kind) or COMMAND_PERMISSIONS[record.kind]
            if record.kind == "feedback" and needed not in sender.actor.permissions:
                needed = feedback_rights.PUBLISH  # else it was refused above
            if record.kind == "guest" and needed not in sender.actor.permissions:
                needed = guest_rights.PROCESS  # the same
            for center in _centers_of(company, record):
                require(sender.actor, needed, center=center)

    return check


_OF_ALL_CENTERS = frozenset(
    "organization status item program process_rewards undo_process_rewards".split()
)


def _of_all_centers(actor: Actor, kind: str) -> Refused:
    return Refused(
        "not_permitted",
        said(
            "{name} is for {center} only: {kind} is about all centers.",
            name=actor.name,
            center=actor.center,
            kind=kind,
        ),
        detail={"center": actor.center},
    )


def _centers_of(company: Company, record: Record) -> set[str]:
    """The centers a record is about: its own, the one it had, or that of what it names."""
    body: Any = record.body
    if record.kind == "center":
        return {body.id}
    own = getattr(body, "center", None)
    if own is None:
        found = _center_named_by(body)
    else:
        found = _center_where(_HAD[record.kind], body.id) if record.kind in _HAD else None
    refs = {one.id: one.ref for one in company.centers.values()}
    return {ref for ref in (own, refs.get(found) if found else None) if ref is not None}


_HAD = {"invoice": models.Invoice, "appointment": models.Appointment}


def _center_named_by(body: Any) -> UUID | None:
    """Of the invoice or appointment, or of what the hold or redemption it names is for."""
    for field, model in _HAD.items():
        if ref := getattr(body, field, None):
            return _center_where(model, ref)
    if ref := getattr(body, "redemption", None):
        rows = models.Redemption.objects.filter(external_id=ref, unit="points")
        found: UUID | None = rows.values_list("invoice__center_id", flat=True).first()
        return found
    if ref := getattr(body, "hold", None):
        rows = models.Hold.objects.filter(external_id=ref)
        named = rows.values_list("invoice_ref", "appointment_ref").first()
        for model, one in zip(_HAD.values(), named or (), strict=False):
            if one is not None:
                return _center_where(model, one)
    return None


def _center_where(model: Any, ref: str) -> UUID | None:
    found: UUID | None = (
        model.objects.filter(external_id=ref).values_list("center_id", flat=True).first()
    )
    return found
