"""A day or a week of the appointment book laid out: columns, rows of a quarter of an hour."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from regulars.records.queries.book import Booking
from regulars.rules.categories import Badge
from regulars.services.booking import ends_at

QUARTER = 15
USUAL_HOURS = (9 * 60, 19 * 60)
_SLOT = 30
"""Minutes between two offers to book."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A booking in its column: rows are counted from 1, lanes where several are at once."""

    booking: Booking
    row: int
    rows: int
    lane: int = 1
    lanes: int = 1
    badges: Sequence[Badge] = ()
    what: str = ""
    """What it is for."""

    @property
    def is_over(self) -> bool:
        return self.booking.status in ("cancelled", "no_show")

    @property
    def classes(self) -> str:
        return (
            f"at-{self.row} for-{self.rows} lane-{self.lane}-of-{self.lanes}"
            f" is-{self.booking.status}"
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """Half an hour in which somebody could be booked."""

    row: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Column:
    """What one provider does on one day. `staff` empty: nobody was named."""

    staff: str
    title: str
    on: date
    placed: Sequence[Placed] = ()
    offers: str = ""
    """Links to every half hour that is free to be booked."""

    @property
    def n_booked(self) -> int:
        return sum(not one.is_over for one in self.placed)


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns between two minutes of the day; `now_row` where the present is among them."""

    first: int
    last: int
    columns: Sequence[Column] = field(default_factory=list)
    now_row: int | None = None

    @property
    def n_rows(self) -> int:
        return (self.last - self.first) // QUARTER

    def hours(self, zone: ZoneInfo) -> list[tuple[int, datetime]]:
        """The row at which each full hour begins, as hours of its first day."""
        on = self.columns[0].on
        return [
            (_row(minute, self.first), datetime.combine(on, time(minute // 60), tzinfo=zone))
            for minute in range(self.first, self.last, 60)
        ]


Span = tuple[int, int]


def span_of(bookings: Iterable[Booking], hours: Iterable[Span | None], zone: ZoneInfo) -> Span:
    """The minutes of the day to show: when it is open, and all that is booked besides."""
    said = [span for span in hours if span is not None] or [USUAL_HOURS]
    first, last = min(one[0] for one in said), max(one[1] for one in said)
    for one in bookings:
        begins, ends = minutes_of(one, zone)
        first, last = min(first, begins), max(last, ends)
    return first // 60 * 60, min(-(-last // 60) * 60, 24 * 60)


def minutes_of(booking: Booking, zone: ZoneInfo) -> Span:
    """When it begins and ends, in minutes after midnight; it ends on its day at the latest."""
    local = booking.starts_at.astimezone(zone)
    begins = local.hour * 60 + local.minute
    lasts = ends_at(booking.starts_at, booking.minutes) - booking.starts_at
    return begins, min(begins + int(lasts.total_seconds()) // 60, 24 * 60)


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands on a booking besides what it says: the guests' badges, names of services."""

    badges: Mapping[UUID, Sequence[Badge]]
    services: Mapping[str, str]

    def put_on(self, one: Placed) -> Placed:
        what = ", ".join(self.services.get(ref, ref) for ref in one.booking.services)
        return replace(one, badges=self.badges.get(one.booking.guest_key, ()), what=what)


def placed(bookings: Iterable[Booking], zone: ZoneInfo, first: int) -> list[Placed]:
    """In their rows, side by side where they are at the same time."""
    found: list[Placed] = []
    group: list[tuple[Booking, int, int]] = []
    until = 0
    for one in sorted(bookings, key=lambda one: (one.starts_at, one.ref)):
        begins, ends = minutes_of(one, zone)
        if group and begins >= until:
            found += _side_by_side(group, first)
            group, until = [], 0
        group.append((one, begins, max(ends, begins + QUARTER)))
        until = max(until, group[-1][2])
    return found + _side_by_side(group, first)


def _side_by_side(group: Sequence[tuple[Booking, int, int]], first: int) -> list[Placed]:
    lanes: list[int] = []
    chosen = []
    for _, begins, ends in group:
        free = next((n for n, busy in enumerate(lanes) if busy <= begins), len(lanes))
        lanes[free : free + 1] = [ends]
        chosen.append(free + 1)
    most = min(len(lanes), 4)
    return [
        Placed(
            one,
            _row(begins, first),
            max(1, -(-(ends - begins) // QUARTER)),
            min(lane, most),
            most,
        )
        for (one, begins, ends), lane in zip(group, chosen, strict=True)
    ]


def offers(on: date, *, first: int, last: int, zone: ZoneInfo, now: datetime) -> list[Offer]:
    """Every half hour that is still to come."""
    found = []
    for minute in range(first, last, _SLOT):
        at = datetime.combine(on, time(minute // 60, minute % 60), tzinfo=zone)
        if at > now - timedelta(minutes=_SLOT):
            found.append(Offer(_row(minute, first), at))
    return found


def offer_links(found: Iterable[Offer], *, address: str, label: str) -> SafeString:
    """What a column offers: `address` lacks the time, and so does what the link is called.

    A day of many providers has a thousand of these; a template would take a second for them.
    """
    to, called = escape(address), escape(label)
    links = (
        f'<a class="book-offer at-{one.row} for-2" tabindex="-1"'
        f' href="{to}&amp;time={one.at:%H:%M}" aria-label="{called} {one.at:%H:%M}"></a>'
        for one in found
    )
    return mark_safe("".join(links))


def move_buttons(found: Iterable[Offer], *, on: date, staff: str, label: str) -> SafeString:
    """The same as times to move an appointment to: `to` is the moment, then the provider."""
    whose, called = escape(staff), escape(label)
    buttons = (
        f'<button class="book-offer at-{one.row} for-2" tabindex="-1" form="book-move"'
        f' name="to" value="{on}T{one.at:%H:%M} {whose}"'
        f' aria-label="{called} {one.at:%H:%M}"></button>'
        for one in found
    )
    return mark_safe("".join(buttons))


def now_row(now: datetime, days: Iterable[date], *, first: int, last: int) -> int | None:
    """The row of this moment, `now` as at the center; None when it is not shown."""
    minute = now.hour * 60 + now.minute
    if now.date() in set(days) and first <= minute < last:
        return _row(minute, first)
    return None


def by_staff(bookings: Iterable[Booking], names: Mapping[str, str]) -> dict[str, list[Booking]]:
    """Those of each provider, whoever has none first; somebody unknown has a place as well."""
    found: dict[str, list[Booking]] = {name: [] for name in names}
    for one in bookings:
        found.setdefault(one.staff or "", []).append(one)
    return found


def _row(minute: int, first: int) -> int:
    return (minute - first) // QUARTER + 1
