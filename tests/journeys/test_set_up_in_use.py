"""What is set up is what the desk meets: a rate of tax on a bill, another name in the book."""

import pytest
from playwright.sync_api import expect

from regulars.rules.permissions import Role
from tests.journeys.appointments import tomorrow
from tests.journeys.desk import Desk
from tests.journeys.salon import Salon
from tests.journeys.till import check_books, open_invoice, visitor


@pytest.fixture(scope="module")
def salon(till_salon: Salon) -> Salon:
    return till_salon


def test_an_item_is_taxed_at_its_rate(desk: Desk):
    page = desk.enter(Role.MANAGER, "/catalog/new")
    page.get_by_label("Name", exact=True).fill("Clay mask")
    page.get_by_label("Price").fill("50")
    page.get_by_label("Tax in percent").fill("108.875")
    desk.expected_status = {422}
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Tax in percent")).to_have_attribute("aria-invalid", "true")
    desk.check()
    page.get_by_label("Tax in percent").fill("8.875")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/catalog")

    open_invoice(desk, visitor(desk.salon))
    find = page.get_by_label("Add something from the catalog")
    find.press_sequentially("clay")
    page.get_by_role("button", name="Clay mask").click()
    expect(page.locator("#due")).to_have_text("$174.44")
    page.get_by_role("button", name="One more of Clay mask").click()
    expect(page.locator("#due")).to_have_text("$228.88")
    page.get_by_role("button", name="Price, discount, tax of Clay mask").click()
    page.get_by_label("Price of all").last.fill("80")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#due")).to_have_text("$207.10")

    desk.enter(Role.MANAGER, "/catalog?q=clay")
    page.get_by_role("link", name="Clay mask").click()
    expect(page.get_by_label("Tax in percent")).to_have_value("8.875")
    page.get_by_label("Tax in percent").fill("0")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/catalog")
    open_invoice(desk, visitor(desk.salon))
    find.press_sequentially("clay")
    page.get_by_role("button", name="Clay mask").click()
    expect(page.locator("#due")).to_have_text("$170.00")
    check_books(desk.salon)


def test_who_gives_services_is_called_otherwise(desk: Desk):
    whose, day = visitor(desk.salon), tomorrow(2)
    page = desk.enter(Role.MANAGER, "/providers")
    page.get_by_role("textbox", name="Name").fill("Ivo Blum")
    page.get_by_role("button", name="Put in the book").click()
    page.get_by_text("Ivo Blum is in the book.").wait_for()
    ref = page.get_by_role("row", name="Ivo Blum").get_by_role("cell").nth(1).inner_text()
    desk.go(f"/book/new?day={day}&time=10:00&staff={ref}&guest={whose.ref}")
    page.get_by_role("button", name="Book", exact=True).click()
    page.wait_for_url("/book?day=*#*")

    desk.go("/providers")
    page.get_by_role("button", name="Rename: Ivo Blum").click()
    expect(page.get_by_role("dialog").get_by_label("Name")).to_be_focused()
    desk.check()
    page.get_by_role("dialog").get_by_label("Name").fill("Ivo Blum-Hart")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    page.get_by_text("Ivo Blum-Hart is saved.").wait_for()
    desk.go(f"/book?day={day}")
    expect(page.get_by_role("heading", name="Ivo Blum-Hart")).to_be_visible()
    column = page.get_by_role("region", name="Ivo Blum-Hart")
    column.get_by_role("link", name=whose.name).click()
    expect(page.get_by_role("definition").filter(has_text="Ivo Blum-Hart")).to_be_visible()
    desk.check()
