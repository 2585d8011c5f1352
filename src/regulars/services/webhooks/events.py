"""Events as they are told, by the feed and by webhooks alike: read from the books by number."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from regulars.records import codec, feed, outbox
from regulars.records.feed import FeedRow
from regulars.records.queries import told_events
from regulars.rules import events as rules
from regulars.rules import sentences
from regulars.rules.explaining import sentence_of
from regulars.rules.refusals import Refused
from regulars.services import transactions
from regulars.services.organizations import Company

ROWS = 200
"""Rows of the outbox numbered in one transaction, and looked at together."""
MOST = 1000
"""Events looked at for one page of the feed."""

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `number` is its place in the organization's feed."""

    id: str
    number: int
    type: str
    at: datetime
    center: str | None
    guest: str | None
    data: Data

    def as_dict(self, organization: str) -> Data:
        """As it is told. The same each time, but for what its guest's books say of a reward."""
        return {
            "id": self.id,
            "type": self.type,
            "timestamp": self.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "organization": organization,
            "center": self.center,
            "guest": self.guest,
            "sequence": self.number,
            "data": self.data,
        }


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the feed. `next` is the `after` of the next one, `last` the feed's end."""

    events: Sequence[Event]
    next: int
    last: int


def number_new(*, at: datetime, most_rows: int = 50 * ROWS) -> int:
    """Number what was told since; returns how many rows."""
    n_rows = 0
    while n_rows < most_rows and feed.has_unnumbered():
        n_rows += transactions.write(partial(feed.number_next, at=at, limit=ROWS))
    return n_rows


def page(
    company: Company,
    *,
    after: int | None,
    limit: int,
    now: datetime,
    types: Collection[str] = (),
    guest: str | None = None,
) -> Page:
    """Events after this number, oldest first. Refused: a number whose events are gone, or that
    is still to come, an unknown type.
    """
    check_types(types)
    number_new(at=now)
    ends = feed.ends()
    after = ends.forgotten if after is None else after
    check_cursor(after, ends)
    found: list[Event] = []
    cursor, n_seen = after, 0
    while len(found) < limit and n_seen < MOST:
        some = events_after(company, cursor, limit=min(ROWS, MOST - n_seen))
        if not some:
            break
        for event in some:
            cursor, n_seen = event.number, n_seen + 1
            if is_wanted(event, types) and guest in (None, event.guest):
                found.append(event)
                if len(found) == limit:
                    break
    return Page(found, cursor, max(ends.last, cursor))


def ends_now(*, at: datetime) -> feed.Ends:
    """How far the feed reaches at both ends, with all that was told until now numbered."""
    number_new(at=at)
    return feed.ends()


def is_wanted(event: Event, types: Collection[str]) -> bool:
    return not types or event.type in types


def check_types(types: Collection[str]) -> None:
    for one in types:
        if one not in rules.TYPES:
            raise Refused(
                "invalid_record",
                sentences.said(
                    "There is no event of this type; there are {known}.",
                    known=", ".join(rules.TYPES),
                ),
                field="types",
                value=one,
            )


def check_cursor(after: int, ends: feed.Ends) -> None:
    """Refused: where something would be passed over, or nothing has been yet."""
    if after < ends.forgotten:
        raise Refused(
            "conflict",
            sentences.said(
                "Events up to {forgotten} are no longer kept. Read the guests'"
                " states anew, and go on after {forgotten}.",
                forgotten=ends.forgotten,
            ),
            field="after",
            value=after,
            detail={"minimum": ends.forgotten, "maximum": ends.last},
        )
    if after > ends.last:
        raise Refused(
            "invalid_record",
            sentences.said("The last event is {last}.", last=ends.last),
            field="after",
            value=after,
            detail={"minimum": ends.forgotten, "maximum": ends.last},
        )


# -- from rows to events ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mention:
    """An event as a row names it: a guest's entry or move by number, or what it says itself."""

    row: FeedRow
    number: int
    guest: str | None = None
    entry: int | None = None
    move: int | None = None
    said: Any = None


def events_after(company: Company, number: int, *, limit: int) -> list[Event]:
    """The next numbered events, in order, in a fixed number of statements."""
    mentions: list[_Mention] = []
    for row in feed.rows_after(number, limit=limit):
        mentions += [one for one in _mentions(row) if one.number > number]
    return _Reading(company, mentions[:limit]).events()


