"""What a guest says at the desk: reviewed, published, published elsewhere, withdrawn."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from regulars.rules.permissions import Role
from regulars.services import verifying
from tests.journeys.desk import Desk
from tests.journeys.salon import Salon, opened
from tests.services.short_histories import GOLD, SILVER, START, guest, invoice, program

LATELY = str((datetime.now(UTC) - timedelta(days=2)).date())
PAYS = SILVER | {"accruals": SILVER["accruals"] | {"shared_feedback": {"points": 40}}}
PAST = [
    *START,
    program(tiers=[PAYS, GOLD]),
    guest("vera", name="Vera Castellanos"),
    invoice("i1", "vera", "150.00", LATELY),
]
PRAISE = "Worth crossing the river for."
LINK = "https://facebook.com/lumen/posts/1"


@pytest.fixture
def salon(sqlite_template, tmp_path, django_db_blocker) -> Iterator[Salon]:
    with opened(sqlite_template, tmp_path, django_db_blocker, beginning=PAST) as salon:
        urlopen(f"{salon.address}/account/login/", timeout=120).close()  # the first takes long
        yield salon


@pytest.fixture
def desk(browser: Browser, salon: Salon) -> Iterator[Desk]:
    window = Desk(browser, salon)
    yield window
    window.context.close()
    assert window.troubles == []


def write_down(desk: Desk, rating: str, words: str, *, may_share: bool) -> None:
    page = desk.go("/feedback-new/vera")
    page.get_by_role("radio", name=rating).check()
    page.get_by_label("What the guest said").fill(words)
    page.get_by_label("The guest allows us to publish it").set_checked(may_share)
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Thank you: the feedback is kept.").wait_for()


def public(salon: Salon) -> str:
    with urlopen(f"{salon.address}/said/lumen", timeout=30) as answer:
        return str(answer.read().decode())


def mark_elsewhere(desk: Desk, place: str, link: str) -> None:
    page = desk.page
    page.get_by_role("link", name="Published elsewhere").click()
    page.get_by_role("radio", name=place, exact=True).check()
    page.get_by_label("Link to it").fill(link)
    page.get_by_role("button", name="Publish it").click()


def test_praise_is_published_once_paid_and_withdrawn_and_blame_stays_in_the_count(
    desk: Desk, salon: Salon
):
    desk.enter(Role.FRONT_DESK)
    write_down(desk, "5 ★★★★★", PRAISE, may_share=True)
    write_down(desk, "1 ★", "The music was too loud.", may_share=False)
    assert PRAISE not in public(salon)

    # Marketing finds it waiting; what cannot be shared is not offered.
    page = desk.enter(Role.MARKETING, "/feedback")
    expect(page.get_by_text("from 2 ratings")).to_be_visible()
    expect(page.get_by_text("The music was too loud.")).to_have_count(0)
    desk.check()
    desk.tab_to("Publish on the web page")
    desk.press("Enter")
    page.get_by_text("+40").wait_for()
    desk.check()
    page.get_by_role("button", name="Publish it").click()
    page.get_by_text("Vera Castellanos's words are published.").wait_for()
    expect(page.get_by_text("after today's close.")).to_be_visible()
    expect(page.get_by_text("Nothing waits to be reviewed.")).to_be_visible()
    text = public(salon)
    assert PRAISE in text
    assert "Vera C." in text
    assert "3.0" in text  # of 5 and 1, though nobody reads the 1

    # Elsewhere too: it pays once, in however many places; an address must be one.
    page = desk.go("/feedback?state=published")
    desk.expected_status = {422}
    mark_elsewhere(desk, "Facebook", "javascript:alert(1)")
    page.get_by_role("dialog").get_by_text("Enter a valid URL.").wait_for()
    page.get_by_label("Link to it").fill(LINK)
    page.get_by_role("button", name="Publish it").click()
    elsewhere = page.get_by_role("link", name="Facebook", exact=True)
    expect(elsewhere).to_have_attribute("href", LINK)
    mark_elsewhere(desk, "X", "https://x.com/lumen/1")
    page.get_by_role("link", name="X", exact=True).wait_for()
    desk.check()

    # Withdrawn from the page it stands elsewhere still, and the points stay.
    page.get_by_role("link", name="from: Web store").click()
    page.get_by_role("button", name="Withdraw it").click()
    page.get_by_text("Vera Castellanos's words are withdrawn.").wait_for()
    text = public(salon)
    assert PRAISE not in text
    assert "3.0" in text
    expect(page.get_by_role("link", name="Facebook", exact=True)).to_be_visible()

    page = desk.go("/feedback?state=private")
    blame = page.get_by_role("article")
    expect(blame).to_have_count(1)
    expect(blame.get_by_text("The music was too loud.")).to_be_visible()
    expect(blame.get_by_role("link", name="Publish on the web page")).to_have_count(0)
    expect(page.get_by_text("from 2 ratings")).to_be_visible()
    desk.check()
    with salon.at_work() as company:
        assert verifying.verify(company).is_clean
