"""The demo organization is the same every time, sound, and reads like a real salon."""

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from regulars.rules.program_parsing import problems_in
from regulars.services.samples import demo
from regulars.services.samples.common import program
from regulars.services.samples.demo_calendar import is_open
from regulars.services.samples.demo_catalog import CENTERS, ITEMS, STAFF
from regulars.services.samples.demo_stories import TOLD
from tests.services.samples.reading import FACTS, Told, read

_DIGEST = """
import hashlib, json
from regulars.services.samples import demo
digest = hashlib.sha256()
for record in demo.records():
    digest.update(json.dumps(record).encode())
print(digest.hexdigest())
"""
GUIDE = Path(__file__).parents[3] / "docs" / "use" / "demo.md"
_EARNING = {"cash", "card", "check", "custom"}


@pytest.fixture(scope="module")
def told() -> Told:
    return read(demo.records())


def _cents(amount: str) -> int:
    return int(amount.replace(".", ""))


def test_the_demo_is_the_same_every_time():
    digest = hashlib.sha256()
    for record in demo.records():
        digest.update(json.dumps(record).encode())
    # In a process of its own: the order of sets differs there.
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    again = subprocess.run(
        [sys.executable, "-c", _DIGEST], capture_output=True, text=True, env=environment
    )

    assert again.stdout.strip() == digest.hexdigest(), again.stderr


def test_records_come_in_order_and_name_what_is_known(told: Told):
    assert told.out_of_order == []
    assert told.dangling == []


def test_it_is_as_large_as_promised(told: Told):
    assert 15_000 <= told.counts.total() <= 20_000
    assert 1_150 <= len(told.all("guest")) <= 1_250
    assert len(told.all("center")) == 3
    assert len(ITEMS) == len(told.all("item")) == 46
    assert len(STAFF) == len(set(STAFF)) == 14
    assert told.counts["program"] == 2


def test_a_command_happens_once_and_facts_are_sent_again(told: Told):
    repeated = {kind for (kind, _), n in told.versions.items() if n > 1}

    assert repeated == {"guest", "appointment", "invoice", "feedback"}
    assert repeated <= FACTS


def test_every_kind_of_act_occurs(told: Told):
    acts = {kind for kind in told.counts if kind not in FACTS and kind != "program"}

    assert acts >= set(
        """
        enroll cancel_enrollment set_opt_in add_points remove_points approve reject
        extend_expiry hold release_hold capture_hold redeem_points undo_redeem_points
        issue_reward edit_reward
        void_reward redeem_reward process_rewards undo_process_rewards merge_guests
        """.split()
    )
    actors = {record["by"] for (kind, _), record in told.latest.items() if kind in acts}
    assert actors <= set(STAFF)


def test_it_reads_like_a_salon(told: Told):
    invoices = told.all("invoice")
    appointments = told.all("appointment")
    weekdays = Counter(date.fromisoformat(i["opened_at"][:10]).weekday() for i in invoices)
    months = Counter(invoice["opened_at"][:7] for invoice in invoices)
    statuses = Counter(appointment["status"] for appointment in appointments)

    assert max(weekdays, key=weekdays.__getitem__) == 5
    assert weekdays[0] < len(invoices) // 100  # Mondays: memberships that renew themselves
    assert months["2025-12"] > months["2025-08"] > months["2026-01"]
    assert statuses["cancelled"] > 150
    assert statuses["no_show"] > 100
    assert statuses["booked"] > 50
    assert {a["channel"] for a in appointments} == {"desk", "webstore", "mobile_app"}
    # Booked on the day of a visit, for another day.
    attended = [a for a in appointments if a["status"] == "completed"]
    visits = {(a["guest"], a["starts_at"][:10]) for a in attended}
    assert sum((a["guest"], a["booked_at"][:10]) in visits for a in appointments) > 400


def test_money_comes_in_every_way_and_sometimes_goes_back(told: Told):
    invoices = told.all("invoice")
    tenders = {p["tender"] for invoice in invoices for p in invoice["payments"]}
    kinds = {line["kind"] for invoice in invoices for line in invoice["lines"]}

    assert tenders == _EARNING | {"gift_card", "package_credit", "membership_credit"}
    assert kinds >= {"service", "product", "tip", "gift_card", "membership", "series_package"}
    assert sum("refunds" in invoice for invoice in invoices) > 30
    assert sum(invoice["status"] == "void" for invoice in invoices) > 10
    assert sum(len(invoice["payments"]) > 1 for invoice in invoices) > 100


