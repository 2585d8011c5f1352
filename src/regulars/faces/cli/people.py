"""`regulars staff`: who works here, for the shell; the desk has a page of its own for it."""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.running import (
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    operator,
    put,
    put_json,
    put_table,
    reporting,
    say,
)

if TYPE_CHECKING:
    from regulars.services.staff import Member

app = typer.Typer(no_args_is_help=True, help="Staff members, and how they sign in.")
AddressOption = Annotated[
    str,
    typer.Option(
        "--address", metavar="URL", help="Where the desk is served, for the link in the answer."
    ),
]
ROLES = "owner, manager, front_desk, marketing or accountant"


@app.command("add")
@reporting
def add(
    email: Annotated[str, typer.Argument(help="The address they sign in with.")],
    name: Annotated[str, typer.Option(help="What they are called.")],
    role: Annotated[str, typer.Option(help=f"{ROLES[0].upper()}{ROLES[1:]}.")] = "owner",
    center: Annotated[
        str | None, typer.Option(metavar="ID", help="At this center only.")
    ] = None,
    address: AddressOption = "http://localhost:8000",
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Add a staff member, and print a link with which they choose a password.

    The link works once, for three days. Nothing is mailed from here.
    """
    now = datetime.now(UTC)
    open_database(database, with_people=True)
    from regulars.rules.permissions import Actor
    from regulars.services import sign_ins, staff, upkeep

    with upkeep.at_work(organization) as company:
        person = staff.Person(name, email, role, center)
        member = staff.add_member(company, person, by=Actor(operator()), at=now)
    if sign_ins.has_password([member.user]):
        put_json(_as_json(member)) if as_json else put(f"{member.ref} signs in as ever.")
        return
    _put_link(member, address, as_json=as_json)


@app.command("link")
@reporting
def link(
    ref: Annotated[str, typer.Argument(metavar="ID", help="As `regulars staff list` has it.")],
    address: AddressOption = "http://localhost:8000",
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Print a link with which a staff member chooses a new password."""
    open_database(database, with_people=True)
    from regulars.services import staff, upkeep

    with upkeep.at_work(organization) as company:
        member = staff.member(company, ref)
    _put_link(member, address, as_json=as_json)


@app.command("list")
@reporting
def list_(
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Everybody who works here, or did."""
    open_database(database, with_people=True)
    from regulars.services import staff, upkeep

    with upkeep.at_work(organization) as company:
        members = staff.members_of(company)
    if as_json:
        put_json([_as_json(one) for one in members])
    elif not members:
        put("Nobody yet: `regulars staff add ada@example.com --name Ada` makes an owner.")
    else:
        heads = ("id", "name", "email", "role", "center", "works here")
        put_table(dict.fromkeys(heads, "left"), [_row(one) for one in members])


@app.command("remove")
@reporting
def remove(
    ref: Annotated[str, typer.Argument(metavar="ID")],
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Somebody works here no more, from their next click on. The last owner stays."""
    now = datetime.now(UTC)
    open_database(database, with_people=True)
    from regulars.rules.permissions import Actor
    from regulars.services import staff, upkeep

    with upkeep.at_work(organization) as company:
        staff.change_member(company, ref, is_active=False, by=Actor(operator()), at=now)
    put(f"{ref} works here no more.")


def _put_link(member: "Member", address: str, *, as_json: bool) -> None:
    from regulars.services import sign_ins

    url = address.rstrip("/") + sign_ins.invitation_path(member.user)
    if as_json:
        put_json({**_as_json(member), "link": url})
        return
    put(url)
    if sys.stdout.isatty():
        say(f"{member.name} opens it once, within three days, and chooses a password.")


def _as_json(member: "Member") -> dict[str, Any]:
    return {
        "id": member.ref,
        "name": member.name,
        "email": member.email,
        "role": member.role.value,
        "center": member.center,
        "works_here": member.is_active,
    }


def _row(member: "Member") -> list[str]:
    here = "yes" if member.is_active else "no"
    return [
        member.ref,
        member.name,
        member.email,
        member.role.value,
        member.center or "all",
        here,
    ]
