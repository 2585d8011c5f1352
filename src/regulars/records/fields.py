"""The base of every model that belongs to an organization, and the foreign key between two."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models.lookups import Exact

from regulars.records.ids import uuid7
from regulars.records.scope import OrganizationManager, current_organization, require_in_scope


class OwnerField(models.ForeignKey):
    """The organization of a row, from the scope unless given; a plain key to migrations."""

    def get_default(self) -> UUID:
        return current_organization()

    def deconstruct(self) -> Any:
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, options


class OrganizationModel(models.Model):
    """A row of one organization. `Meta` of a model inherits from `OrganizationModel.Meta`.

    The organization is taken from the scope and never changes; the database keeps it right
    through the composite keys of `constraints.foreign_keys(...)`.
    """

    placement = "organization"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = OwnerField(
        "records.Organization",
        on_delete=models.PROTECT,
        editable=False,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )

    organization_id: UUID
    objects: ClassVar[OrganizationManager] = OrganizationManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def _do_insert(self, manager: Any, *args: Any) -> Any:
        require_in_scope(self.organization_id)
        return super()._do_insert(manager, *args)  # type: ignore[misc]

    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *args: Any) -> Any:
        require_in_scope(self.organization_id)
        owned = base_qs.filter(organization_id=self.organization_id)
        values = [value for value in values if value[0].attname != "organization_id"]
        return super()._do_update(owned, using, pk_val, values, *args)

    def refresh_from_db(
        self, using: Any = None, fields: Any = None, from_queryset: Any = None
    ) -> None:
        """Read again, by organization and id."""
        if from_queryset is None:
            from_queryset = type(self)._base_manager.db_manager(using, {"instance": self})
        if "organization_id" in self.__dict__:  # else it is the very field to be read
            from_queryset = from_queryset.filter(organization_id=self.organization_id)
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict]:
        """Delete this row; the foreign keys pointing here refuse it or cascade."""
        require_in_scope(self.organization_id)
        manager = type(self)._base_manager.using(using or self._state.db)
        return manager.filter(organization_id=self.organization_id, pk=self.pk).delete()


class OrgForeignKey(models.ForeignKey):
    """A key to a row of the same organization: every join and fetch says so too.

    It makes neither a constraint nor an index: `constraints.foreign_keys(...)` makes the
    composite constraint, and an index is worth naming in `Meta.indexes` (organization first).

    `proven_by` names another key of the row, to a row that has this one as well: no constraint
    of its own is needed then, and `verify` compares the two.
    """

    def __init__(
        self, to: Any, on_delete: Any, *, proven_by: str | None = None, **options: Any
    ) -> None:
        self.proven_by = proven_by
        options.setdefault("db_index", False)
        options["db_constraint"] = False
        super().__init__(to, on_delete, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        del options["db_constraint"]
        options.pop("db_index", None)
        if self.db_index:  # type: ignore[attr-defined]
            options["db_index"] = True
        return name, path, args, options

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> Any:
        """`alias` is the table pointed to, `related_alias` the one with this key."""
        if alias is None or related_alias is None:
            return None  # a trimmed join has one table: the column alone would be ambiguous
        pointed_to: Any = self.remote_field.model._meta.get_field("organization")
        own: Any = self.model._meta.get_field("organization")
        return Exact(pointed_to.get_col(alias), own.get_col(related_alias))

    def get_extra_descriptor_filter(self, instance: Any) -> dict[str, UUID]:
        return {"organization_id": instance.organization_id}
