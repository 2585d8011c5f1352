"""Why this tier, why this balance, and why these points or none, in sentences (rule 1.5).

Numbers come from the states that everybody is shown, judgements from the rules that made them:
nothing is decided here a second time.
"""

from collections.abc import Iterator
from datetime import date

from regulars.records import load, models
from regulars.records.load import GuestWork
from regulars.records.queries import ledgers, states
from regulars.records.queries.ledgers import EntryRow, Ledger, MoveRow
from regulars.records.queries.states import State
from regulars.records.queries.told_guests import spend_by_day
from regulars.rules import tiers
from regulars.rules.lots import CREDIT, POINTS
from regulars.rules.program import Program
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import Said, Sum, said
from regulars.services.explaining_invoices import explain_invoice
from regulars.services.explaining_lines import Section, Telling
from regulars.services.organizations import Company
from regulars.services.replaying import view_of

__all__ = ["Section", "explain_guest", "explain_standing"]


def explain_guest(
    company: Company, guest_ref: str, *, invoice_ref: str | None = None, on: date
) -> list[Section]:
    """All there is to say of a guest as of business date `on`, and of one invoice of the guest.

    In the company's scope; with an invoice, that comes first.
    """
    row = models.Guest.objects.filter(external_id=guest_ref).first()
    if row is None:
        raise unknown_reference("guest", guest_ref, field="guest")
    with ledgers.one_moment():
        telling = _telling(company, row, on)
        if row.merged_into_id is not None:
            return [_merged(telling, row)]
        ledger = ledgers.ledgers([row.id])[row.id]
        work = load.guests([row.id])[row.id]
        told = states.guest_numbers([row.id], view_of(company, on))[guest_ref]
        sections = [_tier(telling, row, ledger, told), _moves(telling, ledger)]
        sections += [_points(telling, ledger), _lots(telling, work), _credit(telling, ledger)]
        if invoice_ref is not None:
            sections = [*_invoice(telling, work, invoice_ref, ledger), *sections]
    return [section for section in sections if section.lines]


def explain_standing(
    company: Company, guest_ref: str, *, told: State, on: date
) -> list[Section]:
    """Of all that, where the guest stands and every move that led there.

    `told` are the guest's numbers on that day (`states.guest_numbers`).
    """
    row = models.Guest.objects.filter(external_id=guest_ref).first()
    if row is None:
        raise unknown_reference("guest", guest_ref, field="guest")
    with ledgers.one_moment():
        telling = _telling(company, row, on)
        if row.merged_into_id is not None:
            return [_merged(telling, row)]
        ledger = ledgers.moves_of([row.id])[row.id]
        return [_tier(telling, row, ledger, told), _moves(telling, ledger)]


def _telling(company: Company, row: models.Guest, on: date) -> Telling:
    spends = spend_by_day([row.id], first=date.min, last=date.max).get(row.id, [])
    return Telling(company, on, row.name, tuple(spends))


def _merged(telling: Telling, row: models.Guest) -> Section:
    survivor = models.Guest.objects.get(id=row.merged_into_id)
    line = said(
        "{name} was merged into {survivor} ({ref}), who has the tier, the points and the"
        " history now (rule 9.4).",
        name=row.name,
        survivor=survivor.name,
        ref=survivor.external_id,
    )
    return Section(f"{row.name} ({row.external_id})", (line,))


def _invoice(telling: Telling, work: GuestWork, ref: str, ledger: Ledger) -> list[Section]:
    found = load.invoices_where("i.external_id = %s", [ref])
    if not found:
        raise unknown_reference("invoice", ref, field="invoice")
    owner, invoice = found[0]
    if owner != work.key:
        whose = models.Guest.objects.get(id=owner).external_id
        raise Refused(
            "invalid_record",
            said(
                "Invoice {ref} is {whose}'s, not {id}'s.",
                ref=ref,
                whose=whose,
                id=work.facts.id,
            ),
            field="invoice",
            value=ref,
        )
    return explain_invoice(telling, work, invoice, ledger)


# -- the tier ---------------------------------------------------------------------------------


def _tier(telling: Telling, row: models.Guest, ledger: Ledger, told: State) -> Section:
    """Rule 4.15: tier, since when, spend, what is missing to stay and by when, what is next."""
    program = telling.company.versions.on(telling.on)
    lines = [*_standing(telling, row, ledger, program)]
    if program is not None:
        lines += _spend(telling, told, program)
        lines += _staying(telling, ledger, told, program)
        lines += _next(telling, told, program)
    return Section(f"{row.name} ({row.external_id})", tuple(lines))


