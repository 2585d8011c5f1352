"""A click too many, a page read anew, a step back: nothing is sold, paid or refunded twice."""

import pytest
from playwright.sync_api import expect

from regulars.records import models
from regulars.rules.permissions import Role
from tests.journeys.desk import Desk
from tests.journeys.salon import Salon
from tests.journeys.till import check_books, number_of, open_invoice, visitor


@pytest.fixture(scope="module")
def salon(till_salon: Salon) -> Salon:
    return till_salon


def paid(desk: Desk, number: str) -> int:
    """How many payments the books have."""
    with desk.salon.at_work():
        return models.Invoice.objects.get(external_id=number).document.count('"tender"')


def test_a_page_read_anew_while_it_pays_pays_once(desk: Desk):
    page = open_invoice(desk, visitor(desk.salon))
    number = number_of(page)
    page.locator("#amount").fill("20")
    # The server takes the payment; its answer does not arrive, and the page is read anew.
    page.route("**/tills/pay/**", lambda route: route.fetch())
    page.get_by_role("button", name="Take payment").click()
    for _ in range(100):
        if paid(desk, number) == 1:
            break
        page.wait_for_timeout(100)
    page.unroute("**/tills/pay/**")
    page.reload()

    expect(page.locator("#due")).to_have_text("$100.00")
    page.get_by_role("button", name="Take payment").click()
    expect(page.locator("#due")).to_have_text("$0.00")
    assert paid(desk, number) == 2
    desk.troubles.clear()  # the browser told of the answer that did not come
    check_books(desk.salon)


def test_a_step_back_shows_what_is_so_now(desk: Desk):
    page = open_invoice(desk, visitor(desk.salon))
    number = number_of(page)
    page.get_by_role("button", name="Take payment").click()
    expect(page.locator("#due")).to_have_text("$0.00")
    page.get_by_role("link", name="Receipt").click()
    page.get_by_role("button", name="Print").wait_for()
    page.go_back()

    expect(page.locator("#due")).to_have_text("$0.00")
    expect(page.get_by_role("button", name="Take payment")).to_have_count(0)
    page.get_by_role("button", name="Close the invoice").dblclick()
    expect(page.get_by_text("closed", exact=True)).to_be_visible()
    assert paid(desk, number) == 1


def test_an_invoice_is_opened_once(desk: Desk):
    whose = visitor(desk.salon)
    page = desk.enter(Role.FRONT_DESK, f"/new-invoice?guest={whose.ref}")
    page.get_by_role("button", name="Facial").dblclick()
    page.wait_for_url("**/invoices/*")

    with desk.salon.at_work():
        made = models.Invoice.objects.filter(guest__external_id=whose.ref, status="open")
        assert made.count() == 1


def test_nothing_of_a_guest_is_left_behind_after_signing_out(desk: Desk):
    whose = visitor(desk.salon)
    page = desk.enter(Role.FRONT_DESK, f"/guest/{whose.ref}")
    page.get_by_role("heading", name=whose.name).wait_for()
    desk.context.clear_cookies()
    desk.go("/account/login/")
    page.go_back()

    page.wait_for_url("**/account/login/?next=**")


def test_a_refund_is_made_once(desk: Desk):
    page = open_invoice(desk, visitor(desk.salon))
    number = number_of(page)
    page.get_by_role("button", name="Take payment").click()
    page.get_by_role("button", name="Close the invoice").click()
    expect(page.get_by_text("closed", exact=True)).to_be_visible()
    page.get_by_role("link", name="Refund", exact=True).click()
    page.get_by_label("An amount").check()
    page.get_by_label("Amount", exact=True).fill("30")
    desk.expected_status.add(409)
    # Twice at once, past the script that stops a second click.
    answers = page.evaluate(
        """() => {
          const form = document.getElementById("refund");
          const send = () => fetch(form.action, {method: "POST", body: new FormData(form)});
          return Promise.all([send(), send()]).then((all) => all.map((one) => one.status));
        }"""
    )
    assert sorted(answers) == [200, 409]
    page.goto(f"/invoices/{number}?tab=payments")
    refunds = page.get_by_role("region", name="Refunds")
    expect(refunds.get_by_role("row")).to_have_count(2)
    with desk.salon.at_work():
        kept = models.Invoice.objects.get(external_id=number)
        assert kept.document.count('"payment"') == 1
    check_books(desk.salon)
