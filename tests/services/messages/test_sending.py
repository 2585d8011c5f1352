"""Messages go out at least once, are recognized if twice, and never count another's trouble."""

import tracemalloc
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.services.messages import dead_letters, sending
from regulars.services.messages.sending import LEASE, MAX_ATTEMPTS, Sending, pause_after
from regulars.site.mail import email_settings, sms_settings
from tests.databases import all_at_once
from tests.services.messages.dying import Killed
from tests.services.messages.mail_server import MailServer, free_port, mail_server
from tests.services.messages.postbag import FROM, NOON, Postbag, known
from tests.services.short_histories import command

pytestmark = pytest.mark.usefixtures("each_database")

DAY = timedelta(days=1)


@pytest.fixture
def post_to(settings):
    def use(server: MailServer) -> None:
        mail(settings, server.url)

    return use


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    mail(settings, f"folder://{tmp_path}/mail")
    for name, value in sms_settings(f"folder://{tmp_path}/sms").items():
        setattr(settings, name, value)
    return tmp_path


def mail(settings, url: str) -> None:
    for name, value in email_settings(url, FROM).items():
        setattr(settings, name, value)


def read(path: Path):
    return message_from_bytes(path.read_bytes(), policy=policy.default)


# -- as it should be --------------------------------------------------------------------------


def test_a_message_goes_out_once_with_text_and_page(post_to):
    bag = Postbag()
    waiting = bag.add()
    with mail_server() as server:
        post_to(server)
        assert bag.send() == Sending(1, 0, 0, None)
        assert bag.send(after=DAY) == Sending(0, 0, 0, None)
    [envelope] = server.taken
    told = envelope.message
    assert (envelope.sender, envelope.recipient) == ("hello@lumen.example", "ann@example.com")
    assert told["From"] == "Lumen Spa <hello@lumen.example>"
    assert told["To"] == "Ann <ann@example.com>"
    assert told["Subject"] == "120 points for you"
    assert told["Message-ID"] == f"<{waiting.id}@lumen.example>"
    assert told["Date"] == "Sun, 01 Feb 2026 12:00:00 +0000"
    assert told["List-Unsubscribe"] == "<mailto:hello@lumen.example?subject=unsubscribe>"
    text, page = (part.get_content() for part in told.iter_parts())
    assert text.splitlines() == ["Hello Ann,", "", "thank you!", "", "Lumen Spa"]
    assert '<p style="margin:0 0 16px">thank you!</p>' in page
    row = bag.row(waiting)
    assert (row.state, row.sent_at, row.next_try_at) == ("sent", NOON, None)
    assert (row.attempts, row.problem) == (1, None)


def test_text_messages_and_e_mail_go_into_a_folder(folder):
    bag = Postbag()
    letter, sms = bag.add(), bag.add(channel="sms", subject="", body="Ann: 120 points")
    assert bag.send().n_sent == 2
    assert [path.name for path in (folder / "mail").iterdir()] == [f"{letter.id}.eml"]
    [path] = (folder / "sms").iterdir()
    assert path.name == f"{sms.id}.txt"
    assert path.read_text() == "To: +1 212 555 0100\n\nAnn: 120 points\n"
    assert read(folder / "mail" / f"{letter.id}.eml")["To"] == "Ann <ann@example.com>"


def test_only_what_is_due_goes_and_no_more_than_the_limit(folder):
    bag = Postbag()
    later = bag.add(next_try_at=NOON + DAY)
    for _ in range(3):
        bag.add()
    assert bag.send(limit=2) == Sending(2, 0, 0, None, has_more=True)
    assert bag.send(limit=2) == Sending(1, 0, 0, None)
    assert bag.row(later).state == "waiting"


def test_one_connection_serves_a_batch(post_to):
    bag = Postbag()
    for _ in range(5):
        bag.add()
    with mail_server() as server:
        post_to(server)
        assert bag.send().n_sent == 5
    assert server.n_connections == 1


def test_a_long_batch_stops_after_its_time(folder, monkeypatch):
    bag = Postbag()
    for _ in range(3):
        bag.add()
    monkeypatch.setattr(sending, "LONGEST_BATCH_SECONDS", 0)
    assert bag.send() == Sending(0, 0, 0, None, has_more=True)


# -- killed on the way ------------------------------------------------------------------------


