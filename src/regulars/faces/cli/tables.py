"""CSV files as commands take them: named columns, one row a line."""

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path


def rows_in(
    path: str, *, columns: Sequence[str], needed: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, cells by column) of a CSV file; refused for columns that are not known, or
    without the one that is needed.
    """
    from regulars.rules.refusals import Refused

    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        lines = data.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise Refused("invalid_record", f"{path} is no UTF-8 text.") from None
    reader = csv.DictReader(lines, restkey="", restval="", strict=True)
    heads = [head.strip() for head in reader.fieldnames or ()]
    unknown = [head for head in heads if head not in columns]
    if unknown or needed not in heads:
        problem = f"has an unknown column {unknown[0]!r}" if unknown else f"has no {needed!r}"
        raise Refused(
            "invalid_record", f"{path} {problem}; its columns may be {', '.join(columns)}."
        )
    reader.fieldnames = heads
    try:
        for row in reader:
            if "" in row:
                raise Refused(
                    "invalid_record",
                    f"{path}, line {reader.line_num}: there are more cells than columns.",
                )
            yield reader.line_num, {name: cell.strip() for name, cell in row.items()}
    except csv.Error as problem:
        raise Refused("invalid_record", f"{path}, line {reader.line_num}: {problem}.") from None
