"""One guest or thousands need the same number of statements."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from regulars.records.queries import states
from regulars.records.queries.states import View
from regulars.records.scope import organization_scope
from regulars.services import closing, intake
from regulars.services.settling import Stamp
from tests.races.desk import Desk
from tests.services.short_histories import START, command, guest, invoice, program

DAY = date(2026, 2, 10)
MONTH_END = date(2027, 3, 31)

Fact = dict[str, Any]


def count(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen, transaction.atomic():
        act()
    return len(seen.captured_queries)


def visit(ref: str, **fields: Any) -> list[Fact]:
    """An appointment booked online, its invoice, and what the guest said of it."""
    at = f"{DAY}T12:00"
    line = {"id": "l1", "kind": "service", "price": "150.00", "appointment": f"a-{ref}"}
    appointment = {
        "type": "appointment",
        "id": f"a-{ref}",
        "guest": ref,
        "center": "soho",
        "booked_at": "2026-02-01T10:00",
        "channel": "webstore",
        "starts_at": at,
        "status": "completed",
        "at": at,
    }
    feedback = {
        "type": "feedback",
        "id": f"f-{ref}",
        "guest": ref,
        "appointment": f"a-{ref}",
        "at": f"{DAY}T13:00",
        "channel": "guest",
        "rating": 5,
        "share_permission": False,
    }
    paid = invoice(f"i-{ref}", ref, "150.00", at, lines=[line], **fields)
    return [appointment, paid, feedback]


class Counted:
    """How many statements each service needs for so many guests with the same history."""

    def __init__(self, n_guests: int) -> None:
        self.refs = [f"g{number}" for number in range(n_guests)]
        newcomers = [guest(f"new-{ref}", email=f"{ref}@example.com") for ref in self.refs]
        known = [guest(ref) for ref in self.refs]
        earlier = [invoice(f"e-{ref}", ref, "150.00", "2026-02-02T12:00") for ref in self.refs]
        spent = [invoice(f"s-{ref}", ref, "9.00", "2026-02-03T09:00") for ref in self.refs]
        for one in spent:
            one |= {"status": "open", "payments": []}
            del one["closed_at"]
        redeemed = [
            command(
                f"redeem_points/r-{ref}",
                "2026-02-03T10:00",
                guest=ref,
                invoice=f"s-{ref}",
                points=20,
            )
            for ref in self.refs
        ]
        history = [*START, program(), *known, *earlier, *spent, *redeemed]
        self.desk = Desk(*history, closed=str(DAY - timedelta(days=1)))
        with organization_scope(self.desk.company.id):
            self.all = {
                "apply": self.apply([*newcomers, *self._visits()]),
                "settle": self.settle(),
                "apply again": self.apply(self._undone()),
                "settle what is taken back": self.settle(),
                "states": self.states(),
                "tier check": self.check(),
            }

    def _visits(self) -> list[Fact]:
        return [one for ref in self.refs for one in visit(ref)]

    def _undone(self) -> list[Fact]:
        """The visit refunded in part, and the invoice that points were spent on made void."""
        at = f"{DAY}T15:00"
        refund = {"id": "r1", "payment": "p1", "amount": "50.00", "at": at}
        facts = []
        for ref in self.refs:
            facts.append(visit(ref, refunds=[refund])[1] | {"at": at})
            price = {"id": "l1", "kind": "service", "price": "9.00"}
            facts.append(
                {
                    "type": "invoice",
                    "id": f"s-{ref}",
                    "guest": ref,
                    "center": "soho",
                    "status": "void",
                    "opened_at": "2026-02-03T09:00",
                    "lines": [price],
                    "at": at,
                }
            )
        return facts

    def apply(self, facts: list[Fact]) -> int:
        records = [self.desk.read(one) for one in facts]
        taken: list[Any] = []
        n_statements = count(
            lambda: taken.append(intake.apply_facts(self.desk.company, records))
        )
        assert {one.status for one in taken[0].results} == {"applied"}, taken[0].results
        return n_statements

    def settle(self) -> int:
        stamp = Stamp(self.desk.company.day_ends_at(DAY), None, f"close/{DAY}")
        return count(
            lambda: closing.settle_chunk(self.desk.company, self._keys(), day=DAY, stamp=stamp)
        )

    def states(self) -> int:
        company = self.desk.company
        view = View(company.versions, company.exponent, DAY, company.day_ends_at(DAY))
        found: list[Any] = []
        n_statements = count(lambda: found.append(states.guest_states(self._keys(), view)))
        assert set(found[0]) >= set(self.refs)
        return n_statements

    def check(self) -> int:
        """A month end by which nobody has spent enough to stay."""
        stamp = Stamp(self.desk.company.day_ends_at(MONTH_END), None, f"close/{MONTH_END}")
        moved: list[int] = []
        n_statements = count(
            lambda: moved.append(
                closing.run_tier_check(self.desk.company, MONTH_END, stamp=stamp)
            )
        )
        assert moved == [len(self.refs)]
        return n_statements

    def _keys(self) -> list[Any]:
        return states.guest_ids()


def test_three_guests_need_as_many_statements_as_one(each_database):
    one = Counted(1)
    each_database.renew()
    three = Counted(3)
    assert three.all == one.all
    assert three.desk.points("g0") == three.desk.points("g2") > 0
