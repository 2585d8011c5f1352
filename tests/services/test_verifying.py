"""Whatever is changed, removed or added behind the program's back is found and named."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from regulars.records import codec, models
from regulars.records.ids import uuid7
from regulars.services import stream
from regulars.services.verifying import verify
from regulars.services.verifying_report import Difference, Report
from tests.services.books import SCENARIOS, run, the_company

ALL = sorted(path.stem for path in SCENARIOS.glob("*.yaml"))


def proof(*, deep: bool = False) -> Report:
    with the_company() as company:
        return verify(company, deep=deep)


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def tampered(act: Callable[[], None]) -> Difference:
    """What is found first once somebody was at the tables."""
    assert proof().is_clean
    act()
    first = proof().first
    assert first is not None
    return first


def change(model: type, values: dict[str, object], **where: object) -> Callable[[], None]:
    """Write to the table as no service would."""

    def act() -> None:
        with the_company():
            n_rows = model.objects.filter(**where).update(**values)
            assert n_rows

    return act


def remove(model: type, **where: object) -> Callable[[], None]:
    def act() -> None:
        with the_company():
            n_rows, _ = model.objects.filter(**where).delete()
            assert n_rows

    return act


# -- clean ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_every_scenario_leaves_books_that_are_right(sqlite_database, name):
    run(name)

    assert proof().differences == []


@pytest.mark.parametrize(
    "name", ["refund_after_tier_change", "merge_guests", "hold_and_capture"]
)
def test_the_chain_is_the_same_on_postgresql(postgresql_database, name):
    run(name)
    report = proof()

    assert report.differences == []
    assert report.n_entries > 0


@pytest.mark.parametrize(
    "name", ["commands_taken_back", "feedback_and_sharing", "rewards_remainder"]
)
def test_the_export_replayed_comes_to_the_same(each_database, name):
    run(name)
    report = proof(deep=True)

    assert report.differences == []
    assert report.n_replayed
    assert proof().n_records == report.n_records  # and the process has its own database again


def test_what_was_posted_at_once_may_come_in_other_steps(sqlite_database, monkeypatch):
    """Live each fact comes by itself; the replay settles those of a batch together (5.3)."""
    with monkeypatch.context() as live:
        live.setattr(stream, "BATCH", 1)
        run("extra/05_03_immediate_and_corrected_the_same_day")

    assert proof(deep=True).differences == []


def test_a_state_that_a_replay_does_not_come_to_is_found(sqlite_database):
    run("expiry_last_day_is_good")
    sql("UPDATE records_record SET body = REPLACE(body, '\"card\"', '\"gift_card\"')")
    differences = [one for one in proof(deep=True).differences if "replayed" in one.what]

    assert differences[0].place.startswith("guest/")


# -- the ledger -------------------------------------------------------------------------------


def test_points_changed_in_an_entry(each_database):
    run("refund_in_the_same_tier")
    first = tampered(change(models.LedgerEntry, {"points": 1_000}, number=2))

    assert (first.guest, first.entry) == ("ann", 2)
    assert "hash" in first.what


def test_a_reason_changed_in_an_entry(each_database):
    run("refund_in_the_same_tier")
    first = tampered(change(models.LedgerEntry, {"why": "{}"}, number=3))

    assert (first.guest, first.entry) == ("ann", 3)


def test_the_last_entry_removed(each_database):
    run("refund_in_the_same_tier")
    first = tampered(remove(models.LedgerEntry, number=5))

    assert (first.guest, first.entry, first.expected) == ("ann", 5, "there")


def test_an_entry_in_the_middle_removed(sqlite_database):
    run("refund_in_the_same_tier")
    first = tampered(remove(models.LedgerEntry, number=2))

    assert (first.guest, first.entry, first.expected) == ("ann", 2, "there")


def test_an_entry_inserted(each_database):
    run("refund_in_the_same_tier")

    def insert() -> None:
        with the_company():
            last = models.LedgerEntry.objects.order_by("number").last()
            last.pk, last.number, last.key = models.LedgerEntry().pk, 6, "a gift"
            last.save(force_insert=True)

    first = tampered(insert)

    assert (first.guest, first.entry) == ("ann", 6)


def test_a_number_twice_in_different_quarters(each_database):
    run("refund_in_the_same_tier")

    def insert() -> None:
        with the_company():
            one = models.LedgerEntry.objects.get(number=3)
            one.pk, one.key = models.LedgerEntry().pk, "a gift"
            one.entered_on = date(2027, 1, 1)
            one.save(force_insert=True)

    first = tampered(insert)

    assert (first.guest, first.entry) == ("ann", 4)


def test_an_entry_inserted_and_counted(sqlite_database):
    """The links are public knowledge: an entry with a right one still adds to nothing else."""
    run("refund_in_the_same_tier")

    def insert() -> None:
        with the_company():
            last = models.LedgerEntry.objects.order_by("number").last()
            last.pk, last.number, last.key = models.LedgerEntry().pk, 6, "a gift"
            last.save(force_insert=True)
            models.Account.objects.update(entry_count=6, head=last.hash)

    assert tampered(insert).entry == 6


def test_a_lot_with_more_left(each_database):
    run("redeem_soonest_expiry_first")
    with the_company():
        spent = models.Lot.objects.filter(remaining_points=0).first()
    first = tampered(change(models.Lot, {"remaining_points": 1}, number=spent.number))

    assert first.guest == "ann"


def test_a_lot_that_lasts_longer(each_database):
    run("redeem_soonest_expiry_first")
    first = tampered(change(models.Lot, {"expires_on": "2030-01-01"}, number=1))

    assert (first.guest, first.entry) == ("ann", 1)


def test_a_lot_that_was_extended_lasts_longer_still(sqlite_database):
    run("points_by_hand")
    with the_company():
        entries = models.LedgerEntry.objects.filter(why__contains='"extended"')
        why = codec.value_of(entries.get().why)
    lot = why["lots"][0]
    first = tampered(change(models.Lot, {"expires_on": "2039-01-01"}, number=lot))

    assert (first.expected, first.found) == (why["to"], "2039-01-01")


def test_a_draw_changed(sqlite_database):
    run("redeem_soonest_expiry_first")
    with the_company():
        draw = models.Draw.objects.order_by("id").last()
    first = tampered(change(models.Draw, {"points": draw.points - 1}, id=draw.id))

    assert first.entry == draw.entry_number


@pytest.mark.parametrize("moved", [{"entry_number": 99}, {"entered_on": "2001-01-01"}])
def test_a_draw_of_no_entry(sqlite_database, moved):
    run("redeem_soonest_expiry_first")
    with the_company():
        draw = models.Draw.objects.order_by("id").last()
        values = {
            "guest_id": draw.guest_id,
            "entered_on": draw.entered_on,
            "entry_number": draw.entry_number,
            "lot_number": draw.lot_number,
            "points": draw.points,
            "kind": draw.kind,
        }

    def insert() -> None:
        with the_company():
            models.Draw.objects.create(**values | moved)

    first = tampered(insert)

    assert (first.entry, first.what) == (
        values["entry_number"] if "entered_on" in moved else 99,
        "the entry of a draw",
    )


def test_a_draw_removed(sqlite_database):
    run("redeem_soonest_expiry_first")
    with the_company():
        draw = models.Draw.objects.order_by("id").first()
    first = tampered(remove(models.Draw, id=draw.id))

    assert first.entry == draw.entry_number


def test_points_on_hold_that_no_hold_holds(sqlite_database):
    run("refund_in_the_same_tier")
    with the_company():
        lot = models.Lot.objects.filter(remaining_points__gt=0, held_points=0).first()
    first = tampered(change(models.Lot, {"held_points": 1}, number=lot.number))

    assert (first.place, first.what) == (f"lot {lot.number}", "what is on hold")


# -- the account ------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["points", "entry_count", "lot_count", "consumed_cents"])
def test_an_account_changed(sqlite_database, column):
    run("rewards_process_and_carry_over")
    with the_company():
        value = models.Account.objects.values_list(column, flat=True).first()
    first = tampered(change(models.Account, {column: value + 1}))

    assert first.guest is not None


def test_a_better_tier(each_database):
    run("downgrade_to_matching_tier")
    first = tampered(change(models.Account, {"tier": "platinum"}))

    assert "tier move" in first.place


def test_an_earlier_start_of_the_tier(sqlite_database):
    run("downgrade_to_matching_tier")
    first = tampered(change(models.Account, {"tier_since": "2020-01-01"}))

    assert "tier move" in first.place


def test_the_last_tier_move_removed(sqlite_database):
    run("downgrade_to_matching_tier")
    with the_company():
        last = models.TierMove.objects.order_by("number").last()
    first = tampered(remove(models.TierMove, id=last.id))

    assert first.what == "the standing it leads to"


# -- facts and memories -----------------------------------------------------------------------


def test_an_occasion_made_to_happen_again(each_database):
    run("rebook_and_online_booking")
    with the_company():
        occasion = models.Occasion.objects.filter(action="rebook", state="paid").first()
    where = {"id": occasion.id}
    first = tampered(change(models.Occasion, {"state": "taken_back"}, **where))

    assert occasion.name in first.place


def test_an_occasion_removed(sqlite_database):
    run("rebook_and_online_booking")
    with the_company():
        occasion = models.Occasion.objects.filter(action="rebook", state="paid").first()
    first = tampered(remove(models.Occasion, id=occasion.id))

    assert occasion.name in first.place


def test_spend_changed(each_database):
    run("downgrade_to_matching_tier")
    with the_company():
        row = models.Spend.objects.order_by("id").first()
    first = tampered(change(models.Spend, {"spend_cents": row.spend_cents + 1}, id=row.id))

    assert first.what == f"the spend of {row.paid_on}"
    assert (first.expected, first.found) == (str(row.spend_cents), str(row.spend_cents + 1))


def test_spend_of_somebody_who_is_not_there(each_database):
    run("downgrade_to_matching_tier")
    with the_company():
        row = models.Spend.objects.order_by("id").first()
    first = tampered(change(models.Spend, {"guest_id": uuid7()}, id=row.id))

    assert first.what in (
        f"the spend of {row.paid_on}",
        f"the spend of {row.paid_on} of another guest",
    )


def test_spend_removed(sqlite_database):
    run("downgrade_to_matching_tier")
    with the_company():
        row = models.Spend.objects.order_by("id").first()
    first = tampered(remove(models.Spend, id=row.id))

    assert first.found == "nothing"


def test_qualifying_sales_changed(sqlite_database):
    run("rewards_process_and_carry_over")
    first = tampered(change(models.Invoice, {"qualifying_cents": 9_999_999}))

    assert first.what == "the qualifying sales"


def test_what_was_awarded_forgotten(sqlite_database):
    run("refund_in_the_same_tier")
    first = tampered(change(models.Invoice, {"memory": ""}, external_id="i1"))

    assert first.place == "invoice/i1"


def test_a_payment_changed_in_a_document(each_database):
    run("part_payment_on_open_invoice")
    with the_company():
        row = models.Invoice.objects.order_by("external_id").first()
        document = row.document.replace('"amount_cents":', '"amount_cents":1')
    first = tampered(change(models.Invoice, {"document": document}, id=row.id))

    assert first.place == f"invoice/{row.external_id}"


def test_a_birthday_changed(sqlite_database):
    run("birthday_and_anniversary")
    first = tampered(change(models.Guest, {"birthday": "1999-09-09"}, external_id="ann"))

    assert (first.place, first.found) == ("guest/ann", "1999-09-09")


def test_a_redemption_with_more_to_come_back(sqlite_database):
    run("redeem_post_tax")
    first = tampered(change(models.Redemption, {"points": 1_000_000}))

    assert first.what == "the points spent"


def test_a_reward_worth_more(sqlite_database):
    run("rewards_process_and_carry_over")
    with the_company():
        reward = models.Reward.objects.filter(state="issued").first()
    first = tampered(change(models.Reward, {"amount_cents": 1_000_000}, id=reward.id))

    assert first.place == f"reward {reward.external_id}"


def test_a_record_changed_in_the_journal(sqlite_database):
    run("enroll_first_visit")
    with the_company():
        row = models.Record.objects.filter(kind="organization").get()
        body = row.body.replace("Lumen", "Ruin")
    first = tampered(change(models.Record, {"body": body}, id=row.id))

    assert first.place == row.name


def test_a_command_that_nobody_gave(sqlite_database):
    run("points_by_hand")
    with the_company():
        row = models.Record.objects.filter(kind="add_points").first()
    first = tampered(remove(models.Record, id=row.id))

    assert (first.place, first.what) == (row.name, "its command")


def test_a_row_left_with_a_merged_guest(sqlite_database):
    run("merge_guests")

    def leave() -> None:
        with the_company():
            gone = models.Guest.objects.get(external_id="anna")
            models.Feedback.objects.create(
                guest=gone,
                named_guest_ref="anna",
                external_id="f1",
                first_on="2026-03-01",
                share_permission=False,
                document="{}",
                known_at="2026-03-01T12:00Z",
                known_on="2026-03-01",
                digest="",
            )

    assert tampered(leave).guest == "anna"


def test_a_difference_says_where_what_and_how():
    found = Difference("ann", 3, "lot 2", "what is left", "0", "5")

    assert str(found) == "Guest ann, entry 3, lot 2: what is left should be 0, found 5."
