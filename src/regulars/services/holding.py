"""Holds past their time are free again, whoever looks first (rule 7.7)."""

from datetime import datetime

from regulars.records import codec, models
from regulars.records.load import GuestWork


def free_timed_out(one: GuestWork, *, at: datetime) -> None:
    """Release the guest's holds whose `until` has come; `until` itself is too late."""
    for hold in models.Hold.objects.filter(guest=one.key, state="open", until__lte=at):
        set_free(one, hold)


def set_free(one: GuestWork, hold: models.Hold) -> None:
    """What a hold had set aside may be spent again; what lapsed meanwhile is gone."""
    for number, points in codec.value_of(hold.lots):
        lot = one.points.lots.get(number)
        if lot is not None:
            one.points.hold(lot, -min(points, lot.held))
    refs = codec.value_of(hold.rewards)
    if refs:
        models.Reward.objects.filter(external_id__in=refs, state="held").update(state="issued")
    models.Hold.objects.filter(pk=hold.pk).update(state="released")
