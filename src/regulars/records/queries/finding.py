"""Guests as they are looked for at a desk: by a part of the name, e-mail, phone or own id."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from regulars.records import lookups
from regulars.records.bulk import select
from regulars.records.lookups import EMAIL, NAME, PHONE, PHONE_BACKWARDS
from regulars.records.scope import current_organization

CANDIDATES = 100
FEWEST_DIGITS = 3
FEWEST_LAST_DIGITS = 4
FEWEST_OF_A_NUMBER = 7
_PHONE_SIGNS = frozenset("+()-./ \u00a0\u2011")
_BEYOND = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class FoundGuest:
    """A guest who may be meant. `found_by` is id, phone, email or name.

    `merged_from` is the id of the merged record whose data was typed, where the guest was
    found through one; the row itself is always of the survivor (rule 9.4).
    """

    id: str
    name: str
    email: str | None
    phone: str | None
    birthday: date | None
    home_center: str | None
    status: str | None
    tier: str | None
    points: int
    found_by: str
    merged_from: str | None


def find_guests(text: str, *, limit: int, time_zone: str) -> list[FoundGuest]:
    """Who may be meant by what was typed, the likeliest first; nobody for blank text.

    Words are beginnings of names, in any order, without regard to case and accents; one word
    may also begin an e-mail or be an own id; digits are a phone in any notation, national as
    dialed in `time_zone`, from its beginning or its end on. A few statements, each of a range
    of one index, whatever the number of guests.
    """
    said = text.strip()
    if not said:
        return []
    spelled = [words[: lookups.MOST_WORDS] for words in lookups.spellings(said)]
    hits = [*_by_id(said), *_by_phone(said, time_zone), *_by_name(spelled)]
    if "@" in said or len(hits) < CANDIDATES:
        hits += _by_email(said)
    found = _guests(hits)
    asked = frozenset(word for words in spelled for word in words)
    found.sort(key=lambda one: _place(one, asked))
    return found[:limit]


def guests_with(
    *, phone: str | None = None, email: str | None = None, limit: int, time_zone: str
) -> list[FoundGuest]:
    """Who has exactly this phone, in whatever notation, and this e-mail; both, if given."""
    sets: list[list[Hit]] = []
    if phone is not None:
        number = lookups.phone_of(phone, lookups.region_of(time_zone))
        sets.append(_exactly(PHONE + number, "phone") if number else [])
    if email is not None:
        sets.append(_exactly(EMAIL + lookups.email_of(email), "email"))
    shared = set.intersection(*({key for _, key in one} for one in sets)) if sets else set()
    found = _guests([hit for hit in (sets or [[]])[0] if hit[1] in shared])
    found.sort(key=lambda one: _place(one, frozenset()))
    return found[:limit]


# -- what may be meant ------------------------------------------------------------------------

Hit = tuple[str, UUID]
"""How a guest was found, and the key of the row that was."""


def _by_id(said: str) -> list[Hit]:
    rows = select(
        "SELECT id FROM records_guest WHERE organization_id = %s AND external_id IN %s",
        [current_organization(), sorted({said, said.lower(), said.upper()})],
        types="uuid",
    )
    return [("id", key) for (key,) in rows]


def _by_phone(said: str, time_zone: str) -> list[Hit]:
    """The number from its country or its area on, or its last digits."""
    digits = lookups.digits_of(said)
    is_phone = all(sign.isdigit() or sign in _PHONE_SIGNS for sign in said)
    if not is_phone or len(digits) < FEWEST_DIGITS:
        return []
    begun = lookups.beginnings_of(said, lookups.region_of(time_zone))
    prefixes = {PHONE + beginning for beginning in begun}
    if len(digits) >= FEWEST_LAST_DIGITS:
        prefixes.add(PHONE_BACKWARDS + digits[::-1])
    significant = digits.lstrip("0")
    if len(significant) >= FEWEST_OF_A_NUMBER:  # a number of another country, as dialed there
        prefixes.add(PHONE_BACKWARDS + significant[::-1])
    return [("phone", key) for prefix in sorted(prefixes) for key in _beginning(prefix)]


def _by_email(said: str) -> list[Hit]:
    if any(sign.isspace() for sign in said):
        return []
    return [("email", key) for key in _beginning(EMAIL + lookups.email_of(said))]


def _by_name(spelled: list[list[str]]) -> Iterator[Hit]:
    """Each name is there once from each of its words on: the longest leads, the rest follow."""
    for words in spelled:
        if words:
            leading, *others = sorted(words, key=len, reverse=True)
            for key in _beginning(NAME + leading, [f"% {word}%" for word in others]):
                yield "name", key


# -- statements -------------------------------------------------------------------------------


def _beginning(prefix: str, patterns: Iterable[str] = ()) -> list[UUID]:
    """Guests with a value that begins like this and is like these, in the order of values."""
    at_least, less_than, order = _BYTEWISE[connection.vendor]
    like = list(patterns)
    rows = select(
        "SELECT guest_id FROM records_guestlookup WHERE organization_id = %s"
        f" AND value {at_least} %s AND value {less_than} %s"
        + " AND value LIKE %s" * len(like)
        + f" ORDER BY value {order} LIMIT {CANDIDATES}",
        [current_organization(), prefix, prefix + _BEYOND, *like],
        types="uuid",
    )
    return [key for (key,) in rows]


def _exactly(value: str, by: str) -> list[Hit]:
    rows = select(
        "SELECT guest_id FROM records_guestlookup WHERE organization_id = %s AND value = %s"
        f" ORDER BY guest_id LIMIT {CANDIDATES}",
        [current_organization(), value[: lookups.LONGEST]],
        types="uuid",
    )
    return [(by, key) for (key,) in rows]


_BYTEWISE = {"sqlite": (">=", "<", ""), "postgresql": ("~>=~", "~<~", "USING ~<~")}
"""Comparing by bytes, as the index does: PostgreSQL's own order is its language's."""


def _guests(hits: Iterable[Hit]) -> list[FoundGuest]:
    """The guests behind the hits, once each, by the way that says most."""
    ways: dict[UUID, str] = {}
    for by, key in hits:
        ways.setdefault(key, by)
    rows = select(
        """SELECT h.id, CASE WHEN g.id = h.id THEN NULL ELSE h.external_id END,
        g.external_id, g.name, g.email, g.phone, g.birthday, g.home_center_ref,
        s.external_id, a.tier, a.points
        FROM records_guest h
        JOIN records_guest g ON g.organization_id = h.organization_id
        AND g.id = COALESCE(h.merged_into_id, h.id)
        JOIN records_account a ON a.organization_id = g.organization_id AND a.guest_id = g.id
        LEFT JOIN records_gueststatus s
        ON s.organization_id = g.organization_id AND s.id = g.status_id
        WHERE h.organization_id = %s AND h.id IN %s""",
        [current_organization(), list(ways)],
        types="uuid text text text text text date text text text int",
    )
    found: dict[str, FoundGuest] = {}
    for key, merged_from, *told in rows:
        one = FoundGuest(*[*told, ways[key], merged_from])
        known = found.get(one.id)
        if known is None or _sureness(one) < _sureness(known):
            found[one.id] = one
    return list(found.values())


# -- order ------------------------------------------------------------------------------------


def _sureness(one: FoundGuest) -> tuple[Any, ...]:
    return (one.merged_from is not None, _WAYS.index(one.found_by), one.merged_from or "")


def _place(one: FoundGuest, asked: frozenset[str]) -> tuple[Any, ...]:
    """Ids before phones, names and e-mails; there, whole words before beginnings."""
    spelled = lookups.spellings(one.name)
    n_whole = len(asked.intersection(word for words in spelled for word in words))
    return (_WAYS.index(one.found_by), -n_whole, " ".join(spelled[0]), one.id)


_WAYS = ("id", "phone", "name", "email")
