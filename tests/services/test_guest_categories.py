"""Guest categories: defined for a center, and carried by whoever the facts say (rule 3.10)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.records import models
from regulars.records.queries.badges import badges_of, categories_of, count_carrying
from regulars.records.scope import organization_scope
from regulars.rules.categories import Category
from regulars.rules.permissions import Actor, Role, actor_of
from regulars.rules.refusals import Refused
from regulars.services.guest_categories import changes_of, define_category, remove_category
from regulars.services.organizations import find_organization, load_company
from tests.services.short_histories import START, History, guest, invoice, program

pytestmark = pytest.mark.usefixtures("each_database")

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
TODAY = date(2026, 6, 1)
OWNER = Actor("olga")
CATEGORIES = (
    Category("tier", "Tier", "star"),
    Category("new", "New", "sprout", limit=1),
    Category("regular", "Regular", "repeat", limit=3, days=90),
    Category("high_spender", "High spender", "trending-up", limit=50_000, days=365),
    Category("member", "Member", "badge-check", days=365),
    Category("low_feedback", "Low feedback", "flag", limit=2, days=60),
)
MIDTOWN = {"type": "center", "id": "midtown", "name": "Midtown", "at": "2026-01-01"}


def feedback(ref: str, of: str, rating: int | None, at: str) -> dict:
    head = {"type": "feedback", "id": ref, "guest": of, "channel": "guest", "at": at}
    return head | {"rating": rating}


def membership(ref: str, of: str, at: str, **fields) -> dict:
    line = {"id": "l1", "kind": "membership", "price": "99.00"}
    return invoice(ref, of, "99.00", at, lines=[line], **fields)


def a_salon() -> None:
    """Ann comes every month and bought a membership, Bea once and was not happy, Cleo spends;
    Dora's membership was made void, Eve never came.
    """
    silver = {"id": "silver", "name": "Silver", "icon": "gem", "minimum_spend": "250.00"}
    History(
        *START,
        MIDTOWN,
        program(tiers=[silver | {"validity_days": 90}]),
        *(guest(ref) for ref in ("ann", "bea", "cleo", "dora", "eve")),
        feedback("f0", "bea", 1, "2026-02-01"),
        invoice("a1", "ann", "20.00", "2026-03-10"),
        invoice("a2", "ann", "20.00", "2026-04-10"),
        invoice("c1", "cleo", "300.00", "2026-04-11"),
        membership("a3", "ann", "2026-05-10"),
        invoice("b1", "bea", "20.00", "2026-05-11"),
        feedback("f1", "bea", 1, "2026-05-12"),
        feedback("f2", "ann", 1, "2026-05-12"),
        feedback("f3", "ann", 5, "2026-05-13"),
        invoice("c2", "cleo", "200.00", "2026-05-14"),
        membership("d1", "dora", "2026-05-15"),
        membership("d1", "dora", "2026-05-15") | {"status": "void", "at": "2026-05-16"},
        until="2026-05-31",
    )


@pytest.fixture
def company():
    a_salon()
    row = find_organization(None)
    with organization_scope(row.id):
        company = load_company(row)
        for category in CATEGORIES:
            define_category(company, "soho", category, at=AT, by=OWNER)
        yield company


def keys(*refs: str) -> list:
    found = dict(models.Guest.objects.values_list("external_id", "id"))
    return [found[ref] for ref in refs]


def shown(*refs: str, center: str = "soho", on: date = TODAY) -> dict[str, list[str]]:
    ids = keys(*refs)
    found = badges_of(ids, center, on)
    pairs = zip(refs, ids, strict=True)
    return {ref: [badge.label for badge in found[key]] for ref, key in pairs}


def test_labels_follow_from_what_is_known(company):
    assert shown("ann", "bea", "cleo", "dora", "eve") == {
        "ann": ["Regular", "Member"],
        "bea": ["New", "Low feedback"],
        "cleo": ["Silver", "High spender"],
        "dora": ["New"],
        "eve": ["New"],
    }
    [badges] = badges_of(keys("cleo"), "soho", TODAY).values()
    assert [badge.icon for badge in badges] == ["gem", "trending-up"]


def test_labels_go_with_time(company):
    assert shown("ann", "bea", on=date(2026, 6, 7)) == {
        "ann": ["Regular", "Member"],
        "bea": ["New", "Low feedback"],
    }
    assert shown("ann", "bea", on=date(2026, 6, 8))["ann"] == ["Member"]  # 90 days after a1
    assert shown("bea", on=date(2026, 7, 11))["bea"] == ["New"]  # 60 days after f1


def test_a_center_without_categories_shows_none_not_even_tiers(company):
    assert shown("cleo", center="midtown") == {"cleo": []}
    define_category(company, "midtown", CATEGORIES[2], at=AT, by=OWNER)
    assert shown("ann", "cleo", center="midtown") == {"ann": ["Regular"], "cleo": []}


def test_one_guest_or_all_cost_the_same_statements(company):
    counts = []
    for refs in (["ann"], ["ann", "bea", "cleo", "dora", "eve"]):
        ids = keys(*refs)
        with CaptureQueriesContext(connection) as seen:
            badges_of(ids, "soho", TODAY)
        counts.append(len(seen))
    assert counts == [9, 9]


def test_how_many_carry_it_is_known_before_it_is_kept(company):
    def counted(category: Category, **options) -> tuple[int, int, bool]:
        found = count_carrying(category, on=TODAY, **options)
        return found.n_carrying, found.n_guests, found.is_exact

    assert [counted(category)[0] for category in CATEGORIES] == [1, 3, 1, 1, 1, 1]
    assert counted(replace(CATEGORIES[2], limit=1)) == (3, 5, True)


def test_of_many_guests_some_are_looked_at():
    """Which ones is drawn by lot; what holds for everybody holds for any of them."""
    many = (guest(f"guest-{n}") for n in range(60))
    History(*START, MIDTOWN, program(tiers=[]), *many, until="2026-05-31")
    with organization_scope(find_organization(None).id):
        found = [count_carrying(one, on=TODAY, most=30) for one in CATEGORIES[1:3]]
    assert [(one.n_carrying, one.n_guests, one.is_exact) for one in found] == [
        (60, 60, False),
        (0, 60, False),
    ]


def test_changes_keep_who_when_and_why(company):
    louder = replace(CATEGORIES[1], label=" First visit ")
    assert define_category(company, "soho", louder, at=AT, by=OWNER, why="Clearer")
    assert not define_category(company, "soho", louder, at=AT, by=OWNER)
    remove_category(company, "soho", "tier", at=AT, by=OWNER, why="No program yet")

    assert [one.label for one in categories_of("soho")][:2] == ["First visit", "Regular"]
    assert [(one.about, one.by, one.at, one.why) for one in changes_of("soho")[:2]] == [
        ("category/soho/tier", "olga", AT, "No program yet"),
        ("category/soho/new", "olga", AT, "Clearer"),
    ]
    assert changes_of("soho")[0].body == ""


def test_what_does_not_go_is_refused(company):
    desk = actor_of("fay", Role.FRONT_DESK)
    at_midtown = actor_of("max", Role.MANAGER, center="midtown")
    refused = {
        "not_permitted": [
            lambda: define_category(company, "soho", CATEGORIES[0], at=AT, by=desk),
            lambda: remove_category(company, "soho", "tier", at=AT, by=at_midtown),
        ],
        "unknown_reference": [
            lambda: define_category(company, "nowhere", CATEGORIES[0], at=AT, by=OWNER),
            lambda: remove_category(company, "midtown", "tier", at=AT, by=OWNER),
        ],
        "invalid_record": [
            lambda: define_category(
                company, "soho", replace(CATEGORIES[1], limit=0), at=AT, by=OWNER
            ),
        ],
    }
    for code, acts in refused.items():
        for act in acts:
            with pytest.raises(Refused) as problem:
                act()
            assert problem.value.code == code
    assert categories_of("soho") == list(CATEGORIES)
