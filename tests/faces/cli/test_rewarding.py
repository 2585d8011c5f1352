"""`regulars process-rewards`, `rewards` and `statuses` as staff use them."""

import pytest

from tests.faces.cli.shell import file_of, said_json, say
from tests.services.histories import START, command, guest, invoice, open_invoice, program

pytestmark = pytest.mark.usefixtures("each_database")

VIP = {"type": "status", "id": "vip", "name": "VIP", "at": "2026-01-01"}
INCLUDED = VIP | {"include_in_loyalty_rewards": True}
REFUND = {"id": "r1", "payment": "p1", "amount": "400.00", "at": "2026-03-20"}
SPENT = invoice("i1", "ann", "1120.00", "2026-03-02")
GUESTS = [guest("ann", status="vip"), guest("bob", status="vip"), guest("cid")]
SALES = [
    SPENT,
    invoice("i2", "bob", "499.99", "2026-03-03"),
    invoice("i3", "cid", "900.00", "2026-03-04"),
    open_invoice("i4", "ann", "30.00", "2026-03-05"),
]
HISTORY = [*START, program(rewards={"start_date": "2026-03-01"}), INCLUDED, *GUESTS, *SALES]
RUN = ("process-rewards", "--threshold", "500", "--amount", "25")


@pytest.fixture
def told(tmp_path):
    """A way to tell records, which begins with the spring at the spa."""

    def tell(*records):
        answered = said_json("import", file_of(tmp_path, records))
        assert not answered["refusals"], answered

    tell(*HISTORY)
    return tell


# -- a run ------------------------------------------------------------------------------------


def test_the_preview_leaves_no_trace_and_the_run_gives_what_it_showed(told):
    shown = say(*RUN, "--preview")
    seen = said_json(*RUN, "--preview")
    none_yet = said_json("rewards", "runs")
    made = said_json(*RUN, "--yes", "--by", "olga", "--expires-on", "2026-12-31")

    assert shown.stdout.splitlines() == [
        "  guest  name  qualifying sales  used before  rewards  carry-over",
        "  ann    Ann            1120.00         0.00        2      120.00",
        "2 rewards of 25.00 USD for 1 guest: 50.00 in all.",
    ]
    assert none_yet == []
    assert (seen["created"], made["created"]) == (False, True)
    assert made["lines"] == seen["lines"]
    assert (made["guests"], made["rewards"], made["amount"]) == (1, 2, "50.00")
    listed = said_json("rewards", "list", "--run", "run-2026-03-05")
    assert [(one["id"], one["expires_on"], one["issued_by"]) for one in listed] == [
        ("run-2026-03-05:ann:1", "2026-12-31", "olga"),
        ("run-2026-03-05:ann:2", "2026-12-31", "olga"),
    ]


def test_again_gives_nothing_and_leaves_no_run(told):
    say(*RUN, "--yes")
    again = say(*RUN, "--yes")

    assert again.exit_code == 0
    assert again.stdout == "Nobody reaches the threshold: there is nothing to create.\n"
    assert len(said_json("rewards", "runs")) == 1


def test_the_record_of_a_run_has_who_when_what_and_every_guests_figures(told):
    say(*RUN, "--yes", "--by", "olga", "--id", "spring")
    told(SPENT | {"at": "2026-03-20", "refunds": [REFUND]})

    run = said_json("rewards", "runs", "--run", "spring")
    text = say("rewards", "runs", "--run", "spring").stdout

    assert {name: run[name] for name in ("on", "by", "threshold", "amount", "undone")} == {
        "on": "2026-03-05",
        "by": "olga",
        "threshold": "500.00",
        "amount": "25.00",
        "undone": False,
    }
    assert run["now"] == {"issued": 2}
    assert run["lines"] == [
        {
            "guest": "ann",
            "name": "Ann",
            "qualifying_sales": "1120.00",
            "consumed_before": "0.00",
            "rewards": 2,
            "carry": "120.00",
        }
    ]
    assert "ann    Ann            1120.00         0.00        2      120.00" in text
    reason = "1120.00 so far, 0.00 used before, 120.00 carried over."
    assert reason in say("explain", "ann").stdout.replace("\n    ", " ")


