"""The invoice at the front desk: sold, redeemed on, paid, closed, refunded, rebooked."""

import re

import pytest
from playwright.sync_api import expect

from regulars.records import models
from regulars.rules.permissions import Role
from tests.journeys.desk import Desk
from tests.journeys.salon import Salon
from tests.journeys.till import check_books, number_of, open_invoice, points_of, visitor


@pytest.fixture(scope="module")
def salon(till_salon: Salon) -> Salon:
    return till_salon


def test_from_the_first_line_to_the_next_visit(desk: Desk):
    ann = visitor(desk.salon)
    page = open_invoice(desk, ann)
    due = page.locator("#due")
    expect(due).to_have_text("$120.00")
    desk.check()

    page.get_by_label("Add something from the catalog").press_sequentially("ser")
    page.get_by_role("button", name="Serum").click()
    expect(due).to_have_text("$160.00")
    page.get_by_role("button", name="One more of Serum").click()
    expect(due).to_have_text("$200.00")
    page.get_by_role("button", name="Price, discount, tax of Facial").click()
    page.get_by_role("textbox", name="Discount").fill("20")
    page.get_by_role("button", name="Save").click()
    expect(due).to_have_text("$180.00")

    page.get_by_role("link", name="Loyalty Rewards something can be redeemed").click()
    for code, left in zip(ann.codes, ("$155.00", "$145.00"), strict=True):
        page.get_by_label(f"Redeem {code}").check()
        expect(due).to_have_text(left)
    expect(page.locator("#total-rewards")).to_have_text("−$35.00")
    page.get_by_role("spinbutton", name="Points").fill("120")
    expect(page.get_by_label("Points to use")).to_have_value("120")
    page.get_by_role("button", name="Use points").click()
    expect(due).to_have_text("$133.00")
    page.get_by_label(f"Redeem {ann.codes[1]}").uncheck()
    expect(due).to_have_text("$143.00")
    desk.check()

    page.locator("#amount").fill("43.00")
    page.get_by_role("button", name="Take payment").click()
    expect(due).to_have_text("$100.00")
    page.get_by_role("radio", name="Cash").check()
    page.locator("#amount").fill("120")
    page.get_by_role("button", name="Take payment").click()
    expect(page.get_by_text("Give $20.00 back.")).to_be_visible()
    page.get_by_role("button", name="Close the invoice").click()
    expect(page.get_by_text("closed", exact=True)).to_be_visible()
    desk.check()

    page.get_by_role("button", name="Book again").click()
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_text(re.compile(f"{ann.name} is booked for"))).to_be_visible()
    expect(page.locator("#desk-line")).not_to_contain_text("it brings")

    page.get_by_role("link", name="Refund Serum").click()
    back, preview = page.get_by_label("How many of Serum come back"), page.locator("#preview")
    expect(back).to_have_value("2")
    back.fill("1")
    desk.check()
    expect(preview).to_contain_text("Money back: $31.78")
    page.get_by_role("button", name="Refund").click()
    page.get_by_role("link", name="Refund", exact=True).click()
    expect(page.get_by_label("All that was paid: $111.22")).to_be_checked()
    page.get_by_label("An amount").check()
    page.get_by_label("Amount", exact=True).fill("111.23")
    expect(preview).to_contain_text("At most $111.22 can be refunded here.")
    desk.check()
    page.get_by_label("Amount", exact=True).fill("111.22")
    expect(page.get_by_role("row", name="Points")).to_contain_text("140")
    page.get_by_role("button", name="Refund").click()
    page.get_by_role("link", name="Payments & Refunds").click()
    expect(page.get_by_role("heading", name="Refunds")).to_be_visible()
    desk.check()

    assert points_of(desk.salon, ann) == 140
    check_books(desk.salon)
    with desk.salon.at_work():
        again = models.Appointment.objects.get(guest__external_id=ann.ref)
        assert (again.status, again.channel) == ("booked", "desk")


def test_what_was_done_is_undone_from_its_notice(desk: Desk):
    ida = visitor(desk.salon)
    page = open_invoice(desk, ida)
    due, undo = page.locator("#due"), page.get_by_role("button", name="Undo")
    page.get_by_label("Add something from the catalog").press_sequentially("ser")
    page.get_by_role("button", name="Serum").click()
    expect(due).to_have_text("$160.00")
    undo.click()
    expect(due).to_have_text("$120.00")
    page.get_by_label("Add something from the catalog").press_sequentially("ser")
    page.get_by_role("button", name="Serum").click()
    page.get_by_role("button", name="One more of Serum").click()
    expect(due).to_have_text("$200.00")
    page.get_by_role("button", name="Take Serum off").click()
    expect(due).to_have_text("$120.00")
    desk.check()
    undo.click()
    expect(due).to_have_text("$200.00")

    page.get_by_role("link", name="Loyalty Rewards something can be redeemed").click()
    page.get_by_label(f"Redeem {ida.codes[0]}").check()
    expect(due).to_have_text("$175.00")
    page.get_by_role("button", name="Use points").click()
    expect(due).not_to_have_text("$175.00")
    undo.click()
    expect(due).to_have_text("$175.00")
    page.get_by_label(f"Redeem {ida.codes[0]}").uncheck()
    expect(due).to_have_text("$200.00")
    undo.click()
    expect(due).to_have_text("$175.00")
    page.get_by_role("button", name="Take payment").click()
    expect(due).to_have_text("$0.00")
    undo.click()
    expect(due).to_have_text("$175.00")
    desk.check()
    check_books(desk.salon)


