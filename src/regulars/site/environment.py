"""What the surroundings say: database, mail, where this user's data lives, the secret key."""

import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured

DATABASE_URL = "REGULARS_DATABASE_URL"
SECRET_KEY = "REGULARS_SECRET_KEY"
EMAIL_URL = "REGULARS_EMAIL_URL"
EMAIL_FROM = "REGULARS_EMAIL_FROM"
SMS_URL = "REGULARS_SMS_URL"
HOSTS = "REGULARS_HOSTS"
PROXIES = "REGULARS_PROXIES"
DEMO = "REGULARS_DEMO"
REQUESTS_PER_SECOND = "REGULARS_REQUESTS_PER_SECOND"
PROCESSES = "REGULARS_PROCESSES"
THREADS = "REGULARS_THREADS"
WEBHOOKS_ALLOW_PRIVATE = "REGULARS_WEBHOOKS_ALLOW_PRIVATE"


def database_url() -> str:
    """The database asked for; without one, a SQLite file in the user's data folder."""
    if asked_for := os.environ.get(DATABASE_URL, "").strip():
        return asked_for
    try:
        return f"sqlite:///{quote(str(data_folder() / 'regulars.sqlite3'))}"
    except (OSError, RuntimeError) as problem:
        raise ImproperlyConfigured(
            f"No folder for the data could be made ({problem}). "
            f"Name a database with {DATABASE_URL} or --database."
        ) from problem


def email_url() -> str:
    """How e-mail is sent; without a word it is printed."""
    return os.environ.get(EMAIL_URL, "").strip() or "console:"


def email_sender() -> str:
    """Who e-mail comes from; empty when nothing was said."""
    return os.environ.get(EMAIL_FROM, "").strip()


def sms_url() -> str:
    """How text messages are sent; without a word they are printed."""
    return os.environ.get(SMS_URL, "").strip() or "console:"


def webhooks_allow_private() -> bool:
    """Whether webhooks may go to this machine and its network; without a word they may not."""
    said = os.environ.get(WEBHOOKS_ALLOW_PRIVATE, "").strip().lower()
    if said not in ("", "0", "no", "false", "1", "yes", "true"):
        raise ImproperlyConfigured(f"{WEBHOOKS_ALLOW_PRIVATE} is yes or no.")
    return said in ("1", "yes", "true")


def data_folder() -> Path:
    """The folder of this user's own data, made when missing and open to nobody else."""
    base = Path(os.environ.get("XDG_DATA_HOME", ""))
    if not base.is_absolute():  # the XDG rules say to ignore a relative one
        base = Path.home() / ".local" / "share"
    folder = base / "regulars"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def served_hosts() -> list[str]:
    """The host names under which others reach this server; none without a word."""
    return os.environ.get(HOSTS, "").replace(",", " ").split()


def proxies() -> list[str]:
    """The addresses and networks of servers in front, which tell whom they ask for.

    Refused: what is neither, and a network of all addresses, which would believe everybody.
    """
    found = os.environ.get(PROXIES, "").replace(",", " ").split()
    for one in found:
        try:
            network = ip_network(one)
        except ValueError:
            raise ImproperlyConfigured(
                f"{PROXIES} is of addresses or networks, 127.0.0.1 or 10.0.0.0/24, not {one!r}."
            ) from None
        if network.prefixlen == 0:
            raise ImproperlyConfigured(
                f"{PROXIES} names the servers in front only: {one!r} would be everybody."
            )
    return found


def allowed_hosts() -> list[str]:
    """The host names this server answers to; without a word only this machine's own."""
    return [*served_hosts(), "localhost", "127.0.0.1", "[::1]"]


def is_demo() -> bool:
    """Is the demo company shown here? `regulars demo` says so, to this machine alone."""
    return os.environ.get(DEMO) == "1" and not served_hosts()


def requests_per_second() -> float:
    """How many requests a second one key may make of this process: its part of the limit."""
    said = os.environ.get(REQUESTS_PER_SECOND, "").strip() or "100"
    try:
        most = int(said)
    except ValueError:
        most = 0
    if not 1 <= most <= 1_000_000:
        raise ImproperlyConfigured(
            f"{REQUESTS_PER_SECOND} is a whole number from 1 to 1000000, not {said!r}."
        )
    processes = os.environ.get(PROCESSES, "")
    return most / int(processes) if processes.isdecimal() and int(processes) else most


def threads() -> int:
    """How many requests a process answers at a time."""
    said = os.environ.get(THREADS, "")
    return int(said) if said.isdecimal() and int(said) else 16


def secret_key() -> str:
    """The key that signs sessions and links: given, or made once and kept with the data."""
    if given := os.environ.get(SECRET_KEY, ""):
        return given
    fresh = secrets.token_urlsafe(48)
    try:
        return _kept_key(data_folder() / "secret-key", fresh)
    except (OSError, RuntimeError):  # no home to write to: good for this process
        return fresh


def _kept_key(path: Path, fresh: str) -> str:
    """The key in the file, which appears whole or not at all, whoever else starts just now."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(fresh)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