def test_a_run_asks_and_where_nobody_can_answer_says_so(told):
    asked = say(*RUN)

    assert asked.exit_code == 2
    assert asked.stderr.splitlines() == [
        "The books are closed through 2026-03-04: this counts for 2026-03-05.",
        "Create 2 rewards of 25.00 USD for 1 guest: 50.00 in all, as run run-2026-03-05?"
        " Nobody is there to ask: say --yes to go on.",
    ]
    assert said_json("rewards", "list") == []


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (["--threshold", "0"], "Refused (invalid_record): threshold must be above 0."),
        (
            ["--threshold", "0.10"],
            "Refused (invalid_record): threshold would give guest ann 11,200 rewards at once;"
            " more than 10,000 are not given to one guest in one run.",
        ),
        (
            ["--amount", "-5"],
            "Refused (invalid_record): amount must not be negative; it is '-5'.",
        ),
        (
            ["--amount", "25.125"],
            "Refused (invalid_record): amount may have at most 2 decimals in this currency;"
            " '25.125' has more.",
        ),
        (
            ["--expires-on", "2026-03-04"],
            "Refused (invalid_record): expires_on must not be before 2026-03-05, the day of"
            " issue; it is 2026-03-04.",
        ),
        (
            ["--guests", "ann,zoe"],
            "Refused (unknown_reference): guests: No guest is known by the id 'zoe'.",
        ),
        (
            ["--without", "zoe"],
            "Refused (unknown_reference): without: No guest is known by the id 'zoe'.",
        ),
        (
            ["--guests", "ann,ann"],
            "Refused (invalid_record): guests names one twice. (It is ['ann', 'ann'].)",
        ),
    ],
)
def test_what_makes_no_sense_is_named_and_nothing_is_created(told, more, complaint):
    refused = say(*RUN, *more, "--yes")

    assert refused.exit_code == 1
    assert refused.stderr == f"{complaint}\n"
    assert said_json("rewards", "runs") == []


def test_a_merged_guest_is_sent_to_who_stands_for_it(told):
    told(command("merge_guests/m1", "2026-03-05T13:00", **{"from": "bob", "into": "ann"}))

    refused = say(*RUN, "--guests", "bob", "--yes")

    assert refused.stderr == (
        "Refused (guest_merged): guests: Guest bob was merged into ann; name ann instead.\n"
    )
    assert said_json(*RUN, "--preview")["lines"][0]["qualifying_sales"] == "1619.99"


def test_a_start_date_to_come_is_refused_with_the_dates(told):
    told(program("2026-03-06", at="2026-03-05T13:00", rewards={"start_date": "2026-07-01"}))
    say("close-day", "2026-03-05", "--yes")

    refused = say(*RUN, "--yes")

    assert refused.exit_code == 1
    assert "start date, rewards.start_date, is 2026-07-01, and today is 20" in refused.stderr


def test_without_a_status_that_is_included_there_is_nobody_to_look_at(told):
    say("statuses", "set", "vip", "--exclude")

    refused = say(*RUN, "--yes")

    assert refused.exit_code == 1
    assert "No client status has include_in_loyalty_rewards" in refused.stderr


def test_guests_named_are_given_or_it_is_said_why_not(told, tmp_path):
    names = tmp_path / "names.txt"
    names.write_text("ann\nbob\n\ncid\n")

    seen = said_json(*RUN, "--guests", f"@{names}", "--preview")
    without = said_json(*RUN, "--without", "ann", "--preview")

    assert [line["guest"] for line in seen["lines"]] == ["ann"]
    assert [(one["guest"], one["because"]) for one in seen["left_out"]] == [
        ("bob", "499.99 of sales not yet used, below 500.00"),
        ("cid", "of no status that is in loyalty rewards"),
    ]
    assert without["lines"] == []


def test_unticked_guests_consume_nothing(told):
    told(guest("cid", status="vip", at="2026-03-05T13:00"))

    made = said_json(*RUN, "--without", "ann", "--yes", "--id", "most")
    rest = said_json(*RUN, "--yes", "--id", "rest")

    assert [line["guest"] for line in made["lines"]] == ["cid"]
    assert [(line["guest"], line["rewards"]) for line in rest["lines"]] == [("ann", 2)]


def test_runs_of_one_day_are_numbered(told):
    first = said_json(*RUN, "--guests", "ann", "--yes")["run"]
    say("rewards", "undo-run", first, "--yes")
    second = said_json(*RUN, "--yes")["run"]

    assert (first, second) == ("run-2026-03-05", "run-2026-03-05-2")


