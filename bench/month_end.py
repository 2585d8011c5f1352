"""The monthly tier check of very many guests, a few of whom move."""

from collections.abc import Iterator
from datetime import date

from bench import crowds, stories
from bench.clock import Cpu, django_clock
from bench.engines import Engine
from bench.floor import Floor, rows_now, written_since
from bench.report import Line, line_of
from bench.working import prepared, working_in
from regulars.services import closing
from regulars.services.organizations import Company
from regulars.services.settling import Stamp

SIZES = {
    "quick": (2_000, 20_000),
    "usual": (2_000, 20_000, 200_000),
    "full": (2_000, 20_000, 200_000),
}
MEASURE = "month-end check"
DAY = date(2024, 6, 30)
SINCE = date(2023, 7, 1)
N_DAYS = 4
"""Days of the qualification period on which each guest has spent something."""
ONE_IN = 25
"""So many guests have spent too little to stay."""
TARGET = 60


def measure(engine: Engine, *, effort: str) -> Iterator[Line]:
    for size in SIZES[effort]:
        line = _of_size(engine, size)
        line.target = f"≤ {TARGET} µs"
        line.is_reached = line.value <= TARGET
        yield line


def _of_size(engine: Engine, size: int) -> Line:
    url = prepared(engine, stories.beginning())
    with working_in(url) as company:
        _gather(company, size)
        before = rows_now()
    product: list[Cpu] = []
    floors: list[Cpu] = []
    n_moved = 0
    for _ in range(3 if size <= 20_000 else 1):
        copy = engine.copy(url)
        with working_in(copy) as company:
            clock = django_clock()
            moved: list[int] = []
            product.append(clock.time(lambda c=company, m=moved: m.append(_check(c))))
            written = written_since(before, rows_now())
            n_moved = moved[0]
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
    assert n_moved == size // ONE_IN
    line.note = f"all of them due, {n_moved / size:.0%} of them move"
    return line


def _check(company: Company) -> int:
    stamp = Stamp(company.day_ends_at(DAY), None, f"close/{DAY}")
    return closing.run_tier_check(company, DAY, stamp=stamp)


def _gather(company: Company, size: int) -> None:
    crowds.add_guests(company, size)
    crowds.add_accounts(company, size, since=SINCE)
    crowds.add_invoices(company, size, on=SINCE, cents="0")
    too_little = f"n % {ONE_IN} = 7"
    cents = f"CASE WHEN {too_little} THEN 100 ELSE 150000 END"
    crowds.add_spend(company, size, days=crowds.months_before(DAY, N_DAYS), cents=cents)
    crowds.analyze()
