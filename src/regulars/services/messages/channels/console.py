"""E-mail and text messages printed, for looking around before anything is really sent."""

import sys
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from regulars.services.messages.channels.addresses import check_phone
from regulars.services.messages.channels.channel import Outgoing


class EmailBackend(BaseEmailBackend):
    """A mail backend of Django's kind: to whom, about what, and the text."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            heads = f"E-mail to {', '.join(message.to)}\nSubject: {message.subject}"
            _print(f"{heads}\n\n{message.body}")
        return len(email_messages)


class SmsBackend:
    """Text messages: to whom, and the text."""

    def send(self, message: Outgoing) -> None:
        check_phone(message.recipient)
        _print(f"Text message to {message.recipient}\n\n{message.text}")

    def close(self) -> None:
        """Nothing is kept open."""


def _print(text: str) -> None:
    print(f"{text.rstrip()}\n{'-' * 72}", file=sys.stdout, flush=True)
