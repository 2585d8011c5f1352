"""What a desk does to an invoice, through the door of all records."""

from functools import partial

import pytest

from regulars.records import models
from regulars.records.queries import book
from regulars.rules.permissions import Role
from regulars.rules.refusals import Refused
from regulars.rules.till import LineChange, MoneyBack, tip
from regulars.services.catalog import offer_item
from regulars.services.desk import tills
from regulars.services.desk.opening import Chosen
from tests.services.desk.salon import Salon, check_books, line_of
from tests.services.short_histories import command

pytestmark = pytest.mark.usefixtures("each_database")

SPRING = command("issue_reward/SPRG", "2026-03-01", guest="ann", amount="25.00")
APRIL = command(
    "issue_reward/APRL", "2026-03-01", guest="ann", amount="10.00", expires_on="2026-04-30"
)


def refusal(act) -> Refused:
    with pytest.raises(Refused) as told:
        act()
    return told.value


# -- opening ----------------------------------------------------------------------------------


def test_an_invoice_begins_with_its_first_line_and_the_next_number():
    salon = Salon()
    with salon.open():
        first, second = salon.start(), salon.start(of="bea")
        assert (first, second) == ("soho-0001", "soho-0002")
        there = tills.look(first)
        [line] = there.facts.lines
        assert (line.id, line.kind, line.item) == ("l1", "service", "facial")
        assert (line.price_cents, line.tax_cents, there.bill.due_cents) == (12_000, 600, 12_600)
        assert (there.guest.name, there.guest.tier, there.guest.points) == (
            "Ann Lee",
            "silver",
            140,
        )
        assert there.item_names == {"facial": "Facial"}
        check_books()


def test_a_number_that_another_program_took_is_passed_over():
    taken = {"type": "invoice", "id": "soho-0001", "guest": "bea", "center": "soho"}
    taken |= {"opened_at": "2026-02-21T12:00", "status": "open", "at": "2026-02-21T12:00"}
    salon = Salon(taken)
    with salon.open():
        assert salon.start() == "soho-0002"
        assert salon.start() == "soho-0003"


def test_what_has_no_price_in_the_catalog_needs_one():
    salon = Salon()
    with salon.open():
        told = refusal(lambda: line_of(Chosen("card")))
        assert told.message == "Gift card has no price of its own: say one."
        assert line_of(Chosen("card", price_cents=5_000, quantity=2)).price_cents == 10_000


def test_an_item_is_taxed_as_it_was_last():
    salon = Salon()
    with salon.open():
        assert line_of(Chosen("facial")).tax_cents == 0
        salon.start(line_of(Chosen("facial", tax_cents=600)))
        assert line_of(Chosen("facial", quantity=3)).tax_cents == 1_800
        assert line_of(Chosen("serum")).tax_cents == 0


def test_an_item_with_a_rate_is_taxed_by_it():
    salon = Salon()
    with salon.open():
        salon.start(line_of(Chosen("serum", tax_cents=100)))
        till = salon.till(Role.MANAGER)
        terms = {"minutes": None, "is_retired": False, "at": till.now, "by": till.sender.actor}
        company = till.company
        assert offer_item(company, "serum", tax_rate=8_875, **terms)
        assert not offer_item(company, "serum", tax_rate=8_875, **terms)
        assert line_of(Chosen("serum", quantity=3)).tax_cents == 1_065
        told = refusal(lambda: offer_item(company, "serum", tax_rate=100_001, **terms))
        assert told.message == "A tax is from 0 to 100 percent."


def test_an_appointment_has_one_invoice_and_is_the_guests_own():
    booked = {"type": "appointment", "guest": "ann", "center": "soho", "channel": "webstore"}
    booked |= {"booked_at": "2026-02-20T12:30", "starts_at": "2026-03-02T11:00"}
    salon = Salon(booked | {"id": "a1", "status": "completed", "at": "2026-03-02T11:59"})
    with salon.open():
        told = refusal(lambda: salon.start(of="bea", appointment="a1"))
        assert told.message == "Appointment a1 is another guest's."
        ref = salon.start(line_of(Chosen("facial", appointment="a1")), appointment="a1")
        told = refusal(lambda: salon.start(appointment="a1"))
        assert told.message == f"Appointment a1 has an invoice already: {ref}."
        salon.do(tills.void, ref)
        assert salon.start(appointment="a1") == "soho-0002"


