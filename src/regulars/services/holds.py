"""Points and rewards set aside for a booking or an open bill (rule 7.7)."""

from datetime import date

from regulars.records import codec, models
from regulars.records.load import GuestWork
from regulars.rules import redemption
from regulars.rules import rewards as reward_rules
from regulars.rules.facts import Invoice
from regulars.rules.lots import Lot, spending_order
from regulars.rules.program import Program
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import crediting, holding, invoicing, redeeming
from regulars.services.acting import Acting, Answer
from regulars.services.formats.commands import CaptureHold, Hold, ReleaseHold

Parts = list[tuple[Lot, int]]


def hold(command: Hold, acting: Acting) -> Answer:
    """Rule 7.7: checked like a redemption, without the amount due."""
    one = acting.guest(command.guest)
    invoice = _place(command, acting, one)
    chosen = _rewards_named(command.rewards)
    if invoice is not None:
        redemption.check_open(invoice)
    for row in chosen:
        is_own = row.guest_id == one.key
        reward_rules.check_redeemable(
            row.external_id, row.state, row.expires_on, acting.on, is_own=is_own
        )
    lots = _set_points_aside(command, acting, one, invoice) if command.points else []
    if chosen:
        codes = [row.external_id for row in chosen]
        models.Reward.objects.filter(external_id__in=codes).update(state="held")
    models.Hold.objects.create(
        guest_id=one.key,
        external_id=command.id,
        invoice_ref=command.invoice,
        appointment_ref=command.appointment,
        until=command.until,
        lots=codec.text_of(lots),
        rewards=codec.text_of([row.external_id for row in chosen]),
        state="open",
    )
    acting.save()
    return Answer(detail={"points": command.points or 0, "until": command.until.isoformat()})


def release_hold(command: ReleaseHold, acting: Acting) -> Answer:
    """Rule 7.7: what was set aside is free again."""
    row, one = _open_hold(command.hold, acting)
    holding.set_free(one, row)
    acting.save()
    return Answer()


def capture_hold(command: CaptureHold, acting: Acting) -> Answer:
    """Rule 7.7: takes what is held, at most what is due, and frees the rest; rewards go first.

    The points taken become a redemption of the command's own id.
    """
    row, one = _open_hold(command.hold, acting)
    invoice = redeeming.own_invoice(acting, one, command.invoice)
    redemption.check_open(invoice)
    parts = _held_parts(one, row)
    codes = _held_rewards(row, acting.on)
    # Points held alone may all have lapsed or been forfeited; it is still points that pay.
    is_for_points = bool(parts) or not codec.value_of(row.rewards)
    program = _check_capture(acting, one, invoice, has_points=is_for_points, codes=codes)
    holding.set_free(one, row)
    credit = _capture_rewards(command, acting, one, invoice, codes=codes)
    points = 0
    if parts and program is not None:
        points = _capture_points(command, acting, one, (invoice, program), parts=parts)
    models.Hold.objects.filter(id=row.id).update(state="captured")
    acting.save()
    invoicing.refresh(acting.company, one.key, invoice, on=acting.on)
    return Answer(detail={"points": points, "rewards": acting.company.money(credit)})


# -- holding ----------------------------------------------------------------------------------


def _place(command: Hold, acting: Acting, one: GuestWork) -> Invoice | None:
    """What it is held for must be known, and the guest's own."""
    if command.appointment is not None:
        rows = models.Appointment.objects.filter(external_id=command.appointment)
        owner = rows.values_list("guest_id", flat=True).first()
        if owner is None:
            raise unknown_reference("appointment", command.appointment, field="appointment")
        if owner != one.key:
            raise Refused(
                "invalid_record",
                said(
                    "Appointment {appointment} is another guest's.",
                    appointment=command.appointment,
                ),
                field="guest",
                value=command.guest,
            )
    if command.invoice is None:
        return None
    return redeeming.own_invoice(acting, one, command.invoice)


def _rewards_named(codes: tuple[str, ...]) -> list[models.Reward]:
    found = {
        row.external_id: row for row in models.Reward.objects.filter(external_id__in=codes)
    }
    for code in codes:
        if code not in found:
            raise unknown_reference("reward", code, field="rewards")
    return [found[code] for code in codes]


