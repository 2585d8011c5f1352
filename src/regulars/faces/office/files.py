"""Files that are sent while they are read."""

from collections.abc import Iterator
from itertools import islice

from django.http import StreamingHttpResponse

from regulars.faces.shared.visits import Visit
from regulars.services import companies

_LINES_AT_ONCE = 2000


def streamed(visit: Visit, lines: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """Lines as a file. They are read after the visit, so each batch in a scope of its own."""
    kind = "text/csv; charset=utf-8" if name.endswith(".csv") else "application/x-ndjson"
    batches = _batches(visit, lines)
    response = StreamingHttpResponse(batches, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _batches(visit: Visit, lines: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with companies.at_work(visit.company.id):
            batch = b"".join(islice(lines, _LINES_AT_ONCE))
        if not batch:
            return
        yield batch
