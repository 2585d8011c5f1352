"""What happened to rewards in a range of days, from what was open before to what is after."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from regulars.records.queries import reports_ledger
from regulars.records.queries.reports_credit import GuestCredit, guests_with_credit
from regulars.rules.credit_history import DAY, EXPIRED, HAPPENINGS, MOVED, Event, events_of
from regulars.rules.permissions import Permission
from regulars.rules.refusals import unknown_reference
from regulars.services.organizations import Company
from regulars.services.reports.asking import Asked, Question
from regulars.services.reports.report import Column, Figure, Kind, Report, Row, Table

BY = ("event", "center", "source", "day", "month")
QUESTION = Question(
    "range",
    choices={"by": BY},
    fields=("center", "source", "happening"),
    permission=Permission.SEE_LIABILITY,
)
NO_CENTER = "no center"

LABELS = {
    "issued": "Issued",
    "edited": "Edited",
    "redeemed": "Redeemed",
    "returned": "Given back",
    "remainder": "Remainders",
    "forfeited": "Forfeited",
    "void": "Void",
    "expired": "Expired",
    "moved": "Merged guests",
}
EVENT_COLUMNS = (
    Column("on", "Date", "date"),
    Column("happening", "What happened"),
    Column("code", "Reward"),
    Column("guest", "Guest"),
    Column("name", "Name"),
    Column("amount", "Amount", "money", True),
    Column("source", "Source"),
    Column("run", "Run"),
    Column("invoice", "Invoice"),
    Column("center", "Center"),
    Column("by", "By"),
)


@dataclass(slots=True)
class Activity:
    """All of a range, added up. `remainders_cents` is what was issued as rests."""

    before_cents: int = 0
    after_cents: int = 0
    expired_before_cents: int = 0
    expired_after_cents: int = 0
    remainders_cents: int = 0
    sums: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HAPPENINGS, 0))
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HAPPENINGS, 0))


def report(company: Company, asked: Asked) -> Report:
    """A row for each event, or for each center, source, day or month."""
    _check_words(asked)
    by = asked.word("by")
    activity = _count(asked)
    columns: list[Column] = list(EVENT_COLUMNS)
    rows: Iterator[Row] = iter(sorted(_events(asked), key=_event_order))
    if by != "event":
        columns, rows = _grouped(asked, str(by))
    return Report(
        name=asked.name,
        title="Reward activity",
        organization=reports_ledger.organization_name(),
        currency=company.currency,
        exponent=company.exponent,
        parameters=asked.lines,
        columns=columns,
        source=rows,
        figures=_figures(activity, asked),
        tables=[_counts(activity)],
        notes=_notes(asked),
        empty=f"Nothing happened to any reward from {asked.first} to {asked.last}.",
    )


def _check_words(asked: Asked) -> None:
    for name, known in (("source", ("run", "manual")), ("happening", HAPPENINGS)):
        word = asked.word(name)
        if word is not None and word not in known:
            raise unknown_reference(name, word, field=name)


def _event_order(row: Row) -> tuple[str, ...]:
    return (str(row[0]), str(row[3]), str(row[2]), str(row[1]))


# -- counting ---------------------------------------------------------------------------------


def _happened(asked: Asked) -> Iterator[tuple[GuestCredit, Event]]:
    for guest in guests_with_credit():
        for lot in guest.lots:
            for event in events_of(lot, asked.first, asked.last):
                yield guest, event


def _count(asked: Asked) -> Activity:
    """Of everything, whatever the rows are narrowed to: so that it ties to the ledger."""
    found = Activity()
    day_before = asked.first - DAY
    for guest in guests_with_credit():
        for lot in guest.lots:
            found.before_cents += lot.open_cents_on(day_before)
            found.after_cents += lot.open_cents_on(asked.last)
            found.expired_before_cents += lot.expired_cents_on(day_before)
            found.expired_after_cents += lot.expired_cents_on(asked.last)
            for event in events_of(lot, asked.first, asked.last):
                found.sums[event.happening] += event.cents
                found.counts[event.happening] += 1
                if event.happening == "remainder" and event.cents > 0:
                    found.remainders_cents += event.cents
    return found


def _events(asked: Asked) -> Iterator[Row]:
    centers = reports_ledger.centers_of_redeemed_rewards()
    for guest, event in _happened(asked):
        label = guest.labels[event.lot.code]
        center = centers.get(event.invoice) if event.invoice else None
        if not _is_wanted(asked, event, label.source, center):
            continue
        yield (
            event.on,
            _said(event),
            event.lot.code,
            guest.ref,
            guest.name,
            event.cents,
            label.source,
            label.run,
            event.invoice,
            asked.centers.get(center, center) if center else None,
            event.by,
        )


def _is_wanted(asked: Asked, event: Event, source: str, center: str | None) -> bool:
    return (
        asked.word("center") in (None, center)
        and asked.word("source") in (None, source)
        and asked.word("happening") in (None, event.happening)
    )


def _said(event: Event) -> str:
    if event.happening == EXPIRED and event.cents > 0:
        return "expiry taken back"
    if event.happening == "remainder":
        return "remainder issued" if event.cents > 0 else "remainder taken off"
    return "given back" if event.happening == "returned" else event.happening


def _grouped(asked: Asked, by: str) -> tuple[list[Column], Iterator[Row]]:
    groups: dict[str, dict[str, int]] = {}
    centers = reports_ledger.centers_of_redeemed_rewards()
    for guest, event in _happened(asked):
        label = guest.labels[event.lot.code]
        center = centers.get(event.invoice) if event.invoice else None
        if not _is_wanted(asked, event, label.source, center):
            continue
        group = _group(by, event.on, label.source, asked.centers.get(center or "", NO_CENTER))
        sums = groups.setdefault(group, dict.fromkeys(HAPPENINGS, 0))
        sums[event.happening] += event.cents
    title = {"center": "Center", "source": "Source", "day": "Day", "month": "Month"}[by]
    columns = [Column(by, title, "date" if by == "day" else "text")]
    columns += [Column(name, LABELS[name], "money", True) for name in HAPPENINGS]
    columns.append(Column("net", "Net", "money", True))
    rows = (
        (_shown(by, key), *sums.values(), sum(sums.values()))
        for key, sums in sorted(groups.items())
    )
    return columns, rows


def _group(by: str, on: date, source: str, center: str) -> str:
    return {"center": center, "source": source, "day": str(on), "month": str(on)[:7]}[by]


def _shown(by: str, key: str) -> str | date:
    return date.fromisoformat(key) if by == "day" else key


# -- as it is shown ---------------------------------------------------------------------------


def _figures(found: Activity, asked: Asked) -> list[Figure]:
    posted = sum(found.sums.values()) - found.sums[EXPIRED]
    entries = reports_ledger.sum_on("credit", asked.last) - reports_ledger.sum_on(
        "credit", asked.first - DAY
    )
    assert posted == entries, (posted, entries)
    assert found.before_cents + sum(found.sums.values()) == found.after_cents, found
    money: Kind = "money"
    return [
        Figure(
            "before", "Outstanding before", found.before_cents, money, "rewards-outstanding"
        ),
        *[
            Figure(name, LABELS[name], found.sums[name], money)
            for name in HAPPENINGS
            if name != MOVED or found.counts[MOVED]
        ],
        Figure("after", "Outstanding after", found.after_cents, money, "rewards-outstanding"),
        Figure("remainders", "Issued as remainders", found.remainders_cents, money),
        Figure(
            "entries",
            "Entries of credit in the ledger",
            entries,
            money,
            "all of the above but what expired",
        ),
    ]


def _counts(found: Activity) -> Table:
    columns = [
        Column("happening", "What happened"),
        Column("count", "Times", "integer"),
        Column("amount", "Amount", "money"),
    ]
    rows = [
        (LABELS[name], found.counts[name], found.sums[name])
        for name in HAPPENINGS
        if found.counts[name]
    ]
    return Table("All that happened", columns, rows)


def _notes(asked: Asked) -> list[str]:
    notes = [
        "Outstanding before + all that happened = outstanding after. Above zero: guests hold"
        " more; below zero: less.",
        "Remainders move from a reward used in part to a new one of the same last day, so they"
        " come to 0 together; so does what moves when guests are merged.",
        "A reward expires on the day after its last. Where its last day was moved later, or it"
        " was voided although it had ended, the expiry is taken back on that day.",
        "Only what is about an invoice has a center: the invoice's. Figures are of all centers"
        " and sources, whatever the rows are narrowed to.",
    ]
    if not asked.is_settled:
        notes.append(f"The books are closed through {asked.closed_through}.")
    return notes
