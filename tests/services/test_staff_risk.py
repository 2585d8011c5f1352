"""Acts worth a second look: counted by person, each with what it was."""

from datetime import UTC, date, datetime

import pytest

from regulars.rules.permissions import Role, actor_of
from regulars.rules.refusals import Refused
from regulars.services import importing, staff, upkeep
from regulars.services.staff_risk import PersonRisk, Sign, staff_risk
from tests.services.short_histories import (
    START,
    command,
    guest,
    invoice,
    open_invoice,
    program,
)

pytestmark = pytest.mark.usefixtures("each_database")
MARA = actor_of("mara", Role.OWNER)
ANN = {"guest": "ann"}
HISTORY = [
    *START,
    program(approval_above_points=100),
    guest("ann", name="Ann Lee"),
    guest("tilda", name="Tilda Okafor", email="Tilda@Lumen.example"),
    invoice("i1", "ann", "1000.00", "2026-02-02"),
    invoice("i2", "tilda", "1000.00", "2026-02-02"),
    command("add_points/p1", "2026-03-01T12:00", "tilda.okafor", **ANN, points=100),
    command("add_points/p2", "2026-03-01T13:00", "tilda.okafor", **ANN, points=79),
    command("add_points/p3", "2026-03-02T12:00", "tilda.okafor", guest="tilda", points=80),
    command("remove_points/p4", "2026-03-02T12:00", "bruno", **ANN, points=9),
    command("add_points/p5", "2026-03-02T13:00", "bruno (key k1)", **ANN, points=10),
    {**invoice("i1", "ann", "900.00", "2026-02-02"), "at": "2026-03-03", "by": "bruno"},
    {
        **invoice("i2", "tilda", "1000.00", "2026-02-02", status="void", payments=[]),
        "at": "2026-02-04T12:00",
        "by": "bruno",
    },
    # Nobody said these: they came with a file.
    invoice("i3", "ann", "10.00", "2026-02-02") | {"at": "2026-03-04"},
]


@pytest.fixture
def told() -> dict[str, PersonRisk]:
    importing.import_records(
        ((None, one) for one in sorted(HISTORY, key=lambda one: str(one["at"]))),
        emit=lambda _: None,
    )
    with upkeep.at_work(None) as company:
        tilda = staff.Person("Tilda Okafor", "tilda@lumen.example", Role.FRONT_DESK)
        staff.add_member(company, tilda, by=MARA, at=datetime(2026, 1, 2, tzinfo=UTC))
        members = staff.members_of(company)
        found = staff_risk(company, members, date(2026, 2, 1), date(2026, 3, 31), actor=MARA)
    return {one.by: one for one in found}


def test_points_by_hand_are_told_with_their_sum(told):
    assert told["tilda.okafor"].count(Sign.BY_HAND) == 3
    assert told["tilda.okafor"].points == 259
    assert told["bruno"].points == 1
    assert [act.kind for act in told["bruno"].of(Sign.BY_HAND)] == [
        "add_points",
        "remove_points",
    ]


def test_awards_just_under_the_limit_are_told_with_it(told):
    near = told["tilda.okafor"].of(Sign.NEAR_LIMIT)

    assert [(act.record, act.points, act.limit) for act in near] == [
        ("add_points/p3", 80, 100),
        ("add_points/p1", 100, 100),
    ]


def test_what_staff_do_on_their_own_account_is_found_by_their_address(told):
    assert [
        (act.record, act.guest, act.points) for act in told["tilda.okafor"].of(Sign.OWN)
    ] == [("add_points/p3", "tilda", 80)]


def test_voids_and_late_edits_are_told_with_their_invoice(told):
    assert [act.invoice for act in told["bruno"].of(Sign.VOID)] == ["i2"]
    assert [act.invoice for act in told["bruno"].of(Sign.LATE)] == ["i1"]
    assert set(told) == {"tilda.okafor", "bruno"}


def test_a_day_outside_the_period_does_not_count():
    importing.import_records(
        ((None, one) for one in sorted(HISTORY, key=lambda one: str(one["at"]))),
        emit=lambda _: None,
    )
    with upkeep.at_work(None) as company:
        first, last = date(2026, 3, 2), date(2026, 3, 2)
        found = staff_risk(company, [], first, last, actor=MARA)
        assert {one.by: len(one.acts) for one in found} == {"tilda.okafor": 2, "bruno": 2}
        with pytest.raises(Refused) as refused:
            staff_risk(company, [], first, last, actor=actor_of("x", Role.FRONT_DESK))
    assert refused.value.code == "not_permitted"


def test_a_redemption_on_ones_own_account_and_a_reward_made_void_are_told():
    history = [
        *HISTORY,
        open_invoice("i4", "tilda", "50.00", "2026-03-05"),
        command(
            "redeem_points/r1",
            "2026-03-05T12:00",
            "tilda.okafor (key till1)",
            guest="tilda",
            invoice="i4",
            points=50,
        ),
        command("issue_reward/w1", "2026-03-06T12:00", "bruno", **ANN, amount="20.00"),
        command("void_reward/v1", "2026-03-07T12:00", "bruno", reward="w1", reason="other"),
    ]
    refused = []
    importing.import_records(
        ((None, one) for one in sorted(history, key=lambda one: str(one["at"]))),
        emit=lambda told: refused.append(told) if told.status == "refused" else None,
    )
    assert refused == []
    with upkeep.at_work(None) as company:
        tilda = staff.Person("Tilda Okafor", "tilda@lumen.example", Role.FRONT_DESK)
        staff.add_member(company, tilda, by=MARA, at=datetime(2026, 1, 2, tzinfo=UTC))
        members = staff.members_of(company)
        march = (date(2026, 3, 1), date(2026, 3, 31))
        found = {one.by: one for one in staff_risk(company, members, *march, actor=MARA)}

    # What she did through the key of a till is hers.
    own = found["tilda.okafor"].of(Sign.OWN)
    assert [(act.kind, act.points) for act in own] == [
        ("redeem_points", -50),
        ("add_points", 80),
    ]
    assert [act.record for act in found["bruno"].of(Sign.VOID)] == ["void_reward/v1"]
