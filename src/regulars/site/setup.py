"""Making Django ready, for the programs that start a process."""

import os
from pathlib import Path

import django
from django.apps import apps

from regulars.site import databases, environment


def configure(database_url: str | None = None) -> None:
    """Get Django ready on this database, or on the one the environment names.

    Calling it again with another address moves the process to that database.
    """
    if database_url is not None:
        os.environ[environment.DATABASE_URL] = database_url
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.site.settings")
        django.setup()
    elif database_url is not None:
        databases.use_database(database_url)


def check_address(database_url: str) -> None:
    """Refuse what is no address of a database, before anything is made of it."""
    databases.database_settings(database_url)


def demo_file() -> Path:
    """Where the demo company is kept: beside this user's own data, never in it."""
    return environment.data_folder() / "demo.sqlite3"