def test_letters_to_print_need_a_file_before_anything_is_created(told):
    refused = say(*RUN, "--letters", "pdf", "--yes")

    assert refused.exit_code == 2
    assert "--letters pdf and --output FILE belong together" in refused.stderr
    assert said_json("rewards", "runs") == []


def test_letters_and_e_mails_go_with_the_run_and_letters_again_at_any_time(told, tmp_path):
    path, later = tmp_path / "letters.pdf", tmp_path / "again.pdf"
    told(guest("ann", status="vip", email="ann@example.com", at="2026-03-05T13:00"))
    printed = say(*RUN, "--yes", "--id", "a", "--letters", "pdf", "--output", path)
    again = say("rewards", "letters", "a", "--output", later)
    told(invoice("i5", "ann", "500.00", "2026-03-05T14:00"))
    mailed = say(*RUN, "--yes", "--id", "b", "--letters", "email")

    assert printed.stdout.splitlines()[-2:] == [
        "Run a: 2 rewards for 1 guest created, 50.00 in all.",
        f"1 letter written to {path}.",
    ]
    assert path.read_bytes().startswith(b"%PDF")
    assert later.read_bytes() == path.read_bytes()
    assert again.exit_code == 0
    assert mailed.stdout.splitlines()[-2:] == [
        "Run b: 1 reward for 1 guest created, 25.00 in all.",
        "1 e-mail queued; `regulars worker` sends them.",
    ]


# -- review and undo --------------------------------------------------------------------------


def test_after_a_refund_the_guest_is_listed_for_review_and_keeps_the_rewards(told):
    quiet = say("rewards", "review").stdout
    say(*RUN, "--yes")
    told(SPENT | {"at": "2026-03-20", "refunds": [REFUND]})

    [line] = said_json("rewards", "review")

    assert quiet.startswith("Nothing to review")
    assert (line["guest"], line["qualifying_sales"], line["carry"]) == (
        "ann",
        "720.00",
        "-280.00",
    )
    assert len(said_json("rewards", "list", "--outstanding")) == 2


def test_a_run_is_undone_once_and_not_when_a_reward_of_it_is_redeemed(told):
    say(*RUN, "--yes", "--id", "spring")
    used = command("redeem_reward/x1", "2026-03-05T14:00", reward="spring:ann:1", invoice="i4")
    told(used)
    refused = say("rewards", "undo-run", "spring", "--yes")
    told(
        command(
            "undo_redeem_reward/u1", "2026-03-05T15:00", reward="spring:ann:1", invoice="i4"
        )
    )

    asked = say("rewards", "undo-run", "spring")
    undone = say("rewards", "undo-run", "spring", "--yes")
    again = say("rewards", "undo-run", "spring", "--yes")

    assert refused.exit_code == 1
    assert "spring:ann:1 is redeemed" in refused.stderr
    assert (asked.exit_code, undone.exit_code, again.exit_code) == (2, 0, 1)
    assert undone.stdout == "Run spring is undone: 2 rewards made void.\n"
    assert "was undone already" in again.stderr
    [run] = said_json("rewards", "runs")
    assert run["undone"]
    assert said_json(*RUN, "--preview")["rewards"] == 2


# -- by hand ----------------------------------------------------------------------------------


def test_after_a_reward_by_hand_staff_are_reminded_of_the_status(told):
    issued = say(
        "rewards", "issue", "cid", "--amount", "10", "--reason", "sorry", "--code", "C1"
    )
    with_status = say(
        *("rewards", "issue", "cid", "--amount", "10", "--reason", "sorry"),
        *("--set-status", "vip"),
    )
    strange = say(
        *("rewards", "issue", "cid", "--amount", "10", "--reason", "sorry"),
        *("--set-status", "gold", "--code", "C9"),
    )

    assert issued.stdout.splitlines() == [
        "Reward C1 of 10 USD issued to cid.",
        "The status of cid is none: not in loyalty rewards, so runs pass over this guest."
        " `regulars statuses give cid STATUS` or --set-status changes it.",
    ]
    assert with_status.stdout.splitlines()[1] == "The status of cid is vip now."
    assert strange.exit_code == 1
    assert "'gold'" in strange.stderr
    assert len(said_json("rewards", "list", "--guest", "cid")) == 2
    assert [line["guest"] for line in said_json(*RUN, "--preview")["lines"]] == ["ann", "cid"]


