"""Once-per memories, redemptions, rewards, documents: against ledger and journal (6.8, 7.8)."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from regulars.records import codec
from regulars.records.queries import documents
from regulars.records.queries.documents import JournalRow, Kept
from regulars.records.queries.ledgers import EntryRow, Ledger, RedemptionRow
from regulars.rules.facts import Occasion
from regulars.rules.lots import CREDIT, POINTS
from regulars.rules.program import AMOUNT_ACTIONS
from regulars.services.formats.facts import InvoiceFact
from regulars.services.verifying_facts import Known
from regulars.services.verifying_report import Difference, shown

_COMMANDS = (
    "cancel_enrollment add_points remove_points extend_expiry redeem_points undo_redeem_points"
    " opening_balance"
    " capture_hold issue_reward edit_reward void_reward redeem_reward undo_redeem_reward"
    " process_rewards undo_process_rewards merge_guests undo_merge"
).split()


def memory_differences(known: Known) -> Iterator[Difference]:
    """Everything of a chunk's memories that differs."""
    for guest, ledger in known.ledgers.items():
        entries = list(known.entries_of(guest))
        yield from _occasions(ledger, entries, is_alone=guest not in known.families)
        yield from _redemptions(ledger, entries)
        yield from _rewards(ledger)
        if ledger.merged_into is not None:
            yield from _emptied(ledger)
    yield from _commands(known)
    yield from _documents(known)


def _differs(
    ledger: Ledger, entry: int | None, place: str, what: str, expected: object, found: object
) -> Difference:
    return Difference(ledger.ref, entry, place, what, shown(expected), shown(found))


# -- once-per memories ------------------------------------------------------------------------


def _occasions(
    ledger: Ledger, entries: Sequence[EntryRow], *, is_alone: bool
) -> Iterator[Difference]:
    """Paid where an accrual says so, and nowhere else (rules 6.8, 8.4)."""
    by_key = {entry.key: entry for entry in entries if entry.unit == POINTS}
    for occasion in ledger.occasions:
        if is_alone or occasion.state == "paid":
            yield from _occasion(ledger, occasion, by_key, is_alone=is_alone)
    if not is_alone:
        return
    names = {occasion.name: occasion.times for occasion in ledger.occasions}
    for entry in ledger.entries:
        if entry.kind != "accrual" or entry.unit != POINTS or entry.action in AMOUNT_ACTIONS:
            continue
        name, _, number = entry.key.rpartition("#")
        times = 1 if entry.key in names else int(number) if number.isdigit() else 0
        if times == 0 or names.get(entry.key if times == 1 else name, 0) < times:
            place = f"occasion {entry.key}"
            yield _differs(ledger, entry.number, place, "its memory", "there", "nothing")


def _occasion(
    ledger: Ledger, occasion: Occasion, by_key: Mapping[str, EntryRow], *, is_alone: bool
) -> Iterator[Difference]:
    name, times, place = occasion.name, occasion.times, f"occasion {occasion.name}"
    key = name if times == 1 else f"{name}#{times}"
    entry = by_key.get(key)
    if entry is None and not is_alone:
        # Two memories made one count together; the entry has the count it was made with.
        entry = _last_of(by_key, occasion)
    number = entry.number if entry else None
    found = entry.points if entry else None
    if occasion.state == "nothing":
        if found is not None:
            yield _differs(ledger, number, place, "the accrual", None, found)
        return
    if found != occasion.points:
        yield _differs(ledger, number, place, "the points it paid", found, occasion.points)
    back = by_key.get(f"reversal:{name}#{times}")
    if occasion.state == "paid" and back is not None and is_alone:
        yield _differs(ledger, back.number, place, "its state", "taken_back", "paid")
    if occasion.state == "taken_back" and back is None:
        lapsed = _lapsed(ledger, occasion)
        if lapsed < occasion.points:
            yield _differs(ledger, None, place, "its reversal", -occasion.points, None)


def _last_of(by_key: Mapping[str, EntryRow], occasion: Occasion) -> EntryRow | None:
    """After a merge the referred guest's name in a key may be the other one's too."""
    keys = [
        key
        for key, entry in by_key.items()
        if entry.kind == "accrual"
        and entry.action == occasion.action
        and entry.points == occasion.points
        and (entry.source == occasion.source or key.partition("#")[0] == occasion.name)
    ]
    return by_key[keys[-1]] if keys else None


