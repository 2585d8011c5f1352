"""The back office: a file brought in, a key made and used, a webhook tried."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from regulars.records import models
from regulars.rules.permissions import Role
from regulars.services import transactions
from regulars.services.imports import waiting
from tests.journeys.desk import Desk
from tests.journeys.salon import Salon, opened
from tests.services.short_histories import guest
from tests.services.webhooks.receiver import Receiver

WRONG = """Client ID,Name,Mobile,Email,DOB,Status,Center,Loyalty,Signup Source,Signed up
zoe,Zoe Adler,212-555-0100,zoe@example.com,1990-03-02,,soho,yes,webstore,2026-01-05
one,,212-555-0101,,,,,,,
two,Two Adler,,,1990-02-31,,,,,
three,Three Adler,,,soon,,,,,
four,Four Adler,,,,platinum,,,,
five,Five Adler,,,,,atlantis,,,
six,Six Adler,,,,,,perhaps,,
seven,Seven Adler,,,,,,,carrier pigeon,2026-01-05
,Eight Adler,,,,,,,,
nine,Nine Adler,,,2190-01-01,,,,,
ten,Ten Adler,,,,,,,webstore,someday
"""
SENTENCES = (
    "Full name is empty.",
    "Birthday names a day that does not exist: 1990-02-31.",
    "Birthday must be a day with its year; 'soon' is none.",
    "No status is known by the id 'platinum'.",
    "No center is known by the id 'atlantis'.",
    "Takes part in the program must mean one of no, yes",
    "Signed up through must mean one of desk, mobile_app, webstore",
    "Guest number is empty.",
    "Birthday lies in the future: 2190-01-01.",
    "Signed up on must be a day with its year; 'someday' is none.",
)
PATHS = ("/imports", "/imports/new", "/exports", "/keys", "/keys/new", "/webhooks/new")


@pytest.fixture(scope="module")
def salon(sqlite_template, tmp_path_factory, django_db_blocker) -> Iterator[Salon]:
    """Of its own, and other programs may be on this machine."""
    folder = tmp_path_factory.mktemp("office")
    past = [guest("bea", name="Bea Kim", email="bea@example.com")]
    private = {"REGULARS_WEBHOOKS_ALLOW_PRIVATE": "yes"}
    with opened(sqlite_template, folder, django_db_blocker, past, **private) as salon:
        urlopen(f"{salon.address}/account/login/", timeout=120).close()  # the first takes long
        yield salon


@pytest.fixture
def desk(browser: Browser, salon: Salon) -> Iterator[Desk]:
    window = Desk(browser, salon)
    yield window
    window.context.close()
    assert window.troubles == []


@pytest.fixture(params=["desk", "tablet", "phone"])
def window(request: pytest.FixtureRequest, browser: Browser, salon: Salon) -> Iterator[Desk]:
    window = Desk(browser, salon, request.param)
    yield window
    window.context.close()
    assert window.troubles == []


def test_pages_are_for_everybody_on_every_screen(window: Desk):
    window.enter(Role.OWNER)
    for path in PATHS:
        window.go(path).wait_for_load_state("networkidle")
        window.check()


# -- imports ----------------------------------------------------------------------------------


def send_in(desk: Desk, file: Path) -> Page:
    page = desk.go("/imports/new")
    page.get_by_role("radio", name="Guests Names").check(force=True)
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Look at its columns").click()
    page.wait_for_url("**/imports/run/*")
    return page


def work(salon: Salon) -> None:
    """What the worker does with files that wait."""
    with salon.at_work() as company:
        run = waiting.next_waiting()
        assert run is not None
        at = models.ImportRun.objects.get(id=run).made_at
        waiting.go_on(
            company, run, now=lambda: at, write=transactions.write, must_stop=lambda: False
        )


def test_a_file_with_ten_kinds_of_errors_is_tried_corrected_and_taken_in(
    desk: Desk, salon: Salon, tmp_path: Path
):
    file = tmp_path / "clients.csv"
    file.write_text(WRONG)
    desk.enter(Role.OWNER, "/imports")

    # Its columns are guessed, shown with what stands in them, and kept under a name.
    page = send_in(desk, file)
    expect(page.get_by_label("Mobile")).to_have_value("phone")
    expect(page.get_by_role("row", name="Mobile").get_by_text("212-555-0100")).to_be_visible()
    desk.check()
    page.get_by_label("Keep these columns under a name").fill("Old system")
    page.get_by_role("button", name="Save and try it").click()

    # It is tried while the page looks on; the page may be left and comes back by itself.
    page.get_by_text("It waits for the worker").wait_for()
    desk.check()
    work(salon)
    page.get_by_role("heading", name="What would become of it").wait_for()
    expect(page.get_by_text("tried, not taken in")).to_be_visible()
    for sentence in SENTENCES:
        expect(page.get_by_text(sentence), sentence).to_be_visible()
    desk.check()
    with salon.at_work():
        assert not models.Guest.objects.filter(external_id="zoe").exists()

    # The rows to correct are a file; what is good is taken in meanwhile.
    with page.expect_download() as download:
        page.get_by_role("link", name="Rows of clients.csv to correct").click()
    to_correct = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(to_correct) == 11
    assert to_correct[0].endswith(",What is wrong")
    page.get_by_role("button", name="Take it in").click()
    page.get_by_text("It waits for the worker").wait_for()
    work(salon)
    page.get_by_role("heading", name="What became of it").wait_for()
    desk.check()

    # The corrected file finds its columns by itself.
    corrected = tmp_path / "clients-corrected.csv"
    good = [f"g{n},Guest {n}{',' * 9}" for n in range(1, 11)]
    corrected.write_text("\n".join([to_correct[0], *good]) + "\n")
    page = send_in(desk, corrected)
    expect(page.get_by_text("known as “Old system”")).to_be_visible()
    page.get_by_label("Rows", exact=True).fill("10")
    page.get_by_role("button", name="Try it with these").click()
    page.get_by_text("It waits for the worker").wait_for()
    work(salon)
    page.get_by_text("Every row is good.").wait_for()
    page.get_by_role("button", name="Take it in").click()
    page.get_by_text("It waits for the worker").wait_for()
    work(salon)
    row = page.get_by_role("row", name="Guests")
    row.get_by_text("agrees").wait_for()
    with salon.at_work():
        assert models.Guest.objects.filter(external_id__startswith="g").count() == 10
    page = desk.go("/imports")
    expect(
        page.get_by_role("row", name="clients-corrected.csv").get_by_text("done")
    ).to_be_visible()


def test_what_cannot_be_read_is_told_where_the_file_is_chosen(desk: Desk, tmp_path: Path):
    file = tmp_path / "clients.pdf"
    file.write_bytes(b"%PDF-1.7 and so on")
    page = desk.enter(Role.OWNER, "/imports/new")
    desk.expected_status = {422}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Look at its columns").click()

    page.get_by_text("is a PDF document; export it as CSV or .xlsx").wait_for()
    desk.check()


# -- keys and webhooks ------------------------------------------------------------------------


def test_a_key_is_made_with_the_keyboard_used_and_revoked(desk: Desk, salon: Salon):
    page = desk.enter(Role.OWNER, "/keys")
    desk.tab_to("Make a key")
    desk.press("Enter")
    page.wait_for_url("**/keys/new")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("Till 1")
    desk.tab_to("Make the key")
    desk.press("Enter")
    page.get_by_text("It is shown this once").wait_for()
    text = page.get_by_label("The key").input_value()
    desk.check()

    asked = Request(
        f"{salon.address}/api/v1/guests/bea", headers={"Authorization": f"Bearer {text}"}
    )
    assert json.load(urlopen(asked, timeout=20))["name"] == "Bea Kim"
    page.get_by_role("link", name="I have copied it").click()
    row = page.get_by_role("row", name="Till 1")
    expect(row.get_by_text("never")).to_have_count(0)
    assert page.content().find(text) < 0

    row.get_by_role("button", name="Revoke").click()
    desk.check()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    page.get_by_text("is revoked: it works no more").wait_for()
    expect(page.get_by_role("row", name="Till 1").get_by_text("revoked")).to_be_visible()


def test_a_manager_is_not_offered_keys_beyond_a_managers_work(desk: Desk):
    page = desk.enter(Role.MANAGER, "/keys/new")

    names = page.locator(".kind b").all_inner_texts()
    assert names == ["Till", "Finance", "Reading"]


def test_an_endpoint_is_made_tried_turned_off_and_on(desk: Desk, salon: Salon):
    receiver = Receiver()
    try:
        page = desk.enter(Role.OWNER, "/webhooks/new")
        page.get_by_label("Address").fill("http://user:secret@example.com/hooks")
        desk.expected_status = {422}
        page.get_by_role("button", name="Add it").click()
        expect(page.locator(".wrong").first).to_be_visible()
        page.get_by_label("Address").fill(receiver.url)
        page.get_by_label("Name optional").fill("Web shop")
        page.get_by_label("Points were earned").check()
        page.get_by_role("button", name="Add it").click()
        page.get_by_text("It is shown this once").wait_for()
        receiver.secrets = [page.get_by_label("The secret that signs").input_value()]
        page.get_by_role("link", name="I have copied it").click()

        page.get_by_role("button", name="Send a test").click()
        page.get_by_text("It answered 200").wait_for()
        assert [event["type"] for event in receiver.accepted] == ["endpoint.test"]
        expect(page.get_by_role("row", name="a test")).to_be_visible()
        desk.check()

        page.get_by_role("button", name="Turn off").click()
        page.get_by_role("dialog").get_by_role("button", name="Turn off").click()
        page.get_by_text("It is off and told nothing.").wait_for()
        page.get_by_role("button", name="Turn it on again").click()
        page.get_by_text("It is on again").wait_for()
        desk.go("/webhooks")
        expect(
            page.get_by_role("row", name="Web shop").get_by_text("1 kind of event")
        ).to_be_visible()
        desk.check()
    finally:
        receiver.stop()


# -- messages, audit, admin -------------------------------------------------------------------


def test_words_are_checked_tried_on_a_guest_saved_and_given_up(desk: Desk):
    page = desk.enter(Role.MARKETING, "/messages/words/points_awarded/sms")
    page.get_by_label("Text", exact=True).fill("{{ pionts }} for you")
    desk.expected_status = {422}
    page.get_by_role("button", name="Check and save").click()
    page.get_by_role("alert").get_by_text("pionts").wait_for()
    page.get_by_label("Text", exact=True).fill("{{ earned }} for you, {{ first_name }}!")
    page.get_by_label("See it as this guest gets it").fill("bea")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("20 for you, Bea!").wait_for()
    expect(page.get_by_text("It would be withheld:")).to_be_visible()
    desk.check()

    page.get_by_role("button", name="Check and save").click()
    page.get_by_text("Guests get these words from now on.").wait_for()
    page.get_by_role("button", name="Back to our words").click()
    page.get_by_role("dialog").get_by_role("button", name="Back to our words").click()
    page.get_by_text("Guests get our words again.").wait_for()
    expect(page.get_by_text("our words", exact=True)).to_be_visible()


def test_a_kind_is_turned_on_and_off(desk: Desk):
    page = desk.enter(Role.MARKETING, "/messages")
    page.get_by_role(
        "button", name=re.compile("^Turn on.*In a higher tier now, E-mail$")
    ).click()
    page.get_by_text("On from today.").wait_for()
    desk.check()
    page.get_by_role(
        "button", name=re.compile("^Turn off.*In a higher tier now, E-mail$")
    ).click()
    page.get_by_text("Off. What is in line").wait_for()


def test_the_audit_is_narrowed_and_leads_to_the_guest(desk: Desk, salon: Salon):
    salon.tell(
        [
            {
                "type": "add_points",
                "id": "sorry",
                "guest": "bea",
                "points": 40,
                "reason": "goodwill",
                "comment": "The lamp was broken.",
                "by": "tilda.okafor",
                "at": "2026-01-07T12:00",
            }
        ]
    )
    page = desk.enter(Role.ACCOUNTANT, "/audit")
    page.get_by_label("Guest", exact=True).fill("Bea")
    page.get_by_label("What", exact=True).select_option("add_points")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/audit?*")
    row = page.get_by_role("row", name="Tilda Okafor")
    expect(row.get_by_text("The lamp was broken.")).to_be_visible()
    desk.check()
    page = desk.go("/audit/second-look?from=2026-01-01&to=2026-01-31")
    page.get_by_role("row", name="Tilda Okafor").get_by_role("link", name="1").first.click()
    page.get_by_role("link", name="Bea Kim").wait_for()
    desk.check()


def test_the_company_gets_another_name_and_money_no_field(desk: Desk, salon: Salon):
    page = desk.enter(Role.OWNER, "/system")
    desk.check()
    page.get_by_label("Name", exact=True).fill("Lumen & Daughters")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The name is saved.").wait_for()
    with salon.at_work() as company:
        assert company.name == "Lumen & Daughters"
        assert (company.currency, company.zone.key) == ("USD", "America/New_York")
