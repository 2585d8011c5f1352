"""What the front desk's pages cost where there are many guests, as the owner sees them.

Every registered screen is asked for in this process, beside a bare page of the same stack that
asks the database nothing. The wire and the web server are not in it: `http` measures those.
"""

from datetime import timedelta
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from bench import bare_page, crowds
from bench.clock import Clock, Cpu, django_clock
from bench.engines import Engine
from bench.report import Line
from bench.working import working_in
from regulars.rules import categories
from regulars.services.organizations import Company
from tests.faces.desk import busy, screens

SIZES = {"quick": 10_000, "usual": 100_000, "full": 100_000}
N_ROWS = 60
"""Appointments today, open invoices, visits of the busiest guest, and so on."""
N_TIMES = 5
ALLOWED_MS = 100.0
AMONG_MANY = {
    **{f"clients_who_are_{kind}": f"/clients?category={kind}" for kind in categories.KINDS},
    "find_everybody": "/find?q=guest",
    "clients_found_of_all": "/clients?search=guest",
}
# It is a file, and what it costs depends on its length: only its first lines are waited for.
FILES = {"client_file"}


def measure(engine: Engine, *, effort: str) -> list[Line]:
    size = SIZES[effort]
    url = engine.migrated()
    with override_settings(ROOT_URLCONF="bench.bare_page"):
        busy.furnish(N_ROWS)
        with working_in(url) as company:
            _gather(company, size)
        client, clock = busy.owner(), django_clock()
        bare = _asked(client, clock, bare_page.ADDRESS)[0]
        lines = [
            _line(engine, name, f"{size:,} guests", _asked(client, clock, address), bare)
            for name, address in (screens.addresses() | AMONG_MANY).items()
        ]
    engine.drop(url)
    return sorted(lines, key=lambda line: -line.value)


def _gather(company: Company, size: int) -> None:
    """Everybody has been there twice, a third of them have a reward."""
    recent, earlier = busy.TODAY - timedelta(days=40), busy.TODAY - timedelta(days=400)
    crowds.add_guests(company, size)
    crowds.add_lookups(company, size)
    crowds.add_accounts(company, size, since=earlier)
    for place, day in enumerate((recent, earlier)):
        crowds.add_invoices(
            company, size, on=day, cents="n % 500 * 100", place=place, center=busy.CENTER
        )
    crowds.add_spend(company, size, days=[recent], cents="n % 500 * 100")
    crowds.add_rewards(company, size // 3, on=recent)
    crowds.analyze()


def _asked(client: Client, clock: Clock, address: str) -> tuple[Cpu, int]:
    """CPU of asking for it again, the middle of several, and the number of statements."""
    with CaptureQueriesContext(connection) as seen:
        _ask(client, address)
    spent = [clock.time(lambda: _ask(client, address)) for _ in range(N_TIMES)]
    return _middle(spent), len(seen.captured_queries)


def _middle(spent: list[Cpu]) -> Cpu:
    return Cpu(median(one.client for one in spent), median(one.server for one in spent))


def _ask(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    if answer.streaming:
        next(iter(answer))


def _line(engine: Engine, name: str, size: str, told: tuple[Cpu, int], bare: Cpu) -> Line:
    cpu, n_statements = told
    line = Line(
        f"page {name}",
        engine.vendor,
        size,
        unit="ms a page",
        value=cpu.all * 1e3,
        client=cpu.client * 1e3,
        server=cpu.server * 1e3,
        floor=bare.all * 1e3,
        ratio=cpu.all / bare.all,
        note=f"{n_statements} statements",
    )
    if name not in FILES:
        line.target, line.is_reached = f"≤ {ALLOWED_MS:.0f} ms", line.value <= ALLOWED_MS
    return line