def _lapsed(ledger: Ledger, occasion: Occasion) -> int:
    return sum(
        lot.expired
        for lot in ledger.lots
        if lot.source == occasion.source and lot.action == occasion.action
    )


# -- redemptions and rewards ------------------------------------------------------------------


def _redemptions(ledger: Ledger, entries: Sequence[EntryRow]) -> Iterator[Difference]:
    """Each tender of points has its debit, and what came back of it its returns (7.6, 7.8)."""
    by_key = {entry.key: entry for entry in entries}
    returned: dict[str, int] = {}
    for row in ledger.redemptions:
        if row.unit == POINTS:
            yield from _redemption(ledger, row, by_key)
            returned[row.invoice] = returned.get(row.invoice, 0) + row.returned
    back: dict[str, int] = {}
    for entry in entries:
        if entry.kind == "redemption_return" and entry.unit == POINTS:
            invoice = codec.value_of(entry.why).get("invoice")
            back[invoice] = back.get(invoice, 0) + entry.points
    for invoice, points in returned.items():
        if back.get(invoice, 0) != points:
            what = "the points that came back"
            place = f"invoice/{invoice}"
            yield _differs(ledger, None, place, what, back.get(invoice, 0), points)


def _redemption(
    ledger: Ledger, row: RedemptionRow, by_key: Mapping[str, EntryRow]
) -> Iterator[Difference]:
    place = f"redemption {row.id}"
    names = (f"redeem_points/{row.id}", f"capture_hold/{row.id}")
    entry = next((by_key[name] for name in names if name in by_key), None)
    number = entry.number if entry else None
    spent = -entry.points if entry else None
    if spent != row.points:
        yield _differs(ledger, number, place, "the points spent", spent, row.points)
    left = sum(points for _, points in row.draws)
    if left != row.points - row.returned or any(points < 0 for _, points in row.draws):
        expected = row.points - row.returned
        yield _differs(ledger, number, place, "what is still drawn", expected, left)
    if row.state == "undone" and left:
        yield _differs(ledger, number, place, "what an undone one draws", 0, left)


def _rewards(ledger: Ledger) -> Iterator[Difference]:
    """A reward's money is the lot it names; what is redeemed or void holds none (10.7)."""
    lots = {lot.number: lot for lot in ledger.lots if lot.unit == CREDIT}
    open_cents = 0
    for reward in ledger.rewards:
        place = f"reward {reward.id}"
        lot = lots.get(reward.lot)
        if lot is None:
            yield _differs(ledger, None, place, "its lot of credit", reward.lot, None)
            continue
        is_open = reward.state in ("issued", "held")
        expected = reward.cents if is_open else 0
        open_cents += expected
        if lot.remaining != expected:
            yield _differs(ledger, lot.entry, place, "its credit", expected, lot.remaining)
        if is_open and lot.expires_on != reward.expires_on:
            what, day = "its last day", reward.expires_on
            yield _differs(ledger, lot.entry, place, what, lot.expires_on, day)
    if open_cents != ledger.credit_cents:
        what = "the credit of open rewards"
        yield _differs(ledger, None, "account", what, ledger.credit_cents, open_cents)
    consumed = sum(reward.consumed_cents for reward in ledger.rewards)
    if consumed != ledger.consumed_cents:
        what = "the sales consumed"
        yield _differs(ledger, None, "account", what, consumed, ledger.consumed_cents)


def _emptied(ledger: Ledger) -> Iterator[Difference]:
    """Rule 9.4: a merged guest stands in no tier and holds nothing."""
    for what, found in (
        ("the tier of a merged guest", ledger.standing.tier),
        ("the points of a merged guest", ledger.points or None),
        ("the debt of a merged guest", ledger.debt or None),
        ("the credit of a merged guest", ledger.credit_cents or None),
        ("the value on hold of a merged guest", ledger.held or None),
    ):
        if found is not None:
            yield _differs(ledger, None, "account", what, None, found)


# -- the journal ------------------------------------------------------------------------------


def _commands(known: Known) -> Iterator[Difference]:
    """What a command did names a command that is in the journal."""
    kinds = frozenset(_COMMANDS)
    sources: dict[str, tuple[Ledger, EntryRow]] = {}
    for ledger in known.ledgers.values():
        for entry in ledger.entries:
            if entry.source.partition("/")[0] in kinds:
                sources.setdefault(entry.source, (ledger, entry))
    there = documents.names_in_journal(sources) if sources else set()
    for source, (ledger, entry) in sources.items():
        if source not in there:
            yield _differs(ledger, entry.number, source, "its command", "there", None)


