"""Process Loyalty Rewards: look, then issue; one computation for both (rules 10.2 to 10.5).

Guests are taken in chunks by their ids. A chunk costs a fixed number of statements: who has
earned how much is one sum in the database, what follows of it is decided in `rules.rewards`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records import bulk, load, locks, models, save
from regulars.records.bulk import select
from regulars.records.ids import uuid7
from regulars.records.load import GuestWork
from regulars.records.scope import current_organization
from regulars.rules import rewards as rules
from regulars.rules.lots import CREDIT, Book, Entry, Lot
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services.acting import Acting, Answer
from regulars.services.formats.commands import ProcessRewards, UndoProcessRewards
from regulars.services.organizations import Company

CHUNK = 1000
LONGEST_CODE = 200
"""A reward is redeemed by its code, and commands take no longer ids."""

Progress = Callable[[int], None]

REWARD_COLUMNS = (
    "id guest_id external_id lot_number amount_cents applied_cents state issued_on expires_on"
    " source run_id consumed_cents issued_by"
).split()


@dataclass(frozen=True, slots=True)
class RunLine:
    """What a run gives one guest; `carry_cents` is what remains for the next (rule 10.4)."""

    key: UUID
    guest: str
    name: str
    total_cents: int
    consumed_cents: int
    n_rewards: int
    carry_cents: int


# -- looking ----------------------------------------------------------------------------------


def preview(
    company: Company, *, threshold_cents: int, on: date, guests: Sequence[str] | None = None
) -> Iterator[list[RunLine]]:
    """Rule 10.3: who would be given rewards now, a chunk of guests at a time."""
    rules.check_positive(threshold_cents, field="threshold", exponent=company.exponent)
    keys = None if guests is None else _keys_of(guests)
    start = rules.terms_of(company.versions.on(on)).start_date
    for rows in _sales(start, keys=keys, included_only=True):
        lines = [_line(row, threshold_cents) for row in rows]
        yield [line for line in lines if line.n_rewards]


def for_review(company: Company, *, on: date) -> Iterator[list[RunLine]]:
    """Rule 10.4: whose sales have fallen below what issued rewards consumed."""
    start = rules.terms_of(company.versions.on(on)).start_date
    for rows in _sales(start, keys=None, included_only=False):
        yield [_line(row, 1, given=0) for row in rows if row[3] < row[4]]


def _line(row: tuple[Any, ...], threshold_cents: int, given: int | None = None) -> RunLine:
    key, guest, name, total, consumed = row
    n_rewards = rules.rewards_due(total, consumed, threshold_cents) if given is None else given
    carry = total - consumed - n_rewards * threshold_cents
    return RunLine(key, guest, name, total, consumed, n_rewards, carry)


def _sales(
    start: date | None, *, keys: Sequence[UUID] | None, included_only: bool
) -> Iterator[list[tuple[Any, ...]]]:
    """(guest row, id, name, qualifying sales, consumed), in id order. One query a chunk."""
    after = UUID(int=0)
    while True:
        rows = _chunk_of_sales(start, keys, after=after, included_only=included_only)
        if rows:
            yield rows
        if len(rows) < CHUNK:
            return
        after = rows[-1][0]


def _chunk_of_sales(
    start: date | None, keys: Sequence[UUID] | None, *, after: UUID, included_only: bool
) -> list[tuple[Any, ...]]:
    org = current_organization()
    included = "JOIN records_gueststatus s ON s.organization_id = g.organization_id"
    included += " AND s.id = g.status_id AND s.include_in_loyalty_rewards"
    return select(
        f"""SELECT g.id, g.external_id, g.name, COALESCE((
            SELECT SUM(i.qualifying_cents) FROM records_invoice i
            WHERE i.organization_id = g.organization_id AND i.guest_id = g.id
            {"AND i.opened_on >= %s" if start else ""}), 0), a.consumed_cents
        FROM records_guest g {included if included_only else ""}
        JOIN records_account a ON a.organization_id = g.organization_id AND a.guest_id = g.id
        WHERE g.organization_id = %s AND g.id > %s AND g.merged_into_id IS NULL
        {"AND g.id IN %s" if keys is not None else ""}
        ORDER BY g.id LIMIT {CHUNK}""",
        [*([start] if start else []), org, after, *([] if keys is None else [list(keys)])],
        types="uuid text text int int",
    )


def _keys_of(guests: Sequence[str]) -> list[UUID]:
    """Guests ticked by their ids; each must be known, and none merged away (rule 9.4)."""
    rows = select(
        "SELECT external_id, id, merged_into_id FROM records_guest"
        " WHERE organization_id = %s AND external_id IN %s",
        [current_organization(), list(guests)],
        types="text uuid uuid",
    )
    found = {ref: (key, merged_into) for ref, key, merged_into in rows}
    for ref in guests:
        if ref not in found:
            raise unknown_reference("guest", ref, field="guests")
        if found[ref][1] is not None:
            raise Refused(
                "guest_merged", f"Guest {ref} was merged away.", field="guests", value=ref
            )
    return [found[ref][0] for ref in guests]


# -- issuing ----------------------------------------------------------------------------------


def process_rewards(
    command: ProcessRewards, acting: Acting, *, progress: Progress | None = None
) -> Answer:
    """Rules 10.3, 10.4: every full threshold gives a reward and is consumed, the rest carries
    over. Guests left unticked consume nothing (10.5).
    """
    company = acting.company
    rules.check_positive(command.amount_cents, field="amount", exponent=company.exponent)
    rules.check_last_day(command.expires_on, acting.on)
    lines = preview(
        company, threshold_cents=command.threshold_cents, on=acting.on, guests=command.guests
    )
    run = _new_run(command, acting)
    for chunk in lines:
        _issue_chunk(command, acting, run, chunk)
        if progress:
            progress(run.n_guests)
    run.save(update_fields=["n_guests", "n_rewards"])
    return Answer(
        detail={
            "guests": run.n_guests,
            "rewards": run.n_rewards,
            "amount": company.money(run.n_rewards * command.amount_cents),
        }
    )


def _new_run(command: ProcessRewards, acting: Acting) -> models.RewardRun:
    run: models.RewardRun = models.RewardRun.objects.create(
        external_id=command.id,
        threshold_cents=command.threshold_cents,
        amount_cents=command.amount_cents,
        expires_on=command.expires_on,
        run_on=acting.on,
        at=acting.at,
        run_by=acting.by,
        n_guests=0,
        n_rewards=0,
    )
    return run


def _issue_chunk(
    command: ProcessRewards, acting: Acting, run: models.RewardRun, lines: list[RunLine]
) -> None:
    """Rewards, lots and entries of a chunk; what is consumed is read again under the lock."""
    if not lines:
        return
    locks.lock_guests([line.key for line in lines])
    work = load.guests([line.key for line in lines])
    lines = [again for line in lines if (again := _locked(command, line, work[line.key]))]
    _check_codes(command, lines)
    changes = save.Changes(at=acting.at, by=acting.by, cause=acting.name)
    rows: list[tuple[Any, ...]] = []
    for line in lines:
        one = work[line.key]
        book = Book(one.account.credit_cents, 0, one.account.lot_count, None, unit=CREDIT)
        one.books[CREDIT] = book
        lots = _issue(command, acting, book, line.n_rewards)
        rows += _reward_rows(command, acting, run, line, lots=lots)
        one.consumed_cents += line.n_rewards * command.threshold_cents
        changes.add(one)
    changes.write()
    bulk.insert(models.Reward, REWARD_COLUMNS, rows)
    run.n_guests += len(lines)
    run.n_rewards += len(rows)


def _locked(command: ProcessRewards, line: RunLine, one: GuestWork) -> RunLine | None:
    """A run at the same moment may have consumed the sales, or a merge moved them."""
    if one.merged_into is not None:
        return None
    if one.consumed_cents == line.consumed_cents:
        return line
    row = (line.key, line.guest, line.name, line.total_cents, one.consumed_cents)
    again = _line(row, command.threshold_cents)
    return again if again.n_rewards else None


def _check_codes(command: ProcessRewards, lines: list[RunLine]) -> None:
    """Codes are made of callers' own ids: none may be too long, or be there already."""
    codes = [
        rules.code_in_run(command.id, line.guest, number)
        for line in lines
        for number in range(1, line.n_rewards + 1)
    ]
    for code in codes:
        if len(code) > LONGEST_CODE:
            raise Refused(
                "invalid_record",
                f"Reward {code} would have a code of more than {LONGEST_CODE} characters;"
                " choose a shorter id for the run.",
                field="id",
                value=command.id,
            )
    taken = select(
        "SELECT external_id FROM records_reward"
        " WHERE organization_id = %s AND external_id IN %s",
        [current_organization(), codes],
    )
    if taken:
        raise Refused(
            "conflict",
            f"There is a reward {taken[0][0]} already; choose another id for the run.",
            field="id",
            value=command.id,
        )


