"""What every act needs to know of its organization: zones, currency, program versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from regulars.records import codec, models
from regulars.rules.amounts import format_money, minor_units
from regulars.rules.program import Program
from regulars.rules.program_parsing import parse_program
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.rules.versions import Versions


@dataclass(slots=True)
class CenterRow:
    id: UUID
    ref: str
    zone: ZoneInfo
    name: str = ""


@dataclass(slots=True)
class Company:
    """An organization as services know it; rebuilt when its own records change."""

    id: UUID
    ref: str
    currency: str
    exponent: int
    zone: ZoneInfo
    name: str = ""
    centers: dict[str, CenterRow] = field(default_factory=dict)
    statuses: dict[str, UUID] = field(default_factory=dict)
    versions: Versions = field(default_factory=lambda: Versions([]))
    closed_through: date | None = None
    expired_through: date | None = None
    is_sandbox: bool = False
    clock_at: datetime | None = None
    items: Mapping[str, str] | None = None
    """The kinds of the catalog's items, where they are kept for the next request too."""

    def center(self, ref: str, *, field: str = "center") -> CenterRow:
        try:
            return self.centers[ref]
        except KeyError:
            raise unknown_reference("center", ref, field=field) from None

    def money(self, cents: int) -> str:
        return format_money(cents, self.exponent)

    @property
    def zones(self) -> list[ZoneInfo]:
        """The calendars whose day must be over before a date is final (rule 4.4)."""
        return [center.zone for center in self.centers.values()] or [self.zone]

    def day_ends_at(self, day: date) -> datetime:
        """The first instant at which `day` is over in every center (rules 4.4, 9.1)."""
        return max(first_instant(day + timedelta(days=1), zone) for zone in self.zones)

    def day_begins_at(self, day: date) -> datetime:
        """The first instant at which it is `day` in some center (rule 1.2)."""
        return min(first_instant(day, zone) for zone in self.zones)


@lru_cache(maxsize=4096)
def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """Midnight, or where clocks skip it the first instant there is, in UTC."""
    local = datetime.combine(day, time(), tzinfo=zone)
    return local.astimezone(UTC)


def load_company(row: models.Organization) -> Company:
    """Read an organization with its centers, statuses and versions; in its own scope."""
    company = Company(
        id=row.id,
        ref=row.external_id,
        currency=row.currency,
        exponent=minor_units(row.currency),
        zone=ZoneInfo(row.time_zone),
        name=row.name,
        closed_through=row.closed_through,
        expired_through=row.expired_through,
        is_sandbox=row.is_sandbox,
        clock_at=row.clock_at,
    )
    for center in models.Center.objects.all():
        company.centers[center.external_id] = CenterRow(
            center.id, center.external_id, ZoneInfo(center.time_zone), center.name
        )
    for status in models.GuestStatus.objects.all():
        company.statuses[status.external_id] = status.id
    company.versions = load_versions(company.exponent)
    return company


def load_items() -> dict[str, str]:
    """The kind of each item of the catalog, by its id."""
    return dict(models.Item.objects.values_list("external_id", "kind"))


def load_versions(exponent: int) -> Versions:
    documents = models.ProgramVersion.objects.values_list("document", flat=True)
    return Versions([_program(text, exponent) for text in documents])


def _program(text: str, exponent: int) -> Program:
    return parse_program(codec.value_of(text), exponent)


def find_organization(ref: str | None) -> models.Organization:
    """The organization by its id, or the only one there is."""
    rows = models.Organization.objects.all()
    if ref is not None:
        row = rows.filter(external_id=ref).first()
        if row is None:
            raise unknown_reference("organization", ref, field="organization")
        return row
    found = list(rows[:2])
    if len(found) == 1:
        return found[0]
    message = (
        said("There are several organizations.")
        if found
        else said("There is no organization yet.")
    )
    raise Refused("unknown_reference", message, field="organization")
