"""Process Loyalty Rewards: issue what the preview shows, and take a run back (10.3 to 10.5).

A run is one command and one transaction: all of it or nothing, whatever happens half-way. Each
guest's entry keeps the figures that the rewards came from, so that the ledger is the record of
the run.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from regulars.records import load, locks, models, outbox, run_rows, save
from regulars.records.bulk import select
from regulars.records.load import GuestWork
from regulars.records.run_rows import CreditAccount, Given, RunRows
from regulars.records.scope import current_organization
from regulars.rules import events
from regulars.rules import rewards as rules
from regulars.rules.lots import CREDIT, Entry
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services.acting import Acting, Answer
from regulars.services.formats.commands import ProcessRewards, UndoProcessRewards
from regulars.services.reward_sales import CHUNK, RunLine, for_review, line_of, preview

__all__ = ["RunLine", "for_review", "preview", "process_rewards", "undo_process_rewards"]

LONGEST_CODE = 200
"""A reward is redeemed by its code, and commands take no longer ids."""


# -- issuing ----------------------------------------------------------------------------------


def process_rewards(command: ProcessRewards, acting: Acting) -> Answer:
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
    given = _given(command, acting, run)
    for chunk in lines:
        _issue_chunk(command, given, run, chunk)
        acting.tell(run.n_guests)
    run.save(update_fields=["n_guests", "n_rewards"])
    detail = {
        "guests": run.n_guests,
        "rewards": run.n_rewards,
        "amount": company.money(run.n_rewards * command.amount_cents),
    }
    outbox.put(events.RUN_PROCESSED, {"run": command.id, **detail}, at=acting.at)
    return Answer(detail=detail)


def _given(command: ProcessRewards, acting: Acting, run: models.RewardRun) -> Given:
    program = acting.program
    return Given(
        name=acting.name,
        run=run.id,
        cents=command.amount_cents,
        threshold_cents=command.threshold_cents,
        on=acting.on,
        expires_on=command.expires_on,
        version=None if program is None else program.version,
        at=acting.at,
        by=acting.by,
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
    command: ProcessRewards, given: Given, run: models.RewardRun, lines: Sequence[RunLine]
) -> None:
    """Rewards of a chunk; what is consumed is read again once its guests are locked."""
    if not lines:
        return
    keys = [line.key for line in lines]
    locks.lock_guests(keys)
    accounts = run_rows.credit_accounts(keys)
    rows = RunRows(given)
    for line in lines:
        account = accounts[line.key]
        now = _now_that_it_is_locked(command, line, account)
        if now is not None:
            codes = [
                rules.code_in_run(command.id, now.guest, number)
                for number in range(1, now.n_rewards + 1)
            ]
            rows.add(now.key, now.guest, account, codes=codes, why=_why(command, now))
    _check_codes(command, [reward[1] for reward in rows.rewards])
    rows.write()
    run.n_guests += len(rows.accounts)
    run.n_rewards += len(rows.rewards)


def _now_that_it_is_locked(
    command: ProcessRewards, line: RunLine, account: CreditAccount
) -> RunLine | None:
    """A run at the same moment may have consumed the sales, or a merge moved them."""
    if account.is_merged:
        return None
    if account.consumed_cents == line.consumed_cents:
        return line
    row = (line.key, line.guest, line.name, line.total_cents, account.consumed_cents)
    again = line_of(row, command.threshold_cents)
    return again if again.n_rewards else None


def _why(command: ProcessRewards, line: RunLine) -> dict[str, Any]:
    """The figures of the run record for this guest (rule 10.5)."""
    return {
        "because": "sales_reached",
        "threshold_cents": command.threshold_cents,
        "rewards": line.n_rewards,
        "cents": command.amount_cents,
        "total_cents": line.total_cents,
        "consumed_cents": line.consumed_cents,
        "carry_cents": line.carry_cents,
    }


def _check_codes(command: ProcessRewards, codes: list[str]) -> None:
    """Codes are made of callers' own ids: none may be too long, or be there already."""
    longest = max(codes, key=len, default="")
    if len(longest) > LONGEST_CODE:
        raise Refused(
            "invalid_record",
            said(
                "Reward {longest} would have a code of more than {most} characters; choose a"
                " shorter id for the run.",
                longest=longest,
                most=LONGEST_CODE,
            ),
            field="id",
            value=command.id,
        )
    taken = select(
        "SELECT external_id FROM records_reward"
        " WHERE organization_id = %s AND external_id IN %s LIMIT 1",
        [current_organization(), codes],
    )
    if taken:
        raise Refused(
            "conflict",
            said(
                "There is a reward {taken} already; choose another id for the run.",
                taken=taken[0][0],
            ),
            field="id",
            value=command.id,
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
            said("Run {run} was undone already.", run=command.run),
            field="run",
            value=command.run,
        )
    rewards = models.Reward.objects.filter(run=run.id)
    owners = sorted(set(rewards.values_list("guest_id", flat=True)))
    locks.lock_guests(owners)
    _check_none_redeemed(run)
    for first in range(0, len(owners), CHUNK):
        _void_chunk(acting, run, owners[first : first + CHUNK])
        acting.tell(min(first + CHUNK, len(owners)))
    n_voided = rewards.exclude(state="void").update(
        state="void", void_reason=f"Run {command.run} was undone."
    )
    models.RewardRun.objects.filter(id=run.id).update(is_undone=True)
    outbox.put(events.RUN_UNDONE, {"run": command.run, "rewards": n_voided}, at=acting.at)
    return Answer(detail={"rewards": n_voided})


def _check_none_redeemed(run: models.RewardRun) -> None:
    """A rest belongs to its reward's run: one that was used keeps the run as well."""
    redeemed = models.Reward.objects.filter(run=run.id, state="redeemed")
    codes = list(redeemed.order_by("external_id").values_list("external_id", flat=True)[:5])
    if codes:
        raise Refused(
            "run_has_redemptions",
            said(
                "Run {external_id} cannot be undone: {codes} is redeemed.",
                external_id=run.external_id,
                codes=", ".join(codes),
            ),
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
