"""What an import has come to, kept as it goes: its progress and a line for each row."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from uuid import UUID

import msgspec

from regulars.records import bulk, codec, models
from regulars.rules import sentences
from regulars.services import transactions
from regulars.services.imports.performing import Progress, RowReport

_COLUMNS = (
    "run",
    "number",
    "file",
    "row",
    "record",
    "status",
    "code",
    "field",
    "value",
    "message",
    "said",
)


def progress_of(text: str) -> Progress:
    """Progress as it was kept; an empty one for `{}`."""
    said = msgspec.json.decode(text)
    found = Progress()
    for one in fields(Progress):
        if one.name in said:
            value = said[one.name]
            is_count = isinstance(getattr(found, one.name), Counter)
            setattr(found, one.name, Counter(value) if is_count else value)
    return found


def text_of(progress: Progress) -> str:
    said = {one.name: getattr(progress, one.name) for one in fields(Progress)}
    return msgspec.json.encode(said).decode()


class Keeping:
    """Writes lines and progress together, one transaction a chunk. `write` is whose it is."""

    def __init__(
        self, run: UUID, write: Callable[[Callable[[], int]], object] = transactions.write
    ) -> None:
        self.run = run
        self.write = write

    def take(self, rows: Sequence[RowReport], progress: Progress) -> None:
        first = sum(progress.counts.values()) - len(rows) + 1

        def keep() -> int:
            bulk.insert(models.ImportRow, _COLUMNS, self._lines(rows, first))
            models.ImportRun.objects.filter(id=self.run).update(progress=text_of(progress))
            return len(rows)

        self.write(keep)

    def _lines(self, rows: Sequence[RowReport], first: int) -> Iterator[tuple[object, ...]]:
        for number, row in enumerate(rows, start=first):
            yield (
                self.run,
                number,
                storable(row.file[:200]),
                row.number,
                storable(row.record[:300]),
                row.status,
                row.code,
                row.field and row.field[:200],
                row.value and storable(row.value),
                row.message and storable(row.message),
                _said_text(row.said),
            )


def storable(text: str) -> str:
    """A text of the file without NUL characters, which PostgreSQL keeps none of."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _said_text(said: Sequence[str]) -> str | None:
    return codec.text_of([sentences.kept(one) for one in said]) if said else None


def said_in(text: str | None) -> list[str]:
    """The sentences that were kept; none of what was kept without them."""
    return [sentences.retold(one) for one in codec.value_of(text)] if text else []


def report_of(
    run: UUID, *, after: int = 0, limit: int | None = None, status: str | None = None
) -> Iterator[tuple[int, RowReport]]:
    """Lines of a report by their numbers, in the order of the records; streamed by the page."""
    page = min(limit or 2000, 2000)
    while True:
        rows = models.ImportRow.objects.filter(run_id=run, number__gt=after)
        if status is not None:
            rows = rows.filter(status=status)
        found = list(rows.order_by("number")[:page])
        for row in found:
            yield (
                row.number,
                RowReport(
                    row.file,
                    row.row,
                    row.record,
                    row.status,
                    row.code,
                    row.field,
                    row.value,
                    row.message,
                    said_in(row.said),
                ),
            )
        if limit is not None or len(found) < page:
            return
        after = found[-1].number
