"""`regulars worker` and `jobs`: the work of every day done by itself, and what came of it."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from time import monotonic, sleep
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regulars.faces.cli import carrying
from regulars.faces.cli.databases import address, open_database
from regulars.faces.cli.running import (
    DIFFERENT,
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    line_about,
    put,
    put_json,
    put_table,
    say,
)

if TYPE_CHECKING:
    from regulars.records.queries.work import WorkLine
    from regulars.services.schedule import Due, Timetable
    from regulars.services.shifts import Ended

CloseAtOption = Annotated[
    str,
    typer.Option(
        metavar="HH:MM",
        envvar="REGULARS_CLOSE_AT",
        help="When each center's day is settled, in its own time; before noon: the morning"
        " after.",
    ),
]
TellAtOption = Annotated[
    str,
    typer.Option(
        metavar="HH:MM",
        envvar="REGULARS_TELL_AT",
        help="From when on reminders and statements are made, in the organization's time.",
    ),
]
LONGEST_SLEEP = timedelta(minutes=5)
"""After so long the calendar is worked out anew: a center or a program may have come."""
REST_AFTER_TROUBLE = timedelta(minutes=1)


def worker(
    once: Annotated[
        bool, typer.Option("--once", help="Do what is due now, and end: for a timer.")
    ] = False,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="INSTANT",
            help="With --once, as if it were 2026-03-01T00:10-05:00; for trials and tests.",
        ),
    ] = None,
    every: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=0.1, help="How often to look for new messages."),
    ] = 10.0,
    close_at: CloseAtOption = "00:05",
    tell_at: TellAtOption = "09:00",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object a line, and nothing else.")
    ] = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Do what every day asks for: closes, expiry, messages, reminders, statements, webhooks.

    It runs until it is told to end (Ctrl-C or SIGTERM; the chunk at hand is finished), for all
    organizations of the database or the one that is named. Days without a worker are caught up.
    With --once the exit code is 1 if something failed; `regulars jobs` says what.
    """
    if at is not None and not once:
        raise typer.BadParameter("--at goes with --once.")
    now = _instant(at) if at else None
    hours = _hour(close_at, "--close-at"), _hour(tell_at, "--tell-at")
    open_database(database)
    from regulars.services.schedule import Timetable

    tell = _tell_json if as_json else _tell
    with _ending() as (must_stop, wait):
        round_ = Round(organization, Timetable(*hours), must_stop, tell)
        rounds = carrying.Rounds(organization, round_.worker, must_stop, round_.tell)
        if once:
            round_.make(now or datetime.now(UTC), trusting=False)
            rounds.make_once()
        else:
            if not as_json:
                say(f"Worker {round_.worker} on {address()}. Ctrl-C ends it.")
            with rounds.beside():
                _go_on(round_, wait, every)
    if once and round_.n_failed:
        raise typer.Exit(DIFFERENT)


def _go_on(round_: "Round", wait: Callable[[float], None], every: float) -> None:
    while not round_.must_stop():
        round_.make(datetime.now(UTC), trusting=True)
        wait(every)


class Round:
    """One worker going from organization to organization, time after time."""

    def __init__(
        self,
        organization: str | None,
        table: "Timetable",
        must_stop: Callable[[], bool],
        tell: Callable[[str, "Ended"], None],
    ) -> None:
        from regulars.services import workers

        self.organization = organization
        self.table = table
        self.must_stop = must_stop
        self.tell = tell
        self.worker = workers.name_of_this_process()
        self.n_failed = 0
        self.looks_at: dict[str, datetime] = {}
        self.rests_until: dict[str, datetime] = {}

    def make(self, now: datetime, *, trusting: bool) -> None:
        """Serve each organization in which something is due; all of them unless `trusting`.

        Trouble in one does not keep the others waiting. Without trust it is raised, at last.
        """
        troubles = []
        for ref in self._organizations(trusting=trusting):
            if self.must_stop():
                return
            try:
                self._serve(ref, now, is_sure=not trusting)
            except Exception as problem:
                self._trouble(ref, now, problem)
                troubles.append(problem)
        if troubles and not trusting:
            raise troubles[0]

    def _organizations(self, *, trusting: bool) -> Sequence[str]:
        if self.organization is not None:
            return [self.organization]
        from regulars.services import founding

        try:
            # A sandbox has a clock of its own, and its days are closed by moving that.
            return founding.organization_refs(with_sandboxes=False)
        except Exception as problem:
            if not trusting:
                raise
            self._trouble("-", datetime.now(UTC), problem)
            return []

    def _serve(self, ref: str, now: datetime, *, is_sure: bool) -> None:
        from regulars.services import schedule, upkeep
        from regulars.services import worker as services

        if not is_sure and self._may_wait(ref, now):
            return
        with upkeep.at_work(ref) as company:
            ended = services.run_due(
                company,
                now=now,
                worker=self.worker,
                table=self.table,
                must_stop=self.must_stop,
                tell=lambda one: self.tell(ref, one),
            )
            self.n_failed += sum(one.state == "failed" for one in ended)
            next_at = schedule.next_look_at(company, self.table, now)
        latest = now + LONGEST_SLEEP
        self.looks_at[ref] = min(next_at or latest, latest)

    def _may_wait(self, ref: str, now: datetime) -> bool:
        """Nothing is due by the calendar, and nothing has come in; two short statements."""
        if now < self.rests_until.get(ref, now):
            return True
        if now >= self.looks_at.get(ref, now):
            return False
        from regulars.services import worker as services

        return not services.has_news(ref, now=now)

    def _trouble(self, ref: str, now: datetime, problem: Exception) -> None:
        from django.db import connection

        found = line_about(problem)
        message = found[0] if found else f"Unexpected {type(problem).__name__}: {problem}"
        say(f"{_stamp(now)}  {ref}  {message} Trying again in a minute.")
        self.rests_until[ref] = now + REST_AFTER_TROUBLE
        connection.close_if_unusable_or_obsolete()


