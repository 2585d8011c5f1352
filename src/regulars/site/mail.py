"""One address each for e-mail and text messages, as Django's settings want to be told."""

from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

_CHANNELS = "regulars.services.messages.channels"
_SECONDS = 20
_NOBODY = "regulars@localhost"
_HERE = {"localhost", "127.0.0.1", "::1"}
_PORTS = {"smtp": 587, "smtps": 465}
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def email_settings(url: str, sender: str) -> dict[str, Any]:
    """Django's settings that send e-mail to this address, from this sender.

    `console:`, `folder:///path`, `smtp://user:password@host:587`, `smtps://…`,
    `anymail+NAME:?setting=value`, or the path of a class: a mail backend of Django's kind.
    """
    scheme, url = _scheme_of(url), url.strip()
    if scheme == "console":
        found: dict[str, Any] = {"EMAIL_BACKEND": f"{_CHANNELS}.console.EmailBackend"}
    elif scheme == "folder":
        found = {
            "EMAIL_BACKEND": f"{_CHANNELS}.folder.EmailBackend",
            "EMAIL_FILE_PATH": _folder(url, "REGULARS_EMAIL_URL"),
        }
    elif scheme in _PORTS:
        found = _smtp(url)
    elif scheme.startswith("anymail+"):
        found = _anymail(scheme.removeprefix("anymail+"), url)
    elif not scheme and _is_class(url):
        found = {"EMAIL_BACKEND": url}
    else:
        raise _not_understood(
            "REGULARS_EMAIL_URL",
            "console:, folder:///full/path, smtp://user:password@host:587,"
            " smtps://user:password@host:465, anymail+NAME:?api_key=… or the path of a class",
        )
    is_sent = scheme not in ("console", "folder")
    return found | {"DEFAULT_FROM_EMAIL": _sender(sender, is_needed=is_sent)}


def sms_settings(url: str) -> dict[str, Any]:
    """Settings that send text messages to this address: `console:`, `folder:///path`, or the
    path of a class (see services/messages/channels/channel.py for what it has to do).
    """
    scheme, url = _scheme_of(url), url.strip()
    if scheme == "console":
        return {"SMS_BACKEND": f"{_CHANNELS}.console.SmsBackend"}
    if scheme == "folder":
        folder = _folder(url, "REGULARS_SMS_URL")
        return {"SMS_BACKEND": f"{_CHANNELS}.folder.SmsBackend", "SMS_FILE_PATH": folder}
    if not scheme and _is_class(url):
        return {"SMS_BACKEND": url}
    raise _not_understood(
        "REGULARS_SMS_URL", "console:, folder:///full/path or the path of a class"
    )


def _scheme_of(url: str) -> str:
    head, colon, _ = url.strip().partition(":")
    return head.lower() if colon else ""


def _is_class(text: str) -> bool:
    module, dot, name = text.rpartition(".")
    if not (dot and name.isidentifier() and all(p.isidentifier() for p in module.split("."))):
        return False
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _folder(url: str, name: str) -> str:
    path = Path(unquote(urlsplit(url).path))
    if urlsplit(url).netloc or not path.is_absolute() or path == Path("/"):
        raise ImproperlyConfigured(
            f"{name} names no folder: write folder:///full/path/of/the/folder, three slashes."
        )
    return str(path)


# -- a mail server ---------------------------------------------------------------------------


def _smtp(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if not host or parts.path not in ("", "/") or parts.fragment:
        raise _not_understood("REGULARS_EMAIL_URL", "smtp://user:password@host:587")
    is_tls, seconds = _smtp_options(parts, host)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": is_tls and parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": seconds,
    }


def _smtp_options(parts: SplitResult, host: str) -> tuple[bool, int]:
    """TLS unless said otherwise, or the server is on this machine; seconds to wait for it."""
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    tls = options.pop("tls", "false" if host in _HERE else "true").lower()
    timeout = options.pop("timeout", str(_SECONDS))
    if options:
        raise ImproperlyConfigured(
            f"REGULARS_EMAIL_URL has an option {next(iter(options))!r}; there are tls, timeout."
        )
    if tls not in _YES_NO or not (timeout.isascii() and timeout.isdigit() and int(timeout)):
        raise ImproperlyConfigured(
            "REGULARS_EMAIL_URL: tls is true or false, timeout a number of seconds."
        )
    return _YES_NO[tls], int(timeout)


# -- a provider's own interface --------------------------------------------------------------


def _anymail(name: str, url: str) -> dict[str, Any]:
    """`anymail+sendgrid:?api_key=KEY` becomes ANYMAIL = {"SENDGRID_API_KEY": "KEY"}."""
    if find_spec("anymail") is None:
        raise ImproperlyConfigured(
            "REGULARS_EMAIL_URL names a provider; that needs the extra: regulars[email]."
        )
    module = name.replace("-", "_")
    if not module.isidentifier() or find_spec(f"anymail.backends.{module}") is None:
        raise ImproperlyConfigured(
            f"REGULARS_EMAIL_URL: django-anymail has no provider {name!r}. Among those it has"
            " are amazon_ses, brevo, mailgun, mailjet, postmark, resend and sendgrid."
        )
    options = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return {
        "EMAIL_BACKEND": f"anymail.backends.{module}.EmailBackend",
        "ANYMAIL": {f"{module}_{option}".upper(): value for option, value in options}
        | {"REQUESTS_TIMEOUT": _SECONDS},
    }


# -- who it comes from -----------------------------------------------------------------------


def _sender(text: str, *, is_needed: bool) -> str:
    """The sender, checked; what is only looked at needs none."""
    if text == "" and not is_needed:
        return _NOBODY
    try:
        validate_email(parseaddr(text)[1] if text.isprintable() else text)
    except ValidationError:
        raise ImproperlyConfigured(
            f"REGULARS_EMAIL_FROM is {text[:80]!r}. E-mail needs a sender: write"
            " hello@lumen.example or Lumen Spa <hello@lumen.example>."
        ) from None
    return text


def _not_understood(name: str, choices: str) -> ImproperlyConfigured:
    """Without what was given, which may hold a password."""
    return ImproperlyConfigured(f"{name} is not understood. Use {choices}.")
