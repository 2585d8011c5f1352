"""The rows that follow a merge, and go back when it is undone (rule 9.4)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q

from regulars.records import bulk, codec, models
from regulars.records.ids import uuid7
from regulars.records.load import GuestWork
from regulars.records.quarters import quarters_of_invoices
from regulars.rules import merging
from regulars.rules.facts import Occasion, Standing
from regulars.rules.lots import Lot
from regulars.rules.merging import MovedDebt, MovedLot
from regulars.services.taking_in import ONLINE

SIGN_UP = "online_signup"
REFERRALS = ("referral_visit", "referral_membership", "referral_package")
_OCCASION_COLUMNS = "name action state times points tier source invoice_ref happened_on".split()


class Moved(msgspec.Struct, kw_only=True):
    """What undoing a merge needs, as the merge's own row keeps it.

    `occasions` are the memories the survivor took over, `replaced` what it had of them before;
    `referrals` are memories of the referring guest that were named after the merged one;
    `had_signed_up`: what the survivor remembers of a sign-up was hers before.
    """

    lots: list[MovedLot] = []
    debt: MovedDebt = MovedDebt()
    goes: Standing = msgspec.field(default_factory=Standing)
    stays: Standing = msgspec.field(default_factory=Standing)
    joint: Standing = msgspec.field(default_factory=Standing)
    consumed_cents: int = 0
    occasions: list[str] = []
    replaced: list[Occasion] = []
    rewards: list[str] = []
    redemptions: list[UUID] = []
    holds: list[UUID] = []
    merged_before: list[UUID] = []
    referred: list[UUID] = []
    referrer_before: UUID | None = None
    referrer: UUID | None = None
    referrals: list[str] = []
    signed_up_on: date | None = None
    had_signed_up: bool = False

    @property
    def number_of(self) -> dict[int, int]:
        """The survivor's number of each moved lot."""
        return {one.out: one.into for one in self.lots}


# -- together ---------------------------------------------------------------------------------


def move(goes: GuestWork, stays: GuestWork, moved: Moved, *, on: date) -> None:
    """Every row of the guest that goes now counts for the one that stays."""
    quarters = quarters_of_invoices()
    invoices = models.Invoice.objects.filter(opened_quarter__in=quarters, guest=goes.key)
    for part in (models.InvoiceAppointment, models.Spend):
        hers = part.objects.filter(guest=goes.key, invoice__in=invoices.values("id"))
        hers.update(guest=stays.key)
    invoices.update(guest=stays.key)
    for model in (models.Appointment, models.Feedback):
        model.objects.filter(guest=goes.key).update(guest=stays.key)
    moved.redemptions = _move_redemptions(goes.key, stays.key, moved.number_of)
    moved.rewards = _move_rewards(goes.key, stays.key, moved.number_of)
    _move_turns(goes.key, stays.key)
    _unite_occasions(goes.key, stays.key, moved)
    _move_referrals(goes, stays, moved)
    _take_over_signup(goes, stays, moved, on=on)
    earlier = models.Guest.objects.filter(merged_into=goes.key)
    moved.merged_before = list(earlier.values_list("id", flat=True))
    earlier.update(merged_into=stays.key)
    models.Guest.objects.filter(id=goes.key).update(merged_into=stays.key)


def _move_redemptions(
    giver: UUID, taker: UUID, numbers: Mapping[int, int], *, only: list[UUID] | None = None
) -> list[UUID]:
    """Redemptions stay with their lots, whatever number these have now."""
    rows = models.Redemption.objects.filter(guest=giver)
    if only is not None:
        rows = rows.filter(id__in=only)
    found = list(rows.values_list("id", "draws"))
    changed = [
        (key, taker, codec.text_of([(numbers[n], left) for n, left in codec.value_of(draws)]))
        for key, draws in found
    ]
    bulk.update(models.Redemption, ["id"], ["guest_id", "draws"], changed)
    return [key for key, _ in found]


def _move_rewards(
    giver: UUID, taker: UUID, numbers: Mapping[int, int], *, only: list[str] | None = None
) -> list[str]:
    rows = models.Reward.objects.filter(guest=giver)
    if only is not None:
        rows = rows.filter(external_id__in=only)
    found = list(rows.values_list("id", "external_id", "lot_number"))
    changed = [(key, taker, numbers[number]) for key, _, number in found]
    bulk.update(models.Reward, ["id"], ["guest_id", "lot_number"], changed)
    return [ref for _, ref, _ in found]


