"""Mail backends whose process ends right after a message was taken, before anyone noted it."""

import os
import signal

from django.core.mail.backends import smtp

from regulars.services.messages.channels import folder


class Killed(BaseException):
    """The process ends here; what comes after is another one's."""


class FolderBackend(folder.EmailBackend):
    def send_messages(self, email_messages):
        super().send_messages(email_messages)
        raise Killed


class SmtpBackend(smtp.EmailBackend):
    def send_messages(self, email_messages):
        super().send_messages(email_messages)
        raise Killed


class SuicidalBackend(folder.EmailBackend):
    """Really: for a process of its own."""

    def __init__(self, *args, **options) -> None:
        from django.conf import settings

        settings.EMAIL_FILE_PATH = os.environ["TEST_MAIL_FOLDER"]
        super().__init__(*args, **options)

    def send_messages(self, email_messages):
        super().send_messages(email_messages)
        os.kill(os.getpid(), signal.SIGKILL)
