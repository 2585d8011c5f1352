"""Two records of one person become one, and two again (rule 9.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db.models import Q

from regulars.records import codec, load, models
from regulars.records.load import GuestWork
from regulars.rules import merging as rules
from regulars.rules.facts import Move, Standing
from regulars.rules.lots import CREDIT, POINTS, Book, Lot
from regulars.rules.merging import MovedLot, Transfer
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import holding, merged_rows
from regulars.services.acting import Acting, Answer
from regulars.services.formats.commands import MergeGuests, UndoMerge
from regulars.services.merged_rows import Moved, Returning


@dataclass(frozen=True, slots=True)
class Pair:
    """The guest that goes into another, and the one that stays."""

    goes: GuestWork
    stays: GuestWork


def merge_guests(command: MergeGuests, acting: Acting) -> Answer:
    """Lots with their dates, the higher tier, spend, rewards and memories all become one's."""
    pair = _pair(command, acting)
    holds = list(models.Hold.objects.filter(guest=pair.goes.key, state="open"))
    holding.lift(pair.goes, holds)
    moved = _move_value(pair, acting)
    holding.set_aside_again(pair.stays, holds, numbers=moved.number_of)
    moved.holds = [hold.pk for hold in holds]
    acting.save()
    merged_rows.move(pair.goes, pair.stays, moved, on=acting.on)
    models.Merge.objects.create(
        external_id=command.id,
        guest_id=pair.goes.key,
        survivor_id=pair.stays.key,
        moved=codec.text_of(moved),
        merged_on=acting.on,
    )
    standing = pair.stays.facts.standing
    return Answer(
        detail={
            "points": sum(one.points for one in moved.lots if one.unit == POINTS),
            "rewards": len(moved.rewards),
            "tier": standing.tier,
            "tier_since": str(standing.since) if standing.since else None,
        }
    )


def undo_merge(command: UndoMerge, acting: Acting) -> Answer:
    """Each has its own again, until value that moved has been spent or has lapsed."""
    row = _merge_row(command.merge)
    moved = msgspec.json.decode(row.moved, type=Moved)
    work = acting.open(_with_referrers(row.guest_id, row.survivor_id, moved.referrer))
    pair = Pair(work[row.guest_id], work[row.survivor_id])
    back = merged_rows.returning(pair.goes, pair.stays, moved)
    _open_books(pair, moved)
    holds = list(models.Hold.objects.filter(id__in=moved.holds, state="open"))
    holding.lift(pair.stays, holds)
    _check_undoable(row, pair, moved, back, acting)
    _give_value_back(pair, moved, back, acting)
    holding.set_aside_again(pair.goes, holds, numbers={one.into: one.out for one in moved.lots})
    acting.save()
    merged_rows.move_back(pair.goes, pair.stays, moved, back, on=acting.on)
    models.Merge.objects.filter(id=row.id).update(is_undone=True, moved=codec.text_of(moved))
    return Answer(detail={"tier": pair.goes.facts.standing.tier})


# -- together ---------------------------------------------------------------------------------


def _pair(command: MergeGuests, acting: Acting) -> Pair:
    """Both known, different, and nobody merged; locked together, in the order of their ids."""
    if command.from_guest == command.into_guest:
        raise Refused(
            "invalid_record",
            said(
                "from and into are both {into_guest}: a guest is not merged into itself.",
                into_guest=command.into_guest,
            ),
            field="into",
            value=command.into_guest,
        )
    goes = acting.key_of(command.from_guest, field="from")
    stays = acting.key_of(command.into_guest, field="into")
    work = acting.open(_with_referrers(goes, stays))
    for ref, field in ((command.from_guest, "from"), (command.into_guest, "into")):
        acting.key_of(ref, field=field)  # again: one may have been merged while we waited
    return Pair(work[goes], work[stays])


def _with_referrers(*guests: UUID | None) -> list[UUID]:
    """These and who referred them, in the order in which they are locked."""
    known = {guest for guest in guests if guest is not None}
    referrers = models.Guest.objects.filter(id__in=known, referrer__isnull=False)
    return sorted(known.union(referrers.values_list("referrer_id", flat=True)))


def _move_value(pair: Pair, acting: Acting) -> Moved:
    goes, stays = pair.goes, pair.stays
    act = Transfer(acting.name, acting.on, "merged")
    moved = Moved(goes=goes.facts.standing, stays=stays.facts.standing)
    used = _numbers_in_use(goes.key)
    for unit in (POINTS, CREDIT):
        if unit == CREDIT:
            load.open_credit([goes, stays])
        giver, taker = goes.books[unit], stays.books[unit]
        _add_emptied(giver, goes.key, used)
        lots = [
            lot
            for lot in giver.lots.values()
            if lot.remaining or lot.expired or lot.number in used
        ]
        moved.lots += rules.move_lots(giver, taker, lots, act=act)
    moved.debt = rules.move_debt(goes.points, stays.points, act=act)
    moved.joint = rules.joined(acting.program, moved.stays, moved.goes)
    nowhere = Standing(was_enrolled=moved.goes.was_enrolled, entered=moved.goes.entered)
    _stand(goes, nowhere, acting, other=stays)
    _stand(stays, moved.joint, acting, other=goes)
    moved.consumed_cents = goes.consumed_cents
    stays.consumed_cents += goes.consumed_cents
    goes.consumed_cents = 0
    return moved


