"""A message as e-mail: its headers, its text, and the same as a page."""

import re
from email.headerregistry import Address
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
    name = one_line(name or message.organization, LONGEST_NAME)
    domain = punycode(address.rpartition("@")[2])
    post = Post(
        subject=one_line(message.subject or message.organization, LONGEST_SUBJECT),
        body=message.text,
        from_email=formataddr((name, address)),
        to=[formataddr((one_line(message.guest, LONGEST_NAME), message.recipient))],
        headers={
            "Message-ID": message_id(message.id, domain),
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


def _way_out(address: str) -> dict[str, str]:
    """Somebody who wants no more writes to the sender: a mailbox that is really there."""
    if address.endswith("@localhost") or not re.fullmatch(r"[\w.+-]+@[\w.-]+", address):
        return {}
    local, _, domain = address.rpartition("@")
    plain = str(Address(username=local, domain=punycode(domain)))
    return {"List-Unsubscribe": f"<mailto:{plain}?subject=unsubscribe>"}
