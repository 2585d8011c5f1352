"""E-mail through Django's mail backends, and what their many kinds of trouble mean."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.mail import get_connection

from regulars.services.messages.channels.addresses import check_email
from regulars.services.messages.channels.channel import NotSent, Outgoing
from regulars.services.messages.channels.mail_trouble import meaning_of
from regulars.services.messages.channels.posts import post_of


class EmailChannel:
    """One connection for a batch, made again after it broke."""

    def __init__(self) -> None:
        self._backend: Any = None

    def send(self, message: Outgoing) -> None:
        check_email(message.recipient)
        post = post_of(message, sender=settings.DEFAULT_FROM_EMAIL)
        is_connecting = self._backend is None
        try:
            if is_connecting:
                self._connect()
                is_connecting = False
            n_taken = self._backend.send_messages([post])
        except Exception as problem:
            meaning = meaning_of(problem, is_connecting=is_connecting)
            if meaning.is_connection_lost:
                self.close()
            raise meaning.as_exception from problem
        if n_taken == 0:
            raise NotSent("The mail backend did not take it.")

    def _connect(self) -> None:
        self._backend = get_connection(fail_silently=False)
        self._backend.open()

    def close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            with suppress(Exception):  # what was sent is sent; saying goodbye may fail
                backend.close()
