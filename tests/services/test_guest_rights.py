"""Who changes what of a guest: the desk all of it, marketing the status (rules 10.2, 11)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from regulars.records import models
from regulars.rules.permissions import ROLES, Actor, Role
from regulars.services import guest_acts, upkeep
from regulars.services.organizations import Company
from regulars.services.receiving import Sender, receive_all
from tests.services.short_histories import History, guest

pytestmark = pytest.mark.usefixtures("each_database")

NOW = datetime(2026, 3, 4, 17, tzinfo=UTC)
PAST = (
    {"type": "status", "id": "vip", "name": "VIP", "include_in_loyalty_rewards": True}
    | {"at": "2026-01-01"},
    guest(
        "ann",
        name="Ann",
        phone="+1 212 555 0199",
        signup={"channel": "desk", "at": "2026-01-02"},
    ),
)


def told(company: Company, role: Role, **changes: Any) -> str:
    document = guest_acts.edited_guest(company, "ann", changes)
    sender = Sender(Actor("somebody", ROLES[role]))
    [result] = receive_all(company, [document], sender=sender, now=NOW)
    return str(result.code or result.status)


@pytest.mark.parametrize(
    ("role", "changes", "answer"),
    [
        (Role.MARKETING, {"status": "vip"}, "applied"),
        (Role.MARKETING, {"status": "vip", "name": "Anna"}, "not_permitted"),
        (Role.MARKETING, {"phone": None}, "not_permitted"),
        (Role.MARKETING, {"id": "nobody", "status": "vip"}, "not_permitted"),
        (Role.ACCOUNTANT, {"status": "vip"}, "not_permitted"),
        (Role.FRONT_DESK, {"status": "vip", "name": "Anna"}, "applied"),
    ],
)
def test_marketing_says_the_status_and_nothing_else(role, changes, answer):
    History(*PAST, until="2026-03-03")
    with upkeep.at_work(None) as company:
        assert told(company, role, **changes) == answer
        row = models.Guest.objects.get()
        is_in = answer == "applied"
        assert (row.status_id is not None) == is_in
        assert row.name == (changes.get("name", "Ann") if is_in else "Ann")
