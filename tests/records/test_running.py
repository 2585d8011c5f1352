"""A statement as each server is asked: its lists, its numbers, its plan."""

import pytest
from django.db import connection

from regulars.records import bulk
from regulars.records.ids import uuid7
from regulars.records.running import numbered, postgresql_text

ASKED = "SELECT points FROM records_account WHERE organization_id = %s AND guest_id IN %s"
GUESTS = [uuid7(), uuid7()]


@pytest.mark.parametrize(
    ("is_single", "text"),
    [(True, "a = %s AND b <> ALL(%s)"), (False, "a = ANY(%s) AND b <> ALL(%s)")],
)
def test_one_value_is_compared_with_itself(is_single, text):
    assert postgresql_text("a IN %s AND b NOT IN %s", (is_single, False)) == text


def test_one_value_that_it_is_not():
    assert postgresql_text("a NOT IN %s", (True,)) == "a <> %s"


def test_parameters_have_numbers_and_a_sign_of_percent_is_one():
    asked = "a = %s AND b LIKE '%%s%%' AND c = %s"

    assert numbered(asked) == "a = $1 AND b LIKE '%s%' AND c = $2"


@pytest.mark.parametrize("guests", [GUESTS[:1], GUESTS])
@pytest.mark.usefixtures("each_database")
def test_it_is_answered_alike_however_many_are_asked_for(guests):
    assert bulk.select(ASKED, [uuid7(), guests]) == []


@pytest.mark.usefixtures("postgresql_database")
def test_what_is_asked_of_one_guest_is_planned_for_all():
    for _ in range(20):
        bulk.select(ASKED, [uuid7(), [uuid7()]])

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans > custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE '%%guest_id = $2%%'"
        )
        assert cursor.fetchall() == [(True,)]
