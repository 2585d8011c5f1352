"""How people sign in: an address and a password each, whatever organizations they work for.

Django's users and allauth's addresses are tables of one machine; nothing in the books points to
them but a staff member's number.
"""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from regulars.records.ids import uuid7
from regulars.rules.refusals import Refused

INVITED_FOR = timedelta(days=3)
"""How long a link to choose a password works (Django's own default)."""


def address_of(text: str) -> str:
    """The address as it is kept: in small letters, so that one person is one sign-in."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(
            "invalid_record", "This is no e-mail address.", field="email", value=text[:100]
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
    """Of these, who has chosen a password: the others were invited and have not come yet."""
    rows = User.objects.filter(id__in=users).values_list("id", "password")
    return {user for user, password in rows if is_password_usable(password)}


def invitation_path(user: int) -> str:
    """The path of the page where this person chooses a password; good once, for three days."""
    row = User.objects.get(id=user)
    key = default_token_generator.make_token(row)
    return f"/account/password/reset/key/{user_pk_to_url_str(row)}-{key}/"
