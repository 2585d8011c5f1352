"""The worker's other half: webhooks, in a thread of their own: nothing waits for them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from regulars.faces.cli.running import line_about, say

if TYPE_CHECKING:
    from regulars.services.shifts import Ended
    from regulars.services.webhooks.courier import Courier

PAUSE_SECONDS = 1.0
ONCE_SECONDS = 60.0
"""A timer's worker goes on with webhooks as long as there is something to send, or so long."""
REST_AFTER_TROUBLE = timedelta(minutes=1)


class Rounds:
    """One courier going from organization to organization."""

    def __init__(
        self,
        organization: str | None,
        worker: str,
        must_stop: Callable[[], bool],
        tell: Callable[[str, "Ended"], None],
    ) -> None:
        self.organization = organization
        self.worker = worker
        self.must_stop = must_stop
        self.tell = tell
        self.rests_until: dict[str, datetime] = {}
        self._is_over = Event()

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Go round in a thread of its own for as long as the block takes."""
        thread = Thread(target=self._go_on, name="webhooks")
        thread.start()
        try:
            yield
        finally:
            self._is_over.set()
            thread.join()

    def make_once(self) -> None:
        """Send what is due now, and what follows on it."""
        courier = self._courier()
        ends_at = monotonic() + ONCE_SECONDS
        while not self.must_stop():
            self._make(courier)
            if courier.is_idle or monotonic() > ends_at:
                break
            courier.wait(PAUSE_SECONDS)
        self._trying("-", courier.close)

    def _go_on(self) -> None:
        from django.db import connection

        courier = self._courier()
        while not (self.must_stop() or self._is_over.is_set()):
            self._make(courier)
            if courier.is_idle:
                self._is_over.wait(PAUSE_SECONDS)
            else:
                courier.wait(PAUSE_SECONDS)
        self._trying("-", courier.close)
        connection.close()

    def _courier(self) -> "Courier":
        from regulars.services.webhooks.courier import Courier

        return Courier(self.worker, lambda: datetime.now(UTC), self.tell)

    def _make(self, courier: "Courier") -> None:
        """Trouble in one organization does not keep the others waiting."""
        found: Sequence[str] = []

        def look() -> None:
            nonlocal found
            found = courier.listening(self.organization)

        self._trying("-", look)
        for ref in found:
            if not self.must_stop():
                self._trying(ref, lambda ref=ref: courier.serve(ref))  # type: ignore[misc]
        self._trying("-", courier.report)

    def _trying(self, ref: str, act: Callable[[], None]) -> None:
        from django.db import connection

        now = datetime.now(UTC)
        if now < self.rests_until.get(ref, now):
            return
        try:
            act()
        except Exception as problem:
            found = line_about(problem)
            message = found[0] if found else f"Unexpected {type(problem).__name__}: {problem}"
            say(f"{now:%Y-%m-%d %H:%M:%SZ}  {ref}  Webhooks: {message} Again in a minute.")
            self.rests_until[ref] = now + REST_AFTER_TROUBLE
            connection.close_if_unusable_or_obsolete()
