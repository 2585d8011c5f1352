"""Who does what more often than others: the acts an owner may want to look at twice.

It accuses nobody. Each figure says what is counted, and the records behind it can be read.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from regulars.records import codec
from regulars.records.lookups import email_of
from regulars.records.queries import risk
from regulars.records.queries.documents import JournalRow
from regulars.records.queries.risk import OwnGuest, OwnMove
from regulars.rules.permissions import Actor, Permission, require
from regulars.services.organizations import Company, first_instant
from regulars.services.staff import Member

NEAR_TENTHS = 8
"""From so many tenths of the approval limit on an award is just under it."""


class Sign(StrEnum):
    """What is counted."""

    BY_HAND = "by_hand"
    VOID = "void"
    LATE = "late"
    OWN = "own"
    NEAR_LIMIT = "near_limit"


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `record` is its name in the journal; `points` or `credit_cents` what it moved;
    `limit` the approval limit of its day.
    """

    sign: Sign
    by: str
    at: datetime
    kind: str
    record: str
    guest: str | None = None
    invoice: str | None = None
    points: int | None = None
    credit_cents: int | None = None
    limit: int | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class PersonRisk:
    """The acts of one person or key, under the name in the books, the last first."""

    by: str
    acts: Sequence[Act]

    def of(self, sign: Sign) -> list[Act]:
        return [act for act in self.acts if act.sign is sign]

    def count(self, sign: Sign) -> int:
        return len(self.of(sign))

    @property
    def points(self) -> int:
        """Added by hand, those that were removed taken off."""
        return sum(act.points or 0 for act in self.of(Sign.BY_HAND))


def staff_risk(
    company: Company, members: Sequence[Member], first: date, last: date, *, actor: Actor
) -> list[PersonRisk]:
    """Everybody with at least one such act between two days, those with most acts first."""
    require(actor, Permission.SEE_AUDIT)
    since = first_instant(first, company.zone)
    until = company.day_ends_at(last)
    acts = [
        *(one for row in risk.risky_acts(since, until) for one in _signs_of(company, row)),
        *_own_acts(members, since, until),
    ]
    by_person: dict[str, list[Act]] = defaultdict(list)
    for act in sorted(acts, key=lambda one: one.at, reverse=True):
        by_person[act.by].append(act)
    found = [PersonRisk(by, theirs) for by, theirs in by_person.items()]
    return sorted(found, key=lambda one: (-len(one.acts), one.by))


def person_of(by: str) -> str:
    """Whoever acted: a person, also through the key of a till."""
    return by.partition(" (key ")[0]


def _signs_of(company: Company, row: JournalRow) -> Iterator[Act]:
    body = codec.value_of(row.body)
    said = Act(
        Sign.BY_HAND,
        person_of(row.by or ""),
        row.at,
        row.kind,
        row.name,
        guest=body.get("guest"),
        why=body.get("comment") or body.get("reason"),
    )
    if row.kind == "invoice":
        yield from _of_invoice(said, body)
    elif row.kind == risk.VOIDED:
        yield _as(said, Sign.VOID)
    else:
        points = body.get("points") or 0
        moved = {"add_points": points, "remove_points": -points}.get(row.kind, 0)
        yield _as(said, Sign.BY_HAND, points=moved)
        program = company.versions.on(row.at.astimezone(company.zone).date())
        limit = program.approval_above_points if program else None
        is_near = limit is not None and NEAR_TENTHS * limit <= 10 * points <= 10 * limit
        if row.kind == "add_points" and is_near:
            yield _as(said, Sign.NEAR_LIMIT, points=points, limit=limit)


def _of_invoice(said: Act, body: dict[str, Any]) -> Iterator[Act]:
    """An invoice made void long after it was closed is both."""
    ref = str(body["id"])
    if body["status"] == "void":
        yield _as(said, Sign.VOID, invoice=ref)
    closed_on = body.get("closed_on")
    if (
        closed_on
        and (said.at.date() - date.fromisoformat(str(closed_on))).days > risk.LATE_DAYS
    ):
        yield _as(said, Sign.LATE, invoice=ref)


def _as(act: Act, sign: Sign, **changes: Any) -> Act:
    return replace(act, sign=sign, **changes)


def _own_acts(members: Sequence[Member], since: datetime, until: datetime) -> Iterator[Act]:
    """Staff who are guests too, by their e-mail address, acting on their own account."""
    guests: dict[str, list[OwnGuest]] = defaultdict(list)
    for guest in risk.guests_of_addresses([one.email for one in members]):
        guests[guest.email].append(guest)
    refs = {
        (guest.key, one.ref): guest.ref
        for one in members
        for guest in guests[email_of(one.email)]
    }
    if not refs:
        return
    for move in risk.moves_on(sorted({key for key, _ in refs}), since, until):
        ref = refs.get((move.guest, person_of(move.by)))
        if ref is not None:
            yield _own_act(move, ref)


def _own_act(move: OwnMove, guest: str) -> Act:
    is_points = move.unit == "points"
    return Act(
        Sign.OWN,
        person_of(move.by),
        move.at,
        move.source.partition("/")[0],
        move.source,
        guest=guest,
        points=move.points if is_points else None,
        credit_cents=None if is_points else move.points,
    )
