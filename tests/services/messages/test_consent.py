"""What a guest wants to be told: recorded with who, when, how and why, and read back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.records import models
from regulars.rules.refusals import Refused
from regulars.services.messages import consent
from regulars.services.messages.consent import ConsentChange, preferences_of
from regulars.services.messages.consent_lists import record_list
from tests.services.histories import command, guest
from tests.services.messages.salon import AT, agree, bounce, salon


def test_the_history_keeps_every_change_and_the_last_one_holds(each_database):
    with salon() as company:
        agree(company, "ann", "email")
        agree(company, "ann", "sms")
        agree(company, "ann", "email", "withdrawn")
        consent.set_language(
            company, "ann", "DE_at", at=AT, by="ella", how="desk", note="She is from Graz."
        )
        found = preferences_of("ann")
        assert models.ContactPreference.objects.count() == 1

    assert (found.email_consent, found.sms_consent) == ("withdrawn", "given")
    assert found.language == "de-AT"
    assert [(one.channel, one.state) for one in found.history] == [
        ("email", "given"),
        ("sms", "given"),
        ("email", "withdrawn"),
        ("language", "de-AT"),
    ]
    assert found.history[-1] == ConsentChange(
        "language", "de-AT", AT, "ella", "desk", "She is from Graz."
    )


def test_a_guest_never_asked_has_no_past(sqlite_database):
    with salon():
        found = preferences_of("bea")

    assert (found.email_consent, found.sms_consent, found.language) == (None, None, None)
    assert found.history == ()


def test_several_wishes_at_once_are_kept_together_or_not_at_all(sqlite_database):
    with salon() as company:
        said = {"at": AT, "by": "ella", "how": "desk"}
        wrong = {"email": "given", "language": "klingon"}
        with pytest.raises(Refused):
            consent.record_all(company, "ann", wrong, **said)
        assert preferences_of("ann").history == ()
        consent.record_all(company, "ann", {"email": "given", "language": "de"}, **said)
        consent.record_all(company, "ann", {"sms": None, "language": "none"}, **said)
        found = preferences_of("ann")

    assert (found.email_consent, found.sms_consent, found.language) == ("given", None, None)
    assert len(found.history) == 3


def test_a_bounce_is_kept_and_ends_when_consent_is_given_anew(sqlite_database):
    with salon() as company:
        bounce("ann", "ann@example.com")
        bounced = preferences_of("ann")
        agree(company, "ann")
        again = preferences_of("ann")

    assert bounced.email_bounced == "ann@example.com"
    assert bounced.history[-1].note == "ann@example.com: 550 no such mailbox"
    assert again.email_bounced is None


@pytest.mark.parametrize(
    ("channel", "state", "field"),
    [("fax", "given", "channel"), ("email", "maybe", "email"), ("language", "xx", "language")],
)
def test_what_is_not_known_is_refused(sqlite_database, channel, state, field):
    with salon() as company, pytest.raises(Refused) as caught:
        agree(company, "ann", channel, state)

    assert (caught.value.code, caught.value.field) == ("invalid_record", field)


def test_unknown_and_merged_guests_are_refused(sqlite_database):
    with salon(
        guest("fay"),
        guest("gwen"),
        command("merge_guests/m1", "2026-03-05", **{"from": "fay", "into": "gwen"}),
    ) as company:
        with pytest.raises(Refused) as unknown:
            agree(company, "nobody")
        with pytest.raises(Refused) as merged:
            agree(company, "fay")

    assert unknown.value.code == "unknown_reference"
    assert (merged.value.code, merged.value.detail) == ("guest_merged", {"merged_into": "gwen"})


# -- lists ------------------------------------------------------------------------------------

LIST = [
    (2, {"guest": "ann", "email": "given", "sms": "", "language": "de", "note": "Form 17"}),
    (3, {"guest": "bea", "email": "withdrawn"}),
    (4, {"guest": "nobody", "email": "given"}),
    (5, {"guest": "cleo", "email": "given", "sms": "perhaps"}),
    (6, {"guest": "bea", "sms": "given"}),
]


def test_a_list_is_taken_in_but_for_the_lines_that_are_wrong(each_database):
    with salon() as company:
        agree(company, "bea", "email")
        said = {"at": AT, "by": "ella", "how": "import"}
        first = record_list(company, LIST, **said)
        again = record_list(company, LIST, **said)
        ann, bea, cleo = (preferences_of(ref) for ref in ("ann", "bea", "cleo"))

    assert (first.n_changes, first.n_unchanged) == (4, 0)
    assert (again.n_changes, again.n_unchanged) == (0, 4)
    assert [(line, one.code) for line, one in first.refused] == [
        (4, "unknown_reference"),
        (5, "invalid_record"),
    ]
    assert (ann.email_consent, ann.sms_consent, ann.language) == ("given", None, "de")
    assert (bea.email_consent, bea.sms_consent) == ("withdrawn", "given")
    assert cleo.history == ()
    assert [(one.channel, one.state, one.note) for one in ann.history] == [
        ("email", "given", "Form 17"),
        ("language", "de", "Form 17"),
    ]


def test_a_longer_list_costs_as_many_statements(each_database):
    with salon() as company:

        def count(*lines: tuple) -> int:
            with CaptureQueriesContext(connection) as queries:
                taken = record_list(company, lines, at=AT, by=None, how="import")
            assert taken.n_changes == len(lines)
            return len(queries)

        record_list(company, [LIST[0]], at=AT, by=None, how="import")
        one = [(2, {"guest": "ann", "sms": "given"}), (3, {"guest": "bea", "sms": "given"})]
        two = [(2, {"guest": ref, "sms": "withdrawn"}) for ref in ("ann", "bea")]
        two.append((3, {"guest": "cleo", "sms": "given"}))
        assert count(*one) == count(*two)