def _move_turns(giver: UUID, taker: UUID, *, referred: list[str] | None = None) -> None:
    """Referred guests' invoices that wait for their referrer's turn."""
    rows = models.ReferralTurn.objects.filter(guest=giver)
    if referred is not None:
        rows = rows.filter(referred_ref__in=referred)
    known = models.ReferralTurn.objects.filter(guest=taker)
    rows.filter(invoice_ref__in=list(known.values_list("invoice_ref", flat=True))).delete()
    rows.update(guest=taker)


# -- once-per memories ------------------------------------------------------------------------


def _unite_occasions(goes: UUID, stays: UUID, moved: Moved) -> None:
    """The survivor remembers both; the other keeps its own, so nothing pays there again."""
    known = _occasions(stays)
    for name, theirs in _occasions(goes).items():
        mine = known.get(name)
        both = merging.united(mine, theirs)
        if both is None:
            continue
        moved.occasions.append(name)
        if mine is None:
            _insert_occasion(stays, both)
        else:
            moved.replaced.append(mine)
            _write_occasion(stays, both)


def _occasions(guest: UUID, *conditions: Q) -> dict[str, Occasion]:
    rows = models.Occasion.objects.filter(*conditions, guest=guest)
    found = (Occasion(*row) for row in rows.values_list(*_OCCASION_COLUMNS))
    return {one.name: one for one in found}


def _values(one: Occasion) -> dict[str, Any]:
    return {
        "state": one.state,
        "times": one.times,
        "points": one.points,
        "tier": one.tier,
        "source": one.source,
        "invoice_ref": one.invoice,
        "happened_on": one.on,
    }


def _insert_occasion(guest: UUID, one: Occasion) -> None:
    models.Occasion.objects.create(
        id=uuid7(), guest_id=guest, name=one.name, action=one.action, **_values(one)
    )


def _write_occasion(guest: UUID, one: Occasion) -> None:
    models.Occasion.objects.filter(guest=guest, name=one.name).update(**_values(one))


# -- referrals and sign-up --------------------------------------------------------------------


def _move_referrals(goes: GuestWork, stays: GuestWork, moved: Moved) -> None:
    """Guests referred by either are the survivor's; its own referrer follows rule 6.7."""
    referred = models.Guest.objects.filter(referrer=goes.key).exclude(id=stays.key)
    moved.referred = list(referred.values_list("id", flat=True))
    referred.update(referrer=stays.key)
    pair = {goes.key, stays.key}
    referrer = merging.inherited_referrer(
        stays.referrer, goes.referrer, pair=pair, referrer_of=_referrer_of
    )
    moved.referrer_before, moved.referrer = stays.referrer, referrer
    if referrer != stays.referrer:
        models.Guest.objects.filter(id=stays.key).update(referrer=referrer)
    if referrer is not None and referrer == goes.referrer:
        moved.referrals = _rename_referrals(referrer, goes.facts.id, stays.facts.id)


def _referrer_of(guest: UUID) -> UUID | None:
    row = models.Guest.objects.filter(id=guest).values_list("referrer_id").first()
    return row[0] if row else None


def _rename_referrals(
    referrer: UUID, before: str, after: str, *, only: list[str] | None = None
) -> list[str]:
    """What the referring guest was paid for the one is paid for the other (rule 6.8)."""
    renamed = []
    for action in only or REFERRALS:
        rows = models.Occasion.objects.filter(guest=referrer)
        if not rows.filter(name=f"{action}:guest/{after}").exists():
            n_rows = rows.filter(name=f"{action}:guest/{before}").update(
                name=f"{action}:guest/{after}"
            )
            renamed += [action] * n_rows
    turns = models.ReferralTurn.objects.filter(guest=referrer, referred_ref=before)
    if only is None:
        turns.update(referred_ref=after)
    return renamed