def send_and_die(bag: Postbag, settings, backend: str, after: timedelta = timedelta()) -> None:
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"tests.services.messages.dying.{backend}"
    with pytest.raises(Killed):
        bag.send(after=after)
    settings.EMAIL_BACKEND = usual


def test_killed_after_sending_a_file_is_there_once(folder, settings):
    bag = Postbag()
    waiting = bag.add()
    send_and_die(bag, settings, "FolderBackend")
    before = (folder / "mail" / f"{waiting.id}.eml").read_bytes()
    assert bag.row(waiting).state == "sending"
    assert bag.row(waiting).problem == "Being sent by till 1."
    assert bag.send(after=LEASE - timedelta(seconds=1)).n_sent == 0
    assert bag.send(after=LEASE).n_sent == 1
    [path] = (folder / "mail").iterdir()
    assert without_date(path.read_bytes()) == without_date(before)
    assert (bag.row(waiting).state, bag.row(waiting).attempts) == ("sent", 2)


def without_date(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines() if not line.startswith(b"Date:")]


def test_killed_after_sending_mail_comes_again_under_the_same_id(post_to, settings):
    bag = Postbag()
    waiting = bag.add()
    with mail_server() as server:
        post_to(server)
        send_and_die(bag, settings, "SmtpBackend")
        assert bag.send(after=LEASE).n_sent == 1
    names = [envelope.message["Message-ID"] for envelope in server.taken]
    assert names == [f"<{waiting.id}@lumen.example>"] * 2


def test_a_message_that_kills_its_worker_each_time_is_given_up(folder, settings):
    bag = Postbag()
    waiting = bag.add()
    for n in range(MAX_ATTEMPTS):
        send_and_die(bag, settings, "FolderBackend", after=LEASE * n)
    assert bag.send(after=LEASE * MAX_ATTEMPTS) == Sending(0, 0, 1, None)
    assert bag.row(waiting).problem == "Whoever sent it ended while sending, 8 times."


def test_two_workers_at_the_same_moment_send_each_once(post_to):
    bag = Postbag()
    names = sorted(f"<{bag.add().id}@lumen.example>" for _ in range(40))
    with mail_server() as server:
        post_to(server)
        answers = all_at_once([bag.sending() for _ in range(4)])
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert sum(one.n_sent for one in answers) == 40
    assert sorted(one.message["Message-ID"] for one in server.taken) == names
    assert bag.states() == {"sent": 40}


# -- a server with moods ----------------------------------------------------------------------


def test_a_server_that_is_not_there_costs_no_message_anything(settings):
    bag = Postbag()
    messages = [bag.add() for _ in range(3)]
    port = free_port()
    mail(settings, f"smtp://127.0.0.1:{port}")
    went = bag.send()
    assert (went.n_sent, went.n_failed, went.n_dead) == (0, 0, 0)
    assert went.problem == (
        f"The mail server 127.0.0.1:{port} cannot be reached: Connection refused."
        " 3 messages wait."
    )
    for message in messages:
        row = bag.row(message)
        assert (row.state, row.attempts) == ("waiting", 0)
        assert row.next_try_at == NOON + timedelta(minutes=1)
    with mail_server(port=port) as server:
        assert bag.send(after=timedelta(seconds=59)).n_sent == 0
        assert bag.send(after=timedelta(minutes=1)) == Sending(3, 0, 0, None)
    assert len(server.taken) == 3


