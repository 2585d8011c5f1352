"""What all pages of a guest have in common: the head, and the tabs beneath it."""

from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulars.faces.shared.sending import new_token
from regulars.faces.shared.visits import Visit
from regulars.records.queries import badges, guest_heads
from regulars.records.queries.guest_heads import Counts, GuestHead
from regulars.rules.categories import TIER, Badge
from regulars.rules.refusals import unknown_reference
from regulars.services import staff
from regulars.services.guest_points import TierShown, tier_shown
from regulars.services.messages import consent, languages
from regulars.services.messages.consent import Preferences
from regulars.services.organizations import Company


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: where it is, what it is called, how much is on it (None: that says nothing)."""

    page: str
    label: str | Promise
    n: int | None
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class GuestShown:
    """A guest as the head of every page of hers shows her."""

    head: GuestHead
    counts: Counts
    tier: TierShown | None
    badges: tuple[Badge, ...]
    preferences: Preferences | None
    language: str
    tabs: tuple[Tab, ...]

    @property
    def is_merged(self) -> bool:
        return self.head.merged_into is not None

    @property
    def labels(self) -> list[Badge]:
        """The center's labels but the tier's, which the head shows by itself."""
        return [one for one in self.badges if one.kind != TIER]


def find_head(ref: str) -> GuestHead:
    """The guest; refused when nobody is known by this id."""
    head = guest_heads.head_of(ref) if "\x00" not in ref else None
    if head is None:
        raise unknown_reference("guest", ref, field="guest")
    return head


def guest_shown(visit: Visit, ref: str) -> GuestShown:
    """The guest of a page, with the tabs as seen from it."""
    head = find_head(ref)
    counts = guest_heads.counts_of(head.key)
    center = visit.center.ref if visit.center else None
    shown = badges.badges_of([head.key], center, visit.today) if center else {}
    preferences = consent.preferences_of(ref) if head.merged_into is None else None
    return GuestShown(
        head,
        counts,
        tier_shown(visit.company, head.tier),
        shown.get(head.key, ()),
        preferences,
        _language(preferences, visit.language),
        _tabs(visit, ref, counts),
    )


def show_tab(visit: Visit, ref: str, template: str, **context: Any) -> HttpResponse:
    """A tab of the guest's page."""
    told = {"guest": guest_shown(visit, ref), "token": new_token(), **context}
    return visit.show(f"desk/{template}", told)


def _language(preferences: Preferences | None, tag: str) -> str:
    """The language the guest is told things in, by its name in the language of the desk."""
    chosen = preferences.language if preferences else None
    return language_name(chosen, tag) if chosen else ""


def language_name(language: str, tag: str) -> str:
    """ "German" for de, in the language `tag`."""
    locale: Locale = languages.locale_of(language)
    return str(locale.get_display_name(languages.locale_of(tag)) or language)


def _tabs(visit: Visit, ref: str, counts: Counts) -> tuple[Tab, ...]:
    named: tuple[tuple[str, str | Promise, int | None], ...] = (
        ("guest", _("Summary"), None),
        ("guest_appointments", _("Appointments"), counts.n_appointments),
        ("guest_invoices", _("Invoices"), counts.n_invoices),
        ("guest_points", _("Points"), None),
        ("guest_rewards", _("Loyalty Rewards"), counts.n_rewards),
        ("guest_feedback", _("Feedback"), counts.n_feedback),
        ("guest_referrals", _("Referrals"), counts.n_referred),
        ("guest_history", _("History"), None),
    )
    return tuple(
        Tab(name, label, n, reverse(name, kwargs={"ref": ref}), name == visit.page)
        for name, label, n in named
    )


# -- names ------------------------------------------------------------------------------------


def staff_names(visit: Visit) -> dict[str, str]:
    """The names of staff members by what stands in the books."""
    return {one.ref: one.name for one in staff.members_of(visit.company)}


def center_choices(company: Company) -> list[tuple[str, str]]:
    found = [(one.ref, one.name) for one in company.centers.values()]
    return sorted(found, key=lambda pair: (pair[1], pair[0]))
