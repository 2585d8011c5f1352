"""The whole history as records: the journal, as the contract writes it (sections 1 to 3).

In the order of the journal each record is as it was understood: instants in UTC with `Z`,
money as decimal strings, every field said. Reading one back gives the very bytes the journal
keeps, so that an import of the export comes to the same ledger (rule 1.4).
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from regulars.records import codec
from regulars.records.queries.documents import JournalRow, journal_after
from regulars.rules.amounts import format_money
from regulars.services.organizations import Company

CHUNK = 2000

Said = dict[str, Any]
Money = Callable[[int], str]


def records(company: Company) -> Iterator[Said]:
    """Every record applied or waiting, oldest first; streamed, in the company's scope."""
    cursor: UUID | None = None
    while chunk := journal_after(cursor, limit=CHUNK):
        cursor = chunk[-1].id
        for row in chunk:
            yield record_of(row, company.exponent)


def record_of(row: JournalRow, exponent: int) -> Said:
    """One record of the journal as the contract writes it."""

    def money(cents: int) -> str:
        return format_money(cents, exponent)

    body = codec.value_of(row.body)
    writer = _FACTS.get(row.kind, _command)
    head: Said = {"type": row.kind, "at": text_of(row.at)}
    if row.by is not None:
        head["by"] = row.by
    return head | writer(body, money)


def text_of(at: datetime) -> str:
    """An instant in UTC, to the second unless it has parts of one."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _plain(body: Said, money: Money) -> Said:
    """What the journal keeps says it all, but for the days that instants fall on."""
    return {name: value for name, value in body.items() if not name.endswith("_on")}


def _item(body: Said, money: Money) -> Said:
    price = body.pop("price_cents")
    return body | {"price": None if price is None else money(price)}


def _guest(body: Said, money: Money) -> Said:
    channel, at = body.pop("signup_channel"), body.pop("signup_at")
    signup = None if channel is None else {"channel": channel, "at": at}
    return _plain(body, money) | {"signup": signup}


def _invoice(body: Said, money: Money) -> Said:
    said = _plain(body, money)
    for line in said["lines"]:
        for name in ("price", "discount", "tax"):
            line[name] = money(line.pop(f"{name}_cents"))
    for entry in (*said["payments"], *said["refunds"]):
        entry["amount"] = money(entry.pop("amount_cents"))
        del entry["on"]
    return said


def _feedback(body: Said, money: Money) -> Said:
    """Its `at` is its own; that of the record follows, from it and the last publication."""
    del body["on"]
    for place in body["published"]:
        del place["on"]
    return body


def _program(body: Said, money: Money) -> Said:
    return body


def _command(body: Said, money: Money) -> Said:
    for name in ("amount", "threshold"):
        if name in body:
            body[name] = money(body[name])
    return body


_FACTS: dict[str, Callable[[Said, Money], Said]] = {
    "organization": _plain,
    "center": _plain,
    "status": _plain,
    "item": _item,
    "guest": _guest,
    "appointment": _plain,
    "invoice": _invoice,
    "feedback": _feedback,
    "program": _program,
}
