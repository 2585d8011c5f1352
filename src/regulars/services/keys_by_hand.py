"""Keys as staff make them: nobody makes one that may do more than they may themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from regulars.rules.permissions import SCOPES, Actor, Permission, Scope, require
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services import keys, transactions
from regulars.services.keys import Key
from regulars.services.organizations import Company

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class KeyWish:
    """What a key is to be. No `center`: for all of them; no `expires_at`: until revoked."""

    name: str
    scope: str
    center: str | None = None
    expires_at: datetime | None = None


def scopes_for(actor: Actor) -> list[Scope]:
    """What keys of this person may be for: only what the person may do as well."""
    return [scope for scope in Scope if SCOPES[scope] <= actor.permissions]


def make(company: Company, wish: KeyWish, *, actor: Actor, at: datetime) -> tuple[Key, str]:
    """A new key and its text, shown this once. Refused: a scope beyond the actor's own."""
    _check(actor, wish.scope, wish.center)
    if not wish.name.strip() or len(wish.name) > LONGEST_NAME:
        raise Refused(
            "invalid_record",
            said("A name has 1 to {most} characters.", most=LONGEST_NAME),
            field="name",
        )
    return transactions.write(
        lambda: keys.create_key(
            company,
            wish.scope,
            at=at,
            by=actor.name,
            center=wish.center,
            name=wish.name.strip(),
            expires_at=wish.expires_at,
        )
    )


def rotate(
    company: Company, ref: str, *, actor: Actor, at: datetime, overlap: timedelta
) -> tuple[Key, str]:
    """A key's successor and its text; the old one works on for `overlap`."""
    old = keys.key_of(company, ref)
    _check(actor, old.scope, old.center)
    return transactions.write(
        lambda: keys.rotate_key(company, ref, at=at, by=actor.name, overlap=overlap)
    )


def revoke(company: Company, ref: str, *, actor: Actor, at: datetime) -> Key:
    """It works no more from the next request on."""
    _check_center(actor, keys.key_of(company, ref).center)
    return transactions.write(lambda: keys.revoke_key(company, ref, at=at, by=actor.name))


def _check(actor: Actor, scope: str, center: str | None) -> None:
    _check_center(actor, center)
    if scope in list(Scope) and Scope(scope) not in scopes_for(actor):
        raise Refused(
            "not_permitted",
            said(
                "A key of scope {scope} may do more than you may: ask the owner for it.",
                scope=scope,
            ),
            field="scope",
            value=scope,
        )


def _check_center(actor: Actor, center: str | None) -> None:
    require(actor, Permission.MANAGE_WEBHOOKS)
    if actor.center is not None and center != actor.center:
        raise Refused(
            "not_permitted",
            said("You work at {center}: your keys are for that center.", center=actor.center),
            field="center",
            value=center,
        )