def test_the_longer_it_is_down_the_longer_until_the_next_try(settings):
    bag = Postbag()
    waiting = bag.add()
    mail(settings, f"smtp://127.0.0.1:{free_port()}")
    pauses = []
    for minutes in (0, 8, 60, 600):
        after = timedelta(minutes=minutes)
        bag.send(after=after)
        pauses.append((bag.row(waiting).next_try_at - NOON - after) // timedelta(minutes=1))
    assert pauses == [1, 2, 15, 30]


def test_text_messages_go_while_the_mail_server_is_down(folder, settings):
    bag = Postbag()
    bag.add()
    bag.add(channel="sms")
    mail(settings, f"smtp://127.0.0.1:{free_port()}")
    went = bag.send()
    assert went.n_sent == 1
    assert "cannot be reached" in went.problem


@pytest.mark.parametrize(
    ("step", "answer", "said"),
    [
        ("connect", "421 4.3.2 closing", "does not serve us: 421 4.3.2 closing"),
        ("connect", "554 5.7.1 no", "does not serve us: 554 5.7.1 no"),
        ("connect", "hang up", "does not serve us: Connection unexpectedly closed"),
        (
            "mail",
            "550 5.7.1 not you",
            "does not take mail from Lumen Spa <hello@lumen.example>: 550",
        ),
        ("rcpt", "421 4.7.0 too many", "takes nothing now: 421 4.7.0 too many"),
    ],
)
def test_what_the_server_has_against_us_counts_against_no_message(post_to, step, answer, said):
    bag = Postbag()
    waiting = bag.add()
    with mail_server(lambda now, _: answer if now == step else None) as server:
        post_to(server)
        went = bag.send()
    assert f"The mail server 127.0.0.1:{server.port} {said}" in went.problem
    assert went.problem.endswith("1 message waits.")
    assert (bag.row(waiting).state, bag.row(waiting).attempts) == ("waiting", 0)


def test_a_wrong_password_is_said_and_not_shown(settings):
    bag = Postbag()
    bag.add()
    with mail_server() as server:
        server.offers = ["AUTH PLAIN"]
        mail(settings, f"smtp://lumen:hush@127.0.0.1:{server.port}")
        went = bag.send()
    assert "does not accept the user or password: 502" in went.problem
    assert "hush" not in went.problem


def test_an_address_that_is_refused_ends_the_message_and_is_remembered(post_to):
    bag = Postbag(known("ann"), known("bea"))
    waiting, later = bag.add(), bag.add(next_try_at=NOON + DAY)
    other = bag.add("bea")
    no_ann = "550 5.1.1 no such user"
    with mail_server(
        lambda step, to: no_ann if (step, to[:3]) == ("rcpt", "ann") else None
    ) as (server):
        post_to(server)
        assert bag.send() == Sending(1, 0, 1, None)
        assert bag.send(after=DAY) == Sending(0, 0, 0, None, n_withheld=1)
    assert server.recipients() == ["bea@example.com"]
    assert server.n_connections == 1
    answered = f"The mail server 127.0.0.1:{server.port} answered {no_ann}"
    assert (bag.row(waiting).state, bag.row(waiting).problem) == ("dead", answered)
    assert bag.row(later).problem == "Messages to ann@example.com came back."
    assert bag.row(other).state == "sent"
    [change] = bag.desk.rows(models.Consent)
    assert (change.state, change.note) == ("bounced", f"ann@example.com: {answered}")


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("rcpt", "450 4.2.0 greylisted"),
        ("rcpt", "550 5.7.1 relay access denied"),
        ("rcpt", "554 no"),
        ("data", "451 4.3.0 try later"),
        ("content", "554 5.6.0 smells of spam"),
    ],
)
def test_an_answer_that_says_nothing_of_the_address_is_tried_again(post_to, step, answer):
    bag = Postbag()
    waiting = bag.add()
    with mail_server(lambda now, _: answer if now == step else None) as server:
        post_to(server)
        assert bag.send() == Sending(0, 1, 0, None)
        server.mood = lambda now, _: None
        row = bag.row(waiting)
        assert (row.state, row.attempts) == ("waiting", 1)
        assert row.problem == f"The mail server 127.0.0.1:{server.port} answered {answer}"
        assert row.next_try_at == NOON + pause_after(waiting.id, 1)
        assert bag.send(after=pause_after(waiting.id, 1)) == Sending(1, 0, 0, None)
    assert bag.desk.rows(models.Consent) == []


def test_what_is_never_taken_is_given_up_after_two_days(post_to):
    bag = Postbag()
    waiting = bag.add()
    after, last, n_sent = timedelta(), timedelta(), 0
    with mail_server(lambda step, _: "451 later" if step == "rcpt" else None) as server:
        post_to(server)
        while bag.row(waiting).state == "waiting":
            assert bag.send(after=after).n_sent == 0
            n_sent += 1
            last, after = after, (bag.row(waiting).next_try_at or NOON) - NOON
    assert n_sent == MAX_ATTEMPTS
    assert DAY < last < 4 * DAY
    assert bag.row(waiting).state == "dead"


