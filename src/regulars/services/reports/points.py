"""Points in a range of days: awarded, used, ended; by tier, center, action, month or day."""

from collections.abc import Iterator
from datetime import date

from regulars.records.queries import reports_ledger, reports_points
from regulars.records.queries.reports_points import By, DateKind
from regulars.rules.credit_history import DAY
from regulars.rules.permissions import Permission
from regulars.rules.program import ACTIONS
from regulars.rules.sentences import said
from regulars.services.organizations import Company
from regulars.services.reports import tiers_shown
from regulars.services.reports.asking import Asked, Question
from regulars.services.reports.report import Column, Figure, Report, Row, Value

QUESTION = Question(
    "range",
    choices={
        "by": ("tier", "center", "action", "month", "day"),
        "date_kind": ("entry", "earned", "invoice"),
    },
    fields=("center",),
    permission=Permission.SEE_LIABILITY,
)

KINDS = {
    "opening_balance": "Brought in",
    "accrual": "Awarded",
    "reversal": "Reversed",
    "redemption": "Redeemed",
    "redemption_return": "Given back",
    "expiry": "Expired",
    "adjustment": "Adjusted",
    "forfeiture": "Forfeited",
    "transfer": "Transferred",
}
"""The kinds of entries, in the order of their columns."""

TITLES = {
    "tier": "Tier",
    "center": "Center",
    "action": "Action",
    "month": "Month",
    "day": "Day",
}
Groups = dict[str | None, dict[str, int]]


def report(company: Company, asked: Asked) -> Report:
    """A row a group, a column a kind of entry; the net is what the balance changed by."""
    by: By = asked.words["by"]  # type: ignore[assignment]
    date_kind: DateKind = asked.words["date_kind"]  # type: ignore[assignment]
    groups: Groups = {}
    for one in reports_points.movements(
        asked.first, asked.last, by=by, date_kind=date_kind, center=asked.word("center")
    ):
        groups.setdefault(one.group, {})[one.kind] = one.points
    kinds = [
        kind
        for kind in KINDS
        if kind != "opening_balance" or any(kind in sums for sums in groups.values())
    ]
    return Report(
        name=asked.name,
        title="Points",
        organization=reports_ledger.organization_name(),
        currency=company.currency,
        exponent=company.exponent,
        parameters=asked.lines,
        columns=[
            Column(by, TITLES[by], "date" if by == "day" else "text"),
            *[Column(kind, KINDS[kind], "integer", True) for kind in kinds],
            Column("net", "Net", "integer", True),
        ],
        source=_rows(company, asked, groups, kinds),
        figures=_figures(asked, groups),
        notes=_notes(asked),
        empty=f"No points moved from {asked.first} to {asked.last}.",
    )


def _rows(company: Company, asked: Asked, groups: Groups, kinds: list[str]) -> Iterator[Row]:
    for key, label in _labels(company, asked, groups):
        sums = groups[key]
        yield (label, *[sums.get(kind, 0) for kind in kinds], sum(sums.values()))


def _labels(company: Company, asked: Asked, groups: Groups) -> list[tuple[str | None, Value]]:
    """The groups in their order, and what they are called."""
    by = asked.words["by"]
    if by == "tier":
        names = tiers_shown.names_of_tiers(company, asked.last)
        order = tiers_shown.in_order(names, set(groups))
        return [(tier, names.get(tier or "", tier or "outside a tier")) for tier in order]
    if by == "action":
        known: list[str | None] = [*ACTIONS, None]
        return [(one, one or "by hand or otherwise") for one in known if one in groups]
    if by == "center":
        centers: list[str | None] = [*asked.centers, None]
        found = [one for one in centers if one in groups]
        return [(one, asked.centers[one] if one else "no center") for one in found]
    keys = sorted(key for key in groups if key is not None)
    return [(key, date.fromisoformat(key) if by == "day" else key) for key in keys]


def _figures(asked: Asked, groups: Groups) -> list[Figure]:
    net = sum(sum(sums.values()) for sums in groups.values())
    if asked.words["date_kind"] != "entry" or asked.word("center") is not None:
        return [Figure("net", "Net of these", net, "integer")]
    before = reports_ledger.sum_on("points", asked.first - DAY)
    after = reports_ledger.sum_on("points", asked.last)
    assert before + net == after, (before, net, after)
    return [
        Figure(
            "before",
            "Points before, less owed",
            before,
            "integer",
            "liability of the day before",
        ),
        Figure("net", "Net of the range", net, "integer"),
        Figure(
            "after", "Points after, less owed", after, "integer", "liability of the last day"
        ),
    ]


def _notes(asked: Asked) -> list[str]:
    notes: list[str] = [_DATE_KINDS[asked.words["date_kind"]], *_BY.get(asked.words["by"], [])]
    notes.append(
        said(
            "Above zero: guests hold more; below zero: less. Awarded is before, reversed what"
            " refunds and voids took back; transferred comes to 0, since merging guests makes"
            " nothing."
        )
    )
    if not asked.is_settled:
        notes.append(
            said(
                "The books are closed through {through}: later days are not all in.",
                through=asked.closed_through,
            )
        )
    return notes


_DATE_KINDS = {
    "entry": said("Entries dated in the range, by the business date they were posted for."),
    "earned": said(
        "What has become, up to now, of the points earned in the range: each entry is split"
        " over the lots it made or drew on, and goes by the day these were earned. So the net"
        " is what is left of them. What met no lot, a debt made or cleared, goes by the entry."
    ),
    "invoice": said(
        "Entries behind which stands an invoice closed in the range (or, if it is not closed,"
        " opened); feedback and bookings by the day of the visit; other entries by their own"
        " day."
    ),
}
_BY = {
    "tier": [
        said(
            "The tier is the one in which the points were earned: one redemption may draw on"
            " lots of several."
        )
    ],
    "action": [
        said(
            "The action is the one that earned the points, also where they are redeemed or"
            " expire; a reversal is of the action it takes back."
        )
    ],
    "center": [
        said(
            "The center is that of the invoice or visit behind an entry: for awards where"
            " they were earned, for redemptions where they were used, for expiries where they"
            " had been earned. Welcome points, sign-ups and acts by hand have none."
        )
    ],
}
