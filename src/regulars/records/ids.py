"""Row ids: UUIDv7 made here, so that rows of several databases can meet without clashing."""

import os
import threading
import time
from random import getrandbits
from uuid import UUID, SafeUUID

_VERSION_AND_VARIANT = 0x7 << 76 | 0b10 << 62


class _Made:
    """What this process made last: when, and the id as a number, which only grows."""

    __slots__ = ("last", "lock", "millisecond")

    def __init__(self) -> None:
        self.last = self.millisecond = 0
        self.lock = threading.Lock()


_made = _Made()

# UUID.__init__ costs three times what is needed: the slots are filled directly.
_new = object.__new__
_set_int = UUID.__dict__["int"].__set__
_set_is_safe = UUID.__dict__["is_safe"].__set__
_UNKNOWN = SafeUUID.unknown


def uuid7() -> UUID:
    """A new id, greater than every id this process made before (RFC 9562, 6.2, method 2)."""
    return uuid_of(_next(1))


def new_ids(count: int) -> list[str]:
    """Ids for rows that nothing refers to, as hexadecimal text: what a bulk insert gives
    them.
    """
    first = _next(count)
    return [f"{value:032x}" for value in range(first, first + count)]


def _next(count: int) -> int:
    """The first of `count` numbers in a row."""
    now = time.time_ns() // 1_000_000
    with _made.lock:
        if now > _made.millisecond:
            _made.millisecond = now
            # The top one of the 62 low bits stays clear: counting on has room for 2**29 ids.
            random = getrandbits(12) << 64 | getrandbits(61)
            first = now << 80 | _VERSION_AND_VARIANT | random
        else:
            first = _made.last + 1 + getrandbits(32)
        _made.last = first + count - 1
    return first


def uuid_of(value: int) -> UUID:
    """The UUID of a 128-bit number: what `UUID(int=value)` gives, without its checks."""
    uuid: UUID = _new(UUID)
    _set_int(uuid, value)
    _set_is_safe(uuid, _UNKNOWN)
    return uuid


# A forked child takes its own random start instead of counting on from its parent's.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_made.__init__)  # type: ignore[misc]
