"""Everything as CSV files: for spreadsheets, and for other systems.

A file for each kind, streamed by the page. What a spreadsheet would take for a formula is told
as text, and the columns have the names that an import knows again (docs/use/imports.md).
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from typing import Any

from regulars.records.queries import said, table_rows
from regulars.rules import sentences
from regulars.rules.amounts import format_money
from regulars.rules.refusals import Refused
from regulars.services.organizations import Company
from regulars.services.reports.exporting import harmless, instant_text

PAGE = 2000

Row = Mapping[str, Any]
Read = Callable[[Company], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One file: its columns in order, and its rows by the names of the columns."""

    columns: Sequence[str]
    rows: Read


def csv_lines(company: Company, name: str) -> Iterator[bytes]:
    """One of the files, by its name in `TABLES`, line by line; in the organization's scope."""
    kind = table_named(name)
    yield _line(kind.columns)
    for row in kind.rows(company):
        yield _line([row.get(column) for column in kind.columns])


def table_named(name: str) -> Kind:
    kind = TABLES.get(name)
    if kind is None:
        raise Refused(
            "unknown_reference",
            sentences.said(
                "There is no export {name!r}; there are {known}.",
                name=name,
                known=", ".join(TABLES),
            ),
            field="table",
            value=name,
        )
    return kind


def _line(cells: Sequence[Any]) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date | int):
        return str(value)
    return harmless(str(value))


# -- what was told ----------------------------------------------------------------------------


def _all_said(kind: str, company: Company) -> Iterator[dict[str, Any]]:
    after = ""
    while page := said.page(kind, after=after, limit=PAGE, exponent=company.exponent):
        yield from page
        after = page[-1]["id"]


def _guests(company: Company) -> Iterator[Row]:
    """Guests with where they stand: their tier and their balance."""
    after = ""
    while page := said.page("guest", after=after, limit=PAGE, exponent=company.exponent):
        standing = table_rows.standings([one["id"] for one in page])
        for one in page:
            tier, since, points = standing.get(one["id"], (None, None, 0))
            value = {"tier": tier, "tier_since": since, "points": points}
            signup = one["signup"] or {}
            yield {
                **one,
                **value,
                "signup_channel": signup.get("channel"),
                "signup_at": signup.get("on"),
            }
        after = page[-1]["id"]


def _invoices(company: Company) -> Iterator[Row]:
    for one in _all_said("invoice", company):
        yield {**one, "invoice": one["id"]}


def _lines(company: Company) -> Iterator[Row]:
    for one in _all_said("invoice", company):
        for line in one["lines"]:
            named = {"line": line["id"], "staff_id": line.get("staff")}
            yield {**line, "invoice": one["id"], **named}


def _payments(company: Company) -> Iterator[Row]:
    """Payments and, below zero, refunds with the payment that they are of."""
    for one in _all_said("invoice", company):
        tenders = {payment["id"]: payment["tender"] for payment in one["payments"]}
        for payment in one["payments"]:
            yield {
                "invoice": one["id"],
                "payment": payment["id"],
                "tender": payment["tender"],
                "amount": payment["amount"],
                "paid_at": payment["at"],
            }
        for refund in one["refunds"]:
            yield {
                "invoice": one["id"],
                "payment": refund["id"],
                "tender": tenders.get(refund["payment"]),
                "amount": f"-{refund['amount']}",
                "paid_at": refund["at"],
                "refund_of": refund["payment"],
                "refunded_line": refund.get("line"),
            }


def _appointments(company: Company) -> Iterator[Row]:
    for one in _all_said("appointment", company):
        yield {**one, "staff_id": one["staff"], "service_ids": "; ".join(one["services"])}


# -- what followed ----------------------------------------------------------------------------


def _lots(company: Company) -> Iterator[Row]:
    yield from table_rows.open_lots()


def _entries(company: Company) -> Iterator[Row]:
    yield from table_rows.entries()


def _rewards(company: Company) -> Iterator[Row]:
    for row in table_rows.rewards():
        amount = format_money(row["amount"], company.exponent)
        yield {**row, "amount": amount}


TABLES: Mapping[str, Kind] = {
    "guests": Kind(
        (
            "id",
            "name",
            "email",
            "phone",
            "birthday",
            "anniversary",
            "status",
            "home_center",
            "referred_by",
            "loyalty_opt_in",
            "signup_channel",
            "signup_at",
            "tier",
            "tier_since",
            "points",
        ),
        _guests,
    ),
    "invoices": Kind(
        ("invoice", "guest", "center", "opened_at", "status", "closed_at"), _invoices
    ),
    "lines": Kind(
        (
            "invoice",
            "line",
            "kind",
            "item",
            "quantity",
            "price",
            "discount",
            "tax",
            "appointment",
            "staff_id",
        ),
        _lines,
    ),
    "payments": Kind(
        (
            "invoice",
            "payment",
            "tender",
            "amount",
            "paid_at",
            "refund_of",
            "refunded_line",
        ),
        _payments,
    ),
    "appointments": Kind(
        (
            "id",
            "guest",
            "center",
            "booked_at",
            "channel",
            "starts_at",
            "status",
            "invoice",
            "staff_id",
            "service_ids",
            "minutes",
            "note",
        ),
        _appointments,
    ),
    "lots": Kind(("id", "guest", "points", "tier", "action", "earned_on", "expires_on"), _lots),
    "entries": Kind(
        ("guest", "number", "date", "kind", "action", "points", "tier", "source"), _entries
    ),
    "rewards": Kind(
        ("id", "guest", "amount", "status", "issued_on", "expires_on", "source"), _rewards
    ),
}
