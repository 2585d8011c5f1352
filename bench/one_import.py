"""One import in a process of its own: what it cost, and how far its memory grew."""

import json
import resource
import sys

from bench.clock import django_clock
from regulars.site.setup import configure


def main(file: str) -> None:
    """What `regulars import FILE` does."""
    configure()
    from regulars.services.formats.files import open_records
    from regulars.services.formats.results import Result
    from regulars.services.importing import import_records

    def emit(result: Result) -> None:
        assert result.status == "applied", result

    def run() -> None:
        with open_records(file) as source:
            import_records(source, emit=emit)

    clock = django_clock()
    # The peak so far is what the modules and the connection take.
    before = _peak_mb()
    spent = clock.time(run)
    told = {
        "client": spent.client,
        "server": spent.server,
        "grown_mb": _peak_mb() - before,
    }
    json.dump(told, sys.stdout)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1])
