"""Rewards, the runs that issued them, client statuses: as they are listed for people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.bulk import select
from regulars.records.queries.paging import Page
from regulars.records.scope import current_organization
from regulars.rules import rewards

CHUNK = 2000
PAGE = 25
"""Rows on a page of one guest's."""
OPEN = ("issued", "held")
"""What has not been used yet and has not ended."""

STATUSES = ("outstanding", "issued", "held", "redeemed", "void", "expired")
"""What a list may be narrowed to; outstanding is issued or held, and not expired."""


@dataclass(frozen=True, slots=True)
class RewardLine:
    """One reward; `status` is computed as of a day (rule 10.7)."""

    id: str
    guest: str
    name: str
    amount_cents: int
    applied_cents: int
    status: str
    issued_on: date
    expires_on: date | None
    source: str
    run: str | None
    invoice: str | None
    rest_of: str | None
    lot_number: int
    note: str | None
    void_reason: str | None
    issued_by: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rewards: of a guest, of a run, of a status as of `on`, of one code or some."""

    on: date
    guest: str | None = None
    run: str | None = None
    status: str | None = None
    code: str | None = None
    codes: Sequence[str] | None = None


COLUMNS = """r.external_id, g.external_id, g.name, r.amount_cents, r.applied_cents, r.state,
    r.issued_on, r.expires_on, r.source, n.external_id, i.external_id, r.rest_of, r.lot_number,
    r.note, r.void_reason, r.issued_by"""
TYPES = "text text text int int text date date text text text text int text text text"


def reward_lines(wanted: Wanted) -> Iterator[RewardLine]:
    """Rewards in the order of their codes, issued by `wanted.on`. One query a chunk."""
    after = ""
    while True:
        lines = rewards_after(after, wanted, limit=CHUNK)
        yield from lines
        if len(lines) < CHUNK:
            return
        after = lines[-1].id


def rewards_after(after: str, wanted: Wanted, *, limit: int) -> list[RewardLine]:
    """The next of them by their codes. One query."""
    narrowed, params = _narrowed(wanted)
    rows = select(
        f"""SELECT {COLUMNS} FROM records_reward r
        JOIN records_guest g ON g.organization_id = r.organization_id AND g.id = r.guest_id
        LEFT JOIN records_rewardrun n
        ON n.organization_id = r.organization_id AND n.id = r.run_id
        LEFT JOIN records_invoice i
        ON i.organization_id = r.organization_id AND i.id = r.invoice_id
        WHERE r.organization_id = %s AND r.external_id > %s AND r.issued_on <= %s{narrowed}
        ORDER BY r.external_id LIMIT {limit}""",
        [current_organization(), after, wanted.on, *params],
        types=TYPES,
    )
    return [
        RewardLine(*[*row[:5], rewards.status_on(row[5], row[7], wanted.on), *row[6:]])
        for row in rows
    ]


def _narrowed(wanted: Wanted) -> tuple[str, list[Any]]:
    conditions: list[str] = []
    params: list[Any] = []
    for column, value in (
        ("g.external_id", wanted.guest),
        ("n.external_id", wanted.run),
        ("r.external_id", wanted.code),
    ):
        if value is not None:
            conditions.append(f"{column} = %s")
            params.append(value)
    if wanted.codes is not None:
        conditions.append("r.external_id IN %s")
        params.append(list(wanted.codes))
    if wanted.status is not None:
        condition, days = of_status(wanted.status, wanted.on)
        conditions.append(condition)
        params += days
    return "".join(f" AND {one}" for one in conditions), params


def of_status(status: str, on: date) -> tuple[str, list[date]]:
    """One of `STATUSES` as of a day: a condition on rewards r, with its parameters."""
    is_good = "(r.expires_on IS NULL OR r.expires_on >= %s)"
    if status == "outstanding":
        return f"r.state IN ('issued', 'held') AND {is_good}", [on]
    if status == "expired":
        return "r.state IN ('issued', 'held') AND r.expires_on < %s", [on]
    if status in ("issued", "held"):
        return f"r.state = '{status}' AND {is_good}", [on]
    assert status in STATUSES, status
    return f"r.state = '{status}'", []


# -- of one guest -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GuestRewards:
    """A page of a guest's rewards; how many in all may still be used, and what they pay."""

    page: Page[RewardLine]
    n_open: int
    credit_cents: int


def rewards_of(
    guest: UUID, *, on: date, after: str | None = None, limit: int = PAGE
) -> GuestRewards:
    """Rewards that may be used first, in the order they are offered; then the latest issued.

    Two queries, and of the second only the rows of the page.
    """
    rows = select(
        """SELECT external_id, state, issued_on, expires_on, amount_cents FROM records_reward
        WHERE organization_id = %s AND guest_id = %s AND issued_on <= %s""",
        [current_organization(), guest, on],
        types="text text date date int",
    )
    statuses = {row[0]: rewards.status_on(row[1], row[3], on) for row in rows}
    open_ones = [row for row in rows if statuses[row[0]] in OPEN]
    others = [row for row in rows if statuses[row[0]] not in OPEN]
    open_ones.sort(key=lambda row: rewards.offering_order(row[3], row[2], row[0]))
    others.sort(key=lambda row: (row[2], row[0]), reverse=True)
    codes = [row[0] for row in (*open_ones, *others)]
    first = codes.index(after) + 1 if after in codes else 0
    shown = codes[first : first + limit + 1]
    lines = {one.id: one for one in rewards_after("", Wanted(on, codes=shown), limit=limit + 1)}
    return GuestRewards(
        page=Page(
            tuple(lines[code] for code in shown[:limit]),
            shown[limit - 1] if len(shown) > limit else None,
        ),
        n_open=len(open_ones),
        credit_cents=sum(row[4] for row in open_ones if statuses[row[0]] == "issued"),
    )


