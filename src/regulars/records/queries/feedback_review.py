"""Feedback as marketing reviews it, and as everybody may read it once it is published.

The numbers are always of all feedback that was ever given, good and bad, shared or not, so that
nothing can be left out of them (rule 6.4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.queries.paging import Page, page_of, values_of
from regulars.records.scope import current_organization

PAGE = 25
STATES = ("waiting", "published", "private", "all")
"""Waiting: it may be shared, and is published nowhere yet; private: it may not be shared."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is published, since when, and its address there."""

    to: str
    on: date
    link: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """One feedback; `digest` tells whether the record changed since it was read."""

    id: str
    guest: str
    name: str
    on: date
    appointment: str | None
    center: str | None
    channel: str
    rating: int | None
    comment: str | None
    share_permission: bool
    places: tuple[Place, ...]
    digest: str

    @property
    def place_names(self) -> list[str]:
        return [one.to for one in self.places]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which feedback: one of `STATES`, of a rating, of a center, or the one of an id."""

    state: str = "all"
    rating: int | None = None
    center: str | None = None
    ref: str | None = None


# Said in the statement, not as parameters: only then are the partial indexes used.
_CONDITIONS = {
    "waiting": "f.share_permission AND f.published_on IS NULL",
    "published": "f.published_on IS NOT NULL",
    "private": "NOT f.share_permission",
}
_SELECT = """SELECT f.external_id, g.external_id, g.name, f.first_on, f.appointment_ref, c.name,
    f.document, f.digest FROM records_feedback f
    JOIN records_guest g ON g.organization_id = f.organization_id AND g.id = f.guest_id
    LEFT JOIN records_appointment a
    ON a.organization_id = f.organization_id AND a.external_id = f.appointment_ref
    LEFT JOIN records_center c ON c.organization_id = a.organization_id AND c.id = a.center_id
    WHERE f.organization_id = %s"""
_TYPES = "text text text date text text text text"


def reviews(wanted: Wanted, *, after: str | None = None, limit: int = PAGE) -> Page[Review]:
    """The latest first. One query."""
    conditions: list[str] = []
    parameters: list[Any] = [current_organization()]
    if wanted.state in _CONDITIONS:
        conditions.append(_CONDITIONS[wanted.state])
    for condition, value in (
        ("f.rating = %s", wanted.rating),
        ("c.external_id = %s", wanted.center),
        ("f.external_id = %s", wanted.ref),
    ):
        if value is not None:
            conditions.append(condition)
            parameters.append(value)
    if after is not None:
        conditions.append("(f.first_on, f.external_id) < (%s, %s)")
        parameters += values_of(after, "date", "text")
    narrowed = "".join(f" AND {one}" for one in conditions)
    rows = select(
        f"{_SELECT}{narrowed} ORDER BY f.first_on DESC, f.external_id DESC LIMIT {limit + 1}",
        parameters,
        types=_TYPES,
    )
    return page_of([_review(*row) for row in rows], limit, lambda one: (one.on, one.id))


def _review(
    ref: str,
    guest: str,
    name: str,
    on: date,
    appointment: str | None,
    center: str | None,
    document: str,
    digest: str,
) -> Review:
    said = codec.value_of(document)
    return Review(
        ref,
        guest,
        name,
        on,
        appointment,
        center,
        said["channel"],
        said["rating"],
        said["comment"],
        said["share_permission"],
        tuple(_place(one) for one in said["published"]),
        digest,
    )


def _place(said: dict[str, Any]) -> Place:
    return Place(said["to"], date.fromisoformat(said["on"]), said.get("link"))


# -- of all of it -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ratings:
    """How often each rating was given, the best first; all feedback there is."""

    counts: Sequence[tuple[int, int]]
    n_without: int

    @property
    def n_rated(self) -> int:
        return sum(count for _, count in self.counts)

    @property
    def n_all(self) -> int:
        return self.n_rated + self.n_without

    @property
    def best(self) -> int:
        """The scale: five stars, unless somebody gave more."""
        return 5 if all(rating <= 5 for rating, _ in self.counts) else 10

    @property
    def tenths(self) -> int | None:
        """The average in tenths, half to even; None while nobody rated."""
        if not self.n_rated:
            return None
        total = sum(rating * count for rating, count in self.counts)
        whole, rest = divmod(10 * total, self.n_rated)
        is_up = 2 * rest > self.n_rated or (2 * rest == self.n_rated and whole % 2)
        return whole + 1 if is_up else whole

    @property
    def average(self) -> str:
        """ "4.4", or a dash while nobody rated."""
        tenths = self.tenths
        return "–" if tenths is None else f"{tenths // 10}.{tenths % 10}"

    @property
    def bars(self) -> list[tuple[int, int]]:
        """Every rating of the scale with how often it was given, the best first."""
        counts = dict(self.counts)
        lowest = min([1, *counts])
        return [(one, counts.get(one, 0)) for one in range(self.best, lowest - 1, -1)]


def ratings() -> Ratings:
    """Of every feedback. One query."""
    rows = select(
        "SELECT rating, COUNT(*) FROM records_feedback WHERE organization_id = %s"
        " GROUP BY rating ORDER BY rating DESC",
        [current_organization()],
        types="int int",
    )
    counts = [(rating, count) for rating, count in rows if rating is not None]
    return Ratings(counts, sum(count for rating, count in rows if rating is None))


def state_counts() -> dict[str, int]:
    """How many wait, are published and are private. One query."""
    sums = ", ".join(
        f"COALESCE(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END), 0)"
        for condition in _CONDITIONS.values()
    )
    rows = select(
        f"SELECT {sums} FROM records_feedback f WHERE f.organization_id = %s",
        [current_organization()],
        types="int int int",
    )
    return dict(zip(_CONDITIONS, rows[0], strict=True))


# -- for everybody ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Published:
    """What anybody may read of feedback: nothing that says more of the guest than a first name
    and an initial.
    """

    id: str
    by: str
    on: date
    rating: int | None
    comment: str | None
    since: date


def published(*, after: str | None = None, limit: int = PAGE) -> Page[Published]:
    """What is on the web page, the last put there first. One query."""
    parameters: list[Any] = [current_organization()]
    further = ""
    if after is not None:
        further = " AND (f.webstore_on, f.external_id) < (%s, %s)"
        parameters += values_of(after, "date", "text")
    rows = select(
        f"""SELECT f.external_id, g.name, f.first_on, f.document, f.webstore_on
        FROM records_feedback f
        JOIN records_guest g ON g.organization_id = f.organization_id AND g.id = f.guest_id
        WHERE f.organization_id = %s AND f.webstore_on IS NOT NULL AND f.share_permission
        {further} ORDER BY f.webstore_on DESC, f.external_id DESC LIMIT {limit + 1}""",
        parameters,
        types="text text date text date",
    )
    found = [_published(*row) for row in rows]
    return page_of(found, limit, lambda one: (one.since, one.id))


def _published(ref: str, name: str, on: date, document: str, since: date) -> Published:
    said = codec.value_of(document)
    return Published(ref, short_name(name), on, said["rating"], said["comment"], since)


def short_name(name: str) -> str:
    """ "Vivian C." of Vivian Castellanos; of a single name that name."""
    first, *others = name.split() or [""]
    return f"{first} {others[-1][0]}." if others else first
