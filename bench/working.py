"""The product at work in a database of the bench."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from bench.engines import Engine
from bench.stories import Fact
from regulars.records.scope import organization_scope
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.parsing import Reader
from regulars.services.formats.results import Result
from regulars.services.organizations import Company, find_organization, load_company
from regulars.services.setting_up import teach
from regulars.services.stream import Stream
from tests.databases import configure


def apply_all(records: Iterable[Fact], *, last: date | None = None) -> Counter[str]:
    """Apply records to the database in use; days are closed on the way and up to `last`."""
    counts: Counter[str] = Counter()

    def emit(_: int, result: Result) -> None:
        counts[result.status] += 1
        assert result.status == "applied", result

    with Stream(emit) as stream:
        stream.run((None, one) for one in records)
        if last is None:
            stream.flush()
        else:
            stream.finish(last)
    return counts


def prepared(engine: Engine, records: Iterable[Fact], *, last: date | None = None) -> str:
    """A new database in which these records were applied."""
    url = engine.migrated()
    apply_all(records, last=last)
    return url


@contextmanager
def working_in(url: str) -> Iterator[Company]:
    """Use this database, in the scope of its only organization."""
    configure(url)
    row = find_organization(None)
    with organization_scope(row.id):
        yield load_company(row)


def reader_for(company: Company) -> Reader:
    context = ReadingContext()
    teach(context, company)
    return Reader(context)
