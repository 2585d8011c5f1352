"""Who is at the other end of a connection, in the form in which people write it."""

from collections.abc import Callable
from ipaddress import IPv6Address
from typing import Any

Application = Callable[..., Any]


def peers_by_plain_address(application: Application) -> Application:
    """A socket for both kinds of addresses says ::ffff:127.0.0.1 where 127.0.0.1 asks: the
    application behind sees the latter.
    """

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        environ["REMOTE_ADDR"] = plain_address(environ.get("REMOTE_ADDR", ""))
        return application(environ, start)

    return answer


def plain_address(address: str) -> str:
    """An IPv4 address that is written as one of IPv6 in its own form; others as they are."""
    try:
        mapped = IPv6Address(address).ipv4_mapped
    except ValueError:
        return address
    return address if mapped is None else str(mapped)
