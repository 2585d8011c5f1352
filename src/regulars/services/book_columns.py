"""The columns of the appointment book: who gives services, and which appointment is whose.

The contract's appointments name a guest and a time, not who serves whom: the book keeps that.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from regulars.records import codec, models
from regulars.rules.permissions import Actor, Permission, require
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import desk_changes
from regulars.services.catalog import LONGEST_MINUTES
from regulars.services.founding import id_from
from regulars.services.organizations import Company
from regulars.services.transactions import write

_LONGEST_NAME = 200
_MOST_ITEMS = 50


def add_provider(
    company: Company, center: str, name: str, *, at: datetime, by: Actor, ref: str | None = None
) -> str:
    """A new column at the end of a center's book; returns its id."""
    place = company.center(center)
    require(by, Permission.SET_UP, center=center)
    name = _checked_name(name)

    def add() -> str:
        rows = models.Provider.objects
        own = _free_ref(ref or id_from(name, "provider"))
        last = rows.filter(center_id=place.id).aggregate(last=Max("place"))["last"]
        rows.create(
            center_id=place.id,
            external_id=own,
            name=name,
            place=0 if last is None else last + 1,
        )
        _note(own, {"center": center, "name": name}, at, by)
        return own

    return write(add)


def change_provider(
    company: Company,
    ref: str,
    *,
    at: datetime,
    by: Actor,
    name: str | None = None,
    place: int | None = None,
    is_retired: bool | None = None,
) -> None:
    """Another name or place of a column, or no column any more; what is None stays.

    A retired provider keeps the appointments that were made with them.
    """
    if name is not None:
        name = _checked_name(name)

    def change() -> None:
        row = _provider(ref)
        center = next(key for key, one in company.centers.items() if one.id == row.center_id)
        require(by, Permission.SET_UP, center=center)
        row.name = row.name if name is None else name
        row.place = row.place if place is None else place
        if is_retired is not None:
            row.retired_at = (row.retired_at or at) if is_retired else None
        row.save()
        body = {"name": row.name, "place": row.place, "is_retired": row.retired_at is not None}
        _note(ref, body, at, by)

    write(change)


def book_with(
    company: Company,
    appointment: str,
    *,
    provider: str | None,
    items: Sequence[str],
    minutes: int | None,
    by: Actor,
) -> None:
    """Put an appointment into somebody's column, for these services and so long.

    Said again it replaces what was said before. Refused: `unknown_reference` for a provider or
    an item, `conflict` for a column that there is no more, `invalid_record`.
    """
    require(by, Permission.RECORD_FACTS)
    if minutes is not None and not 1 <= minutes <= LONGEST_MINUTES:
        raise Refused(
            "invalid_record",
            f"minutes must be from 1 to {LONGEST_MINUTES}; {minutes} is not.",
            field="minutes",
            value=minutes,
        )

    def book() -> None:
        row = models.BookedWith.objects.filter(appointment_ref=appointment).first()
        row = row or models.BookedWith(appointment_ref=appointment)
        whose = None if provider is None else _provider(provider)
        if whose is not None and whose.retired_at is not None and row.provider_id != whose.id:
            raise Refused(
                "conflict",
                f"{whose.name} has no column in the book any more.",
                field="provider",
                value=provider,
            )
        _check_items(items)
        row.provider_id = whose.id if whose else None
        row.item_refs, row.minutes = codec.text_of(list(items)), minutes
        row.save()

    write(book)


# -- parts ------------------------------------------------------------------------------------


def _provider(ref: str) -> models.Provider:
    row: models.Provider | None = models.Provider.objects.filter(external_id=ref).first()
    if row is None:
        raise unknown_reference("provider", ref, field="provider")
    return row


def _free_ref(base: str) -> str:
    taken = set(
        models.Provider.objects.filter(external_id__startswith=base).values_list(
            "external_id", flat=True
        )
    )
    names = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)


def _checked_name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= _LONGEST_NAME:
        raise Refused(
            "invalid_record",
            f"name must have 1 to {_LONGEST_NAME} characters.",
            field="name",
            value=name[:_LONGEST_NAME],
        )
    return name


def _check_items(items: Sequence[str]) -> None:
    if len(items) > _MOST_ITEMS:
        raise Refused(
            "invalid_record",
            f"items are {_MOST_ITEMS} at most; {len(items)} are more.",
            field="items",
            value=len(items),
        )
    known = set(
        models.Item.objects.filter(external_id__in=items).values_list("external_id", flat=True)
    )
    for ref in items:
        if ref not in known:
            raise unknown_reference("item", ref, field="items")


def _note(ref: str, body: dict[str, object], at: datetime, by: Actor) -> None:
    desk_changes.note(f"provider/{ref}", codec.text_of(body), at=at, by=by.name)
