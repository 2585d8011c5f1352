"""Reports tie to the ledger, whatever happened; the past is as it was when asked then."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import telling
from tests.properties.effort import examples
from tests.properties.programs import programs
from tests.properties.shelf import shelf
from tests.properties.telling import GUEST, MONEY, POINT, REWARD, TOGETHER, Teller, histories
from tests.services.histories import START, command, guest, invoice, open_invoice, program
from tests.services.reports.seeing import live_through
from tests.services.reports.ties import check_ties

__all__ = ["shelf"]


def edit_last_day(tell: Teller, guest_ref: str, pick: int, size: int) -> bool:
    """A reward that may have ended already gets another last day, or none."""
    reward = telling._a_reward(tell, guest_ref, pick)
    if reward is None:
        return telling.issue(tell, guest_ref, pick, size)
    last = (tell.now.date() + timedelta(days=pick // 3)).isoformat() if pick % 5 else None
    return tell.order(guest_ref, "edit_reward", reward=reward, expires_on=last)


telling.WORDS["edit_last_day"] = edit_last_day
WORDS = (*MONEY, *GUEST, *POINT, *REWARD, *REWARD, edit_last_day, edit_last_day, *TOGETHER)


@given(settings=programs(), told=histories(WORDS), often=st.sampled_from([3, 5, 9]))
@examples(12)
def test_every_report_of_any_history_ties_to_the_ledger(shelf, settings, told, often):
    shelf.empty()
    first = date(2026, 1, 4)
    n_days = (told.last_day - first).days
    days = [first + timedelta(days=n) for n in range(0, n_days, often)] + [told.last_day]
    seen = live_through(telling.start(settings) + told.records, told.last_day, days)
    check_ties(seen, told.last_day)


def spring() -> list[dict[str, Any]]:
    """Two guests, rewards by hand and from a run, an edit, a rest, a void, a merge."""
    return [
        *START,
        program(rewards={"start_date": None, "apply": "after_tax", "remainder": "new_reward"}),
        {"type": "status", "id": "vip", "name": "VIP", "include_in_loyalty_rewards": True}
        | {"at": "2026-01-01"},
        guest("ann", status="vip", phone="+1 (212) 555-0142", email="ann@example.com"),
        guest("bob", name="=cmd|' /C calc'!A0"),
        guest("cleo", name="Cléo Ångström"),
        invoice("i1", "ann", "600.00", "2026-01-10"),
        invoice("i2", "bob", "300.00", "2026-01-12"),
        command("process_rewards/jan", "2026-01-31", threshold="250.00", amount="25.00"),
        command("issue_reward/gift", "2026-02-01", guest="bob", amount="40.00")
        | {"expires_on": "2026-02-20"},
        command("issue_reward/cake", "2026-02-01", guest="cleo", amount="15.00")
        | {"expires_on": "2026-03-05"},
        open_invoice("i3", "ann", "18.00", "2026-02-03"),
        command("redeem_reward/r1", "2026-02-03", reward="jan:ann:1", invoice="i3"),
        command("edit_reward/e1", "2026-02-10", reward="jan:ann:2", amount="30.00"),
        command("edit_reward/e2", "2026-03-10", reward="gift", expires_on="2026-04-15"),
        command("void_reward/v1", "2026-03-20", reward="cake", reason="Ended."),
        command("add_points/p1", "2026-02-15", guest="bob", points=33)
        | {"expires_on": "2026-03-01", "reason": "goodwill"},
        open_invoice("i4", "bob", "50.00", "2026-03-02"),
        command("redeem_points/d1", "2026-03-02", guest="bob", invoice="i4", points=60),
        command("hold/h1", "2026-03-25", guest="ann", invoice=None, appointment="a1")
        | {"points": 40, "rewards": ["jan:ann:2"], "until": "2026-04-20T12:00"},
        command("merge_guests/m1", "2026-04-10", **{"from": "cleo", "into": "bob"}),
        {"type": "appointment", "id": "a1", "guest": "ann", "center": "soho"}
        | {"booked_at": "2026-03-24T10:00", "channel": "desk", "status": "booked"}
        | {"starts_at": "2026-04-20T10:00", "at": "2026-03-24"},
    ]


def in_order(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(records, key=lambda one: str(one["at"])[:10])


MONTH_ENDS = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


@pytest.mark.usefixtures("each_database")
def test_a_spring_at_every_month_end():
    seen = live_through(in_order(spring()), MONTH_ENDS[-1], MONTH_ENDS)

    assert [one.cents for one in seen.values()] == [5000, 5200, 7700, 3700]
    check_ties(seen, MONTH_ENDS[-1])
