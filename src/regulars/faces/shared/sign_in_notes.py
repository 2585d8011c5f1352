"""What happens to sign-ins is kept, for whoever looks into the audit."""

from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from regulars.services import sign_ins

_ACTS = (
    (user_logged_in, "signed in"),
    (password_changed, "another password"),
    (password_reset, "another password"),
    (password_set, "another password"),
    (authenticator_added, "second factor added"),
    (authenticator_removed, "second factor removed"),
)


def listen() -> None:
    """Once a process."""
    for signal, act in _ACTS:
        signal.connect(_noting(act), weak=False, dispatch_uid=f"note {act} {id(signal)}")
    user_login_failed.connect(_failed, dispatch_uid="note a failed sign-in")


def _noting(act: str) -> Any:
    def note(sender: Any, request: HttpRequest, user: Any, **_: Any) -> None:
        sign_ins.note_sign_in(user.pk, act, at=datetime.now(UTC), address=_address(request))

    return note


def _failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    email = credentials.get("email")
    if request is not None and isinstance(email, str):
        sign_ins.note_failed(email, at=datetime.now(UTC), address=_address(request))


def _address(request: HttpRequest) -> str:
    try:
        return str(get_adapter().get_client_ip(request) or "")
    except PermissionDenied:  # a server before this one did not say
        return ""
