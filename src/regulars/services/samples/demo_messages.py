"""What Alder & Rue's guests agreed to, and what they are told from the last month on.

The same every time: what a guest agreed to depends on nothing but her id. Consents are no
records of the contract, so they are put in once the history has been built.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from regulars.records import bulk, models, telling
from regulars.services import schedule
from regulars.services.messages import occasions, reminding, switches
from regulars.services.messages.kinds import EMAIL, KINDS, SMS
from regulars.services.messages.making import make_messages
from regulars.services.messages.statements import statement_occasions
from regulars.services.organizations import Company
from regulars.services.transactions import write

TOLD_FROM = date(2026, 6, 1)
_BY = "nadia.rahman"
_BY_SMS = ("points_expiring", "reward_expiring")
_CHUNK = 1000

# What guests with a story said: (email, sms, language).
_STORIES: dict[str, tuple[str | None, str | None, str | None]] = {
    "vivian-castellanos": ("given", None, None),
    "priya-raman": ("given", "given", None),
    "colin-brandt": ("withdrawn", None, None),
    "mei-ling-zhao": ("given", None, None),
    "tobias-lindqvist": ("given", "given", None),
    "grace-adeyemi": ("given", None, None),
    "felix-nakagawa": (None, None, None),
    "ruth-goldberg": ("given", None, "de"),
}


def tell_guests(company: Company, *, at: datetime) -> int:
    """Consents, switches, and what is queued of the last month; how many messages.

    Done again it adds only what is new.
    """
    write(partial(_keep_what_guests_said, at))
    write(partial(_switch_on, company, at))
    n_messages = _tell_what_happened(company, at)
    closed = company.closed_through
    if closed is not None and closed >= TOLD_FROM:
        n_messages += _remind(company, closed, at)
        if schedule.statement_due(company, through=closed) == closed:
            n_messages += _state_how_things_stand(company, closed, at)
    return n_messages


def _keep_what_guests_said(at: datetime) -> None:
    known = set(models.ContactPreference.objects.values_list("guest_id", flat=True))
    rows = models.Guest.objects.filter(merged_into=None).order_by("external_id")
    said = [
        (guest, wishes)
        for guest in rows
        if guest.id not in known and any(wishes := _wishes(guest))
    ]
    bulk.insert(
        models.ContactPreference,
        ["guest_id", "email_consent", "sms_consent", "language"],
        [(guest.id, *wishes) for guest, wishes in said],
    )
    changes = [
        (guest.id, channel, state, min(guest.known_at, at), None, _how(guest), None)
        for guest, wishes in said
        for channel, state in zip((EMAIL, SMS, "language"), wishes, strict=True)
        if state is not None
    ]
    bulk.insert(
        models.Consent, ["guest_id", "channel", "state", "at", "by", "how", "note"], changes
    )


def _wishes(guest: models.Guest) -> tuple[str | None, str | None, str | None]:
    if guest.external_id in _STORIES:
        return _STORIES[guest.external_id]
    rng = Random(f"consent:{guest.external_id}")
    email = rng.choices(["given", "withdrawn", None], weights=(58, 7, 35))[0]
    sms = rng.choices(["given", "withdrawn", None], weights=(31, 4, 65))[0]
    language = "de" if rng.random() < 0.03 else None
    return (email if guest.email else None, sms if guest.phone else None, language)


def _how(guest: models.Guest) -> str:
    return guest.signup_channel or "desk"


def _switch_on(company: Company, at: datetime) -> None:
    known = {(one.kind, one.channel) for one in switches.switches() if one.changed_at}
    for kind in KINDS:
        for channel in (EMAIL, SMS) if kind in _BY_SMS else (EMAIL,):
            if (kind, channel) not in known:
                switches.switch_on(company, kind, channel, told_from=TOLD_FROM, at=at, by=_BY)


def _tell_what_happened(company: Company, at: datetime) -> int:
    write(partial(occasions.pass_over_past, company))
    n_messages = 0
    while True:
        turn = write(partial(occasions.tell_next, company, at=at))
        n_messages += turn.n_messages
        if not turn.n_rows:
            return n_messages


def _remind(company: Company, day: date, at: datetime) -> int:
    """As of the last day: of the reminders that the month called for, each guest's nearest."""
    program = company.versions.on(day)
    if program is None:
        return 0
    before = TOLD_FROM - timedelta(days=1)
    last_days = schedule.reminders_due(program, after=before, today=day)
    found = reminding.reminders(company, last_days, today=day)
    return write(partial(make_messages, company, found, at=at))


def _state_how_things_stand(company: Company, day: date, at: datetime) -> int:
    since = schedule.statement_since(company, day)
    n_messages = 0
    for guests in _guests():
        found = statement_occasions(company, guests, on=day, since=since)
        n_messages += write(partial(make_messages, company, found, at=at))
    return n_messages


def _guests() -> Iterator[list[UUID]]:
    cursor: UUID | None = None
    while guests := telling.guests_with_something(cursor, limit=_CHUNK):
        cursor = guests[-1]
        yield guests
