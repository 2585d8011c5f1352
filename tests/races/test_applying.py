"""One record delivered many times at the same moment is applied once."""

from collections import Counter

import pytest

from regulars.records import models
from tests.races.desk import Desk
from tests.services.short_histories import (
    START,
    Fact,
    command,
    guest,
    invoice,
    open_invoice,
    program,
)

pytestmark = pytest.mark.usefixtures("each_database")

DAY = "2026-02-02"
COPIES = 12
APPOINTMENT = {
    "type": "appointment",
    "id": "ap1",
    "guest": "ann",
    "center": "soho",
    "booked_at": f"{DAY}T09:00",
    "channel": "desk",
    "starts_at": "2026-02-09T10:00",
    "status": "booked",
}
FEEDBACK = {
    "type": "feedback",
    "id": "f1",
    "guest": "ann",
    "appointment": "ap1",
    "at": f"{DAY}T12:00",
    "channel": "desk",
    "rating": 5,
}
FACTS = [
    guest("new", at=f"{DAY}T12:00", email="new@example.com"),
    guest("ann", at=f"{DAY}T12:00", name="Ann Renamed"),
    invoice("bought", "ann", "80.00", f"{DAY}T12:00"),
    invoice("first", "ann", "450.00", "2026-01-05") | {"at": f"{DAY}T12:00"},
    APPOINTMENT,
    FEEDBACK,
]
COMMANDS = [
    command("add_points/again", DAY, guest="ann", points=10),
    command("remove_points/again", DAY, guest="ann", points=1000),
    command("redeem_points/again", DAY, guest="ann", invoice="bill", points=1000),
    command("hold/again", DAY, guest="ann", invoice="bill", points=900, until="2026-03-01"),
    command("set_opt_in/again", DAY, guest="bea", loyalty_opt_in=False),
    command("enroll/again", DAY, guest="cleo", tier="applicable"),
    command("cancel_enrollment/again", DAY, guest="ann"),
    command("issue_reward/again", DAY, guest="ann", amount="5.00"),
    command("void_reward/again", DAY, reward="known"),
    command("edit_reward/again", DAY, reward="known", note="for the birthday"),
    command("redeem_reward/again", DAY, reward="known", invoice="bill"),
    command("process_rewards/again", DAY, threshold="100.00", amount="5.00"),
    command("merge_guests/again", DAY, **{"from": "ann", "into": "bea"}),
]


def desk(*more: Fact) -> Desk:
    vip = {"type": "status", "id": "vip", "name": "VIP", "include_in_loyalty_rewards": True}
    return Desk(
        *START,
        vip | {"at": "2026-01-01"},
        program(enrollment="manual"),
        guest("ann", status="vip"),
        guest("bea"),
        guest("cleo"),
        invoice("first", "ann", "500.00", "2026-01-05"),
        invoice("hers", "cleo", "500.00", "2026-01-05"),
        command("enroll/known", "2026-01-06", guest="ann", tier="applicable"),
        command("add_points/known", "2026-01-06", guest="ann", points=900),
        open_invoice("bill", "ann", "300.00", "2026-01-20"),
        command("issue_reward/known", "2026-01-21", guest="ann", amount="25.00"),
        *more,
        closed="2026-02-01",
    )


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['type']}-{fact['id']}")
def test_a_fact_is_applied_once(fact):
    till = desk()
    acts = [till.facts(fact) for _ in range(COPIES)]
    assert till.race(acts) == {"applied": 1, "unchanged": COPIES - 1}
    name = f"{fact['type']}/{fact['id']}"
    assert len(till.rows(models.Record, name=name, at__gte="2026-02-02T00:00Z")) == 1


@pytest.mark.parametrize("act", COMMANDS, ids=lambda act: act["type"])
def test_a_command_is_carried_out_once(act):
    till = desk()
    acts = [till.command(act) for _ in range(COPIES)]
    assert till.race(acts) == {"applied": 1, "unchanged": COPIES - 1}
    assert len(till.rows(models.Record, name=f"{act['type']}/{act['id']}")) == 1


def test_other_content_under_the_same_id_is_a_conflict():
    till = desk()
    act = command("add_points/again", DAY, guest="ann", points=10)
    acts = [till.command(act | {"points": 10 + n % 2}) for n in range(COPIES)]
    answers = till.race(acts)
    half = COPIES // 2
    assert answers == {"applied": 1, "unchanged": half - 1, "conflict": half}


def test_many_facts_of_one_guest_all_count():
    """Invoices, renamings and late refunds of one guest, while a day is being closed."""
    till = desk()
    kept = invoice("hers", "cleo", "500.00", "2026-01-05")
    acts = [till.facts(invoice(f"i{n}", "ann", "10.00", f"{DAY}T12:00")) for n in range(10)]
    acts += [till.facts(guest("ann", at=f"{DAY}T12:{n:02}", name=f"N{n}")) for n in range(4)]
    for n in range(4):
        refund = {"id": "f1", "payment": "p1", "amount": f"{n + 1}.00", "at": f"{DAY}T09:00"}
        acts.append(till.facts(kept | {"at": f"{DAY}T12:{n:02}", "refunds": [refund]}))
    acts += [till.close(DAY), till.close(DAY)]
    till.at_once(acts)
    till.at_once([till.close("2026-02-03")])
    spends = till.rows(models.Spend)
    mine = Counter[str]()
    names = {one.id: one.external_id for one in till.rows(models.Guest)}
    for one in spends:
        mine[names[one.guest_id]] += one.spend_cents
    assert mine == {"ann": 600_00, "cleo": 496_00}
    assert [one.name for one in till.rows(models.Guest, external_id="ann")] == ["N3"]
    assert not till.rows(models.Invoice, settle_on__isnull=False)
