"""Holds past their time are free again, whoever looks first (rule 7.7)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from regulars.records import codec, load, locks, models, save
from regulars.records.bulk import select
from regulars.records.load import GuestWork
from regulars.records.scope import current_organization
from regulars.services import transactions


def free_timed_out(one: GuestWork, *, at: datetime) -> None:
    """Release the guest's holds whose `until` has come; `until` itself is too late."""
    if not _has_timed_out(one.key, at=at):
        return
    for hold in models.Hold.objects.filter(guest=one.key, state="open", until__lte=at):
        set_free(one, hold)


def _has_timed_out(guest: UUID, *, at: datetime) -> bool:
    """Asked by every act, and hardly ever so: past the ORM."""
    rows = select(
        """SELECT 1 FROM records_hold WHERE organization_id = %s AND guest_id = %s
        AND state = 'open' AND until <= %s LIMIT 1""",
        [current_organization(), guest, at],
    )
    return bool(rows)


def set_free(one: GuestWork, hold: models.Hold) -> None:
    """What a hold had set aside may be spent again; what lapsed meanwhile is gone."""
    lift(one, [hold])
    refs = codec.value_of(hold.rewards)
    if refs:
        models.Reward.objects.filter(external_id__in=refs, state="held").update(state="issued")
    models.Hold.objects.filter(pk=hold.pk).update(state="released")


def lift(one: GuestWork, holds: Iterable[models.Hold]) -> None:
    """Take the points of holds off their lots; the holds themselves stay as they are."""
    for hold in holds:
        for number, points in codec.value_of(hold.lots):
            lot = one.points.lots.get(number)
            if lot is not None:
                one.points.hold(lot, -min(points, lot.held))


def set_aside_again(
    one: GuestWork, holds: Iterable[models.Hold], *, numbers: Mapping[int, int]
) -> None:
    """Lifted holds stand with the guest their lots moved to (rule 9.4).

    `numbers` are the lots' numbers there by those they had; what a debt took is held no more.
    """
    for hold in holds:
        parts = []
        for number, points in codec.value_of(hold.lots):
            lot = one.points.lots.get(numbers.get(number, 0))
            if lot is not None and min(points, lot.free):
                parts.append((lot.number, min(points, lot.free)))
                one.points.hold(lot, min(points, lot.free))
        models.Hold.objects.filter(pk=hold.pk).update(guest=one.key, lots=codec.text_of(parts))


def free_all_timed_out(*, at: datetime) -> None:
    """The same for every guest: what a hold past its time had set aside is free again."""
    owners = select(
        """SELECT DISTINCT guest_id FROM records_hold
        WHERE organization_id = %s AND state = 'open' AND until <= %s ORDER BY guest_id""",
        [current_organization(), at],
        types="uuid",
    )
    for (key,) in owners:
        transactions.write(partial(_free_timed_out_of, key, at=at))


def _free_timed_out_of(key: UUID, *, at: datetime) -> None:
    locks.lock_guests([key])
    work = load.guests([key])
    load.open_points(work.values(), lots_of={key})
    free_timed_out(work[key], at=at)
    changes = save.Changes(at=at, by=None, cause="hold")
    changes.add(work[key])
    changes.write()
