"""Orders of runs taken up by this very server, at once; the worker takes up what is left.

A thread of its own does it, so the page is answered at once, and closing it stops nothing. If
this process dies, another goes on: what is under way is held in the database, not here.
"""

import logging
from datetime import UTC, datetime
from threading import Thread

from django.db import connections

from regulars.services import reward_work, upkeep, workers
from regulars.services.shifts import Shift

_log = logging.getLogger(__name__)


def take_up(organization: str) -> None:
    """Begin with what waits, unless somebody is at it."""
    Thread(target=_work, args=(organization,), name="rewards", daemon=True).start()


def _work(organization: str) -> None:
    try:
        with upkeep.at_work(organization) as company:
            now = company.clock_at or datetime.now(UTC)
            name = workers.name_of_this_process()
            reward_work.work_through(Shift(company, now, name))
    except Exception:
        _log.exception("Ordered rewards could not be taken up; the worker will")
    finally:
        connections.close_all()
