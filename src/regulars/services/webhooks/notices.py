"""An endpoint was turned off after long failure: its owners are told, and it says itself so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid5

from django.conf import settings

from regulars.records import webhook_rows
from regulars.records.webhook_rows import Notice
from regulars.rules.permissions import Role
from regulars.services import staff, transactions
from regulars.services.messages.channels.channel import (
    NotSent,
    Outgoing,
    Unavailable,
    Undeliverable,
)
from regulars.services.messages.channels.mailing import EmailChannel
from regulars.services.organizations import Company
from regulars.services.schedule import WEBHOOKS
from regulars.services.shifts import Hold, Outcome, Shift
from regulars.services.staff import Member

TRY_AGAIN_AFTER = timedelta(minutes=30)
GIVE_UP_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Told:
    names: list[str]
    problem: str


def tell_owners(shift: Shift) -> None:
    """A step of the worker: mail whoever owns the organization, once for each endpoint."""
    if webhook_rows.is_notice_due(now=shift.moment()):
        piece = (WEBHOOKS, shift.today, "notices")
        shift.do(piece, partial(_tell_all, shift.company), is_again=True)


def _tell_all(company: Company, hold: Hold) -> Outcome:
    """No mail server keeps anything from going on: what could not be said stands beside it."""
    notes = []
    for one in webhook_rows.notices_due(now=hold.shift.moment()):
        at = hold.shift.moment()
        # Before the mail goes, so that a second worker, or one after a kill, does not hurry.
        until = at + TRY_AGAIN_AFTER
        take = partial(webhook_rows.put_off_notice, one, now=at, until=until)
        if hold.chunk(take):
            notes.append(_tell(company, one, at=at))
    return Outcome(" ".join(notes), len(notes), may_wait=False)


def _tell(company: Company, one: Notice, *, at: datetime) -> str:
    told = _mail(company, one, at=at)
    is_over = not told.problem or at - one.turned_off_at >= GIVE_UP_AFTER
    if told.names:
        note = f"Told by e-mail: {', '.join(told.names)}."
    else:
        note = f"No owner was told by e-mail: {told.problem}"
    is_last = is_over or bool(told.names) or not _is_mail_set_up()
    keep = partial(webhook_rows.note_notice, one, note=note, is_last=is_last)
    transactions.write(keep)
    return note


def _mail(company: Company, one: Notice, *, at: datetime) -> _Told:
    if not _is_mail_set_up():
        return _Told([], "no mail is set up (REGULARS_EMAIL_URL).")
    names, problem = [], "nobody here is an owner."
    channel = EmailChannel()
    try:
        for owner in _owners(company):
            try:
                channel.send(_letter(company, one, owner, at))
                names.append(owner.name)
            except (Undeliverable, NotSent, Unavailable) as error:
                problem = str(error)
    finally:
        channel.close()
    return _Told(names, "" if names else problem)


def _is_mail_set_up() -> bool:
    """What is only printed reaches nobody."""
    return not settings.EMAIL_BACKEND.endswith(".console.EmailBackend")


def _owners(company: Company) -> list[Member]:
    found = staff.members_of(company)
    return [one for one in found if one.is_active and one.role is Role.OWNER]


def _letter(company: Company, one: Notice, owner: Member, at: datetime) -> Outgoing:
    name = f" ({one.name})" if one.name else ""
    text = (
        f"{company.name} tells {one.url}{name} no more of what happens. {one.problem}\n\n"
        "Nothing is lost meanwhile: events are kept for 30 days. Once the other side is well"
        f" again, turn it on with `regulars webhooks on {one.ref}`, and it is told from where"
        " it was.\n"
    )
    return Outgoing(
        id=uuid5(one.id, f"{one.turned_off_at.isoformat()} {owner.ref}"),
        recipient=owner.email,
        guest=owner.name,
        organization=company.name,
        language="en",
        subject=f"A webhook of {company.name} was turned off",
        text=text,
        at=at,
    )
