"""Process Loyalty Rewards at the desk: prepared step by step, then ordered (rule 10.3).

What is prepared is kept: whoever leaves the page finds it again, and a selection over thousands
of guests is in nobody's browser. `services/reward_work.py` carries out what is ordered.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from regulars.records import bulk, models
from regulars.records.lookups import spellings
from regulars.records.queries import reward_lists, reward_orders
from regulars.records.scope import current_organization
from regulars.rules.permissions import Actor, Permission, require
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import reward_office, reward_sales, transactions
from regulars.services.formats.commands import ProcessRewards
from regulars.services.organizations import Company
from regulars.services.reward_office import Wish
from regulars.services.reward_sales import RunLine

PROCESS, UNDO, TELL = "process", "undo", "tell"
LOOKING, LOOKED = "looking", "looked"
WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
KEEP_DAYS = 30
"""So long something prepared and never ordered can be found again."""

_LINE_COLUMNS = (
    "order_id guest_ref name found_by total_cents consumed_cents n_rewards carry_cents"
    " is_ticked"
).split()


# -- preparing --------------------------------------------------------------------------------


def prepare(company: Company, key: UUID, wish: Wish, *, now: datetime, by: Actor) -> None:
    """Begin with the parameters, once for each key; refused as a run with them would be."""
    require(by, Permission.PROCESS_REWARDS)
    record = reward_office.read_wish(company, wish, now=now, by=by.name)
    body = record.body
    assert isinstance(body, ProcessRewards)

    def write() -> None:
        if models.RewardOrder.objects.filter(id=key).exists():
            return
        models.RewardOrder.objects.create(
            id=key,
            kind=PROCESS,
            state=LOOKING,
            threshold_cents=body.threshold_cents,
            amount_cents=body.amount_cents,
            expires_on=body.expires_on,
            n_to_look=sum(one.n_guests for one in included_statuses()),
            made_by=by.name,
            made_at=now,
        )

    transactions.write(write)


def included_statuses() -> list[reward_lists.StatusLine]:
    """Rule 10.2: whose guests are looked at, and how many they are."""
    return [one for one in reward_lists.status_lines() if one.is_included]


def look_on(company: Company, key: UUID, *, now: datetime) -> None:
    """Look at the next thousand guests; nothing happens where all have been looked at."""
    on = now.astimezone(company.zone).date()

    def step() -> None:
        row = _locked(key)
        if row.state != LOOKING:
            return
        found = reward_sales.look_after(
            company, row.cursor, threshold_cents=row.threshold_cents, on=on
        )
        rows = [_line(key, one) for one in found.lines]
        bulk.insert(models.RewardOrderLine, _LINE_COLUMNS, rows)
        n_rewards = sum(one.n_rewards for one in found.lines)
        row.cursor = found.next
        row.n_looked += found.n_guests
        row.n_lines, row.n_guests = row.n_lines + len(rows), row.n_guests + len(rows)
        row.n_rewards += n_rewards
        row.state = LOOKED if found.next is None else LOOKING
        row.save()

    transactions.write(step)


def _line(key: UUID, one: RunLine) -> tuple[object, ...]:
    words = [word for spelling in spellings(f"{one.name} {one.guest}") for word in spelling]
    return (
        key,
        one.guest,
        one.name,
        " ".join(words),
        one.total_cents,
        one.consumed_cents,
        one.n_rewards,
        one.carry_cents,
        True,
    )


def look_again(key: UUID, *, now: datetime) -> None:
    """From the beginning, as sales are by now; all that were unticked are ticked again."""

    def write() -> None:
        row = _locked(key)
        if row.state != LOOKED:
            return
        models.RewardOrderLine.objects.filter(order_id=key).delete()
        row.state, row.cursor, row.made_at = LOOKING, None, now
        row.n_looked = row.n_lines = row.n_guests = row.n_rewards = 0
        row.n_to_look = sum(one.n_guests for one in included_statuses())
        row.save()

    transactions.write(write)


def tick(
    key: UUID, *, is_ticked: bool, guests: Sequence[str] | None = None, search: str = ""
) -> None:
    """Tick these guests, or those that a search finds; or untick them (rule 10.5)."""

    def write() -> None:
        row = _locked(key)
        if row.state != LOOKED:
            raise _too_late()
        where, parameters = reward_orders.found_by(key, search)
        where += " AND is_ticked = %s"
        parameters.append(not is_ticked)
        if guests is not None:
            where += " AND guest_ref IN %s"
            parameters.append(list(guests))
        [(n_guests, n_rewards)] = bulk.select(
            "SELECT COUNT(*), COALESCE(SUM(n_rewards), 0) FROM records_rewardorderline"
            f" WHERE {where}",
            parameters,
            types="int int",
        )
        bulk.execute(
            f"UPDATE records_rewardorderline SET is_ticked = %s WHERE {where}",
            [is_ticked, *parameters],
        )
        sign = 1 if is_ticked else -1
        row.n_guests += sign * n_guests
        row.n_rewards += sign * n_rewards
        row.save(update_fields=["n_guests", "n_rewards"])

    transactions.write(write)


def discard(key: UUID) -> None:
    """Forget what was prepared; what was ordered is not forgotten."""

    def write() -> None:
        row = _locked(key)
        if row.state not in (LOOKING, LOOKED, FAILED):
            raise _too_late()
        models.RewardOrderLine.objects.filter(order_id=key).delete()
        row.delete()

    transactions.write(write)


# -- ordering ---------------------------------------------------------------------------------


def place(company: Company, key: UUID, *, is_mailed: bool, now: datetime, by: Actor) -> None:
    """Order the run for those ticked, once; `is_mailed`: then tell those who may be by e-mail.

    Asked again it changes nothing. Refused while nobody is ticked.
    """
    require(by, Permission.PROCESS_REWARDS)

    def write() -> None:
        row = _locked(key)
        if row.state in (WAITING, RUNNING, DONE):
            return
        if row.state == LOOKING:
            raise _too_late()
        if not row.n_guests:
            raise Refused("conflict", said("Nobody is ticked, so nothing would be given."))
        row.run_ref = reward_office.free_run_id(_day(company, now))
        row.state, row.is_mailed, row.made_by = WAITING, is_mailed, by.name
        row.n_all, row.n_done, row.problem = row.n_guests, 0, ""
        row.save()

    transactions.write(write)


def place_undo(company: Company, key: UUID, run: str, *, now: datetime, by: Actor) -> None:
    """Order that a run is taken back (rule 10.5), once; refused where it cannot be."""
    found = reward_office.find_run(run)
    if found.is_undone:
        raise Refused(
            "not_undoable",
            said("Run {run} was undone already.", run=run),
            field="run",
            value=run,
        )
    n_used = redeemed_in(reward_lists.tally_of_run(found, on=_day(company, now)))
    if n_used:
        raise Refused(
            "run_has_redemptions",
            said(
                "Run {run} cannot be undone: {n_used} of its rewards are redeemed.",
                run=run,
                n_used=n_used,
            ),
            field="run",
            value=run,
        )
    _place(key, UNDO, run, n_all=found.n_guests, now=now, by=by)


def redeemed_in(tally: Sequence[reward_lists.Tally]) -> int:
    """How many rewards of a run are used; a single one keeps it from being undone."""
    return sum(one.n_rewards for one in tally if one.status == "redeemed")


def place_telling(key: UUID, run: str, *, now: datetime, by: Actor) -> None:
    """Order that the guests of a run are told by e-mail, those who may be."""
    found = reward_office.find_run(run)
    if found.is_undone:
        raise Refused(
            "conflict", said("Run {run} was undone.", run=run), field="run", value=run
        )
    _place(key, TELL, run, n_all=found.n_guests, now=now, by=by)


def _place(key: UUID, kind: str, run: str, *, n_all: int, now: datetime, by: Actor) -> None:
    require(by, Permission.PROCESS_REWARDS)
    rows = models.RewardOrder.objects.filter(run_ref=run, kind=kind)

    def write() -> None:
        same = rows.filter(state__in=(WAITING, RUNNING))
        if same.exists() or models.RewardOrder.objects.filter(id=key).exists():
            return
        models.RewardOrder.objects.create(
            id=key,
            kind=kind,
            state=WAITING,
            run_ref=run,
            is_telling=kind == TELL,
            n_all=n_all,
            made_by=by.name,
            made_at=now,
        )

    transactions.write(write)


# -- finding, forgetting ----------------------------------------------------------------------


def find_order(ref: str) -> reward_orders.OrderShown:
    try:
        found = reward_orders.find(UUID(ref))
    except ValueError:
        found = None
    if found is None:
        raise unknown_reference("order", ref, field="order")
    return found


def forget(*, now: datetime) -> int:
    """Remove what was prepared long ago and never ordered; how many."""
    old = models.RewardOrder.objects.filter(
        state__in=(LOOKING, LOOKED), made_at__lt=now - timedelta(days=KEEP_DAYS)
    )
    keys = list(old.values_list("id", flat=True))
    models.RewardOrderLine.objects.filter(order_id__in=keys).delete()
    models.RewardOrder.objects.filter(id__in=keys).delete()
    return len(keys)


def _locked(key: UUID) -> models.RewardOrder:
    row: models.RewardOrder | None = (
        models.RewardOrder.objects.select_for_update().filter(id=key).first()
    )
    if row is None:
        raise unknown_reference("order", str(key), field="order")
    return row


def _too_late() -> Refused:
    return Refused("conflict", said("This run is not being prepared any more."), field="order")


def _day(company: Company, now: datetime) -> date:
    return now.astimezone(company.zone).date()


def ticked_guests(key: UUID) -> list[str]:
    """Whom the run is for: those ticked, but who was merged away meanwhile. One query."""
    rows = bulk.select(
        """SELECT l.guest_ref FROM records_rewardorderline l
        JOIN records_guest g ON g.organization_id = l.organization_id
        AND g.external_id = l.guest_ref
        WHERE l.organization_id = %s AND l.order_id = %s AND l.is_ticked
        AND g.merged_into_id IS NULL ORDER BY l.guest_ref""",
        [current_organization(), key],
        types="text",
    )
    return [row[0] for row in rows]
