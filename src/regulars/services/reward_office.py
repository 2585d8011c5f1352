"""Process Loyalty Rewards as staff do it: planned, looked at, ordered; and rewards looked up.

A plan and the run it becomes come from the same computation (rule 10.3). What makes no sense to
run at all, a start date to come or no status that is included, is refused here, before there is
a command: a history told again may hold such a run, which then gave nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from regulars.records import models
from regulars.records.queries import ledgers, reward_lists
from regulars.records.queries.ledgers import EntryRow, Ledger
from regulars.records.queries.reward_lists import RewardLine, Wanted
from regulars.rules import rewards as rules
from regulars.rules.lots import CREDIT
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import orders, reward_sales
from regulars.services.explaining_lines import Telling
from regulars.services.formats.commands import ProcessRewards
from regulars.services.formats.facts import Record
from regulars.services.formats.results import Result
from regulars.services.organizations import Company
from regulars.services.reward_sales import RunLine


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A guest who was named and is given nothing, and why."""

    guest: str
    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A run that has not been made: its order, and what it would give whom."""

    record: Record
    amount_cents: int
    lines: Sequence[RunLine]
    left_out: Sequence[LeftOut]

    @property
    def n_rewards(self) -> int:
        return sum(line.n_rewards for line in self.lines)

    @property
    def total_cents(self) -> int:
        return self.n_rewards * self.amount_cents


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; amounts are decimal strings in the company's currency.

    `guests` are those ticked (None: all who qualify), `without` those unticked of them.
    """

    threshold: str
    amount: str
    expires_on: date | None = None
    guests: Sequence[str] | None = None
    without: Sequence[str] = ()


def plan_run(company: Company, ref: str | None, wish: Wish, *, now: datetime, by: str) -> Plan:
    """Rule 10.3: what a run would do. Without `ref` it is named after its day."""
    record = read_wish(company, wish, now=now, by=by)
    body = record.body
    assert isinstance(body, ProcessRewards)
    lines = _lines(company, body, on=record.known_on, without=wish.without)
    left_out = _left_out(company, body, lines, on=record.known_on)
    guests = [line.guest for line in lines] if wish.without else wish.guests
    name = ref or free_run_id(record.known_on)
    record = order_of(company, name, wish, guests, now=now, by=by)
    return Plan(record, body.amount_cents, lines, left_out)


def read_wish(company: Company, wish: Wish, *, now: datetime, by: str) -> Record:
    """The parameters as an order of nobody in particular; refused where they are not sound, or
    where they could give nobody anything.
    """
    record = order_of(company, "run", wish, wish.guests, now=now, by=by)
    body = record.body
    assert isinstance(body, ProcessRewards)
    for cents, field in ((body.threshold_cents, "threshold"), (body.amount_cents, "amount")):
        rules.check_positive(cents, field=field, exponent=company.exponent)
    rules.check_last_day(body.expires_on, record.known_on)
    check_can_run(company, on=record.known_on)
    return record


def order_of(
    company: Company,
    ref: str,
    wish: Wish,
    guests: Sequence[str] | None,
    *,
    now: datetime,
    by: str,
) -> Record:
    """The record of a run for these guests, who are read already (None: all who qualify)."""
    return orders.order(
        company,
        "process_rewards",
        ref,
        now=now,
        by=by,
        threshold=wish.threshold,
        amount=wish.amount,
        expires_on=None if wish.expires_on is None else wish.expires_on.isoformat(),
        guests=guests,
    )


def make_run(
    company: Company, plan: Plan, *, progress: Callable[[int], None] | None = None
) -> Result:
    """Issue what the plan says, as far as it is still so; `Refused` if it cannot be."""
    return orders.carry_out(company, plan.record, progress=progress)


