"""Who may be told what, through which channel; and how it came to this (rule 12).

A service message (points came, points were used, enrolled, upgraded) goes unless the guest
withdrew consent to the channel; a marketing one only where consent was given. Every change is
kept with who, when, how and why; docs/decisions/0010-messages.md has the reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from regulars.records import locks, models
from regulars.records.queries.told_guests import GuestToTell
from regulars.rules import sentences
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services.messages import languages
from regulars.services.messages.kinds import EMAIL, LETTER, SMS, Kind
from regulars.services.organizations import Company
from regulars.services.transactions import write

GIVEN, WITHDRAWN, BOUNCED = "given", "withdrawn", "bounced"
STATES = (GIVEN, WITHDRAWN)
CHANNELS = (EMAIL, SMS)
LANGUAGE, NO_LANGUAGE = "language", "none"
_NAMES = {EMAIL: "e-mail", SMS: "SMS"}
_ADDRESSES = {EMAIL: "e-mail address", SMS: "phone number"}


# -- who may be told --------------------------------------------------------------------------


def may_be_told(guest: GuestToTell, kind: Kind, channel: str) -> str | None:
    """None if the guest may be told this, else the reason in a sentence."""
    if guest.merged_into is not None:
        return "The guest was merged into another, who is told instead."
    if not guest.opted_in:
        return "The guest has opted out of the loyalty program."
    if channel == LETTER:
        return None  # printed and handed over or posted by the salon, which sees to it itself
    return _why_not_through(guest, kind, channel)


def _why_not_through(guest: GuestToTell, kind: Kind, channel: str) -> str | None:
    name = _NAMES[channel]
    address, consent, bounced = _of_channel(guest, channel)
    came_back = address and bounced is not None and bounced.casefold() == address.casefold()
    reasons = (
        (not address, f"The guest has no {_ADDRESSES[channel]}."),
        (consent == WITHDRAWN, f"The guest does not want to be told by {name}."),
        (
            kind.is_marketing and consent != GIVEN,
            f"The guest has not agreed to be told {kind.name} by {name}.",
        ),
        (came_back, f"Messages to {address} came back."),
    )
    return next((sentence for holds, sentence in reasons if holds), None)


def address_of(guest: GuestToTell, channel: str) -> str:
    """Where a message of this channel goes; a letter goes to the guest by name."""
    return guest.name if channel == LETTER else _of_channel(guest, channel)[0] or ""


def _of_channel(guest: GuestToTell, channel: str) -> tuple[str | None, str | None, str | None]:
    """(address, consent, the address that came back)."""
    if channel == EMAIL:
        return guest.email, guest.email_consent, guest.email_bounced
    return guest.phone, guest.sms_consent, guest.sms_bounced


# -- changing it ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """When something was said, by whom it was recorded, where it was said and how.

    `how` is desk, command_line, webstore, import …
    """

    at: datetime
    by: str | None
    how: str
    note: str | None = None


def record_consent(
    company: Company,
    guest_ref: str,
    *,
    channel: str,
    state: str,
    at: datetime,
    by: str | None,
    how: str,
    note: str | None = None,
) -> None:
    """The guest gave or withdrew consent to a channel; kept with who, when, how and why.

    A consent given anew lets an address that came back be tried again.
    """
    record_all(company, guest_ref, {channel: state}, at=at, by=by, how=how, note=note)


def set_language(
    company: Company,
    guest_ref: str,
    language: str | None,
    *,
    at: datetime,
    by: str | None,
    how: str,
    note: str | None = None,
) -> None:
    """The language in which the guest is told things; None is the organization's own."""
    wish = {LANGUAGE: language or NO_LANGUAGE}
    record_all(company, guest_ref, wish, at=at, by=by, how=how, note=note)


def record_all(
    company: Company,
    guest_ref: str,
    wishes: Mapping[str, str | None],
    *,
    at: datetime,
    by: str | None,
    how: str,
    note: str | None = None,
) -> None:
    """Several at once, all or none: email and sms given or withdrawn, language a tag or none.

    What is None was not said.
    """
    said = Said(at, by, how, note)
    changes = [change_of(channel, wish) for channel, wish in wishes.items() if wish is not None]

    def act() -> None:
        guest = _guest(guest_ref)
        for channel, state, columns in changes:
            _keep(guest, channel, state, columns, said)

    if changes:
        write(act)


