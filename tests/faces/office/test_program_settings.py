"""Every setting of the program has a field on a screen, and what is said there is published.

The fields are found by walking the values that a program is made of, so that a new setting
without a field fails here.
"""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from regulars.faces.office.program_fields import REWARDS, SETTINGS, TIER
from regulars.records import models
from regulars.rules.permissions import Role
from regulars.rules.program import (
    ACTIONS,
    AMOUNT_ACTIONS,
    ICONS,
    AccrualTerms,
    Program,
    RedemptionTerms,
    RewardTerms,
    Tier,
)
from regulars.services import upkeep
from tests.journeys.salon import Salon, furnish

ELSEWHERE = {"effective_from", "currency_exponent", "redemption", "rewards", "tiers"}
"""The day is chosen when it is published; the others have settings of their own below."""
OF_A_TIER = {
    "minimum_spend_cents": "minimum_spend",
    "spend_to_stay_cents": "minimum_spend_to_stay",
}


def names(kind: Any, *, but: set[str] | None = None, above: str = "") -> set[str]:
    return {f"{above}{one.name}" for one in fields(kind)} - (but or set())


SAID: dict[str, tuple[str | list[str], Any]] = {
    "qualification_period_months": ("7", 7),
    "award_on": ("closed_invoices", "closed_invoices"),
    "award_timing": ("immediate", "immediate"),
    "enrollment": ("manual", "manual"),
    "direct_enrollment": ("on", True),
    "direct_enrollment_skips_downgrade": ("on", True),
    "downgrade_check": ("validity_end", "validity_end"),
    "downgrade_to": ("next_lower_tier", "next_lower_tier"),
    "unenrolled_points": ("expire", "expire"),
    "tax_basis": ("pre_tax", "pre_tax"),
    "award_discounted_items": ("on", True),
    "split_rate_on_tier_jump": ("on", True),
    "earning_tenders": (["cash", "check"], frozenset({"cash", "check"})),
    "point_value": ("0.125", Fraction("12.5")),
    "redemption.minimum_points": ("40", 40),
    "redemption.maximum_points": ("900", 900),
    "redemption.maximum_percent": ("12.5", Fraction("12.5")),
    "redemption.increment": ("20", 20),
    "redemption.item_kinds": (["service", "gift_card"], frozenset({"service", "gift_card"})),
    "redemption.tax": ("pre_tax", "pre_tax"),
    "rewards.start_date": ("2025-11-01", date(2025, 11, 1)),
    "rewards.apply": ("before_tax", "before_tax"),
    "rewards.remainder": ("forfeit", "forfeit"),
    "expiry_reminder_days": ("30, 7, 1", (30, 7, 1)),
    "statement_every_months": ("3", 3),
    "approval_above_points": ("250", 250),
}
"""What is said on the screen, and what the program has then; none of it is a default."""
SAID_OF_A_TIER: dict[str, tuple[str | list[str], Any]] = {
    "name": ("Argent", "Argent"),
    "icon": ("leaf", "leaf"),
    "description": ("For regulars.", "For regulars."),
    "minimum_spend": ("1,234.50", 123_450),
    "minimum_spend_to_stay": ("200", 20_000),
    "validity_days": ("31", 31),
    "points_expire_after_days": ("77", 77),
    "award_points_for": (["product"], frozenset({"product"})),
    "allow_redemption": ("", False),
    "allow_downgrade_to": ("", False),
}


def test_every_setting_has_a_field_and_is_said_here():
    whole = names(Program, but=ELSEWHERE)
    whole |= names(RedemptionTerms, above="redemption.") | names(RewardTerms, above="rewards.")
    shown = {one.path for group in (*SETTINGS, *REWARDS) for one in group.settings}
    assert shown == whole == set(SAID)

    # Its place follows from its spend; retiring and accruals have screens of their own.
    own = names(Tier, but={"id", "rank", "retire", "accruals"})
    assert {one.path for one in TIER} == {OF_A_TIER.get(one, one) for one in own}
    assert {one.path for one in TIER} == set(SAID_OF_A_TIER)
    assert names(AccrualTerms) == {"points", "per_cents"}


# -- said on the screens, published, read -----------------------------------------------------


class Browser:
    """Forms as a browser would send them, by the owner of a salon with Silver and Gold."""

    def __init__(self, salon: Salon) -> None:
        self.client = Client(SERVER_NAME="localhost")
        cookie = salon.cookie(Role.OWNER)
        self.client.cookies[cookie["name"]] = cookie["value"]

    def fill(self, path: str, **said: str | list[str]) -> None:
        """Say it in the page's form, all else as it stands, and send it."""
        page = Form(self.client.get(path).content.decode())
        assert set(said) <= page.names, (path, set(said) - page.names)
        filled: dict[str, Any] = {**page.held, **said}
        answer = self.client.post(path, {name: it for name, it in filled.items() if it})
        assert answer.status_code == 302, answer.content.decode()

    def publish(self) -> Program:
        """Publish what is in the draft, and read the version that is in force then."""
        path = "/program/publish"
        shown = Form(self.client.get(path).content.decode())
        day = str(shown.held["from"])
        with upkeep.at_work(None):
            number = models.ProgramDraft.objects.get().number
        answer = self.client.post(path, {"from": day, "version": str(number)})
        assert answer.status_code == 302, answer.content.decode()
        with upkeep.at_work(None) as company:
            found = company.versions.on(date.fromisoformat(day))
            assert found is not None
            assert found.version == day
            assert not models.ProgramDraft.objects.exists()
        return found


