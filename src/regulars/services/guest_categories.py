"""Guest categories: defined, changed and removed for a center (rule 3.10)."""

from dataclasses import asdict, replace
from datetime import datetime

from regulars.records import codec, models
from regulars.rules.categories import Category, check_category
from regulars.rules.permissions import Actor, Permission, require
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services import desk_changes
from regulars.services.organizations import Company
from regulars.services.transactions import write


def define_category(
    company: Company,
    center: str,
    category: Category,
    *,
    at: datetime,
    by: Actor,
    why: str = "",
) -> bool:
    """Define the center's category of this kind, or change it; False if it says the same.

    Refused: `invalid_record` by the field that is wrong, `unknown_reference`, `not_permitted`.
    """
    place = company.center(center)
    require(by, Permission.SET_UP, center=center)
    category = replace(category, label=category.label.strip())
    check_category(category)
    values = asdict(category)

    def define() -> bool:
        rows = models.GuestCategory.objects.filter(center_id=place.id, kind=category.kind)
        if rows.values(*values).first() == values:
            return False
        models.GuestCategory.objects.update_or_create(
            center_id=place.id, kind=category.kind, defaults=values
        )
        about = _about(center, category.kind)
        desk_changes.note(about, codec.text_of(values), at=at, by=by.name, why=why)
        return True

    return write(define)


def remove_category(
    company: Company, center: str, kind: str, *, at: datetime, by: Actor, why: str = ""
) -> None:
    """Nobody carries it at this center any more. Refused where there is none."""
    place = company.center(center)
    require(by, Permission.SET_UP, center=center)

    def remove() -> None:
        rows = models.GuestCategory.objects.filter(center_id=place.id, kind=kind)
        if not rows.delete()[0]:
            raise Refused(
                "unknown_reference",
                said("{center} has no category of the kind {kind}.", center=center, kind=kind),
                field="kind",
                value=kind,
            )
        desk_changes.note(_about(center, kind), "", at=at, by=by.name, why=why)

    write(remove)


def changes_of(center: str) -> list[desk_changes.Change]:
    """What was done with a center's categories, the latest first."""
    return desk_changes.changes(_about(center, ""))


def _about(center: str, kind: str) -> str:
    return f"category/{center}/{kind}"
