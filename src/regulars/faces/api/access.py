"""Who is calling: the key, its organization, the staff member at the till."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from django.http import HttpRequest
from ninja.security import HttpBearer

from regulars.faces.api import limits
from regulars.faces.api.headers import header
from regulars.faces.api.problems import Unanswerable
from regulars.rules.permissions import Permission, require
from regulars.rules.refusals import Refused
from regulars.services import companies, keys
from regulars.services.companies import News
from regulars.services.keys import Key
from regulars.services.organizations import Company
from regulars.services.receiving import Sender

STAFF_HEADER = "X-Staff"
LONGEST_STAFF = 100
FRESH = timedelta(seconds=1)


class KeyAuth(HttpBearer):
    """`Authorization: Bearer KEY`. A key that is wrong, over or revoked is answered alike.

    Wrong keys are counted by the address they come from, good ones by themselves: whoever
    guesses behind the same address keeps no till from its work.
    """

    def __call__(self, request: HttpRequest) -> Key | None:
        scheme, _, token = (header(request, self.header) or "").partition(" ")
        return self.authenticate(request, token) if scheme.lower() == "bearer" else None

    def authenticate(self, request: HttpRequest, token: str) -> Key | None:
        found = keys.find_key_and_news(token, now=_now(request))
        if found is None:
            _count_wrong_key(request)
            return None
        key, news = found
        request.news = news  # type: ignore[attr-defined]
        allowance = limits.of_keys.take(key.ref)
        request.allowance = allowance  # type: ignore[attr-defined]
        if allowance.is_over:
            raise Unanswerable(
                "too_many_requests",
                f"This key may make {limits.of_keys.per_second:g} requests a second,"
                f" {allowance.limit} at once; ask again in {allowance.next_in} s.",
                retry_after=allowance.next_in,
            )
        return key


def _count_wrong_key(request: HttpRequest) -> None:
    tried = limits.of_wrong_keys.take(str(request.META.get("REMOTE_ADDR")))
    if tried.is_over:
        raise Unanswerable(
            "too_many_requests",
            f"Too many wrong keys came from this address; ask again in {tried.next_in} s.",
            retry_after=tried.next_in,
        )


@dataclass(frozen=True, slots=True)
class Call:
    """One request: whose organization, which key, when."""

    company: Company
    key: Key
    sender: Sender
    now: datetime

    @property
    def time_zone(self) -> str:
        """Where the caller dials: at the key's center, else at the organization's."""
        center = self.company.centers.get(self.sender.actor.center or "")
        return (center or self.company).zone.key

    def require(self, permission: Permission) -> None:
        require(self.sender.actor, permission)


@contextmanager
def call_of(request: HttpRequest) -> Iterator[Call]:
    """The call behind a request, with everything inside in its organization's scope."""
    key: Key = request.auth  # type: ignore[attr-defined]
    _check_address(request)
    real = _now(request)
    with companies.at_work(key.organization, _news_of(request, real)) as company:
        keys.note_use(key, now=real)
        now = company.clock_at or real
        sender = Sender(key.actor(_staff(request)), key.may_import, keeps_to_center=True)
        yield Call(company, key, sender, now)


def _staff(request: HttpRequest) -> str | None:
    """Who is at the till; None where nobody is named.

    The server hands on a header with other letters than ASCII as an empty one: rather than lose
    who it was, an empty one is refused.
    """
    said = header(request, STAFF_HEADER)
    if said is None:
        return None
    try:
        staff = unquote(said, errors="strict").strip()
    except UnicodeError:
        staff = ""
    if not staff or not staff.isprintable():
        raise Refused(
            "invalid_record",
            f"{STAFF_HEADER} names nobody. Leave it out, or write letters other than ASCII"
            " percent-encoded: J%C3%B6rg.",
            field=STAFF_HEADER,
            value=said,
        )
    if len(staff) > LONGEST_STAFF:
        raise Refused(
            "invalid_record",
            f"{STAFF_HEADER} may have {LONGEST_STAFF} characters.",
            field=STAFF_HEADER,
            value=staff[:LONGEST_STAFF],
        )
    return staff


def _news_of(request: HttpRequest, read_at: datetime) -> News | None:
    """What came with the key, once; not where the body took its time to come after it."""
    news: News | None = request.__dict__.pop("news", None)
    return news if datetime.now(UTC) - read_at < FRESH else None


def _check_address(request: HttpRequest) -> None:
    """No id has a NUL in it, and one database would not even be asked for one.

    A parameter that is not UTF-8 would be read as some other one that is.
    """
    try:
        unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1")).decode()
    except UnicodeError:
        raise Unanswerable("invalid_record", "The parameters have to be UTF-8.") from None
    for said in (request.path, *request.GET.values()):
        if "\x00" in said:
            raise Unanswerable(
                "invalid_record", "An address cannot have a NUL character in it."
            )


def _now(request: Any) -> datetime:
    """The clock is read once a request."""
    if not hasattr(request, "read_at"):
        request.read_at = datetime.now(UTC)
    moment: datetime = request.read_at
    return moment
