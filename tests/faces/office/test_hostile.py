"""Whatever is sent to a page of the office, it answers, and the books stay whole."""

import re
from collections import Counter
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

import regulars.site.pages  # noqa: F401 - registers the pages
from regulars.faces.shared.pages import PAGES, Page
from regulars.services import upkeep, verifying
from tests.faces.desk import busy

OFFICE = "regulars.faces.office"
VALUES = ("", "x" * 5000, "9" * 40, "a\x00b", "2026-13-45", "<b>ü&\u202e")
ASKED = (
    "by guest kind area from to after order page state rating center q run status period person"
    " sign whole since until least most before language rows search threshold amount"
).split()
SKIPPED = {"webhook_test"}  # it calls the address outside


def pages() -> list[Page]:
    return [
        page
        for page in PAGES.values()
        if page.answer.__module__.startswith(OFFICE) and page.name not in SKIPPED
    ]


@pytest.fixture
def owner(sqlite_database) -> Client:
    busy.furnish(2)
    return busy.owner()


def places_of(page: Page) -> list[str]:
    """Where it is: with what its example names, and with ids that nobody has."""
    names = re.findall(r"<\w+:(\w+)>", page.path)
    known = [page.address()] if page.example or not names else []
    of_nobody = [
        reverse(page.name, kwargs=dict.fromkeys(names, said))
        for said in ("nobody", "0198c0de-0000-7000-8000-000000000000", "x" * 300)
        if names and "<int:" not in page.path
    ]
    return [*known, *of_nobody]


def fields_of(html: str) -> list[str]:
    found = re.findall(r'<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"', html)
    hidden = {"csrfmiddlewaretoken", "token", "version"}
    return sorted({unescape(one) for one in found} - hidden)


def read(answer) -> str:
    return b"".join(answer).decode("utf-8", "replace") if answer.streaming else ""


def test_no_address_and_no_field_brings_a_page_down(owner: Client):
    wrong = []
    for page in pages():
        for place in places_of(page):
            for value in VALUES:
                if "GET" in page.methods:
                    answer = owner.get(place, dict.fromkeys(ASKED, value))
                    read(answer)
                    if answer.status_code >= 500:
                        wrong.append((place, value, answer.status_code))
    assert wrong == []


def test_no_form_takes_nonsense_and_none_falls_over_it(owner: Client):
    wrong = []
    seen: Counter[int] = Counter()
    for page in pages():
        if "POST" not in page.methods:
            continue
        for place in places_of(page):
            names = set(ASKED)
            if "GET" in page.methods:
                shown = owner.get(place)
                html = "" if shown.streaming else shown.content.decode()
                names |= set(fields_of(html))
            for n, value in enumerate(VALUES):
                said = dict.fromkeys(names, value) | {"token": f"{page.name}-{n}"}
                if "GET" in page.methods:  # nobody overtook who sends this
                    said |= dict(re.findall(r'name="(version)" value="([^"]*)"', html)[:1])
                answer = owner.post(place, said)
                seen[answer.status_code] += 1
                if answer.status_code >= 500:
                    wrong.append((place, value, answer.status_code))
    assert wrong == []
    assert seen[422] > 50, seen  # most forms say what is wrong
    with upkeep.at_work(None) as company:
        assert verifying.verify(company).is_clean
