"""System checks: every table of ours says where it lives, and is laid so that it can move.

Why each of them: docs on growing past one machine; rows are spread by organization, so whatever
must be unique, or point elsewhere, has to stay inside one.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from regulars.records.constraints import CompositeForeignKey
from regulars.records.fields import OrganizationModel, OrgForeignKey

PLACEMENTS = frozenset({"organization", "reference", "local"})
_BY_DATABASE = (models.CASCADE, models.PROTECT, models.RESTRICT, models.DO_NOTHING)
_INEXACT = (models.DecimalField, models.FloatField)
Model = type[models.Model]


@register
def check_placements(
    app_configs: Sequence[AppConfig] | None = None, **_: Any
) -> list[CheckMessage]:
    """Every broken rule in every model of the records."""
    if app_configs is not None and all(config.label != "records" for config in app_configs):
        return []
    ours = apps.get_app_config("records").get_models(include_auto_created=True)
    return [problem for model in ours for problem in problems_of(model)]


def problems_of(model: Model) -> Iterator[CheckMessage]:
    """What keeps this model from being laid out on one or many machines alike."""
    placement = getattr(model, "placement", None)
    if placement not in PLACEMENTS:
        yield _error(1, model, f"placement is {placement!r}, not one of {sorted(PLACEMENTS)}")
        return
    yield from _inexact_numbers(model)
    yield from _automatic_tables(model)
    if placement == "organization":
        yield from _its_organization(model)
        yield from _uniqueness(model)
        yield from _keys(model)


def _inexact_numbers(model: Model) -> Iterator[CheckMessage]:
    for field in model._meta.local_fields:
        if isinstance(field, _INEXACT):
            yield _error(2, model, f"{field.name}: store an exact integer instead")
        counted = field.name.endswith("_cents") or "points" in field.name.split("_")
        whole = isinstance(field, models.IntegerField)
        if counted and whole and not isinstance(field, models.BigIntegerField):
            yield _error(3, model, f"{field.name}: money and points are BigIntegerField")


def _automatic_tables(model: Model) -> Iterator[CheckMessage]:
    fields: list[Any] = model._meta.local_many_to_many
    for field in fields:
        if field.remote_field.through._meta.auto_created:
            yield _error(4, model, f"{field.name}: name the table between with `through`")


def _its_organization(model: Model) -> Iterator[CheckMessage]:
    if not issubclass(model, OrganizationModel):
        yield _error(5, model, "an organization model inherits from OrganizationModel")
        return
    if model._meta.base_manager_name != "objects":
        yield _error(6, model, "Meta inherits from OrganizationModel.Meta")
    held = [field for field in _constrained(model) if not model._meta.get_field(field).null]
    if not held:
        yield _error(7, model, 'no NOT NULL key holds it: foreign_keys("organization", ...)')


def _uniqueness(model: Model) -> Iterator[CheckMessage]:
    for field in model._meta.local_fields:
        if isinstance(field, models.OneToOneField):
            yield _error(8, model, f"{field.name}: an OrgForeignKey and a unique constraint")
        elif field.unique and not field.primary_key:
            yield _error(9, model, f"{field.name}: unique across organizations")
    uniques: list[tuple[str, Sequence[str]]] = [
        (constraint.name, constraint.fields or _named_in(model, constraint.expressions))
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    uniques += [("unique_together", names) for names in model._meta.unique_together]
    for name, fields in uniques:
        if "organization" not in fields:
            yield _error(10, model, f"{name} does not contain organization")


def _named_in(model: Model, expressions: Sequence[Any]) -> list[str]:
    references = model._get_expr_references  # type: ignore[attr-defined]
    return [name for each in expressions for name, *_ in references(each)]


def _keys(model: Model) -> Iterator[CheckMessage]:
    constrained = _constrained(model)
    fields: list[Any] = model._meta.local_fields
    for field in fields:
        if not isinstance(field, models.ForeignKey) or field.name == "organization":
            continue
        target = field.remote_field.model
        placement = getattr(target, "placement", "local")
        if placement == "local":
            yield _error(11, model, f"{field.name}: points to a local table; keep its id")
            continue
        if placement == "organization" and not isinstance(field, OrgForeignKey):
            yield _error(12, model, f"{field.name}: is not an OrgForeignKey")
        proven_by = getattr(field, "proven_by", None) or field.name
        if getattr(field, "db_constraint", True) or proven_by not in constrained:
            yield _error(13, model, f"{field.name}: foreign_keys({field.name!r}) is missing")
        if field.remote_field.on_delete not in _BY_DATABASE:
            yield _error(
                14, model, f"{field.name}: on_delete is PROTECT, or CASCADE by the database"
            )
        if placement == "organization" and not _has_organization_key(target):
            yield _error(15, target, f"organization_key() is missing; {field} points here")


def _constrained(model: Model) -> set[str]:
    constraints = model._meta.constraints
    return {each.field for each in constraints if isinstance(each, CompositeForeignKey)}


def _has_organization_key(model: Model) -> bool:
    return any(
        isinstance(constraint, models.UniqueConstraint)
        and tuple(constraint.fields) == ("organization", "id")
        and constraint.condition is None
        for constraint in model._meta.constraints
    )


def _error(number: int, model: Model, message: str) -> Error:
    return Error(f"{model.__name__}: {message}.", obj=model, id=f"records.E{number:03}")
