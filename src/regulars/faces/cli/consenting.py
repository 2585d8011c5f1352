"""`regulars consent` and `regulars messages consents`: what guests want to be told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regulars.faces.cli.databases import open_database
from regulars.faces.cli.reading import require_file
from regulars.faces.cli.running import (
    DIFFERENT,
    DatabaseOption,
    JsonOption,
    OrganizationOption,
    operator,
    put,
    put_json,
    put_table,
)
from regulars.faces.cli.tables import rows_in

if TYPE_CHECKING:
    from regulars.services.messages.consent import Preferences
    from regulars.services.organizations import Company


@contextmanager
def _company(organization: str | None, database: str | None) -> "Iterator[Company]":
    open_database(database)
    from regulars.services import upkeep

    with upkeep.at_work(organization) as company:
        yield company


def consents(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="CSV with the columns guest, email, sms, language, note; - reads from input.",
        ),
    ],
    how: Annotated[str, typer.Option(metavar="WORD", help="Where it was said.")] = "import",
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Record what many guests want, from a list. An empty cell says nothing.

    Lines that are wrong are refused and named, the others go on. Exit code 1 if any is.
    """
    now = datetime.now(UTC)
    require_file(file)
    with _company(organization, database) as company:
        from regulars.services.messages import consent_lists

        lines = list(rows_in(file, columns=consent_lists.COLUMNS, needed="guest"))
        taken = consent_lists.record_list(company, lines, at=now, by=operator(), how=how)
    refused = [(number, problem.code, problem.message) for number, problem in taken.refused]
    if as_json:
        told = [{"line": line, "code": code, "message": text} for line, code, text in refused]
        counts = {"changes": taken.n_changes, "unchanged": taken.n_unchanged}
        put_json(counts | {"refusals": told})
    else:
        for number, code, text in refused:
            put(f"line {number}: {code}: {text}")
        put(f"{taken.n_changes:,} changes, {taken.n_unchanged:,} held already.")
    if refused:
        raise typer.Exit(DIFFERENT)


StateOption = Annotated[
    str | None, typer.Option(metavar="STATE", help="given or withdrawn.", show_default=False)
]


def consent(
    guest: Annotated[str, typer.Argument(metavar="GUEST", help="The guest's id.")],
    email: StateOption = None,
    sms: StateOption = None,
    tongue: Annotated[
        str | None,
        typer.Option(
            "--language", metavar="LANGUAGE", help="Such as de; `none` takes it back."
        ),
    ] = None,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Where and how it was said.")
    ] = None,
    as_json: JsonOption = False,
    organization: OrganizationOption = None,
    database: DatabaseOption = None,
) -> None:
    """Record what a guest wants to be told, and in which language; or show it, with its past.

    Statements, reminders and rewards go only to guests who agreed to the channel; news about
    their own points goes unless they withdrew it.
    """
    now = datetime.now(UTC)
    with _company(organization, database) as company:
        from regulars.services.messages import consent as service

        said: dict[str, Any] = {
            "at": now,
            "by": operator(),
            "how": "command_line",
            "note": note,
        }
        service.record_all(
            company, guest, {"email": email, "sms": sms, "language": tongue}, **said
        )
        found = service.preferences_of(guest)
    if as_json:
        put_json(_preferences_as_json(found))
    else:
        _put_preferences(found)


def _preferences_as_json(found: "Preferences") -> dict[str, Any]:
    history = [{name: getattr(one, name) for name in one.__slots__} for one in found.history]
    told = {name: getattr(found, name) for name in found.__slots__ if name != "history"}
    return told | {"history": history}


def _put_preferences(found: "Preferences") -> None:
    put(f"{found.name} ({found.guest})")
    bounced = (found.email_bounced, found.sms_bounced)
    rows = [
        ["email", found.email or "-", _consent_words(found.email_consent, bounced[0])],
        ["sms", found.phone or "-", _consent_words(found.sms_consent, bounced[1])],
        ["language", found.language or "-", ""],
    ]
    put_table({"": "left", " ": "left", "consent": "left"}, rows)
    for one in found.history:
        words = ", ".join(str(word) for word in (one.by, one.how, one.note) if word)
        state = one.state or "none"
        put(f"  {one.at:%Y-%m-%d %H:%M} UTC  {one.channel} {state} ({words})")


def _consent_words(state: str | None, bounced: str | None) -> str:
    came_back = f"; {bounced} came back" if bounced else ""
    return f"{state or 'never asked'}{came_back}"
