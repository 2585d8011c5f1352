"""How far a source of records is read before what was read is written."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from time import monotonic

BLOCK = 16000
"""Records read ahead, unless they are large or come slowly; on SQLite at most one transaction:
where a ledger is large each record changes pages of its own, and the next one of each guest's
changes them again.
"""
BLOCK_BYTES = 16 * 1024 * 1024
BLOCK_SECONDS = 0.25

Entry = tuple[int | None, object]
"""The line it stands on, if it stands on one, and what is there."""


def until(must_stop: Callable[[], bool], entries: Iterable[Entry]) -> Iterator[Entry]:
    """These, one by one, for as long as nobody asks to stop."""
    for entry in entries:
        if must_stop():
            return
        yield entry


def blocks(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    """Read ahead, but not much that is large, nor for long: who sends slowly is answered."""
    while block := list(islice(entries, 1)):
        ends_at = monotonic() + BLOCK_SECONDS
        n_bytes = 0
        for entry in islice(entries, BLOCK - 1):
            block.append(entry)
            n_bytes += len(entry[1]) if isinstance(entry[1], bytes) else 0
            if n_bytes > BLOCK_BYTES or monotonic() > ends_at:
                break
        yield block
