"""One import in a process of its own: what it cost, each part too, and how its memory grew."""

import json
import sys
from itertools import pairwise
from pathlib import Path

from bench.clock import Cpu, django_clock
from regulars.site.setup import configure

OFTEN = 500
"""Records between two looks at the memory."""


def main(file: str, part: int) -> None:
    """What `regulars import FILE` does; so many records are a part."""
    configure()
    from regulars.services.formats.files import open_records
    from regulars.services.formats.results import Result
    from regulars.services.importing import import_records

    n_results = 0
    marks: list[Cpu] = []
    peak = 0.0

    def emit(result: Result) -> None:
        nonlocal n_results, peak
        assert result.status == "applied", result
        n_results += 1
        if n_results % part == 0:
            marks.append(clock.now())
        if n_results % OFTEN == 0:
            peak = max(peak, _own_mb())

    def run() -> None:
        with open_records(file) as source:
            import_records(source, emit=emit)

    clock = django_clock()
    before = _own_mb()  # what the modules and the connection take
    marks.append(clock.now())
    spent = clock.time(run)
    told = {
        "client": spent.client,
        "server": spent.server,
        "grown_mb": max(peak, _own_mb()) - before,
        "parts": [(end - begin).all for begin, end in pairwise(marks)],
    }
    json.dump(told, sys.stdout)


def _own_mb() -> float:
    """What the process holds now, without the files it looks at in place: SQLite's pages of a
    large database are the system's cache, and given back when something else wants the room.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    own = next(line for line in lines if line.startswith("RssAnon"))
    return int(own.split()[1]) / 1024


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
