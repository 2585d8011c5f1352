"""The company a request works in: read once, kept while nothing of its set-up changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock
from uuid import UUID

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.services.organizations import Company, load_company

_kept: dict[UUID, tuple[int, Company]] = {}
_lock = Lock()
_MOST = 200
"""Organizations kept by one process; beyond that the oldest goes."""


@contextmanager
def at_work(organization: UUID) -> Iterator[Company]:
    """The company, with everything inside in its scope. One query while it is known."""
    row = models.Organization.objects.get(id=organization)
    with organization_scope(row.id):
        yield _company(row)


def _company(row: models.Organization) -> Company:
    with _lock:
        known = _kept.get(row.id)
    if known is None or known[0] != row.revision:
        known = (row.revision, load_company(row))
        with _lock:
            _kept[row.id] = known
            if len(_kept) > _MOST:
                del _kept[next(iter(_kept))]
    # What days are closed changes without a revision, and by other processes.
    return replace(
        known[1],
        closed_through=row.closed_through,
        expired_through=row.expired_through,
        clock_at=row.clock_at,
    )
