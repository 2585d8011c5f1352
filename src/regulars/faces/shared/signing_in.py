"""How allauth behaves here: nobody signs up by themselves, links lead where we live."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
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


class Adapter(DefaultAccountAdapter):
    """Staff are invited; there is no page to make a sign-in of one's own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **given: Any) -> bool:
        """Whoever gave the password a moment ago is not asked for it again."""
        if has_just_signed_in(self.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **given))

    def render_mail(self, template_prefix: str, email: Any, context: Any, **given: Any) -> Any:
        """Plain text, without naming the person's unspoken user name."""
        context.pop("username", None)
        return super().render_mail(template_prefix, email, context, **given)
