"""Constraints that keep each row inside its organization, the same on both databases."""

from typing import Any

from django.db import models
from django.db.backends.ddl_references import Columns, Statement, Table


class CompositeForeignKey(models.BaseConstraint):
    """FOREIGN KEY (organization_id, x_id) REFERENCES x (organization_id, id), immediate.

    A row can never point into another organization. To a model that belongs to no organization
    (`organization` itself, a reference table) it is FOREIGN KEY (x_id) REFERENCES x (id).
    Immediate, since a deferred one fails only at COMMIT, and on Citus with the wrong error.
    With on_delete=CASCADE it is the database that cascades; no other on_delete changes rows.
    """

    def __init__(self, *, name: str, field: str, **options: Any) -> None:
        super().__init__(name=name, **options)
        self.field = field

    def columns(self, model: type[models.Model]) -> tuple[list[str], list[str]]:
        """The columns of the key and the columns they point to."""
        field: Any = model._meta.get_field(self.field)
        target = field.remote_field.model._meta
        own, pointed_to = [field.column], [target.pk.column]
        if any(column.name == "organization" for column in target.local_fields):
            own.insert(0, "organization_id")
            pointed_to.insert(0, "organization_id")
        return own, pointed_to

    def constraint_sql(  # type: ignore[override]
        self, model: Any, schema_editor: Any
    ) -> str | None:
        """Part of CREATE TABLE on SQLite, which knows no other way; elsewhere added later."""
        if schema_editor.connection.vendor == "sqlite":
            template = f"CONSTRAINT {schema_editor.quote_name(self.name)} {_FOREIGN_KEY}"
            return str(self._statement(template, model, schema_editor))
        self.create_sql(model, schema_editor)
        return None

    def create_sql(self, model: Any, schema_editor: Any) -> None:  # type: ignore[override]
        """Left to the end of the migration, when the unique key pointed to is there as well."""
        name = schema_editor.quote_name(self.name)
        template = f"ALTER TABLE %(table)s ADD CONSTRAINT {name} {_FOREIGN_KEY}"
        schema_editor.deferred_sql.append(self._statement(template, model, schema_editor))

    def remove_sql(  # type: ignore[override]
        self, model: Any, schema_editor: Any
    ) -> Statement:
        quote = schema_editor.quote_name
        return Statement(
            f"ALTER TABLE %(table)s DROP CONSTRAINT {quote(self.name)}",
            table=Table(model._meta.db_table, quote),
        )

    def validate(self, *args: Any, **options: Any) -> None:
        """Nothing to ask: the field looks for its row itself, the database judges."""

    def _check(self, model: Any, connection: Any) -> list[Any]:
        return []

    def _statement(self, template: str, model: Any, schema_editor: Any) -> Statement:
        quote = schema_editor.quote_name
        own, pointed_to = self.columns(model)
        table = model._meta.db_table
        key = model._meta.get_field(self.field).remote_field
        target = key.model._meta.db_table
        cascade = " ON DELETE CASCADE" if key.on_delete is models.CASCADE else ""
        return Statement(
            template + cascade,
            table=Table(table, quote),
            columns=Columns(table, own, quote),
            target=Table(target, quote),
            target_columns=Columns(target, pointed_to, quote),
        )

    def __eq__(self, other: object) -> bool:
        if isinstance(other, CompositeForeignKey):
            return (self.name, self.field) == (other.name, other.field)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, self.field))

    def __repr__(self) -> str:
        return f"<CompositeForeignKey: field={self.field!r} name={self.name!r}>"

    def deconstruct(self) -> Any:
        path, args, options = super().deconstruct()
        return path, args, {**options, "field": self.field}


_FOREIGN_KEY = "FOREIGN KEY (%(columns)s) REFERENCES %(target)s (%(target_columns)s)"


def organization_key() -> models.UniqueConstraint:
    """UNIQUE (organization, id), which a model needs when keys of others point to it."""
    return models.UniqueConstraint(
        fields=["organization", "id"], name="%(class)s_organization_id"
    )


def foreign_keys(*fields: str) -> list[CompositeForeignKey]:
    """The constraints of these keys; name `organization` too where no other is NOT NULL.

    class Meta(OrganizationModel.Meta):
        constraints = [organization_key(), *foreign_keys("organization", "center")]
    """
    return [CompositeForeignKey(name=f"%(class)s_{field}_fk", field=field) for field in fields]
