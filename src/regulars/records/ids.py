"""Row ids: UUIDv7 made here, so that rows of several databases can meet without clashing."""

import os
import threading
import time
from random import getrandbits
from uuid import UUID, SafeUUID

_VERSION_AND_VARIANT = 0x7 << 76 | 0b10 << 62
_LOW_62 = (1 << 62) - 1
_COUNTER_BITS = 74


class _Made:
    """What this process made last: milliseconds << 74 | counter, one number that only grows."""

    __slots__ = ("last", "lock")

    def __init__(self) -> None:
        self.last = 0
        self.lock = threading.Lock()


_made = _Made()

# UUID.__init__ costs three times what is needed: the slots are filled directly.
_new = object.__new__
_set_int = UUID.__dict__["int"].__set__
_set_is_safe = UUID.__dict__["is_safe"].__set__
_UNKNOWN = SafeUUID.unknown


def uuid7() -> UUID:
    """A new id, greater than every id this process made before (RFC 9562, 6.2, method 2)."""
    now = time.time_ns() // 1_000_000 << _COUNTER_BITS
    with _made.lock:
        if now > _made.last:
            # The top bit stays clear, so that counting on never reaches the milliseconds.
            _made.last = now | getrandbits(_COUNTER_BITS - 1)
        else:
            _made.last += 1 + getrandbits(32)
        value = _made.last
    counter = value & (1 << _COUNTER_BITS) - 1
    return uuid_of(
        value >> _COUNTER_BITS << 80
        | counter >> 62 << 64
        | counter & _LOW_62
        | _VERSION_AND_VARIANT
    )


def uuid_of(value: int) -> UUID:
    """The UUID of a 128-bit number: what `UUID(int=value)` gives, without its checks."""
    uuid: UUID = _new(UUID)
    _set_int(uuid, value)
    _set_is_safe(uuid, _UNKNOWN)
    return uuid


# A forked child takes its own random start instead of counting on from its parent's.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_made.__init__)  # type: ignore[misc]