def _documents(known: Known) -> Iterator[Difference]:
    """Every document is what the journal's last record of it says."""
    kept = documents.kept(list(known.ledgers), quarters=known.quarters)
    said = documents.last_said(one.name for one in kept)
    for one in kept:
        ledger = known.ledgers[one.owner]
        last = said.get(one.name)
        if last is None:
            yield _differs(ledger, None, one.name, "its record", "in the journal", None)
            continue
        body, digest = last
        if digest != one.digest:
            what = "the digest of the last record"
            yield _differs(ledger, None, one.name, what, digest[:12], one.digest[:12])
            continue
        expected = _said(one, body)
        for place, (wanted, found) in enumerate(zip(expected, one.said, strict=True)):
            if wanted != found:
                what = f"what its record said ({_COLUMNS[_kind(one)][place]})"
                yield _differs(ledger, None, one.name, what, wanted, found)
                break


def _kind(one: Kept) -> str:
    return one.name.partition("/")[0]


_COLUMNS = {
    "guest": "name email phone birthday anniversary home_center signup loyalty_opt_in".split(),
    "appointment": (
        "guest center booked_at booked_on channel starts_at starts_on status invoice staff"
        " services minutes note"
    ).split(),
    "feedback": "guest appointment share_permission published_on".split(),
    "invoice": ("guest center status opened_at opened_on closed_at closed_on document").split(),
}


def _said(one: Kept, body: str) -> tuple[Any, ...]:
    """The columns as the journal's record would have filled them."""
    kind = _kind(one)
    if kind == "invoice":
        return _invoice_said(msgspec.json.decode(body, type=InvoiceFact), one)
    fact = codec.value_of(body)
    if kind == "feedback":
        published = min((place["on"] for place in fact["published"]), default=None)
        return (
            fact["guest"],
            fact["appointment"],
            fact["share_permission"],
            _day(published),
        )
    if kind == "appointment":
        services = fact.get("services")
        fact["services"] = codec.text_of(services) if services else ""
        return tuple(_typed(name, fact.get(name)) for name in _COLUMNS["appointment"])
    return (
        *(fact[name] for name in ("name", "email", "phone")),
        _day(fact["birthday"]),
        _day(fact["anniversary"]),
        fact["home_center"],
        fact["signup_channel"],
        fact["loyalty_opt_in"],
    )


def _invoice_said(fact: InvoiceFact, one: Kept) -> tuple[Any, ...]:
    """The document is compared as values: the same bytes may be written in two ways."""
    document = codec.document_of(one.said[-1])
    same = (
        _same(fact.lines, document.lines)
        and _same(fact.payments, document.payments)
        and _same(fact.refunds, document.refunds)
    )
    return (
        fact.guest,
        fact.center,
        fact.status,
        fact.opened_at,
        fact.opened_on,
        fact.closed_at,
        fact.closed_on,
        one.said[-1] if same else "what the record said",
    )


def _same(said: Sequence[msgspec.Struct], kept: Sequence[object]) -> bool:
    return len(said) == len(kept) and all(
        getattr(one, name) == getattr(other, name)
        for one, other in zip(said, kept, strict=True)
        for name in one.__struct_fields__
    )


def _typed(name: str, value: Any) -> Any:
    if name.endswith("_on"):
        return _day(value)
    return datetime.fromisoformat(value) if name.endswith("_at") else value


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def journal_difference(row: JournalRow) -> Difference | None:
    """A record's digest is that of what it says."""
    body = row.body.encode()
    if row.kind == "feedback":
        said = codec.value_of(row.body)
        del said["at"], said["on"]
        body = codec.bytes_of(said)
    digest = hashlib.sha256(body).hexdigest()
    if digest == row.digest:
        return None
    return Difference(None, None, row.name, "its digest", digest[:12], row.digest[:12])


def leftovers(
    rows: Sequence[tuple[UUID, str]], refs: Mapping[UUID, str]
) -> Iterator[Difference]:
    """Rows that a merged guest still owns."""
    for guest, table in rows:
        what = f"rows of {table} that a merged guest owns"
        yield Difference(refs[guest], None, table, what, "none", "some")
