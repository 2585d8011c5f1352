"""What it means when a mail server, a provider or a folder says no.

Codes are those of RFC 5321, the ones with points (5.1.1) those of RFC 3463. Only what says that
the address is bad counts against the address: a server that has something against us would
otherwise burn every guest's.
"""

import re
import smtplib
import ssl
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from regulars.services.messages.channels.channel import (
    HungUp,
    NotSent,
    Unavailable,
    Undeliverable,
)

_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.\d{1,3}\b")
_NO_SUCH_MAILBOX = {550, 551, 553}
_CLOSING, _TOO_LARGE = 421, 552
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Meaning:
    """What to raise, and whether the connection is of no more use."""

    as_exception: Exception
    is_connection_lost: bool = False


def meaning_of(problem: Exception, *, is_connecting: bool = False) -> Meaning:
    """The meaning of whatever a mail backend raised."""
    if isinstance(problem, smtplib.SMTPException):
        return _while_connecting(problem) if is_connecting else _of_smtp(problem)
    provider = _of_provider(problem)
    if provider is not None:
        return provider
    if isinstance(problem, ImproperlyConfigured):
        return _down("E-mail is not set up rightly", _plain(problem))
    if isinstance(problem, OSError):
        return _of_system(problem)
    if isinstance(problem, ValueError):
        return Meaning(Undeliverable(_plain(problem)))
    return Meaning(NotSent(f"{type(problem).__name__}: {_plain(problem)}"), True)


# -- a mail server ---------------------------------------------------------------------------


def _while_connecting(problem: smtplib.SMTPException) -> Meaning:
    said = _plain(problem)
    if isinstance(problem, smtplib.SMTPResponseException):
        said = f"{problem.smtp_code} {_text(problem.smtp_error)}"
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return _down(f"{_server()} does not accept the user or password", said)
    return _down(f"{_server()} does not serve us", said)


def _of_smtp(problem: smtplib.SMTPException) -> Meaning:
    """An answer to one message, or to all that come from us."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        [(code, said), *_] = problem.recipients.values()
        return _of_answer(code, _text(said), is_about_recipient=True)
    if isinstance(problem, smtplib.SMTPSenderRefused) and problem.smtp_code != _TOO_LARGE:
        answer = f"{problem.smtp_code} {_text(problem.smtp_error)}"
        return _down(f"{_server()} does not take mail from {problem.sender}", answer)
    if isinstance(problem, smtplib.SMTPResponseException):
        return _of_answer(problem.smtp_code, _text(problem.smtp_error))
    if isinstance(problem, smtplib.SMTPServerDisconnected):
        return Meaning(HungUp(f"{_server()} hung up: {_plain(problem)}"), True)
    return _down(f"{_server()} does not serve us", _plain(problem))


def _of_answer(code: int, said: str, *, is_about_recipient: bool = False) -> Meaning:
    """An answer to the recipient or to the text of one message."""
    if code == _CLOSING:
        return _down(f"{_server()} takes nothing now", f"{code} {said}")
    line = f"{_server()} answered {code} {said}"[:_LONGEST]
    about = _ENHANCED.match(said)
    if about is not None:
        is_address = about[1] == "5" and about[2] in ("1", "2")
    else:
        is_address = is_about_recipient and code in _NO_SUCH_MAILBOX
    if code >= 500 and is_address:
        return Meaning(Undeliverable(line))
    return Meaning(NotSent(line))


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


# -- a provider's own interface --------------------------------------------------------------


def _of_provider(problem: Exception) -> Meaning | None:
    """django-anymail's, known by name: it is an extra and may not be there."""
    names = {base.__name__ for base in type(problem).__mro__}
    if names & {"AnymailRecipientsRefused", "AnymailInvalidAddress"}:
        return Meaning(Undeliverable(_plain(problem)))
    if "AnymailAPIError" not in names:
        return None
    status = getattr(problem, "status_code", None)
    if status is None or status in (401, 402, 403, 404, 408, 429) or status >= 500:
        return _down("The mail provider does not serve us", _plain(problem))
    return Meaning(NotSent(f"The mail provider answered {status}: {_plain(problem)}"))


# -- the network and the disk ----------------------------------------------------------------


def _of_system(problem: OSError) -> Meaning:
    """Refused, unknown, timed out, a certificate, a full disk: all of it is about us."""
    if isinstance(problem, TimeoutError):
        return _down(f"{_server()} does not answer in time")
    if isinstance(problem, ssl.SSLError):
        return _down(f"No safe connection to {_server(small=True)}", _plain(problem))
    said = _plain(problem.strerror or problem)
    if settings.EMAIL_BACKEND.endswith(".folder.EmailBackend"):
        return _down(f"The folder {settings.EMAIL_FILE_PATH} cannot be written to", said)
    return _down(f"{_server()} cannot be reached", said)


def _down(what: str, said: str = "") -> Meaning:
    line = f"{what}: {said}" if said else what
    return Meaning(Unavailable(f"{line[:_LONGEST].rstrip('. ')}."), True)


def _server(*, small: bool = False) -> str:
    the = "the" if small else "The"
    if settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend"):
        return f"{the} mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    return f"{the} mail server"


def _plain(problem: object) -> str:
    return _text(str(problem))[:_LONGEST] or type(problem).__name__
