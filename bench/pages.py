"""What the pages of desk and office cost where there are many guests, as the owner sees them.

Every registered screen is asked for in this process, beside a bare page of the same stack that
asks the database nothing. The wire and the web server are not in it: `http` measures those.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from bench import bare_page, clientele, crowds
from bench.clock import Clock, Cpu, django_clock
from bench.engines import Engine
from bench.report import Line
from regulars.records import migrations, statistics
from regulars.records.scope import organization_scope
from regulars.rules import categories
from regulars.site.loading import keep_what_is_loaded
from tests import databases
from tests.faces.desk import busy, busy_office, screens

SIZES = {"quick": 2_000, "usual": 100_000, "full": 100_000}
N_ROWS = 60
"""Appointments today, open invoices, columns of the book, statuses, and so on."""
N_VISITS = 500
"""Of the busiest guest, whose page is looked at."""
N_TIMES = 5
ALLOWED_MS = 100.0
AMONG_MANY = {
    **{f"clients_who_are_{kind}": f"/clients?category={kind}" for kind in categories.KINDS},
    **{
        f"clients_by_{sort.replace('-', 'falling_')}": f"/clients?sort={sort}"
        for sort in "-name status -status tier -tier n_rewards rewards_end known".split()
    },
    "clients_in_gold": "/clients?tier=gold",
    "clients_in_gold_by_points": "/clients?tier=gold&sort=-points",
    "clients_regular_by_points": "/clients?category=regular&sort=-points",
    "clients_of_a_status": "/clients?status=regular",
    "clients_included_by_rewards": "/clients?included=yes&sort=-rewards",
    "clients_without_rewards": "/clients?has_rewards=no",
    "clients_at_home_here": f"/clients?center={busy.CENTER}",
    "clients_who_opted_out": "/clients?opted_in=no",
    "clients_found_of_many": "/clients?search=mara",
    "find_by_name": "/find?q=mara",
    "find_by_whole_name": "/find?q=mara+kel",
    "find_by_phone": "/find?q=917+001",
    "find_by_last_digits": "/find?q=1234",
    "find_by_email": "/find?q=mara.k",
    "find_nobody": "/find?q=zzzz",
    "invoices_found": "/invoices?state=all&search=mara",
    "invoice_found": "/invoices?state=all&search=c0-777",
}
# It is a file, and what it costs depends on its length: only its first lines are waited for.
FILES = {
    "audit_file",
    "client_file",
    "export_file",
    "guest_book",
    "import_report",
    "report_file",
    "reward_letters",
    "rewards_file",
}
# It comes after the page it is on has been shown: the close itself, tried and taken back.
AFTERWARDS = {"close_preview"}
IN_PLACE = {"HX-Request": "true"}


def measure(engine: Engine, *, effort: str, guests: int | None = None) -> list[Line]:
    """One line a page, the slowest first; each is said as soon as it is known."""
    size = guests or SIZES[effort]
    url = engine.kept(f"pages-{size}-{N_ROWS}-{N_VISITS}", _sources(), lambda: _build(size))
    lines = []
    databases.configure(url)
    with override_settings(ROOT_URLCONF="bench.bare_page"):
        client, clock = busy.owner(), django_clock()
        client.raise_request_exception = False  # the others are measured all the same
        keep_what_is_loaded()  # as the server does
        bare = _asked(client, clock, _Page("bare", bare_page.ADDRESS)).cpu
        _say(f"a bare page: {bare.all * 1e3:.1f} ms")
        for page in _pages():
            told = _asked(client, clock, page)
            line = _line(engine, f"pages, {size:,} guests", page, told=told, bare=bare)
            _say(f"{line.value:8.1f} ms  {line.ratio or 0:5.0f} x  {line.note:16}  {page.name}")
            lines.append(line)
    return sorted(lines, key=lambda line: -line.value)


@dataclass(frozen=True, slots=True)
class _Page:
    """What is asked for; where `is_in_place`, as a page asks for a piece of itself."""

    name: str
    address: str
    is_in_place: bool = False
    has_target: bool = True


def _pages() -> Iterator[_Page]:
    """Every screen, then the pieces that come into one."""
    for name, address in (screens.addresses() | AMONG_MANY).items():
        yield _Page(name, address, has_target=name not in FILES | AFTERWARDS)
    for name, address in screens.SHOWN_IN_PLACE.items():
        yield _Page(name, address, is_in_place=True)
    for name, address in screens.READ_LATER.items():
        yield _Page(f"{name}, read later", address, is_in_place=True, has_target=False)


def _say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


# -- where they are measured ------------------------------------------------------------------


def _sources() -> Iterator[Path]:
    """What the database is made by: after a change of any of it another one is needed."""
    for module in (clientele, crowds, busy, busy_office):
        yield Path(str(module.__file__))
    yield from sorted(Path(next(iter(migrations.__path__))).glob("0*.py"))


def _build(size: int) -> None:
    _say("a busy desk …")
    company = busy.furnish(N_ROWS, N_VISITS)
    with organization_scope(company.id):
        clientele.gather(company, size, today=busy.TODAY, center=busy.CENTER, say=_say)
    statistics.refresh()  # as the worker does each night


# -- one page ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """What an address cost: CPU of asking for it again, the middle of several."""

    status: int
    cpu: Cpu
    n_statements: int


def _asked(client: Client, clock: Clock, page: _Page) -> _Told:
    status = _ask(client, page)
    with CaptureQueriesContext(connection) as seen:
        _ask(client, page)
        n_statements = len(seen)
    spent = [clock.time(lambda: _ask(client, page))]
    while len(spent) < N_TIMES and spent[0].all * 1e3 < 10 * ALLOWED_MS:
        spent.append(clock.time(lambda: _ask(client, page)))
    middle = Cpu(median(one.client for one in spent), median(one.server for one in spent))
    return _Told(status, middle, n_statements)


def _ask(client: Client, page: _Page) -> int:
    answer = client.get(page.address, headers=IN_PLACE if page.is_in_place else {})
    if answer.streaming:
        next(iter(answer))
    return answer.status_code


def _line(engine: Engine, measure: str, page: _Page, *, told: _Told, bare: Cpu) -> Line:
    line = Line(
        measure,
        engine.vendor,
        page.name,
        unit="ms a page",
        value=told.cpu.all * 1e3,
        client=told.cpu.client * 1e3,
        server=told.cpu.server * 1e3,
        floor=bare.all * 1e3,
        ratio=told.cpu.all / bare.all,
        note=f"{told.n_statements} statements",
    )
    if told.status != 200:
        line.note = f"answered {told.status}"
    elif page.has_target:
        line.target, line.is_reached = f"≤ {ALLOWED_MS:.0f} ms", line.value <= ALLOWED_MS
    return line
