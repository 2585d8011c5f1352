"""The company a request works in: read once, kept while nothing of its set-up changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from threading import Lock
from uuid import UUID

from regulars.records import models
from regulars.records.bulk import select
from regulars.records.scope import organization_scope
from regulars.services.organizations import Company, load_company, load_items

NEWS = "o.revision, o.closed_through, o.expired_through, o.clock_at"
NEWS_TYPES = "int date date instant"
_NEWS = f"SELECT {NEWS} FROM records_organization o WHERE o.id = %s"

News = tuple[int, date | None, date | None, datetime | None]
"""What may have changed since the request before: these columns of the organization."""

_kept: dict[UUID, tuple[int, Company]] = {}
_lock = Lock()
_MOST = 200
"""Organizations kept by one process; beyond that the oldest goes."""


@contextmanager
def at_work(organization: UUID, news: News | None = None) -> Iterator[Company]:
    """The company, with everything inside in its scope. One query while it is known, none where
    the caller has read the news already.
    """
    with organization_scope(organization):
        yield _company(organization, news or _news(organization))


def _news(organization: UUID) -> News:
    rows = select(_NEWS, [organization], types=NEWS_TYPES)
    if not rows:
        raise LookupError(f"there is no organization {organization}")
    news: News = rows[0]
    return news


def _company(organization: UUID, news: News) -> Company:
    revision, closed_through, expired_through, clock_at = news
    with _lock:
        known = _kept.get(organization)
    if known is None or known[0] != revision:
        known = (revision, _loaded(organization))
        with _lock:
            _kept[organization] = known
            if len(_kept) > _MOST:
                del _kept[next(iter(_kept))]
    # What days are closed changes without a revision, and by other processes.
    return replace(
        known[1],
        closed_through=closed_through,
        expired_through=expired_through,
        clock_at=clock_at,
    )


def _loaded(organization: UUID) -> Company:
    company = load_company(models.Organization.objects.get(id=organization))
    company.items = load_items()
    return company