def test_nobody_pays_more_than_is_due(told: Told):
    for invoice in told.all("invoice"):
        due = sum(
            _cents(line["price"]) - _cents(line["discount"]) + _cents(line["tax"])
            for line in invoice["lines"]
        )
        assert sum(_cents(p["amount"]) for p in invoice["payments"]) <= due, invoice["id"]


def test_the_centers_are_closed_on_mondays_and_holidays(told: Told):
    for appointment in told.all("appointment"):
        starts_on = datetime.fromisoformat(appointment["starts_at"]).date()
        assert is_open(starts_on), appointment


def test_no_two_guests_share_a_telephone_or_an_address(told: Told):
    for field in ("phone", "email"):
        given = [guest[field] for guest in told.all("guest") if field in guest]
        assert len(given) == len(set(given))


@pytest.mark.parametrize("name", ["demo_2024", "demo_2025", "cdnow", "completejourney"])
def test_the_programs_are_sound(name: str):
    assert problems_in(program(name, at="2024-07-01"), 2) == []


def _spend(told: Told, guest: str, *, since: str) -> Fraction:
    """By hand: what earning tenders paid, less refunds on its date (rules 4.1, 4.3)."""
    by_payment: dict[str, int] = defaultdict(int)
    for invoice in told.all("invoice"):
        if invoice["guest"] != guest:
            continue
        for payment in invoice["payments"]:
            if payment["tender"] in _EARNING:
                by_payment[payment["at"][:10]] += _cents(payment["amount"])
        for refund in invoice.get("refunds", []):
            paid = next(p for p in invoice["payments"] if p["id"] == refund["payment"])
            by_payment[paid["at"][:10]] -= _cents(refund["amount"])
    return Fraction(sum(cents for day, cents in by_payment.items() if day >= since), 100)


@pytest.mark.parametrize(
    ("guest", "since", "spend"),
    [
        ("vivian-castellanos", "2025-06-30", 1_021),
        ("vivian-castellanos", "2025-07-31", 633),
        ("priya-raman", "2025-06-30", 1_224),
        ("priya-raman", "2024-07-01", 1_224),
        ("colin-brandt", "2025-06-30", 170),
        ("tobias-lindqvist", "2025-06-30", 767),
        ("salma-haddad", "2024-12-31", 303),
        ("felix-nakagawa", "2025-06-30", 280),
        ("dana-whitlock", "2025-06-30", 748),
        ("oscar-beltran", "2025-06-30", 433),
        ("ines-duarte", "2025-06-30", 448),
        ("jonathan-mercer", "2025-06-30", 444),
        ("jon-mercer", "2025-06-30", 283),
        ("grace-adeyemi", "2025-06-30", 3_378),
    ],
)
def test_the_stories_add_up(told: Told, guest: str, since: str, spend: int):
    assert _spend(told, guest, since=since) == spend


def test_mei_lings_sales_make_five_rewards_and_carry_23(told: Told):
    paid = _spend(told, "mei-ling-zhao", since="2025-01-01")

    # Her services are not taxed, and what rewards paid is no sale.
    assert paid == 1_060 + 458 + 580 + 0 + 712 + 783 + 1_430 == 5 * 1_000 + 23


def test_every_story_is_in_the_guide_and_nobody_else_has_the_name(told: Told):
    page = GUIDE.read_text("utf-8")
    for story in TOLD:
        assert told.versions["guest", story.id] == 1
    for name in ("vivian-castellanos", "colin-brandt", "mei-ling-zhao", "andre-baptiste"):
        assert f"`{name}`" in page
        assert f"`{name}`" in (demo.__doc__ or "")


def test_chicago_is_an_hour_behind(told: Told):
    assert CENTERS["wicker"].time_zone == "America/Chicago"
    feedback = [f for f in told.all("feedback") if f["at"].endswith(("-05:00", "-06:00"))]
    assert feedback
