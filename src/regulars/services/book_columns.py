"""The columns of the appointment book: who gives services at a center.

Appointments name them by id as their `staff`; one that names nobody known has no column of its
own.
"""

from datetime import datetime

from django.db.models import Max

from regulars.records import codec, models
from regulars.rules.permissions import Actor, Permission, require
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import desk_changes
from regulars.services.founding import id_from
from regulars.services.organizations import Company
from regulars.services.transactions import write

_LONGEST_NAME = 200


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
            said("name must have 1 to {most} characters.", most=_LONGEST_NAME),
            field="name",
            value=name[:_LONGEST_NAME],
        )
    return name


def _note(ref: str, body: dict[str, object], at: datetime, by: Actor) -> None:
    desk_changes.note(f"provider/{ref}", codec.text_of(body), at=at, by=by.name)
