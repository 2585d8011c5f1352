"""What has no record is in the audit too: by whom, when; and people are signed out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from regulars.records.queries.setup_changes import SoughtChanges, setup_changes
from regulars.rules.permissions import Actor, Role
from regulars.services import sign_ins, staff
from regulars.services.keys_by_hand import KeyWish, make, revoke
from regulars.services.messages import editing, switches
from regulars.services.messages.wording import Words
from regulars.services.webhooks import endpoints
from regulars.services.webhooks.endpoints import Wish
from tests.faces.desk.test_signing_in import LOGIN, OWNER, come_in_as, is_in
from tests.journeys.salon import PASSWORD, Salon, address_of, furnish

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
ADDRESS = "https://93.184.216.34/hooks"  # a number: no name server is asked


@pytest.fixture
def salon(sqlite_database) -> Salon:
    return Salon("http://testserver", sqlite_database.url, furnish(sqlite_database.url))


@pytest.fixture
def either_salon(each_database) -> Salon:
    return Salon("http://testserver", each_database.url, furnish(each_database.url))


def told(salon: Salon, **sought: object) -> list[tuple[str, str, str | None]]:
    """Area, act and who, the first first."""
    import json

    with salon.at_work():
        found = setup_changes(SoughtChanges(**sought), after=None, limit=100)  # type: ignore[arg-type]
    return [(one.area, json.loads(one.body)["act"], one.by) for one in reversed(found)]


def owner_of(company) -> Actor:
    return staff.member(company, "mara.keller").actor()


def test_keys_webhooks_and_messages_leave_who_changed_them(either_salon: Salon):
    salon = either_salon
    with salon.at_work() as company:
        mara = owner_of(company)
        key, secret = make(company, KeyWish("Till 1", "till"), actor=mara, at=AT)
        revoke(company, key.ref, actor=mara, at=AT)
        hook, signs = endpoints.create(company, Wish(ADDRESS, "Shop"), at=AT, actor=mara)
        endpoints.change(hook.id, Wish(name="Web shop"), at=AT, actor=mara)
        endpoints.turn_off(hook.id, at=AT, actor=mara)
        endpoints.remove(hook.id, at=AT, actor=mara)
        by = {"at": AT, "by": "nadia.rahman"}
        switches.switch_on(company, "upgraded", "sms", told_from=AT.date(), **by)
        editing.set_template(company, "upgraded", "sms", "de", Words("", "Hallo!"), **by)
        editing.reset_template(company, "upgraded", "sms", "de", **by)
        editing.reset_template(company, "upgraded", "sms", "de", **by)  # there is none now
        editing.set_organization_language(company, "de", **by)

    assert told(salon, since=AT, until=AT + timedelta(seconds=1)) == [
        ("key", "made", "mara.keller"),
        ("key", "revoked", "mara.keller"),
        ("webhook", "added", "mara.keller"),
        ("webhook", "changed", "mara.keller"),
        ("webhook", "turned off", "mara.keller"),
        ("webhook", "removed", "mara.keller"),
        ("message", "turned on", "nadia.rahman"),
        ("message", "put in other words", "nadia.rahman"),
        ("message", "given our words again", "nadia.rahman"),
        ("message", "changed", "nadia.rahman"),
    ]
    shown = come_in_as(salon, Role.ACCOUNTANT).get("/audit/set-up?by=mara.keller")
    text = shown.content.decode()
    assert "Web shop" in text
    assert "In a higher tier now" not in text
    page = come_in_as(salon, Role.ACCOUNTANT).get("/audit/set-up/file")
    whole = b"".join(page.streaming_content).decode()
    assert "Hallo!" in whole
    assert secret not in whole
    assert signs not in whole


def test_signing_in_and_wrong_passwords_are_told(salon: Salon):
    Client().post(LOGIN, {**OWNER, "password": "something-else"})
    Client().post(LOGIN, OWNER | {"login": "nobody@lumen.example"})
    Client().post(LOGIN, OWNER)

    assert told(salon, area="sign_in") == [
        ("sign_in", "refused", "mara.keller"),
        ("sign_in", "signed in", "mara.keller"),
    ]
    assert told(salon, area="sign_in", person="bruno.weiss") == []
    shown = come_in_as(salon, Role.OWNER).get("/audit/set-up?area=sign_in").content.decode()
    assert "wrong password" in shown
    assert "127.0.0.1" in shown


def test_a_file_that_was_taken_out_is_told_with_its_name(salon: Salon):
    answer = come_in_as(salon, Role.OWNER).get("/exports/guests.csv")
    b"".join(answer.streaming_content)

    assert told(salon, area="file") == [("file", "taken out", "mara.keller")]


def test_an_owner_signs_somebody_out_of_one_browser_and_of_all(salon: Salon):
    with salon.at_work():
        sign_ins.set_password(salon.users[Role.FRONT_DESK], PASSWORD)
    said = {"login": address_of(Role.FRONT_DESK), "password": PASSWORD}
    phone, tablet, till = Client(), Client(), Client()
    for one in (phone, tablet, till):
        one.post(LOGIN, said, headers={"User-Agent": "Mozilla/5.0 (Android) Firefox/140.0"})
    owner = come_in_as(salon, Role.OWNER)
    shown = owner.get("/system/sign-ins?person=tilda.okafor").content.decode()
    assert shown.count("Firefox on Android") == 6  # said once, and for who listens
    [_last, middle, _first] = sign_ins.sessions_of(
        [salon.users[Role.FRONT_DESK]], now=datetime.now(UTC)
    )

    owner.post("/system/sign-ins/tilda.okafor/end", {"session": middle.id})
    assert [is_in(one) for one in (phone, tablet, till)] == [True, False, True]
    # The number of another person's session ends nothing of theirs.
    owner.post("/system/sign-ins/bruno.weiss/end", {"session": _last.id})
    assert is_in(till)
    owner.post("/system/sign-ins/tilda.okafor/end")
    assert [is_in(one) for one in (phone, tablet, till)] == [False, False, False]
    assert is_in(owner)
    acts = [act for _, act, _ in told(salon, area="staff", person="tilda.okafor")]
    assert acts == ["added", "signed out", "signed out"]


def test_a_manager_signs_nobody_out(salon: Salon):
    manager = come_in_as(salon, Role.MANAGER)

    assert manager.get("/system/sign-ins").status_code == 403
    assert manager.post("/system/sign-ins/mara.keller/end").status_code == 403
