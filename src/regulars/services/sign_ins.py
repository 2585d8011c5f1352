"""How people sign in: an address and a password each, whatever organizations they work for.

Django's users and allauth's addresses are tables of one machine; nothing in the books points to
them but a staff member's number.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from regulars.records import models
from regulars.records.ids import uuid7
from regulars.records.scope import every_organization, organization_scope
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services import desk_changes, transactions

SIGN_IN = "sign_in/"
"""What happens to a sign-in is kept under this and the name in the books."""
INVITED_FOR = timedelta(days=3)
"""How long a link to choose a password works (Django's own default)."""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Somebody who is signed in, on some browser; `address` is where it asked from."""

    id: int
    user: int
    since: datetime
    address: str
    browser: str
    key: str = field(repr=False)


def address_of(text: str) -> str:
    """The address as it is kept: in small letters, so that one person is one sign-in."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(
            "invalid_record",
            said("This is no e-mail address."),
            field="email",
            value=text[:100],
        ) from None
    return address


def user_for(email: str) -> int:
    """The sign-in of this address, made without a password if there is none."""
    known = EmailAddress.objects.filter(email=email).first()
    if known is not None:
        return int(known.user_id)
    user = User(username=str(uuid7()), email=email)
    user.set_unusable_password()
    user.save()
    # Whoever opens the invitation has the address: it counts as confirmed.
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user.id


def set_password(user: int, password: str) -> None:
    """For the shell: a password chosen there. Refused: too easy to guess."""
    row = User.objects.get(id=user)
    try:
        validate_password(password, row)
    except ValidationError as problem:
        raise Refused("invalid_record", " ".join(problem.messages), field="password") from None
    row.set_password(password)
    row.save(update_fields=["password"])


def has_password(users: list[int]) -> set[int]:
    """Of these, who has chosen a password."""
    rows = User.objects.filter(id__in=users).values_list("id", "password")
    return {user for user, password in rows if is_password_usable(password)}


def have_come(users: list[int]) -> set[int]:
    """Of these, who has a password or was here: the others were invited, and did not come."""
    been = User.objects.filter(id__in=users, last_login__isnull=False)
    return has_password(users) | {*been.values_list("id", flat=True)}


def note_visit(user: int, at: datetime) -> None:
    """This person was here at `at`."""
    User.objects.filter(id=user).update(last_login=at)


def invitation_path(user: int) -> str:
    """The path of the page where this person chooses a password; good once, for three days."""
    row = User.objects.get(id=user)
    key = default_token_generator.make_token(row)
    return f"/account/password/reset/key/{user_pk_to_url_str(row)}-{key}/"


# -- who is signed in, who was ----------------------------------------------------------------


def sessions_of(users: Collection[int], *, now: datetime) -> list[OpenSession]:
    """Where these people are signed in at this moment, the latest first. Two queries."""
    rows = list(UserSession.objects.filter(user_id__in=users).order_by("-created_at", "-id"))
    keys = [row.session_key for row in rows]
    living = Session.objects.filter(session_key__in=keys, expire_date__gt=now)
    alive = set(living.values_list("session_key", flat=True))
    return [
        OpenSession(
            row.id, row.user_id, row.created_at, str(row.ip), row.user_agent, row.session_key
        )
        for row in rows
        if row.session_key in alive
    ]


def end_sessions(user: int, *, only: int | None = None) -> int:
    """Sign somebody out, of one session or of all; says of how many."""

    def end() -> int:
        rows = UserSession.objects.filter(user_id=user)
        ended = list(rows if only is None else rows.filter(id=only))
        Session.objects.filter(session_key__in=[row.session_key for row in ended]).delete()
        UserSession.objects.filter(id__in=[row.id for row in ended]).delete()
        return len(ended)

    return transactions.write(end)


def note_sign_in(user: int, act: str, *, at: datetime, address: str) -> None:
    """Keep what happened to a sign-in, at every organization that the person works for."""
    with every_organization():
        rows = models.StaffMember.objects.filter(user_id=user, is_active=True)
        where = [(row.organization_id, row.external_id) for row in rows]
    for organization, ref in where:
        note = partial(
            desk_changes.note_act, SIGN_IN + ref, act, {"address": address}, at=at, by=ref
        )
        with organization_scope(organization):
            transactions.write(note)


def note_failed(email: str, *, at: datetime, address: str) -> None:
    """Keep that a password was wrong; of an address nobody has, there is nobody to tell."""
    known = EmailAddress.objects.filter(email=email.strip().lower()[:254]).first()
    if known is not None:
        note_sign_in(known.user_id, "refused", at=at, address=address)
