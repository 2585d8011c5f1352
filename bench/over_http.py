"""One paid invoice posted and settled, and a quote, over HTTP with the production server.

Beside it a bare endpoint of the same stack that writes the very same rows. CPU is that of all
processes of the server and of its database sessions; how long an answer takes is told as the
middle one and the one in a hundred that takes longest, one request at a time.
"""

import json
import pickle
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from bench import stories
from bench.clock import Cpu
from bench.engines import Engine
from bench.floor import rows_now, statements_of, written_since
from bench.report import Line
from bench.serving import Server, serving
from bench.settling import at_the_desk
from bench.working import prepared, reader_for, working_in
from regulars.records import models
from regulars.services import keys

WARM_UP = 40
PRODUCT, BARE = "regulars.site.wsgi:application", "bench.bare_wsgi:application"
ALLOWED = 2.2
QUOTE_MS = 15.0
DAY = stories.START + timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Told:
    """What so many requests came to: CPU of each, and how long each took."""

    cpu: Cpu
    seconds: list[float]

    @property
    def spread(self) -> str:
        p99 = quantiles(self.seconds, n=100)[98]
        return f"p50 {median(self.seconds) * 1e3:.1f} ms, p99 {p99 * 1e3:.1f} ms"


def measure(engine: Engine, *, effort: str) -> list[Line]:
    """With one worker, on PostgreSQL with two as well."""
    n_times = 200 if effort == "quick" else 600
    facts = _facts(n_times + WARM_UP)
    url, key = _shop(engine, facts)
    lines = []
    with TemporaryDirectory(prefix="regulars-bench-") as folder:
        rows = Path(folder) / "rows"
        rows.write_bytes(pickle.dumps(_rows(engine, url, facts)))
        for workers in (1,) if engine.vendor == "sqlite" else (1, 2):
            lines += _with_workers(engine, url, key, facts, rows, workers=workers)
    engine.drop(url)
    return lines


def _facts(count: int) -> list[stories.Fact]:
    """An invoice each for so many guests, all on one day."""
    return [stories.invoice(50_000 + n, ref, DAY, n) for n, ref in enumerate(_refs(count))]


def _refs(count: int) -> list[str]:
    return stories.guest_refs(count)


def _shop(engine: Engine, facts: list[stories.Fact]) -> tuple[str, str]:
    """A company whose guests have been there a few times, and a key to it."""
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
        _, text = keys.create_key(company, "back_office", at=now, by=None)
    return url, text


def _clock(day: date) -> str:
    return f"{day}T20:00:00Z"


def _rows(
    engine: Engine, url: str, facts: list[stories.Fact]
) -> list[list[tuple[str, object]]]:
    """What the product writes for each invoice, as statements of the driver."""
    copy = engine.copy(url)
    told = []
    with working_in(copy) as company:
        reader = reader_for(company)
        guests = dict(models.Guest.objects.values_list("external_id", "id"))
        for fact in facts:
            guest = guests[str(fact["guest"])]
            before = rows_now(guest)
            at_the_desk(company, reader, stories.encode(fact), DAY)
            written = written_since(before, rows_now(guest))
            told.append(statements_of(written, is_sqlite=engine.vendor == "sqlite"))
    engine.drop(copy)
    return told


def _with_workers(
    engine: Engine,
    url: str,
    key: str,
    facts: list[stories.Fact],
    rows: Path,
    *,
    workers: int,
) -> list[Line]:
    size = f"{workers} worker{'s' if workers > 1 else ''}"
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    ours, theirs = engine.copy(url), engine.copy(url)
    with serving(PRODUCT, ours, workers=workers) as server:
        quoted = _told(server, facts, headers, path="/api/v1/quotes", method="POST")
        posted = _told(server, facts, headers, path="/api/v1/invoices/{id}", method="PUT")
    with serving(BARE, theirs, workers=workers, BENCH_ROWS=str(rows)) as server:
        bare = _told(server, facts, {}, path="/api/v1/invoices/{n}", method="PUT")
    engine.drop(ours)
    engine.drop(theirs)
    post = _line(engine, "a paid invoice over HTTP", size, posted)
    post.floor, post.ratio = bare.cpu.all * 1e3, posted.cpu.all / bare.cpu.all
    post.target, post.is_reached = f"≤ {ALLOWED}× the bare one", post.ratio <= ALLOWED
    post.note += f"; bare: {bare.spread}"
    quote = _line(engine, "a quote over HTTP", size, quoted)
    longest = quantiles(quoted.seconds, n=100)[98] * 1e3
    quote.target, quote.is_reached = f"p99 ≤ {QUOTE_MS:.0f} ms", longest <= QUOTE_MS
    return [post, quote]


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


def _told(
    server: Server,
    facts: list[stories.Fact],
    headers: dict[str, str],
    *,
    path: str,
    method: str,
) -> Told:
    """Ask once for each invoice; those of the warm-up are not counted."""
    seconds = []
    before = server.spent()
    for number, fact in enumerate(facts):
        if number == WARM_UP:
            before = server.spent()
        body = json.dumps(_body(fact, is_quote=method == "POST")).encode()
        address = path.format(id=fact["id"], n=number)
        started = perf_counter()
        status, answer = server.ask(method, address, body, headers)
        seconds.append(perf_counter() - started)
        assert status == 200, answer
        assert method == "POST" or answer["status"] == "applied", answer
    spent = server.spent() - before
    count = len(facts) - WARM_UP
    return Told(Cpu(spent.client / count, spent.server / count), seconds[WARM_UP:])


def _body(fact: stories.Fact, *, is_quote: bool) -> stories.Fact:
    """A quote is of the bill before it is paid."""
    if not is_quote:
        return fact
    left_out = ("type", "at", "closed_at")
    bill = {name: value for name, value in fact.items() if name not in left_out}
    return bill | {"status": "open", "payments": []}
