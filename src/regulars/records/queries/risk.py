"""Acts of staff to be looked at twice, as the journal and the ledger have them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from regulars.records.bulk import select
from regulars.records.lookups import EMAIL, email_of
from regulars.records.quarters import quarters_of_entries
from regulars.records.queries.documents import JournalRow
from regulars.records.scope import current_organization

BY_HAND = ("add_points", "remove_points", "extend_expiry")
VOIDED = "void_reward"
LATE_DAYS = 2
"""An invoice that is written or changed later than so many days after it was closed."""

_CLOSED = '"closed_on":"'


def risky_acts(since: datetime, until: datetime) -> list[JournalRow]:
    """Points by hand, rewards and invoices made void, invoices changed late, by people or
    keys, the last first. One query.
    """
    has, closed, late = _words_of(connection.vendor)
    kinds = (*BY_HAND, VOIDED)
    rows = select(
        f"""SELECT id, kind, name, at, said_by, body, digest, status FROM records_record
        WHERE organization_id = %s AND said_by IS NOT NULL AND at >= %s AND at < %s
        AND (kind IN %s OR (kind = 'invoice' AND ({has} > 0 OR {closed} < {late})))
        ORDER BY id DESC""",
        [current_organization(), since, until, kinds, '"status":"void"', *_closed_values()],
        types="uuid text text instant text text text text",
    )
    return [JournalRow(*row) for row in rows]


def _words_of(vendor: str) -> tuple[str, str, str]:
    """Where a text is in a body; the day it names as that of closing; the last day in time.

    A body that names none has no such day: null is not before anything.
    """
    if vendor == "sqlite":
        return (
            "instr(body, %s)",
            "NULLIF(substr(body, NULLIF(instr(body, %s), 0) + %s, 10), '')",
            f"date(at, '-{LATE_DAYS} days')",
        )
    return (
        "strpos(body, %s)",
        "NULLIF(substr(body, NULLIF(strpos(body, %s), 0) + %s, 10), '')",
        f"to_char(at - interval '{LATE_DAYS} days', 'YYYY-MM-DD')",
    )


def _closed_values() -> tuple[str, int]:
    return _CLOSED, len(_CLOSED)


@dataclass(frozen=True, slots=True)
class OwnGuest:
    """A guest with the e-mail address of a staff member, spelled as it is looked up."""

    key: UUID
    ref: str
    name: str
    email: str


def guests_of_addresses(emails: Collection[str]) -> list[OwnGuest]:
    """Guests by any of these addresses; of one who was merged who she is now. One query."""
    values = sorted({EMAIL + email_of(one) for one in emails})
    rows = select(
        """SELECT COALESCE(s.id, g.id), COALESCE(s.external_id, g.external_id),
        COALESCE(s.name, g.name), l.value FROM records_guestlookup l
        JOIN records_guest g ON g.organization_id = l.organization_id AND g.id = l.guest_id
        LEFT JOIN records_guest s
        ON s.organization_id = g.organization_id AND s.id = g.merged_into_id
        WHERE l.organization_id = %s AND l.value IN %s ORDER BY g.external_id""",
        [current_organization(), values],
        types="uuid text text text",
    )
    return [OwnGuest(key, ref, name, value[len(EMAIL) :]) for key, ref, name, value in rows]


@dataclass(frozen=True, slots=True)
class OwnMove:
    """What somebody did on an account: an entry of the ledger, points or credit in cents."""

    guest: UUID
    unit: str
    kind: str
    points: int
    source: str
    on: date
    at: datetime
    by: str


def moves_on(guests: Sequence[UUID], since: datetime, until: datetime) -> list[OwnMove]:
    """Redemptions and corrections by people on these accounts, the last first. One query."""
    rows = select(
        """SELECT guest_id, unit, kind, points, source, entered_on, posted_at, posted_by
        FROM records_ledgerentry WHERE organization_id = %s AND entered_quarter IN %s
        AND guest_id IN %s AND posted_by IS NOT NULL AND posted_at >= %s AND posted_at < %s
        AND kind IN ('redemption', 'adjustment') ORDER BY posted_at DESC, number DESC""",
        [current_organization(), quarters_of_entries(), list(guests), since, until],
        types="uuid text text int text date instant text",
    )
    return [OwnMove(*row) for row in rows]


def names_of_guests(refs: Collection[str]) -> dict[str, str]:
    """Names by the ids they have in the journal. One query."""
    rows = select(
        "SELECT external_id, name FROM records_guest"
        " WHERE organization_id = %s AND external_id IN %s",
        [current_organization(), sorted(refs)],
    )
    return dict(rows)
