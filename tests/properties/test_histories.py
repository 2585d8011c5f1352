"""Whatever happens to guests, the books add up, and come out the same however it was told."""

from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.services import closing, exporting, settling_told, stream
from regulars.services.organizations import Company, find_organization, load_company
from regulars.services.settling import Stamp
from tests.properties.effort import examples
from tests.properties.programs import programs
from tests.properties.shelf import Fact, same, shelf
from tests.properties.telling import GUEST, MONEY, POINT, REWARD, cents, histories, money, start
from tests.scenarios import ways

__all__ = ["shelf"]

alone = histories((*MONEY, *MONEY, *GUEST, *POINT, *REWARD), refers=False)


def is_immediate(settings: Fact) -> bool:
    return bool(settings["award_timing"] == "immediate")


@given(settings=programs(), told=histories())
@examples(80)
def test_the_books_add_up(shelf, settings, told):
    """Every balance, lot, hold, redemption and reward of any history; `verify` agrees."""
    shelf.run(start(settings) + told.records, told.last_day)


# -- closing -----------------------------------------------------------------------------------


def closed_again(close_day: Callable[..., int]) -> Callable[..., int]:
    """Each step of each close twice more, and everybody settled whether called or not."""

    def close(company: Company, day: date, **options: Any) -> int:
        n_guests = close_day(company, day, **options)
        for _ in range(2):
            company.expired_through = None
            close_day(company, day, **options)
            stamp = Stamp(company.day_ends_at(day), None, f"close/{day}")
            everybody = list(models.Guest.objects.order_by("id").values_list("id", flat=True))
            closing.settle_all(company, everybody, day, stamp)
            closing.run_tier_check(company, day, stamp=stamp)
            company.expired_through = None
            closing.expire_through(company, day - timedelta(days=1))
        return n_guests

    return close


@given(settings=programs(), told=histories(most=16))
@examples(12)
def test_a_day_closed_again_and_again_stays_as_it_is(shelf, settings, told):
    records = start(settings) + told.records
    once = shelf.run(records, told.last_day)
    with patch.object(closing, "close_day", closed_again(closing.close_day)):
        often = shelf.run(records, told.last_day)
    same(once, often)


@given(settings=programs(), told=histories(most=16))
@examples(12)
def test_one_guest_and_one_fact_at_a_time_or_all_at_once(shelf, settings, told):
    records = start(settings) + told.records
    together = shelf.run(records, told.last_day)
    with ExitStack() as singly:
        for module, name in ((closing, "CHUNK"), (closing, "CHECK_CHUNK"), (stream, "BATCH")):
            singly.enter_context(patch.object(module, name, 1))
        one_by_one = shelf.run(records, told.last_day)
    same(together, one_by_one, steps_matter=not is_immediate(settings))


@given(settings=programs(), told=histories())
@examples(24)
def test_settled_as_it_is_told_or_once_it_is_written(shelf, settings, told):
    records = start(settings) + told.records
    as_told = shelf.run(records, told.last_day)
    with patch.object(settling_told, "_bills", lambda *_, **__: {}):
        once_written = shelf.run(records, told.last_day)
    same(as_told, once_written)


@given(settings=programs(), told=alone)
@examples(12)
def test_a_guest_alone_comes_out_as_among_others(shelf, settings, told):
    among = shelf.run(start(settings) + told.records, told.last_day)
    mine = [record for guest, record in told.said if guest == "ann"]
    by_herself = shelf.run(start(settings) + mine, told.last_day)
    for came in (among, by_herself):
        keep_only(came, "ann")
    by_herself.results = among.results
    same(among, by_herself, steps_matter=not is_immediate(settings))


def keep_only(came: ways.Came, guest: str) -> None:
    mine = {row["invoice_id"] for row in came.ledger["Redemption"] if row["guest_id"] == guest}
    for table, rows in came.ledger.items():
        came.ledger[table] = [row for row in rows if row["guest_id"] == guest]
    for state in came.as_of.values():
        state["guests"] = {guest: state["guests"][guest]}
        state["invoices"] = {ref: state["invoices"][ref] for ref in mine if ref}


# -- telling -----------------------------------------------------------------------------------


@given(settings=programs(), told=histories(most=16), seed=st.integers(0, 999))
@examples(12)
def test_facts_of_a_day_in_any_order_each_twice(shelf, settings, told, seed):
    said = ways.read([(None, one) for one in start(settings) + told.records])
    in_order = shelf.deliver(said, told.last_day)
    mixed = shelf.deliver(ways.shuffled(said, seed), told.last_day)
    same(in_order, mixed, steps_matter=not is_immediate(settings))
    assert {answer["status"] for answer in mixed.again.values()} <= {"unchanged", "refused"}


@given(settings=programs(), told=histories(most=16))
@examples(12)
def test_an_export_told_again_is_the_same_state(shelf, settings, told):
    before = shelf.run(start(settings) + told.records, told.last_day)
    row = find_organization(None)
    with organization_scope(row.id):
        exported = list(exporting.records(load_company(row)))
    after = shelf.run(exported, told.last_day)
    after.results = before.results
    same(before, after, steps_matter=not is_immediate(settings))


@given(settings=programs(), told=histories((*MONEY, *MONEY, *GUEST, *POINT), most=16))
@examples(16)
def test_a_payment_in_parts_changes_nothing(shelf, settings, told):
    """Same points by invoice and action, same spend, same tier (rules 5.2, 4.10).

    Without tips: what of a payment falls on those is rounded payment by payment (rule 4.1), as
    the tax in a refund is refund by refund (rule 10.4). Without refunds where rates are split:
    parts of a payment lie in other tiers then, and each refund is judged by its own (8.2).
    """
    whole = [without_tips(one) for one in told.records]
    if settings.get("split_rate_on_tier_jump"):
        whole = [one | {"refunds": []} if "refunds" in one else one for one in whole]
    parts = [in_parts(one) for one in whole]
    came = shelf.run(start(settings) + whole, told.last_day)
    split = shelf.run(start(settings) + parts, told.last_day)
    for one in (came, split):
        for state in one.as_of.values():
            for guest in state["guests"].values():
                del guest["qualifying_sales"]
    same(came, split, steps_matter=False)


def without_tips(record: Fact) -> Fact:
    record = deepcopy(record)
    for line in record.get("lines", ()):
        if line["kind"] in ("tip", "prepaid_card"):
            line["kind"] = "product"
    return record


def in_parts(record: Fact) -> Fact:
    """Every payment as two of one moment; refunds come out of the first as far as it goes."""
    record = deepcopy(record)
    left: dict[str, int] = {}
    payments, refunds = [], []
    for one in record.get("payments", ()):
        first = cents(one["amount"]) // 3
        left[one["id"]] = first
        payments.append(one | {"amount": money(first)})
        rest = cents(one["amount"]) - first
        payments.append(one | {"id": f"{one['id']}x", "amount": money(rest)})
    for one in record.get("refunds", ()):
        first = min(cents(one["amount"]), left[one["payment"]])
        left[one["payment"]] -= first
        rest = cents(one["amount"]) - first
        if first:
            refunds.append(one | {"amount": money(first)})
        if rest:
            more = {"id": f"{one['id']}x", "payment": f"{one['payment']}x"}
            refunds.append(one | more | {"amount": money(rest)})
    if payments:
        record["payments"], record["refunds"] = payments, refunds
    return record
