"""Keys for tills, back offices and other programs: made, found, rotated, revoked.

A key reads `reg_<locator>_<secret><check>`: the locator finds its row, the secret (256 bits) is
kept as a hash only, the check tells a mistyped key from a wrong one without asking the
database. A fast hash is right for a secret that nobody can guess.
"""

import hashlib
import hmac
import secrets
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from regulars.records import models
from regulars.records.bulk import execute, select
from regulars.records.ids import uuid7
from regulars.records.scope import organization_scope
from regulars.rules.permissions import SCOPES, Actor, Scope
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import desk_changes, transactions
from regulars.services.companies import NEWS, NEWS_TYPES, News
from regulars.services.organizations import Company

PREFIX = "reg"
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LOCATOR, _SECRET, _CHECK = 10, 52, 6
ROTATION = timedelta(days=1)
"""How long the old key still works after a rotation, unless said otherwise."""

# Asked with every request, so not through the ORM: that would take longer than the answer.
_BY_LOCATOR = f"""SELECT k.secret_hash, k.id, k.locator, k.owner, k.name, k.scope, k.center_ref,
    k.made_at, k.made_by, k.expires_at, k.revoked_at, {NEWS}
    FROM records_apikey k JOIN records_organization o ON o.id = k.owner WHERE k.locator = %s"""
_N_COLUMNS = 11
_BY_LOCATOR_TYPES = (
    f"text uuid text uuid text text text instant text instant instant {NEWS_TYPES}"
)