def test_a_server_that_hangs_up_once_is_called_again(post_to):
    bag = Postbag()
    first, second = bag.add(), bag.add()
    moods = iter(["hang up"])
    with mail_server(
        lambda step, _: next(moods, None) if step == "content" else None
    ) as server:
        post_to(server)
        assert bag.send() == Sending(1, 1, 0, None)
    assert server.n_connections == 2
    assert bag.row(first).problem.startswith(
        f"The mail server 127.0.0.1:{server.port} hung up:"
    )
    assert bag.row(second).state == "sent"


def test_a_server_that_hangs_up_on_everything_is_down(post_to):
    bag = Postbag()
    first, second, third = bag.add(), bag.add(), bag.add()
    with mail_server(lambda step, _: "hang up" if step == "content" else None) as server:
        post_to(server)
        went = bag.send()
    assert (went.n_sent, went.n_failed) == (0, 1)
    assert "hung up" in went.problem
    assert went.problem.endswith(" 2 messages wait.")
    assert [bag.row(one).attempts for one in (first, second, third)] == [1, 0, 0]


def test_taken_and_then_no_word_is_sent_again_under_the_same_id(post_to):
    bag = Postbag()
    waiting = bag.add()
    moods = iter(["take and hang up"])
    with mail_server(
        lambda step, _: next(moods, None) if step == "content" else None
    ) as server:
        post_to(server)
        assert bag.send().n_failed == 1
        assert bag.send(after=pause_after(waiting.id, 1)).n_sent == 1
    names = {envelope.message["Message-ID"] for envelope in server.taken}
    assert (len(server.taken), names) == (2, {f"<{waiting.id}@lumen.example>"})


def test_a_folder_that_cannot_be_written_to_is_no_messages_fault(settings, tmp_path):
    bag = Postbag()
    waiting = bag.add()
    (tmp_path / "mail").write_text("a file where the folder should be")
    mail(settings, f"folder://{tmp_path}/mail/out")
    went = bag.send()
    assert went.problem == (
        f"The folder {tmp_path}/mail/out cannot be written to: Not a directory."
        " 1 message waits."
    )
    assert bag.row(waiting).attempts == 0


# -- what the guest has said since ------------------------------------------------------------


def test_who_withdrew_meanwhile_hears_nothing(folder):
    bag = Postbag()
    waiting = bag.add()
    bag.consent("ann", "withdrawn")
    assert bag.send() == Sending(0, 0, 0, None, n_withheld=1)
    row = bag.row(waiting)
    assert (row.state, row.next_try_at) == ("withheld", None)
    assert row.problem == "The guest does not want to be told by e-mail."
    assert not (folder / "mail").exists()


def test_marketing_needs_a_consent_that_still_stands(folder):
    bag = Postbag(known("ann"), known("bea"))
    bag.consent("ann", "given")
    for name in ("ann", "bea"):
        bag.add(name, kind="points_expiring")
    assert bag.send() == Sending(1, 0, 0, None, n_withheld=1)


def test_a_new_address_is_used_at_once(folder):
    bag = Postbag()
    waiting = bag.add()
    bag.change("ann", email="new@example.com")
    assert bag.send().n_sent == 1
    assert read(folder / "mail" / f"{waiting.id}.eml")["To"] == "Ann <new@example.com>"
    assert bag.row(waiting).recipient == "new@example.com"


def test_who_was_merged_is_told_as_the_survivor(folder):
    merge = command("merge_guests/m1", "2026-02-01T10:00", **{"from": "ann", "into": "bea"})
    bag = Postbag(known("ann"), known("bea"), merge)
    waiting = bag.add("ann")
    assert bag.send().n_sent == 1
    assert read(folder / "mail" / f"{waiting.id}.eml")["To"] == "Bea <bea@example.com>"


@pytest.mark.parametrize(
    "address",
    ["ann", "ann@", "ann@example.com\nBcc: all@example.com", "ännchen@example.com", "a b@c.de"],
)
def test_what_is_no_address_is_given_up_at_once(post_to, address):
    bag = Postbag()
    waiting = bag.add()
    bag.change("ann", email=address)
    with mail_server() as server:
        post_to(server)
        assert bag.send() == Sending(0, 0, 1, None)
    assert bag.row(waiting).problem == f"{address!r} is not an e-mail address."
    assert server.taken == []


