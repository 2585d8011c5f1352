"""What the book shows, and the records that its acts send."""

from datetime import UTC, date, datetime, timedelta

import pytest

from regulars.records.queries import book
from regulars.rules.refusals import Refused
from regulars.services import booking
from regulars.services.booking import Wish
from tests.faces.api.shop import Shop
from tests.services.books import the_company
from tests.services.short_histories import guest

pytestmark = pytest.mark.usefixtures("each_database")

NOW = datetime(2026, 11, 2, 15, tzinfo=UTC)
CUT = {"type": "item", "id": "cut", "kind": "service", "name": "Cut", "price": "60.00"}
TEN = datetime(2026, 11, 9, 15, tzinfo=UTC)
"""Ten o'clock at the salon."""
MONDAY = date(2026, 11, 9)


def wish(starts_at: datetime = TEN, of: str = "ann", **fields) -> Wish:
    told = {"staff": "mei", "services": ("cut",), "minutes": 45} | fields
    return Wish(guest=of, center="soho", starts_at=starts_at, **told)


def book_it(shop: Shop, ref: str, wished: Wish, **options) -> None:
    with the_company():
        document = booking.new_appointment(wished, ref=ref, now=NOW, **options)
    put(shop, document)


def put(shop: Shop, document: dict) -> None:
    body = {name: value for name, value in document.items() if name not in ("type", "id")}
    answer = shop.put(f"/appointments/{document['id']}", body)
    assert answer.json()["status"] == "applied", answer.json()


def the_day(day: date = MONDAY) -> list[book.Booking]:
    with the_company() as company:
        return book.bookings(company.centers["soho"].id, first=day, last=day)


def test_the_day_shows_who_comes_to_whom_for_what():
    shop = Shop(guest("bea", phone="+12125550101"), CUT)
    book_it(shop, "late", wish(TEN + timedelta(hours=1)))
    book_it(shop, "early", wish(of="bea", note="By the window"))

    found = the_day()

    assert [(one.ref, one.guest_name, one.staff) for one in found] == [
        ("early", "Bea", "mei"),
        ("late", "Ann", "mei"),
    ]
    first = found[0]
    assert (first.services, first.minutes, first.note) == (("cut",), 45, "By the window")
    assert (first.phone, first.starts_at, first.invoice) == ("+12125550101", TEN, None)
    assert the_day(date(2026, 11, 10)) == []


def test_an_invoice_that_names_the_appointment_shows_on_it():
    shop = Shop(CUT)
    book_it(shop, "ap1", wish())
    line = {"id": "l1", "item": "cut", "price": "60.00", "appointment": "ap1"}
    bill = {"guest": "ann", "center": "soho", "opened_at": "2026-11-09T10:00", "status": "open"}
    assert shop.put("/invoices/i7", bill | {"lines": [line]}).status_code == 200
    assert the_day()[0].invoice == "i7"


def test_hands_that_are_busy_are_not_booked_twice_unless_that_is_meant():
    shop = Shop(guest("bea"), CUT)
    book_it(shop, "ap1", wish())

    with pytest.raises(Refused) as refused:
        book_it(shop, "ap2", wish(TEN + timedelta(minutes=30), of="bea"))
    assert refused.value.code == "conflict"
    assert refused.value.message == "mei has Ann then, for 45 minutes."

    book_it(shop, "ap3", wish(TEN + timedelta(minutes=45), of="bea"))
    book_it(shop, "ap4", wish(TEN + timedelta(minutes=10), of="bea"), overlapping=True)
    assert len(the_day()) == 3


def test_a_cancelled_appointment_leaves_its_time_free():
    shop = Shop(guest("bea"), CUT)
    book_it(shop, "ap1", wish())
    step(shop, "ap1", "cancelled")
    book_it(shop, "ap2", wish(of="bea"))
    assert [one.status for one in the_day()] == ["cancelled", "booked"]


def step(shop: Shop, ref: str, status: str) -> None:
    with the_company() as company:
        found = book.booking(ref)
        document = booking.next_step(found, status, exponent=company.exponent)
    put(shop, document)


def test_steps_follow_each_other_and_there_is_a_way_back():
    shop = Shop(CUT)
    book_it(shop, "ap1", wish())
    for status in ("confirmed", "checked_in", "completed", "checked_in", "booked"):
        step(shop, "ap1", status)
    with pytest.raises(Refused) as refused:
        step(shop, "ap1", "completed")
    expected = "An appointment that is booked cannot become completed."
    assert refused.value.message == expected


def test_a_move_keeps_what_is_not_said():
    shop = Shop(CUT)
    book_it(shop, "ap1", wish(note="Bring pictures"))
    before = the_day()[0]
    moved_to = TEN + timedelta(days=1)
    with the_company() as company:
        document = booking.changed_appointment(
            "ap1", exponent=company.exponent, starts_at=moved_to.isoformat(), staff="leo"
        )
    put(shop, document)

    assert the_day() == []
    [after] = the_day(date(2026, 11, 10))
    assert (after.staff, after.note, after.booked_at) == ("leo", before.note, before.booked_at)
    assert after.version != before.version