# -- runs -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RunSummary:
    """Who ran it, when, with which parameters, and what it came to (rule 10.5)."""

    key: UUID
    id: str
    threshold_cents: int
    amount_cents: int
    expires_on: date | None
    on: date
    at: datetime
    by: str | None
    is_undone: bool
    n_guests: int
    n_rewards: int


def runs(ref: str | None = None) -> list[RunSummary]:
    """Every run, the last first; with `ref` that one, if there is one."""
    only = "" if ref is None else " AND external_id = %s"
    rows = select(
        f"""SELECT id, external_id, threshold_cents, amount_cents, expires_on, run_on, at,
        run_by, is_undone, n_guests, n_rewards FROM records_rewardrun
        WHERE organization_id = %s{only} ORDER BY at DESC, id DESC""",
        [current_organization(), *([] if ref is None else [ref])],
        types="uuid text int int date date instant text bool int int",
    )
    return [RunSummary(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class RunFigures:
    """What a run found and gave one guest; `total_cents` None where it was not kept."""

    guest: str
    name: str
    total_cents: int | None
    consumed_cents: int | None
    n_rewards: int
    carry_cents: int | None


def figures_of_run(run: RunSummary) -> Iterator[RunFigures]:
    """The figures of every guest of a run, from the ledger. Three queries a chunk of guests.

    A reward may be another guest's since, by a merge; the entry stays with whom it was made.
    """
    owners = _owners(run)
    for first in range(0, len(owners), CHUNK):
        yield from _figures(run, owners[first : first + CHUNK])


def _owners(run: RunSummary) -> list[UUID]:
    rows = select(
        "SELECT DISTINCT guest_id FROM records_reward WHERE organization_id = %s"
        " AND run_id = %s ORDER BY guest_id",
        [current_organization(), run.key],
        types="uuid",
    )
    now = [row[0] for row in rows]
    merged = select(
        "SELECT id FROM records_guest WHERE organization_id = %s AND merged_into_id IN %s",
        [current_organization(), now],
        types="uuid",
    )
    return sorted({*now, *(row[0] for row in merged)})


def _figures(run: RunSummary, owners: Sequence[UUID]) -> Iterator[RunFigures]:
    rows = select(
        """SELECT g.external_id, g.name, e.why FROM records_ledgerentry e
        JOIN records_guest g ON g.organization_id = e.organization_id AND g.id = e.guest_id
        WHERE e.organization_id = %s AND e.guest_id IN %s AND e.key = %s
        AND e.unit = 'credit' ORDER BY g.external_id""",
        [current_organization(), owners, f"process_rewards/{run.id}"],
        types="text text text",
    )
    for guest, name, text in rows:
        why = codec.value_of(text)
        yield RunFigures(
            guest,
            name,
            why.get("total_cents"),
            why.get("consumed_cents"),
            why["rewards"],
            why.get("carry_cents"),
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """Rewards of a run by what has become of them as of a day: how many, and how much."""

    status: str
    n_rewards: int
    cents: int


def tally_of_run(run: RunSummary, *, on: date) -> list[Tally]:
    """Rests of its rewards are counted with them. One query."""
    rows = select(
        """SELECT CASE WHEN state IN ('issued', 'held') AND expires_on < %s
            THEN 'expired' ELSE state END AS status, COUNT(*), SUM(amount_cents)
        FROM records_reward WHERE organization_id = %s AND run_id = %s
        GROUP BY status ORDER BY status""",
        [on, current_organization(), run.key],
        types="text int int",
    )
    return [Tally(*row) for row in rows]


# -- statuses ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A client status, whether it is in loyalty rewards, how many guests have it (10.2)."""

    id: str | None
    name: str
    is_included: bool
    n_guests: int


def status_lines() -> list[StatusLine]:
    """Every status, and last the guests of none. Who was merged away is not counted."""
    org = current_organization()
    # The guests are gone through once, by an index, and not once for each status.
    counts = dict(
        select(
            """SELECT status_id, COUNT(*) FROM records_guest WHERE organization_id = %s
            AND merged_into_id IS NULL GROUP BY status_id""",
            [org],
            types="uuid int",
        )
    )
    rows = select(
        """SELECT id, external_id, name, include_in_loyalty_rewards FROM records_gueststatus
        WHERE organization_id = %s ORDER BY external_id""",
        [org],
        types="uuid text text bool",
    )
    lines = [
        StatusLine(ref, name, is_included, counts.get(key, 0))
        for key, ref, name, is_included in rows
    ]
    return [*lines, StatusLine(None, "", False, counts.get(None, 0))]
