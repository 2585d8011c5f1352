"""One paid invoice at the desk: read, applied, its guest settled, all committed."""

from collections.abc import Iterator
from datetime import date, timedelta

from bench import stories
from bench.clock import Cpu, django_clock
from bench.engines import Engine
from bench.floor import Floor, count_of, rows_now, written_since
from bench.report import Line, line_of
from bench.working import prepared, reader_for, working_in
from regulars.records import models
from regulars.services import closing, stream
from regulars.services.formats.parsing import Reader
from regulars.services.organizations import Company

SIZES = (10, 100, 1000)
WARM_UP = 16
MEASURE = "one paid invoice, settled"


def measure(engine: Engine, *, effort: str) -> Iterator[Line]:
    """For guests with few and many invoices; points are awarded at once (rule 5.3)."""
    is_quick = effort == "quick"
    sizes = SIZES[:2] if is_quick else SIZES
    n_times = 20 if is_quick else 50
    url = prepared(engine, _records(sizes), last=_last_day(sizes))
    bare = engine.copy(url)
    first = None
    try:
        for size in sizes:
            line = _of_guest(engine, size, url=url, bare=bare, n_times=n_times)
            first = first or line
            _judge(line, first)
            yield line
    finally:
        engine.drop(url)
        engine.drop(bare)


def _records(sizes: tuple[int, ...]) -> list[stories.Fact]:
    """The guests measured, two visits a day, amid a few hundred others."""
    others = stories.guest_refs(300)
    records = [*stories.beginning(timing="immediate"), *stories.guests(others)]
    records += stories.guests(_ref(size) for size in sizes)
    visits = []
    for size in sizes:
        visits += [
            stories.invoice(size * 10_000 + n, _ref(size), _last_day(sizes) - _ago(n), n)
            for n in range(size)
        ]
    visits += stories.invoices(1200, others, a_day=20)
    return records + sorted(visits, key=lambda one: str(one["at"]))


def _ref(size: int) -> str:
    return f"with-{size}"


def _ago(number: int) -> timedelta:
    return timedelta(days=number // 2)


def _last_day(sizes: tuple[int, ...]) -> date:
    return stories.START + timedelta(days=max(*sizes, 200) // 2 + 30)


def _of_guest(engine: Engine, size: int, *, url: str, bare: str, n_times: int) -> Line:
    """Product and floor in turn; between two invoices their day is closed, untimed."""
    product: list[Cpu] = []
    floors: list[Cpu] = []
    n_rows = 0
    floor = Floor(engine, bare)
    with working_in(url) as company:
        reader, clock = reader_for(company), django_clock()
        guest = models.Guest.objects.get(external_id=_ref(size)).id
        for number in range(n_times + WARM_UP):
            assert company.closed_through is not None
            day = company.closed_through + timedelta(days=1)
            fact = stories.invoice(size * 10_000 + 5_000 + number, _ref(size), day, number)
            line = stories.encode(fact)
            before = rows_now(guest)
            spent = clock.time(
                lambda line=line, day=day: at_the_desk(company, reader, line, day)
            )
            written = written_since(before, rows_now(guest))
            bare_spent = floor.write(written)
            if number >= WARM_UP:
                product.append(spent)
                floors.append(bare_spent)
                n_rows += count_of(written)
            closing.close_through(company, day)
    floor.close()
    line = line_of(
        MEASURE,
        engine.vendor,
        f"guest with {size:,} invoices",
        unit="ms an invoice",
        product=product,
        floor=floors,
        count=1,
        scale=1e3,
    )
    line.note = f"{n_rows / len(product):.0f} rows written"
    return line


def at_the_desk(company: Company, reader: Reader, line: bytes, day: date) -> None:
    """What a live call does with one record."""
    record = reader.parse(line)
    taken = stream.apply_at_once(company, [record], on=day)
    assert taken.results[0].status == "applied", taken.results


def _judge(line: Line, first: Line) -> None:
    growth = line.value / first.value
    limits = [line.value <= 4, growth <= 1.5]
    line.target = "≤ 4 ms, ≤ 1.5× the first"
    if line.engine == "postgresql":
        line.target += ", ≤ 5× floor"
        limits.append(line.ratio is not None and line.ratio <= 5)
    line.is_reached = all(limits)
    line.note += f", {growth:.2f}× the first"