Change = tuple[str, str, dict[str, Any]]
"""Channel, state, and what changes in the row of preferences."""


def change_of(channel: str, wish: str) -> Change:
    """What a wish changes: of email and sms given or withdrawn, of language a tag or none."""
    if channel == LANGUAGE:
        tag = None if wish == NO_LANGUAGE else languages.language_tag(wish)
        return channel, tag or NO_LANGUAGE, {"language": tag}
    if channel not in CHANNELS:
        raise _unknown("channel", channel, CHANNELS)
    if wish not in STATES:
        raise _unknown(channel, wish, STATES)
    columns: dict[str, Any] = {f"{channel}_consent": wish}
    return channel, wish, columns | ({f"{channel}_bounced": None} if wish == GIVEN else {})


def note_bounce(guest: UUID, channel: str, address: str, *, at: datetime, problem: str) -> None:
    """An address failed for good: nothing more is sent there. In the caller's transaction.

    Of an address the guest has no more only the history tells.
    """
    row = models.Guest.objects.get(id=guest)
    now = (row.email if channel == EMAIL else row.phone) or ""
    is_current = now.casefold() == address.casefold()
    columns = {f"{channel}_bounced": address} if is_current else {}
    said = Said(at, None, "sending", f"{address}: {problem}")
    _keep(row, channel, BOUNCED, columns, said)


def _keep(
    guest: models.Guest, channel: str, state: str, columns: dict[str, Any], said: Said
) -> None:
    """The guest is locked, since two first changes would both make the row of preferences."""
    locks.lock_guests([guest.id])
    if columns:
        rows = models.ContactPreference.objects.filter(guest=guest.id)
        if not rows.update(**columns):
            models.ContactPreference.objects.create(guest_id=guest.id, **columns)
    models.Consent.objects.create(
        guest_id=guest.id,
        channel=channel,
        state=state,
        at=said.at,
        by=said.by,
        how=said.how,
        note=said.note,
    )


def _guest(ref: str) -> models.Guest:
    row: models.Guest | None = models.Guest.objects.filter(external_id=ref).first()
    if row is None:
        raise unknown_reference("guest", ref, field="guest")
    if row.merged_into_id is not None:
        survivor = models.Guest.objects.get(id=row.merged_into_id).external_id
        raise Refused(
            "guest_merged",
            sentences.said(
                "Guest {ref} was merged into {survivor}; act on {survivor} instead.",
                ref=ref,
                survivor=survivor,
            ),
            field="guest",
            value=ref,
            detail={"merged_into": survivor},
        )
    return row


def _unknown(field: str, value: str, allowed: tuple[str, ...]) -> Refused:
    return Refused(
        "invalid_record",
        sentences.said(
            "{field} {value!r} is not known; it is one of {known}.",
            field=field,
            value=value,
            known=", ".join(allowed),
        ),
        field=field,
        value=value,
    )


# -- reading it -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """One change: channel email, sms or language; state given, withdrawn, bounced or a tag."""

    channel: str
    state: str
    at: datetime
    by: str | None
    how: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a guest may be reached today, and every change that led there, oldest first."""

    guest: str
    name: str
    email: str | None
    phone: str | None
    language: str | None
    email_consent: str | None
    sms_consent: str | None
    email_bounced: str | None
    sms_bounced: str | None
    history: tuple[ConsentChange, ...]


def preferences_of(guest_ref: str) -> Preferences:
    """Refused when no such guest is known, or she was merged into another."""
    guest = _guest(guest_ref)
    row = models.ContactPreference.objects.filter(guest=guest.id).first()
    changes = models.Consent.objects.filter(guest=guest.id).order_by("id")
    said = row or models.ContactPreference(guest_id=guest.id)
    return Preferences(
        guest=guest_ref,
        name=guest.name,
        email=guest.email,
        phone=guest.phone,
        language=said.language,
        email_consent=said.email_consent,
        sms_consent=said.sms_consent,
        email_bounced=said.email_bounced,
        sms_bounced=said.sms_bounced,
        history=tuple(
            ConsentChange(one.channel, one.state, one.at, one.by, one.how, one.note)
            for one in changes
        ),
    )