# -- lines, money, state ----------------------------------------------------------------------


def test_from_the_first_line_to_the_close():
    salon = Salon()
    with salon.open():
        ref = salon.start()
        salon.do(tills.add_line, ref, line_of(Chosen("serum", staff="mia")))
        salon.do(tills.add_line, ref, tip(1_000, staff="mia"))
        salon.do(tills.change_line, ref, "l1", LineChange(discount_cents=2_000))
        there = salon.do(tills.change_line, ref, "l2", LineChange(quantity=2))
        assert [
            (one.kind, one.quantity, one.price_cents, one.tax_cents, one.staff)
            for one in there.facts.lines
        ] == [
            ("service", 1, 12_000, 500, None),
            ("product", 2, 8_000, 0, "mia"),
            ("tip", 1, 1_000, 0, "mia"),
        ]
        assert there.bill.due_cents == 19_500
        salon.do(tills.pay, ref, "cash", 9_500)
        told = refusal(lambda: salon.do(tills.close, ref))
        assert told.message == (
            "100.00 is still due: take the payment, or say that it stays unpaid."
        )
        there = salon.do(tills.pay, ref, "card", 10_000)
        assert there.bill.due_cents == 0
        there = salon.do(tills.close, ref)
        assert (there.facts.status, there.facts.closed_on.isoformat()) == (
            "closed",
            "2026-03-02",
        )
        check_books()


def test_closed_reopened_refunded_void():
    salon = Salon()
    with salon.open():
        ref = salon.start()
        salon.do(tills.pay, ref, "card", 12_600)
        salon.do(tills.close, ref)
        there = salon.do(tills.refund, ref, MoneyBack(2_600, line="l1"))
        assert [(one.payment, one.line, one.amount_cents) for one in there.facts.refunds] == [
            ("p1", "l1", 2_600)
        ]
        there = salon.do(tills.reopen, ref)
        assert (there.facts.status, there.facts.closed_at) == ("open", None)
        there = salon.do(tills.void, ref)
        assert (there.facts.status, there.bill.due_cents) == ("void", 0)
        check_books()


def test_closing_it_ends_the_visit_of_whoever_is_here():
    here = {
        "type": "appointment",
        "id": "ap1",
        "guest": "ann",
        "center": "soho",
        "booked_at": "2026-02-20T10:00",
        "channel": "desk",
        "starts_at": "2026-02-21T11:00",
        "status": "checked_in",
        "at": "2026-02-21T11:00",
    }
    salon = Salon(here)
    with salon.open():
        ref = salon.start(appointment="ap1")
        assert book.booking("ap1").status == "checked_in"
        salon.do(tills.pay, ref, "card", 12_600)
        salon.do(tills.close, ref)
        assert book.booking("ap1").status == "completed"
        check_books()


# -- two tills --------------------------------------------------------------------------------


def test_the_second_till_is_asked_and_overwrites_nothing():
    salon = Salon()
    with salon.open():
        ref = salon.start()
        seen = salon.shown(ref)
        salon.do(tills.add_line, ref, line_of(Chosen("serum")))
        told = refusal(lambda: tills.pay(salon.till(), seen, "card", 12_600))
        assert (told.code, told.field) == ("conflict", "version")
        assert "changed at another till" in told.message
        there = tills.look(ref)
        assert (len(there.facts.lines), there.facts.payments) == (2, ())
        assert told.detail == {"version": there.version}


