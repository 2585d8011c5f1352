"""Messages made from occasions: worded in each guest's language and queued, once each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.services.organizations import Company


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something a guest is to be told. `name` is unique per guest and kind for ever.

    `values` are raw, by the shapes of the kind: points as int, money as int under the field's
    name with `_cents`, days as date or None, lists of such mappings, a reason (`why`) by its
    code: the action of a ledger entry, or its kind where it has no action. What every guest
    has (name, balance, tier …) is filled in.
    """

    guest: UUID
    kind: str
    name: str
    on: date
    values: Mapping[str, Any]


def make_messages(
    company: Company,
    occasions: Sequence[Occasion],
    *,
    at: datetime,
    channels: Collection[str] | None = None,
) -> int:
    """Word and queue messages, in the caller's transaction; answers how many rows it wrote.

    An occasion that has its message already is left out. Without `channels` those are used
    that are switched on and told from the occasion's day on; given ones whatever the switch. A
    guest who may not be told gets a row `withheld` with the reason. A fixed number of
    statements for a chunk of guests.
    """
    raise NotImplementedError
