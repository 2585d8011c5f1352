"""Browsers by the names that people know, out of the lines they send."""

import pytest
from django.utils import translation

from regulars.faces.shared.browsers import browser_of

MOZILLA = "Mozilla/5.0"
GECKO = "AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS, MAC = "(Windows NT 10.0; Win64; x64)", "(Macintosh; Intel Mac OS X 10_15_7)"
IPHONE = "(iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
ANDROID = "(Linux; Android 15; SM-X910)"
LINES = [
    (
        f"{MOZILLA} (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0",
        "Firefox on Windows",
    ),
    (f"{MOZILLA} {WINDOWS} {GECKO} Chrome/131.0 Safari/537.36 Edg/131.0", "Edge on Windows"),
    (f"{MOZILLA} {WINDOWS} {GECKO} Chrome/131.0 Safari/537.36 OPR/116.0", "Opera on Windows"),
    (f"{MOZILLA} {MAC} {GECKO} Chrome/131.0.0.0 Safari/537.36", "Chrome on macOS"),
    (f"{MOZILLA} {MAC} {GECKO} Version/18.1 Safari/605.1.15", "Safari on macOS"),
    (f"{MOZILLA} {IPHONE} Version/18.1 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
    (f"{MOZILLA} {IPHONE} FxiOS/132.0 Mobile/15E148 Safari/605.1.15", "Firefox on iPhone"),
    (f"{MOZILLA} {IPHONE} CriOS/131.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
    (f"{MOZILLA} {ANDROID} {GECKO} Chrome/131.0 Safari/537.36 EdgA/131.0", "Edge on Android"),
    (
        f"{MOZILLA} {ANDROID} {GECKO} SamsungBrowser/26.0 Chrome/122.0 Safari/537.36",
        "Samsung Internet on Android",
    ),
    (f"{MOZILLA} (X11; CrOS x86_64 14541.0.0) {GECKO} Chrome/131.0", "Chrome on ChromeOS"),
    (f"{MOZILLA} (X11; Linux x86_64) {GECKO} HeadlessChrome/131.0", "Chrome on Linux"),
    ("curl/8.10.1", "curl/8.10.1"),
    ("x" * 100, "x" * 60),
    ("", "unknown"),
]


@pytest.mark.parametrize(("agent", "name"), LINES)
def test_a_browser_is_called_as_people_call_it(agent: str, name: str):
    with translation.override("en"):
        assert browser_of(agent) == name


def test_it_is_said_in_the_language_of_the_reader():
    with translation.override("de"):
        assert browser_of(LINES[0][0]) == "Firefox auf Windows"
