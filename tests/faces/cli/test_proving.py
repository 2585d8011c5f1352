"""`regulars verify` and `regulars explain`."""

import pytest
from django.db import connection

from tests.faces.cli.shell import SPRING, file_of, said_json, say

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture(autouse=True)
def spring(each_database, tmp_path):
    say("import", file_of(tmp_path, SPRING))


def test_books_that_are_right_are_said_to_be():
    proof = say("verify")

    assert proof.exit_code == 0
    assert proof.stdout.endswith("all is right.\n")
    assert said_json("verify", "--deep")["clean"] is True


def test_a_row_changed_behind_the_programs_back_is_found_and_named():
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_ledgerentry SET points = 500 WHERE action = 'amount_spent'"
        )

    proof, told = say("verify"), said_json("verify")

    assert proof.exit_code == 1
    assert proof.stdout.startswith("Guest ann, entry 1")
    assert told["clean"] is False
    assert (told["differences"][0]["guest"], told["differences"][0]["entry"]) == ("ann", 1)


def test_a_guest_is_explained_in_sentences():
    told = said_json("explain", "ann")
    shown = say("explain", "ann").stdout

    assert told[0]["title"] == "Ann (ann)"
    assert shown.startswith("Ann (ann)\n  ")
    assert told[0]["lines"][0] in " ".join(shown.split())


def test_an_invoice_that_waits_for_its_close_can_be_asked_about():
    told = said_json("explain", "ann", "--invoice", "inv3")

    assert "inv3" in told[0]["title"]


def test_a_guest_nobody_knows_is_refused():
    refused = say("explain", "zoe")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("Refused (unknown_reference): ")
