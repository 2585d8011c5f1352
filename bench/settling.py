"""One paid invoice at the desk: read, applied, its guest settled, all committed.

Of one guest after the other, on one day, as a desk works. No day is closed between them: that
has PostgreSQL look at its tables and plan all statements anew, which a desk meets once a day.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count

from bench import stories
from bench.clock import Cpu, django_clock
from bench.engines import Engine
from bench.floor import Floor, Written, count_of, rows_now, written_for_each
from bench.report import Line, line_of
from bench.working import prepared, reader_for, working_in
from regulars.records import models
from regulars.services import stream
from regulars.services.formats.parsing import Reader
from regulars.services.organizations import Company

SIZES = (10, 100, 1000)
WARM_UP = 16
TOGETHER = 8
"""Invoices before it is the floor's turn; the warm-up is whole turns."""
FIRST = 1_000_000
"""The number of the first invoice that is measured; those before it are history."""
MEASURE = "one paid invoice, settled"


def measure(engine: Engine, *, effort: str) -> Iterator[Line]:
    """For guests with few and many invoices; points are awarded at once (rule 5.3)."""
    sizes = SIZES[:2] if effort == "quick" else SIZES
    n_guests = WARM_UP + (24 if effort == "quick" else 48)
    day = stories.START + timedelta(days=max(*sizes, 200) // 2 + 30)
    history = _history(sizes, n_guests, day)
    url = prepared(engine, history, last=day - timedelta(days=1))
    first = None
    for size in sizes:
        facts = [
            stories.invoice(FIRST + size * n_guests + n, _ref(size, n), day, n)
            for n in range(n_guests)
        ]
        line = _of_guests(engine, url, facts, day=day, size=size)
        first = first or line
        _judge(line, first)
        yield line
    engine.drop(url)


def _history(sizes: tuple[int, ...], n_guests: int, day: date) -> list[stories.Fact]:
    """The guests measured, two visits a day, amid a few hundred others."""
    others = stories.guest_refs(300)
    records = [*stories.beginning(timing="immediate"), *stories.guests(others)]
    visits = [*stories.invoices(1200, others, a_day=20)]
    numbers = count(len(visits))
    for place in range(n_guests):
        # One of each size beside the other, as they came: else all who have few invoices
        # would share a page of each table, which no company's guests do.
        refs = {_ref(size, place): size for size in sizes}
        records += stories.guests([*refs])
        for ref, size in refs.items():
            visits += [
                stories.invoice(next(numbers), ref, day - timedelta(days=1 + n // 2), place)
                for n in range(size)
            ]
    return records + sorted(visits, key=lambda one: str(one["at"]))


def _ref(size: int, place: int) -> str:
    return f"with-{size}-{place}"


def _of_guests(
    engine: Engine, url: str, facts: list[stories.Fact], *, day: date, size: int
) -> Line:
    """Product and floor in turn."""
    written = written_by(engine, url, facts, day)
    ours, theirs = engine.copy(url), engine.copy(url)
    floor = Floor(engine, theirs)
    product: list[Cpu] = []
    floors: list[Cpu] = []
    with working_in(ours) as company:
        reader, clock = reader_for(company), django_clock()
        lines = [stories.encode(fact) for fact in facts]
        for first in range(0, len(facts), TOGETHER):
            turn = range(first, min(first + TOGETHER, len(facts)))
            product += [
                clock.time(partial(at_the_desk, company, reader, lines[n], day)) for n in turn
            ]
            floors += [floor.write(written[n]) for n in turn]
    floor.close()
    line = line_of(
        MEASURE,
        engine.vendor,
        f"guest with {size:,} invoices",
        unit="ms an invoice",
        product=product[WARM_UP:],
        floor=floors[WARM_UP:],
        count=1,
        scale=1e3,
    )
    n_rows = sum(count_of(one) for one in written)
    line.note = f"{n_rows / len(written):.1f} rows written"
    engine.drop(ours)
    engine.drop(theirs)
    return line


def written_by(
    engine: Engine, url: str, facts: list[stories.Fact], day: date
) -> list[list[Written]]:
    """What the product writes for each invoice, each of another guest, found out in a copy."""
    copy = engine.copy(url)
    with working_in(copy) as company:
        reader = reader_for(company)
        keys = dict(models.Guest.objects.values_list("external_id", "id"))
        before = rows_now()
        for fact in facts:
            at_the_desk(company, reader, stories.encode(fact), day)
        guests = [keys[str(fact["guest"])] for fact in facts]
        written = written_for_each(before, rows_now(), guests)
    engine.drop(copy)
    return written


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
