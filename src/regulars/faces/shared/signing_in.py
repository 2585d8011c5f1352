"""How allauth behaves here: nobody signs up by themselves, links lead where we live."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest


def has_just_signed_in(request: HttpRequest | None) -> bool:
    """A password or a code was given for this session in the last minutes. allauth counts only
    one that was asked for a second time; a session alone, which may be stolen, is not enough.
    """
    if request is None:
        return False
    given = get_authentication_records(request, request.user)
    last = max((one["at"] for one in given), default=0)
    return time.time() - last < app_settings.REAUTHENTICATION_TIMEOUT


def is_setting_up(request: HttpRequest | None) -> bool:
    """Is a second factor being added, or are the codes that come with it not seen yet?"""
    match = request.resolver_match if request is not None else None
    if request is None or match is None:
        return False
    if match.url_name == "mfa_view_recovery_codes":
        codes = Authenticator.objects.filter(
            user_id=request.user.pk, type=Authenticator.Type.RECOVERY_CODES
        ).first()
        return codes is not None and not codes.wrap().did_view
    return match.url_name == "mfa_activate_totp"


class Adapter(DefaultAccountAdapter):
    """Staff are invited; there is no page to make a sign-in of one's own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **given: Any) -> bool:
        """Whoever signed in a moment ago sets up a second factor, and sees its recovery codes
        that one time, without giving the password again. To remove it, or to see, make or
        download codes later, it is asked for, however new the session is.
        """
        if is_setting_up(self.request) and has_just_signed_in(self.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **given))

    def render_mail(self, template_prefix: str, email: Any, context: Any, **given: Any) -> Any:
        """Plain text, without naming the person's unspoken user name."""
        context.pop("username", None)
        return super().render_mail(template_prefix, email, context, **given)
