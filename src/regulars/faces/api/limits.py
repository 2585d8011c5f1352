"""How many requests a key may make, and how many wrong keys an address may try.

Buckets of tokens in the memory of each process: a request costs some microseconds and no
statement. They are not shared between processes, since to share them would cost each request
more than most requests do; `regulars serve` gives every process its part of the limit instead.
"""

import math
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.conf import settings

MOST_BUCKETS = 10_000
"""Kept by one process; beyond that the one not used for longest goes."""
WRONG_KEYS_PER_SECOND = 1.0
WRONG_KEYS_AT_ONCE = 20
POLICY = '"key"'


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a bucket had after a request: `is_over` when it had none for it.

    `window`, `full_in` and `next_in` are seconds: for a whole bucket to fill, until this one is
    full again, until one more request would do (at least 1).
    """

    is_over: bool
    limit: int
    window: int
    remaining: int
    full_in: int
    next_in: int

    def headers(self) -> dict[str, str]:
        """The two fields of the IETF draft, and the three before them that are still read."""
        return {
            "RateLimit-Policy": f"{POLICY};q={self.limit};w={self.window}",
            "RateLimit": f"{POLICY};r={self.remaining};t={self.full_in}",
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.full_in),
        }


class Buckets:
    """One bucket for each name, filled at `per_second` up to `at_once`."""

    def __init__(self, per_second: float, at_once: int) -> None:
        self.per_second = per_second
        self.at_once = at_once
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, name: str, *, now: float | None = None) -> Allowance:
        """Take one token out; nothing is taken where none is left."""
        now = monotonic() if now is None else now
        with self._lock:
            tokens, since = self._held.pop(name, (float(self.at_once), now))
            tokens = min(float(self.at_once), tokens + (now - since) * self.per_second)
            is_over = tokens < 1
            if not is_over:
                tokens -= 1
            self._held[name] = (tokens, now)
            if len(self._held) > MOST_BUCKETS:
                self._held.popitem(last=False)
        return Allowance(
            is_over,
            self.at_once,
            math.ceil(self.at_once / self.per_second),
            int(tokens),
            math.ceil((self.at_once - tokens) / self.per_second),
            max(1, math.ceil((1 - tokens) / self.per_second)),
        )


of_keys = Buckets(settings.API_REQUESTS_PER_SECOND, settings.API_REQUESTS_AT_ONCE)
of_wrong_keys = Buckets(WRONG_KEYS_PER_SECOND, WRONG_KEYS_AT_ONCE)
