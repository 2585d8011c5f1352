"""A message as e-mail: its headers, its text, and the same as a page."""

import re
from email.utils import format_datetime, formataddr, parseaddr
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.utils.encoding import punycode

from regulars.services.messages.channels.addresses import one_line
from regulars.services.messages.channels.channel import Outgoing
from regulars.services.messages.channels.pages import page_of

LONGEST_SUBJECT = 200
LONGEST_NAME = 60


class Post(EmailMultiAlternatives):
    """The same bytes at every try, but for the date: parts are divided by the id's digest."""

    divider: str

    def message(self, *args: Any, **options: Any) -> Any:
        made = super().message(*args, **options)
        made.set_boundary(self.divider)
        return made


def post_of(message: Outgoing, *, sender: str) -> Post:
    """The e-mail of a message. `sender` is an address, with or without a name; without one the
    organization's name is shown.
    """
    name, address = parseaddr(sender)
    name, address = one_line(name or message.organization, LONGEST_NAME), _plain(address)
    recipient = _plain(message.recipient)
    post = Post(
        subject=one_line(message.subject or message.organization, LONGEST_SUBJECT),
        body=message.text,
        from_email=formataddr((name, address)),
        to=[formataddr((one_line(message.guest, LONGEST_NAME), recipient))],
        headers={
            "Message-ID": message_id(message.id, address.rpartition("@")[2]),
            "Date": format_datetime(message.at),
            "Auto-Submitted": "auto-generated",
            **_way_out(address),
        },
    )
    post.divider = f"part-{sha256(message.id.bytes).hexdigest()[:32]}"
    post.attach_alternative(page_of(message), "text/html")
    return post


def message_id(key: UUID, domain: str) -> str:
    """The same for every try of a message, so that mail systems see that they have it."""
    return f"<{key}@{domain}>"


def _plain(address: str) -> str:
    """Domains in any letters of the world are told to mail servers in ASCII."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{punycode(domain)}"


def _way_out(address: str) -> dict[str, str]:
    """Somebody who wants no more writes to the sender: a mailbox that is really there."""
    if address.endswith("@localhost") or not _IN_A_LINK.fullmatch(address):
        return {}
    return {"List-Unsubscribe": f"<mailto:{address}?subject=unsubscribe>"}


_IN_A_LINK = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