def _take_over_signup(goes: GuestWork, stays: GuestWork, moved: Moved, *, on: date) -> None:
    """Rule 6.5: a sign-up of the merged guest counts for a survivor who has none."""
    own = models.Occasion.objects.filter(guest=stays.key, name=SIGN_UP)
    known = own.exclude(state="taken_back").exists()
    moved.had_signed_up = known and SIGN_UP not in moved.occasions
    signed_up_on = goes.facts.signed_up_on
    if signed_up_on is None or stays.facts.signed_up_on is not None:
        return
    moved.signed_up_on = signed_up_on
    models.Guest.objects.filter(id=stays.key).update(signed_up_on=signed_up_on, settle_on=on)


# -- apart ------------------------------------------------------------------------------------


class Returning(msgspec.Struct, kw_only=True):
    """The facts that go back: those that name the merged guest, later ones as well."""

    invoices: dict[UUID, str]
    appointments: list[str]
    feedback: list[str]
    referred: list[str]
    occasions: dict[str, Occasion]
    sources: set[str]
    earned: set[tuple[str, str]]
    """Action and source of memories: a referral's source is an invoice of the one referred,
    which may be the survivor's own.
    """
    signed_up: bool

    def owns(self, lot: Lot) -> bool:
        if lot.action not in REFERRALS and lot.source in self.sources:
            return True
        return (lot.action, lot.source) in self.earned


def returning(goes: GuestWork, stays: GuestWork, moved: Moved) -> Returning:
    """Read what undoing would move, before anything is moved."""
    names = [goes.facts.id]
    names += models.Guest.objects.filter(id__in=moved.merged_before).values_list(
        "external_id", flat=True
    )
    own = {"guest": stays.key, "named_guest_ref__in": names}
    bills = models.Invoice.objects.filter(opened_quarter__in=quarters_of_invoices(), **own)
    invoices = dict(bills.values_list("id", "external_id"))
    visits = models.Appointment.objects.filter(**own).values_list("external_id", flat=True)
    feedback = models.Feedback.objects.filter(**own).values_list("external_id", flat=True)
    # Those who came with the merged guest, and those who have named them since.
    named_so = Q(id__in=moved.referred) | Q(referred_by_ref__in=names)
    referred = models.Guest.objects.filter(named_so, referrer=stays.key)
    back = Returning(
        invoices=invoices,
        appointments=list(visits),
        feedback=list(feedback),
        referred=list(referred.values_list("external_id", flat=True)),
        occasions={},
        sources={f"invoice/{ref}" for ref in invoices.values()},
        earned=set(),
        signed_up=_has_lent_signup(goes, stays, moved),
    )
    named = Q(name__in=_occasion_names(back, moved))
    # What the survivor had for referring the merged guest is the survivor's own.
    theirs = Q(invoice_ref__in=list(invoices.values())) & ~Q(action__in=REFERRALS)
    back.occasions = _occasions(stays.key, named | theirs)
    back.sources |= {f"appointment/{ref}" for ref in back.appointments}
    back.sources |= {f"feedback/{ref}" for ref in back.feedback}
    back.earned = {
        (one.action, one.source)
        for one in back.occasions.values()
        if one.action != "welcome_bonus"
    }
    return back


def _has_lent_signup(goes: GuestWork, stays: GuestWork, moved: Moved) -> bool:
    """The survivor's sign-up is the merged guest's, who brought it or told of it since; one
    that the survivor's own record has told of is hers, and what it paid too.
    """
    mine = models.Guest.objects.filter(id=stays.key, signed_up_on__isnull=False)
    if not mine.exclude(signup_channel__in=ONLINE).exists():
        return False
    if moved.signed_up_on is not None:
        return True
    told = models.Guest.objects.filter(merged_into=stays.key, signed_up_on__isnull=False)
    return list(told.values_list("id", flat=True)) == [goes.key]


def _occasion_names(back: Returning, moved: Moved) -> list[str]:
    names = list(moved.occasions)
    for ref in back.appointments:
        names += [f"{action}:appointment/{ref}" for action in ("rebook", "online_booking")]
        names.append(f"feedback:appointment/{ref}")
    for ref in back.feedback:
        names += [f"feedback:feedback/{ref}", f"shared_feedback:feedback/{ref}"]
    for ref in back.referred:
        names += [f"{action}:guest/{ref}" for action in REFERRALS]
    if back.signed_up and not moved.had_signed_up:
        names.append(SIGN_UP)
    return names


