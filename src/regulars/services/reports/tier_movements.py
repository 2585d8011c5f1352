"""Who moved between tiers in a range of days, why, and how many from where to where."""

from collections.abc import Iterator

from regulars.records.queries import reports_guests, reports_ledger
from regulars.rules.sentences import said
from regulars.services.organizations import Company
from regulars.services.reports import asking, tiers_shown
from regulars.services.reports.asking import Asked, Question
from regulars.services.reports.report import Column, Figure, Report, Row, Table

QUESTION = Question("range", choices={"by": ("move", "tier")}, fields=("tier",))

COLUMNS = (
    Column("moved_on", "Date", "date"),
    Column("guest", "Guest"),
    Column("name", "Name"),
    Column("before", "From"),
    Column("after", "To"),
    Column("direction", "Direction"),
    Column("cause", "Cause"),
    Column("spend", "Spend", "money"),
    Column("by", "By"),
    Column("comment", "Comment"),
)
CAUSES = {
    "close": "close of the day",
    "check": "monthly check",
    "command": "by hand",
    "retire": "tier retired",
    "merge": "guests merged",
}
DIRECTIONS = ("enrolled", "upgraded", "downgraded", "unenrolled", "same tier")
Pairs = dict[tuple[str | None, str | None], int]


def report(company: Company, asked: Asked) -> Report:
    """A row a move; the matrix counts all moves of the range, from rows to columns."""
    names = tiers_shown.names_of_tiers(company, asked.last)
    pairs = reports_guests.moves_by_pair(asked.first, asked.last)
    matrix = _matrix(names, pairs)
    wanted = asked.word("tier")
    tiers = None if wanted is None else asking.tiers_named(company, wanted)
    by_tier = asked.word("by") == "tier"
    return Report(
        name=asked.name,
        title="Tier movements",
        organization=reports_ledger.organization_name(),
        currency=company.currency,
        exponent=company.exponent,
        parameters=asked.lines,
        columns=matrix.columns if by_tier else COLUMNS,
        source=iter(matrix.rows) if by_tier else _rows(asked, names, tiers),
        figures=_figures(names, pairs),
        tables=[] if by_tier or not pairs else [matrix],
        notes=_NOTES,
        empty=f"Nobody moved between tiers from {asked.first} to {asked.last}.",
    )


def _rows(asked: Asked, names: dict[str, str], tiers: list[str | None] | None) -> Iterator[Row]:
    for one in reports_guests.tier_movements(asked.first, asked.last, tiers=tiers):
        yield (
            one.moved_on,
            one.guest,
            one.name,
            tiers_shown.name_of(names, one.before),
            tiers_shown.name_of(names, one.after),
            direction_of(names, one.before, one.after),
            CAUSES.get(one.cause, one.cause),
            one.spend_cents,
            one.by,
            one.comment,
        )


def direction_of(names: dict[str, str], before: str | None, after: str | None) -> str:
    """What kind of move it is, by the ladder of the last day of the range."""
    if before is None or after is None:
        if before == after:
            return "same tier"
        return "enrolled" if before is None else "unenrolled"
    ladder = list(names)
    if before == after or before not in names or after not in names:
        return "same tier" if before == after else "moved"
    return "upgraded" if ladder.index(after) > ladder.index(before) else "downgraded"


def _matrix(names: dict[str, str], pairs: Pairs) -> Table:
    befores = tiers_shown.in_order(names, {before for before, _ in pairs})
    afters = tiers_shown.in_order(names, {after for _, after in pairs})
    columns = [Column("from", "From \\ to")]
    columns += [
        Column(
            f"to_{tier or asking.NO_TIER}", tiers_shown.name_of(names, tier), "integer", True
        )
        for tier in afters
    ]
    columns.append(Column("total", "Total", "integer", True))
    rows: list[Row] = []
    for before in befores:
        counts = [pairs.get((before, after), 0) for after in afters]
        rows.append((tiers_shown.name_of(names, before), *counts, sum(counts)))
    return Table("Moves from (rows) to (columns)", columns, rows)


def _figures(names: dict[str, str], pairs: Pairs) -> list[Figure]:
    counts = dict.fromkeys(DIRECTIONS, 0)
    for (before, after), count in pairs.items():
        direction = direction_of(names, before, after)
        counts[direction] = counts.get(direction, 0) + count
    return [
        Figure("moves", "Moves", sum(pairs.values()), "integer", "tier moves of `verify`"),
        *[
            Figure(name.replace(" ", "_"), name.capitalize(), count, "integer")
            for name, count in counts.items()
            if count
        ],
    ]


_NOTES = (
    said(
        "A move is dated by the close, check or act that made it; one undone the same day"
        " shows as two. Spend is that of the qualification period on which it was decided,"
        " where it was decided on spend."
    ),
    said(
        "Merging guests moves the one who goes out of its tier. The figures and the matrix"
        " are of all tiers, also when the rows are of some."
    ),
)
