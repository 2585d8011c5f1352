"""Process Loyalty Rewards over many guests, a part of whom have reached the threshold."""

from collections.abc import Iterator
from datetime import date

from bench import crowds, stories
from bench.clock import Clock, Cpu, django_clock
from bench.engines import Engine
from bench.floor import Floor, rows_now, written_since
from bench.report import Line, line_of
from bench.working import prepared, reader_for, working_in
from regulars.services import commands, reward_sales
from regulars.services.formats.results import Result
from regulars.services.organizations import Company

SIZES = {
    "quick": (1_000, 5_000),
    "usual": (1_000, 5_000, 20_000),
    "full": (1_000, 5_000, 20_000, 100_000),
}
MEASURE, LOOKING = "process rewards", "preview rewards"
BARE_SUM = "SELECT guest_id, SUM(qualifying_cents) FROM records_invoice GROUP BY guest_id"
DAY = date(2024, 6, 30)
PER_GUEST, PER_REWARD = 40, 60
"""Targets: microseconds of CPU for each guest looked at, and for each reward."""


def measure(engine: Engine, *, effort: str) -> Iterator[Line]:
    for size in SIZES[effort]:
        yield from _of_size(engine, size)


def _of_size(engine: Engine, size: int) -> list[Line]:
    url = prepared(engine, stories.beginning())
    with working_in(url) as company:
        _gather(company, size)
        before = rows_now()
        looked = _looked(engine, url, company, size)
    product: list[Cpu] = []
    floors: list[Cpu] = []
    n_rewards = 0
    for _ in range(3 if size <= 5_000 else 1):
        copy = engine.copy(url)
        with working_in(copy) as company:
            clock = django_clock()
            told: list[Result] = []
            product.append(clock.time(lambda c=company, t=told: t.append(_process(c))))
            assert told[0].status == "applied", told
            n_rewards = int(told[0].detail["rewards"])
            written = written_since(before, rows_now())
        bare = engine.copy(url)
        floor = Floor(engine, bare)
        floors.append(floor.write(written))
        floor.close()
        engine.drop(copy)
        engine.drop(bare)
    engine.drop(url)
    line = line_of(
        MEASURE,
        engine.vendor,
        f"{size:,} guests",
        unit="µs a guest",
        product=product,
        floor=floors,
        count=size,
    )
    allowed = PER_GUEST + PER_REWARD * n_rewards / size
    line.target = f"≤ {allowed:.0f} µs ({PER_GUEST} + {PER_REWARD} a reward)"
    line.is_reached = line.value <= allowed
    line.note = f"{n_rewards:,} rewards"
    return [looked, line]


def _looked(engine: Engine, url: str, company: Company, size: int) -> Line:
    """The preview beside the least that could be asked: one bare sum of sales by guest."""
    raw = engine.connect(url)
    its_clock = Clock(None if engine.vendor == "sqlite" else raw.info.backend_pid)
    clock = django_clock()
    product: list[Cpu] = []
    bare: list[Cpu] = []
    for _ in range(5):
        product.append(clock.time(lambda: _preview(company)))
        bare.append(its_clock.time(lambda: raw.execute(BARE_SUM).fetchall()))
    raw.close()
    line = line_of(
        LOOKING,
        engine.vendor,
        f"{size:,} guests",
        unit="µs a guest",
        product=product,
        floor=bare,
        count=size,
    )
    line.target = f"≤ {PER_GUEST} µs"
    line.is_reached = line.value <= PER_GUEST
    line.note = "beside one bare SUM … GROUP BY guest"
    return line


def _preview(company: Company) -> None:
    for _ in reward_sales.preview(company, threshold_cents=500_00, on=DAY):
        pass


def _process(company: Company) -> Result:
    record = reader_for(company).parse(
        {
            "type": "process_rewards",
            "id": "june",
            "threshold": "500.00",
            "amount": "25.00",
            "at": str(DAY),
            "by": "owner",
        }
    )
    return commands.execute(company, record)


def _gather(company: Company, size: int) -> None:
    """Two invoices each; every second guest has reached the threshold, some of them twice."""
    crowds.add_guests(company, size)
    crowds.add_accounts(company, size, since=None)
    for place in range(2):
        cents = "CASE n % 4 WHEN 0 THEN 30000 WHEN 1 THEN 55000 ELSE 12000 END"
        crowds.add_invoices(company, size, on=stories.START, cents=cents, place=place)
    crowds.analyze()
