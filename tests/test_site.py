"""What the environment may say, and what is done when it says nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from regulars.site.databases import database_settings
from regulars.site.environment import database_url, proxies, secret_key
from regulars.site.peers import peers_by_plain_address


@pytest.fixture
def bare_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in ("REGULARS_DATABASE_URL", "REGULARS_SECRET_KEY", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_without_a_word_the_data_is_in_the_users_own_folder(bare_home: Path):
    folder = bare_home / ".local/share/regulars"

    assert database_settings(database_url())["NAME"] == str(folder / "regulars.sqlite3")
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_data_folder_may_have_a_difficult_name(bare_home, monkeypatch):
    home = bare_home / "100% Anna's #1?"
    monkeypatch.setenv("XDG_DATA_HOME", str(home))

    name = database_settings(database_url())["NAME"]

    assert name == str(home / "regulars" / "regulars.sqlite3")


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(bare_home: Path):
    kept = bare_home / ".local/share/regulars/secret-key"

    assert len(secret_key()) >= 50
    assert secret_key() == secret_key() == kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert os.listdir(kept.parent) == ["secret-key"]


def test_no_folder_to_write_to_is_said_with_the_way_out(bare_home: Path):
    (bare_home / ".local").write_text("a file where the folder should be")

    with pytest.raises(ImproperlyConfigured, match="REGULARS_DATABASE_URL or --database"):
        database_url()


@pytest.mark.parametrize(
    "address", ["mysql://me:hush@host/db", "postgresql://me:hush@host:port/db", "hush", ""]
)
def test_an_address_that_is_not_understood_is_refused_and_not_repeated(address: str):
    with pytest.raises(ImproperlyConfigured) as refusal:
        database_settings(address)

    assert "sqlite:////full/path" in str(refusal.value)
    assert "hush" not in str(refusal.value)


def test_options_in_the_address_come_on_top_of_ours():
    options = database_settings("sqlite:////data/r.sqlite3?timeout=5")["OPTIONS"]

    assert options["timeout"] == 5
    assert options["transaction_mode"] == "IMMEDIATE"


def test_servers_in_front_are_addresses_or_networks(monkeypatch):
    assert proxies() == []
    monkeypatch.setenv("REGULARS_PROXIES", "127.0.0.1, 10.0.0.0/24 ::1")
    assert proxies() == ["127.0.0.1", "10.0.0.0/24", "::1"]

    monkeypatch.setenv("REGULARS_PROXIES", "127.0.0.1,*")
    with pytest.raises(ImproperlyConfigured, match=r"REGULARS_PROXIES .* not '\*'"):
        proxies()


@pytest.mark.parametrize("everybody", ["0.0.0.0/0", "::/0"])
def test_a_network_of_everybody_is_no_server_in_front(monkeypatch, everybody):
    monkeypatch.setenv("REGULARS_PROXIES", f"127.0.0.1 {everybody}")

    with pytest.raises(ImproperlyConfigured, match=f"'{everybody}' would be everybody"):
        proxies()


def test_a_server_in_front_is_known_by_its_ipv4_address_on_a_socket_for_both_kinds():
    def application(environ, start):
        return environ["REMOTE_ADDR"]

    known = peers_by_plain_address(wrap_wsgi_with_proxy_headers(application, ["127.0.0.1"]))

    def seen(peer):
        return known({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": "203.0.113.7"}, None)

    assert seen("::ffff:127.0.0.1") == seen("127.0.0.1") == "203.0.113.7"
    assert seen("::ffff:192.0.2.4") == "192.0.2.4"
    assert seen("2001:db8::4") == "2001:db8::4"


def test_a_server_does_not_look_through_its_program_in_the_middle_of_a_page(bare_home: Path):
    said = "import gc, regulars.site.wsgi; print(gc.get_freeze_count(), len(gc.get_objects()))"
    run = subprocess.run([sys.executable, "-c", said], check=True, capture_output=True)

    n_kept, n_looked_at = map(int, run.stdout.split())
    assert n_kept > 100_000
    assert n_looked_at < 1000
