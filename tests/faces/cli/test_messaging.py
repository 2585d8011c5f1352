"""`regulars messages` and `regulars consent`, as said at a shell."""

import pytest

from regulars.services.messages.kinds import KINDS
from tests.faces.cli.shell import file_of, said_json, say
from tests.services.messages.salon import (
    SPRING,
    agree,
    make,
    occasion,
    salon,
)


@pytest.fixture
def spring(sqlite_database):
    """ann is Gold with 350 points; her database is the one that commands open."""
    with salon():
        pass
    return sqlite_database


def test_every_kind_and_field_is_listed():
    listed = say("messages", "kinds")
    told = said_json("messages", "kinds")

    assert [one["name"] for one in told] == list(KINDS)
    assert told[0]["fields"] == dict(KINDS["points_awarded"].fields)
    for kind in KINDS.values():
        for name, text in kind.fields.items():
            assert f"{name} " in listed.stdout
            assert text in listed.stdout


def test_a_kind_is_switched_on_and_off_again(spring):
    on = say("messages", "on", "points_expiring", "email", "--from", "2026-04-01")
    found = said_json("messages", "settings")
    off = say("messages", "off", "points_expiring", "email")

    assert on.exit_code == off.exit_code == 0
    assert on.stdout.splitlines() == [
        "points_expiring goes by email for what happens from 2026-04-01 on.",
        "No reminder will go until the program has `expiry_reminder_days`.",
    ]
    assert [(one["kind"], one["told_from"]) for one in found if one["on"]] == [
        ("points_expiring", "2026-04-01")
    ]
    assert not any(one["on"] for one in said_json("messages", "settings"))


def test_words_are_shown_edited_previewed_set_and_given_up(spring, tmp_path):
    shown = say("messages", "template", "show", "enrolled", "email")
    path = tmp_path / "words.txt"
    path.write_text(shown.stdout.replace("Hello", "Dear"))
    kind = ("enrolled", "email")
    draft = say("messages", "template", "preview", *kind, "ann", "--file", path)
    kept = say("messages", "template", "set", *kind, path)
    again = say("messages", "template", "show", *kind)
    seen = say("messages", "template", "preview", *kind, "ann")
    reset = say("messages", "template", "reset", *kind)

    assert [one.exit_code for one in (shown, draft, kept, again, seen, reset)] == [0] * 6
    assert draft.stdout == seen.stdout
    assert seen.stdout.startswith(
        "To: ann@example.com\nSubject: Welcome to Gold\n\nDear Ann,\n"
    )
    assert again.stdout == path.read_text()
    assert again.stderr == "The words are your own, in en.\n"
    assert say("messages", "template", "show", *kind).stdout == shown.stdout


def test_a_wrong_template_is_refused_with_the_line_and_the_fields(spring):
    text = "Subject: Hello\n\nDear {{ guest }},\n{{ pionts }} points"
    refused = say("messages", "template", "set", "enrolled", "email", "-", stdin=text)

    assert refused.exit_code == 1
    assert refused.stderr.startswith(
        "Refused (invalid_record): Line 2 of the body: enrolled has no field 'pionts'; it has"
        " guest, first_name,"
    )


def test_a_preview_says_what_is_made_up_and_why_it_would_not_go(spring):
    seen = say("messages", "template", "preview", "statement", "sms", "ann")
    made_up = say("messages", "template", "preview", "points_redeemed", "email", "ann")

    assert "ann" not in seen.stderr
    assert seen.stderr == (
        "It would not be sent: The guest has not agreed to be told statement by SMS.\n"
    )
    assert made_up.stderr.startswith("The guest has no such occasion yet")


