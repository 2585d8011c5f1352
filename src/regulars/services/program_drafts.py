"""The draft of the next program: one for all, kept here, changed part by part (rule 3.11).

It may be unfinished while it is worked on; what publishes it reads it like any other program.
Two people may have it open: a part that somebody else has changed meanwhile is not written over
unless it is said again, with the newer state known.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from regulars.records import codec, models
from regulars.rules import sentences
from regulars.rules.permissions import Actor, Permission, require
from regulars.rules.program import Program
from regulars.rules.program_diff import program_document
from regulars.rules.program_parsing import parse_program, read_program
from regulars.rules.refusals import Refused
from regulars.services import desk_changes, transactions
from regulars.services.formats.yaml_documents import read_yaml
from regulars.services.founding import id_from
from regulars.services.organizations import Company

Document = Mapping[str, Any]
Edit = Callable[[Document], Document]
Look = Callable[[Document], Any]

WHOLE = "whole"
"""The name of the part that is everything."""

_ABOUT = "program_draft"
# Said when it is published, or nothing about the program.
_ENVELOPE = ("type", "id", "at", "by", "effective_from")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the next program would be. `number` 0: none is kept, this is the one in force.

    `program` is what could be made of `document`, with stand-ins for what has `problems`.
    """

    document: Document
    number: int
    begun_from: date | None
    program: Program
    problems: Sequence[Refused]
    begun_at: datetime | None = None
    begun_by: str | None = None
    changed_at: datetime | None = None
    changed_by: str | None = None

    @property
    def is_kept(self) -> bool:
        return self.number > 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the draft that a form is about: its name, and how to look at it."""

    name: str
    look: Look

    def version(self, document: Document) -> str:
        """A short name of the part as it is, to tell whether it was changed."""
        text = codec.text_of(self.look(document))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


class Overtaken(Exception):
    """Somebody else has changed this part since: `draft` is as it is now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("the draft was changed")
        self.draft = draft


class Unfit(Exception):
    """The part cannot be kept like this: `problems`, with their fields' full names."""

    def __init__(self, problems: Sequence[Refused]) -> None:
        super().__init__("; ".join(one.message for one in problems))
        self.problems = problems


# -- looking ----------------------------------------------------------------------------------


def current(company: Company, *, on: date) -> Draft:
    """The draft, or where there is none the program in force on a day as one would begin."""
    return _draft(company, models.ProgramDraft.objects.first(), on=on)


def first_day(company: Company, *, on: date) -> date:
    """The first day from which a version may be published on `on`: one not closed yet."""
    closed = company.closed_through
    return on if closed is None else max(on, closed + timedelta(days=1))


def _draft(company: Company, row: models.ProgramDraft | None, *, on: date) -> Draft:
    if row is None:
        program = company.versions.on(on) or next(iter(company.versions.programs), None)
        document = document_of(program)
        return _read(company, document, on=on, begun_from=program and program.effective_from)
    return _read(
        company,
        codec.value_of(row.document),
        on=on,
        number=row.number,
        begun_from=row.begun_from,
        begun_at=row.begun_at,
        begun_by=row.begun_by,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )


def _read(company: Company, document: Document, *, on: date, **known: Any) -> Draft:
    program, problems = read_draft(company, document, on=on)
    return Draft(
        **{"document": document, "number": 0, **known}, program=program, problems=problems
    )


def read_draft(
    company: Company, document: Document, *, on: date
) -> tuple[Program, list[Refused]]:
    """A draft's document as a program from the first day it could be published for."""
    day = first_day(company, on=on).isoformat()
    return read_program({**document, "effective_from": day}, company.exponent)


def document_of(program: Program | None) -> dict[str, Any]:
    """A version as a draft of the next; of none, the defaults without a tier."""
    if program is None:
        program = parse_program({"effective_from": date.min.isoformat()}, 2)
    document = program_document(program)
    return {name: value for name, value in document.items() if name not in _ENVELOPE}


