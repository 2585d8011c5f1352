"""Who a worker is, and whether it still lives."""

import os
import secrets
import socket
from collections.abc import Iterable

_TOKEN = secrets.token_hex(3)
"""Tells this process from an earlier one of the same number: in a container all are 1."""


def name_of_this_process() -> str:
    """host:pid:token"""
    return f"{socket.gethostname()}:{os.getpid()}:{_TOKEN}"


def gone(workers: Iterable[str], *, me: str) -> list[str]:
    """Those known to have died: of this machine, and their process is no more.

    Of other machines nothing is known, nor of a process that got the number of a dead one:
    there the work is free again when nobody has held on to it for long enough.
    """
    host, _, _ = me.partition(":")
    return [name for name in workers if name != me and _is_gone(name, host)]


def _is_gone(name: str, host: str) -> bool:
    parts = name.split(":")
    if len(parts) != 3 or parts[0] != host or not parts[1].isdecimal():
        return False
    pid = int(parts[1])
    return pid == os.getpid() if _is_alive(pid) else True


def _is_alive(pid: int) -> bool:
    if os.name == "nt":  # there, asking in this way would end it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # somebody else's, or no number of a process
        return True
    return True
