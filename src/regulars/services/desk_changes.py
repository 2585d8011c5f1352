"""Who changed how this company works, who signed in, who took data out: kept for ever.

What changes a guest, an invoice or the program is a record and stands in the journal. What is
here has no record: staff and their roles, keys, webhooks, the words of messages, opening hours,
labels, the draft of the program, sign-ins, files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from regulars.records import codec, models
from regulars.services import transactions

MOST_SHOWN = 100
FILE = "file/"


@dataclass(frozen=True, slots=True)
class Change:
    """`body` is how it stands since, as JSON; empty: removed."""

    about: str
    body: str
    at: datetime
    by: str | None
    why: str


def note(about: str, body: str, *, at: datetime, by: str | None, why: str = "") -> None:
    """Keep one, in the caller's transaction."""
    models.DeskChange.objects.create(about=about, body=body, at=at, by=by, why=why.strip())


def note_act(
    about: str, act: str, detail: Mapping[str, Any], *, at: datetime, by: str | None
) -> None:
    """Keep what was done, with what is worth telling of it: never a secret."""
    note(about, codec.text_of({"act": act, **detail}), at=at, by=by)


def note_file(name: str, *, at: datetime, by: str) -> None:
    """Keep that somebody took data out, as a file of this name."""
    transactions.write(partial(note_act, f"{FILE}{name}", "taken out", {}, at=at, by=by))


def changes(about: str) -> list[Change]:
    """Of everything whose name begins so, the latest first, a hundred at most."""
    rows = models.DeskChange.objects.filter(about__startswith=about).order_by("-id")
    fields = ("about", "body", "at", "by", "why")
    return [Change(*row) for row in rows.values_list(*fields)[:MOST_SHOWN]]
