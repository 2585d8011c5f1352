"""From facts as sent to facts as read, with every check that needs no database.

Each reader answers a `Reading`; contract section 1 says what is refused.
"""

import re
from datetime import tzinfo
from typing import NamedTuple

import msgspec

from regulars.rules import sentences
from regulars.rules.amounts import minor_units, parse_money, shown
from regulars.rules.refusals import Refused
from regulars.services.formats import sent as said
from regulars.services.formats.complaints import invalid
from regulars.services.formats.context import Context
from regulars.services.formats.facts import (
    AppointmentFact,
    CenterFact,
    FeedbackFact,
    GuestFact,
    ItemFact,
    OrganizationFact,
    Publication,
    StatusFact,
)
from regulars.services.formats.instants import Moment, business_date, read_instant, zone_named

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_LINK = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_PHONE = re.compile(r"[+0-9 ()./x#*-]*[0-9][+0-9 ()./x#*-]*")


class Reading(NamedTuple):
    """A fact, the zone of its days, and its latest instant: when it was known at the earliest.

    `kept_apart` are fields that say when, not what: `canonical` leaves them out.
    """

    fact: msgspec.Struct
    zone: tzinfo
    latest: Moment | None = None
    kept_apart: tuple[str, ...] = ()


def known_at(
    at: str | None, reading_zone: tzinfo, *, latest: Moment | None, context: Context
) -> Moment:
    """When the record became known: as said, else by the clock, else by what it tells."""
    if at is not None:
        return read_instant(at, reading_zone, field="at")
    if context.now is not None:
        return context.now, business_date(context.now, reading_zone)
    if latest is not None:
        return latest
    if context.previous_at is not None:
        return context.previous_at, business_date(context.previous_at, reading_zone)
    raise invalid(
        "at", sentences.said("is required: nothing before tells when this became known."), None
    )


def organization(sent: said.SentOrganization, _: Context) -> Reading:
    minor_units(sent.currency)
    zone = zone_named(sent.time_zone)
    return Reading(OrganizationFact(sent.id, sent.name, sent.currency, sent.time_zone), zone)


def center(sent: said.SentCenter, context: Context) -> Reading:
    """Its `at` is the organization's: it is no record of a center's business."""
    if sent.time_zone is not None:
        zone_named(sent.time_zone)
    fact = CenterFact(sent.id, sent.name, sent.time_zone)
    return Reading(fact, context.organization_zone)


def status(sent: said.SentStatus, context: Context) -> Reading:
    return Reading(
        StatusFact(sent.id, sent.name, sent.include_in_loyalty_rewards),
        context.organization_zone,
    )


def item(sent: said.SentItem, context: Context) -> Reading:
    price = None
    if sent.price is not None:
        price = parse_money(sent.price, context.exponent, field="price")
    return Reading(ItemFact(sent.id, sent.kind, sent.name, price), context.organization_zone)


def guest(sent: said.SentGuest, context: Context) -> Reading:
    zone = context.organization_zone
    signup = _signup(sent.signup, zone)
    if sent.email is not None and _EMAIL.fullmatch(sent.email) is None:
        raise invalid(
            "email",
            sentences.said("is no e-mail address: {email}.", email=shown(sent.email)),
            sent.email,
        )
    if sent.phone is not None and _PHONE.fullmatch(sent.phone) is None:
        raise invalid(
            "phone",
            sentences.said("is no phone number: {phone}.", phone=shown(sent.phone)),
            sent.phone,
        )
    known_on = known_at(sent.at, zone, latest=signup, context=context)[1]
    if sent.birthday is not None and sent.birthday > known_on:
        day = sent.birthday.isoformat()
        raise invalid("birthday", sentences.said("lies in the future: {day}.", day=day), day)
    if sent.home_center is not None:
        _check_center(sent.home_center, context)
    fact = GuestFact(
        id=sent.id,
        name=sent.name,
        email=sent.email,
        phone=sent.phone,
        birthday=sent.birthday,
        anniversary=sent.anniversary,
        status=sent.status,
        home_center=sent.home_center,
        referred_by=sent.referred_by,
        signup_channel=None if sent.signup is None else sent.signup.channel,
        signup_at=None if signup is None else signup[0],
        signup_on=None if signup is None else signup[1],
        loyalty_opt_in=sent.loyalty_opt_in,
    )
    return Reading(fact, zone, signup)


def _signup(signup: said.SentSignup | None, zone: tzinfo) -> Moment | None:
    if signup is None:
        return None
    return read_instant(signup.at, zone, field="signup.at")


def _check_center(home_center: str, context: Context) -> None:
    try:
        context.zone_of_center(home_center)
    except Refused as refused:
        if refused.field == "center":
            refused.field = "home_center"
        raise


def appointment(sent: said.SentAppointment, context: Context) -> Reading:
    zone = context.zone_of_center(sent.center)
    booked = read_instant(sent.booked_at, zone, field="booked_at")
    starts = read_instant(sent.starts_at, zone, field="starts_at")
    for place, item in enumerate(sent.services):
        _check_item(item, context, field=f"services.{place}")
    fact = AppointmentFact(
        id=sent.id,
        guest=sent.guest,
        center=sent.center,
        booked_at=booked[0],
        booked_on=booked[1],
        channel=sent.channel,
        starts_at=starts[0],
        starts_on=starts[1],
        status=sent.status,
        invoice=sent.invoice,
        staff=sent.staff,
        services=sent.services,
        minutes=sent.minutes,
        note=sent.note,
    )
    return Reading(fact, zone, booked)


def _check_item(item: str, context: Context, *, field: str) -> None:
    try:
        context.item_kind(item)
    except Refused as refused:
        refused.field = field
        raise


def feedback(sent: said.SentFeedback, context: Context) -> Reading:
    """Its `at` is the feedback's own; the record is known once the last publication is."""
    zone = context.organization_zone
    published = tuple(
        _publication(place, zone, index) for index, place in enumerate(sent.published)
    )
    latest = max(((place.at, place.on) for place in published), default=None)
    given = known_at(sent.at, zone, latest=latest, context=context)
    fact = FeedbackFact(
        id=sent.id,
        guest=sent.guest,
        appointment=sent.appointment,
        at=given[0],
        on=given[1],
        channel=sent.channel,
        rating=sent.rating,
        comment=sent.comment,
        share_permission=sent.share_permission,
        published=published,
    )
    return Reading(fact, zone, latest, kept_apart=("at", "on"))


def _publication(place: said.SentPublication, zone: tzinfo, index: int) -> Publication:
    at, on = read_instant(place.at, zone, field=f"published.{index}.at")
    if place.link is not None and not _LINK.fullmatch(place.link):
        raise Refused(
            "invalid_record",
            sentences.said("A link begins with https:// or http:// and has no spaces in it."),
            field=f"published.{index}.link",
            value=place.link,
        )
    return Publication(place.to, at, on, place.link)
