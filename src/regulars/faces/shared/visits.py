"""One visit of a staff member to a page: who, where, when; and how it answers."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from regulars.rules.permissions import Actor, Permission, require
from regulars.services import companies, staff
from regulars.services.organizations import CenterRow, Company
from regulars.services.receiving import Sender
from regulars.services.staff import Member

ORGANIZATION, CENTER = "organization", "center"
"""What a session remembers: where somebody works, and at which center they are just now."""


class Elsewhere(Exception):
    """Whoever signed in has to say first where they work, or works nowhere."""


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes an act back: the address, and the fields that are posted there."""

    address: str
    fields: Mapping[str, str | Sequence[str]]

    def kept(self) -> str:
        """As a notice keeps it until it is shown."""
        return json.dumps([self.address, dict(self.fields)])

    @classmethod
    def of(cls, kept: str) -> "Undo | None":
        return cls(*json.loads(kept)) if kept else None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Each hidden field, with its value."""
        return [
            (name, one)
            for name, value in self.fields.items()
            for one in ([value] if isinstance(value, str) else value)
        ]


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything a page is told. Inside, queries are in the organization's scope.

    `center` is where the staff member is just now, None while there is no center at all; `now`
    is read once, of a sandbox its own clock; `language` is a tag such as `de-CH`.
    """

    request: HttpRequest
    company: Company
    member: Member
    actor: Actor
    center: CenterRow | None
    now: datetime
    language: str
    page: str = ""

    # -- who, where, when --------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        return self.center.zone if self.center else self.company.zone

    @property
    def today(self) -> date:
        """The business date at the center (rule 1.2)."""
        return self.now.astimezone(self.zone).date()

    @property
    def centers(self) -> list[CenterRow]:
        """The centers this staff member may be at, by name."""
        own = self.member.center
        found = [c for c in self.company.centers.values() if own in (None, c.ref)]
        return sorted(found, key=lambda center: (center.name, center.ref))

    @property
    def sender(self) -> Sender:
        return Sender(self.actor)

    @property
    def is_partial(self) -> bool:
        """Did htmx ask, for a part of a page?"""
        return bool(self.request.htmx) and not self.request.htmx.boosted  # type: ignore[attr-defined]

    def may(self, permission: Permission) -> bool:
        return permission in self.actor.permissions

    def require(self, permission: Permission, *, center: str | None = None) -> None:
        require(self.actor, permission, center=center)

    # -- answering ---------------------------------------------------------------------------

    def show(
        self, template: str, context: dict[str, Any] | None = None, *, status: int = 200
    ) -> HttpResponse:
        """The template with `visit` in it. `x.html#part` is a partial of it, for htmx."""
        told = {"visit": self, **(context or {})}
        text = render_to_string(template, told, request=self.request)
        return HttpResponse(text, status=status)

    def go(self, name: str, **parts: Any) -> HttpResponse:
        """On to another page, by its name."""
        return redirect_to(self.request, reverse(name, kwargs=parts))

    def address(self, path: str) -> str:
        """The whole address of a page, as others reach it: through HTTPS in front, if any."""
        return f"{settings.ACCOUNT_DEFAULT_HTTP_PROTOCOL}://{self.request.get_host()}{path}"

    def say(self, sentence: str, *, undo: "Undo | None" = None) -> None:
        """Tell it on the next page that is shown: what was done, and how to take it back."""
        messages.success(self.request, sentence, extra_tags=undo.kept() if undo else "")

    def warn(self, sentence: str) -> None:
        messages.warning(self.request, sentence)


def redirect_to(request: HttpRequest, address: str) -> HttpResponse:
    """htmx would follow a redirect inside the page; it is told to go there instead."""
    if getattr(request, "htmx", None):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


@contextmanager
def visit_of(request: HttpRequest, *, page: str = "") -> Iterator[Visit]:
    """The visit behind a request of somebody who is signed in; or `Elsewhere`."""
    user = int(request.user.pk or 0)
    organization = _organization(request, user)
    with companies.at_work(organization) as company:
        member = staff.member_at_work(company, user)
        if member is None:
            del request.session[ORGANIZATION]
            raise Elsewhere
        language = member.language or translation.get_language() or "en"
        visit = Visit(
            request=request,
            company=company,
            member=member,
            actor=member.actor(),
            center=_center(request, company, member),
            now=company.clock_at or datetime.now(UTC),
            language=language,
            page=page,
        )
        with translation.override(language):
            yield visit


def _organization(request: HttpRequest, user: int) -> UUID:
    """Where the session is, or the only place where this person works."""
    kept = request.session.get(ORGANIZATION)
    if kept is not None:
        return UUID(kept)
    employers = staff.employers_of(user)
    if len(employers) != 1:
        raise Elsewhere
    request.session[ORGANIZATION] = str(employers[0].id)
    return employers[0].id


def _center(request: HttpRequest, company: Company, member: Member) -> CenterRow | None:
    if member.center is not None:
        return company.centers.get(member.center)
    chosen = company.centers.get(request.session.get(CENTER, ""))
    return chosen or min(company.centers.values(), key=lambda one: one.name, default=None)
