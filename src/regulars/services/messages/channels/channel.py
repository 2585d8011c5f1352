"""What every way of reaching a guest has to do, and the ways in which it may fail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message on its way. `id` stays the same however often it is tried, so that what is
    told twice can be recognized; `at` is the instant of this try.
    """

    id: UUID
    recipient: str
    guest: str
    organization: str
    language: str
    subject: str
    text: str
    at: datetime


class Undeliverable(Exception):
    """This address will never take it: nothing more is sent there."""


class NotSent(Exception):
    """This message was not taken; it is tried again later, a limited number of times."""


class HungUp(NotSent):
    """The connection broke while this message was told: the message's fault, or nobody's."""


class Unavailable(Exception):
    """Nothing can be sent through this channel now; no fault of the message."""


class Channel(Protocol):
    """One way to reach guests, open for one batch.

    A class of your own is named by its path in REGULARS_SMS_URL and made without arguments.
    """

    def send(self, message: Outgoing) -> None:
        """Hand the message over, or raise one of these; the first call connects."""

    def close(self) -> None:
        """Let go of the connection, if there is one; never raises."""
