"""Ordered runs of rewards carried out beside the pages: by the worker, or by the server.

Whoever takes an order up holds it as any piece of work. What a run or its undoing changes is
one transaction with the end of the order, so that it happens once, whoever is killed when.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from regulars.records import looking_on, models
from regulars.rules.refusals import Refused
from regulars.services import orders, reward_office, reward_orders, transactions
from regulars.services.formats.facts import Record
from regulars.services.messages.announce import occasions_of_run
from regulars.services.messages.kinds import EMAIL
from regulars.services.messages.making import make_messages
from regulars.services.organizations import Company
from regulars.services.reward_office import Wish
from regulars.services.reward_orders import DONE, FAILED, PROCESS, RUNNING, WAITING
from regulars.services.schedule import REWARDS
from regulars.services.shifts import Hold, Outcome, Shift

CHUNK = 500
"""Guests told in one transaction."""
Write = Callable[[Callable[[], int]], int]


def is_waiting() -> bool:
    """Whether there is anything to take up."""
    return bool(models.RewardOrder.objects.filter(state=WAITING).exists())


def work_through(shift: Shift) -> None:
    """What was ordered, one after another; what somebody else is at waits for them."""
    while (key := _next()) is not None:
        act = partial(_carry_out, shift.company, key)
        if not shift.do((REWARDS, shift.today, ""), act, is_again=True):
            return


def _next() -> UUID | None:
    rows = models.RewardOrder.objects.filter(state__in=(WAITING, RUNNING))
    found: UUID | None = rows.order_by("made_at", "id").values_list("id", flat=True).first()
    return found


def _carry_out(company: Company, key: UUID, hold: Hold) -> Outcome:
    """From where it stands; a refusal ends it, with its sentence."""
    rows = models.RewardOrder.objects.filter(id=key)
    transactions.write(lambda: rows.filter(state=WAITING).update(state=RUNNING))
    row = rows.get()
    moment = hold.shift.moment
    if row.state == RUNNING:
        try:
            _go_on(company, row, now=moment, write=hold.chunk)
        except Refused as refused:
            ending = {"state": FAILED, "problem": _sentence(refused), "ended_at": moment()}
            transactions.write(lambda: rows.update(**ending))
    return Outcome(f"Rewards of {row.run_ref}: {rows.get().state}.")


def _sentence(refused: Refused) -> str:
    """Without the name of the field, which is no field of a page."""
    return refused.message.removeprefix(f"{refused.detail.get('field')}: ")


def _go_on(
    company: Company,
    row: models.RewardOrder,
    *,
    now: Callable[[], datetime],
    write: Write,
) -> None:
    if not row.is_telling:
        record = _record(company, row, now())
        with looking_on.telling(row.id) as tell:
            write(partial(_order, company, row, record, now=now, tell=tell))
    if row.is_telling:
        _tell_guests(company, row, now=now, write=write)


def _record(company: Company, row: models.RewardOrder, now: datetime) -> Record:
    if row.kind != PROCESS:
        return orders.order(
            company,
            "undo_process_rewards",
            row.id.hex,
            now=now,
            by=row.made_by,
            run=row.run_ref,
        )
    wish = Wish(
        company.money(row.threshold_cents), company.money(row.amount_cents), row.expires_on
    )
    guests = reward_orders.ticked_guests(row.id)
    return reward_office.order_of(company, row.run_ref, wish, guests, now=now, by=row.made_by)


def _order(
    company: Company,
    row: models.RewardOrder,
    record: Record,
    *,
    now: Callable[[], datetime],
    tell: looking_on.Tell,
) -> int:
    """The run or its undoing, and that it was made, in the caller's one transaction."""
    orders.carry_out(company, record, progress=tell)
    models.RewardOrderLine.objects.filter(order_id=row.id).delete()
    row.is_telling = row.kind == PROCESS and row.is_mailed
    row.state = RUNNING if row.is_telling else DONE
    row.n_done = 0 if row.is_telling else row.n_all
    row.ended_at = None if row.is_telling else now()
    row.save()
    return row.n_all


def _tell_guests(
    company: Company, row: models.RewardOrder, *, now: Callable[[], datetime], write: Write
) -> None:
    """By the chunk; who was told before it broke off is not told again."""
    occasions = occasions_of_run(row.run_ref)
    rows = models.RewardOrder.objects.filter(id=row.id)
    transactions.write(lambda: rows.update(n_all=len(occasions)))

    def tell(first: int) -> int:
        chunk = occasions[first : first + CHUNK]
        n_made = make_messages(company, chunk, at=now(), channels={EMAIL})
        rows.update(n_done=first + len(chunk))
        return n_made

    for first in range(0, len(occasions), CHUNK):
        write(partial(tell, first))
    ended_at = now()
    transactions.write(lambda: rows.update(state=DONE, ended_at=ended_at))
