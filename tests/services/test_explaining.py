"""Why this tier, this balance, these points or none: the sentences the desk is told."""

import pytest

from regulars.records import codec, models
from regulars.rules.explaining import explain
from regulars.rules.refusals import Refused
from regulars.services.explaining_guests import Section, explain_guest
from tests.services.books import SCENARIOS, run, the_company

ALL = sorted(path.stem for path in SCENARIOS.glob("*.yaml"))


def told(name: str, guest: str, invoice: str | None = None) -> dict[str, tuple[str, ...]]:
    """What is explained at the end of a scenario, by heading."""
    last = run(name)
    with the_company() as company:
        sections = explain_guest(company, guest, invoice_ref=invoice, on=last)
    return {section.title: section.lines for section in sections}


@pytest.mark.parametrize("name", ALL)
def test_everything_in_every_scenario_can_be_explained(sqlite_database, name):
    last = run(name)
    with the_company() as company:
        sections: list[Section] = []
        for guest in models.Guest.objects.all():
            sections += explain_guest(company, guest.external_id, on=last)
        for invoice in models.Invoice.objects.select_related("guest"):
            owner = invoice.guest.external_id
            ref = invoice.external_id
            sections += explain_guest(company, owner, invoice_ref=ref, on=last)
        whys = set(models.LedgerEntry.objects.values_list("why", flat=True))
    lines = [line for section in sections for line in section.lines]

    assert lines
    assert not [line for line in lines if "None" in line or "Fraction" in line]
    for why in whys:
        explanation = explain(codec.value_of(why), 2)
        assert explanation.rule != "1.5", why  # nobody has written a sentence for it
        assert explanation.desk.endswith(".")
        assert explanation.guest.endswith(".")


# -- the tier ---------------------------------------------------------------------------------


def test_why_the_guest_is_in_this_tier_and_how_to_stay(sqlite_database):
    lines = told("amount_to_stay_and_by_when", "ann")["Ann Vance (ann)"]

    assert lines[0].startswith("In Gold since ")
    assert "upgraded by the close of that day" in lines[1]
    assert lines[1].endswith("reached 2000.00 (rule 4.9).")
    assert any("more must be spent by" in line or "are there" in line for line in lines)
    assert lines[-1].startswith("Next is Platinum, from 3000.00 on: ")


def test_what_the_check_decided_and_on_what(sqlite_database):
    moves = told("downgrade_to_matching_tier", "ann")["Tier moves"]

    assert moves[-1] == (
        "2026-07-31: Gold to no tier, by the check of that day: spend of 900.00 since"
        " 2025-07-31 was below 1600.00; no lower tier that one may fall to has its minimum"
        " met (rule 4.11)."
    )


def test_a_move_tells_the_spend_it_was_made_on_though_refunds_lowered_it(each_database):
    run("refund_after_tier_change")
    with the_company() as company:
        moves = models.TierMove.objects.filter(cause="close").select_related("guest")
        lowered = [
            line
            for move in moves
            for section in explain_guest(
                company, move.guest.external_id, on=company.closed_through
            )
            for line in section.lines
            if "as known today" in line
        ]

    assert lowered


def test_why_the_guest_is_in_no_tier(sqlite_database):
    lines = told("cancel_enrollment_opts_out", "ann")["Ann Vance (ann)"]

    assert lines[0] == "In no tier: opted out of the program, so never enrolled (rule 4.8)."


def test_a_merged_guest_is_with_the_survivor(sqlite_database):
    [(_, [line])] = told("merge_guests", "anna").items()

    assert line.startswith("Anna Lee was merged into Ann Vance (ann)")


# -- the balance ------------------------------------------------------------------------------


def test_the_balance_is_added_up_entry_by_entry(sqlite_database):
    sections = told("rounding_three_payments", "ann")
    entries = sections["Points, entry by entry"]
    balances = [line.split(" = ")[1].split(":")[0] for line in entries]

    assert entries[0].startswith("2026-")
    assert sections[f"What the balance is made of: {balances[-1]} points"]


# -- an invoice -------------------------------------------------------------------------------


def test_why_a_rebooking_and_an_online_booking_paid(each_database):
    actions = told("rebook_and_online_booking", "ann", "cann")["What its actions earn"]

    assert actions == (
        "Rebooking, appointment wann: 25 points on 2026-04-06, as Silver.",
        "Online booking, appointment wann: 15 points on 2026-04-06, as Silver.",
    )


