"""What a desk does to an invoice, and what it is told when it cannot."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from regulars.rules import till
from regulars.rules.facts import Applied, Invoice, Line, Refund
from regulars.rules.refusals import Refused
from regulars.rules.till import LineChange, Moment, MoneyBack

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOW = Moment(NOON, NOON.date())
FACIAL = Line("l1", "service", 12_000, 2_000, 600, item="facial", quantity=2)
SERUM = Line("l2", "product", 4_000)


def invoice(*lines: Line, status: str = "open") -> Invoice:
    return Invoice(UUID(int=1), "inv1", status, NOON, NOW.on, None, None, NOW.on, lines, (), ())


def paid(one: Invoice, tender: str, cents: int, *, later: int = 0) -> Invoice:
    return till.pay(
        one, tender, cents, now=Moment(NOON + timedelta(minutes=later), NOW.on), exponent=2
    )


def refusal(act) -> str:
    with pytest.raises(Refused) as told:
        act()
    return told.value.message


# -- lines ------------------------------------------------------------------------------------


def test_a_line_gets_the_next_id():
    bill = till.add_line(invoice(FACIAL, SERUM), till.tip(1_500, staff="mia"))
    assert [one.id for one in bill.lines] == ["l1", "l2", "l3"]
    assert bill.lines[-1] == Line("l3", "tip", 1_500, staff="mia")


def test_the_price_goes_with_the_quantity_and_the_tax_with_the_price():
    bill = till.change_line(invoice(FACIAL), "l1", LineChange(quantity=3))
    assert bill.lines == (replace(FACIAL, quantity=3, price_cents=18_000, tax_cents=960),)


def test_a_discount_takes_its_share_of_tax_with_it():
    line = till.changed(FACIAL, LineChange(discount_cents=7_000))
    assert (line.discount_cents, line.tax_cents, line.price_cents) == (7_000, 300, 12_000)
    assert till.changed(FACIAL, LineChange(discount_cents=7_000, tax_cents=1)).tax_cents == 1


def test_staff_is_named_and_taken_off():
    line = till.changed(FACIAL, LineChange(staff="mia"))
    assert line.staff == "mia"
    assert till.changed(line, LineChange(quantity=1)).staff == "mia"
    assert till.changed(line, LineChange(staff="")).staff is None


def test_the_only_line_stays():
    one = invoice(FACIAL, SERUM)
    one = till.remove_line(one, "l1")
    assert one.lines == (SERUM,)
    assert refusal(lambda: till.remove_line(one, "l2")) == (
        "This is the only line; void the invoice instead."
    )


def test_a_closed_invoice_is_reopened_first():
    one = invoice(SERUM, status="closed")
    assert refusal(lambda: till.add_line(one, FACIAL)) == (
        "Invoice inv1 is closed; reopen it first."
    )


# -- money in ---------------------------------------------------------------------------------


def test_part_by_part_until_nothing_is_due():
    bill = paid(paid(invoice(SERUM), "cash", 1_500), "card", 2_500)
    assert [(one.id, one.tender, one.amount_cents) for one in bill.payments] == [
        ("p1", "cash", 1_500),
        ("p2", "card", 2_500),
    ]
    assert till.due_cents(bill) == 0
    assert refusal(lambda: paid(bill, "card", 1)) == "0.00 is due, so 0.01 is too much."


def test_more_than_is_due_is_refused_with_what_is():
    assert refusal(lambda: paid(invoice(SERUM), "card", 4_001)) == (
        "40.00 is due, so 40.01 is too much."
    )


def test_a_payment_is_taken_off_unless_it_was_refunded():
    bill = paid(invoice(SERUM), "card", 4_000)
    assert till.remove_payment(bill, "p1").payments == ()
    back = till.refund(bill, MoneyBack(100), now=NOW, exponent=2)
    assert refusal(lambda: till.remove_payment(back, "p1")) == (
        "Payment p1 was refunded, so it stays."
    )


# -- its state --------------------------------------------------------------------------------


def test_closing_asks_about_what_is_due():
    bill = paid(invoice(SERUM), "card", 1_000)
    assert refusal(lambda: till.close(bill, now=NOW, exponent=2)) == (
        "30.00 is still due: take the payment, or say that it stays unpaid."
    )
    closed = till.close(bill, now=NOW, exponent=2, with_due=True)
    assert (closed.status, closed.closed_at, closed.closed_on) == ("closed", NOON, NOW.on)
    opened = till.reopen(closed)
    assert (opened.status, opened.closed_at, opened.closed_on) == ("open", None, None)


def test_what_is_void_stays_void():
    gone = till.void(invoice(SERUM, status="closed"))
    assert gone.status == "void"
    assert refusal(lambda: till.void(gone)) == "Invoice inv1 is void already."
    assert refusal(lambda: till.reopen(gone)) == (
        "Invoice inv1 is void; only a closed one is reopened."
    )


# -- money back -------------------------------------------------------------------------------


def test_a_refund_takes_the_latest_payment_first():
    bill = paid(paid(invoice(SERUM), "cash", 1_500), "card", 2_500, later=5)
    back = till.refund(bill, MoneyBack(3_000), now=NOW, exponent=2)
    assert [(one.id, one.payment, one.amount_cents) for one in back.refunds] == [
        ("r1", "p2", 2_500),
        ("r2", "p1", 500),
    ]
    assert till.left_cents(back) == {"p1": 1_000, "p2": 0}


def test_a_refund_of_the_payment_named():
    bill = paid(paid(invoice(SERUM), "cash", 1_500), "card", 2_500, later=5)
    back = till.refund(bill, MoneyBack(1_500, payment="p1"), now=NOW, exponent=2)
    assert back.refunds == (Refund("r1", "p1", 1_500, NOON, date(2026, 3, 2)),)
    assert refusal(
        lambda: till.refund(bill, MoneyBack(1_501, payment="p1"), now=NOW, exponent=2)
    ) == ("15.01 cannot be refunded: 15.00 of what was paid is left.")


def test_of_a_line_goes_back_what_was_paid_for_it_in_money():
    """136.00 in all, a tenth of it paid by a reward: nine tenths of each line are money."""
    bill = invoice(replace(FACIAL, price_cents=11_000), SERUM)
    bill = replace(bill, applied=(Applied("rw", False, 1_360, NOON, False),))
    bill = paid(bill, "card", till.due_cents(bill))
    assert [till.refundable_cents(bill, ref) for ref in ("l1", "l2")] == [8_640, 3_600]
    back = till.refund(bill, MoneyBack(3_600, line="l2"), now=NOW, exponent=2)
    assert [till.refundable_cents(back, ref) for ref in ("l1", "l2", None)] == [
        8_640,
        0,
        8_640,
    ]
    assert refusal(lambda: till.refund(back, MoneyBack(1, line="l2"), now=NOW, exponent=2)) == (
        "At most 0.00 can be refunded here."
    )
