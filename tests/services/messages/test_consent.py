"""What a guest wants to be told: recorded with who, when, how and why, and read back."""

import pytest

from regulars.records import models
from regulars.rules.refusals import Refused
from regulars.services.messages import consent
from regulars.services.messages.consent import ConsentChange, preferences_of
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