def redeemed_since(stays: GuestWork, back: Returning, moved: Moved) -> str | None:
    """A redemption made since that stands on an invoice about to go back."""
    rows = models.Redemption.objects.filter(
        guest=stays.key, invoice__in=list(back.invoices), state="standing"
    )
    since = rows.exclude(id__in=moved.redemptions).values_list("invoice_id").first()
    return back.invoices[since[0]] if since else None


def move_back(
    goes: GuestWork, stays: GuestWork, moved: Moved, back: Returning, *, on: date
) -> None:
    """The facts, memories and pointers as they were, with what came since."""
    keys = list(back.invoices)
    models.Invoice.objects.filter(id__in=keys).update(guest=goes.key)
    for model in (models.InvoiceAppointment, models.Spend):
        model.objects.filter(guest=stays.key, invoice__in=keys).update(guest=goes.key)
    for kind, refs in (
        (models.Appointment, back.appointments),
        (models.Feedback, back.feedback),
    ):
        kind.objects.filter(guest=stays.key, external_id__in=refs).update(guest=goes.key)
    numbers = {one.into: one.out for one in moved.lots}
    _move_redemptions(stays.key, goes.key, numbers, only=moved.redemptions)
    _move_rewards(stays.key, goes.key, numbers, only=moved.rewards)
    _part_occasions(goes.key, stays.key, moved, back)
    _part_referrals(goes, stays, moved, back)
    if back.signed_up:
        own = models.Guest.objects.filter(id=stays.key)
        own.exclude(signup_channel__in=ONLINE).update(signed_up_on=None)
    guests = models.Guest.objects
    # A sign-up that was paid at once in the tier of both may wait again (rules 5.3, 6.5).
    waiting = guests.filter(id__in=[goes.key, stays.key], signed_up_on__isnull=False)
    waiting.exclude(settle_on__lt=on).update(settle_on=on)
    guests.filter(id__in=moved.merged_before, merged_into=stays.key).update(
        merged_into=goes.key
    )
    guests.filter(id=goes.key).update(merged_into=None)


def _part_occasions(goes: UUID, stays: UUID, moved: Moved, back: Returning) -> None:
    kept = set(_occasions(goes))
    replaced = {one.name: one for one in moved.replaced}
    for name, one in back.occasions.items():
        keep: Callable[[UUID, Occasion], None] = (
            _write_occasion if name in kept else _insert_occasion
        )
        keep(goes, one)
        if name in replaced:
            _write_occasion(stays, replaced[name])
        elif name == SIGN_UP and name not in moved.occasions:
            # Posted in the survivor's books: a sign-up of her own would be the second there.
            _write_occasion(stays, replace(one, state="taken_back"))
        else:
            models.Occasion.objects.filter(guest=stays, name=name).delete()


def _part_referrals(goes: GuestWork, stays: GuestWork, moved: Moved, back: Returning) -> None:
    models.Guest.objects.filter(external_id__in=back.referred).update(referrer=goes.key)
    _move_turns(stays.key, goes.key, referred=back.referred)
    # Kept with the merge: `verify` looks among this guest's memories for the other name.
    moved.referrer = referrer = moved.referrer or _referrer_told_since(goes, stays)
    if referrer is not None:
        theirs = {"guest": referrer, "invoice_ref__in": list(back.invoices.values())}
        models.ReferralTurn.objects.filter(**theirs).update(referred_ref=goes.facts.id)
        paid = set(moved.referrals)
        if referrer == goes.referrer:
            since = models.Occasion.objects.filter(**theirs, action__in=REFERRALS)
            paid.update(since.values_list("action", flat=True))
        if paid:
            _rename_referrals(referrer, stays.facts.id, goes.facts.id, only=sorted(paid))
    own = models.Guest.objects.filter(id=stays.key)
    own.filter(referrer=referrer).update(referrer=moved.referrer_before)


def _referrer_told_since(goes: GuestWork, stays: GuestWork) -> UUID | None:
    """The survivor's referrer where it is the merged guest's, whose record named it later."""
    lent = models.Guest.objects.filter(
        id=stays.key, referrer=goes.referrer, referred_by_ref__isnull=True
    )
    return goes.referrer if lent.exists() else None
