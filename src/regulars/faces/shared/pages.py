"""The register of pages: an address, a view, and who may come.

    @page("guests/<str:ref>", needs=Permission.REDEEM, example={"ref": "vivian-castellanos"})
    def guest(visit: Visit, ref: str) -> HttpResponse:
        return visit.show("desk/guest.html", {...})

The decorator signs people in, opens their organization, checks the permission, and turns a
refusal that nobody caught into a page. Each page is one row of the table in docs/use/roles.md,
and tests try every page in every role.
"""

import functools
import pkgutil
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from types import ModuleType
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from regulars.faces.shared.refusals import Stale, refusal_answer, stale_answer
from regulars.faces.shared.visits import Elsewhere, Visit, redirect_to, visit_of
from regulars.rules.permissions import ROLES, Permission, Role
from regulars.rules.refusals import Refused

View = Callable[..., HttpResponse]


class Area(StrEnum):
    """The parts of the product, each with a header of its own."""

    DESK = "desk"
    MARKETING = "marketing"
    OFFICE = "office"


AREA_NAMES: Mapping[Area, str | Promise] = {
    Area.DESK: gettext_lazy("Front desk"),
    Area.MARKETING: gettext_lazy("Marketing"),
    Area.OFFICE: gettext_lazy("Back office"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page's place in the header: what it is called there, icon, place, and whose it is."""

    label: str | Promise
    icon: str
    place: int
    area: Area = Area.DESK


@dataclass(frozen=True, slots=True)
class Page:
    """A registered page. `needs` None: whoever works here may see it.

    `or_needs` is another permission that is enough instead. `under` is the page whose entry in
    the header is marked while this one is shown.
    """

    name: str
    path: str
    needs: Permission | None
    methods: tuple[str, ...]
    answer: View
    nav: Entry | None = None
    example: Mapping[str, Any] = field(default_factory=dict)
    under: str | None = None
    or_needs: Permission | None = None

    def is_for(self, permissions: Container[Permission]) -> bool:
        return self.needs is None or self.needs in permissions or self.or_needs in permissions

    @property
    def roles(self) -> list[Role]:
        return [role for role in Role if self.is_for(ROLES[role])]

    @property
    def is_screen(self) -> bool:
        """Is it something to look at, at an address that its example, if any, fills?"""
        return "GET" in self.methods and ("<" not in self.path or bool(self.example))

    def address(self) -> str:
        """Where its example is, in the demo company."""
        return reverse(self.name, kwargs=dict(self.example))


PAGES: dict[str, Page] = {}
"""All pages by name, as their modules register them."""


def page(
    path: str,
    *,
    needs: Permission | None = None,
    methods: tuple[str, ...] = ("GET",),
    nav: Entry | None = None,
    example: Mapping[str, Any] | None = None,
    under: str | None = None,
    or_needs: Permission | None = None,
) -> Callable[[View], View]:
    """Register a view under an address of Django's kind; its name is the function's.

    The example says with which parts of the address the demo company has such a page. Which
    entry of the header it belongs to: its own, that of the page it is `under`, or none.
    """

    def register(view: View) -> View:
        name = view.__name__

        @functools.wraps(view)
        def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
            if request.method not in (*methods, *(["HEAD"] if "GET" in methods else [])):
                return HttpResponseNotAllowed(methods)
            response = _answer(request, PAGES[name], view, parts)
            # A step back asks again: it shows what is so now, after signing out nothing at all.
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        assert name not in PAGES, f"two pages are called {name}"
        PAGES[name] = Page(
            name, path, needs, methods, answer, nav, example or {}, under, or_needs
        )
        return view

    return register


def _answer(
    request: HttpRequest, page: Page, view: View, parts: Mapping[str, Any]
) -> HttpResponse:
    if not request.user.is_authenticated:
        login = redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return redirect_to(request, login["Location"])
    try:
        with visit_of(request, page=page.name) as visit:
            return _of_visit(visit, page, view, parts)
    except Elsewhere:
        return redirect_to(request, reverse("choose_organization"))


def _of_visit(visit: Visit, page: Page, view: View, parts: Mapping[str, Any]) -> HttpResponse:
    try:
        if page.needs is not None and not page.is_for(visit.actor.permissions):
            visit.require(page.needs)
        return view(visit, **parts)
    except Refused as refused:
        return refusal_answer(visit, refused)
    except Stale as stale:
        return stale_answer(visit, stale)


def gather(folder: ModuleType) -> None:
    """Import the modules of a folder, which registers their pages."""
    for module in pkgutil.iter_modules(folder.__path__):
        import_module(f"{folder.__name__}.{module.name}")


def urlpatterns() -> list[URLPattern]:
    """What the pages registered so far answer to."""
    return [path(page.path, page.answer, name=page.name) for page in PAGES.values()]


@dataclass(frozen=True, slots=True)
class Header:
    """Where a staff member can go: areas with their first pages, the entries of this one."""

    areas: list[tuple[Area, Page]]
    here: Area
    entries: list[tuple[Page, Entry]]
    marked: str
    """The name of the page whose entry is marked, "" if it is none of them."""


def header(visit: Visit) -> Header:
    """The header of this staff member, where they are: only where they may go."""
    found = [
        (page, page.nav)
        for page in PAGES.values()
        if page.nav is not None and page.is_for(visit.actor.permissions)
    ]
    found.sort(key=lambda pair: pair[1].place)
    firsts: dict[Area, Page] = {}
    for page, entry in found:
        firsts.setdefault(entry.area, page)
    marked = _marked(visit.page)
    here = marked.nav.area if marked and marked.nav else Area.DESK
    return Header(
        areas=[(area, firsts[area]) for area in Area if area in firsts],
        here=here,
        entries=[pair for pair in found if pair[1].area == here],
        marked=marked.name if marked else "",
    )


def _marked(name: str) -> Page | None:
    shown = PAGES.get(name)
    if shown is None or shown.nav is not None or shown.under is None:
        return shown
    return PAGES.get(shown.under)