def _issue(command: ProcessRewards, acting: Acting, book: Book, n_rewards: int) -> list[Lot]:
    """One entry for all rewards of a guest, a lot for each."""
    program = acting.program
    cents = command.amount_cents
    why = {
        "because": "sales_reached",
        "threshold_cents": command.threshold_cents,
        "rewards": n_rewards,
        "cents": cents,
    }
    entry = Entry(
        "accrual",
        n_rewards * cents,
        acting.on,
        acting.name,
        acting.name,
        why,
        version=None if program is None else program.version,
        unit=CREDIT,
    )
    book.credit_each(
        entry, [cents] * n_rewards, earned_on=acting.on, expires_on=command.expires_on
    )
    return entry.lots_opened


def _reward_rows(
    command: ProcessRewards,
    acting: Acting,
    run: models.RewardRun,
    line: RunLine,
    *,
    lots: list[Lot],
) -> Iterator[tuple[Any, ...]]:
    for number, lot in enumerate(lots, start=1):
        yield (
            uuid7(),
            line.key,
            rules.code_in_run(command.id, line.guest, number),
            lot.number,
            command.amount_cents,
            0,
            "issued",
            acting.on,
            command.expires_on,
            "run",
            run.id,
            command.threshold_cents,
            acting.by,
        )


