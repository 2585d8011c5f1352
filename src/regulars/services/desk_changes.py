"""Who changed what the front desk keeps, when and why: kept for ever, never changed."""

from dataclasses import dataclass
from datetime import datetime

from regulars.records import models

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Change:
    """`body` is how it stands since, as JSON; empty: removed."""

    about: str
    body: str
    at: datetime
    by: str | None
    why: str


def note(about: str, body: str, *, at: datetime, by: str, why: str = "") -> None:
    """Keep one, in the caller's transaction."""
    models.DeskChange.objects.create(about=about, body=body, at=at, by=by, why=why.strip())


def changes(about: str) -> list[Change]:
    """Of everything whose name begins so, the latest first, a hundred at most."""
    rows = models.DeskChange.objects.filter(about__startswith=about).order_by("-id")
    fields = ("about", "body", "at", "by", "why")
    return [Change(*row) for row in rows.values_list(*fields)[:MOST_SHOWN]]
