"""The book on a tablet: appointments are moved with a finger, and the book still scrolls."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from regulars.rules.permissions import Role
from tests.journeys.appointments import booked, tomorrow
from tests.journeys.desk import Desk
from tests.journeys.salon import Salon
from tests.services.short_histories import guest

HELD_MS = 600
SCROLLED = "document.getElementById('book').scrollTop + scrollY"


@pytest.fixture
def tablet(browser: Browser, furnished: Salon) -> Iterator[Desk]:
    window = Desk(browser, furnished, "tablet", has_touch=True)
    yield window
    window.context.close()
    assert window.troubles == []


class Finger:
    """One finger on the glass, as the browser itself is told of it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wire = page.context.new_cdp_session(page)

    def down(self, x: float, y: float) -> None:
        self._touch("touchStart", x, y)

    def move(self, x: float, y: float) -> None:
        self._touch("touchMove", x, y)

    def up(self) -> None:
        self._touch("touchEnd")

    def _touch(self, kind: str, *at: float) -> None:
        points: list[dict[str, Any]] = [{"x": at[0], "y": at[1]}] if at else []
        self.wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def book(desk: Desk, name: str, day: str) -> Locator:
    """A guest of one test alone, with Mei at ten, shown in the book."""
    desk.salon.tell([guest(name.lower())])
    page = desk.enter(
        Role.FRONT_DESK, f"/book/new?day={day}&time=10:00&staff=mei&guest={name.lower()}"
    )
    page.get_by_role("button", name="Book", exact=True).tap()
    page.wait_for_url("/book?day=*")
    return page.get_by_role("link", name=name)


def middle_of(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_an_appointment_is_held_and_dragged_to_somebody_else(tablet: Desk):
    card = book(tablet, "Uma", tomorrow(11))
    [before] = booked(tablet.salon, "uma")
    page, finger = tablet.page, Finger(tablet.page)
    x, y = middle_of(card)
    there, _ = middle_of(page.get_by_role("region", name="Leo Park"))

    finger.down(x, y)
    page.wait_for_timeout(HELD_MS)
    expect(card).to_have_class(re.compile("is-moving"))
    for step in range(1, 7):
        finger.move(x + (there - x) * step / 6, y + 4 * 21.6 * step / 6)
    finger.up()

    page.get_by_text("Uma is moved.").wait_for()
    [after] = booked(tablet.salon, "uma")
    assert (before.staff, after.staff) == ("mei", "leo")
    assert after.starts_at - before.starts_at == timedelta(hours=1)
    tablet.check()


def test_a_finger_that_does_not_wait_scrolls_and_moves_nothing(tablet: Desk):
    card = book(tablet, "Vera", tomorrow(12))
    page, finger = tablet.page, Finger(tablet.page)
    [before] = booked(tablet.salon, "vera")
    top = page.evaluate(SCROLLED)
    x, y = middle_of(card)

    finger.down(x, y)
    for step in range(1, 9):
        finger.move(x, y - 20 * step)
        page.wait_for_timeout(20)
    finger.up()

    page.wait_for_timeout(HELD_MS)
    assert page.evaluate(SCROLLED) > top
    assert booked(tablet.salon, "vera") == [before]
    assert "moving" not in page.url


def test_a_new_time_is_chosen_with_a_tap(tablet: Desk):
    day, later = tomorrow(13), tomorrow(14)
    card = book(tablet, "Willa", day)
    page, finger = tablet.page, Finger(tablet.page)
    finger.down(*middle_of(card))
    page.wait_for_timeout(HELD_MS)
    finger.up()

    page.get_by_text("Choose the new time for Willa, on any day.").wait_for()
    expect(page.get_by_role("button", name="Move to Mei Tanaka 10:00")).to_be_focused()
    tablet.check()
    page.get_by_role("link", name="Day after").tap()
    page.wait_for_url(f"**day={later}*")
    page.get_by_role("button", name="Move to Leo Park 14:30").tap()
    page.get_by_text("Willa is moved.").wait_for()
    [after] = booked(tablet.salon, "willa")
    assert (after.staff, str(after.starts_on)) == ("leo", later)
    expect(page.get_by_role("link", name="Willa")).to_contain_text("2:30 PM")


def test_a_new_time_is_chosen_in_the_book_with_the_keyboard(desk: Desk, furnished: Salon):
    furnished.tell([guest("xenia"), guest("yara")])
    day = tomorrow(15)
    page = desk.page
    for name, time in (("xenia", "10:00"), ("yara", "12:00")):
        desk.enter(Role.FRONT_DESK, f"/book/new?day={day}&time={time}&staff=mei&guest={name}")
        page.get_by_role("button", name="Book", exact=True).press("Enter")
        page.wait_for_url("/book?day=*")
    page.get_by_role("link", name="Xenia").press("Enter")
    desk.tab_to("Choose in the book")
    expect(page.get_by_label("Time", exact=True)).to_have_value("10:00")
    desk.press("Enter")
    here = page.get_by_role("button", name="Move to Mei Tanaka 10:00")
    expect(here).to_be_focused()

    desk.press("ArrowDown", "ArrowDown", "ArrowDown", "Enter")
    page.get_by_text("Mei Tanaka has Yara then, for 60 minutes.").wait_for()
    expect(here).to_be_focused()
    desk.press("ArrowRight", "Enter")
    page.get_by_text("Xenia is moved.").wait_for()
    expect(page.get_by_role("link", name="Xenia")).to_be_focused()
    assert [one.staff for one in booked(furnished, "xenia")] == ["leo"]
    page.get_by_role("link", name="Xenia").press("Enter")
    desk.tab_to("Choose in the book")
    desk.press("Enter")
    page.get_by_text("Choose the new time for Xenia").wait_for()
    desk.press("Escape")
    page.get_by_text("Choose the new time for Xenia").wait_for(state="detached")
    expect(page.get_by_role("link", name="Xenia")).to_be_focused()
