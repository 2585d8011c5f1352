"""The demo company opens its doors: its staff can be anybody's for a click, its clock stands.

Its history ends on LAST_DAY. The clock of a sandbox stands on the morning after, when those
are due who have booked ahead: so there is a today and a tomorrow, and the numbers of
docs/use/demo.md hold whenever somebody looks.
"""

from datetime import UTC, datetime, time, timedelta

from regulars.records import models
from regulars.rules.permissions import Actor, Role
from regulars.services import sign_ins, staff
from regulars.services.organizations import Company
from regulars.services.samples import demo_desk
from regulars.services.samples.demo import ORGANIZATION
from regulars.services.samples.demo_catalog import (
    ACCOUNTANT,
    CENTERS,
    MANAGERS,
    MARKETING,
    OWNER,
)
from regulars.services.staff import Member, Person

DOMAIN = "alder-rue.example"
OPENS_AT = time(9, 40)


def open_the_doors(company: Company, *, at: datetime) -> None:
    """Staff, what the desk keeps, and the clock; done before, it changes nothing."""
    known = {member.ref for member in staff.members_of(company)}
    for person in _people():
        if person.ref not in known:
            staff.add_member(company, person, by=Actor("demo"), at=at)
    for member in staff.members_of(company):
        if member.ref not in known:
            sign_ins.note_visit(member.user, at)
    demo_desk.furnish(company, at=at)
    demo_desk.welcome(company, now=_set_clock(company))


def _set_clock(company: Company) -> datetime:
    """The morning after the last closed day, at the company's own time, unless it is later."""
    assert company.closed_through is not None
    day = company.closed_through + timedelta(days=1)
    opens_at = datetime.combine(day, OPENS_AT, tzinfo=company.zone).astimezone(UTC)
    if company.clock_at is None or company.clock_at < opens_at:
        rows = models.Organization.objects.filter(id=company.id)
        rows.update(is_sandbox=True, clock_at=opens_at)
        return opens_at
    return company.clock_at


def _people() -> list[Person]:
    people = [
        _person(OWNER, Role.OWNER, None),
        _person(MARKETING, Role.MARKETING, None),
        _person(ACCOUNTANT, Role.ACCOUNTANT, None),
    ]
    people += [_person(name, Role.MANAGER, center) for center, name in MANAGERS.items()]
    for center in CENTERS.values():
        people += [_person(name, Role.FRONT_DESK, center.id) for name in center.desk]
    return people


def _person(ref: str, role: Role, center: str | None) -> Person:
    name = " ".join(part.title() for part in ref.split("."))
    return Person(name, f"{ref}@{DOMAIN}", role, center, ref)


def people_to_be(company: Company) -> list[Member]:
    """Whom a visitor may be: the invented staff, who have no password."""
    found = [one for one in staff.members_of(company) if one.email.endswith(f"@{DOMAIN}")]
    chosen = sign_ins.has_password([one.user for one in found])
    return [one for one in found if one.is_active and one.user not in chosen]


def is_here() -> bool:
    """Does this database hold the demo company, and nobody else's?"""
    rows = list(models.Organization.objects.values_list("external_id", "is_sandbox")[:2])
    return rows == [(ORGANIZATION, True)]