class Form(HTMLParser):
    """The fields inside a page's `main`: `names` of all, `held` by those with a value."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.held: dict[str, str | list[str]] = {}
        self.area: str | None = None
        self.feed(html[html.index("<main") : html.index("</main>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name = told.get("name")
        if tag not in ("input", "textarea") or name is None or "disabled" in told:
            return
        self.names.add(name)
        value = told.get("value") or ("on" if told.get("type") == "checkbox" else "")
        if tag == "textarea":
            self.area, self.held[name] = name, ""
        elif told.get("type") not in ("checkbox", "radio"):
            self.held[name] = value
        elif "checked" in told:
            before = self.held.get(name, [])
            self.held[name] = [*(before if isinstance(before, list) else [before]), value]

    def handle_data(self, data: str) -> None:
        if self.area:
            self.held[self.area] = data.removeprefix("\n").removeprefix("\r\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None


@pytest.fixture
def browser(sqlite_database) -> Browser:
    salon = Salon("", sqlite_database.url, furnish(sqlite_database.url))
    return Browser(salon)


def in_the_program(program: Program, path: str) -> Any:
    value: Any = program
    for name in path.split("."):
        value = getattr(value, name)
    return value


def test_every_setting_said_on_its_screen_is_published(browser: Browser):
    by_page: list[tuple[str, Callable[[str], bool]]] = [
        ("/program/settings", lambda path: path == "award_on"),
        ("/program/settings", lambda path: not path.startswith("rewards.")),
        ("/program/rewards", lambda path: path.startswith("rewards.")),
    ]
    for address, is_there in by_page:
        said = {path: words for path, (words, _) in SAID.items() if is_there(path)}
        browser.fill(address, **{path.replace(".", "__"): it for path, it in said.items()})
    program = browser.publish()

    assert {path: in_the_program(program, path) for path in SAID} == {
        path: meant for path, (_, meant) in SAID.items()
    }


def test_every_field_of_a_tier_said_on_its_screen_is_published(browser: Browser):
    browser.fill("/program/settings", award_on="closed_invoices")
    said = {path: words for path, (words, _) in SAID_OF_A_TIER.items()}
    browser.fill("/program/tiers/silver/edit", **said)
    tier = browser.publish().tier("silver")

    by_field = {path: field for field, path in OF_A_TIER.items()}
    assert {path: getattr(tier, by_field.get(path, path)) for path in SAID_OF_A_TIER} == {
        path: meant for path, (_, meant) in SAID_OF_A_TIER.items()
    }


def test_every_action_said_on_its_screen_is_published(browser: Browser):
    said: dict[str, str] = {}
    meant = {}
    for place, action in enumerate(ACTIONS, start=1):
        said |= {f"{action}__on": "on", f"{action}__points": str(place)}
        has_amount = action in (*AMOUNT_ACTIONS, "rebook")
        said |= {f"{action}__per": f"{place}0.50"} if has_amount else {}
        meant[action] = AccrualTerms(place, place * 1000 + 50 if has_amount else None)
    browser.fill("/program/tiers/silver/accruals", **said)
    silver = browser.publish().tier("silver")
    assert silver is not None
    assert dict(silver.accruals) == meant

    browser.fill("/program/tiers/silver/accruals", **{f"{one}__on": "" for one in ACTIONS})
    silver = browser.publish().tier("silver")
    assert silver is not None
    assert dict(silver.accruals) == {}


def test_a_retired_tier_is_published_with_where_its_guests_go(browser: Browser):
    browser.fill("/program/tiers/gold/retire", goes_to="silver")
    gold = browser.publish().tier("gold")

    assert gold is not None
    assert gold.retire == "silver"


def test_what_is_set_is_shown_again_as_it_was_said(browser: Browser):
    said = {path: words for path, (words, _) in SAID.items() if not path.startswith("rewards.")}
    browser.fill("/program/settings", award_on="closed_invoices")
    browser.fill(
        "/program/settings", **{path.replace(".", "__"): it for path, it in said.items()}
    )
    shown = Form(browser.client.get("/program/settings").content.decode()).held

    wanted = {
        path.replace(".", "__"): it if isinstance(it, list) else [it]
        for path, it in said.items()
    }
    assert {
        name: it if isinstance(it, list) else [it]
        for name, it in shown.items()
        if name in wanted
    } == wanted


def test_icons_on_the_screen_are_those_of_the_rules():
    [icon] = [one for one in TIER if one.path == "icon"]

    assert tuple(value for value, _label in icon.choices) == ICONS


def test_settings_that_exclude_each_other_are_kept_and_both_named(browser: Browser):
    browser.fill("/program/settings", award_on="closed_invoices")
    browser.fill("/program/settings", award_discounted_items="on")
    browser.fill("/program/settings", award_on="payments")
    page = browser.client.get("/program/settings").content.decode()

    sentence = (
        "“Discounted items earn points too” here needs “Points are awarded for: Closed"
        " invoices”; it is “Each payment, the invoice may still be open”."
    )
    assert page.count(sentence) == 2  # above the page, and at the field
    answer = browser.client.post("/program/publish", {"from": "2999-01-01", "version": "3"})
    assert answer.status_code == 422
    assert "Settle first what is listed above." in answer.content.decode()
