"""What the desk says of a visit: what it earns and why not, what may be used, the desk line."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.records.queries import desk_invoices
from regulars.records.queries.desk_invoices import Wanted
from regulars.rules.permissions import Role
from regulars.rules.till import LineChange, tip
from regulars.services.desk import checkout, tills
from regulars.services.desk.opening import Chosen
from tests.services.desk.salon import NOON, English, Salon, line_of
from tests.services.short_histories import command, guest, invoice

pytestmark = pytest.mark.usefixtures("each_database")

APRIL = command(
    "issue_reward/APRL", "2026-03-01", guest="ann", amount="10.00", expires_on="2026-03-20"
)


def earned(visit: checkout.Visit) -> list[tuple[str, int, str]]:
    return [(one.action, one.points, one.why) for one in visit.earns]


def test_what_a_visit_earns_with_a_reason_for_each_zero():
    salon = Salon()
    with salon.open():
        visit = salon.visit(salon.start())
        assert earned(visit) == [
            (
                "amount_spent",
                25,
                "25 points for amount spent: 126.00 on invoice soho-0001 at 20 per 100.00"
                " (Silver).",
            ),
            ("rebook", 0, "No appointment is on this invoice."),
            ("online_booking", 0, "No appointment is on this invoice."),
        ]
        assert [one.sentence for one in visit.reasons] == [
            "Book Ann's next visit today: it brings 25 points.",
            "$674.00 more and Ann is Gold.",
        ]


def test_what_is_in_the_books_is_told_and_no_zero():
    salon = Salon()
    with salon.open():
        salon.start(of="bea")  # whatever is written closes the days before
        visit = salon.visit("i1")
        assert visit.awarded == (("amount_spent", 40),)
        assert [one[:2] for one in earned(visit)] == [("rebook", 0), ("online_booking", 0)]


def test_booked_online_and_not_attended_yet():
    booked = {"type": "appointment", "id": "a1", "guest": "ann", "center": "soho"}
    booked |= {"channel": "webstore", "starts_at": "2026-03-02T11:00", "status": "checked_in"}
    salon = Salon(booked | {"booked_at": "2026-02-25T12:30", "at": "2026-03-02T10:59"})
    with salon.open():
        line = line_of(Chosen("facial", appointment="a1"))
        visit = salon.visit(salon.start(line, appointment="a1"))
        assert earned(visit)[1:] == [
            ("rebook", 0, "The appointment is checked in, not completed."),
            ("online_booking", 0, "The appointment is checked in, not completed."),
        ]


def test_a_guest_in_no_tier_and_one_who_is_lifted():
    salon = Salon()
    with salon.open():
        small = salon.start(line_of(Chosen("serum")), of="bea")
        assert earned(salon.visit(small)) == [
            (
                "amount_spent",
                0,
                "The guest is in no tier yet: 100.00 more makes it Silver.",
            )
        ]
        salon.do(tills.void, small)
        large = salon.visit(salon.start(of="bea"))
        assert [one[:2] for one in earned(large)] == [
            ("amount_spent", 25),
            ("welcome_bonus", 100),
        ]
        assert large.reasons[0].sentence == "This visit makes Bea Silver."
        assert large.obstacles == ("The guest is in no tier, so points cannot be redeemed.",)


def test_a_tip_alone_earns_nothing_and_takes_no_points():
    salon = Salon()
    with salon.open():
        visit = salon.visit(salon.start(tip(2_000, staff=None)))
        assert earned(visit)[0] == ("amount_spent", 0, "Tips and prepaid cards earn nothing.")
        assert visit.redeemable.maximum == 0
        assert visit.obstacles == ("Invoice soho-0001 has no line that points may pay for.",)


def test_paid_with_points_and_rewards():
    salon = Salon(APRIL)
    with salon.open():
        ref = salon.start(line_of(Chosen("serum")))
        salon.do(tills.change_line, ref, "l1", LineChange(discount_cents=3_000))
        salon.do(tills.tick_rewards, ref, ["APRL"])
        assert earned(salon.visit(ref))[0] == (
            "amount_spent",
            0,
            "It is paid with points, rewards or credit, which earn nothing.",
        )


def test_the_red_light_and_the_numbers_that_would_be_accepted():
    salon = Salon(APRIL, redemption={"minimum_points": 50, "increment": 10})
    with salon.open():
        ref = salon.start()
        visit = salon.visit(ref)
        assert visit.is_light_on
        assert visit.rewards == {"APRL"}
        assert (visit.redeemable.minimum, visit.redeemable.maximum) == (50, 140)
        assert (visit.redeemable.increment, visit.redeemable.value_cents) == (10, 1_400)
        assert visit.reasons[0].sentence == (
            "Ann has a reward of $10.00 that is good through 2026-03-20: use it today."
        )
        salon.do(tills.tick_rewards, ref, ["APRL"])
        salon.do(tills.redeem_points, ref, 100)
        visit = salon.visit(ref)
        assert (visit.is_light_on, visit.rewards, visit.redeemable.maximum) == (False, set(), 0)
        assert visit.obstacles == ("At least 50 points are needed, 40 are available.",)


def test_points_about_to_end_are_told_first():
    salon = Salon()
    with salon.open():
        ref = salon.start()
        late = tills.Till(salon.till().company, salon.till().sender, NOON + timedelta(days=340))
        seen = checkout.visit(late, tills.look(ref), write=English())
        assert seen.reasons[0].sentence == (
            "140 points of Ann's, worth $14.00, are good through 2027-02-20: use them today."
        )


def test_who_may_not_post_it_sees_no_quote():
    salon = Salon()
    with salon.open():
        ref = salon.start()
        till = salon.till(Role.ACCOUNTANT)
        assert checkout.visit(till, tills.look(ref), write=English()) is None


# -- the list, and what looking costs ---------------------------------------------------------


def test_the_list_is_narrowed_and_goes_on_where_it_ended():
    salon = Salon(guest("ben", name="Ben Lee"))
    with salon.open():
        refs = [salon.start(), salon.start(of="bea"), salon.start(of="ben")]
        salon.do(tills.void, refs[1])

        def numbers(**wanted) -> list[str]:
            found = desk_invoices.invoice_lines(Wanted(**wanted), limit=10)
            return [one.number for one in found]

        assert numbers() == [*reversed(refs), "i1"]
        assert numbers(status="open") == [refs[2], refs[0]]
        assert numbers(guest="ann") == [refs[0], "i1"]
        assert numbers(number="SOHO-") == [*reversed(refs)]
        assert numbers(number="SOHO_") == []
        assert numbers(number="i", guests=("ben",)) == [refs[2], "i1"]
        assert numbers(center="noho") == []
        assert numbers(until=NOON.date() - timedelta(days=1)) == ["i1"]
        [first] = desk_invoices.invoice_lines(Wanted(), limit=1)
        assert numbers(after=(first.opened_at, first.key)) == [refs[1], refs[0], "i1"]
        assert (first.guest_name, first.total_cents, first.due_cents) == (
            "Ben Lee",
            12_600,
            12_600,
        )


def statements(act) -> int:
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen.captured_queries)


def test_looking_costs_as_many_statements_for_one_as_for_fifty():
    salon = Salon(
        invoice("first", "bea", "200.00", "2026-02-20"),
        command("issue_reward/R", "2026-03-01", guest="bea", amount="1.00"),
        *(invoice(f"m{n}", "ann", "1.00", "2026-02-22") for n in range(50)),
        *(
            command(f"issue_reward/R{n}", "2026-03-01", guest="ann", amount="1.00")
            for n in range(50)
        ),
    )
    with salon.open():
        few = salon.start(of="bea")
        many = salon.start(*(line_of(Chosen("serum", price_cents=100)) for _ in range(50)))

        def look(ref: str) -> int:
            return statements(lambda: tills.look(ref))

        def visit(ref: str) -> int:
            return statements(lambda: salon.visit(ref))

        def page(limit: int) -> int:
            return statements(lambda: desk_invoices.invoice_lines(Wanted(), limit=limit))

        assert look(few) == look(many) == 5
        assert visit(few) == visit(many)
        assert page(1) == page(50) == 2