def _stand(one: GuestWork, standing: Standing, acting: Acting, *, other: GuestWork) -> None:
    """Where a guest stands from now on, with a line in the history if that is elsewhere."""
    before = one.facts.standing
    if standing == before:
        return
    why = {"with": other.facts.id}
    one.facts.moves.append(Move(acting.on, before.tier, standing.tier, "merge", before, why))
    one.facts.standing = standing


def _numbers_in_use(guest: UUID) -> set[int]:
    """Lots that something may still come back to: redemptions and rewards name them."""
    numbers = set(
        models.Reward.objects.filter(guest=guest).values_list("lot_number", flat=True)
    )
    for draws in models.Redemption.objects.filter(guest=guest).values_list("draws", flat=True):
        numbers |= {number for number, _ in codec.value_of(draws)}
    return numbers


def _add_emptied(book: Book, guest: UUID, numbers: Iterable[int]) -> None:
    """Lots of a book with nothing left that are named, or of which something expired."""
    wanted = Q(number__in=list(numbers)) | Q(expired_points__gt=0)
    _add_lots(book, guest, wanted & Q(remaining_points=0))


def _add_lots(book: Book, guest: UUID, wanted: Q) -> None:
    columns = load.LOT_COLUMNS.replace(",", " ").split()[1:]
    rows = models.Lot.objects.filter(wanted, guest=guest, unit=book.unit)
    for row in rows.values_list(*columns):
        lot = Lot(*row)
        book.lots.setdefault(lot.number, lot)


# -- apart ------------------------------------------------------------------------------------


def _merge_row(ref: str) -> models.Merge:
    row = models.Merge.objects.select_for_update().filter(external_id=ref).first()
    if row is None:
        raise unknown_reference("merge", ref, field="merge")
    if row.is_undone:
        raise rules.not_undoable(ref, "it has been undone already")
    survivor = models.Guest.objects.get(id=row.survivor_id)
    if survivor.merged_into_id is not None:
        raise rules.not_undoable(
            ref, f"{survivor.external_id} was merged into another guest; undo that first"
        )
    return row  # type: ignore[no-any-return]


def _open_books(pair: Pair, moved: Moved) -> None:
    load.open_credit([pair.goes, pair.stays])
    met = {number for number, _ in moved.debt.draws}
    ours = {one.out for one in moved.lots}
    theirs = {one.into for one in moved.lots} | met
    for unit in (POINTS, CREDIT):
        _add_lots(pair.goes.books[unit], pair.goes.key, Q(number__in=list(ours)))
        _add_lots(pair.stays.books[unit], pair.stays.key, Q(number__in=list(theirs)))


def _of_unit(moved: Moved, unit: str) -> list[MovedLot]:
    return [one for one in moved.lots if one.unit == unit]


def _check_undoable(
    row: models.Merge, pair: Pair, moved: Moved, back: Returning, acting: Acting
) -> None:
    ref = row.external_id
    for unit in (POINTS, CREDIT):
        rules.check_undoable(
            ref,
            pair.stays.books[unit],
            _of_unit(moved, unit),
            merged_on=row.merged_on,
            on=acting.on,
        )
    rules.check_debt_undoable(ref, pair.stays.points, moved.debt)
    numbers = {one.into for one in moved.lots}
    rewards = models.Reward.objects.filter(external_id__in=moved.rewards)
    edited = rewards.exclude(lot_number__in=numbers).values_list("external_id", flat=True)
    if changed := edited.first():
        raise rules.not_undoable(ref, f"reward {changed} was changed since", reward=changed)
    invoice = merged_rows.redeemed_since(pair.stays, back, moved)
    if invoice is not None:
        raise rules.not_undoable(
            ref,
            f"{pair.stays.facts.id}'s value stands on invoice {invoice}; take it off first",
            invoice=invoice,
        )


def _give_value_back(pair: Pair, moved: Moved, back: Returning, acting: Acting) -> None:
    goes, stays = pair.goes, pair.stays
    act = Transfer(acting.name, acting.on, "merge_undone")
    rules.give_debt_back(stays.points, goes.points, moved.debt, act=act)
    _follow_facts(pair, moved, back, acting)
    for unit in (POINTS, CREDIT):
        rules.give_lots_back(
            stays.books[unit], goes.books[unit], _of_unit(moved, unit), act=act
        )
    _stand(goes, moved.goes, acting, other=stays)
    parted = rules.separated(stays.facts.standing, joint=moved.joint, before=moved.stays)
    _stand(stays, parted, acting, other=goes)
    stays.consumed_cents -= moved.consumed_cents
    goes.consumed_cents += moved.consumed_cents


def _follow_facts(pair: Pair, moved: Moved, back: Returning, acting: Acting) -> None:
    """What facts that go back have earned since goes with them, as far as it is still there."""
    known = {one.into for one in moved.lots}
    giver = pair.stays.points
    lots = [
        lot
        for lot in giver.open_lots()
        if lot.number not in known and not lot.held and back.owns(lot)
    ]
    act = Transfer(acting.name, acting.on, "merge_undone", step="since:")
    rules.move_lots(giver, pair.goes.points, lots, act=act)
