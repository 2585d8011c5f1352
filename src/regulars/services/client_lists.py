"""The client list as it is asked for in words: searched, narrowed, sorted, or as a file.

Rule 10.11: reward count, amount and soonest expiry as columns, and a filter by whether a
guest's status is included in loyalty rewards.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from regulars.records.queries import badges, client_list, finding, reports_ledger
from regulars.records.queries.client_list import Client
from regulars.records.queries.client_places import SORTS
from regulars.records.queries.client_wishes import Wanted
from regulars.records.queries.paging import Page
from regulars.records.scope import organization_scope
from regulars.rules import categories
from regulars.rules.categories import Badge
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services.guest_points import TierShown, tier_shown
from regulars.services.organizations import Company
from regulars.services.reports import exporting
from regulars.services.reports.report import Column, Report, Row, Value

PAGE, LINES_AT_ONCE = 50, 500
NO_TIER = "none"
"""What stands for no tier among the tiers asked for; no tier can have this id there."""

COLUMNS = (
    Column("name", "Name"),
    Column("id", "Guest"),
    Column("categories", "Categories"),
    Column("phone", "Phone"),
    Column("email", "E-mail"),
    Column("birthday", "Birthday", "date"),
    Column("home_center", "Home center"),
    Column("status", "Status"),
    Column("included", "In loyalty rewards"),
    Column("opted_in", "Takes part"),
    Column("tier", "Tier"),
    Column("tier_since", "In the tier since", "date"),
    Column("points", "Points", "integer", True),
    Column("points_end", "Next points expiry", "date"),
    Column("n_points_ending", "Points expiring next", "integer"),
    Column("n_rewards", "Rewards", "integer", True),
    Column("rewards", "Reward amount", "money", True),
    Column("rewards_end", "Next reward expiry", "date"),
    Column("last_visit", "Last visit", "date"),
    Column("known", "Known since", "date"),
)
_USUAL = "name phone email status tier points n_rewards rewards rewards_end last_visit"
USUAL = tuple(_USUAL.split())
"""What is shown to whoever has chosen nothing else."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as asked for: by which center's categories, as of which day, in which words.

    `words` are as an address has them: search, included and opted_in and has_rewards (yes,
    no), status, tier, category and center (ids), sort (as in `SORTS`, with - before it for
    the other way round).
    """

    center: str | None
    on: date
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ClientShown:
    """A guest of the list, with what people call her tier and the center's labels."""

    client: Client
    tier: TierShown | None
    badges: tuple[Badge, ...]


def client_page(
    company: Company, asked: Asked, *, after: str | None = None, limit: int = PAGE
) -> Page[ClientShown]:
    """A page of the list, in a fixed number of statements; where few guests are like that it
    may have fewer of them, even none, and others still to come.
    """
    page = client_list.clients(wanted(company, asked), after=after, limit=limit)
    return Page(tuple(_shown(company, asked, page.rows)), page.next)


def client_report(
    company: Company, asked: Asked, columns: Sequence[str], *, now: datetime
) -> Report:
    """The whole list as a report, to be written as a file; read as it is written."""
    chosen = [column for column in COLUMNS if column.name in columns]
    told = [(name.replace("_", " ").capitalize(), text) for name, text in asked.words.items()]
    return Report(
        name="clients",
        title="Client list",
        organization=reports_ledger.organization_name(),
        currency=company.currency,
        exponent=company.exponent,
        parameters=[("As of", str(asked.on)), *told],
        columns=chosen,
        source=_rows(company, asked, [column.name for column in chosen]),
        empty="No guest is like that.",
    )


def client_file(
    company: Company, asked: Asked, columns: Sequence[str], *, now: datetime
) -> Iterator[bytes]:
    """The whole list as CSV, by the batch of lines: for whoever sends it while it is read.

    It is sent after the request, out of its scope: so each batch is read in the company's own,
    and none is held while it is sent.
    """
    report = client_report(company, asked, columns, now=now)
    return in_scope(company.id, exporting.csv_lines(report, with_bom=True))


