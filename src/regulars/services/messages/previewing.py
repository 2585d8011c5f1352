"""A message as a real guest would get it now, before anything is switched on or saved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from regulars.records import models
from regulars.records.queries import told_guests
from regulars.records.queries.told_guests import PointsEntry, RewardToTell
from regulars.rules.periods import add_months, month_end
from regulars.rules.refusals import unknown_reference
from regulars.services.messages import consent, languages, switches
from regulars.services.messages.kinds import Kind
from regulars.services.messages.standing import read_standings, value_of_points
from regulars.services.messages.statements import statement_values
from regulars.services.messages.values import reward_values
from regulars.services.messages.wording import (
    Wordbook,
    Worded,
    Words,
    check_words,
    read_wordbook,
)
from regulars.services.organizations import Company

_MONTHS_BACK = 12
_USUAL_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """`is_made_up` says that the guest has no such occasion and plausible numbers stand for
    it; `withheld` why she would not be sent it.
    """

    worded: Worded
    recipient: str
    is_made_up: bool
    withheld: str | None


@dataclass(frozen=True, slots=True)
class _Asked:
    company: Company
    kind: Kind
    guest: UUID
    on: date


Found = tuple[dict[str, Any], bool]
"""Raw values, and whether they are made up."""


def preview(
    company: Company,
    kind_name: str,
    channel: str,
    guest_ref: str,
    *,
    on: date,
    language: str | None = None,
    draft: Words | None = None,
) -> Preview:
    """The message with the guest's own numbers; with a draft instead of the saved words.

    The draft is refused like one that is saved. Language: the one asked for, else the guest's.
    """
    kind = switches.known_kind(kind_name)
    switches.check_channel(kind, channel)
    row = models.Guest.objects.filter(external_id=guest_ref).first()
    if row is None:
        raise unknown_reference("guest", guest_ref, field="guest")
    book = read_wordbook(company)
    standings = read_standings(company, book.organization, [row.id], [on])
    guest = standings.guests[row.id]
    own, is_made_up = _VALUES[kind.name](_Asked(company, kind, row.id, on))
    raw = {**standings.values(row.id, on), **own}
    tag = guest.language if language is None else languages.language_tag(language)
    worded = _word(book, kind, channel, raw, language=tag, draft=draft)
    reason = consent.may_be_told(guest, kind, channel)
    return Preview(worded, consent.address_of(guest, channel), is_made_up, reason)


def _word(
    book: Wordbook,
    kind: Kind,
    channel: str,
    raw: dict[str, Any],
    *,
    language: str | None,
    draft: Words | None,
) -> Worded:
    if draft is None:
        return book.word(kind, channel, raw, language=language)
    check_words(draft, kind, channel)
    shown_in, _, _ = book.words(kind, channel, language)
    return book.with_words(kind, channel, raw, words=draft, language=language or shown_in)


# -- the last occasion of each kind, or one made up -------------------------------------------


def _entries(asked: _Asked, kinds: set[str]) -> list[PointsEntry]:
    since = add_months(asked.on, -_MONTHS_BACK)
    found = told_guests.entries_between([asked.guest], since=since, last=asked.on)
    return [one for one in found.get(asked.guest, []) if one.kind in kinds]


def _awarded(asked: _Asked) -> Found:
    entries = [one for one in _entries(asked, {"accrual"}) if one.points > 0]
    if not entries:
        ends = asked.on + timedelta(days=365)
        award = {"points": 20, "why": "amount_spent", "expires_on": ends}
        return {"earned": 20, "awards": [award]}, True
    last = [one for one in entries if one.on == entries[-1].on]
    ends_by_entry = told_guests.last_days_of(asked.guest, [one.number for one in last])
    awards = [
        {
            "points": one.points,
            "why": one.action_or_kind,
            "expires_on": ends_by_entry.get(one.number),
        }
        for one in last
    ]
    return {"earned": sum(one.points for one in last), "awards": awards}, False


def _redeemed(asked: _Asked) -> Found:
    entries = _entries(asked, {"redemption"})
    used = -entries[-1].points if entries else 100
    worth = value_of_points(asked.company.versions.on(asked.on), used) or 0
    return {"used": used, "worth_cents": worth}, not entries


def _points_expiring(asked: _Asked) -> Found:
    ending = told_guests.points_ending([asked.guest], on=asked.on).get(asked.guest, [])
    last_day, points = ending[0] if ending else (asked.on + timedelta(days=30), 100)
    return {
        "expiring": points,
        "expiring_value_cents": value_of_points(asked.company.versions.on(asked.on), points),
        "expires_on": last_day,
        "days": (last_day - asked.on).days,
    }, not ending


def _enrolled(asked: _Asked) -> Found:
    move = _last_move(asked)
    return _tier_if_none(asked, move), move is None


def _upgraded(asked: _Asked) -> Found:
    program = asked.company.versions.on(asked.on)
    move = _last_move(asked)
    tier = program.tier(move.tier_after) if program and move and move.tier_after else None
    before = program.tier(move.tier_before) if program and move and move.tier_before else None
    if tier is not None and before is not None and move is not None and before.rank < tier.rank:
        safe_until = move.moved_on + timedelta(days=tier.validity_days)
        return {"tier_before": before.name, "safe_until": safe_until}, False
    tiers = program.active_tiers if program else ()
    values = _tier_if_none(asked, move)
    lower = tiers[0].name if tiers else "Silver"
    return values | {"tier_before": lower, "safe_until": asked.on + timedelta(days=90)}, True


def _last_move(asked: _Asked) -> models.TierMove | None:
    moves = models.TierMove.objects.filter(
        guest=asked.guest, moved_on__lte=asked.on, tier_after__isnull=False
    )
    found: models.TierMove | None = moves.order_by("-number").first()
    return found


def _tier_if_none(asked: _Asked, move: models.TierMove | None) -> dict[str, Any]:
    """A guest who is in no tier is shown the lowest."""
    account = models.Account.objects.get(guest=asked.guest)
    program = asked.company.versions.on(asked.on)
    if account.tier is not None or program is None or not program.active_tiers:
        return {}
    return {"tier": program.active_tiers[0].name, "tier_since": asked.on}


def _statement(asked: _Asked) -> Found:
    program = asked.company.versions.on(asked.on)
    months = program.statement_every_months if program else None
    last = month_end(add_months(asked.on, -(months or _USUAL_MONTHS)))
    since = last + timedelta(days=1)
    told = statement_values(asked.company, [asked.guest], on=asked.on, since=since)
    return dict(told[asked.guest]), False


def _rewards(asked: _Asked) -> tuple[list[RewardToTell], bool]:
    mine = told_guests.open_rewards([asked.guest], on=asked.on).get(asked.guest, [])
    if mine:
        return mine, False
    cents = 25 * 10**asked.company.exponent
    return [RewardToTell("K7M4-2QXT", cents, asked.on + timedelta(days=90))], True


def _reward_issued(asked: _Asked) -> Found:
    rewards, is_made_up = _rewards(asked)
    return dict(reward_values(rewards)), is_made_up


def _reward_expiring(asked: _Asked) -> Found:
    rewards, is_made_up = _rewards(asked)
    ending = [one for one in rewards if one.expires_on is not None]
    last_day = ending[0].expires_on if ending else None
    if last_day is None:
        last_day = asked.on + timedelta(days=30)
        ending, is_made_up = rewards[:1], True
    together = [one for one in ending if one.expires_on in (last_day, None)]
    values = {"expires_on": last_day, "days": (last_day - asked.on).days}
    return {**reward_values(together), **values}, is_made_up


_VALUES: dict[str, Callable[[_Asked], Found]] = {
    "points_awarded": _awarded,
    "points_redeemed": _redeemed,
    "points_expiring": _points_expiring,
    "enrolled": _enrolled,
    "upgraded": _upgraded,
    "statement": _statement,
    "reward_issued": _reward_issued,
    "reward_expiring": _reward_expiring,
}
