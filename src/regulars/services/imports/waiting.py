"""Imports that wait for the worker: taken up one after another, gone on with after a kill."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from regulars.records import models
from regulars.rules.refusals import Refused
from regulars.services.imports import runs
from regulars.services.imports.keeping import Keeping, progress_of
from regulars.services.imports.performing import Import, perform
from regulars.services.organizations import Company
from regulars.services.receiving import Sender

KEEP_DAYS = 90
"""So long reports can be read, and files that nobody began are kept a third of it."""

Write = Callable[[Callable[[], int]], object]


def is_waiting() -> bool:
    """Whether there is anything for the worker."""
    rows = models.ImportRun.objects.filter(state=runs.WAITING)
    return bool(rows.exists())


def next_waiting() -> UUID | None:
    """The import to go on with: what was begun over HTTP first. A shell does its own."""
    rows = models.ImportRun.objects.filter(state__in=(runs.WAITING, runs.RUNNING))
    held = models.ImportPiece.objects.values_list("run_id", flat=True)
    for key in rows.order_by("made_at").values_list("id", flat=True):
        if held.filter(run_id=key).exists():
            return key  # type: ignore[no-any-return]
    return None


def go_on(
    company: Company,
    run: UUID,
    *,
    now: Callable[[], datetime],
    write: Write,
    must_stop: Callable[[], bool],
) -> int:
    """Carry one import out, from where it stands; how many rows are done.

    A refusal before the first row ends it, with its sentence; asked to stop it stays as it is.
    """
    row = models.ImportRun.objects.get(id=run)
    models.ImportRun.objects.filter(id=run).update(state=runs.RUNNING)
    progress = progress_of(row.progress)
    before = sum(progress.counts.values())
    sender = Sender(runs.actor_of(row), may_import=True)

    n_asked = 0

    def is_over() -> bool:
        nonlocal n_asked
        n_asked += 1
        state = models.ImportRun.objects.values_list("state", flat=True).get(id=run)
        # One chunk at least: else a file that takes longer to read than there is time for would
        # never be any further.
        return state != runs.RUNNING or (n_asked > 1 and must_stop())

    try:
        with runs.files_of(row) as sources:
            is_done = perform(
                company,
                Import(row.kind, sources, row.known_at, row.is_trial),
                sender=sender,
                now=now,
                sink=Keeping(run, write),
                progress=progress,
                must_stop=is_over,
            )
    except Refused as refused:
        runs.end(run, runs.FAILED, at=now(), problem=refused.said)
        return 0
    if is_done:
        runs.end(run, runs.DONE, at=now())
    return sum(progress.counts.values()) - before


def forget(*, now: datetime) -> int:
    """Remove reports that are old, and files that nobody began with; how many imports."""
    over = models.ImportRun.objects.filter(made_at__lt=now - timedelta(days=KEEP_DAYS))
    idle = models.ImportRun.objects.filter(
        made_at__lt=now - timedelta(days=KEEP_DAYS // 3), state=runs.LOOKED_AT
    )
    keys = [*over.values_list("id", flat=True), *idle.values_list("id", flat=True)]
    for model in (models.ImportRow, models.ImportPiece):
        model.objects.filter(run_id__in=keys).delete()
    models.ImportRun.objects.filter(id__in=keys).delete()
    return len(set(keys))
