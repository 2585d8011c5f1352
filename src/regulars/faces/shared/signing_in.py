"""How allauth behaves here: nobody signs up by themselves, links lead where we live."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Staff are invited; there is no page to make a sign-in of one's own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def render_mail(self, template_prefix: str, email: Any, context: Any, **given: Any) -> Any:
        """Plain text, without naming the person's unspoken user name."""
        context.pop("username", None)
        return super().render_mail(template_prefix, email, context, **given)
