"""An endpoint that was turned off after long failure: who is told, and what it says of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import override_settings

from regulars.records import webhook_rows
from regulars.records.models import WebhookEndpoint
from regulars.records.queries import webhooks as queries
from regulars.rules.permissions import Actor
from regulars.services import staff, upkeep
from regulars.services.staff import Person
from regulars.services.webhooks import endpoints
from regulars.services.webhooks.endpoints import Wish
from regulars.services.worker import has_news, run_due
from tests.services.short_histories import program
from tests.services.worker.shop import open_shop

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
OWNER = Actor("owner")
IN_MEMORY = "django.core.mail.backends.locmem.EmailBackend"
NOBODY_THERE = {
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "127.0.0.1",
    "EMAIL_PORT": 9,
    "EMAIL_TIMEOUT": 2,
}


@pytest.fixture(autouse=True)
def _salon(each_database):
    with override_settings(WEBHOOKS_ALLOW_PRIVATE=True):
        open_shop(program())
        with upkeep.at_work(None) as company:
            for name, role in (("Anna Lee", "owner"), ("Maria Ortiz", "front_desk")):
                mailbox = f"{name.split()[0].lower()}@lumen.example"
                staff.add_member(company, Person(name, mailbox, role), by=OWNER, at=NOW)
            wish = Wish(url="http://127.0.0.1:9/hooks", name="CRM")
            endpoints.create(company, wish, at=NOW, actor=OWNER)
        yield


def turn_off() -> None:
    with upkeep.at_work(None):
        [row] = WebhookEndpoint.objects.all()
        said = "Nothing was accepted for 5 days. It answered 500."
        webhook_rows.turn_off(row.id, at=NOW, problem=said, notice_due_at=NOW)


def work(at: datetime = NOW) -> list[str]:
    with upkeep.at_work(None) as company:
        ended = run_due(company, now=at, worker="w1")
    return [one.outcome for one in ended if one.job == "webhooks"]


def notice() -> str | None:
    with upkeep.at_work(None):
        return queries.endpoints()[0].notice


def test_owners_get_a_mail_once():
    turn_off()
    assert has_news("lumen", now=NOW)
    with override_settings(EMAIL_BACKEND=IN_MEMORY):
        assert work() == ["Told by e-mail: Anna Lee."]
        assert work(NOW + timedelta(days=1)) == []
    [letter] = mail.outbox
    assert letter.to == ["Anna Lee <anna@lumen.example>"]
    assert letter.subject == "A webhook of Lumen Spa was turned off"
    assert "http://127.0.0.1:9/hooks (CRM)" in letter.body
    assert "Nothing was accepted for 5 days. It answered 500." in letter.body
    assert notice() == "Told by e-mail: Anna Lee."
    with upkeep.at_work(None):
        [found] = queries.endpoints()
        assert endpoints.turn_on(found.id, at=NOW, actor=OWNER).notice is None


def test_without_mail_the_endpoint_says_so_and_nothing_goes_wrong():
    turn_off()
    console = "regulars.services.messages.channels.console.EmailBackend"
    with override_settings(EMAIL_BACKEND=console):
        work()
    assert notice() == ("No owner was told by e-mail: no mail is set up (REGULARS_EMAIL_URL).")
    assert not has_news("lumen", now=NOW + timedelta(hours=1))


def test_a_mail_server_that_is_down_is_asked_again_for_a_day():
    turn_off()
    with override_settings(**NOBODY_THERE):
        [said] = work()
        assert "cannot be reached" in said
        assert work(NOW + timedelta(minutes=5)) == []
    assert notice() == said
    with override_settings(EMAIL_BACKEND=IN_MEMORY):
        assert work(NOW + timedelta(minutes=31)) == ["Told by e-mail: Anna Lee."]
    assert len(mail.outbox) == 1


def test_after_a_day_it_is_given_up():
    turn_off()
    with override_settings(**NOBODY_THERE):
        assert len(work(NOW + timedelta(days=1))) == 1
        assert work(NOW + timedelta(days=2)) == []


def test_one_that_staff_turned_off_is_nothing_to_tell():
    with upkeep.at_work(None):
        [found] = queries.endpoints()
        endpoints.turn_off(found.id, at=NOW, actor=OWNER)
    assert not has_news("lumen", now=NOW + timedelta(hours=1))
