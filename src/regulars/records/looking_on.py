"""How far a long transaction has come, for those who look on from outside.

Nobody sees inside a transaction before it is over, so it is told beside it: to a server through
a connection of its own, and beside a SQLite file, which has one writer, in a file as well.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections

from regulars.records.scope import current_organization

Tell = Callable[[int], None]


@contextmanager
def telling(order: UUID) -> Iterator[Tell]:
    """Told how many guests of an order are done. That it cannot be told stops nothing."""
    if connection.vendor == "sqlite":
        with _in_a_file(order) as tell:
            yield tell
    else:
        with _to_the_server(order) as tell:
            yield tell


def told(order: UUID) -> int | None:
    """What was told beside a SQLite file; on a server it is in the order itself."""
    path = _path(order)
    if path is None:
        return None
    try:
        return int(path.read_text())
    except (OSError, ValueError):  # nobody tells anything, or is just about to
        return None


@contextmanager
def _in_a_file(order: UUID) -> Iterator[Tell]:
    path = _path(order)
    if path is None:
        yield lambda _: None
        return

    def tell(n_done: int) -> None:
        fresh = path.with_name(f"{path.name}.new")
        with suppress(OSError):
            fresh.write_text(str(n_done))
            os.replace(fresh, path)

    try:
        yield tell
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _path(order: UUID) -> Path | None:
    """None where the database is in memory, and nobody else looks on."""
    if connection.vendor != "sqlite":
        return None
    if connection.is_in_memory_db():  # type: ignore[attr-defined]
        return None
    return Path(f"{connection.settings_dict['NAME']}-{order.hex}")


@contextmanager
def _to_the_server(order: UUID) -> Iterator[Tell]:
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    where = [current_organization(), order]

    def tell(n_done: int) -> None:
        with suppress(Error), own.cursor() as cursor:
            cursor.execute(
                "UPDATE records_rewardorder SET n_done = %s"
                " WHERE organization_id = %s AND id = %s",
                [n_done, *where],
            )

    try:
        yield tell
    finally:
        own.close()