def in_scope(organization: UUID, lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines by the batch, each read in the organization's scope and sent out of it."""
    while True:
        with organization_scope(organization):
            batch = b"".join(islice(lines, LINES_AT_ONCE))
        if not batch:
            return
        yield batch


def chosen_columns(names: Sequence[str] | None) -> tuple[str, ...]:
    """The columns of these names in the list's own order; the usual ones where none is known.

    The name is always among them: it leads to the guest.
    """
    known = [column.name for column in COLUMNS if column.name in (names or ())]
    if not known:
        return USUAL
    return tuple(known) if "name" in known else ("name", *known)


# -- what is asked for ------------------------------------------------------------------------


def wanted(company: Company, asked: Asked) -> Wanted:
    """The words understood; refused with the field that is wrong."""
    words = {name: text.strip() for name, text in asked.words.items() if text.strip()}
    sort = words.get("sort", "name")
    if sort.removeprefix("-") not in SORTS:
        raise _unknown("sort", sort, SORTS)
    program = company.versions.on(asked.on)
    ladder = [tier.id for tier in program.tiers] if program else []
    found = Wanted(
        on=asked.on,
        ladder=ladder,
        former=_former(company, ladder),
        statuses=_statuses(company, words.get("status")),
        is_included=_truth(words, "included"),
        tiers=_tiers(words.get("tier")),
        opted_in=_truth(words, "opted_in"),
        has_rewards=_truth(words, "has_rewards"),
        home_center=_center(company, words.get("center")),
        among=_found(company, words.get("search")),
        sort=sort.removeprefix("-"),
        is_descending=sort.startswith("-"),
    )
    if (category := words.get("category")) is not None:
        found = _carrying(found, asked, category)
    return found


def _former(company: Company, ladder: Sequence[str]) -> list[str]:
    """Tiers of other versions, in which guests may still be."""
    known = {tier.id for program in company.versions.programs for tier in program.tiers}
    return sorted(known.difference(ladder))


def _statuses(company: Company, status: str | None) -> list[str] | None:
    if status is None:
        return None
    if status not in company.statuses:
        raise unknown_reference("status", status, field="status")
    return [status]


def _tiers(tier: str | None) -> list[str | None] | None:
    if tier is None:
        return None
    return [None if tier == NO_TIER else tier]


def _center(company: Company, center: str | None) -> str | None:
    if center is not None:
        company.center(center)
    return center


def _found(company: Company, text: str | None) -> list[str] | None:
    """The ids of who may be meant by a search, at most `finding.CANDIDATES`."""
    if text is None:
        return None
    zone = str(company.zone)
    found = finding.find_guests(text, limit=finding.CANDIDATES, time_zone=zone)
    return [one.id for one in found]


def _truth(words: Mapping[str, str], name: str) -> bool | None:
    text = words.get(name)
    if text is None:
        return None
    if text not in ("yes", "no"):
        raise _unknown(name, text, ("yes", "no"))
    return text == "yes"


def _unknown(field: str, value: str, allowed: Sequence[str]) -> Refused:
    return Refused(
        "invalid_record",
        said(
            "{field} {value!r} is not known; it is one of {known}.",
            field=field,
            value=value,
            known=", ".join(allowed),
        ),
        field=field,
        value=value,
    )


def _carrying(found: Wanted, asked: Asked, kind: str) -> Wanted:
    """Narrowed to who carries a label of the center; of the tier's kind, who is in a tier."""
    known = badges.categories_of(asked.center) if asked.center else []
    category = next((one for one in known if one.kind == kind), None)
    if category is None:
        raise unknown_reference("category", kind, field="category")
    if kind == categories.TIER:
        return replace(found, is_in_tier=True)
    return replace(found, label=category)


# -- what is shown ----------------------------------------------------------------------------


def _shown(company: Company, asked: Asked, clients: Sequence[Client]) -> Iterator[ClientShown]:
    keys = [one.key for one in clients]
    labels = badges.badges_of(keys, asked.center, asked.on) if asked.center else {}
    for one in clients:
        yield ClientShown(one, tier_shown(company, one.tier), labels.get(one.key, ()))


def _rows(company: Company, asked: Asked, columns: Sequence[str]) -> Iterator[Row]:
    makers = [_CELLS[name] for name in columns]
    for chunk in client_list.chunks(wanted(company, asked)):
        for one in _shown(company, asked, chunk):
            yield [make(one) for make in makers]


Cell = Callable[[ClientShown], Value]


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"


_CELLS: Mapping[str, Cell] = {
    "name": lambda one: one.client.name,
    "id": lambda one: one.client.id,
    "categories": lambda one: ", ".join(badge.label for badge in one.badges),
    "phone": lambda one: one.client.phone,
    "email": lambda one: one.client.email,
    "birthday": lambda one: one.client.birthday,
    "home_center": lambda one: one.client.home_center,
    "status": lambda one: one.client.status,
    "included": lambda one: _yes(one.client.is_included),
    "opted_in": lambda one: _yes(one.client.opted_in),
    "tier": lambda one: one.tier.name if one.tier else None,
    "tier_since": lambda one: one.client.tier_since,
    "points": lambda one: one.client.points,
    "points_end": lambda one: one.client.points_end_on,
    "n_points_ending": lambda one: one.client.n_points_ending,
    "n_rewards": lambda one: one.client.n_rewards,
    "rewards": lambda one: one.client.rewards_cents,
    "rewards_end": lambda one: one.client.rewards_end_on,
    "last_visit": lambda one: one.client.last_visit_on,
    "known": lambda one: one.client.known_on,
}


def cell_of(name: str, one: ClientShown) -> Value:
    """What the list shows of a guest in a column."""
    return _CELLS[name](one)
