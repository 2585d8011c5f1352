"""Five small models, and a fixture that lays them out on SQLite and on PostgreSQL in turn."""

import os
import sys
from uuid import UUID

import pytest
from django.apps import AppConfig
from django.apps.registry import Apps
from django.db import connection, models

from regulars.records.constraints import foreign_keys, organization_key
from regulars.records.fields import OrganizationModel, OrgForeignKey
from regulars.records.ids import uuid7


class Foundation(AppConfig):
    """A registry of its own, so that the project's models never meet these."""

    label = "records"
    path = os.path.dirname(__file__)


registry = Apps([Foundation("foundation", sys.modules[__name__])])  # type: ignore[list-item]


class Organization(models.Model):
    placement = "reference"
    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.TextField()

    class Meta:
        app_label = "records"
        apps = registry
        db_table = "foundation_organization"


class Center(OrganizationModel):
    name = models.TextField()

    class Meta(OrganizationModel.Meta):
        app_label = "records"
        apps = registry
        db_table = "foundation_center"
        constraints = [organization_key(), *foreign_keys("organization")]


class Guest(OrganizationModel):
    center = OrgForeignKey("records.Center", models.PROTECT, related_name="guests")
    referred_by = OrgForeignKey("self", models.PROTECT, null=True)
    name = models.TextField()

    class Meta(OrganizationModel.Meta):
        app_label = "records"
        apps = registry
        db_table = "foundation_guest"
        constraints = [organization_key(), *foreign_keys("center", "referred_by")]


class Entry(OrganizationModel):
    guest = OrgForeignKey("records.Guest", models.PROTECT, related_name="entries")
    key = models.TextField()
    points = models.BigIntegerField()
    on = models.DateField()
    made_at = models.DateTimeField(null=True)
    by_hand = models.BooleanField(default=False)
    detail = models.TextField(default="")

    class Meta(OrganizationModel.Meta):
        app_label = "records"
        apps = registry
        db_table = "foundation_entry"
        constraints = [
            organization_key(),
            models.CheckConstraint(
                condition=models.Q(points__gte=0), name="%(class)s_positive"
            ),
            models.UniqueConstraint(
                fields=["organization", "guest", "key"], name="%(class)s_key"
            ),
            *foreign_keys("guest"),
        ]


class Line(OrganizationModel):
    entry = OrgForeignKey(Entry, models.CASCADE, related_name="lines")

    class Meta(OrganizationModel.Meta):
        app_label = "records"
        apps = registry
        db_table = "foundation_line"
        constraints = foreign_keys("entry")


MODELS = [Organization, Center, Guest, Entry, Line]
ONE, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def engine(each_database):
    """The tables of this module in a database of each engine; the name of the engine."""
    with connection.schema_editor() as editor:
        if connection.vendor == "postgresql":  # where the project has indexes of these names
            editor.execute("CREATE SCHEMA foundation")
            editor.execute("SET search_path TO foundation")
        for model in MODELS:
            editor.create_model(model)
    Organization.objects.bulk_create(
        [Organization(id=ONE, name="One"), Organization(id=OTHER, name="Other")]
    )
    return connection.vendor
