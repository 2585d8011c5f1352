"""A salon that is served: one real server on a database built once, staff in every role."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from regulars.rules.permissions import Actor, Role
from regulars.services import importing, sign_ins, staff, upkeep
from regulars.services.organizations import Company
from tests import databases
from tests.services.short_histories import START, guest, invoice, program

PASSWORD = "blue-heron-48"
NAMES = {
    Role.OWNER: "Mara Keller",
    Role.MANAGER: "Bruno Weiss",
    Role.FRONT_DESK: "Tilda Okafor",
    Role.MARKETING: "Nadia Rahman",
    Role.ACCOUNTANT: "Paul Stern",
}
HISTORY = [*START, program(), guest("ann"), invoice("i1", "ann", "100.00", "2026-01-05")]
_COOKIE = "regulars_session"


def address_of(role: Role) -> str:
    return f"{role.value}@lumen.example"


@dataclass
class Salon:
    """Where it answers, and its database for whoever looks behind the counter."""

    address: str
    database: str
    users: dict[Role, int] = field(default_factory=dict)

    @contextmanager
    def at_work(self) -> Iterator[Company]:
        """The company, in this process: what a test prepares or looks up."""
        with databases.in_use(self.database), upkeep.at_work(None) as company:
            yield company

    def tell(self, records: Sequence[dict[str, Any]]) -> None:
        """More of its history, as a file would bring it."""
        with databases.in_use(self.database):
            importing.import_records(((None, one) for one in records), emit=lambda _: None)

    def cookie(self, role: Role) -> dict[str, Any]:
        """The session of somebody in this role who has signed in."""
        from django.contrib.auth.models import User
        from django.contrib.sessions.backends.db import SessionStore

        with databases.in_use(self.database):
            user = User.objects.get(id=self.users[role])
            session = SessionStore()
            session["_auth_user_id"] = str(user.pk)
            session["_auth_user_backend"] = (
                "allauth.account.auth_backends.AuthenticationBackend"
            )
            session["_auth_user_hash"] = user.get_session_auth_hash()
            session.create()
        return {"name": _COOKIE, "value": session.session_key, "url": self.address}


@contextmanager
def opened(
    template: Path,
    folder: Path,
    blocker: Any,
    history: Sequence[dict[str, Any]] = (),
    *,
    beginning: Sequence[dict[str, Any]] = HISTORY,
    **surroundings: str,
) -> Iterator[Salon]:
    """A salon of its own, served, with more history than all have, or another one."""
    path = folder / "regulars.sqlite3"
    shutil.copyfile(template, path)
    database = f"sqlite:///{path}"
    with blocker.unblock():
        users = furnish(database, beginning)
        Salon("", database).tell(history)
    with served(database, folder, **surroundings) as address:
        yield Salon(address, database, users)


def furnish(database: str, beginning: Sequence[dict[str, Any]] = HISTORY) -> dict[Role, int]:
    """History and staff; the sign-ins by role."""
    with databases.in_use(database):
        importing.import_records(((None, one) for one in beginning), emit=lambda _: None)
        with upkeep.at_work(None) as company:
            return {role: _hire(company, role) for role in Role}


def _hire(company: Company, role: Role) -> int:
    person = staff.Person(NAMES[role], address_of(role), role)
    member = staff.add_member(company, person, by=Actor("shell"), at=datetime.now(UTC))
    if role is Role.OWNER:  # the others come in by their session
        sign_ins.set_password(member.user, PASSWORD)
    return member.user


@contextmanager
def served(database: str, folder: Path, **surroundings: str) -> Iterator[str]:
    """The address of a server of its own on this database."""
    port = free_port()
    mail = folder / "mail"
    environment = os.environ | {
        "REGULARS_DATABASE_URL": database,
        "REGULARS_EMAIL_URL": f"folder://{mail}",
        **surroundings,
    }
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    size = ["--port", str(port), "--blocking-threads", "4"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*granian, *size, "regulars.site.wsgi:application"],
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/static/regulars/base.css", server)
            yield address
        finally:
            server.terminate()
            server.wait(20)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not come up")
