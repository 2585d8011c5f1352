"""Guests by the hundred thousand, made by the database itself: only what a run reads."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import connection

from bench import stories
from regulars.records.quarters import QuarterField
from regulars.services.organizations import Company

TIERS = ("silver", "gold", "platinum")
STAYING = (100_00, 1500_00, 5000_00)


def add_guests(company: Company, count: int) -> None:
    """Included in money rewards, each with an account."""
    at, on = noon_of(stories.START), stories.START
    status = company.statuses["regular"]
    insert(
        "guest",
        count,
        {
            "id": key("1"),
            "organization_id": id_of(company.id),
            "external_id": "'c' || n",
            "name": "'Guest ' || n",
            "status_id": id_of(status),
            "opted_in": "TRUE",
            "said_opt_in": "TRUE",
            "known_at": f"'{at}'",
            "known_on": f"'{on}'",
            "digest": "''",
        },
    )


def add_accounts(company: Company, count: int, *, since: date | None) -> None:
    """In a tier since then, one tier after the other; or in none."""
    tier = "CASE n % 3 WHEN 0 THEN 'silver' WHEN 1 THEN 'gold' ELSE 'platinum' END"
    enrolled = {
        "tier": tier,
        "tier_since": f"'{since}'",
        "enrolled_on": f"'{since}'",
        "was_enrolled": "TRUE",
        "entered_tiers": f"'[\"' || {tier} || '\"]'",
    }
    none = {"was_enrolled": "FALSE", "entered_tiers": "'[]'"}
    zeros = "points debt_points credit_cents entry_count lot_count consumed_cents".split()
    insert(
        "account",
        count,
        {
            "id": key("2"),
            "organization_id": id_of(company.id),
            "guest_id": key("1"),
            **dict.fromkeys(zeros, "0"),
            "head": "''",
            "is_direct": "FALSE",
            **(enrolled if since else none),
        },
    )


def add_invoices(
    company: Company,
    count: int,
    *,
    on: date,
    cents: str,
    place: int = 0,
    center: str = "soho",
) -> None:
    """One paid invoice each; `cents` is an expression over the guest's number n."""
    at, here = noon_of(on), company.center(center).id
    insert(
        "invoice",
        count,
        {
            "id": key(f"3{place}"),
            "organization_id": id_of(company.id),
            "guest_id": key("1"),
            "named_guest_ref": "'c' || n",
            "external_id": f"'c{place}-' || n",
            "center_id": id_of(here),
            "status": "'closed'",
            **dict.fromkeys(("opened_at", "closed_at", "known_at"), f"'{at}'"),
            **dict.fromkeys(("opened_on", "closed_on", "known_on"), f"'{on}'"),
            "digest": "''",
            "document": "'{}'",
            "memory": "''",
            "paid_in_full_on": f"'{on}'",
            "was_paid_in_full": "TRUE",
            "points_paid_cents": "0",
            "rewards_paid_cents": "0",
            "qualifying_cents": cents,
            "money_news": "FALSE",
        },
    )


def add_spend(company: Company, count: int, *, days: list[date], cents: str) -> None:
    """Paid on these days on the first invoice of each guest; `cents` over n, each day."""
    for place, day in enumerate(days):
        insert(
            "spend",
            count,
            {
                "id": key(f"4{place}"),
                "organization_id": id_of(company.id),
                "guest_id": key("1"),
                "invoice_id": key("30"),
                "paid_on": f"'{day}'",
                "spend_cents": cents,
            },
        )


def add_lookups(company: Company, count: int) -> None:
    """Each guest is found by her name."""
    insert(
        "guestlookup",
        count,
        {
            "id": key("5"),
            "organization_id": id_of(company.id),
            "guest_id": key("1"),
            "value": "'nguest ' || n",
        },
    )


def add_rewards(company: Company, count: int, *, on: date) -> None:
    """One open reward each."""
    insert(
        "reward",
        count,
        {
            "id": key("6"),
            "organization_id": id_of(company.id),
            "guest_id": key("1"),
            "external_id": "'cr' || n",
            "lot_number": "1",
            "amount_cents": "500 + n % 40 * 100",
            **dict.fromkeys(("applied_cents", "consumed_cents"), "0"),
            "state": "'issued'",
            "issued_on": f"'{on}'",
            "expires_on": f"'{on + timedelta(days=365)}'",
            "source": "'manual'",
        },
    )


def analyze() -> None:
    """What autovacuum would have done by the time such a crowd has come together."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def months_before(day: date, count: int) -> list[date]:
    return [day - timedelta(days=30 * number + 5) for number in range(count)]


def insert(table: str, count: int, values: dict[str, str], only: str = "TRUE") -> None:
    """A row for each n below `count` of which `only` is true; `values` are expressions."""
    is_sqlite = connection.vendor == "sqlite"
    numbers = (
        "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers"
        f" WHERE n < {count - 1}) SELECT {{}} FROM numbers WHERE {only}"
        if is_sqlite
        else f"SELECT {{}} FROM generate_series(0, {count - 1}) AS numbers(n) WHERE {only}"
    )
    of_days = {
        field.name: _quarter(values[field.of])
        for field in apps.get_model("records", table)._meta.get_fields()
        if isinstance(field, QuarterField)
    }
    values = values | of_days
    made = [_typed(name, text) for name, text in values.items()]
    with connection.cursor() as cursor:
        chosen = numbers.format(", ".join(made))
        cursor.execute(f"INSERT INTO records_{table} ({', '.join(values)}) {chosen}")


def _typed(name: str, text: str) -> str:
    if connection.vendor == "sqlite":
        return text
    if name.endswith(("_on", "_since")):
        return f"{text}::date"
    return f"{text}::timestamptz" if name.endswith("_at") or name == "at" else text


def _quarter(day: str) -> str:
    """`quarter_of` the day or instant that an expression says."""
    if connection.vendor == "sqlite":
        return f"strftime('%Y', {day}) * 4 + (strftime('%m', {day}) - 1) / 3"
    return f"date_part('year', {day}::date) * 4 + date_part('quarter', {day}::date) - 1"


def key(kind: str) -> str:
    """An id that grows with n; each table has its own beginning."""
    zeros = kind.ljust(20, "0")
    if connection.vendor == "sqlite":
        return f"'{zeros}' || printf('%012x', n)"
    return f"('{zeros}' || lpad(to_hex(n), 12, '0'))::uuid"


def id_of(value: Any) -> str:
    return f"'{value.hex}'" if connection.vendor == "sqlite" else f"'{value}'::uuid"


def noon_of(on: date) -> str:
    zone = "" if connection.vendor == "sqlite" else "+00"
    return f"{on} 12:00:00{zone}"
