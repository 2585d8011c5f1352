"""Measure the work against its floor: `./run bench [WHAT…] [--sqlite] [--postgresql]`.

CPU time is that of the process plus its database backend. The floor, the same rows written by
bare driver code in one transaction, is measured in turn with the product, since machines are
noisy: the ratio says more than the milliseconds. Each line is told as soon as it is measured;
the table of all comes at the end.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable
from importlib import import_module

MEASURES = {
    "settle": "bench.settling",
    "import": "bench.importing",
    "close": "bench.closing",
    "month-end": "bench.month_end",
    "rewards": "bench.rewards",
    "http": "bench.over_http",
    "pages": "bench.pages",
}
ENGINES = ("sqlite", "postgresql")


def main() -> None:
    choice = _choice()
    # Nothing of the person who runs this is touched: every database is one of the bench.
    os.environ["REGULARS_DATABASE_URL"] = "sqlite://:memory:"
    os.environ["REGULARS_SECRET_KEY"] = "only for measuring"
    from regulars.site.setup import SERVING, configure

    configure(settings=SERVING)
    from bench.engines import engines
    from bench.report import Line, as_json, print_table, sentence_of

    lines: list[Line] = []
    with engines(choice.engines) as chosen:
        for what in choice.what:
            measure: Callable[..., Iterable[Line]] = import_module(MEASURES[what]).measure
            for engine in chosen:
                print(f"Measuring {what} on {engine.vendor} …", file=sys.stderr, flush=True)
                told = {"guests": choice.guests} if what == "pages" else {}
                for line in measure(engine, effort=choice.effort, **told):
                    # At once: a long run that is broken off has told what it knows.
                    print(f"  {sentence_of(line)}", file=sys.stderr, flush=True)
                    lines.append(line)
    if choice.json:
        json.dump(as_json(lines), sys.stdout, indent=1)
        print()
    else:
        print_table(lines)


def _choice() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*MEASURES, []], metavar="WHAT")
    for engine in ENGINES:
        parser.add_argument(f"--{engine}", action="append_const", dest="engines", const=engine)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", dest="effort", action="store_const", const="quick")
    size.add_argument(
        "--full",
        dest="effort",
        action="store_const",
        const="full",
        help="an import of 1,000,000 invoices as well: an hour or so",
    )
    parser.add_argument(
        "--guests", type=int, help="how many there are where pages are asked for"
    )
    parser.add_argument("--json", action="store_true", help="the lines as JSON")
    choice = parser.parse_args()
    choice.what = choice.what or list(MEASURES)
    choice.engines = choice.engines or list(ENGINES)
    choice.effort = choice.effort or "usual"
    return choice


if __name__ == "__main__":
    main()
