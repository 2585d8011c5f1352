"""The database a command works on: is it there, is it ready, and databases to throw away."""

import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from regulars.faces.cli.running import Trouble, say

# Nothing in it is to survive, so nothing waits for the disk.
_CARELESS = "PRAGMA journal_mode=MEMORY;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;"


def open_database(url: str | None, *, make: bool = False, with_people: bool = False) -> None:
    """Use the database at this address, or the one the environment names.

    With `make` a missing one is made; an existing one is left as it is, whatever its age.
    Commands that need the tables of the sign-in as well say so, and start a little slower.
    """
    from regulars.site.setup import COMMANDS, SERVING, configure

    configure(url, settings=SERVING if make or with_people else COMMANDS)
    _check_lasts()
    if not make and _is_missing_file():
        raise Trouble(f"There is no database at {address()} yet. `regulars init` makes one.")
    state = _state()
    if state == "new" and make:
        say(f"Making a new database at {address()}.")
        bring_up_to_date()
    elif state == "new":
        raise Trouble(
            f"The database at {address()} holds nothing of Regulars yet. Start with"
            " `regulars init`."
        )
    elif state == "behind":
        raise Trouble(
            f"The database at {address()} was made by an older version. Save a copy of it,"
            " then run `regulars init` on it: that brings it up to date and keeps its data."
        )
    elif state == "ahead":
        raise Trouble(
            f"The database at {address()} was made by a newer version than this one."
            " Update the program."
        )


def open_or_update(url: str | None) -> bool:
    """For `init`: make what is missing, update what is old. Whether anything was done."""
    from regulars.site.setup import SERVING, configure

    configure(url, settings=SERVING)
    _check_lasts()
    state = _state()
    if state in ("new", "behind"):
        what = "Making a new database" if state == "new" else "Bringing the database up to date"
        say(f"{what} at {address()}.")
        bring_up_to_date()
        return True
    if state == "ahead":
        open_database(url)
    return False


def bring_up_to_date() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def address() -> str:
    """The address of the database in use, without a password in it."""
    from django.db import connection

    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    user = f"{settings['USER']}@" if settings["USER"] else ""
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgresql://{user}{settings['HOST']}{port}/{settings['NAME']}"


def _check_lasts() -> None:
    """An address that names no file is SQLite's memory: all would be lost at the end."""
    from django.db import connection

    if connection.vendor == "sqlite" and connection.settings_dict["NAME"] == ":memory:":
        raise Trouble(
            "The database address names no file. Use sqlite:////full/path/to/file.sqlite3."
        )


def _is_missing_file() -> bool:
    """Connecting to a SQLite file that is not there would make an empty one."""
    from django.db import connection

    return connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists()


def _state() -> str:
    """new, current, behind or ahead of what this version of the program knows."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    loader = executor.loader
    applied = {key for key in loader.applied_migrations if key[0] == "records"}
    if not applied:
        return "new"
    # A migration that took the place of others is kept under their names too.
    replaced = {key for one in loader.disk_migrations.values() for key in one.replaces}
    if applied - set(loader.disk_migrations) - replaced:
        return "ahead"
    return "behind" if executor.migration_plan(loader.graph.leaf_nodes()) else "current"


# -- databases to throw away -----------------------------------------------------------------


@contextmanager
def throwaway(url: str | None) -> Iterator[Callable[[], None]]:
    """Inside, the process works on a database of its own that is gone afterwards.

    A temporary SQLite file; for a PostgreSQL address a temporary schema there, so that none of
    its own tables can be touched. What it yields makes the database empty again.
    """
    from regulars.site.setup import check_address

    if url is not None:
        check_address(url)
    if url is not None and urlsplit(url).scheme.startswith(("postgres", "pgsql")):
        with _throwaway_schema(url) as renew:
            yield renew
    else:
        with _throwaway_file(url) as renew:
            yield renew


@contextmanager
def _throwaway_file(url: str | None) -> Iterator[Callable[[], None]]:
    from django.db import connection

    from regulars.site.setup import configure

    beside = Path(urlsplit(url).path).parent if url else None
    if beside is not None and not beside.is_dir():
        raise Trouble(f"There is no folder {beside} for a temporary database.")
    with tempfile.TemporaryDirectory(prefix="regulars-replay-", dir=beside) as folder:
        path, empty = Path(folder, "replay.sqlite3"), Path(folder, "empty.sqlite3")
        configure(f"sqlite:///{quote(str(path))}?{urlencode({'init_command': _CARELESS})}")
        _create_tables()
        connection.close()
        shutil.copyfile(path, empty)

        def renew() -> None:
            connection.close()
            shutil.copyfile(empty, path)

        try:
            yield renew
        finally:
            connection.close()


@contextmanager
def _throwaway_schema(url: str) -> Iterator[Callable[[], None]]:
    from django.db import connection

    from regulars.site.setup import configure

    schema = f"regulars_replay_{secrets.token_hex(6)}"
    configure(url)
    _execute(f'CREATE SCHEMA "{schema}"')
    try:
        configure(_inside_schema(url, schema))
        _create_tables()
        tables = ", ".join(f'"{schema}"."{name}"' for name in _table_names())

        def renew() -> None:
            _execute(f"TRUNCATE {tables}")

        yield renew
    finally:
        connection.close()
        configure(url)
        _execute(f'DROP SCHEMA "{schema}" CASCADE')
        connection.close()


def _inside_schema(url: str, schema: str) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    query["options"] = f"{query.get('options', '')} -c search_path={schema}".strip()
    return urlunsplit(parts._replace(query=urlencode(query, quote_via=quote)))


def _execute(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)


def _table_names() -> list[str]:
    from django.apps import apps

    return [model._meta.db_table for model in apps.get_app_config("records").get_models()]


def _create_tables() -> None:
    from regulars.services.throwaway import create_tables

    create_tables()