def _set_points_aside(
    command: Hold, acting: Acting, one: GuestWork, invoice: Invoice | None
) -> list[tuple[int, int]]:
    """(lot, points) in the order in which a redemption would draw them (rule 7.1)."""
    assert command.points is not None
    program = redeeming.program_to_redeem(acting, one)
    if invoice is not None:
        redemption.check_lines(program, invoice)
    own = None if invoice is None else invoice.source
    lots = one.points.spendable(acting.on, except_source=own)
    limits = redemption.limits_of(
        program, invoice, available=sum(lot.free for lot in lots), with_due=False
    )
    redemption.check_points(command.points, limits, exponent=acting.company.exponent)
    parts = _first_parts([(lot, lot.free) for lot in lots], command.points)
    for lot, part in parts:
        one.points.hold(lot, part)
    return [(lot.number, part) for lot, part in parts]


def _first_parts(parts: Parts, points: int) -> Parts:
    chosen = []
    for lot, most in parts:
        part = min(most, points)
        if part:
            chosen.append((lot, part))
            points -= part
    assert not points
    return chosen


# -- capturing --------------------------------------------------------------------------------


def _open_hold(ref: str, acting: Acting) -> tuple[models.Hold, GuestWork]:
    """The hold and its guest, locked; those past their time are free by then."""
    owner = (
        models.Hold.objects.filter(external_id=ref).values_list("guest_id", flat=True).first()
    )
    if owner is None:
        raise unknown_reference("hold", ref, field="hold")
    one = acting.open([owner])[owner]
    row = models.Hold.objects.get(external_id=ref)
    if row.state != "open":
        raise Refused(
            "hold_not_open",
            said(
                "Hold {ref} is {state}; it was good until {until:%Y-%m-%d %H:%M} UTC.",
                ref=ref,
                state=row.state,
                until=row.until,
            ),
            field="hold",
            value=ref,
        )
    return row, one


def _held_parts(one: GuestWork, row: models.Hold) -> Parts:
    """What is still set aside of each lot: some may have lapsed, or paid a debt."""
    parts = []
    for number, points in codec.value_of(row.lots):
        lot = one.points.lots.get(number)
        if lot is not None and min(points, lot.held):
            parts.append((lot, min(points, lot.held)))
    return sorted(parts, key=lambda part: spending_order(part[0]))


def _held_rewards(row: models.Hold, on: date) -> list[str]:
    """The codes still held, in the order in which they would be offered."""
    codes = codec.value_of(row.rewards)
    held = models.Reward.objects.filter(external_id__in=codes, state="held")
    good = [one for one in held if reward_rules.status_on("held", one.expires_on, on) == "held"]
    good.sort(
        key=lambda one: reward_rules.offering_order(
            one.expires_on, one.issued_on, one.external_id
        )
    )
    return [one.external_id for one in good]


def _check_capture(
    acting: Acting, one: GuestWork, invoice: Invoice, *, has_points: bool, codes: list[str]
) -> Program | None:
    """Rule 7.4 holds for a capture as well; limits were checked when the hold was made."""
    if not has_points:
        return None
    program = redeeming.program_to_redeem(acting, one)
    if not codes:
        redemption.check_lines(program, invoice)
    return program


def _capture_rewards(
    command: CaptureHold, acting: Acting, one: GuestWork, invoice: Invoice, *, codes: list[str]
) -> int:
    """Each takes what is due then; those that nothing is left for stay free."""
    credit = 0
    for number, code in enumerate(codes, start=1):
        row = models.Reward.objects.get(external_id=code)
        if crediting.payable_cents(acting, invoice) <= 0:
            break
        name = f"{command.id}:{number}"
        credit += crediting.apply_reward(acting, one, row, invoice=invoice, redemption_id=name)
    return credit


def _capture_points(
    command: CaptureHold,
    acting: Acting,
    one: GuestWork,
    at: tuple[Invoice, Program],
    *,
    parts: Parts,
) -> int:
    invoice, program = at
    usable = [(lot, part) for lot, part in parts if lot.source != invoice.source]
    held = sum(part for _, part in usable)
    limits = redemption.limits_of(program, invoice, available=held)
    points = redemption.captured_points(held, limits)
    cents = redemption.value_of(points, limits.point_value)
    if not cents:
        return 0
    redeeming.check_id_is_free(command.id)
    tender = redeeming.Tender(command.id, invoice, points, cents, program)
    entry = redeeming.entry_of(acting, tender)
    one.points.take(entry, _first_parts(usable, points))
    redeeming.stand(acting, one, tender, entry)
    return points
