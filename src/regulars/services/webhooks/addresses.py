"""Which addresses may be called: checked as they are written, and again as they resolve.

A URL is somebody's wish, and a name resolves to whatever its owner likes at that moment. So the
address that is connected to is the very one that was checked, whatever the name says next.
"""

import ipaddress
import re
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings

from regulars.rules.refusals import Refused
from regulars.rules.sentences import said

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 2000
_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*\.?", re.I)
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+", re.I)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Forbidden(OSError):
    """The address is one that must not be called from here."""


def allows_private() -> bool:
    """Whether endpoints may be on this machine or in its network (a setting)."""
    return bool(settings.WEBHOOKS_ALLOW_PRIVATE)


def check_url(url: str) -> None:
    """Refused: what is no plain https address, or is written as one that is not public."""
    problem = _written(url)
    if problem:
        raise _refused(url, problem)
    parts = urlsplit(url)
    try:
        resolved(parts.hostname or "", parts.port or 443, is_plain=parts.scheme == "http")
    except Forbidden as forbidden:
        raise _refused(url, forbidden.args[0]) from None
    except OSError:
        raise _refused(
            url, said("The name {hostname} is not known.", hostname=parts.hostname)
        ) from None


def _refused(url: str, message: str) -> Refused:
    return Refused("invalid_record", message, field="url", value=url[:LONGEST])


def _written(url: str) -> str | None:
    """What is wrong with the address as it is written."""
    if len(url) > LONGEST or not re.fullmatch(r"[!-~]+", url) or "\\" in url:
        return said(
            "An address has up to {longest} plain characters, without spaces.", longest=LONGEST
        )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return said("This is not an address like https://example.com/hooks.")
    if parts.scheme not in ("https", "http") or not host or port == 0:
        return said("This is not an address like https://example.com/hooks.")
    if parts.scheme == "http" and not allows_private():
        return said("The address must begin with https://.")
    if "@" in parts.netloc or parts.fragment:
        return said("The address may have no user, no password and no fragment.")
    return None if _is_host(host) else said("{host} is not the name of a host.", host=host)


def _is_host(host: str) -> bool:
    """A name, or an address in its usual form: 0177.1 and 2130706433 are neither."""
    if _is_address(host):
        return True
    last = host.rstrip(".").rpartition(".")[2]
    return len(host) <= 253 and bool(_NAME.fullmatch(host)) and not _NUMBER.fullmatch(last)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return "%" not in host


# -- resolving --------------------------------------------------------------------------------


def resolved(host: str, port: int, *, is_plain: bool) -> Sequence[str]:
    """The addresses of a host, each of them checked. Raises Forbidden, or what resolving does.

    One address that must not be called is enough to call none: the others are whims of the
    name's owner as well. Plain HTTP stays in one's own network.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for text in addresses:
        address = ipaddress.ip_address(text)
        if not may_call(address, private_too=allows_private()):
            raise Forbidden(
                said(
                    "{host} is at {address}, which is not a public address.",
                    host=host,
                    address=address,
                )
            )
        if is_plain and is_public(address):
            raise Forbidden(
                said("{host} is a public address: it must begin with https://.", host=host)
            )
    return list(dict.fromkeys(addresses))


def may_call(address: Address, *, private_too: bool) -> bool:
    """Public addresses; with the setting also those of a network of one's own. Never link-local
    ones, where machines in a cloud keep their secrets.
    """
    if is_public(address):
        return True
    inner = innermost(address)
    is_nowhere = inner.is_link_local or inner.is_multicast or inner.is_unspecified
    is_future = isinstance(inner, ipaddress.IPv4Address) and inner.is_reserved
    return private_too and not is_nowhere and not is_future


def is_public(address: Address) -> bool:
    """Whether anybody on the Internet means the same by it, in every way to write it."""
    inner = innermost(address)
    both = (address, inner) if isinstance(inner, ipaddress.IPv6Address) else (inner,)
    return all(
        one.is_global
        and not one.is_multicast
        and not one.is_reserved
        and not (isinstance(one, ipaddress.IPv6Address) and one.is_site_local)
        for one in both
    )


def innermost(address: Address) -> Address:
    """The IPv4 address that an IPv6 one carries, if it does: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64 or 0xFFFF < int(address) < 1 << 32:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
