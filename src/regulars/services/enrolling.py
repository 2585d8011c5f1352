"""Enroll a guest by hand, cancel an enrollment, change the opt-in (rules 4.7, 4.8)."""

from dataclasses import replace

from regulars.records import codec, load, models
from regulars.records.load import GuestWork
from regulars.rules import enrollment, settlement
from regulars.rules.facts import Move
from regulars.services import holding
from regulars.services.acting import Acting, Answer
from regulars.services.formats.commands import CancelEnrollment, Enroll, SetOptIn


def enroll(command: Enroll, acting: Acting) -> Answer:
    """Rule 4.7: at once, in both modes; the welcome bonus comes with it (rule 6.6)."""
    one = acting.guest(command.guest)
    spend = acting.spend(one)
    tier = enrollment.tier_to_enroll(
        acting.program, one.facts, choice=command.tier, spend_cents=spend
    )
    # A welcome undone earlier may happen again: its memory counts how often it did.
    load.add_occasions({one.key: one}, {f"welcome_bonus:{tier.id}"}, set())
    is_direct = command.tier == "highest"
    move = _move(acting, one, tier.id, comment=command.comment, is_direct=is_direct)
    settlement.welcome(acting.settlings[one.key], move, on=acting.on)
    _settle_waiting_signup(acting, one)
    acting.save()
    return Answer(
        detail={
            "tier": tier.id,
            "tier_since": str(acting.on),
            "spend": acting.company.money(spend),
            "points": one.points.points,
        }
    )


def cancel_enrollment(command: CancelEnrollment, acting: Acting) -> Answer:
    """Rule 4.8: all points and the tier end, the guest is opted out. A debt stays as it is."""
    one = acting.guest(command.guest)
    enrollment.require_enrolled(one.facts)
    _move(acting, one, None, comment=command.comment)
    _free_held_points(one)
    before = one.points.points
    settlement.forfeit(one.points, on=acting.on, key=acting.name, source=acting.name)
    _set_opted_in(one, False)
    acting.save()
    return Answer(detail={"points_ended": before - one.points.points})


def set_opt_in(command: SetOptIn, acting: Acting) -> Answer:
    """Rule 4.8; opting in moves no tier (rule 4.4)."""
    one = acting.guest(command.guest)
    enrollment.check_opt_in(one.facts, loyalty_opt_in=command.loyalty_opt_in)
    _set_opted_in(one, command.loyalty_opt_in)
    acting.save()
    return Answer(detail={"loyalty_opt_in": command.loyalty_opt_in})


def _move(
    acting: Acting,
    one: GuestWork,
    tier: str | None,
    *,
    comment: str | None,
    is_direct: bool = False,
) -> Move:
    """Move by command, with the comment kept in the history."""
    settling = acting.settlings[one.key]
    move = settlement.move_to(
        settling, tier, on=acting.on, cause="command", is_direct=is_direct
    )
    if comment:
        move = replace(move, why={"comment": comment})
        one.facts.moves[-1] = settling.outcome.moves[-1] = move
    return move


def _settle_waiting_signup(acting: Acting, one: GuestWork) -> None:
    """Rule 6.5: a sign-up that waited is awarded by the close of this day."""
    if one.facts.signed_up_on is not None:
        models.Guest.objects.filter(id=one.key).update(settle_on=acting.on)


def _free_held_points(one: GuestWork) -> None:
    """Points set aside end with the others; rewards on the same hold stay held."""
    for hold in models.Hold.objects.filter(guest=one.key, state="open"):
        if not codec.value_of(hold.lots):
            continue
        if codec.value_of(hold.rewards):
            models.Hold.objects.filter(pk=hold.pk).update(lots="[]")
        else:
            holding.set_free(one, hold)


def _set_opted_in(one: GuestWork, opted_in: bool) -> None:
    one.facts.opted_in = opted_in
    models.Guest.objects.filter(id=one.key).update(opted_in=opted_in)