def test_a_double_click_pays_and_redeems_once():
    salon = Salon(SPRING)
    with salon.open():
        ref = salon.start()
        for act in (
            lambda till, seen: tills.pay(till, seen, "card", 1_000),
            lambda till, seen: tills.redeem_points(till, seen, 50),
            lambda till, seen: tills.tick_rewards(till, seen, ["SPRG"]),
        ):
            again = partial(act, salon.till(), salon.shown(ref))
            again()
            assert refusal(again).code == "conflict"
        there = tills.look(ref)
        assert there.bill.due_cents == 12_600 - 1_000 - 500 - 2_500
        check_books()


def test_a_version_never_comes_again():
    salon = Salon()
    with salon.open():
        ref = salon.start()
        seen = [salon.shown(ref).version]
        for _ in range(2):
            there = salon.do(tills.redeem_points, ref, 20)
            seen.append(there.version)
            seen.append(salon.do(tills.undo_points, ref, there.points[0].id).version)
        seen.append(salon.do(tills.add_line, ref, tip(100, staff=None)).version)
        seen.append(salon.do(tills.remove_line, ref, "l2").version)
        assert len(set(seen)) == 7
        check_books()


# -- points and rewards -----------------------------------------------------------------------


def test_rewards_that_are_ticked_go_together_or_not_at_all():
    salon = Salon(SPRING, APRIL)
    with salon.open():
        ref = salon.start()
        assert [one.reward for one in tills.look(ref).rewards] == ["APRL", "SPRG"]
        told = refusal(lambda: salon.do(tills.tick_rewards, ref, ["SPRG", "GONE"]))
        assert (told.code, told.message) == (
            "unknown_reference",
            "No reward is known by the id 'GONE'.",
        )
        assert tills.look(ref).applied_rewards == ()
        there = salon.do(tills.tick_rewards, ref, ["APRL", "SPRG"])
        assert [(one.reward, one.cents) for one in there.applied_rewards] == [
            ("APRL", 1_000),
            ("SPRG", 2_500),
        ]
        assert (there.bill.rewards_cents, there.bill.due_cents) == (3_500, 9_100)
        there = salon.do(tills.tick_rewards, ref, ["SPRG"])
        assert (there.bill.rewards_cents, [one.reward for one in there.rewards]) == (
            2_500,
            ["APRL"],
        )
        check_books()


def test_points_with_the_sentence_that_says_what_would_be_accepted():
    redemption = {"minimum_points": 50, "increment": 10}
    salon = Salon(redemption=redemption)
    with salon.open():
        ref = salon.start()
        told = refusal(lambda: salon.do(tills.redeem_points, ref, 55))
        assert told.message == "Points are redeemed in steps of 10; 55 is none."
        assert told.detail == {"minimum": 50, "increment": 10, "available": 140}
        there = salon.do(tills.redeem_points, ref, 140)
        assert [(one.points, one.cents) for one in there.points] == [(140, 1_400)]
        assert (there.guest.points, there.bill.points_cents) == (0, 1_400)
        there = salon.do(tills.undo_points, ref, there.points[0].id)
        assert (there.points, there.guest.points) == ((), 140)
        check_books()


def test_what_a_till_may_not_do_is_refused():
    salon = Salon()
    with salon.open():
        ref = salon.start()
        seen = salon.shown(ref)
        told = refusal(lambda: tills.void(salon.till(Role.ACCOUNTANT), seen))
        assert told.code == "not_permitted"
        told = refusal(lambda: tills.void(salon.till(center="noho"), seen))
        assert told.code == "not_permitted"
        assert tills.look(ref).facts.status == "open"


def test_the_desks_records_are_in_the_journal_like_any_others():
    salon = Salon()
    with salon.open():
        ref = salon.start(line_of(Chosen("facial", staff="mia")))
        salon.do(tills.redeem_points, ref, 20)
        rows = models.Record.objects.order_by("id").values_list("kind", "said_by", "body")
        [opened, redeemed] = list(rows)[-2:]
        assert [opened[:2], redeemed[:2]] == [("invoice", "Mia"), ("redeem_points", "Mia")]
        assert '"staff":"mia"' in opened[2]
        check_books()
