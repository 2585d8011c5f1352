"""Labels beside a guest's name (rule 3.10)."""

from dataclasses import replace

import pytest

from regulars.rules.categories import KINDS, TERMS, Badge, Category, badges, check_category
from regulars.rules.program import Program
from regulars.rules.program_parsing import parse_program
from regulars.rules.refusals import Refused

NEW = Category("new", "First time", "sprout", limit=1)
REGULAR = Category("regular", "Regular", "repeat", limit=6, days=180)
BIG = Category("high_spender", "Big spender", "trending-up", limit=100_000, days=365)
MEMBER = Category("member", "Member", "badge-check", days=365)
UNHAPPY = Category("low_feedback", "Ask how it was", "flag", limit=2, days=90)
TIER = Category("tier", "Tier", "star")
ALL = (UNHAPPY, MEMBER, BIG, REGULAR, NEW, TIER)


def ladder() -> Program:
    gold = {"id": "gold", "name": "Gold", "icon": "crown", "minimum_spend": "0"}
    gold["validity_days"] = 0
    return parse_program({"effective_from": "2026-01-01", "tiers": [gold]}, 2)


def kinds(categories=ALL, tier=None, **measures) -> list[str]:
    shown = badges(categories, measures, tier=tier, program=ladder())
    return [badge.kind for badge in shown]


def test_limits_reached_exactly_count():
    assert kinds(new=1) == ["new"]
    assert kinds(new=2) == []
    assert kinds(new=2, regular=5, high_spender=99_999, low_feedback=3) == []
    assert kinds(new=2, regular=6, high_spender=100_000, low_feedback=2, member=1) == [
        "regular",
        "high_spender",
        "member",
        "low_feedback",
    ]


def test_who_was_never_there_is_new_and_has_said_nothing():
    assert kinds() == ["new"]


def test_a_tier_shows_its_own_icon_and_name_and_only_where_the_center_wants_it():
    assert badges([TIER], {}, tier="gold", program=ladder()) == (
        Badge("crown", "Gold", "tier"),
    )
    assert badges([REGULAR], {}, tier="gold", program=ladder()) == ()
    assert badges([TIER], {}, tier=None, program=ladder()) == ()
    assert badges([TIER], {}, tier="gold", program=None) == ()


def test_every_kind_begins_with_something_that_is_sound():
    for kind in KINDS:
        terms = TERMS[kind]
        limit = 100_000 if terms.is_limit_open else terms.limit
        check_category(Category(kind, terms.label, terms.icon, limit, terms.days))


@pytest.mark.parametrize(
    ("category", "field"),
    [
        (replace(NEW, kind="vip"), "kind"),
        (replace(NEW, label=" "), "label"),
        (replace(NEW, label="x" * 41), "label"),
        (replace(NEW, icon="rocket"), "icon"),
        (replace(NEW, limit=None), "limit"),
        (replace(NEW, limit=0), "limit"),
        (replace(NEW, days=30), "days"),
        (replace(REGULAR, days=None), "days"),
        (replace(REGULAR, days=0), "days"),
        (replace(UNHAPPY, limit=11), "limit"),
        (replace(MEMBER, limit=1), "limit"),
        (replace(TIER, days=1), "days"),
    ],
)
def test_what_cannot_be_worked_out_is_refused_by_its_field(category, field):
    with pytest.raises(Refused) as refused:
        check_category(category)
    assert (refused.value.code, refused.value.field) == ("invalid_record", field)
