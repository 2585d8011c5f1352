"""Where webhooks may go: nothing but public addresses, however they are written."""

import ipaddress
import socket

import pytest
from django.test import override_settings

from regulars.rules.refusals import Refused
from regulars.services.webhooks import calling
from regulars.services.webhooks.addresses import check_url, is_public, may_call
from regulars.services.webhooks.calling import Call
from tests.services.webhooks.receiver import Receiver

HOSTILE = [
    "http://example.com/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://0/",
    "https://0.0.0.0/",
    "https://10.0.0.8/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://198.18.0.1/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fc00::1]/",
    "https://[fec0::1]/",
    "https://[ff02::1]/",
    "https://localhost/",
    "https://localhost./",
    "https://LOCALHOST:8443/",
    "https://example.com@127.0.0.1/",
    "https://user:secret@example.com/",
    "https://example.com:0/",
    "https://example.com:99999/",
    "https://exa mple.com/",
    "https://example.com\\@127.0.0.1/",
    "https://example.com/\r\nHost: 127.0.0.1",
    "https://127.0.0.1\u3002/",
    "https://①②⑦.0.0.1/",
    "https://example.com/#fragment",
    "https:///hooks",
    "https:example.com",
    "//example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "",
    "https://" + "a" * 3000 + ".com/",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_what_is_not_public_is_refused(url):
    with pytest.raises(Refused) as refused:
        check_url(url)
    assert (refused.value.code, refused.value.field) == ("invalid_record", "url")


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1", "::ffff:8.8.8.8"])
def test_public_addresses(address):
    assert is_public(ipaddress.ip_address(address))
    assert may_call(ipaddress.ip_address(address), private_too=False)


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("10.1.2.3", True),
        ("fd00::8", True),
        ("100.64.0.1", True),
        ("169.254.169.254", False),
        ("::ffff:169.254.169.254", False),
        ("fe80::1", False),
        ("0.0.0.0", False),
        ("255.255.255.255", False),
        ("224.0.0.1", False),
        ("ff02::1", False),
    ],
)
def test_a_network_of_ones_own_is_not_link_local(address, is_allowed):
    found = ipaddress.ip_address(address)
    assert may_call(found, private_too=True) is is_allowed
    assert not may_call(found, private_too=False)


@override_settings(WEBHOOKS_ALLOW_PRIVATE=True)
def test_plain_http_only_at_home():
    check_url("http://127.0.0.1:8000/hooks")
    check_url("http://localhost:8000/hooks")
    with pytest.raises(Refused, match="must begin with https"):
        check_url("http://8.8.8.8/hooks")


def call(url: str, seconds: float = 15.0):
    from datetime import UTC, datetime

    secret = calling.new_secret()
    one = Call(url, "evt_1", b"{}", [secret])
    return calling.make(one, at=datetime.now(UTC), seconds=seconds)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
def test_a_name_that_comes_to_mean_something_else_is_not_called(host):
    """Whatever was said when the address was given: it is looked at again at each call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        answer = call(f"http://{host}:{server.getsockname()[1]}/")
        with pytest.raises(TimeoutError):
            server.accept()
    assert answer.status is None
    assert "not a public address" in answer.text


@pytest.fixture
def receiver():
    with override_settings(WEBHOOKS_ALLOW_PRIVATE=True):
        found = Receiver()
        yield found
        found.close()


def test_redirects_are_not_followed(receiver):
    receiver.answer = lambda n, event: "redirect"
    answer = call(receiver.url)
    assert (answer.status, answer.is_good, receiver.n_requests) == (302, False, 1)


@pytest.mark.parametrize("way", ["hang", "trickle"])
def test_a_call_is_over_when_its_time_is(receiver, way):
    receiver.answer = lambda n, event: way
    answer = call(receiver.url, seconds=1.0)
    assert (answer.status, answer.text) == (None, "No answer within 1 seconds.")
    assert 900 <= answer.milliseconds < 6000


def test_of_a_flood_only_the_beginning_is_read(receiver):
    receiver.answer = lambda n, event: "flood"
    answer = call(receiver.url)
    assert (answer.status, answer.text) == (200, "x" * calling.EXCERPT)


def test_nobody_there(receiver):
    receiver.stop()
    answer = call(receiver.url)
    assert answer.status is None
    assert "refused" in answer.text.lower()
    receiver.start()
