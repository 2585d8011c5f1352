"""What happened to rewards in a range of days, from what was open before to what is after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from regulars.records.queries import reports_ledger
from regulars.records.queries.reports_credit import Label, guests_with_credit
from regulars.rules.credit_history import (
    DAY,
    EXPIRED,
    HAPPENINGS,
    MOVED,
    CreditLot,
    Event,
    events_of,
)
from regulars.rules.permissions import Permission
from regulars.rules.refusals import unknown_reference
from regulars.rules.sentences import said
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
    remainders_cents: int = 0
    sums: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HAPPENINGS, 0))
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HAPPENINGS, 0))

    def add_lot(self, lot: CreditLot, asked: Asked) -> None:
        self.before_cents += lot.open_cents_on(asked.first - DAY)
        self.after_cents += lot.open_cents_on(asked.last)

    def add(self, event: Event) -> None:
        self.sums[event.happening] += event.cents
        self.counts[event.happening] += 1
        if event.happening == "remainder" and event.cents > 0:
            self.remainders_cents += event.cents


def report(company: Company, asked: Asked) -> Report:
    """A row for each event, or for each center, source, day or month."""
    _check_words(asked)
    by = asked.word("by")
    activity = Activity()
    told = list(_told(asked, activity))
    columns, rows = _listed(told) if by == "event" else _grouped(told, str(by))
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


# -- counting ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what people want to know of it."""

    event: Event
    guest: str
    name: str
    label: Label
    center: str | None


def _told(asked: Asked, activity: Activity) -> Iterator[Told]:
    """The events that are wanted; `activity` counts all, so that it ties to the ledger."""
    centers = reports_ledger.centers_of_redeemed_rewards()
    for guest in guests_with_credit():
        for lot in guest.lots:
            label = guest.labels[lot.code]
            activity.add_lot(lot, asked)
            for event in events_of(lot, asked.first, asked.last):
                activity.add(event)
                center = centers.get(event.invoice) if event.invoice else None
                if _is_wanted(asked, event, label.source, center):
                    name = asked.centers.get(center, center) if center else None
                    yield Told(event, guest.ref, guest.name, label, name)


def _is_wanted(asked: Asked, event: Event, source: str, center: str | None) -> bool:
    return (
        asked.word("center") in (None, center)
        and asked.word("source") in (None, source)
        and asked.word("happening") in (None, event.happening)
    )


def _listed(told: list[Told]) -> tuple[Sequence[Column], Iterator[Row]]:
    told.sort(
        key=lambda one: (one.event.on, one.guest, one.event.lot.code, one.event.happening)
    )
    return EVENT_COLUMNS, (
        (
            one.event.on,
            _said(one.event),
            one.event.lot.code,
            one.guest,
            one.name,
            one.event.cents,
            one.label.source,
            one.label.run,
            one.event.invoice,
            one.center,
            one.event.by,
        )
        for one in told
    )


def _said(event: Event) -> str:
    if event.happening == EXPIRED and event.cents > 0:
        return "expiry taken back"
    if event.happening == "remainder":
        return "remainder issued" if event.cents > 0 else "remainder taken off"
    return "given back" if event.happening == "returned" else event.happening


def _grouped(told: list[Told], by: str) -> tuple[Sequence[Column], Iterator[Row]]:
    groups: dict[str, dict[str, int]] = {}
    for one in told:
        group = _group(by, one.event.on, one.label.source, one.center or NO_CENTER)
        sums = groups.setdefault(group, dict.fromkeys(HAPPENINGS, 0))
        sums[one.event.happening] += one.event.cents
    title = {"center": "Center", "source": "Source", "day": "Day", "month": "Month"}[by]
    columns = [Column(by, title, "date" if by == "day" else "text")]
    columns += [Column(name, LABELS[name], "money", True) for name in HAPPENINGS]
    columns.append(Column("net", "Net", "money", True))
    return columns, (
        (_shown(by, key), *sums.values(), sum(sums.values()))
        for key, sums in sorted(groups.items())
    )


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
            "Posted to the ledger of credit",
            entries,
            money,
            "what happened, but for what expired",
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
    notes: list[str] = [
        said(
            "Outstanding before + all that happened = outstanding after. Above zero: guests"
            " hold more; below zero: less."
        ),
        said(
            "Remainders move from a reward used in part to a new one of the same last day, so"
            " they come to 0 together; so does what moves when guests are merged."
        ),
        said("Void are rewards voided by hand, and those of a run that was taken back."),
        said(
            "A reward expires on the day after its last. Where its last day was moved later,"
            " or it was voided although it had ended, the expiry is taken back on that day."
        ),
        said(
            "Only what is about an invoice has a center: the invoice's. Figures are of all"
            " centers and sources, whatever the rows are narrowed to."
        ),
    ]
    if not asked.is_settled:
        notes.append(
            said("The books are closed through {through}.", through=asked.closed_through)
        )
    return notes
