"""Rewards as a table: narrowed, sorted by a column, a page at a time (rule 10.11).

Which rewards a page shows is found in the table of rewards alone, by its indexes; the names of
guests, runs and invoices are looked up for those only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records.bulk import select
from regulars.records.queries.reward_lists import COLUMNS, TYPES, RewardLine, of_status
from regulars.records.scope import current_organization
from regulars.rules import rewards

SORTS = {
    "code": "external_id",
    "amount": "amount_cents",
    "issued": "issued_on",
    "ends": "expires_on",
}
"""What the table may be sorted by, and the column that has it."""
KINDS = ("run", "manual", "rest")
"""Where rewards come from; a rest is what was left of one that was used."""
CHUNK = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which rewards, as of when; None asks for no such thing.

    `codes` and `guests`, ids of guests, are what a search found: one of them is enough.
    """

    on: date
    codes: Sequence[str] | None = None
    guests: Sequence[str] | None = None
    status: str | None = None
    kind: str | None = None
    run: UUID | None = None
    since: date | None = None
    until: date | None = None
    ends_since: date | None = None
    ends_until: date | None = None
    least_cents: int | None = None
    most_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """How many rewards there are, and over how much."""

    n_rewards: int
    cents: int


def reward_page(
    asked: Asked, *, order: str, is_descending: bool, offset: int, limit: int
) -> list[RewardLine]:
    """A page of the table, sorted by one of `SORTS`. One query."""
    way = "DESC" if is_descending else "ASC"
    column = SORTS[order]
    nulls = " NULLS FIRST" if is_descending else " NULLS LAST"
    outer = f"r.{column} {way}{nulls if order == 'ends' else ''}"
    if order != "code":  # named twice, SQLite would pass by the index of a run's rewards
        outer += f", r.external_id {way}"
    where, parameters = _where(asked)
    return _lines(
        f"""(SELECT * FROM records_reward r WHERE {where}
        ORDER BY {outer} LIMIT {limit} OFFSET {offset})""",
        parameters,
        asked=asked,
        sorting=outer,
    )


def sums(asked: Asked) -> Sums:
    """Of all that is asked for. One query."""
    where, parameters = _where(asked)
    [row] = select(
        "SELECT COUNT(*), COALESCE(SUM(r.amount_cents), 0)"
        f" FROM records_reward r WHERE {where}",
        parameters,
        types="int int",
    )
    return Sums(*row)


def all_rewards(asked: Asked) -> Iterator[RewardLine]:
    """Everything that is asked for, in the order of the codes. One query a chunk."""
    where, parameters = _where(asked)
    after = ""
    while True:
        lines = _lines(
            f"""(SELECT * FROM records_reward r WHERE {where} AND r.external_id > %s
            ORDER BY r.external_id LIMIT {CHUNK})""",
            [*parameters, after],
            asked=asked,
            sorting="r.external_id",
        )
        yield from lines
        if len(lines) < CHUNK:
            return
        after = lines[-1].id


def _lines(
    source: str, parameters: list[Any], *, asked: Asked, sorting: str
) -> list[RewardLine]:
    rows = select(
        f"""SELECT {COLUMNS} FROM {source} r
        JOIN records_guest g ON g.organization_id = r.organization_id AND g.id = r.guest_id
        LEFT JOIN records_rewardrun n
        ON n.organization_id = r.organization_id AND n.id = r.run_id
        LEFT JOIN records_invoice i
        ON i.organization_id = r.organization_id AND i.id = r.invoice_id
        ORDER BY {sorting}""",
        parameters,
        types=TYPES,
    )
    return [
        RewardLine(*[*row[:5], rewards.status_on(row[5], row[7], asked.on), *row[6:]])
        for row in rows
    ]


def _where(asked: Asked) -> tuple[str, list[Any]]:
    issued_on = "r.issued_on"
    if asked.run is not None or asked.codes is not None:
        # Those are few: SQLite is kept from going through all days by their index.
        issued_on = "COALESCE(r.issued_on, r.issued_on)"
    conditions = ["r.organization_id = %s", f"{issued_on} <= %s"]
    parameters: list[Any] = [current_organization(), asked.on]
    for condition, value in (
        ("r.run_id = %s", asked.run),
        ("r.issued_on >= %s", asked.since),
        ("r.issued_on <= %s", asked.until),
        ("r.expires_on >= %s", asked.ends_since),
        ("r.expires_on <= %s", asked.ends_until),
        ("r.amount_cents >= %s", asked.least_cents),
        ("r.amount_cents <= %s", asked.most_cents),
    ):
        if value is not None:
            conditions.append(condition)
            parameters.append(value)
    if asked.codes is not None:
        # Each by an index of its own; PostgreSQL would look through all rewards for "or".
        conditions.append(
            """r.id IN (SELECT id FROM records_reward
            WHERE organization_id = %s AND external_id IN %s
            UNION SELECT o.id FROM records_guest g CROSS JOIN records_reward o
            WHERE g.organization_id = %s AND g.external_id IN %s
            AND o.organization_id = g.organization_id AND o.guest_id = g.id)"""
        )
        org = current_organization()
        parameters += [org, list(asked.codes), org, list(asked.guests or ())]
    if asked.kind is not None:
        conditions.append(_KINDS[asked.kind])
    if asked.status is not None:
        condition, days = of_status(asked.status, asked.on)
        conditions.append(condition)
        parameters += days
    return " AND ".join(conditions), parameters


_KINDS = {
    "run": "r.run_id IS NOT NULL AND r.rest_of IS NULL",
    "manual": "r.source = 'manual' AND r.rest_of IS NULL",
    "rest": "r.rest_of IS NOT NULL",
}
