"""What journeys to the appointment book need: people who give services, and days to come."""

from datetime import UTC, datetime, timedelta

from regulars.records.queries import book
from regulars.rules.permissions import EVERYTHING, Actor
from regulars.services import book_columns
from tests.journeys.salon import Salon

PROVIDERS = (("mei", "Mei Tanaka"), ("leo", "Leo Park"))
CUT = {"type": "item", "id": "cut", "kind": "service", "name": "Cut", "price": "60.00"}


def furnish(salon: Salon) -> None:
    """Two who give services, and what they give."""
    salon.tell([CUT | {"at": "2026-01-02"}])
    owner, now = Actor("shell", EVERYTHING), datetime.now(UTC)
    with salon.at_work() as company:
        for ref, name in PROVIDERS:
            book_columns.add_provider(company, "soho", name, at=now, by=owner, ref=ref)


def tomorrow(n: int = 1) -> str:
    return str((datetime.now(UTC) + timedelta(days=n)).date())


def booked(salon: Salon, guest_ref: str) -> list[book.Booking]:
    """What this guest has to come."""
    with salon.at_work() as company:
        day = datetime.now(UTC).date()
        last = day + timedelta(days=400)
        found = book.bookings(company.centers["soho"].id, first=day, last=last)
        return [one for one in found if one.guest == guest_ref]
