"""What single reports say of a spring that can be counted by hand, and what they refuse."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.rules.permissions import ROLES, Actor, Permission, Role, actor_of
from regulars.rules.refusals import Refused
from regulars.services import upkeep
from regulars.services.reports import catalog
from regulars.services.reports.asking import Request
from regulars.services.reports.names import SENTENCES
from tests.services.histories import START, guest, invoice, program
from tests.services.reports.seeing import live_through, read
from tests.services.reports.test_ties import MONTH_ENDS, in_order, spring

TODAY = date(2026, 5, 1)


@pytest.fixture
def lived(each_database):
    live_through(in_order(spring()), MONTH_ENDS[-1], [])


def column(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


# -- what they say ----------------------------------------------------------------------------


def test_rewards_are_open_as_they_were_on_the_day(lived):
    _, rows = read("rewards-outstanding", TODAY, as_of="2026-02-28", sort="guest")
    assert column(rows, "code", "amount", "days_left") == [
        ("jan:ann:1:rest", 700, None),
        ("jan:ann:2", 3000, None),
        ("cake", 1500, 5),
    ]
    _, rows = read("rewards-outstanding", TODAY, as_of="2026-02-01", sort="amount")
    assert column(rows, "code", "amount", "expires_on") == [
        ("gift", 4000, date(2026, 2, 20)),
        ("jan:ann:1", 2500, None),
        ("jan:ann:2", 2500, None),
        ("cake", 1500, date(2026, 3, 5)),
    ]


def test_a_reward_is_good_on_its_last_day_and_gone_on_the_next(lived):
    on_the_day, rows = read("rewards-outstanding", TODAY, as_of="2026-02-20")
    gone, _ = read("rewards-outstanding", TODAY, as_of="2026-02-21")

    assert [row["days_left"] for row in rows if row["code"] == "gift"] == [0]
    assert on_the_day.figure("outstanding") - gone.figure("outstanding") == 4000
    assert gone.figure("expired") == 4000


def test_an_expiry_is_taken_back_where_the_last_day_was_moved_later(lived):
    report, rows = read("reward-activity", TODAY, from_="2026-03-01", to="2026-03-31")

    assert column(rows, "on", "happening", "code", "amount") == [
        (date(2026, 3, 6), "expired", "cake", -1500),
        (date(2026, 3, 10), "expiry taken back", "gift", 4000),
        (date(2026, 3, 20), "expiry taken back", "cake", 1500),
        (date(2026, 3, 20), "void", "cake", -1500),
    ]
    assert (report.figure("before"), report.figure("after")) == (5200, 7700)


def test_activity_by_center_is_of_the_invoice(lived):
    _, rows = read("reward-activity", TODAY, from_="2026-02-01", to="2026-02-28", by="center")
    assert column(rows, "center", "redeemed", "remainder", "edited") == [
        ("Soho", -1800, 0, 0),
        ("no center", 0, 0, 500),
    ]
    narrowed, rows = read("reward-activity", TODAY, from_="2026-02-01", center="soho")
    assert column(rows, "code", "invoice") == [("jan:ann:1", "i3")]
    assert narrowed.figure("issued") == 5500


def test_held_points_and_rewards_are_shown_apart(lived):
    report, _ = read("liability", TODAY, as_of="2026-03-31")
    later, _ = read("liability", TODAY, as_of="2026-04-30")

    assert (report.totals["held_points"], report.totals["held_rewards"]) == (40, 3000)
    assert (later.totals["held_points"], later.totals["held_rewards"]) == (0, 0)


def test_the_value_of_points_is_floored_guest_by_guest(each_database):
    settings = {"point_value": "0.015", "tiers": []}
    records = [one for one in spring() if one["type"] in ("organization", "center")]
    records += [
        {"type": "program", "effective_from": "2026-01-01", "at": "2026-01-01"} | settings
    ]
    for ref in ("ann", "bob"):
        records += [guest(ref)]
        records += [
            {"type": "add_points", "id": f"p-{ref}", "guest": ref, "points": 33, "by": "owner"}
            | {"reason": "goodwill", "expires_on": None, "at": "2026-01-05"}
        ]
    live_through(in_order(records), date(2026, 1, 31), [])

    report, rows = read("liability", date(2026, 2, 1))

    assert report.figure("points_value") == 49 + 49  # 33 points are 49.5 cents
    assert rows[0]["locked_points"] == report.figure("points") == 66


@pytest.mark.parametrize("starts", ["2026-01-10", "2026-02-20"])
def test_points_for_a_visit_that_is_still_to_be_made_go_by_their_own_day(each_database, starts):
    booked = {"type": "appointment", "id": "a1", "guest": "ann", "center": "soho"}
    booked |= {"booked_at": "2026-01-06", "channel": "desk", "status": "booked"}
    booked |= {"starts_at": f"{starts}T12:00", "at": "2026-01-06"}
    said = {"type": "feedback", "id": "f1", "guest": "ann", "appointment": "a1", "rating": 5}
    said |= {"channel": "guest", "at": "2026-01-12"}
    paid = invoice("i1", "ann", "300.00", "2026-01-05")
    records = [*START, program(), guest("ann"), paid, booked, said]
    live_through(in_order(records), date(2026, 1, 31), [])

    days = {"from_": "2026-01-01", "to": "2026-01-31"}
    report, rows = read("points", date(2026, 2, 1), **days, date_kind="invoice", by="day")

    of_days = {str(row["day"]): row["accrual"] for row in rows}
    assert of_days[min(starts, "2026-01-12")] == 10
    assert report.totals["net"] == sum(of_days.values())


def test_expirations_of_the_past_and_of_the_future(lived):
    report, rows = read("expirations", TODAY, from_="2026-03-01", to="2027-03-01", by="month")

    assert rows[0]["month"] == "2026-03"
    assert (report.figure("points"), report.figure("rewards")) == (33, 1500 - 5500 + 4000)
    assert report.figure("points_to_expire") > 0
    ahead, _ = read("expirations", TODAY, from_="2026-05-01", to="2027-03-01")
    assert ahead.figure("points") == 0


def test_tier_movements_have_a_matrix_of_counts(lived):
    report, rows = read("tier-movements", TODAY, from_="2026-01-01")

    assert column(rows, "guest", "before", "after", "spend") == [
        ("ann", "in no tier", "Silver", 60000),
        ("bob", "in no tier", "Silver", 30000),
    ]
    assert list(report.tables[0].rows) == [("in no tier", 2, 2)]


def test_guests_are_found_filtered_and_sorted(lived):
    def found(**said):
        return [row["guest"] for row in read("guests", TODAY, **said)[1]]

    assert found(search="212555") == found(search="ANN@") == ["ann"]
    assert found(search="ÅNGSTR") == []  # merged into bob
    assert found(included="yes") == found(status="vip") == ["ann"]
    assert found(tier="none") == []
    assert found(sort="points", order="descending") == ["ann", "bob"]
    assert found(has_rewards="no") == ["bob"]
    _, [row] = read("guests", TODAY, search="ann", columns="name,rewards,n_rewards")
    assert row == {"name": "Ann", "rewards": 3700, "n_rewards": 2}


def test_an_organization_where_nothing_ever_happened(each_database):
    live_through(
        [one for one in spring() if one["type"] in ("organization", "center")],
        date(2026, 1, 31),
        [],
    )
    for name in SENTENCES:
        report, rows = read(name, date(2026, 2, 1))
        assert rows == []
        assert report.empty.endswith(".")


# -- what they cost ---------------------------------------------------------------------------


def n_statements(name: str) -> int:
    with (
        upkeep.at_work(None) as company,
        CaptureQueriesContext(connection) as captured,
        catalog.opened(company, Request(name, TODAY)) as report,
    ):
        list(report.rows)
    return len(captured)


@pytest.mark.parametrize("name", SENTENCES)
def test_the_number_of_statements_does_not_grow(sqlite_database, name):
    records = in_order(spring())
    live_through(records, MONTH_ENDS[-1], [])
    few = n_statements(name)
    sqlite_database.renew()
    more = [guest(f"g{n}", status="vip") for n in range(20)]
    more += [invoice(f"x{n}", f"g{n}", "300.00", "2026-01-15") for n in range(20)]
    live_through(in_order(records + more), MONTH_ENDS[-1], [])

    assert n_statements(name) == few


# -- what they refuse -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said", "code", "field"),
    [
        ("sales", {}, "unknown_reference", "name"),
        ("liability", {"as_of": "2026-05-02"}, "invalid_record", "as_of"),
        ("liability", {"as_of": "yesterday"}, "invalid_record", "as_of"),
        ("liability", {"from": "2026-01-01"}, "invalid_record", "from"),
        ("liability", {"by": "moon"}, "invalid_record", "by"),
        ("points", {"from": "2026-03-01", "to": "2026-02-01"}, "invalid_record", "from"),
        ("points", {"from": "2026-06-01"}, "invalid_record", "from"),
        ("points", {"to": "2027-01-01"}, "invalid_record", "to"),
        ("points", {"center": "mars"}, "unknown_reference", "center"),
        ("points", {"date_kind": "moon"}, "invalid_record", "date_kind"),
        ("reward-activity", {"source": "luck"}, "unknown_reference", "source"),
        ("tier-movements", {"tier": "silver,lead"}, "unknown_reference", "tier"),
        ("guests", {"status": "gone"}, "unknown_reference", "status"),
        ("guests", {"columns": "name,shoe_size"}, "invalid_record", "columns"),
        ("guests", {"columns": "name,name"}, "invalid_record", "columns"),
        ("guests", {"sort": "shoe_size"}, "invalid_record", "sort"),
        ("guests", {"search": "  "}, "invalid_record", "search"),
        ("guests", {"expiring_until": "soon"}, "invalid_record", "expiring_until"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_field_and_value(
    sqlite_database, name, said, code, field
):
    live_through(in_order(spring()), MONTH_ENDS[-1], [])

    with pytest.raises(Refused) as refused:
        read(name, TODAY, **{{"from": "from_"}.get(key, key): said[key] for key in said})

    assert (refused.value.code, refused.value.field) == (code, field)
    if said:
        assert refused.value.value in {*said.values(), "lead", "shoe_size", "name"}


@pytest.mark.parametrize("role", Role)
def test_money_of_the_company_is_for_those_who_may_see_the_liability(sqlite_database, role):
    live_through(in_order(spring()), MONTH_ENDS[-1], [])
    actor = actor_of("Kim", role)
    may = Permission.SEE_LIABILITY in ROLES[role]

    for name in SENTENCES:
        if may or name in ("guests", "tier-movements"):
            read(name, TODAY, actor)
        else:
            with pytest.raises(Refused, match="may not see the liability"):
                read(name, TODAY, actor)


def test_who_acts_at_one_center_is_shown_that_center_only(sqlite_database):
    live_through(in_order(spring()), MONTH_ENDS[-1], [])
    kim = Actor("Kim", center="soho")

    read("points", TODAY, kim, center="soho")
    for name in ("points", "liability"):
        with pytest.raises(Refused, match="soho only"):
            read(name, TODAY, kim)
