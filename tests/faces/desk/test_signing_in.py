"""Signing in: invitations, a second factor, lock-out, sessions, and the door of the demo."""

import re
from datetime import UTC, datetime

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, RequestFactory, override_settings
from django.urls import clear_url_caches
from django.views.defaults import server_error

from regulars.rules.permissions import Actor, Role
from regulars.services import sign_ins, staff, upkeep
from tests.journeys.salon import PASSWORD, Salon, address_of, furnish

LOGIN = "/account/login/"
AGAIN = "/account/reauthenticate/"
OWNER = {"login": address_of(Role.OWNER), "password": PASSWORD}


@pytest.fixture
def salon(each_database) -> Salon:
    return Salon("http://testserver", each_database.url, furnish(each_database.url))


@pytest.fixture
def by_mail():
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield mail


def come_in_as(salon: Salon, role: Role) -> Client:
    client = Client()
    cookie = salon.cookie(role)
    client.cookies[cookie["name"]] = cookie["value"]
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_an_invitation_leads_to_a_password_and_in(salon: Salon, by_mail):
    owner = come_in_as(salon, Role.OWNER)
    said = {"token": "1", "name": "Wanda Li", "email": "wanda@lumen.example"}
    owner.post("/staff/new", {**said, "role": "front_desk", "center": ""})
    link = re.search(r"http://testserver(/\S+)", by_mail.outbox[0].body)
    assert link is not None

    wanda = Client()
    form = wanda.get(link[1], follow=True)
    chosen = {"password1": "green-heron-49", "password2": "green-heron-49"}
    wanda.post(form.redirect_chain[-1][0], chosen)

    assert by_mail.outbox[0].to == ["wanda@lumen.example"]
    assert is_in(wanda)
    assert wanda.get("/staff").status_code == 403
    assert not is_in(Client())
    again = Client().get(link[1], follow=True)
    assert b"password1" not in again.content


def test_who_is_let_go_is_out_with_the_next_click(salon: Salon):
    desk = come_in_as(salon, Role.FRONT_DESK)
    assert is_in(desk)

    with salon.at_work() as company:
        staff.change_member(
            company,
            "tilda.okafor",
            is_active=False,
            by=Actor("shell"),
            at=datetime.now(UTC),
        )

    assert desk.get("/")["Location"] == "/organizations"
    assert b"staff yet" in desk.get("/organizations").content


def test_after_five_failures_even_the_right_password_is_not_taken(salon: Salon):
    client = Client()
    for _ in range(5):
        client.post(LOGIN, {**OWNER, "password": "wrong-heron-48"})

    refused = client.post(LOGIN, OWNER)

    assert b"Too many failed login attempts" in refused.content
    assert not is_in(client)


def test_a_second_factor_is_asked_for_where_there_is_one(salon: Salon):
    secret = generate_totp_secret()
    TOTP.activate(User.objects.get(id=salon.users[Role.OWNER]), secret)
    client = Client()

    asked = client.post(LOGIN, OWNER)
    assert asked["Location"] == "/account/2fa/authenticate/"
    assert not is_in(client)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not is_in(client)
    counter = int(datetime.now(UTC).timestamp()) // 30
    client.post("/account/2fa/authenticate/", {"code": f"{hotp_value(secret, counter):06}"})

    assert is_in(client)


def test_who_signed_in_a_moment_ago_is_not_asked_for_the_password_again(salon: Salon):
    set_up, again = "/account/2fa/totp/activate/", AGAIN
    client = Client()
    client.post(LOGIN, OWNER)
    assert client.get(set_up).status_code == 200

    session = client.session
    for one in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        one["at"] -= 301
    session.save()
    assert client.get(set_up)["Location"].startswith(again)
    client.post(f"{again}?next={set_up}", {"password": "wrong-heron-48"})
    assert client.get(set_up)["Location"].startswith(again)
    client.post(f"{again}?next={set_up}", {"password": PASSWORD})
    assert client.get(set_up).status_code == 200


def test_a_session_without_a_password_is_not_enough_for_a_second_factor(salon: Salon):
    client = come_in_as(salon, Role.OWNER)

    asked = client.get("/account/2fa/totp/activate/")

    assert asked["Location"].startswith("/account/reauthenticate/")


def test_what_weakens_a_second_factor_asks_for_the_password_however_new_the_session(
    salon: Salon,
):
    factor = "/account/2fa"
    client = Client()
    client.post(LOGIN, OWNER)
    form = client.get(f"{factor}/totp/activate/").context["form"]
    counter = int(datetime.now(UTC).timestamp()) // 30
    code = f"{hotp_value(form.secret, counter):06}"
    shown = client.post(f"{factor}/totp/activate/", {"code": code})
    assert shown["Location"] == f"{factor}/recovery-codes/"
    codes = client.get(shown["Location"]).context["unused_codes"]
    assert len(codes) == 10

    changing = [f"{factor}/totp/deactivate/", f"{factor}/recovery-codes/generate/"]
    reading = [f"{factor}/recovery-codes/", f"{factor}/recovery-codes/download/"]
    asked = [*map(client.post, changing), *map(client.get, changing + reading)]
    assert {one.headers["Location"].split("?")[0] for one in asked} == {AGAIN}
    kept = Authenticator.objects.filter(user_id=salon.users[Role.OWNER])
    assert set(kept.values_list("type", flat=True)) == {"totp", "recovery_codes"}

    client.post(AGAIN, {"password": PASSWORD})
    assert client.get(f"{factor}/recovery-codes/").context["unused_codes"] == codes
    client.post(f"{factor}/totp/deactivate/")
    assert not kept.exists()


def test_all_other_sessions_can_be_ended(salon: Salon):
    here, elsewhere = Client(), Client()
    for client in (elsewhere, here):
        client.post(LOGIN, OWNER)
        assert is_in(client)

    here.post("/account/sessions/")

    assert is_in(here)
    assert not is_in(elsewhere)


def test_nobody_signs_up_by_themselves(salon: Salon):
    said = {"email": "eve@lumen.example", "password1": "blue-heron-50"}
    Client().post("/account/signup/", said)

    assert not User.objects.filter(email="eve@lumen.example").exists()


def test_without_the_demo_its_door_does_not_exist(salon: Salon):
    clear_url_caches()

    assert Client().get("/demo").status_code == 404
    assert Client().post("/demo/enter", {"member": "mara.keller"}).status_code == 404


@pytest.mark.parametrize("path", ["/no-such-page", "/guests/nobody/nothing"])
def test_an_address_of_nothing_says_so_in_the_frame_of_the_others(salon: Salon, path: str):
    answer = Client().get(path)

    assert answer.status_code == 404
    assert "There is no page at this address." in answer.content.decode()


def test_a_form_of_a_page_that_was_open_too_long_says_what_to_do(salon: Salon):
    answer = Client(enforce_csrf_checks=True).post(LOGIN, OWNER)

    assert answer.status_code == 403
    assert "Nothing was done: go back" in answer.content.decode()


def test_what_goes_wrong_on_the_server_has_a_page_that_asks_nothing():
    answer = server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "The mistake is ours" in answer.content.decode()


def test_an_invitation_is_for_who_was_invited(salon: Salon):
    path = sign_ins.invitation_path(salon.users[Role.MANAGER])
    with upkeep.at_work(None) as company:
        other = staff.member(company, "nadia.rahman")
    forged = path.replace(f"/{salon.users[Role.MANAGER]}-", f"/{other.user}-")

    assert forged != path
    assert b"password1" not in Client().get(forged, follow=True).content
