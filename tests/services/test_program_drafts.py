"""The draft of the program: shared, kept, never written over unseen."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from regulars.records.queries import program_lists
from regulars.rules.permissions import Actor, Role, actor_of
from regulars.rules.refusals import Refused
from regulars.services import importing, upkeep
from regulars.services import program_drafts as drafts
from regulars.services.program_drafts import Change, Overtaken, Part, Unfit
from tests.databases import all_at_once
from tests.services.short_histories import GOLD, SILVER, START, program

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
TODAY = date(2026, 3, 2)
NADIA = actor_of("nadia", Role.MARKETING)
MARA = actor_of("mara", Role.OWNER)
MONTHS = Part("settings", lambda document: document.get("qualification_period_months"))
TIERS = Part("tiers", lambda document: document.get("tiers"))


def _at_work() -> Iterator[Any]:
    records = [*START, program()]
    importing.import_records(((None, one) for one in records), emit=lambda _: None)
    with upkeep.at_work("lumen") as company:
        yield company


@pytest.fixture
def company(sqlite_database):
    yield from _at_work()


@pytest.fixture
def company_on_each(each_database):
    yield from _at_work()


def change(company: Any, part: Part, *, by: Actor = NADIA, seen: str = "", **said: Any) -> Any:
    now = drafts.current(company, on=TODAY)
    wanted = Change(
        part,
        lambda document: {**document, **said},
        seen or part.version(now.document),
        lambda _document, problem: (problem.field or "").startswith(tuple(said)),
    )
    return drafts.change(company, wanted, on=TODAY, at=NOW, by=by)


def history() -> list[tuple[str, str | None]]:
    return [(what, one.by) for what, one in drafts.history()]


def test_it_begins_with_the_version_in_force_and_is_kept(company_on_each):
    before = drafts.current(company_on_each, on=TODAY)
    assert (before.is_kept, before.begun_from) == (False, date(2026, 1, 1))
    assert [tier.name for tier in before.program.tiers] == ["Silver", "Gold"]

    change(company_on_each, MONTHS, qualification_period_months=6)
    change(company_on_each, TIERS, by=MARA, tiers=[SILVER])

    after = drafts.current(company_on_each, on=TODAY)
    assert (after.number, after.begun_by, after.changed_by) == (2, "nadia", "mara")
    assert after.program.qualification_period_months == 6
    assert [tier.name for tier in after.program.tiers] == ["Silver"]
    assert [one.effective_from for one in program_lists.versions()] == [date(2026, 1, 1)]
    assert history() == [("tiers", "mara"), ("settings", "nadia")]


def test_nothing_said_begins_nothing(company):
    change(company, MONTHS, qualification_period_months=12)

    assert not drafts.current(company, on=TODAY).is_kept
    assert history() == []


def test_who_was_overtaken_is_told_and_may_insist(company):
    seen = MONTHS.version(drafts.current(company, on=TODAY).document)
    change(company, MONTHS, by=MARA, qualification_period_months=6)

    with pytest.raises(Overtaken) as overtaken:
        change(company, MONTHS, seen=seen, qualification_period_months=9)
    newer = overtaken.value.draft
    assert (newer.changed_by, newer.program.qualification_period_months) == ("mara", 6)

    again = MONTHS.version(newer.document)
    after = change(company, MONTHS, seen=again, qualification_period_months=9)
    assert (after.changed_by, after.program.qualification_period_months) == ("nadia", 9)


def test_different_parts_do_not_overtake_each_other(company):
    seen = MONTHS.version(drafts.current(company, on=TODAY).document)
    change(company, TIERS, by=MARA, tiers=[SILVER])
    after = change(company, MONTHS, seen=seen, qualification_period_months=9)

    assert (after.program.qualification_period_months, len(after.program.tiers)) == (9, 1)


def test_two_at_the_same_moment_make_one_draft(company_on_each):
    seen = MONTHS.version(drafts.current(company_on_each, on=TODAY).document)

    def say(months: int) -> Any:
        with upkeep.at_work("lumen") as here:
            return change(here, MONTHS, seen=seen, qualification_period_months=months)

    answers = all_at_once([lambda: say(6), lambda: say(9)])

    assert sorted(type(one).__name__ for one in answers) == ["Draft", "Overtaken"]
    assert drafts.current(company_on_each, on=TODAY).number == 1


def test_what_is_wrong_by_itself_is_not_kept_and_what_clashes_is(company):
    with pytest.raises(Unfit) as unfit:
        change(company, TIERS, tiers=[SILVER, GOLD | {"minimum_spend": "100.00"}])
    assert [one.field for one in unfit.value.problems] == ["tiers.1.minimum_spend"]
    assert not drafts.current(company, on=TODAY).is_kept

    after = change(company, MONTHS, award_discounted_items=True)
    assert [(one.code, one.field) for one in after.problems] == [
        ("setting_conflict", "award_discounted_items")
    ]


def test_it_is_thrown_away_as_it_was_seen(company):
    change(company, MONTHS, qualification_period_months=6)
    with pytest.raises(Overtaken):
        drafts.discard(company, seen=7, on=TODAY, at=NOW, by=NADIA)
    drafts.discard(company, seen=1, on=TODAY, at=NOW, by=NADIA)

    assert not drafts.current(company, on=TODAY).is_kept
    assert history()[0] == ("discarded", "nadia")


def test_it_ends_with_its_version_unless_it_was_changed_meanwhile(company):
    change(company, MONTHS, qualification_period_months=6)
    change(company, MONTHS, qualification_period_months=7)
    ended = drafts.published("2026-03-02", seen=1, at=NOW, by=NADIA)
    assert (ended, drafts.current(company, on=TODAY).number) == (False, 2)

    ended = drafts.published("2026-03-02", seen=2, at=NOW, by=NADIA)
    assert (ended, drafts.current(company, on=TODAY).is_kept) == (True, False)


def test_a_file_is_taken_in_whole_or_not_at_all(company):
    text = "type: program\neffective_from: 2020-01-01\nqualification_period_months: 3\n"
    good = drafts.document_in(text)
    bad = drafts.document_in("qualification_months: 3\ntiers: [{name: Silver}]\n")
    when: dict[str, Any] = {"seen": 0, "on": TODAY, "at": NOW, "by": NADIA}

    with pytest.raises(Unfit) as unfit:
        drafts.load(company, bad, **when)
    assert "qualification_months" in [one.field for one in unfit.value.problems]
    assert not drafts.current(company, on=TODAY).is_kept

    after = drafts.load(company, good, **when)
    assert (after.program.qualification_period_months, after.program.tiers) == (3, ())
    assert after.program.effective_from == TODAY
    with pytest.raises(Overtaken):
        drafts.load(company, good, **when)


def test_only_who_defines_the_program_may(company):
    desk = actor_of("tilda", Role.FRONT_DESK)
    with pytest.raises(Refused) as refused:
        change(company, MONTHS, by=desk, qualification_period_months=6)

    assert refused.value.code == "not_permitted"


def test_an_id_of_a_tier_is_never_given_twice(company):
    document = drafts.current(company, on=TODAY).document

    assert drafts.new_tier_id(company, document, "Silver") == "silver-2"
    assert drafts.new_tier_id(company, document, "Élan") == "elan"
    assert drafts.new_tier_id(company, {"tiers": []}, "Gold") == "gold-2"
    assert drafts.new_tier_id(company, {"tiers": []}, "金") == "tier"
