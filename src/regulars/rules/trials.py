"""A month lived again under other versions of the program: the same rules, nobody's books.

What happened is taken as it is known today; what was decided in the month is decided anew, day
by day: enrolling and upgrading, points, the downgrade check (rules 4.4 to 4.17, 5, 6). What was
earned before stays out of it, so no points expire, are redeemed or are owed here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import floor

from regulars.rules import actions, billing, settlement, tiers
from regulars.rules.facts import (
    AwardMemory,
    GuestFacts,
    Invoice,
    Occasion,
    SpendRow,
    Standing,
)
from regulars.rules.lots import Book
from regulars.rules.periods import is_month_end
from regulars.rules.program import Program
from regulars.rules.reversal import exact_by_action, taken_in_all
from regulars.rules.settling import Settling
from regulars.rules.versions import Versions

BY_ITSELF = frozenset({"close", "check", "retire"})
"""Causes of moves that the rules decide; others were made by hand and cannot be tried."""


@dataclass(slots=True)
class Tried:
    """What a month came to: `points` by tier, the tier at its end, the moves made in it."""

    points: Mapping[str, int] = field(default_factory=dict)
    tier: str | None = None
    moves: Sequence[tuple[str | None, str | None]] = ()


def was_moved_by_hand(guest: GuestFacts, *, first: date, last: date) -> bool:
    """Did staff move her in the month?"""
    return any(first <= move.on <= last and move.cause not in BY_ITSELF for move in guest.moves)


def with_draft(versions: Versions, draft: Program, *, first: date) -> Versions:
    """The versions as if the draft had been in force from a day on."""
    before = [one for one in versions.programs if one.effective_from < first]
    return Versions([*before, replace(draft, effective_from=first)])


def live_again(guest: GuestFacts, versions: Versions, *, first: date, last: date) -> Tried:
    """The month of one guest. `spends` are those of her window, `invoices`, `feedback` and
    the rest what may earn in the month; `occasions` what was used up before it.
    """
    again = _as_of(guest, versions, first=first, last=last)
    book = Book(0, 0, 0, [])
    n_moves = len(again.moves)
    invoices = again.invoices
    earlier = [row for row in guest.spends if row.invoice not in {one.id for one in invoices}]
    for day in _days(first, last):
        settling = Settling(again, book, versions, day)
        _retire(settling)
        again.invoices = [one for one in invoices if settlement.has_money_on(one, day)]
        has_news = again.invoices or any(due.on == day for due in actions.occasions_due(again))
        is_checked = _is_checked(settling)
        if has_news or is_checked:
            again.spends = [*earlier, *_spends(invoices, versions, day)]
            again.spend_cents = _spend(again, versions, day)
        if has_news:
            settlement.close_day(settling)
        if is_checked:
            _check(settling)
    moves = [(move.before, move.after) for move in again.moves[n_moves:]]
    return Tried(_points(book), again.standing.tier, moves)


def _days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


# -- as things stood --------------------------------------------------------------------------


def _as_of(guest: GuestFacts, versions: Versions, *, first: date, last: date) -> GuestFacts:
    """Her facts as the month begins, with what happens in it still to come."""
    later = [move for move in guest.moves if move.on >= first]
    standing = later[0].standing_before if later else guest.standing
    invoices = [
        _anew(one, first=first, last=last) for one in guest.invoices if one.status != "void"
    ]
    known = {name: one for name, one in guest.occasions.items() if one.on < first}
    again = replace(
        guest,
        standing=_in_known_tier(standing, versions.on(first)),
        moves=[move for move in guest.moves if move.on < first],
        invoices=invoices,
        occasions=known,
    )
    for due in actions.occasions_due(again):
        if due.on < first and due.name not in known:
            known[due.name] = _used_up(due)
    return again


def _in_known_tier(standing: Standing, program: Program | None) -> Standing:
    """Whoever stands in a tier that the program does not have stands in none."""
    if standing.tier is None or (program is not None and program.tier(standing.tier)):
        return standing
    return Standing(was_enrolled=standing.was_enrolled, entered=standing.entered)


def _used_up(due: actions.Due) -> Occasion:
    return Occasion(due.name, due.action, "nothing", 1, 0, None, due.source, None, due.on)


def _anew(invoice: Invoice, *, first: date, last: date) -> Invoice:
    """The invoice with what was awarded before the month, and nothing of it or of later."""
    held = invoice.memory
    judged = {one.id for one in invoice.refunds if one.on < first}
    memory = AwardMemory(
        awards=[one for one in held.awards if one.on < first],
        refunds={ref: one for ref, one in held.refunds.items() if ref in judged},
    )
    exact = exact_by_action(memory, same_refunds=False)
    memory.given = {action: floor(points) for action, points in exact.items()}
    memory.taken = taken_in_all(memory, memory.given)
    memory.posted = sum(memory.given.values())
    memory.reversed = sum(memory.taken.values())
    return replace(
        invoice,
        refunds=tuple(one for one in invoice.refunds if one.on <= last),
        payments=tuple(one for one in invoice.payments if one.on <= last),
        memory=memory,
        money_news=False,
        redemptions=[],
    )


def _spends(invoices: Sequence[Invoice], versions: Versions, day: date) -> list[SpendRow]:
    """Spend by the tenders of these versions, less what had been refunded by a day (4.3)."""
    rows = []
    for invoice in invoices:
        refunds = tuple(one for one in invoice.refunds if one.on <= day)
        known = (
            invoice
            if len(refunds) == len(invoice.refunds)
            else replace(invoice, refunds=refunds)
        )
        rows += [
            SpendRow(on, invoice.id, cents)
            for on, cents in billing.spend_by_day(known, versions).items()
        ]
    return rows


# -- day by day -------------------------------------------------------------------------------


def _spend(guest: GuestFacts, versions: Versions, day: date) -> int:
    start = versions.window_from(day)
    return sum(row.cents for row in guest.spends if start <= row.on <= day)


def _retire(settling: Settling) -> None:
    """Rule 3.11: guests of a retired tier go where the version says."""
    program, standing = settling.program, settling.guest.standing
    tier = program.tier(standing.tier) if program and standing.tier else None
    if tier is not None and tier.retire is not None:
        settlement.move_to(settling, tier.retire, on=settling.on, cause="retire")


def _is_checked(settling: Settling) -> bool:
    """Rules 4.11, 4.17: is it a day on which the downgrade check looks at anybody?"""
    program = settling.program
    return program is not None and (
        is_month_end(settling.on) or program.downgrade_check == "validity_end"
    )


def _check(settling: Settling) -> None:
    """The downgrade check, after the close (rule 4.11)."""
    program, guest, day = settling.program, settling.guest, settling.on
    if program is None or not tiers.is_due(program, guest.standing, day):
        return
    check = tiers.downgrade_check(program, guest.standing, guest.spend_cents)
    if not check.stays:
        target = check.tier.id if check.tier else None
        settlement.move_to(settling, target, on=day, cause="check")


def _points(book: Book) -> dict[str, int]:
    """What was earned, less what was taken back of that, by the tier that earned it."""
    back: dict[int, int] = {}
    for entry in book.entries:
        for draw in entry.draws:
            if entry.kind == "reversal":
                back[draw.number] = back.get(draw.number, 0) + draw.points
    points: dict[str, int] = {}
    for entry in book.entries:
        for lot in entry.lots_opened:
            tier = lot.tier or ""
            points[tier] = points.get(tier, 0) + lot.size - back.get(lot.number, 0)
    return points
