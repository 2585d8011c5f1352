"""What a run of rewards reads and leaves, a chunk of guests at a time (rule 10.4).

A run touches a tenth of what an account keeps, for thousands of guests in one transaction that
others wait for: it reads and writes those columns only, past the books of `rules.lots`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records import bulk, codec, save
from regulars.records.bulk import select
from regulars.records.models import Account, Reward
from regulars.records.quarters import quarter_of
from regulars.records.scope import current_organization
from regulars.rules.lots import CREDIT

REWARD_COLUMNS = (
    "guest_id external_id lot_number amount_cents applied_cents state issued_on expires_on"
    " source run_id consumed_cents issued_by"
).split()
ACCOUNT_COLUMNS = "credit_cents entry_count lot_count head consumed_cents".split()


@dataclass(slots=True)
class CreditAccount:
    """What a run has to know of a guest once the guest is locked."""

    credit_cents: int
    entry_count: int
    lot_count: int
    head: str
    consumed_cents: int
    is_merged: bool


def credit_accounts(guests: Sequence[UUID]) -> dict[UUID, CreditAccount]:
    """Accounts by guest row. One query."""
    rows = select(
        f"""SELECT a.guest_id, {", ".join(f"a.{one}" for one in ACCOUNT_COLUMNS)},
        g.merged_into_id IS NOT NULL
        FROM records_account a JOIN records_guest g
        ON g.organization_id = a.organization_id AND g.id = a.guest_id
        WHERE a.organization_id = %s AND a.guest_id IN %s""",
        [current_organization(), guests],
        types="uuid int int int text int bool",
    )
    return {row[0]: CreditAccount(*row[1:]) for row in rows}


@dataclass(frozen=True, slots=True)
class Given:
    """What every guest of a run is given alike: rewards of `cents`, each for a threshold."""

    name: str
    run: UUID
    cents: int
    threshold_cents: int
    on: date
    expires_on: date | None
    version: str | None
    at: datetime
    by: str | None


@dataclass(slots=True)
class RunRows:
    """The rows of a chunk: of each guest one entry, a lot and a reward for each code."""

    given: Given
    changes: save.Changes = field(init=False)
    accounts: list[tuple[Any, ...]] = field(default_factory=list)
    rewards: list[tuple[Any, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        one = self.given
        self.changes = save.Changes(at=one.at, by=one.by, cause=one.name)

    def add(
        self,
        guest: UUID,
        ref: str,
        account: CreditAccount,
        *,
        codes: Sequence[str],
        why: dict[str, Any],
    ) -> None:
        """The entry of one guest, its hash over the lots it opens, and what they make of it."""
        given, org = self.given, self.changes.org
        number, total = account.entry_count + 1, given.cents * len(codes)
        numbers = range(account.lot_count + 1, account.lot_count + len(codes) + 1)
        name, on, until = given.name, given.on, given.expires_on
        lots = [(lot, given.cents, None, None, name, on, until) for lot in numbers]
        about = (given.version, codec.text_of(why), given.at, given.by)
        facts = (number, CREDIT, "accrual", None, total, None, name, on, name, *about)
        head = save.entry_hash(account.head, facts, lots, [])
        self.changes.entries.append((org, guest, quarter_of(on), *facts, head))
        grown = {"guest": ref, "entries": [number, number], "moves": [], "first_move": 1}
        self.changes.grown.append(grown)
        for lot, code in zip(numbers, codes, strict=True):
            self._reward(guest, number, lot=lot, code=code)
        credit = account.credit_cents + total
        consumed = account.consumed_cents + given.threshold_cents * len(codes)
        self.accounts.append((guest, credit, number, numbers[-1], head, consumed))

    def _reward(self, guest: UUID, entry: int, *, lot: int, code: str) -> None:
        given = self.given
        cents, on, until = given.cents, given.on, given.expires_on
        of_lot = (lot, entry, CREDIT, cents, cents, 0, 0, None, None, given.name, on, until)
        self.changes.lots.append((self.changes.org, guest, *of_lot))
        state = (cents, 0, "issued", on, until, "run", given.run)
        self.rewards.append((guest, code, lot, *state, given.threshold_cents, given.by))

    def write(self) -> None:
        """Every row, in one statement a table."""
        self.changes.write()
        bulk.insert(Reward, REWARD_COLUMNS, self.rewards)
        bulk.update(Account, ["guest_id"], ACCOUNT_COLUMNS, self.accounts)