def test_why_a_rebooking_did_not_pay(sqlite_database):
    rebooking, online = told("rebook_and_online_booking", "bea", "cbea")[
        "What its actions earn"
    ]

    assert "nothing, since no other visit of 2026-03-03, the day it was booked" in rebooking
    assert online == "Online booking, appointment wbea: 15 points on 2026-04-06, as Silver."


def test_why_a_discounted_line_earned_nothing(sqlite_database):
    earned = told("discounted_items_off", "ann", "i1")["What its payments earn"]

    assert earned[-1] == (
        "Line l1 (80.00) is left out: discounted lines earn nothing in this program (rule 5.7)."
    )


def test_why_a_payment_by_gift_card_earned_nothing(sqlite_database):
    earned = told("gift_card_payment_is_not_spend", "ann", "i2")["What its payments earn"]

    assert earned[0] == (
        "Payment p1, 40.00 by gift_card on 2026-03-02: nothing: this tender is no spend;"
        " card, cash, check, custom are (rule 4.1)."
    )


def test_what_is_paid_with_points_earns_nothing(sqlite_database):
    sections = told("part_paid_by_points_earns_nothing", "ann", "i2")

    assert sections["Invoice i2"][1] == (
        "30.00 is paid with points: that earns nothing and is no spend (rule 7.5)."
    )


def test_why_nothing_was_earned_before_the_guest_had_a_tier(sqlite_database):
    earned = told("enroll_earlier_spend_counts", "ann", "i1")["What its payments earn"]

    assert "was in no tier on" in earned[0]
    assert earned[0].endswith("and only guests in a tier earn (rule 5.4).")


def test_why_nothing_was_earned_before_the_first_program(sqlite_database):
    run("extra/01_06_nothing_before_the_first_version")
    with the_company() as company:
        first = company.versions.programs[0].effective_from
        early = [
            invoice
            for invoice in models.Invoice.objects.select_related("guest")
            if invoice.opened_on < first
        ]
        assert early
        for invoice in early:
            ref, owner = invoice.external_id, invoice.guest.external_id
            sections = explain_guest(company, owner, invoice_ref=ref, on=company.closed_through)
            earned = next(one for one in sections if one.title == "What its payments earn")
            assert "points never arise before the first program version" in earned.lines[0]


def test_what_a_refund_took_back_and_why_so_much(sqlite_database):
    last = run("refund_after_tier_change")
    with the_company() as company:
        lines = [
            line
            for invoice in models.Invoice.objects.select_related("guest")
            for section in explain_guest(
                company, invoice.guest.external_id, invoice_ref=invoice.external_id, on=last
            )
            if section.title == "Its refunds"
            for line in section.lines
        ]

    assert any("as when it was earned" in line for line in lines)
    assert any("its share of the invoice's points is taken" in line for line in lines)


def test_a_late_payment_belongs_to_its_own_day(sqlite_database):
    last = run("business_dates_late_facts_and_same_day_void")
    with the_company() as company:
        lines = [
            line
            for invoice in models.Invoice.objects.select_related("guest")
            for section in explain_guest(
                company, invoice.guest.external_id, invoice_ref=invoice.external_id, on=last
            )
            for line in section.lines
        ]

    assert any("became known after the close of" in line for line in lines)


def test_what_a_referral_gave_to_whom(sqlite_database):
    run("referral_actions")
    with the_company() as company:
        lines = [
            line
            for invoice in models.Invoice.objects.filter(guest__referrer__isnull=False)
            for section in explain_guest(
                company,
                models.Guest.objects.get(id=invoice.guest_id).external_id,
                invoice_ref=invoice.external_id,
                on=company.closed_through,
            )
            if section.title == "What its actions earn"
            for line in section.lines
        ]

    assert any(
        line.startswith("Referral visit, for ") and "points on" in line for line in lines
    )


def test_an_invoice_of_somebody_else_is_refused(sqlite_database):
    last = run("rebook_and_online_booking")
    with (
        the_company() as company,
        pytest.raises(Refused, match="Invoice cann is ann's") as caught,
    ):
        explain_guest(company, "bea", invoice_ref="cann", on=last)

    assert caught.value.code == "invalid_record"


@pytest.mark.parametrize(("guest", "invoice"), [("nobody", None), ("ann", "nothing")])
def test_who_is_unknown_is_refused(sqlite_database, guest, invoice):
    last = run("enroll_first_visit")
    with the_company() as company, pytest.raises(Refused) as caught:
        explain_guest(company, guest, invoice_ref=invoice, on=last)

    assert caught.value.code == "unknown_reference"
