"""Who works here: added, changed, let go, and who did it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from regulars.rules.permissions import Actor, Role
from regulars.rules.refusals import Refused
from regulars.services import desk_changes, importing, sign_ins, staff, upkeep
from regulars.services.staff import Person
from tests.databases import all_at_once
from tests.services.short_histories import START

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
SHELL = Actor("shell")
ADA = Person("Ada Lovelace", "Ada@Lumen.example", "owner")
BEA = Person("Bea Arthur", "bea@lumen.example", "owner")


@pytest.fixture
def company(each_database):
    importing.import_records(((None, one) for one in START), emit=lambda _: None)
    with upkeep.at_work("lumen") as company:
        yield company


def refusal(act: Any) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code, refused.value.field


def test_somebody_is_added_once_and_acts_under_a_name_of_their_own(company):
    ada = staff.add_member(company, ADA, by=SHELL, at=NOW)
    namesake = Person("Ada Lovelace", "other@lumen.example", "front_desk", "soho")
    other = staff.add_member(company, namesake, by=ada.actor(), at=NOW)

    assert (ada.ref, ada.email, ada.role) == ("ada.lovelace", "ada@lumen.example", Role.OWNER)
    assert (other.ref, other.actor().center) == ("ada.lovelace2", "soho")
    again = Person("Ada", "ADA@lumen.example", "manager")
    assert refusal(lambda: staff.add_member(company, again, by=SHELL, at=NOW)) == (
        "conflict",
        "email",
    )
    assert [
        (one.about, one.by, one.at, json.loads(one.body))
        for one in desk_changes.changes(staff.CHANGES)
    ] == [
        (
            "staff/ada.lovelace2",
            "ada.lovelace",
            NOW,
            {"act": "added", "role": "front_desk", "email": "other@lumen.example"},
        ),
        (
            "staff/ada.lovelace",
            "shell",
            NOW,
            {"act": "added", "role": "owner", "email": "ada@lumen.example"},
        ),
    ]


def test_the_last_owner_can_neither_leave_nor_become_something_else(company):
    staff.add_member(company, ADA, by=SHELL, at=NOW)
    by_shell = {"by": SHELL, "at": NOW}

    assert refusal(
        lambda: staff.change_member(company, "ada.lovelace", role="manager", **by_shell)
    ) == ("conflict", "role")
    assert refusal(
        lambda: staff.change_member(company, "ada.lovelace", is_active=False, **by_shell)
    ) == ("conflict", "is_active")

    staff.add_member(company, BEA, by=SHELL, at=NOW)
    staff.change_member(company, "ada.lovelace", is_active=False, **by_shell)
    assert [(one.ref, one.is_active) for one in staff.members_of(company)] == [
        ("bea.arthur", True),
        ("ada.lovelace", False),
    ]


def test_two_owners_who_remove_each_other_leave_one(company):
    for person in (ADA, BEA):
        staff.add_member(company, person, by=SHELL, at=NOW)

    def remove(ref: str) -> str:
        with upkeep.at_work("lumen") as mine:
            staff.change_member(mine, ref, is_active=False, by=SHELL, at=NOW)
        return "gone"

    answers = all_at_once(
        [lambda ref=ref: remove(ref) for ref in ("ada.lovelace", "bea.arthur")]
    )

    assert sorted(one if isinstance(one, str) else one.code for one in answers) == [
        "conflict",
        "gone",
    ]
    assert sum(one.is_active for one in staff.members_of(company)) == 1


@pytest.mark.parametrize(
    ("person", "field"),
    [
        (Person(" ", "x@lumen.example", "owner"), "name"),
        (Person("Ada", "no address", "owner"), "email"),
        (Person("Ada", "x@lumen.example", "queen"), "role"),
        (Person("Ada", "x@lumen.example", "owner", "nowhere"), "center"),
    ],
)
def test_what_is_wrong_is_named(sqlite_database, person, field):
    importing.import_records(((None, one) for one in START), emit=lambda _: None)
    with upkeep.at_work("lumen") as company:
        assert refusal(lambda: staff.add_member(company, person, by=SHELL, at=NOW))[1] == field
        assert staff.members_of(company) == []


def test_only_who_may_manage_staff_adds_them(company):
    desk = Person("Tom", "tom@lumen.example", "front_desk")
    tom = staff.add_member(company, desk, by=SHELL, at=NOW)

    assert refusal(lambda: staff.add_member(company, ADA, by=tom.actor(), at=NOW))[0] == (
        "not_permitted"
    )


def test_one_person_may_work_for_two_companies(company):
    ada = staff.add_member(company, ADA, by=SHELL, at=NOW)
    noor = {"type": "organization", "id": "noor", "name": "Noor", "currency": "EUR"}
    importing.import_records(
        iter([(None, {**noor, "time_zone": "Europe/Berlin", "at": "2026-01-01T08:00"})]),
        emit=lambda _: None,
        organization="noor",
    )
    with upkeep.at_work("noor") as second:
        same = staff.add_member(second, ADA, by=SHELL, at=NOW)

    assert same.user == ada.user
    assert [one.ref for one in staff.employers_of(ada.user)] == ["lumen", "noor"]
    staff.add_member(company, BEA, by=SHELL, at=NOW)
    staff.change_member(company, ada.ref, is_active=False, by=SHELL, at=NOW)
    assert [one.ref for one in staff.employers_of(ada.user)] == ["noor"]
    assert staff.member_at_work(company, ada.user) is None


def test_a_password_that_is_easily_guessed_is_refused(company):
    ada = staff.add_member(company, ADA, by=SHELL, at=NOW)

    assert refusal(lambda: sign_ins.set_password(ada.user, "password12")) == (
        "invalid_record",
        "password",
    )
    assert sign_ins.has_password([ada.user]) == set()
    sign_ins.set_password(ada.user, "blue-heron-48")
    assert sign_ins.has_password([ada.user]) == {ada.user}