_noted: dict[UUID, datetime] = {}
"""The minute that this process has noted a key's use in: once is enough."""
_MOST_NOTED = 10_000


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it may be shown; its secret is not part of it."""

    id: UUID
    ref: str
    organization: UUID
    name: str
    scope: Scope
    center: str | None
    made_at: datetime
    made_by: str | None
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None = None

    @property
    def may_import(self) -> bool:
        """May it say itself when something became known (contract section 1)."""
        return self.scope is Scope.BACK_OFFICE

    def actor(self, staff: str | None = None) -> Actor:
        """Who acts with this key; a staff member's id stands beside it in the books."""
        name = f"{staff} (key {self.ref})" if staff else f"key {self.ref}"
        return Actor(name, SCOPES[self.scope], self.center)

    def is_good(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


# -- making -----------------------------------------------------------------------------------


def create_key(
    company: Company,
    scope: str,
    *,
    at: datetime,
    by: str | None,
    center: str | None = None,
    name: str = "",
    expires_at: datetime | None = None,
) -> tuple[Key, str]:
    """A new key and its text, which is shown this once. Refused: unknown scope or center, an
    end that is over.
    """
    if scope not in list(Scope):
        raise Refused(
            "invalid_record",
            said("There is no such scope; there are {known}.", known=", ".join(Scope)),
            field="scope",
            value=scope,
        )
    if center is not None:
        company.center(center)
    if expires_at is not None and expires_at <= at:
        raise Refused(
            "invalid_record",
            said("This is over already."),
            field="expires_at",
            value=str(expires_at),
        )
    locator, secret = _random(_LOCATOR), _random(_SECRET)
    row = models.ApiKey.objects.create(
        id=uuid7(),
        owner=company.id,
        locator=locator,
        secret_hash=_hash(secret),
        name=name or f"{scope} {locator[:4]}",
        scope=scope,
        center_ref=center,
        made_at=at,
        made_by=by,
        expires_at=expires_at,
    )
    _note(row, "made", {"expires_at": expires_at} if expires_at else {}, at=at, by=by)
    body = f"{PREFIX}_{locator}_{secret}"
    return _key(row), body + _check(body)


def rotate_key(
    company: Company,
    ref: str,
    *,
    at: datetime,
    by: str | None,
    overlap: timedelta = ROTATION,
) -> tuple[Key, str]:
    """A new key like this one, which itself works on for `overlap`."""
    old = _row(company, ref)
    if not _key(old).is_good(at):
        raise Refused(
            "conflict", said("Key {ref} works no more; make a new one.", ref=ref), field="id"
        )
    fresh = create_key(
        company,
        old.scope,
        at=at,
        by=by,
        center=old.center_ref,
        name=old.name,
        expires_at=old.expires_at,
    )
    ends = at + overlap
    old.expires_at = min(ends, old.expires_at) if old.expires_at else ends
    old.save(update_fields=["expires_at"])
    _note(old, "replaced", {"expires_at": old.expires_at}, at=at, by=by)
    return fresh


def revoke_key(company: Company, ref: str, *, at: datetime, by: str | None) -> Key:
    """It works no more from the next request on; revoked again it stays as it was."""
    row = _row(company, ref)
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = at, by
        row.save(update_fields=["revoked_at", "revoked_by"])
        _note(row, "revoked", {}, at=at, by=by)
    return _key(row)


def key_of(company: Company, ref: str) -> Key:
    """One key by its id; refused when there is none."""
    return _key(_row(company, ref))


def keys_of(company: Company) -> list[Key]:
    """All keys of an organization, the newest first, with when they were last used."""
    uses = dict(models.KeyUse.objects.values_list("key", "used_at"))
    rows = models.ApiKey.objects.filter(owner=company.id).order_by("-id")
    return [_key(row, uses.get(row.id)) for row in rows]


# -- coming in --------------------------------------------------------------------------------


def find_key(text: str, *, now: datetime) -> Key | None:
    """The key of this text, if there is one and it is good at `now`."""
    found = find_key_and_news(text, now=now)
    return found[0] if found else None


def find_key_and_news(text: str, *, now: datetime) -> tuple[Key, News] | None:
    """The same, and in the same query what is new of its organization."""
    body, check = text[:-_CHECK], text[-_CHECK:]
    parts = body.split("_")
    if len(parts) != 3 or parts[0] != PREFIX or not text.isascii() or _check(body) != check:
        return None
    rows = select(_BY_LOCATOR, [parts[1]], types=_BY_LOCATOR_TYPES)
    if not rows or not hmac.compare_digest(rows[0][0], _hash(parts[2])):
        return None
    _, id_, ref, owner, name, scope, *rest = rows[0][:_N_COLUMNS]
    key = Key(id_, ref, owner, name, Scope(scope), *rest)
    news: News = rows[0][_N_COLUMNS:]
    return (key, news) if key.is_good(now) else None


def note_use(key: Key, *, now: datetime) -> None:
    """Keep when it was used, to the minute; in the scope of its organization."""
    minute = now.replace(second=0, microsecond=0)
    if _noted.get(key.id) != minute:
        transactions.write(partial(_keep_use, key, minute))
        if len(_noted) > _MOST_NOTED:
            _noted.clear()
        _noted[key.id] = minute


def _keep_use(key: Key, minute: datetime) -> None:
    """One statement: tills come in with the same key at the same moment."""
    execute(
        """INSERT INTO records_keyuse (id, organization_id, "key", used_at)
        VALUES (%s, %s, %s, %s)
        ON CONFLICT (organization_id, "key") DO UPDATE SET used_at = excluded.used_at""",
        [uuid7(), key.organization, key.id, minute],
    )


# -- parts ------------------------------------------------------------------------------------


def _note(
    row: models.ApiKey,
    act: str,
    detail: dict[str, datetime | None],
    *,
    at: datetime,
    by: str | None,
) -> None:
    said = {"name": row.name, "scope": row.scope, "center": row.center_ref}
    ends = {name: one.isoformat() for name, one in detail.items() if one}
    with organization_scope(row.owner):
        desk_changes.note_act(f"key/{row.locator}", act, {**said, **ends}, at=at, by=by)


def _row(company: Company, ref: str) -> models.ApiKey:
    row = models.ApiKey.objects.filter(owner=company.id, locator=ref).first()
    if row is None:
        raise unknown_reference("key", ref, field="id")
    return row


def _key(row: models.ApiKey, used_at: datetime | None = None) -> Key:
    return Key(
        id=row.id,
        ref=row.locator,
        organization=row.owner,
        name=row.name,
        scope=Scope(row.scope),
        center=row.center_ref,
        made_at=row.made_at,
        made_by=row.made_by,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        used_at=used_at,
    )


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _check(body: str) -> str:
    value = zlib.crc32(body.encode())
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in range(_CHECK))