@contextmanager
def _ending() -> Iterator[tuple[Callable[[], bool], Callable[[float], None]]]:
    """(must it end, wait so many seconds): the first signal asks for an end after the chunk at
    hand, the second one ends at once.
    """
    asked: list[int] = []

    def ask(number: int, _: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)

    def wait(seconds: float) -> None:
        # In slices, since a signal does not end a sleep.
        ends_at = monotonic() + seconds
        while not asked and (left := ends_at - monotonic()) > 0:
            sleep(min(left, 0.5))

    before = {one: signal.signal(one, ask) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked), wait
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


# -- what is said -----------------------------------------------------------------------------


def _tell(ref: str, one: "Ended") -> None:
    what = f"{one.job} {one.day}{f' {one.center}' if one.center else ''}"
    put(f"{_stamp(one.at)}  {ref}  {what}  {one.state}  {one.outcome}  {_took(one)}")


def _tell_json(ref: str, one: "Ended") -> None:
    import msgspec

    values = {"organization": ref, **{name: getattr(one, name) for name in one.__slots__}}
    put(msgspec.json.encode(values).decode())


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def _took(one: "Ended | WorkLine") -> str:
    return f"{one.milliseconds / 1000:.1f} s"


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is no instant like 2026-03-01T00:10-05:00.") from None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _hour(text: str, option: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007
    except ValueError:
        raise typer.BadParameter(f"{option}: {text} is no hour like 00:05.") from None


# -- jobs -------------------------------------------------------------------------------------


def jobs(
    failed: Annotated[
        bool, typer.Option("--failed", help="Only what failed and waits to be tried again.")
    ] = False,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many lines.")] = 30,
    close_at: CloseAtOption = "00:05",
    tell_at: TellAtOption = "09:00",
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """List what the worker did, the latest first, what came of it, and what is next.

    Times are UTC, days are business dates. A piece of work that failed is tried again at the
    time that is shown.
    """
    now = datetime.now(UTC)
    hours = _hour(close_at, "--close-at"), _hour(tell_at, "--tell-at")
    open_database(database)
    from regulars.records.queries.webhooks import endpoints
    from regulars.records.queries.work import recent_work
    from regulars.services import schedule, upkeep

    with upkeep.at_work(organization) as company:
        lines = recent_work(limit=limit, only_failed=failed)
        coming = [] if failed else schedule.upcoming(company, schedule.Timetable(*hours), now)
        ill = [one for one in endpoints() if one.problem]
    if as_json:
        put_json(
            {
                "jobs": [_fields(one) for one in lines],
                "next": [*map(_fields, coming)],
                "webhooks": [*map(_fields, ill)],
            }
        )
    else:
        _put_lines(lines, failed=failed)
        _put_coming(coming, now)
        for one in ill:
            put(f"Webhooks: {one.id} ({one.url}) is {one.state}. {one.problem}")


def _fields(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


def _put_lines(lines: Sequence["WorkLine"], *, failed: bool) -> None:
    if not lines:
        put("Nothing failed." if failed else "No worker has run yet: `regulars worker` does.")
        return
    heads = ("started", "job", "day", "center", "state", "took", "what came of it")
    put_table(
        {head: "right" if head == "took" else "left" for head in heads},
        [
            [
                _stamp(one.started_at),
                one.job,
                f"{one.day}",
                one.center or "-",
                one.state,
                _took(one),
                _outcome(one),
            ]
            for one in lines
        ],
    )


def _outcome(one: "WorkLine") -> str:
    said = one.outcome
    if one.state == "running":
        said = f"{said} Held by {one.worker}.".strip()
    if one.next_try_at is not None and one.next_try_at != one.ended_at:
        times = "" if one.attempts == 1 else f" {one.attempts} times so far."
        said = f"{said}{times} Next try {_stamp(one.next_try_at)}."
    return said


def _put_coming(coming: Sequence["Due"], now: datetime) -> None:
    for one in coming:
        what = f"{one.job} {one.day}{f' {one.center}' if one.center else ''}"
        put(f"Next: {what}, {'due since' if one.at <= now else 'at'} {_stamp(one.at)}")
