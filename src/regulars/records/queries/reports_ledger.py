"""Sums of the ledger in a range of days and up to a day: what every report must tie to."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from regulars.records.bulk import select
from regulars.records.scope import current_organization


@dataclass(frozen=True, slots=True)
class KindSum:
    """All entries of one unit and kind: how many, and what they come to."""

    unit: str
    kind: str
    n_entries: int
    value: int


def sums_by_kind(first: date | None, last: date) -> list[KindSum]:
    """Entries dated from `first` (None: the beginning) to `last`, by unit and kind."""
    since = "" if first is None else " AND entered_on >= %s"
    rows = select(
        f"""SELECT unit, kind, COUNT(*), SUM(points) FROM records_ledgerentry
        WHERE organization_id = %s AND entered_on <= %s{since}
        GROUP BY unit, kind ORDER BY unit, kind""",
        [current_organization(), last, *([] if first is None else [first])],
        types="text text int int",
    )
    return [KindSum(*row) for row in rows]


def sum_on(unit: str, day: date) -> int:
    """All points, or cents of credit, at the end of a day by the entries alone.

    What is dated later is taken off what there is now: little, where the day is recent.
    """
    later = select(
        """SELECT COALESCE(SUM(points), 0) FROM records_ledgerentry
        WHERE organization_id = %s AND unit = %s AND entered_on > %s""",
        [current_organization(), unit, day],
        types="int",
    )
    column = "points" if unit == "points" else "credit_cents"
    now = select(
        f"SELECT COALESCE(SUM({column}), 0) FROM records_account WHERE organization_id = %s",
        [current_organization()],
        types="int",
    )
    return int(now[0][0]) - int(later[0][0])


def centers_of_redeemed_rewards() -> dict[str, str]:
    """By invoice id: the center of every invoice that a reward ever stood on."""
    rows = select(
        """SELECT DISTINCT i.external_id, c.external_id FROM records_redemption r
        JOIN records_invoice i ON i.organization_id = r.organization_id AND i.id = r.invoice_id
        JOIN records_center c ON c.organization_id = i.organization_id AND c.id = i.center_id
        WHERE r.organization_id = %s AND r.unit = 'credit'""",
        [current_organization()],
    )
    return {row[0]: row[1] for row in rows}


def center_names() -> dict[str, str]:
    rows = select(
        """SELECT external_id, name FROM records_center WHERE organization_id = %s
        ORDER BY name, external_id""",
        [current_organization()],
    )
    return {row[0]: row[1] for row in rows}


def status_names() -> dict[str, str]:
    rows = select(
        """SELECT external_id, name FROM records_gueststatus WHERE organization_id = %s
        ORDER BY name, external_id""",
        [current_organization()],
    )
    return {row[0]: row[1] for row in rows}


def organization_name() -> str:
    rows = select(
        "SELECT name FROM records_organization WHERE id = %s",
        [current_organization()],
    )
    return str(rows[0][0])


def first_entry_on() -> date | None:
    """The day of the first entry there is; None while there is none."""
    rows = select(
        "SELECT MIN(entered_on) FROM records_ledgerentry WHERE organization_id = %s",
        [current_organization()],
        types="date",
    )
    return rows[0][0] if rows else None


def has_many_guests(number: int) -> bool:
    """Whether there are more guests than that; it looks no further."""
    rows = select(
        f"""SELECT COUNT(*) FROM (SELECT 1 FROM records_account WHERE organization_id = %s
        LIMIT {number + 1}) first_ones""",
        [current_organization()],
        types="int",
    )
    return int(rows[0][0]) > number


def json_text(column: str, name: str) -> str:
    """SQL for one member of a JSON text; both engines."""
    if connection.vendor == "sqlite":
        return f"json_extract({column}, '$.{name}')"
    return f"({column}::json ->> '{name}')"


def month_text(column: str) -> str:
    """SQL for a day's month as YYYY-MM; both engines."""
    if connection.vendor == "sqlite":
        return f"substr({column}, 1, 7)"
    return f"to_char({column}, 'YYYY-MM')"


def day_text(column: str) -> str:
    """SQL for a day as YYYY-MM-DD; both engines."""
    return f"CAST({column} AS TEXT)"
