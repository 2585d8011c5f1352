"""Making Django ready, for the programs that start a process."""

import os
from pathlib import Path

import django
from django.apps import apps

from regulars.site import databases, environment

COMMANDS = "regulars.site.settings"
SERVING = "regulars.site.serving"
_SETTINGS = "DJANGO_SETTINGS_MODULE"


def configure(database_url: str | None = None, *, settings: str = COMMANDS) -> None:
    """Get Django ready on this database, or on the one the environment names.

    Calling it again with another address moves the process to that database. `SERVING` takes
    longer and knows all tables, those of the sign-in too: what makes or changes databases or
    people needs it.
    """
    if database_url is not None:
        os.environ[environment.DATABASE_URL] = database_url
    if not apps.ready:
        os.environ.setdefault(_SETTINGS, settings)
        django.setup()
    elif database_url is not None:
        databases.use_database(database_url)


def check_address(database_url: str) -> None:
    """Refuse what is no address of a database, before anything is made of it."""
    databases.database_settings(database_url)


def show_the_demo() -> None:
    """What this process starts serves the demo: to this machine alone, whatever hosts the
    surroundings name for a real server.
    """
    os.environ[environment.DEMO] = "1"
    os.environ.pop(environment.HOSTS, None)


def demo_file() -> Path:
    """Where the demo company is kept: beside this user's own data, never in it."""
    return environment.data_folder() / "demo.sqlite3"
