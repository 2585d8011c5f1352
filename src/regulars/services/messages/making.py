"""Messages made from occasions: worded in each guest's language and queued, once each."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records import bulk, models
from regulars.records.queries import told_guests
from regulars.records.queries.told_guests import GuestToTell
from regulars.services.messages import consent, switches
from regulars.services.messages.kinds import KINDS, Kind
from regulars.services.messages.standing import Standings, read_standings
from regulars.services.messages.values import check_raw
from regulars.services.messages.wording import TooLong, Wordbook, Worded, read_wordbook
from regulars.services.organizations import Company

CHUNK = 1000

_COLUMNS = (
    "guest_id kind channel occasion language recipient subject body state problem attempts"
    " next_try_at made_at sent_at"
).split()


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something a guest is to be told. `name` is unique per guest and kind for ever.

    `values` are raw, by the shapes of the kind: points as int, money as int under the field's
    name with `_cents`, days as date or None, lists of such mappings, a reason (`why`) by its
    code: the action of a ledger entry, or its kind where it has no action. What every guest
    has (name, balance, tier …) is filled in.
    """

    guest: UUID
    kind: str
    name: str
    on: date
    values: Mapping[str, Any]


_Wanted = tuple[Occasion, str]
"""An occasion, and a channel through which it is to be told."""


def make_messages(
    company: Company,
    occasions: Sequence[Occasion],
    *,
    at: datetime,
    channels: Collection[str] | None = None,
) -> int:
    """Word and queue messages, in the caller's transaction; answers how many rows it wrote.

    An occasion that has its message already is left out. Without `channels` those are used
    that are switched on and told from the occasion's day on; given ones whatever the switch. A
    guest who may not be told gets a row `withheld` with the reason. A fixed number of
    statements for a chunk of guests.
    """
    wanted = list(_wanted(occasions, channels))
    if not wanted:
        return 0
    book = read_wordbook(company)
    n_made = 0
    for first in range(0, len(wanted), CHUNK):
        n_made += _make(book, wanted[first : first + CHUNK], at)
    return n_made


def _wanted(
    occasions: Sequence[Occasion], channels: Collection[str] | None
) -> Iterator[_Wanted]:
    told_from = switches.told_from() if channels is None else {}
    for occasion in occasions:
        kind = KINDS[occasion.kind]
        check_raw(kind, occasion.values)
        for channel in kind.channels:
            if channels is not None:
                is_wanted = channel in channels
            else:
                first = told_from.get((kind.name, channel))
                is_wanted = first is not None and first <= occasion.on
            if is_wanted:
                yield occasion, channel


def _make(book: Wordbook, wanted: Sequence[_Wanted], at: datetime) -> int:
    """A chunk: four statements to read, one to write."""
    guests = {occasion.guest for occasion, _ in wanted}
    there = told_guests.messages_there(sorted(guests), {one.name for one, _ in wanted})
    days = {occasion.on for occasion, _ in wanted}
    standings = read_standings(book.company, book.organization, guests, days)
    rows = []
    for occasion, channel in wanted:
        key = (occasion.guest, occasion.kind, channel, occasion.name)
        if key not in there:
            there.add(key)
            rows.append(_row(book, standings, occasion, channel, at))
    return bulk.insert(models.Message, _COLUMNS, rows)


def _row(
    book: Wordbook, standings: Standings, occasion: Occasion, channel: str, at: datetime
) -> tuple[Any, ...]:
    guest, kind = standings.guests[occasion.guest], KINDS[occasion.kind]
    worded, problem = _worded(book, standings, occasion, channel, guest, kind)
    return (
        occasion.guest,
        occasion.kind,
        channel,
        occasion.name,
        worded.language,
        consent.address_of(guest, channel),
        worded.subject,
        worded.body,
        "waiting" if problem is None else "withheld",
        problem,
        0,
        at if problem is None else None,
        at,
        None,
    )


def _worded(
    book: Wordbook,
    standings: Standings,
    occasion: Occasion,
    channel: str,
    guest: GuestToTell,
    kind: Kind,
) -> tuple[Worded, str | None]:
    """The words, and why they are withheld if they are; then there are none."""
    problem = consent.may_be_told(guest, kind, channel)
    if problem is None:
        raw = {**standings.values(guest.key, occasion.on), **occasion.values}
        try:
            return book.word(kind, channel, raw, language=guest.language), None
        except TooLong as long:
            problem = str(long)
    language, _, _ = book.words(kind, channel, guest.language)
    return Worded(language, "", "", False), problem