def _mentions(row: FeedRow) -> Iterator[_Mention]:
    body, number = codec.value_of(row.body), row.first
    if row.topic not in (outbox.GROWN, outbox.REWARDS_EXPIRED):
        yield _Mention(row, number, said=body)
        return
    for one in body:
        if row.topic == outbox.REWARDS_EXPIRED:
            yield _Mention(row, number, guest=one[0], said=one[1:])
            number += 1
            continue
        for place in range(len(one["moves"])):
            yield _Mention(row, number, guest=one["guest"], move=one["first_move"] + place)
            number += 1
        for entry in range(one["entries"][0], one["entries"][1] + 1):
            yield _Mention(row, number, guest=one["guest"], entry=entry)
            number += 1


class _Reading:
    """What the mentions are about, read together."""

    def __init__(self, company: Company, mentions: Sequence[_Mention]) -> None:
        self.company = company
        self.mentions = mentions
        refs = [one.guest for one in mentions if one.guest is not None]
        self.keys = told_events.guest_keys(refs) if refs else {}
        keys = sorted(self.keys.values())
        of_entries = [one.entry for one in mentions if one.entry is not None]
        of_moves = [one.move for one in mentions if one.move is not None]
        self.entries = told_events.entries(keys, of_entries) if of_entries else {}
        self.moves = told_events.moves(keys, of_moves) if of_moves else {}
        self.whys = {at: codec.value_of(one.why) for at, one in self.entries.items()}
        credit = {at for at, one in self.entries.items() if one.unit == "credit"}
        self.rewards = (
            told_events.rewards_by_entry(
                sorted({guest for guest, _ in credit}), [number for _, number in credit]
            )
            if credit
            else {}
        )
        self.centers = self._centers()

    def _centers(self) -> dict[str, str]:
        named: dict[str, set[str]] = {"invoice": set(), "appointment": set()}
        for at, entry in self.entries.items():
            kind, _, ref = _happened_on(entry, self.whys[at]).partition("/")
            if kind in named:
                named[kind].add(ref)
        return {
            f"{kind}/{ref}": center
            for kind, refs in named.items()
            for ref, center in told_events.centers_of(kind, refs).items()
        }

    def events(self) -> list[Event]:
        return [self._event(one) for one in self.mentions]

    def _event(self, one: _Mention) -> Event:
        center = None
        if one.entry is not None:
            at = (self.keys[one.guest or ""], one.entry)
            type_, data = self._entry(at)
            center = self.centers.get(_happened_on(self.entries[at], self.whys[at]))
        elif one.move is not None:
            type_, data = rules.TIER_CHANGED, self._move(one)
        elif one.row.topic == outbox.REWARDS_EXPIRED:
            type_, data = rules.REWARD_EXPIRED, self._expired(one)
        else:
            type_, data = one.row.topic, one.said
        id_ = f"evt_{one.row.id.hex}_{one.number - one.row.first}"
        return Event(id_, one.number, type_, one.row.at, center, one.guest, data)

    def _entry(self, at: tuple[UUID, int]) -> tuple[str, Data]:
        """The entry as in contract section 4; of credit the money instead of points."""
        entry, why = self.entries[at], self.whys[at]
        because = str(why.get("because", ""))
        type_ = rules.type_of_entry(entry.unit, entry.kind, because, amount=entry.amount)
        about = {"source": entry.source, "why": str(sentence_of(why, self.company.exponent))}
        head = {"date": entry.on.isoformat(), "kind": entry.kind}
        if entry.unit == "points":
            points = {"action": entry.action, "points": entry.amount, "tier": entry.tier}
            return type_, {**head, **points, **about}
        money = {
            "amount": self.company.money(entry.amount),
            "rewards": self._rewards(at, type_),
            "invoice": why.get("invoice"),
        }
        return type_, {**head, **money, **about}

    def _rewards(self, at: tuple[UUID, int], type_: str) -> list[Data]:
        entry, why = self.entries[at], self.whys[at]
        name = "rest" if type_ == rules.REWARD_ISSUED and "rest" in why else "reward"
        found = self.rewards.get(at, [])
        if name in why:
            found = [(why[name], abs(entry.amount))]
        return [{"id": code, "amount": self.company.money(abs(cents))} for code, cents in found]

    def _move(self, one: _Mention) -> Data:
        move = self.moves[(self.keys[one.guest or ""], one.move or 0)]
        return {
            "date": move.on.isoformat(),
            "before": move.before,
            "after": move.after,
            "cause": move.cause,
            "source": move.source,
        }

    def _expired(self, one: _Mention) -> Data:
        code, cents, expires_on = one.said
        money = self.company.money(cents)
        return {"reward": code, "amount": money, "expires_on": expires_on}


def _happened_on(entry: told_events.Entry, why: Data) -> str:
    """The record whose center an entry is told of: its source, or the invoice it is about."""
    if "invoice" in why and not entry.source.startswith("appointment/"):
        return f"invoice/{why['invoice']}"
    return entry.source