def test_messages_are_listed_and_shown(sqlite_database):
    with salon(*SPRING) as company:
        agree(company, "ann")
        agree(company, "bea", state="withdrawn")
        told = [occasion(ref, "reward_issued") for ref in ("ann", "bea")]
        make(company, *told, channels=["email"])

    listed = say("messages", "list")
    [mine] = said_json("messages", "list", "--guest", "ann")
    [withheld] = said_json("messages", "list", "--state", "withheld", "--kind", "reward_issued")
    shown = say("messages", "show", mine["id"])
    whole = said_json("messages", "show", mine["id"])

    assert len(listed.stdout.splitlines()) == 3
    assert "    The guest does not want to be told by e-mail." in listed.stdout
    assert (mine["guest"], mine["state"], mine["occasion"]) == ("ann", "waiting", "test/1")
    assert withheld["guest"] == "bea"
    assert "Subject: $50.00 for you" in shown.stdout
    assert whole["subject"] == "$50.00 for you"
    assert whole["body"].startswith("Hello Ann,")
    assert say("messages", "list", "--guest", "cleo").stdout == "There are no such messages.\n"


def test_consent_is_recorded_and_shown_with_its_past(spring):
    said = say("consent", "ann", "--email", "given", "--language", "de", "--note", "By phone.")
    say("consent", "ann", "--email", "withdrawn")
    told = said_json("consent", "ann")

    assert said.exit_code == 0
    assert "given" in said.stdout
    assert (told["email_consent"], told["sms_consent"], told["language"]) == (
        "withdrawn",
        None,
        "de",
    )
    assert [(one["channel"], one["state"], one["note"]) for one in told["history"]] == [
        ("email", "given", "By phone."),
        ("language", "de", "By phone."),
        ("email", "withdrawn", None),
    ]


def test_consents_come_from_a_list(spring, tmp_path):
    path = tmp_path / "consents.csv"
    path.write_text('guest, email,sms,note\nann,given,,"By phone, in May"\nzoe,given,,\n')
    taken = say("messages", "consents", path)
    again = said_json("messages", "consents", path, "--how", "form")

    assert taken.exit_code == 1
    assert taken.stdout.splitlines() == [
        "line 3: unknown_reference: No guest is known by the id 'zoe'.",
        "1 changes, 0 held already.",
    ]
    assert (again["changes"], again["unchanged"]) == (0, 1)
    [change] = said_json("consent", "ann")["history"]
    assert (change["how"], change["note"]) == ("import", "By phone, in May")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("guest,mail\nann,given\n", "unknown column 'mail'"),
        ("email\ngiven\n", "has no 'guest'"),
        ("", "has no 'guest'"),
        ("guest,email\nann,given,given\n", "line 2: there are more cells"),
        ('guest,email\nann,"given\n', "unexpected end of data"),
        ("guest,email\nann,\xff\n".encode("latin-1"), "no UTF-8 text"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_whole(spring, tmp_path, text, words):
    path = tmp_path / "consents.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    refused = say("messages", "consents", path)

    assert refused.exit_code == 1
    assert words in refused.stderr
    assert said_json("consent", "ann")["history"] == []


def test_the_organizations_language_is_english_until_it_is_set(spring):
    assert say("messages", "language").stdout == "en\n"
    assert say("messages", "language", "de_CH").stdout == "de-CH\n"
    assert say("messages", "language").stdout == "de-CH\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("consent", "nobody"), 1),
        (("consent", "ann", "--email", "maybe"), 1),
        (("consent", "ann", "--language", "klingon"), 1),
        (("messages", "on", "birthday", "email"), 1),
        (("messages", "on", "enrolled", "fax"), 1),
        (("messages", "on", "enrolled", "email", "--from", "soon"), 2),
        (("messages", "list", "--state", "lost"), 2),
        (("messages", "show", "17"), 2),
        (("messages", "show", "01a200de-92b5-7f35-9846-36ceb33ff85e"), 1),
        (("messages", "template", "set", "enrolled", "email", "nowhere.txt"), 2),
    ],
)
def test_what_is_wrong_is_one_line_and_an_exit_code(spring, words, code):
    wrong = say(*words)

    assert wrong.exit_code == code
    assert wrong.stdout == ""
    assert "Traceback" not in wrong.stderr


def test_a_file_that_is_no_text_is_refused(spring, tmp_path):
    path = file_of(tmp_path, [], "words.txt")
    path.write_bytes(b"\xff\xfe\x00")
    refused = say("messages", "template", "set", "enrolled", "email", path)

    assert refused.exit_code == 1
    assert "is no UTF-8 text" in refused.stderr
