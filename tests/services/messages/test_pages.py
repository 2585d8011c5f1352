"""A message as a page: what the text says, and nothing that it could do."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from uuid import UUID

import pytest

from regulars.services.messages.channels.channel import Outgoing
from regulars.services.messages.channels.pages import page_of


class Page(HTMLParser):
    """Tags with their attributes, and the texts between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts += [data.strip()] if data.strip() else []


def page(text: str, **fields: str) -> Page:
    message = {
        "recipient": "ann@example.com",
        "guest": "Ann",
        "organization": "Lumen Spa",
        "language": "en",
        "subject": "Where you stand",
        **fields,
    }
    at = datetime(2026, 2, 1, tzinfo=UTC)
    return Page(page_of(Outgoing(id=UUID(int=1), text=text, at=at, **message)))


def test_the_organization_stands_on_top_of_what_is_said():
    made = page("Hello Ann,\n\nthank you!\n\nSee you.\nLumen Spa\n\nTold because you agreed.")
    assert made.texts == [
        "Where you stand",
        "Lumen Spa",
        "Hello Ann,",
        "thank you!",
        "See you.",
        "Lumen Spa",
        "Told because you agreed.",
    ]


def test_entries_become_rows_with_their_number_at_the_end():
    made = page(
        "Since July 1, 2026:\n- July 5, 2026: +1,250, your payment\n"
        "- July 7, 2026: -20, points, taken back"
    )
    assert made.texts[2:] == [
        "Since July 1, 2026:",
        "July 5, 2026",
        "Your payment",
        "+1,250",
        "July 7, 2026",
        "Points, taken back",
        "−20",
    ]
    assert [tag for tag, _ in made.tags].count("table") == 3


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "- <img src=x onerror=alert(1)>: 1, </td></table>",
        "Name: \"><a href='javascript:alert(1)'>",
        'javascript:alert(1) https://lumen.example/"onclick=alert(1)',
    ],
)
def test_nothing_in_the_text_becomes_a_part_of_the_page(text):
    made = page(text, subject=text, organization=text)
    assert {tag for tag, _ in made.tags} <= {
        *("html", "head", "meta", "title", "body"),
        *("table", "tr", "td", "p", "br", "span", "a"),
    }
    for _, attributes in made.tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "https://").startswith("https://")


def test_nothing_is_fetched_and_addresses_can_be_followed():
    made = page("Book at https://lumen.example/book?a=1&b=2, any time.")
    [link] = [attributes for tag, attributes in made.tags if tag == "a"]
    assert link["href"] == "https://lumen.example/book?a=1&b=2"
    assert not [tag for tag, attributes in made.tags if "src" in attributes or tag == "link"]


def test_languages_written_from_right_to_left_are_laid_out_so():
    [html, *_] = page("שלום", language="he").tags
    assert html == ("html", {"lang": "he", "dir": "rtl"})
