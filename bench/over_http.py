"""One paid invoice posted and settled, and a quote, over HTTP with the production server.

Beside it a bare endpoint of the same stack that writes the very same rows; the two are asked in
turn, so that what else the machine does burdens both alike. CPU is that of all processes of the
server and of its database sessions; how long an answer takes is told as the middle one and the
one in a hundred that takes longest, one request at a time.
"""

import json
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from bench import stories
from bench.clock import Cpu
from bench.engines import Engine
from bench.floor import statements_of
from bench.report import Line
from bench.serving import Server, serving
from bench.settling import written_by
from bench.working import prepared, working_in
from regulars.records import models
from regulars.services import keys

WARM_UP = 40
TOGETHER = 20
"""Requests before it is the other server's turn; the warm-up is whole turns."""
PRODUCT, BARE = "regulars.site.wsgi:application", "bench.bare_wsgi:application"
ALLOWED = 2.2
QUOTE_MS = 15.0
DAY = stories.START + timedelta(days=30)


@dataclass(slots=True)
class Told:
    """What requests to one server came to: CPU of all of them, and how long each took."""

    server: Server
    begun: Cpu
    seconds: list[float] = field(default_factory=list)

    @property
    def cpu(self) -> Cpu:
        """Of each request, so far."""
        spent, count = self.server.spent() - self.begun, len(self.seconds)
        return Cpu(spent.client / count, spent.server / count)

    @property
    def spread(self) -> str:
        p99 = quantiles(self.seconds, n=100)[98]
        return f"p50 {median(self.seconds) * 1e3:.1f} ms, p99 {p99 * 1e3:.1f} ms"


def measure(engine: Engine, *, effort: str) -> Iterator[Line]:
    """With one worker and with two."""
    n_times = 160 if effort == "quick" else 600
    facts = _facts(n_times + WARM_UP)
    url, key, by = _shop(engine, facts)
    with TemporaryDirectory(prefix="regulars-bench-") as folder:
        rows = Path(folder) / "rows"
        rows.write_bytes(pickle.dumps(_rows(engine, url, facts, by=by)))
        for workers in (1, 2):
            yield from _with_workers(engine, url, key, facts, rows, workers=workers)
    engine.drop(url)


def _facts(count: int) -> list[stories.Fact]:
    """An invoice each for so many guests, all on one day."""
    return [stories.invoice(50_000 + n, ref, DAY, n) for n, ref in enumerate(_refs(count))]


def _refs(count: int) -> list[str]:
    return stories.guest_refs(count)


def _shop(engine: Engine, facts: list[stories.Fact]) -> tuple[str, str, str]:
    """A company whose guests have been there a few times, a key to it, and by whom its work is
    done then.
    """
    refs = _refs(len(facts))
    history = [
        *stories.beginning(timing="immediate"),
        *stories.guests(refs),
        *stories.invoices(len(refs) * 4, refs, a_day=len(refs) // 5),
    ]
    url = prepared(engine, history, last=DAY - timedelta(days=1))
    with working_in(url) as company:
        now = _clock(DAY)
        models.Organization.objects.filter(id=company.id).update(is_sandbox=True, clock_at=now)
        key, text = keys.create_key(company, "back_office", at=now, by=None)
    return url, text, key.actor().name


def _clock(day: date) -> str:
    return f"{day}T20:00:00Z"


def _rows(
    engine: Engine, url: str, facts: list[stories.Fact], *, by: str
) -> list[list[tuple[str, object]]]:
    """What the product writes for each invoice, by whom too, as statements of the driver."""
    is_sqlite = engine.vendor == "sqlite"
    told = written_by(engine, url, [fact | {"by": by} for fact in facts], DAY)
    return [statements_of(written, is_sqlite=is_sqlite) for written in told]


def _with_workers(
    engine: Engine,
    url: str,
    key: str,
    facts: list[stories.Fact],
    rows: Path,
    *,
    workers: int,
) -> Iterator[Line]:
    size = f"{workers} worker{'s' if workers > 1 else ''}"
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    ours, theirs = engine.copy(url), engine.copy(url)
    with (
        serving(PRODUCT, ours, workers=workers) as server,
        serving(BARE, theirs, workers=workers, BENCH_ROWS=str(rows)) as bare_server,
    ):

        def ask(fact: stories.Fact, number: int) -> None:
            _ask(server, "PUT", f"/api/v1/invoices/{fact['id']}", fact, headers)

        def ask_bare(fact: stories.Fact, number: int) -> None:
            _ask(bare_server, "PUT", f"/api/v1/invoices/{number}", fact, {})

        def quote(fact: stories.Fact, number: int) -> None:
            _ask(server, "POST", "/api/v1/quotes", _bill(fact), headers)

        [quoted] = _in_turn(facts, [(server, quote)])
        yield _quote_line(engine, size, quoted)
        posted, bare = _in_turn(facts, [(server, ask), (bare_server, ask_bare)])
        yield _post_line(engine, size, posted, bare)
    engine.drop(ours)
    engine.drop(theirs)


Ask = Callable[[stories.Fact, int], None]


def _in_turn(facts: list[stories.Fact], asked: Sequence[tuple[Server, Ask]]) -> list[Told]:
    """Ask each once for each invoice, some at a time; the warm-up is not counted."""
    told: list[Told] = []
    for first in range(0, len(facts), TOGETHER):
        if first == WARM_UP:
            told = [Told(server, server.spent()) for server, _ in asked]
        for place, (_, ask) in enumerate(asked):
            for number in range(first, min(first + TOGETHER, len(facts))):
                started = perf_counter()
                ask(facts[number], number)
                if told:
                    told[place].seconds.append(perf_counter() - started)
    return told


def _post_line(engine: Engine, size: str, posted: Told, bare: Told) -> Line:
    line = _line(engine, "a paid invoice over HTTP", size, posted)
    line.floor = bare.cpu.all * 1e3
    line.ratio = line.value / line.floor
    line.target, line.is_reached = f"≤ {ALLOWED}× the bare one", line.ratio <= ALLOWED
    line.note += f"; bare: {bare.spread}"
    return line


def _quote_line(engine: Engine, size: str, quoted: Told) -> Line:
    line = _line(engine, "a quote over HTTP", size, quoted)
    longest = quantiles(quoted.seconds, n=100)[98] * 1e3
    line.target, line.is_reached = f"p99 ≤ {QUOTE_MS:.0f} ms", longest <= QUOTE_MS
    return line


def _line(engine: Engine, measure: str, size: str, told: Told) -> Line:
    cpu = told.cpu
    return Line(
        measure,
        engine.vendor,
        size,
        unit="ms a request",
        value=cpu.all * 1e3,
        client=cpu.client * 1e3,
        server=cpu.server * 1e3,
        note=told.spread,
    )


def _ask(
    server: Server, method: str, path: str, document: stories.Fact, headers: dict[str, str]
) -> None:
    body = json.dumps(document).encode()
    status, answer = server.ask(method, path, body, headers)
    assert status == 200, answer
    assert method == "POST" or answer["status"] == "applied", answer


def _bill(fact: stories.Fact) -> stories.Fact:
    """What is quoted: the bill before it is paid."""
    left_out = ("type", "at", "closed_at")
    bill = {name: value for name, value in fact.items() if name not in left_out}
    return bill | {"status": "open", "payments": []}
