"""The appointment book: booked in three moves, moved, checked in, done."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from regulars.rules.permissions import Role
from tests.journeys.appointments import booked, tomorrow
from tests.journeys.desk import Desk
from tests.journeys.salon import Salon
from tests.services.short_histories import guest


def test_a_guest_is_booked_in_three_moves_with_the_keyboard(desk: Desk, furnished: Salon):
    furnished.tell([guest("ingrid", name="Ingrid Bergman", phone="+12125550177")])
    day = tomorrow(3)
    desk.enter(Role.FRONT_DESK, f"/book/new?day={day}&time=10:00&staff=mei")
    desk.page.keyboard.type("berg")
    desk.page.get_by_role("radio", name="Ingrid Bergman").wait_for()
    desk.tab_to("Ingrid Bergman")
    desk.press("Space")
    desk.tab_to("Cut")
    desk.press("Space")
    desk.check()
    desk.press("Enter")

    desk.page.wait_for_url(f"/book?day={day}#*")
    expect(desk.page.get_by_text("Ingrid Bergman is booked.")).to_be_visible()
    [one] = booked(furnished, "ingrid")
    assert (one.staff, one.services, one.status) == ("mei", ("cut",), "booked")
    desk.check()


def test_somebody_new_is_booked_at_once(desk: Desk, furnished: Salon):
    page = desk.enter(Role.FRONT_DESK, f"/book/new?day={tomorrow(4)}&time=11:00")
    page.get_by_text("Somebody new").click()
    page.get_by_label("Name optional").fill("Nora Quist")
    page.get_by_label("Phone optional").fill("+1 212 555 0188")
    page.get_by_role("button", name="Book", exact=True).click()

    page.wait_for_url("/book?day=*")
    expect(page.get_by_role("link", name="Nora Quist")).to_be_visible()
    desk.check()


def test_nobody_is_booked_onto_busy_hands_by_mistake(desk: Desk, furnished: Salon):
    furnished.tell([guest("olga"), guest("petra")])
    page = desk.enter(Role.FRONT_DESK)
    for name in ("olga", "petra"):
        address = f"/book/new?day={tomorrow(5)}&time=10:00&staff=leo&guest={name}"
        desk.expected_status = {422}
        page.goto(address)
        page.get_by_role("button", name="Book", exact=True).click()
        if name == "petra":
            said = page.get_by_role("alert")
            expect(said).to_contain_text("Leo Park has Olga then, for 60 minutes.")
            page.get_by_label("Even if somebody else is there then").check()
            page.get_by_role("button", name="Book", exact=True).click()
        page.wait_for_url("/book?day=*")
    assert len(booked(furnished, "petra")) == 1
    desk.check()


def test_an_appointment_is_moved_with_the_keyboard(desk: Desk, furnished: Salon):
    furnished.tell([guest("quinn")])
    day = tomorrow(6)
    page = desk.enter(Role.FRONT_DESK, f"/book/new?day={day}&time=10:00&staff=mei&guest=quinn")
    page.get_by_role("button", name="Book", exact=True).click()
    page.wait_for_url("/book?day=*")
    before = booked(furnished, "quinn")[0]
    page.get_by_role("link", name="Quinn").focus()
    desk.press("m", "ArrowDown", "ArrowDown", "ArrowRight", "Enter")

    page.get_by_text("Quinn is moved.").wait_for()
    [after] = booked(furnished, "quinn")
    assert (before.staff, after.staff) == ("mei", "leo")
    assert after.starts_at - before.starts_at == timedelta(minutes=30)
    desk.check()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("The appointment of Quinn is as it was.").wait_for()
    [undone] = booked(furnished, "quinn")
    assert (undone.staff, undone.starts_at) == ("mei", before.starts_at)


def test_an_appointment_is_dragged(desk: Desk, furnished: Salon):
    furnished.tell([guest("rosa")])
    day = tomorrow(7)
    page = desk.enter(Role.FRONT_DESK, f"/book/new?day={day}&time=12:00&staff=mei&guest=rosa")
    page.get_by_role("button", name="Book", exact=True).click()
    page.wait_for_url("/book?day=*")
    before = booked(furnished, "rosa")[0]
    card = page.get_by_role("link", name="Rosa")
    box = card.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + 8 + 4 * 21.6, steps=6)
    page.mouse.up()

    page.get_by_text("Rosa is moved.").wait_for()
    [after] = booked(furnished, "rosa")
    assert after.starts_at - before.starts_at == timedelta(hours=1)


def test_a_guest_comes_and_is_done(desk: Desk, furnished: Salon):
    furnished.tell([guest("sami")])
    page = desk.enter(
        Role.FRONT_DESK, f"/book/new?day={tomorrow(8)}&time=09:00&staff=leo&guest=sami"
    )
    page.get_by_role("button", name="Book", exact=True).click()
    page.wait_for_url("/book?day=*")
    page.get_by_role("link", name="Sami").click()
    page.get_by_role("button", name="Check in").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("The appointment of Sami is as it was.").wait_for()
    assert [one.status for one in booked(furnished, "sami")] == ["booked"]
    page.get_by_role("button", name="Check in").click()
    expect(page.get_by_text("Sami is here.")).to_be_visible()
    page.get_by_role("button", name="Done", exact=True).click()
    expect(page.get_by_text("Sami is done.")).to_be_visible()
    assert [one.status for one in booked(furnished, "sami")] == ["completed"]
    desk.check()


def test_who_was_overtaken_is_told_and_nothing_is_lost(desk: Desk, furnished: Salon):
    furnished.tell([guest("tom")])
    page = desk.enter(
        Role.FRONT_DESK, f"/book/new?day={tomorrow(9)}&time=09:00&staff=mei&guest=tom"
    )
    page.get_by_role("button", name="Book", exact=True).click()
    page.wait_for_url("/book?day=*")
    page.get_by_role("link", name="Tom").click()
    other = desk.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Check in").click()
    desk.expected_status = {409}
    page.get_by_role("button", name="Confirm").click()

    expect(page.get_by_text("Somebody changed this while you had it open")).to_be_visible()
    assert [one.status for one in booked(furnished, "tom")] == ["checked_in"]
    desk.check()


@pytest.mark.parametrize("path", ["/book", "/book?view=week", "/book/new"])
def test_the_book_is_for_everybody_on_every_screen(window: Desk, furnished: Salon, path: str):
    window.enter(Role.FRONT_DESK, path)

    window.check()


def test_a_week_names_its_days(desk: Desk, furnished: Salon):
    page = desk.enter(Role.FRONT_DESK, "/book?day=2026-07-08&view=week&staff=mei")
    titles = page.get_by_role("heading", level=2)
    expect(titles.first).to_contain_text("Mon, Jul 6")
    expect(titles.nth(1)).to_contain_text("Tue, Jul 7")


def test_somebody_new_gets_a_column(desk: Desk, furnished: Salon):
    page = desk.enter(Role.MANAGER, "/providers")
    page.get_by_role("textbox", name="Name").fill("Zora Hale")
    page.get_by_role("button", name="Put in the book").click()
    expect(page.get_by_text("Zora Hale is in the book.")).to_be_visible()
    page.get_by_role("button", name="Earlier: Zora Hale").click()
    expect(page.get_by_text("Zora Hale is saved.")).to_be_visible()
    desk.check()
    desk.go("/book")
    titles = page.get_by_role("heading", level=2)
    expect(titles).to_contain_text(["Mei Tanaka", "Zora Hale", "Leo Park"])
    desk.go("/providers")
    page.get_by_role("button", name="Out of the book: Zora Hale").click()
    expect(page.get_by_role("button", name="Back in: Zora Hale")).to_be_visible()
    desk.check()
