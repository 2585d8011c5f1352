"""The set-up: catalog, centers, client statuses, guest categories."""

import pytest
from playwright.sync_api import expect

from regulars.records.queries import badges, catalog
from regulars.rules.permissions import Role
from tests.journeys.desk import Desk
from tests.journeys.salon import Salon

PATHS = (
    "/catalog",
    "/catalog/new",
    "/centers",
    "/centers/soho/edit",
    "/statuses",
    "/statuses/new",
    "/categories",
    "/categories/regular",
    "/categories/tier",
)


@pytest.mark.parametrize("path", PATHS)
def test_pages_are_for_everybody_on_every_screen(window: Desk, path: str):
    page = window.enter(Role.OWNER, path)
    page.wait_for_load_state("networkidle")

    window.check()


def test_an_item_is_added_found_changed_and_retired(desk: Desk, salon: Salon):
    page = desk.enter(Role.MANAGER, "/catalog")
    page.get_by_role("link", name="Add an item").first.click()
    page.get_by_label("Name", exact=True).fill("Élan peel")
    page.get_by_label("Price").fill("eighty")
    page.get_by_label("Minutes").fill("50")
    desk.expected_status = {422}
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write an amount, such as 25.00.")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Élan peel")
    desk.check()
    page.get_by_label("Price").fill("80")
    page.get_by_role("button", name="Save").click()

    page.wait_for_url("**/catalog")
    page.get_by_label("Find", exact=True).fill("elan PEEL")
    page.get_by_role("link", name="Élan peel").wait_for()
    page.wait_for_url("**/catalog?q=*")
    desk.check()
    page.get_by_role("link", name="Élan peel").click()
    page.get_by_label("Price").fill("85.50")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/catalog")
    expect(page.get_by_role("row", name="Élan peel").get_by_text("$85.50")).to_be_visible()

    page.get_by_role("link", name="Élan peel").click()
    page.get_by_role("button", name="Offer it no more").click()
    desk.check()
    page.get_by_role("dialog").get_by_role("button", name="Offer it no more").click()
    page.wait_for_url("**/catalog")
    expect(page.get_by_role("row", name="Élan peel")).to_have_count(0)
    with salon.at_work():
        [kept] = catalog.items(search="elan peel", with_retired=True).rows
    assert (kept.price_cents, kept.minutes, kept.retired_at is not None) == (8550, 50, True)


def test_an_id_that_is_taken_is_told_at_its_field(desk: Desk, salon: Salon):
    salon.tell(
        [{"type": "item", "id": "till-7", "kind": "product", "name": "Oil", "at": "2026-01-06"}]
    )
    page = desk.enter(Role.OWNER, "/catalog/new")
    page.get_by_label("Name", exact=True).fill("Other oil")
    page.get_by_label("Id").fill("till-7")
    desk.expected_status = {422}
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Oil has this id already.")).to_be_visible()
    desk.check()


def test_a_center_gets_its_zone_and_hours_with_the_keyboard(desk: Desk, salon: Salon):
    page = desk.enter(Role.OWNER, "/centers")
    desk.tab_to("Add a center")
    desk.press("Enter")
    page.wait_for_url("**/centers/new")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("Wharf")
    page.get_by_label("Time zone").fill("Europe/Londn")
    page.get_by_label("Tuesday, opens").fill("09:00")
    desk.expected_status = {422}
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Say both times, or none where it is closed.")).to_be_visible()
    page.get_by_label("Tuesday, closes").fill("18:30")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("IANA time zone")).to_be_visible()
    page.get_by_label("Time zone").fill("Europe/London")
    page.get_by_role("button", name="Save").click()

    page.wait_for_url("**/centers")
    row = page.get_by_role("row", name="Wharf")
    expect(row.get_by_text("9:00 AM – 6:30 PM")).to_be_visible()
    desk.check()
    with salon.at_work():
        wharf = next(one for one in catalog.centers() if one.name == "Wharf")
    assert (wharf.time_zone, wharf.hours) == ("Europe/London", {1: (540, 1110)})


def test_a_status_is_added_and_left_out_of_rewards(desk: Desk, salon: Salon):
    page = desk.enter(Role.OWNER, "/statuses/new")
    page.get_by_label("Name", exact=True).fill("Staff friend")
    page.get_by_label("Include in loyalty rewards").uncheck()
    page.get_by_role("button", name="Save").click()

    page.wait_for_url("**/statuses")
    row = page.get_by_role("row", name="Staff friend")
    expect(row.get_by_text("not included")).to_be_visible()
    desk.check()


def test_a_label_is_chosen_counted_shown_and_removed(desk: Desk, salon: Salon):
    page = desk.enter(Role.MANAGER, "/categories")
    page.get_by_role("link", name="Show High spender").click()
    page.get_by_text("Fill in the numbers").wait_for()
    page.get_by_label("Label").fill("Best of all")
    page.get_by_label("Spent at least").fill("100.00")
    page.get_by_label("Days back").fill("3000")
    page.get_by_role("radio", name="crown").check()
    page.locator("#count .badge", has_text="Best of all").wait_for()
    page.get_by_label("Why").fill("They bring friends")
    desk.check()
    page.get_by_role("button", name="Show it").click()

    page.wait_for_url("**/categories")
    expect(page.get_by_text("They bring friends")).to_be_visible()
    desk.check()
    with salon.at_work():
        [kept] = [one for one in badges.categories_of("soho") if one.kind == "high_spender"]
    assert (kept.label, kept.icon, kept.limit, kept.days) == (
        "Best of all",
        "crown",
        10_000,
        3000,
    )
    page.get_by_role("link", name="Change High spender").click()
    page.get_by_role("button", name="Show it no more").click()
    page.get_by_role("dialog").get_by_role("button", name="Show it no more").click()
    page.wait_for_url("**/categories")
    expect(page.get_by_role("link", name="Show High spender")).to_be_visible()


def test_the_front_desk_looks_and_changes_nothing(desk: Desk):
    page = desk.enter(Role.FRONT_DESK, "/catalog")
    expect(page.get_by_role("link", name="Add an item")).to_have_count(0)
    desk.check()
    desk.expected_status = {403}
    desk.go("/catalog/new")
    expect(page.get_by_text("This is not for your role")).to_be_visible()