# -- undoing ----------------------------------------------------------------------------------


def undo_process_rewards(command: UndoProcessRewards, acting: Acting) -> Answer:
    """Rule 10.5: rewards become void and their sales free again, while none is redeemed."""
    run = models.RewardRun.objects.filter(external_id=command.run).first()
    if run is None:
        raise unknown_reference("run", command.run, field="run")
    if run.is_undone:
        raise Refused(
            "not_undoable",
            f"Run {command.run} was undone already.",
            field="run",
            value=command.run,
        )
    rewards = models.Reward.objects.filter(run=run.id)
    owners = sorted(set(rewards.values_list("guest_id", flat=True)))
    locks.lock_guests(owners)
    _check_none_redeemed(run)
    for first in range(0, len(owners), CHUNK):
        _void_chunk(acting, run, owners[first : first + CHUNK])
    n_voided = rewards.exclude(state="void").update(
        state="void", void_reason=f"Run {command.run} was undone."
    )
    models.RewardRun.objects.filter(id=run.id).update(is_undone=True)
    return Answer(detail={"rewards": n_voided})


def _check_none_redeemed(run: models.RewardRun) -> None:
    """A rest belongs to its reward's run: one that was used keeps the run as well."""
    redeemed = models.Reward.objects.filter(run=run.id, state="redeemed")
    codes = list(redeemed.order_by("external_id").values_list("external_id", flat=True)[:5])
    if codes:
        raise Refused(
            "run_has_redemptions",
            f"Run {run.external_id} cannot be undone: {', '.join(codes)} is redeemed.",
            field="run",
            value=run.external_id,
            detail={"rewards": codes},
        )


def _void_chunk(acting: Acting, run: models.RewardRun, owners: list[UUID]) -> None:
    rows = select(
        """SELECT guest_id, lot_number, amount_cents, consumed_cents, state FROM records_reward
        WHERE organization_id = %s AND run_id = %s AND guest_id IN %s
        ORDER BY guest_id, lot_number""",
        [current_organization(), run.id, owners],
        types="uuid int int int text",
    )
    work = load.guests(owners)
    load.open_credit(work.values())
    for guest, number, cents, consumed, state in rows:
        one = work[guest]
        one.consumed_cents -= consumed
        if state != "void":
            _void(acting, one, number, cents)
    changes = save.Changes(at=acting.at, by=acting.by, cause=acting.name)
    for one in work.values():
        changes.add(one)
    changes.write()


def _void(acting: Acting, one: GuestWork, number: int, cents: int) -> None:
    book = one.books[CREDIT]
    entry = Entry(
        "reversal",
        -cents,
        acting.on,
        acting.name,
        f"{acting.name}#{number}",
        {"because": "run_undone", "cents": cents},
        unit=CREDIT,
    )
    book.take(entry, [(book.lots[number], cents)])
