"""Endpoints: who is told of which events. Made, changed, tried, turned on and off."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from regulars.records import codec, feed, models, webhook_rows
from regulars.records.ids import uuid7
from regulars.records.queries import webhooks as queries
from regulars.records.queries.webhooks import Endpoint
from regulars.rules import events as rules
from regulars.rules import sentences
from regulars.rules.permissions import Actor, Permission, require
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import desk_changes, transactions
from regulars.services.organizations import Company
from regulars.services.webhooks import addresses, calling, events
from regulars.services.webhooks.calling import Answer, Call

MOST = 20
"""Endpoints of one organization."""
OVERLAP = timedelta(days=1)
"""How long the old secret signs as well after a rotation, unless said otherwise."""
LONGEST_NAME = 200
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wish:
    """What an endpoint is to be. None leaves it as it is, no types are all types."""

    url: str | None = None
    name: str | None = None
    types: Sequence[str] | None = None

    def check(self) -> None:
        if self.name is not None and len(self.name) > LONGEST_NAME:
            raise Refused(
                "invalid_record",
                sentences.said("A name has up to {most} characters.", most=LONGEST_NAME),
                field="name",
            )
        events.check_types(self.types or ())
        if self.url is not None:
            addresses.check_url(self.url)


def create(company: Company, wish: Wish, *, at: datetime, actor: Actor) -> tuple[Endpoint, str]:
    """A new endpoint and its secret, shown this once. It is told what happens from now on."""
    require(actor, Permission.MANAGE_WEBHOOKS)
    if wish.url is None:
        raise Refused("invalid_record", sentences.said("An address is needed."), field="url")
    wish.check()
    events.number_new(at=at)
    secret, ref = calling.new_secret(), f"ep_{secrets.token_hex(6)}"

    def act() -> None:
        if models.WebhookEndpoint.objects.count() >= MOST:
            raise Refused(
                "conflict",
                sentences.said("There are {most} endpoints, and no more may be.", most=MOST),
            )
        models.WebhookEndpoint.objects.create(
            ref=ref,
            url=wish.url,
            name=wish.name or "",
            types=codec.text_of(list(wish.types or ())),
            secret=secret,
            told_through=feed.ends().last,
            made_at=at,
            made_by=actor.name,
        )
        said = {"name": wish.name, "url": wish.url, "types": list(wish.types or ())}
        _note(ref, "added", said, at=at, actor=actor)

    transactions.write(act)
    return find(ref), secret


def find(ref: str) -> Endpoint:
    """The endpoint of this id. Refused: an unknown one."""
    found = queries.endpoints(ref)
    if not found:
        raise unknown_reference("endpoint", ref, field="id")
    return found[0]


def change(ref: str, wish: Wish, *, at: datetime, actor: Actor) -> Endpoint:
    """Another address, name or choice of types, from the next event on that is put in line."""

    def act(row: models.WebhookEndpoint) -> None:
        if wish.url is not None:
            row.url = wish.url
        if wish.name is not None:
            row.name = wish.name
        if wish.types is not None:
            row.types = codec.text_of(list(wish.types))
        row.save(update_fields=["url", "name", "types"])
        said = {"name": row.name, "url": row.url, "types": codec.value_of(row.types)}
        _note(ref, "changed", said, at=at, actor=actor)

    require(actor, Permission.MANAGE_WEBHOOKS)
    wish.check()
    _changing(ref, act, actor=actor)
    return find(ref)


def remove(ref: str, *, at: datetime, actor: Actor) -> None:
    """It is told nothing any more; what was in line for it, and its log, go with it."""

    def act(row: models.WebhookEndpoint) -> None:
        models.WebhookDelivery.objects.filter(endpoint=row.id).delete()
        models.WebhookAttempt.objects.filter(endpoint=row.id).delete()
        models.WebhookEndpoint.objects.filter(id=row.id).delete()
        _note(ref, "removed", {"name": row.name, "url": row.url}, at=at, actor=actor)

    _changing(ref, act, actor=actor)


def rotate_secret(
    ref: str, *, at: datetime, actor: Actor, overlap: timedelta = OVERLAP
) -> tuple[Endpoint, str]:
    """A new secret, shown this once; until the overlap ends the old one signs as well."""
    fresh = calling.new_secret()

    def act(row: models.WebhookEndpoint) -> None:
        row.old_secret = row.secret if overlap else None
        row.old_secret_until = at + overlap if overlap else None
        row.secret = fresh
        row.save(update_fields=["old_secret", "old_secret_until", "secret"])
        _note(ref, "given a new secret", {"name": row.name}, at=at, actor=actor)

    _changing(ref, act, actor=actor)
    return find(ref), fresh


def turn_on(ref: str, *, at: datetime, actor: Actor) -> Endpoint:
    """It is told again from where it was, as far as events are kept: nothing was forgotten
    while it was off, but what is older than those is.
    """

    def act(row: models.WebhookEndpoint) -> None:
        row.is_on, row.failures, row.problem = True, 0, None
        row.failing_since = row.paused_until = row.turned_off_at = None
        row.notice = row.notice_due_at = None
        row.told_through = max(row.told_through, feed.ends().forgotten)
        row.save()
        webhook_rows.wake(row.id, now=at)
        _note(ref, "turned on", {"name": row.name}, at=at, actor=actor)

    _changing(ref, act, actor=actor)
    return find(ref)


def turn_off(ref: str, *, at: datetime, actor: Actor) -> Endpoint:
    """It is told nothing until it is turned on again, and then goes on where it was."""

    def act(row: models.WebhookEndpoint) -> None:
        webhook_rows.turn_off(row.id, at=at, problem=f"Turned off by {actor.name}.")
        _note(ref, "turned off", {"name": row.name}, at=at, actor=actor)

    _changing(ref, act, actor=actor)
    return find(ref)


def replay(ref: str, *, after: int, at: datetime, actor: Actor) -> Endpoint:
    """Tell it anew everything after this number; what waited for it is put in line again, as
    far as it is later. Refused: a number whose events are gone, or are still to come.
    """
    require(actor, Permission.MANAGE_WEBHOOKS)
    events.number_new(at=at)

    def act(row: models.WebhookEndpoint) -> None:
        events.check_cursor(after, feed.ends())
        webhook_rows.clear_line(row.id)
        webhook_rows.set_told_through(row.id, after)
        _note(ref, "told again", {"name": row.name, "after": after}, at=at, actor=actor)

    _changing(ref, act, actor=actor)
    return find(ref)


def test(company: Company, ref: str, *, at: datetime, actor: Actor) -> Answer:
    """Send it a signed event of its own, now, and see what it answers. No retry, no harm."""
    require(actor, Permission.MANAGE_WEBHOOKS)
    found = models.WebhookEndpoint.objects.filter(ref=ref).first()
    if found is None:
        raise unknown_reference("endpoint", ref, field="id")
    event = events.Event(
        f"evt_{uuid7().hex}_0", 0, rules.TEST, at, None, None, {"endpoint": ref}
    )
    body = codec.bytes_of(event.as_dict(company.ref))
    answer = calling.make(Call(found.url, event.id, body, secrets_of(found, at)), at=at)
    outcome = "accepted" if answer.is_good else "failed"
    about = (found.id, event.id, event.type, None, 1, at, answer.milliseconds)
    row = (*about, outcome, answer.status, answer.text)
    transactions.write(partial(webhook_rows.log_attempts, [row]))
    return answer


def secrets_of(row: Any, at: datetime) -> list[str]:
    """The secrets that sign now: two while a rotation's overlap lasts."""
    is_both = row.old_secret and row.old_secret_until and at < row.old_secret_until
    return [row.secret, row.old_secret] if is_both else [row.secret]


def _note(ref: str, act: str, detail: dict[str, Any], *, at: datetime, actor: Actor) -> None:
    desk_changes.note_act(f"webhook/{ref}", act, detail, at=at, by=actor.name)


def _changing(ref: str, act: Callable[[models.WebhookEndpoint], T], *, actor: Actor) -> T:
    """One change of an endpoint, which nobody else changes meanwhile."""
    require(actor, Permission.MANAGE_WEBHOOKS)

    def once() -> T:
        row = models.WebhookEndpoint.objects.select_for_update().filter(ref=ref).first()
        if row is None:
            raise unknown_reference("endpoint", ref, field="id")
        return act(row)

    return transactions.write(once)
