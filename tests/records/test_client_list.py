"""The client list: narrowed, in order, page by page, always in as many statements."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.records.queries import badges, client_places, client_wishes
from regulars.records.queries.client_list import clients
from regulars.records.queries.client_places import SORTS
from regulars.records.queries.client_wishes import Wanted
from regulars.records.scope import organization_scope
from regulars.rules.categories import (
    HIGH_SPENDER,
    LOW_FEEDBACK,
    MEMBER,
    NEW,
    REGULAR,
    Category,
    carries,
)
from regulars.rules.refusals import Refused
from tests.races.desk import Desk
from tests.services.short_histories import START, command, guest, invoice, program

ON = date(2026, 3, 5)
LADDER = ("silver", "gold")
VIP = {
    "type": "status",
    "id": "vip",
    "name": "VIP",
    "include_in_loyalty_rewards": True,
    "at": "2026-01-01",
}
HISTORY = [
    *START,
    VIP,
    program(),
    guest("ann", name="Ann Lee", status="vip", phone="+1 212 555 0101"),
    guest("bea", name="Bea Ito", home_center="soho", email="bea@example.com"),
    guest("cleo", name="Cleo Roy", loyalty_opt_in=False),
    guest("dora", name="Dora Ann"),
    guest("dora2", name="Dora Ann"),
    invoice("i1", "ann", "150.00", "2026-02-10"),
    invoice("i2", "bea", "1200.00", "2026-02-11"),
    invoice(
        "i3",
        "dora",
        "90.00",
        "2026-02-12",
        lines=[{"id": "l1", "kind": "membership", "price": "90.00"}],
    ),
    *(
        {
            "type": "feedback",
            "id": ref,
            "guest": whose,
            "at": at,
            "channel": "desk",
            "rating": rating,
        }
        for ref, whose, at, rating in (
            ("f1", "cleo", "2026-02-13", 1),
            ("f2", "cleo", "2026-02-14", 4),
            ("f3", "dora", "2026-02-14", 2),
            ("f4", "dora", "2026-02-15", None),
        )
    ),
    command("issue_reward/R1", "2026-03-01T10:00", guest="ann", amount="25.00"),
    command(
        "issue_reward/R2",
        "2026-03-01T10:01",
        guest="bea",
        amount="10.00",
        expires_on="2026-05-01",
    ),
    command("issue_reward/R3", "2026-03-01T10:02", guest="bea", amount="5.00"),
    command("merge_guests/m1", "2026-03-02T10:00", **{"from": "dora2", "into": "dora"}),
]


@pytest.fixture
def desk(each_database):
    made = Desk(*HISTORY, closed="2026-03-04")
    with organization_scope(made.company.id):
        yield made


def ids(**wishes):
    page = clients(Wanted(on=ON, ladder=LADDER, **wishes))
    return [one.id for one in page.rows]


def test_a_row_says_what_the_desk_asks_about_a_guest(desk):
    ann, bea, *_ = clients(Wanted(on=ON, ladder=LADDER)).rows

    assert (ann.name, ann.status, ann.is_included, ann.tier) == (
        "Ann Lee",
        "VIP",
        True,
        "silver",
    )
    assert (ann.points, ann.n_rewards, ann.rewards_cents) == (130, 1, 2500)
    assert ann.rewards_end_on is None
    assert (ann.points_end_on, ann.n_points_ending) == (date(2027, 2, 10), 130)
    assert (bea.n_rewards, bea.rewards_cents, bea.rewards_end_on) == (2, 1500, date(2026, 5, 1))
    assert (bea.home_center, bea.last_visit_on) == ("Soho", date(2026, 2, 11))


def test_filters_narrow_and_merged_guests_are_left_out(desk):
    assert ids() == ["ann", "bea", "cleo", "dora"]
    assert ids(is_included=True) == ["ann"]
    assert ids(is_included=False) == ["bea", "cleo", "dora"]
    assert ids(statuses=["vip"]) == ["ann"]
    assert ids(tiers=["gold"]) == ["bea"]
    assert ids(tiers=[None]) == ["cleo", "dora"]
    assert ids(is_in_tier=True) == ["ann", "bea"]
    assert ids(opted_in=False) == ["cleo"]
    assert ids(has_rewards=True) == ["ann", "bea"]
    assert ids(has_rewards=False) == ["cleo", "dora"]
    assert ids(home_center="soho") == ["bea"]
    assert ids(among=["dora", "bea", "dora2"]) == ["bea", "dora"]
    assert ids(among=[]) == []


LABELS = [
    Category(NEW, "New", "sprout", 1),
    Category(REGULAR, "Regular", "repeat", 1, 30),
    Category(REGULAR, "Regular", "repeat", 2, 30),
    Category(HIGH_SPENDER, "High spender", "trending-up", 150_00, 365),
    Category(HIGH_SPENDER, "High spender", "trending-up", 150_01, 365),
    Category(MEMBER, "Member", "badge-check", None, 365),
    Category(LOW_FEEDBACK, "Low feedback", "message-circle-warning", 2, 365),
]


def test_a_label_narrows_to_those_who_carry_it(desk):
    everybody = clients(Wanted(on=ON)).rows
    some = []
    for label in LABELS:
        measured = badges.measures(label, [one.key for one in everybody], on=ON)
        carriers = [one.id for one in everybody if carries(label, measured.get(one.key))]

        assert ids(label=label) == carriers, label
        some += carriers
    assert set(some) == {"ann", "bea", "cleo", "dora"}
    assert ids(label=LABELS[-1]) == ["dora"]
    assert ids(label=LABELS[-2]) == ["dora"]


def test_a_page_that_looked_far_enough_says_where_to_go_on(desk, monkeypatch):
    monkeypatch.setattr(client_places, "FAR", 1)
    found, after, n_pages = [], None, 0
    while n_pages == 0 or after:
        page = clients(Wanted(on=ON, home_center="soho"), after=after)
        found += [one.id for one in page.rows]
        after, n_pages = page.next, n_pages + 1

    assert found == ["bea"]
    assert n_pages == 5


@pytest.mark.parametrize(
    ("sort", "pages"), [("n_rewards", 3), ("rewards", 3), ("rewards_end", 2)]
)
def test_those_with_rewards_are_looked_through_so_many_at_a_time(
    desk, monkeypatch, sort, pages
):
    wanted = Wanted(on=ON, opted_in=True, sort=sort, is_descending=True)
    whole = [one.id for one in clients(wanted).rows]
    monkeypatch.setattr(client_places, "NEAR", 1)
    assert [one.id for one in clients(wanted).rows] == whole

    monkeypatch.setattr(client_places, "FAR_WITH_CARE", 1)
    found, after, n_pages = [], None, 0
    while n_pages == 0 or after:
        page = clients(wanted, after=after)
        found += [one.id for one in page.rows]
        after, n_pages = page.next, n_pages + 1

    assert found == whole
    assert set(found) == {"ann", "bea", "dora"}
    assert n_pages == pages


def test_who_has_no_rewards_is_not_looked_for_among_those_with_some(desk, monkeypatch):
    monkeypatch.setattr(client_places, "FAR_WITH_CARE", 1)
    for sort in ("n_rewards", "rewards", "rewards_end"):
        page = clients(Wanted(on=ON, has_rewards=False, sort=sort, is_descending=True))
        assert {one.id for one in page.rows} == {"cleo", "dora"}
        assert page.next is None


def test_few_are_fetched_and_many_come_upon_with_the_same_end(desk, monkeypatch):
    asked = [
        {"tiers": ["gold", "silver"]},
        {"statuses": ["vip"]},
        {"has_rewards": True},
        {"has_rewards": True, "tiers": ["gold"], "is_included": False},
    ]
    few = [ids(sort=sort, **wishes) for wishes in asked for sort in SORTS]
    monkeypatch.setattr(client_wishes, "FEW", 0)

    assert [ids(sort=sort, **wishes) for wishes in asked for sort in SORTS] == few
    assert [set(found) for found in few[:: len(SORTS)]] == [
        {"ann", "bea"},
        {"ann"},
        {"ann", "bea"},
        {"bea"},
    ]


def test_the_order_is_what_was_asked_for_with_the_empty_last(desk):
    assert ids(sort="name", is_descending=True) == ["dora", "cleo", "bea", "ann"]
    assert ids(sort="tier", is_descending=True) == ["bea", "ann", "cleo", "dora"]
    assert ids(sort="points") == ["cleo", "dora", "ann", "bea"]
    assert ids(sort="rewards", is_descending=True) == ["ann", "bea", "cleo", "dora"]
    assert ids(sort="n_rewards", is_descending=True) == ["bea", "ann", "cleo", "dora"]
    assert ids(sort="rewards_end") == ["bea", "ann", "cleo", "dora"]
    assert ids(sort="rewards_end", is_descending=True) == ["bea", "ann", "cleo", "dora"]


@pytest.mark.parametrize("is_descending", [False, True])
def test_pages_of_one_show_everybody_once_in_the_order_of_the_whole(desk, is_descending):
    for sort in SORTS:
        wanted = Wanted(on=ON, ladder=LADDER, sort=sort, is_descending=is_descending)
        whole = [one.id for one in clients(wanted).rows]

        found, after = [], None
        for _ in range(4):
            page = clients(wanted, after=after, limit=1)
            found += [one.id for one in page.rows]
            after = page.next

        assert after is None
        assert found == whole
        assert sorted(found) == ["ann", "bea", "cleo", "dora"]


def test_a_mark_that_is_none_is_refused(desk):
    for mark in ("@@@", "bm9wZQ", "W10"):
        with pytest.raises(Refused) as refused:
            clients(Wanted(on=ON), after=mark)
        assert (refused.value.code, refused.value.field) == ("invalid_record", "after")


def statements(act):
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen.captured_queries)


def test_one_guest_costs_as_many_statements_as_fifty(each_database):
    crowd = [guest(f"g{n:02}", name=f"Guest {n:02}") for n in range(50)]
    made = Desk(*START, program(), *crowd, closed="2026-01-31")
    with organization_scope(made.company.id):
        one = statements(lambda: clients(Wanted(on=ON, ladder=LADDER), limit=1))
        fifty = statements(lambda: clients(Wanted(on=ON, ladder=LADDER), limit=50))
        assert len(clients(Wanted(on=ON, ladder=LADDER)).rows) == 50

    assert one == fifty
