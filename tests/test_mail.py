"""Where mail goes, said in one address each, and what is said about a wrong one."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from regulars.site.mail import email_settings, sms_settings

FROM = "hello@lumen.example"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def test_without_a_word_mail_is_printed_and_needs_no_sender():
    assert email_settings("console:", "") == {
        "EMAIL_BACKEND": "regulars.services.messages.channels.console.EmailBackend",
        "DEFAULT_FROM_EMAIL": "regulars@localhost",
    }


def test_a_mail_server_with_everything_it_may_need():
    assert email_settings("smtp://lumen%40spa:p%3Aw%2F@mail.example.com", FROM) == {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": "mail.example.com",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "lumen@spa",
        "EMAIL_HOST_PASSWORD": "p:w/",
        "EMAIL_USE_TLS": True,
        "EMAIL_USE_SSL": False,
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": FROM,
    }


@pytest.mark.parametrize(
    ("url", "port", "is_tls", "is_ssl"),
    [
        ("smtps://mail.example.com", 465, False, True),
        ("smtp://mail.example.com:25?tls=false", 25, False, False),
        ("smtp://localhost:1025", 1025, False, False),
        ("smtp://localhost:1025?tls=true", 1025, True, False),
        ("SMTP://mail.example.com:2525", 2525, True, False),
    ],
)
def test_how_the_way_to_the_server_is_kept_safe(url, port, is_tls, is_ssl):
    found = email_settings(url, FROM)
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (
        port,
        is_tls,
        is_ssl,
    )


def test_a_folder_a_provider_a_class():
    assert (
        email_settings("folder:///srv/100%25/mail", "")["EMAIL_FILE_PATH"] == "/srv/100%/mail"
    )
    sendgrid = email_settings("anymail+sendgrid:?api_key=K%26Y", FROM)
    assert sendgrid["EMAIL_BACKEND"] == "anymail.backends.sendgrid.EmailBackend"
    assert sendgrid["ANYMAIL"] == {"SENDGRID_API_KEY": "K&Y", "REQUESTS_TIMEOUT": 20}
    assert email_settings(SMTP, FROM)["EMAIL_BACKEND"] == SMTP
    assert sms_settings("folder:///srv/sms")["SMS_FILE_PATH"] == "/srv/sms"
    assert sms_settings("console:") == {
        "SMS_BACKEND": "regulars.services.messages.channels.console.SmsBackend"
    }


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("hush://me:hush@host", "REGULARS_EMAIL_URL is not understood"),
        ("smtp://me:hush@host:port", "REGULARS_EMAIL_URL is not understood"),
        ("smtp://", "smtp://user:password@host:587"),
        ("smtp://me:hush@host/inbox", "REGULARS_EMAIL_URL is not understood"),
        ("smtp://me:hush@host?tsl=true", "option 'tsl'; there are tls, timeout"),
        ("smtp://me:hush@host?tls=maybe", "tls is true or false"),
        ("smtp://me:hush@host?timeout=0", "timeout a number of seconds"),
        ("folder:mail", "three slashes"),
        ("folder://mail", "three slashes"),
        ("anymail+nobody:?api_key=hush", "has no provider 'nobody'"),
        ("no.such.module.Backend", "REGULARS_EMAIL_URL is not understood"),
    ],
)
def test_what_is_wrong_is_said_without_the_password(url, said):
    with pytest.raises(ImproperlyConfigured) as refusal:
        email_settings(url, FROM)
    assert said in str(refusal.value)
    assert "hush" not in str(refusal.value)


@pytest.mark.parametrize("sender", ["", "lumen", "Lumen <hello@>", "a@b.cd\nBcc: x@y.z"])
def test_mail_that_leaves_needs_a_sender(sender):
    with pytest.raises(ImproperlyConfigured, match="REGULARS_EMAIL_FROM"):
        email_settings("smtp://mail.example.com", sender)


def test_text_messages_go_nowhere_unknown():
    with pytest.raises(ImproperlyConfigured, match="REGULARS_SMS_URL is not understood"):
        sms_settings("smtp://mail.example.com")