def test_a_reward_is_edited_and_voided_and_tells_its_story(told):
    say("rewards", "issue", "ann", "--amount", "10", "--reason", "sorry", "--code", "C1")
    edited = said_json(
        "rewards", "edit", "C1", "--amount", "12.50", "--expires-on", "2026-04-30"
    )
    endless = said_json("rewards", "edit", "C1", "--expires-on", "never", "--note", "for good")
    voided = said_json("rewards", "void", "C1", "--reason", "by mistake", "--by", "olga")
    late = say("rewards", "edit", "C1", "--amount", "5")
    shown = said_json("rewards", "show", "C1")

    assert (edited["amount"], edited["expires_on"]) == ("12.50", "2026-04-30")
    assert (endless["expires_on"], endless["note"]) == (None, "for good")
    assert (voided["status"], voided["void_reason"]) == ("void", "by mistake")
    assert late.exit_code == 1
    assert "(reward_not_redeemable)" in late.stderr
    assert [line.partition(": ")[2].partition(" [")[0] for line in shown["story"]] == [
        "Reward C1 of 10.00 issued by hand.",
        "Reward C1 was edited: amount 10.00 to 12.50, last day never to 2026-04-30.",
        "Reward C1 was edited: last day 2026-04-30 to never.",
        "Reward C1 was made void (by mistake).",
    ]
    assert shown["story"][-1].startswith("2026-03-05, olga: ")


def test_lists_are_narrowed_and_long_ones_shortened(told):
    for number in range(22):
        fields = {"guest": "ann" if number else "bob", "amount": "1.00"}
        told(command(f"issue_reward/c{number:02}", "2026-03-05T16:00", **fields))
    say("rewards", "void", "c05", "--reason", "test")

    short = say("rewards", "list").stdout.splitlines()
    whole = say("rewards", "list", "--all").stdout.splitlines()
    wrong = say("rewards", "list", "--status", "lost")

    assert short[-2:] == [
        "  … and 2 more; --all shows them.",
        "22 rewards, 22.00 USD of face value.",
    ]
    assert len(whole) == 24
    assert [one["id"] for one in said_json("rewards", "list", "--status", "void")] == ["c05"]
    assert len(said_json("rewards", "list", "--guest", "ann", "--outstanding")) == 20
    assert wrong.exit_code == 2
    assert say("rewards", "list", "--guest", "zoe").exit_code == 1
    assert say("rewards", "list", "--run", "none").exit_code == 1


# -- statuses ---------------------------------------------------------------------------------


def test_statuses_are_listed_made_and_given(told):
    made = say("statuses", "set", "walkin", "--exclude", "--name", "Walk-in")
    same = say("statuses", "set", "walkin", "--exclude")
    given = say("statuses", "give", "cid", "walkin")
    taken = say("statuses", "give", "bob", "-")

    assert made.stdout == "Guests of status walkin are not in loyalty rewards.\n"
    assert same.stdout == "Guests of status walkin are not in loyalty rewards already.\n"
    assert (given.exit_code, taken.exit_code) == (0, 0)
    assert [
        (one["status"], one["name"], one["include_in_loyalty_rewards"], one["guests"])
        for one in said_json("statuses", "list")
    ] == [("vip", "VIP", True, 1), ("walkin", "Walk-in", False, 1), (None, "", False, 1)]
    assert say("statuses", "give", "zoe", "vip").exit_code == 1


def test_all_of_it_is_told_again_by_an_export(told, tmp_path):
    say(*RUN, "--yes", "--id", "spring")
    say("rewards", "issue", "cid", "--amount", "10", "--reason", "sorry", "--set-status", "vip")
    say("rewards", "edit", "spring:ann:1", "--amount", "30")
    say("rewards", "void", "spring:ann:2", "--reason", "test")
    say("statuses", "set", "walkin", "--exclude")
    say("rewards", "undo-run", "spring", "--yes")
    path = tmp_path / "export.jsonl"
    say("export", path)

    verified = said_json("verify", "--deep")
    again = said_json("replay", path)

    assert verified["clean"]
    assert {one["status"] for one in again["results"]} == {"applied"}
