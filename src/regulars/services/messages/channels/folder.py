"""E-mail and text messages put into a folder, one file each, named by the message's id.

A message that is sent again, because nobody knows whether it was, replaces its own file: each
is there exactly once.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from regulars.services.messages.channels.addresses import check_phone
from regulars.services.messages.channels.channel import Outgoing, Unavailable
from regulars.services.messages.channels.files import put_file


class EmailBackend(BaseEmailBackend):
    """A mail backend of Django's kind: `.eml` files, which mail programs open."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            made: Any = message.message()
            name = str(made["Message-ID"]).strip("<>").partition("@")[0]
            put_file(self.folder, f"{name}.eml", made.as_bytes(linesep="\r\n"))
        return len(email_messages)


class SmsBackend:
    """Text messages as `.txt` files: the number, an empty line, the text."""

    def __init__(self) -> None:
        self.folder = Path(settings.SMS_FILE_PATH)

    def send(self, message: Outgoing) -> None:
        check_phone(message.recipient)
        content = f"To: {message.recipient}\n\n{message.text}\n".encode()
        try:
            put_file(self.folder, f"{message.id}.txt", content)
        except OSError as problem:
            raise Unavailable(
                f"The folder {self.folder} cannot be written to: {problem.strerror}."
            ) from problem

    def close(self) -> None:
        """Nothing is kept open."""