def _standing(
    telling: Telling, row: models.Guest, ledger: Ledger, program: Program | None
) -> Iterator[str]:
    standing = ledger.standing
    if program is None:
        first = telling.company.versions.programs
        begins = Said("", {})
        if first:
            begins = said("; the first version begins on {day}", day=first[0].version)
        yield said(
            "No program is in force on {on}{begins} (rule 1.6).", on=telling.on, begins=begins
        )
    elif standing.tier is not None:
        direct = Said("", {})
        if standing.is_direct:
            direct = said(", enrolled straight into the highest tier")
        yield said(
            "In {tier} since {since}, enrolled since {enrolled_on}{direct}.",
            tier=telling.tier(standing.tier),
            since=standing.since,
            enrolled_on=standing.enrolled_on,
            direct=direct,
        )
    else:
        yield said("In no tier: {why}", why=_why_in_none(row, ledger, program))
    if ledger.moves:
        yield _move_line(telling, ledger, ledger.moves[-1])


def _why_in_none(row: models.Guest, ledger: Ledger, program: Program) -> Said:
    last = ledger.moves[-1].cause if ledger.moves else ""
    if not row.opted_in:
        return said("opted out of the program, so never enrolled (rule 4.8).")
    if last == "check":
        return said(
            "un-enrolled by the monthly check; a close with enough spend enrolls again."
        )
    if program.enrollment == "manual":
        return said("guests are enrolled by hand in this program (rule 4.7).")
    if not program.active_tiers:
        return said("the program in force has no tier.")
    return said("spend has not reached the lowest minimum at any close (rule 4.6).")


def _spend(telling: Telling, told: State, program: Program) -> Iterator[str]:
    first = tiers.window_of(program, telling.on)
    months = program.qualification_period_months
    yield said(
        "Spend of {spend} in the {months} months from {first} to {last}, both days counted"
        " (rule 4.2).",
        spend=Sum(told["spend"]),
        months=months,
        first=first,
        last=telling.on,
    )


def _staying(telling: Telling, ledger: Ledger, told: State, program: Program) -> Iterator[str]:
    tier = program.tier(ledger.standing.tier) if ledger.standing.tier else None
    if tier is None:
        return
    to_stay = telling.money(tier.spend_to_stay_cents)
    if told["next_check_on"] is None:
        yield said("The downgrade check never looks at a direct enrollment (rule 4.14).")
        return
    check_on = date.fromisoformat(told["next_check_on"])
    yield said(
        "Safe from the downgrade check for {days} days, through {valid_until}; it looks next on"
        " {check_on} (rule 4.11).",
        days=tier.validity_days,
        valid_until=date.fromisoformat(told["valid_until"]),
        check_on=check_on,
    )
    lost = tiers.window_of(program, check_on)
    if told["spend_to_stay"] == telling.money(0):
        yield said(
            "{needed} are needed to stay in {tier}, and are there (what was paid before {lost}"
            " counts no more then).",
            needed=to_stay,
            tier=tier.name,
            lost=lost,
        )
    else:
        yield said(
            "To stay in {tier}, {missing} more must be spent by {check_on}: {needed} are needed"
            " (what was paid before {lost} counts no more then).",
            tier=tier.name,
            missing=Sum(told["spend_to_stay"]),
            check_on=check_on,
            needed=to_stay,
            lost=lost,
        )


def _next(telling: Telling, told: State, program: Program) -> Iterator[str]:
    above = program.tier(told["next_tier"]) if told["next_tier"] else None
    if above is None:
        yield said("There is no higher tier.")
        return
    minimum = telling.money(above.minimum_spend_cents)
    yield said(
        "Next is {tier}, from {minimum} on: {missing} are missing.",
        tier=above.name,
        minimum=minimum,
        missing=Sum(told["spend_to_next_tier"]),
    )


def _moves(telling: Telling, ledger: Ledger) -> Section:
    lines = [_move_line(telling, ledger, move) for move in ledger.moves]
    return Section("Tier moves", tuple(lines) if len(lines) > 1 else ())


def _move_line(telling: Telling, ledger: Ledger, move: MoveRow) -> Said:
    return said(
        "{on}: {before} to {after}, {cause}{comment}.",
        on=move.on,
        before=telling.tier(move.before),
        after=telling.tier(move.after),
        cause=_CAUSES[move.cause](telling, ledger, move),
        comment=f" ({move.why['comment']})" if move.why.get("comment") else "",
    )


def _by_close(telling: Telling, ledger: Ledger, move: MoveRow) -> Said:
    before, after = telling.rank(move.before, move.on), telling.rank(move.after, move.on)
    if after < before:
        return said(
            "since the payment that had caused the move was voided the same day (rule 4.16)"
        )
    program = telling.company.versions.on(move.on)
    tier = program.tier(move.after) if program and move.after else None
    told = {"spend": _spend_then(telling, program, move), "reached": Said("", {})}
    if tier:
        reached = telling.money(tier.minimum_spend_cents)
        told["reached"] = said(" reached {amount}", amount=reached)
    if move.before is None:
        return said("enrolled by the close of that day: {spend}{reached} (rule 4.6)", **told)
    return said("upgraded by the close of that day: {spend}{reached} (rule 4.9)", **told)