def test_two_tills_on_one_invoice(desk: Desk, browser):
    bea = visitor(desk.salon)
    page = open_invoice(desk, bea)
    other = Desk(browser, desk.salon)
    there = other.enter(Role.MANAGER, f"/invoices/{number_of(page)}")
    there.get_by_role("button", name="Take payment").click()
    expect(there.locator("#due")).to_have_text("$0.00")

    desk.expected_status.add(409)
    page.get_by_role("button", name="One more of Facial").click()
    expect(page.get_by_role("alert")).to_contain_text("This invoice was changed")
    expect(page.locator("#due")).to_have_text("$0.00")
    expect(page.get_by_label("Quantity of Facial")).to_have_value("1")
    desk.check()
    page.get_by_role("button", name="Close the invoice").click()
    expect(page.get_by_text("closed", exact=True)).to_be_visible()
    other.context.close()
    check_books(desk.salon)


def test_a_double_click_and_a_lost_connection_pay_and_redeem_once(desk: Desk):
    cora = visitor(desk.salon)
    page = open_invoice(desk, cora)
    page.locator("#amount").fill("20")
    page.get_by_role("button", name="Take payment").dblclick()
    expect(page.locator("#due")).to_have_text("$100.00")

    page.get_by_role("link", name="Loyalty Rewards").click()
    page.get_by_role("button", name="Use points").dblclick()
    expect(page.locator("#due")).to_have_text("$86.00")

    # The answer is lost: the same is sent once more, and the desk sees that it was done.
    page.route("**/tills/pay/**", lambda route: (route.fetch(), route.abort())[1])
    page.get_by_role("button", name="Take payment").click()
    expect(page.get_by_text("The server does not answer.")).to_be_visible()
    page.unroute("**/tills/pay/**")
    desk.expected_status.add(409)
    page.get_by_role("button", name="Take payment").click()
    expect(page.get_by_role("alert")).to_contain_text("This invoice was changed")
    expect(page.locator("#due")).to_have_text("$0.00")
    desk.troubles.clear()  # the browser told of the line that was cut

    with desk.salon.at_work():
        paid = models.Invoice.objects.get(external_id=number_of(page))
        assert paid.document.count('"tender"') == 2
        assert models.Redemption.objects.filter(invoice=paid.id).count() == 1
    check_books(desk.salon)


def test_the_keyboard_alone_is_enough(desk: Desk):
    dina = visitor(desk.salon)
    desk.enter(Role.FRONT_DESK, f"/new-invoice?guest={dina.ref}")
    page = desk.page
    page.keyboard.type("fac")
    expect(page.get_by_role("button", name="Massage")).not_to_be_visible()
    desk.press("Enter")
    page.wait_for_url("**/invoices/*")
    desk.tab_to("Add something from the catalog")
    page.keyboard.type("serum")
    expect(page.get_by_role("button", name="Serum")).to_be_visible()
    desk.press("ArrowDown", "Enter")
    expect(page.locator("#due")).to_have_text("$160.00")
    expect(page.get_by_label("Add something from the catalog")).to_be_focused()
    desk.tab_to("Take payment")
    desk.press("Enter")
    expect(page.locator("#due")).to_have_text("$0.00")
    expect(page.get_by_role("button", name="Close the invoice")).to_be_focused()
    desk.press("Enter")
    expect(page.get_by_text("closed", exact=True)).to_be_visible()
    desk.tab_to("Void")
    desk.press("Enter")
    expect(page.get_by_role("heading", name="Void this invoice?")).to_be_visible()
    desk.tab_to("Void it")
    desk.press("Enter")
    expect(page.get_by_text("void", exact=True)).to_be_visible()
    assert points_of(desk.salon, dina) == 140
    check_books(desk.salon)


def test_the_invoice_is_for_everybody_on_every_screen(window: Desk):
    page = open_invoice(window, visitor(window.salon))
    for tab in ("orders", "payments", "rewards"):
        window.go(f"/invoices/{number_of(page)}?tab={tab}")
        window.check()
    light = page.get_by_role("link", name="Loyalty Rewards something can be redeemed")
    expect(light).to_be_in_viewport()
    window.go("/invoices")
    window.check()


def test_who_only_looks_sees_no_buttons(desk: Desk):
    page = desk.enter(Role.ACCOUNTANT, "/invoices?where=all&state=all")
    expect(page.get_by_role("link", name="Ann").first).to_be_visible()
    desk.check()
    desk.go("/invoices/i1?tab=rewards")
    expect(page.get_by_role("heading", name="Invoice i1")).to_be_visible()
    expect(page.get_by_role("button", name="Void")).to_have_count(0)
    desk.check()


def test_the_receipt_says_what_the_visit_brings(desk: Desk):
    elsa = visitor(desk.salon)
    page = open_invoice(desk, elsa)
    page.get_by_role("button", name="Take payment").click()
    page.get_by_role("button", name="Close the invoice").click()
    expect(page.get_by_text("closed", exact=True)).to_be_visible()
    page.get_by_role("link", name="Receipt").click()
    expect(page.get_by_text("This visit brings 24 points.")).to_be_visible()
    desk.check()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).not_to_be_visible()
