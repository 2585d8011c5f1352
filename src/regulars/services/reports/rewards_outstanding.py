"""Rewards open at the end of a day, each with its guest, amount and the days it has left."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from regulars.records.queries import reports_ledger, reports_points
from regulars.records.queries.reports_credit import guests_with_credit
from regulars.rules.permissions import Permission
from regulars.rules.sentences import said
from regulars.services.organizations import Company
from regulars.services.reports.asking import Asked, Question
from regulars.services.reports.report import Column, Figure, Report, Row

QUESTION = Question(
    "day",
    choices={"sort": ("expires_on", "guest", "amount")},
    permission=Permission.SEE_LIABILITY,
)

COLUMNS = (
    Column("guest", "Guest"),
    Column("name", "Name"),
    Column("code", "Reward"),
    Column("amount", "Amount", "money", True),
    Column("issued_on", "Issued on", "date"),
    Column("expires_on", "Expires on", "date"),
    Column("days_left", "Days left", "integer"),
    Column("source", "Source"),
    Column("run", "Run"),
    Column("status", "Status"),
    Column("note", "Note"),
)


@dataclass(slots=True)
class Sums:
    """What the ledger's open credit is made of."""

    open_cents: int = 0
    expired_cents: int = 0


def report(company: Company, asked: Asked) -> Report:
    """A row a reward, in the order asked for: it may be one of thousands, not of millions."""
    sums = Sums()
    rows = list(_rows(company, asked, sums))
    rows.sort(key=_ORDERS[asked.words["sort"]])
    return Report(
        name=asked.name,
        title="Rewards outstanding",
        organization=reports_ledger.organization_name(),
        currency=company.currency,
        exponent=company.exponent,
        parameters=asked.lines,
        columns=COLUMNS,
        source=rows,
        figures=_figures(sums, asked),
        notes=_notes(asked),
        empty=f"No reward was open at the end of {asked.last}.",
    )


_ORDERS: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "expires_on": lambda row: (row[5] or date.max, row[4], row[2]),
    "guest": lambda row: (row[0], row[5] or date.max, row[4], row[2]),
    "amount": lambda row: (-row[3], row[5] or date.max, row[2]),
}


def _rows(company: Company, asked: Asked, sums: Sums) -> Iterator[Row]:
    day = asked.last
    holds = reports_points.holds_on(company.day_ends_at(day))
    held = {code for hold in holds for code in hold.rewards}
    for guest in guests_with_credit():
        for lot in guest.lots:
            cents = lot.open_cents_on(day)
            sums.open_cents += cents
            sums.expired_cents += lot.expired_cents_on(day)
            if not cents:
                continue
            last_day = lot.last_day_on(day)
            label = guest.labels[lot.code]
            yield (
                guest.ref,
                guest.name,
                lot.code,
                cents,
                lot.issued_on,
                last_day,
                None if last_day is None else (last_day - day).days,
                label.source,
                label.run,
                "held" if lot.code in held else "issued",
                label.note,
            )


def _figures(sums: Sums, asked: Asked) -> list[Figure]:
    is_open, expired = sums.open_cents, sums.expired_cents
    entries = reports_ledger.sum_on("credit", asked.last)
    assert entries == expired + is_open, (entries, sums)
    return [
        Figure("outstanding", "Outstanding", is_open, "money", "open rewards of liability"),
        Figure("expired", "Expired and never used, still in the ledger", expired, "money"),
        Figure("entries", "All entries of credit", entries, "money", "the two above"),
    ]


def _notes(asked: Asked) -> list[str]:
    notes: list[str] = [
        said(
            "As it was at the end of the day: amounts, last days and guests of that day, also"
            " of rewards that have been used, edited, voided or have ended since. Notes and"
            " sources are as they stand now."
        ),
        said(
            "The last day is still good; with 0 days left a reward can be used that day only."
        ),
        said(
            "Rewards on hold are outstanding. A reward's end is not posted to the ledger,"
            " since an edit may still move it: what has ended is taken off here by its date."
        ),
    ]
    if not asked.is_settled:
        notes.append(
            said("The books are closed through {through}.", through=asked.closed_through)
        )
    return notes