def _by_check(telling: Telling, ledger: Ledger, move: MoveRow) -> Said:
    program = telling.company.versions.on(move.on)
    tier = program.tier(move.before) if program and move.before else None
    if program is None:
        return said("by the downgrade check (rule 4.11)")
    needed = Said("", {})
    if tier:
        needed = said(" was below {amount}", amount=telling.money(tier.spend_to_stay_cents))
    return said(
        "by the check of that day: {spend}{needed}; {where} (rule 4.11)",
        spend=_spend_then(telling, program, move),
        needed=needed,
        where=_WAYS_DOWN[program.downgrade_to, move.after is not None],
    )


_WAYS_DOWN = {
    ("matching_tier", True): said("to the highest lower tier whose minimum is met"),
    ("matching_tier", False): said(
        "no lower tier that one may fall to has its minimum met",
    ),
    ("next_lower_tier", True): said("to the next lower tier"),
    ("next_lower_tier", False): said("there is no lower tier that one may fall to"),
}


def _spend_then(telling: Telling, program: Program | None, move: MoveRow) -> Said:
    """What the move was decided on; and what later facts have made of it since."""
    then = move.why.get("spend_cents")
    if program is None or then is None:
        return said("spend in the window")
    first = tiers.window_of(program, move.on)
    now = telling.spent(first, move.on)
    since = Said("", {})
    if now != then:
        since = said(" ({amount} as known today)", amount=telling.money(now))
    return said(
        "spend of {amount} since {first}{since}",
        amount=telling.money(then),
        first=first,
        since=since,
    )


def _by_command(telling: Telling, ledger: Ledger, move: MoveRow) -> Said:
    if move.after:
        return said("enrolled by hand by {source} (rules 4.7, 4.8)", source=move.source)
    return said("enrollment cancelled by {source} (rules 4.7, 4.8)", source=move.source)


def _by_retiring(telling: Telling, ledger: Ledger, move: MoveRow) -> Said:
    return said("since {source} retired the tier (rule 3.11)", source=move.source)


def _by_merging(telling: Telling, ledger: Ledger, move: MoveRow) -> Said:
    other = move.why.get("with") or said("another guest")
    return said("by {source} with {other} (rule 9.4)", source=move.source, other=other)


_CAUSES = {
    "close": _by_close,
    "check": _by_check,
    "command": _by_command,
    "retire": _by_retiring,
    "merge": _by_merging,
}


# -- the balance ------------------------------------------------------------------------------


def _points(telling: Telling, ledger: Ledger) -> Section:
    return Section("Points, entry by entry", tuple(_entries(telling, ledger, POINTS)))


def _entries(telling: Telling, ledger: Ledger, unit: str) -> Iterator[str]:
    balance = 0
    for entry in ledger.entries:
        if entry.unit == unit:
            balance += entry.points
            yield f"{_amount(telling, entry, balance)}: {telling.entry(entry)}"


def _amount(telling: Telling, entry: EntryRow, balance: int) -> str:
    moved, left = f"{entry.points:+}", str(balance)
    if entry.unit == CREDIT:
        sign = "-" if entry.points < 0 else "+"
        moved, left = f"{sign}{telling.money(abs(entry.points))}", telling.money(balance)
    return f"{entry.on} {moved} = {left}"


def _lots(telling: Telling, work: GuestWork) -> Section:
    """What the balance is made of, in the order in which it would be spent (rule 7.1)."""
    load.open_points([work], lots_of={work.key})
    lots = work.points.open_lots()
    held = sum(lot.held for lot in lots)
    lines = []
    for lot in lots:
        until = f"good through {lot.expires_on}" if lot.expires_on else "without a last day"
        aside = f", {lot.held} of them on hold" if lot.held else ""
        whose = f" of {telling.tier(lot.tier)}" if lot.tier else ""
        part = f"{lot.remaining} of {lot.size} points{whose}"
        lines.append(f"{part}, earned on {lot.earned_on}, {until}{aside}.")
    if work.points.debt:
        debt = work.points.debt
        lines.append(f"{debt} points are owed; later points clear them first (rule 8.3).")
    total = f"{work.points.points} points" + (f", {held} on hold" if held else "")
    return Section(f"What the balance is made of: {total}", tuple(lines))


def _credit(telling: Telling, ledger: Ledger) -> Section:
    return Section("Reward credit, entry by entry", tuple(_entries(telling, ledger, CREDIT)))
