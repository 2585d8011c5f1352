"""The close of a day on which many guests have paid an invoice."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from bench import stories
from bench.clock import Cpu, django_clock
from bench.engines import Engine
from bench.floor import Floor, rows_now, written_since
from bench.report import Line, line_of
from bench.working import prepared, working_in
from regulars.services import closing

SIZES = {
    "quick": (1_000, 5_000),
    "usual": (1_000, 5_000, 20_000),
    "full": (1_000, 5_000, 20_000),
}
MEASURE = "close of a day"
DAY = stories.START + timedelta(days=1)


def measure(engine: Engine, *, effort: str) -> Iterator[Line]:
    first = None
    for size in SIZES[effort]:
        line = _of_size(engine, size)
        first = first or line
        if line is not first:
            line.note = f"{line.value / first.value:.2f}× the cost at {SIZES[effort][0]:,}"
        yield line


def _of_size(engine: Engine, size: int) -> Line:
    refs = stories.guest_refs(size)
    paid = stories.invoices(size, refs, a_day=size)
    url = prepared(engine, chain(stories.beginning(), stories.guests(refs), paid))
    with working_in(url):
        before = rows_now()
    product: list[Cpu] = []
    floors: list[Cpu] = []
    for _ in range(3 if size <= 5_000 else 1):
        copy = engine.copy(url)
        with working_in(copy) as company:
            n_guests = []
            spent = django_clock().time(
                lambda company=company: n_guests.append(closing.close_through(company, DAY))
            )
            assert n_guests == [size], n_guests
            product.append(spent)
            written = written_since(before, rows_now())
        bare = engine.copy(url)
        floor = Floor(engine, bare)
        floors.append(floor.write(written))
        floor.close()
        engine.drop(copy)
        engine.drop(bare)
    engine.drop(url)
    return line_of(
        MEASURE,
        engine.vendor,
        f"{size:,} guests",
        unit="µs a guest",
        product=product,
        floor=floors,
        count=size,
    )