# -- changing ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one part. `seen` is the part's version as its form was made from;
    `is_own` picks the problems that are this form's to answer for.
    """

    part: Part
    edit: Edit
    seen: str
    is_own: Callable[[Document, Refused], bool]


def change(company: Company, wanted: Change, *, on: date, at: datetime, by: Actor) -> Draft:
    """Change a part; the first change begins the draft. Raises `Overtaken`, or `Unfit` where a
    field of the part is wrong by itself. Settings that exclude each other are kept: they may be
    on their way. Refused: `not_permitted`.
    """
    require(by, Permission.DEFINE_PROGRAM)
    return transactions.write(partial(_change, company, wanted, on=on, at=at, by=by))


def _change(company: Company, wanted: Change, *, on: date, at: datetime, by: Actor) -> Draft:
    row = models.ProgramDraft.objects.select_for_update().first()
    before = _draft(company, row, on=on)
    if wanted.part.version(before.document) != wanted.seen:
        raise Overtaken(before)
    document = wanted.edit(before.document)
    _, problems = read_draft(company, document, on=on)
    wrong = [
        one for one in problems if one.code == "invalid_record" and wanted.is_own(document, one)
    ]
    if wrong:
        raise Unfit(wrong)
    if document == before.document:
        return before
    row = _keep(row, before, document, at=at, by=by)
    _note(wanted.part.name, wanted.part.look(document), at=at, by=by)
    return _draft(company, row, on=on)


def _keep(
    row: models.ProgramDraft | None,
    before: Draft,
    document: Document,
    *,
    at: datetime,
    by: Actor,
) -> models.ProgramDraft:
    if row is None:
        row = models.ProgramDraft(
            number=0, begun_from=before.begun_from, begun_at=at, begun_by=by.name
        )
    row.document = codec.text_of(document)
    row.number += 1
    row.changed_at, row.changed_by = at, by.name
    row.save()
    return row


def discard(company: Company, *, seen: int, on: date, at: datetime, by: Actor) -> None:
    """Throw the draft away, as it was seen; `Overtaken` if it has been changed since."""
    require(by, Permission.DEFINE_PROGRAM)

    def act() -> None:
        row = models.ProgramDraft.objects.select_for_update().first()
        if row is None:
            return
        if row.number != seen:
            raise Overtaken(_draft(company, row, on=on))
        models.ProgramDraft.objects.filter(id=row.id).delete()
        _note("discarded", codec.value_of(row.document), at=at, by=by)

    transactions.write(act)


def published(version: str, *, seen: int, at: datetime, by: Actor) -> bool:
    """The draft has become a version and ends; False if it was changed meanwhile and stays."""

    def act() -> bool:
        n_ended: int = models.ProgramDraft.objects.filter(number=seen).delete()[0]
        _note("published", version, at=at, by=by)
        return n_ended > 0

    return transactions.write(act)


def load(
    company: Company,
    document: Document,
    *,
    seen: int,
    on: date,
    at: datetime,
    by: Actor,
) -> Draft:
    """Take a whole program into the draft, in place of what is there.

    Raises `Unfit` with everything that is wrong in it, and `Overtaken`.
    """
    said = {name: value for name, value in document.items() if name not in _ENVELOPE}
    _, problems = read_draft(company, said, on=on)
    wrong = [one for one in problems if one.code == "invalid_record"]
    if wrong or document.get("type", "program") != "program":
        raise Unfit(
            wrong
            or [Refused("invalid_record", sentences.said("This is a record of another type."))]
        )
    whole = Part(WHOLE, lambda one: one)

    def act() -> Draft:
        now = _draft(company, models.ProgramDraft.objects.select_for_update().first(), on=on)
        if now.number != seen:
            raise Overtaken(now)
        wanted = Change(
            whole, lambda _: said, whole.version(now.document), lambda _one, _problem: True
        )
        return _change(company, wanted, on=on, at=at, by=by)

    require(by, Permission.DEFINE_PROGRAM)
    return transactions.write(act)


def document_in(text: str) -> Document:
    """The program in a YAML file; refused where it holds anything else."""
    value = read_yaml(text).value
    if not isinstance(value, dict):
        raise Refused(
            "invalid_record",
            sentences.said("The file holds no program: it must be named settings."),
        )
    return value


def new_tier_id(company: Company, document: Document, name: str) -> str:
    """An id of its name that no tier has, nor ever had: what was earned in one names it."""
    taken = {tier.id for program in company.versions.programs for tier in program.tiers}
    taken |= {tier.get("id") for tier in document.get("tiers") or ()}
    plain = id_from(name, "tier")[:150]
    n = 1
    while (ref := plain if n == 1 else f"{plain}-{n}") in taken:
        n += 1
    return ref


# -- what was done ----------------------------------------------------------------------------


def _note(what: str, value: Any, *, at: datetime, by: Actor) -> None:
    desk_changes.note(f"{_ABOUT}/{what}", codec.text_of(value), at=at, by=by.name)


def history() -> list[tuple[str, desk_changes.Change]]:
    """What was done with drafts: the part, and who changed it when; the latest first."""
    found = desk_changes.changes(f"{_ABOUT}/")
    return [(one.about.partition("/")[2], one) for one in found]
