"""Imports as they are kept: sent in, looked at, mapped, tried, begun, gone on with, ended.

A file that is sent in lies in the database in pieces until its import is over, so that the
worker, on whatever machine, can take it up; a file at a shell stays where it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import msgspec

from regulars.records import codec, models
from regulars.rules import sentences
from regulars.rules.permissions import Actor, Permission, require
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import desk_changes, transactions
from regulars.services.imports.keeping import progress_of, storable
from regulars.services.imports.looking import (
    Document,
    ImportFile,
    digest_of_all,
    look,
    require_agreed,
)
from regulars.services.imports.mapping import check_kind, check_mapping, mapping_from
from regulars.services.imports.performing import Import, Progress, Source, check
from regulars.services.imports.totals import check_stated
from regulars.services.organizations import Company

PIECE = 2**20
LARGEST_FILE = 512 * 2**20
MOST_FILES = 5
LOOKED_AT, WAITING, RUNNING = "looked_at", "waiting", "running"
DONE, FAILED, CANCELLED = "done", "failed", "cancelled"

NEEDED = {
    "guests": Permission.RECORD_FACTS,
    "invoices": Permission.RECORD_FACTS,
    "appointments": Permission.RECORD_FACTS,
    "balances": Permission.ADD_POINTS,
}


# -- at a shell -------------------------------------------------------------------------------


def open_run(
    company: Company,
    kind: str,
    files: Sequence[ImportFile],
    *,
    stated: dict[str, str],
    actor: Actor,
    at: datetime,
    known_at: datetime | None,
) -> tuple[UUID, Progress, datetime]:
    """The run of these files: one that was broken off, to be gone on with, or a new one.

    What has no date of its own became known when the same files came first.
    """
    digest = digest_of_all(kind, files)
    earlier = models.ImportRun.objects.filter(digest=digest, is_trial=False)
    last = earlier.order_by("-made_at").first()
    if last is not None and last.state == RUNNING:
        return last.id, progress_of(last.progress), last.known_at
    moment = known_at or (last.known_at if last is not None else at)
    row = models.ImportRun(
        kind=kind,
        state=RUNNING,
        digest=digest,
        document=_text(Document(list(files), stated)),
        actor=_actor_text(actor),
        known_at=moment,
        made_at=at,
    )
    transactions.write(row.save)
    return row.id, Progress(), moment


def end(run: UUID, state: str, *, at: datetime, problem: str = "") -> None:
    """Keep how it ended. The files of one that is over are not needed any more, unless rows of
    them are to be corrected. `problem` is a sentence, kept so that it can be said in any
    language.
    """

    def write() -> None:
        row = models.ImportRun.objects.get(id=run)
        rows = models.ImportRun.objects.filter(id=run)
        held = codec.text_of(sentences.kept(problem)) if problem else None
        rows.update(state=state, problem=storable(problem), problem_said=held, ended_at=at)
        refused = progress_of(row.progress).counts["refused"]
        if state == DONE and not row.is_trial and not refused:
            models.ImportPiece.objects.filter(run_id=run).delete()

    transactions.write(write)


# -- over HTTP --------------------------------------------------------------------------------


def receive_file(
    kind: str,
    name: str,
    blocks: Iterable[bytes],
    *,
    actor: Actor,
    at: datetime,
    run: str | None = None,
    sheet: str | None = None,
) -> UUID:
    """Keep a file that is sent in and look at it: a new import, or one more file of `run`."""
    check_kind(kind)
    require(actor, NEEDED[kind])
    with TemporaryDirectory(prefix="regulars-upload-") as folder:
        path = Path(folder) / "file"
        _spool(blocks, path)
        found = look(path, kind, name=name, sheet=sheet)
        row = models.ImportRun(
            kind=kind,
            state=LOOKED_AT,
            document=_text(Document()),
            actor=_actor_text(actor),
            made_at=at,
        )
        if run is not None:
            row = _changeable(run)
            if row.kind != kind:
                raise Refused(
                    "conflict",
                    sentences.said("This import is of {kind}.", kind=row.kind),
                    field="kind",
                )
        transactions.write(lambda: _keep_file(row, found, path))
    return row.id


def _spool(blocks: Iterable[bytes], path: Path) -> None:
    size = 0
    with path.open("wb") as out:
        for block in blocks:
            size += len(block)
            if size > LARGEST_FILE:
                raise Refused(
                    "invalid_record",
                    sentences.said(
                        "A file may have {most:,} bytes; send it in parts.",
                        most=LARGEST_FILE,
                    ),
                    field="file",
                )
            out.write(block)


def _keep_file(row: models.ImportRun, file: ImportFile, path: Path) -> None:
    document = document_of(row)
    place = len(document.files)
    if place >= MOST_FILES:
        raise Refused(
            "invalid_record",
            sentences.said("An import may have {most} files.", most=MOST_FILES),
            field="file",
        )
    document.files.append(file)
    row.document = _text(document)
    row.save()
    with path.open("rb") as stream:
        number = 0
        while block := stream.read(PIECE):
            models.ImportPiece.objects.create(
                run_id=row.id, file=place, number=number, content=block
            )
            number += 1


def set_mapping(run: str, file: int, document: Any) -> None:
    """Say how a file is read; or refused by what is wrong with it."""
    row = _changeable(run)
    found = document_of(row)
    if not 0 <= file < len(found.files):
        raise unknown_reference("file", str(file), field="file")
    mapping = mapping_from(document)
    check_mapping(row.kind, mapping)
    found.files[file].mapping = mapping
    found.files[file].is_agreed = True
    row.document = _text(found)
    transactions.write(row.save)


def begin(
    company: Company,
    run: str,
    *,
    is_trial: bool,
    actor: Actor,
    at: datetime,
    stated: dict[str, str] | None = None,
    known_at: datetime | None = None,
) -> None:
    """Ask the worker for it; refused while a column is missing, unsure or unclear."""
    row = _changeable(run)
    require(actor, NEEDED[row.kind])
    document = document_of(row)
    check_stated(stated or {})
    document.stated = stated or {}
    for one in document.files:
        require_agreed(one)
    with files_of(row) as sources:
        check(company, Import(row.kind, sources, at))
    row.document = _text(document)
    row.state, row.is_trial, row.progress, row.problem = WAITING, is_trial, "{}", ""
    row.problem_said = None
    row.digest, row.actor, row.ended_at = (
        digest_of_all(row.kind, document.files),
        _actor_text(actor),
        None,
    )
    row.known_at = known_at or row.known_at or at

    def write() -> None:
        models.ImportRow.objects.filter(run_id=row.id).delete()
        row.save()
        said = {"kind": row.kind, "file": document.files[0].name}
        act = "tried" if is_trial else "taken in"
        desk_changes.note_act(f"import/{run}", act, said, at=at, by=actor.name)

    transactions.write(write)


def cancel(run: str, *, at: datetime, by: str) -> None:
    """No more of it is done; what was taken in stays."""
    row = run_of(run)
    if row.state not in (LOOKED_AT, WAITING, RUNNING):
        raise Refused(
            "conflict",
            sentences.said("This import is {state}.", state=row.state),
            field="state",
            value=row.state,
        )

    def stop() -> None:
        end(row.id, CANCELLED, at=at)
        desk_changes.note_act(f"import/{run}", "stopped", {"kind": row.kind}, at=at, by=by)

    transactions.write(stop)


def _changeable(run: str) -> models.ImportRun:
    row = run_of(run)
    may = row.state == LOOKED_AT or (row.is_trial and row.state in (DONE, FAILED))
    if not may and row.state != FAILED:
        raise Refused(
            "conflict",
            sentences.said(
                "This import is {state}; send the file again for another.", state=row.state
            ),
            field="state",
            value=row.state,
        )
    return row


# -- reading ----------------------------------------------------------------------------------


def run_of(run: str) -> models.ImportRun:
    try:
        row: models.ImportRun | None = models.ImportRun.objects.filter(id=UUID(run)).first()
    except ValueError:
        row = None
    if row is None:
        raise unknown_reference("import", run, field="id")
    return row


def document_of(row: models.ImportRun) -> Document:
    return msgspec.json.decode(row.document, type=Document)


def problem_of(row: models.ImportRun) -> str:
    """Why it failed: a sentence that any language can say, or as text what was kept as such."""
    if not row.problem_said:
        return str(row.problem)
    return sentences.retold(codec.value_of(row.problem_said))


def actor_of(row: models.ImportRun) -> Actor:
    return msgspec.json.decode(row.actor, type=Actor)


def runs(*, limit: int = 50) -> list[models.ImportRun]:
    """The newest imports first."""
    return list(models.ImportRun.objects.order_by("-made_at")[:limit])


@contextmanager
def files_of(row: models.ImportRun) -> Iterator[list[Source]]:
    """The files of an import on this machine's disk, for as long as they are needed."""
    with TemporaryDirectory(prefix="regulars-import-") as folder:
        sources = []
        for place, file in enumerate(document_of(row).files):
            path = Path(folder) / str(place)
            with path.open("wb") as out:
                for block in _pieces(row.id, place):
                    out.write(block)
            sources.append(Source(path, file.name, file.mapping, file.sheet))
        yield sources


def _pieces(run: UUID, file: int) -> Iterator[bytes]:
    number = 0
    rows = models.ImportPiece.objects.filter(run_id=run, file=file)
    while piece := rows.filter(number=number).values_list("content", flat=True).first():
        yield bytes(piece)
        number += 1


def _text(document: Document) -> str:
    return msgspec.json.encode(document).decode()


def _actor_text(actor: Actor) -> str:
    said = {
        "name": actor.name,
        "permissions": sorted(actor.permissions),
        "center": actor.center,
    }
    return msgspec.json.encode(said).decode()
