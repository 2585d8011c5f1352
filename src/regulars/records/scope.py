"""Whose rows a query may touch: one organization's, or it raises.

A face or a job enters `organization_scope(...)` once. Every manager below it adds
`organization_id`, so that no row of another organization is read or written, and so that on a
sharded database every statement goes to one shard.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import models

_EVERY = UUID(int=0)
_scope: ContextVar[UUID | None] = ContextVar("organization", default=None)


class Unscoped(Exception):
    """A query was made outside an organization's scope."""


class OtherOrganization(Exception):
    """A row of one organization was about to be written in the scope of another."""


@contextmanager
def organization_scope(organization_id: UUID) -> Iterator[UUID]:
    """Inside, every query reads and writes the rows of this organization alone."""
    if not isinstance(organization_id, UUID) or organization_id == _EVERY:
        raise Unscoped(f"{organization_id!r} is not the id of an organization")
    token = _scope.set(organization_id)
    try:
        yield organization_id
    finally:
        _scope.reset(token)


@contextmanager
def every_organization() -> Iterator[None]:
    """The one way to query across organizations: upkeep and checks, never a request."""
    token = _scope.set(_EVERY)
    try:
        yield
    finally:
        _scope.reset(token)


def current_organization() -> UUID:
    """The organization in scope; across all organizations there is none, which raises too."""
    organization_id = _scope.get()
    if organization_id is None or organization_id is _EVERY:
        raise Unscoped("no organization is in scope: wrap this in organization_scope(...)")
    return organization_id


def require_in_scope(organization_id: UUID) -> None:
    """Refuse to write a row of another organization than the one in scope."""
    scope = _scope.get()
    if scope is None:
        raise Unscoped("nothing is written outside organization_scope(...)")
    if scope is not _EVERY and organization_id != scope:
        raise OtherOrganization(f"a row of {organization_id} in the scope of {scope}")


class OrganizationQuerySet(models.QuerySet[Any]):
    """A queryset that keeps to the statements a sharded database can run on one shard."""

    def update(self, **values: Any) -> int:
        """Update these rows; a row never changes its organization."""
        if not values.keys().isdisjoint(("organization", "organization_id")):
            raise OtherOrganization("a row never moves to another organization")
        self._refuse_joins()
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete these rows; the foreign keys pointing here refuse it or cascade."""
        if self.query.is_sliced or self.query.distinct or self.query.combinator:
            raise TypeError("delete() takes a plain filter")
        self._refuse_joins()
        n_rows = self._raw_delete(self.db)
        self._result_cache = None
        return n_rows, {self.model._meta.label: n_rows} if n_rows else {}

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(
        self, objs: Iterable[Any], *args: Any, ignore_conflicts: bool = False, **options: Any
    ) -> list[Any]:
        """Insert many. On SQLite ignoring conflicts hides broken CHECKs too: not offered."""
        if ignore_conflicts:
            raise TypeError("ignore_conflicts would swallow CHECK violations")
        rows = list(objs)
        for row in rows:
            require_in_scope(row.organization_id)
        return super().bulk_create(rows, *args, **options)

    bulk_create.alters_data = True  # type: ignore[attr-defined]

    def _refuse_joins(self) -> None:
        # Django turns these into `WHERE id IN (...)` and drops the organization on the way.
        joined = [alias for alias, n_uses in self.query.alias_refcount.items() if n_uses]
        if len(joined) > 1:
            raise TypeError("update() and delete() across a join: filter by ids or Exists()")


class OrganizationManager(models.Manager.from_queryset(OrganizationQuerySet)):  # type: ignore[misc]
    """Default and base manager of every organization model: all its queries are scoped."""

    def get_queryset(self) -> OrganizationQuerySet:
        scope = _scope.get()
        if scope is None:
            raise Unscoped(f"{self.model.__name__} was queried outside organization_scope(...)")
        queryset: OrganizationQuerySet = super().get_queryset()
        return queryset if scope is _EVERY else queryset.filter(organization_id=scope)