def test_what_is_no_phone_number_is_given_up_at_once(folder):
    bag = Postbag()
    bag.change("ann", phone="ask her mother")
    waiting = bag.add(channel="sms")
    assert bag.send() == Sending(0, 0, 1, None)
    assert bag.row(waiting).problem == "'ask her mother' is not a phone number."


# -- names and subjects -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Ann\r\nBcc: all@example.com",
        'Ann" <all@example.com>, "Bea',
        "=?utf-8?q?Ann=0ABcc:_all=40example.com?=",
        "Zoë Łukasiewicz-Παπαδοπούλου Анна " * 5,
        "Ann \u202emoc.elpmaxe@lla",
        "\x00\x1b[2J",
    ],
)
def test_no_name_or_subject_adds_a_header(post_to, name):
    bag = Postbag()
    bag.change("ann", name=name.replace("\x00", ""))
    bag.add(subject=f"For {name}".replace("\x00", ""))
    with mail_server() as server:
        post_to(server)
        assert bag.send().n_sent == 1
    [envelope] = server.taken
    told = envelope.message
    assert envelope.recipient == "ann@example.com"
    assert [one.addr_spec for one in told["To"].addresses] == ["ann@example.com"]
    assert told["Bcc"] is None
    assert len(told.get_all("Subject")) == 1
    assert sorted(told.keys()) == [
        "Auto-Submitted",
        "Content-Type",
        "Date",
        "From",
        "List-Unsubscribe",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
    ]


def test_names_and_domains_of_the_whole_world(post_to):
    bag = Postbag(known("zoe", name="Zoë Müller", email="zoe@müller.example"))
    bag.add("zoe", subject="Żółta łódź: 120 Punkte für Σας")
    with mail_server() as server:
        post_to(server)
        assert bag.send().n_sent == 1
    [envelope] = server.taken
    assert envelope.recipient == "zoe@xn--mller-kva.example"
    assert envelope.content.isascii() or b"8bit" in envelope.content
    [to] = envelope.message["To"].addresses
    assert (to.display_name, to.addr_spec) == ("Zoë Müller", "zoe@xn--mller-kva.example")
    assert envelope.message["Subject"] == "Żółta łódź: 120 Punkte für Σας"


# -- dead letters -----------------------------------------------------------------------------


def test_dead_letters_are_listed_and_tried_again_when_told_to(folder):
    bag = Postbag()
    bag.change("ann", email="nobody")
    waiting = bag.add()
    assert bag.send().n_dead == 1
    with organization_scope(bag.company.id):
        [dead] = dead_letters.dead_letters(limit=10)
        assert (dead.guest, dead.recipient, dead.attempts) == ("ann", "nobody", 1)
        assert dead.problem == "'nobody' is not an e-mail address."
        bag.change("ann", email="ann@example.com")
        assert dead_letters.retry([str(waiting.id)], now=NOON) == 1
        assert dead_letters.dead_letters(limit=10) == []
    assert bag.send() == Sending(1, 0, 0, None)
    assert bag.row(waiting).attempts == 1


def test_what_failed_together_does_not_come_back_together():
    # Always the same ids, spread over the 401 pauses there are: some 158 differ.
    keys = [UUID(int=number << 64) for number in range(200)]
    pauses = [pause_after(key, 1) for key in keys]
    assert timedelta(minutes=4) <= min(pauses) < max(pauses) <= timedelta(minutes=6)
    assert len(set(pauses)) > 150
    assert [pause_after(key, 1) for key in keys] == pauses
    assert pause_after(keys[0], MAX_ATTEMPTS) <= timedelta(hours=29)


def test_a_batch_costs_the_same_for_each_message_and_keeps_none(folder):
    bag = Postbag()
    body = "- July 5, 2026: +1,250, your payment\n" * 100
    for _ in range(80):
        bag.add(body=body)
    bag.send(limit=20)
    with CaptureQueriesContext(connection) as few:
        assert bag.send(limit=10).n_sent == 10
    tracemalloc.start()
    with CaptureQueriesContext(connection) as many:
        assert bag.send(limit=40).n_sent == 40
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    statements = [one["sql"] for one in many if "records_" in one["sql"]]
    assert len(statements) - len([one for one in few if "records_" in one["sql"]]) == 30 * 4
    assert peak < 3_000_000