def check_can_run(company: Company, *, on: date) -> None:
    """Refuse what can give nobody anything: a start date to come, no status included."""
    start = rules.terms_of(company.versions.on(on)).start_date
    if start is not None and start > on:
        raise Refused(
            "setting_conflict",
            said(
                "The program start date, rewards.start_date, is {start}, and today is {on}:"
                " no sale qualifies before it (rule 10.1).",
                start=start,
                on=on,
            ),
            field="rewards.start_date",
            value=start.isoformat(),
        )
    if not models.GuestStatus.objects.filter(include_in_loyalty_rewards=True).exists():
        raise Refused(
            "setting_conflict",
            said(
                "No client status has include_in_loyalty_rewards, so nobody would be"
                " looked at (rule 10.2). Include one first."
            ),
            field="include_in_loyalty_rewards",
            value=False,
        )


def free_run_id(on: date) -> str:
    """run-2026-11-22, or with the next free number after it."""
    wanted = f"run-{on}"
    known = models.RewardRun.objects.filter(external_id__startswith=wanted)
    taken = set(known.values_list("external_id", flat=True))
    # Ordered, and not made yet.
    under_way = models.RewardOrder.objects.filter(state__in=("waiting", "running"))
    taken |= set(under_way.values_list("run_ref", flat=True))
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _lines(
    company: Company, body: ProcessRewards, *, on: date, without: Sequence[str]
) -> list[RunLine]:
    chunks = reward_sales.preview(
        company, threshold_cents=body.threshold_cents, on=on, guests=body.guests
    )
    lines = [line for chunk in chunks for line in chunk]
    if without:
        reward_sales.check_guests(without, field="without")
    return sorted(
        (line for line in lines if line.guest not in without), key=lambda line: line.guest
    )


def _left_out(
    company: Company, body: ProcessRewards, lines: Sequence[RunLine], *, on: date
) -> list[LeftOut]:
    """Why a guest who was named is given nothing."""
    given = {line.guest for line in lines}
    named = [guest for guest in body.guests or () if guest not in given]
    if not named:
        return []
    rows = models.Guest.objects.filter(
        external_id__in=named, status__include_in_loyalty_rewards=True
    )
    included = set(rows.values_list("external_id", flat=True))
    return [
        LeftOut(one.guest, one.name, _because(company, body, one, one.guest in included))
        for one in reward_sales.standing_of(company, on=on, guests=named)
    ]


def _because(company: Company, body: ProcessRewards, one: RunLine, is_included: bool) -> str:
    if not is_included:
        return "of no status that is in loyalty rewards"
    free = company.money(max(0, one.carry_cents))
    return f"{free} of sales not yet used, below {company.money(body.threshold_cents)}"


# -- looked up --------------------------------------------------------------------------------


def find_reward(code: str, *, on: date) -> RewardLine:
    found = next(iter(reward_lists.reward_lines(Wanted(on, code=code))), None)
    if found is None:
        raise unknown_reference("reward", code, field="reward")
    return found


def require_guest(ref: str) -> None:
    if not models.Guest.objects.filter(external_id=ref).exists():
        raise unknown_reference("guest", ref, field="guest")


def find_run(ref: str) -> reward_lists.RunSummary:
    found = reward_lists.runs(ref)
    if not found:
        raise unknown_reference("run", ref, field="run")
    return found[0]


def story_of(company: Company, reward: RewardLine, *, on: date) -> list[str]:
    """What happened to a reward, entry by entry, in the desk's sentences (rule 1.5)."""
    row = models.Guest.objects.get(external_id=reward.guest)
    with ledgers.one_moment():
        ledger = ledgers.ledgers([row.id])[row.id]
    telling = Telling(company, on, row.name)
    lines = [
        f"{entry.on}, {entry.posted_by or 'nobody named'}: {telling.entry(entry)}"
        for entry in _entries_about(reward, ledger)
        if entry.on <= on
    ]
    # What moves to another lot is two entries, out and in, and one story.
    return list(dict.fromkeys(lines))


def _entries_about(reward: RewardLine, ledger: Ledger) -> list[EntryRow]:
    """Those that opened its lot or drew on it, and those that name it."""
    lots = {lot.entry for lot in ledger.lots if lot.number == reward.lot_number}
    drew = {draw.entry for draw in ledger.draws if draw.lot == reward.lot_number}
    named = f'"reward":"{reward.id}"'
    return [
        entry
        for entry in ledger.entries
        if entry.unit == CREDIT
        and (entry.number in lots or entry.number in drew or named in entry.why)
    ]
