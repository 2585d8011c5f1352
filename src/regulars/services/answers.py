"""Writes that are asked for twice: the same Idempotency-Key is answered alike.

A till that heard no answer asks again. What it asks with is kept with the answer for as long
as tills try again, and checked: the same key with another body is a mistake of the caller.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from regulars.records import models
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services import transactions

KEPT_FOR = timedelta(days=7)
LONGEST = 255
_GIVEN_UP_AFTER = timedelta(minutes=2)
_IN_WORK = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that was given: its HTTP status, media type and body."""

    status: int
    media_type: str
    body: str


def claim(key: UUID, asked: str, digest: str, *, now: datetime) -> Answered | None:
    """Take a request on: None if it is new, else what it was answered.

    Refused with `conflict`: the same key came with another body, or is just being worked on.
    """
    if not 0 < len(asked) <= LONGEST:
        raise Refused(
            "invalid_record",
            said("An Idempotency-Key has 1 to {most} characters.", most=LONGEST),
            field="Idempotency-Key",
            value=asked[:LONGEST],
        )
    return transactions.write(partial(_claim, key, asked, digest, now))


def _claim(key: UUID, asked: str, digest: str, now: datetime) -> Answered | None:
    rows = models.KeptAnswer.objects.filter(key=key, asked=asked)
    row = rows.select_for_update().first()
    if row is None:
        models.KeptAnswer.objects.create(
            key=key, asked=asked, digest=digest, status=_IN_WORK, media_type="", body="", at=now
        )
        return None
    if row.digest != digest:
        raise Refused(
            "conflict",
            said("This Idempotency-Key was used for another request; take a new one for each."),
            field="Idempotency-Key",
            value=asked,
        )
    if row.status != _IN_WORK:
        return Answered(row.status, row.media_type, row.body)
    if now - row.at < _GIVEN_UP_AFTER:
        raise Refused(
            "conflict",
            said("This very request is being worked on; ask again in a moment."),
            field="Idempotency-Key",
            value=asked,
            detail={"retry_after": 1},
        )
    rows.update(at=now)
    return None


def keep(key: UUID, asked: str, answered: Answered) -> None:
    """Keep what a claimed request was answered."""
    rows = models.KeptAnswer.objects.filter(key=key, asked=asked)
    rows.update(status=answered.status, media_type=answered.media_type, body=answered.body)


def still_at_work(key: UUID, asked: str, *, now: datetime) -> None:
    """A claimed request that takes long is not given up."""
    models.KeptAnswer.objects.filter(key=key, asked=asked, status=_IN_WORK).update(at=now)


def let_go(key: UUID, asked: str) -> None:
    """A request that failed through no fault of its own may be tried again."""
    models.KeptAnswer.objects.filter(key=key, asked=asked, status=_IN_WORK).delete()


def prune(*, now: datetime) -> int:
    """Forget answers older than tills try for; returns how many."""
    n_gone: int
    n_gone, _ = models.KeptAnswer.objects.filter(at__lt=now - KEPT_FOR).delete()
    return n_gone
