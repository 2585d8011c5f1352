"""Outcomes of a chunk of guests: a fixed number of statements, the outbox among them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from regulars.records import bulk, codec, outbox
from regulars.records.load import GuestWork
from regulars.records.models import (
    Account,
    Draw,
    Invoice,
    LedgerEntry,
    Lot,
    Occasion,
    Redemption,
    ReferralTurn,
    TierMove,
)
from regulars.records.quarters import quarter_of
from regulars.records.scope import current_organization
from regulars.rules.facts import Invoice as InvoiceFacts
from regulars.rules.facts import Redemption as RedemptionFacts
from regulars.rules.lots import CREDIT, POINTS, Entry
from regulars.rules.lots import Lot as LotFacts

ENTRY_COLUMNS = (
    "organization_id guest_id entered_quarter number unit kind action points tier source"
    " entered_on key version why posted_at posted_by hash"
).split()
LOT_COLUMNS = (
    "organization_id guest_id number entry_number unit size_points remaining_points"
    " held_points expired_points tier action source earned_on expires_on"
).split()
DRAW_COLUMNS = (
    "organization_id guest_id entered_on entry_number lot_number points kind"
).split()
MOVE_COLUMNS = (
    "organization_id guest_id number moved_on tier_before tier_after cause source"
    " standing_before why posted_at posted_by"
).split()
OCCASION_COLUMNS = (
    "organization_id guest_id name action state times points tier source invoice_ref"
    " happened_on"
).split()


class Changes:
    """The rows of one chunk, gathered guest by guest and written together."""

    def __init__(self, *, at: datetime, by: str | None, cause: str) -> None:
        self.org = current_organization()
        self.at = at
        self.by = by
        self.cause = cause
        self.entries: list[tuple[Any, ...]] = []
        self.lots: list[tuple[Any, ...]] = []
        self.lot_updates: list[tuple[Any, ...]] = []
        self.draws: list[tuple[Any, ...]] = []
        self.moves: list[tuple[Any, ...]] = []
        self.accounts: list[tuple[Any, ...]] = []
        self.standings: list[tuple[Any, ...]] = []
        self.occasions: list[tuple[Any, ...]] = []
        self.occasion_updates: list[tuple[Any, ...]] = []
        self.grown: list[dict[str, Any]] = []

    # -- gathering ---------------------------------------------------------------------------

    def add(self, work: GuestWork) -> None:
        """All that one guest's books, moves and occasions have become."""
        first = work.account.entry_count
        self._entries(work)
        self._lots(work)
        new_moves = work.facts.moves[work.n_moves :]
        self._moves(work, new_moves)
        self._account(work)
        if work.account.entry_count > first or new_moves:
            body = {
                "entries": [first + 1, work.account.entry_count],
                "moves": [[move.before, move.after] for move in new_moves],
                "first_move": work.n_moves + 1,
            }
            self.grown.append({"guest": work.facts.id, **body})
        work.n_moves = len(work.facts.moves)

    def add_occasions(self, work: GuestWork, occasions: Iterable[Any]) -> None:
        for one in {occasion.name: occasion for occasion in occasions}.values():
            judged = (one.state, one.times, one.points, one.tier)
            state = (*judged, one.source, one.invoice, one.on)
            if one.name in work.known_occasions:
                row = (self.org, work.key, one.name, *state)
                self.occasion_updates.append(row)
            else:
                self.occasions.append((self.org, work.key, one.name, one.action, *state))
                work.known_occasions.add(one.name)

    def _entries(self, work: GuestWork) -> None:
        account = work.account
        for unit in (POINTS, CREDIT):
            book = work.books.get(unit)
            for entry in book.entries if book else ():
                account.entry_count += 1
                row = self._entry_row(work, entry, account.entry_count, account.head)
                account.head = row[-1]
                self.entries.append(row)
                if entry.lots_opened:
                    self._open_lots(work, entry, account.entry_count)
                for draw in entry.draws:
                    self.draws.append(
                        (
                            self.org,
                            work.key,
                            entry.on,
                            account.entry_count,
                            draw.number,
                            draw.points,
                            draw.kind,
                        )
                    )
            if book:
                book.entries.clear()

    def _entry_row(
        self, work: GuestWork, entry: Entry, number: int, head: str
    ) -> tuple[Any, ...]:
        facts = (
            number,
            entry.unit,
            entry.kind,
            entry.action,
            entry.points,
            entry.tier,
            entry.source,
            entry.on,
            entry.key,
            entry.version,
            codec.text_of(entry.why),
            self.at,
            self.by,
        )
        lots = [
            (
                lot.number,
                lot.size,
                lot.tier,
                lot.action,
                lot.source,
                lot.earned_on,
                lot.expires_on,
            )
            for lot in entry.lots_opened
        ]
        draws = [(draw.number, draw.points, draw.kind) for draw in entry.draws]
        digest = entry_hash(head, facts, lots, draws)
        return (self.org, work.key, quarter_of(entry.on), *facts, digest)

    def _open_lots(self, work: GuestWork, entry: Entry, entry_number: int) -> None:
        for lot in entry.lots_opened:
            self.lots.append(
                (
                    self.org,
                    work.key,
                    lot.number,
                    entry_number,
                    lot.unit,
                    lot.size,
                    lot.remaining,
                    lot.held,
                    lot.expired,
                    lot.tier,
                    lot.action,
                    lot.source,
                    lot.earned_on,
                    lot.expires_on,
                )
            )

    def _lots(self, work: GuestWork) -> None:
        for book in work.books.values():
            for lot in book.touched.values():
                if not lot.is_new:
                    self.lot_updates.append(_lot_update(self.org, work.key, lot))
                lot.is_new = False
            book.touched.clear()

    def _moves(self, work: GuestWork, moves: Iterable[Any]) -> None:
        for place, move in enumerate(moves, start=work.n_moves + 1):
            why = {"because": move.cause, "before": move.before, "after": move.after}
            self.moves.append(
                (
                    self.org,
                    work.key,
                    place,
                    move.on,
                    move.before,
                    move.after,
                    move.cause,
                    self.cause,
                    codec.text_of(move.standing_before),
                    codec.text_of(why | move.why),
                    self.at,
                    self.by,
                )
            )

    def _account(self, work: GuestWork) -> None:
        account = work.account
        points, credit = work.books.get(POINTS), work.books.get(CREDIT)
        if points:
            account.points, account.debt = points.points, points.debt
        if credit:
            account.credit_cents = credit.points
        account.lot_count = work.lot_count()
        account.consumed_cents = work.consumed_cents
        self.accounts.append(
            (
                self.org,
                work.key,
                account.points,
                account.debt,
                account.credit_cents,
                account.entry_count,
                account.lot_count,
                account.head,
                account.consumed_cents,
            )
        )
        if work.facts.standing != work.standing_read:
            self._standing(work)

    def _standing(self, work: GuestWork) -> None:
        """Apart from the balance: SQLite writes an index anew for a tier that is set to
        itself.
        """
        standing = work.standing_read = work.facts.standing
        self.standings.append(
            (
                self.org,
                work.key,
                standing.tier,
                standing.since,
                standing.enrolled_on,
                standing.is_direct,
                standing.was_enrolled,
                codec.text_of_words(standing.entered),
            )
        )

    # -- writing -----------------------------------------------------------------------------

    def write(self) -> None:
        """Every row, in one statement a table; the caller's transaction holds them together."""
        with bulk.in_one_statement():
            self._write()

    def _write(self) -> None:
        bulk.insert(LedgerEntry, ENTRY_COLUMNS, self.entries)
        bulk.insert(Lot, LOT_COLUMNS, self.lots)
        bulk.insert(Draw, DRAW_COLUMNS, self.draws)
        bulk.insert(TierMove, MOVE_COLUMNS, self.moves)
        bulk.insert(Occasion, OCCASION_COLUMNS, self.occasions)
        if self.grown:
            outbox.put_grown(self.grown, at=self.at)
        key = ["organization_id", "guest_id"]
        bulk.update(
            Lot,
            [*key, "number"],
            ["remaining_points", "held_points", "expired_points", "expires_on"],
            self.lot_updates,
        )
        bulk.update(
            Occasion,
            [*key, "name"],
            ["state", "times", "points", "tier", "source", "invoice_ref", "happened_on"],
            self.occasion_updates,
        )
        bulk.update(
            Account,
            key,
            "points debt_points credit_cents entry_count lot_count head consumed_cents".split(),
            self.accounts,
        )
        bulk.update(
            Account,
            key,
            "tier tier_since enrolled_on is_direct was_enrolled entered_tiers".split(),
            self.standings,
        )


def _lot_update(org: UUID, guest: UUID, lot: LotFacts) -> tuple[Any, ...]:
    return (org, guest, lot.number, lot.remaining, lot.held, lot.expired, lot.expires_on)


def entry_hash(
    head: str, facts: tuple[Any, ...], lots: list[tuple[Any, ...]], draws: list[tuple[Any, ...]]
) -> str:
    """The link of a guest's chain: this entry, the lots it opened, its draws, the last link.

    Over JSON, which says an instant or a day alike whichever database gave it back.
    """
    return sha256(codec.bytes_of((head, facts, lots, draws))).hexdigest()


# -- facts that a settling has dealt with -----------------------------------------------------


def settled_invoices(invoices: Iterable[tuple[InvoiceFacts, date | None]]) -> None:
    """Keep what was made of each invoice, and when it is to be looked at again."""
    org = current_organization()
    bulk.update(
        Invoice,
        ["organization_id", "id"],
        ["memory", "money_news", "settle_on"],
        [
            (org, one.key, codec.text_of_memory(one.memory), False, settle_on)
            for one, settle_on in invoices
        ],
    )


def known_invoices(invoices: Iterable[InvoiceFacts]) -> None:
    """Keep what was taken back on each invoice; it stays in line for the day's close."""
    org = current_organization()
    bulk.update(
        Invoice,
        ["organization_id", "id"],
        ["memory"],
        [(org, one.key, codec.text_of_memory(one.memory)) for one in invoices],
    )


def settled_documents(ids: list[UUID], *, on: date) -> None:
    """Appointments, feedback and sign-ups of these guests are dealt with up to `on`."""
    org = current_organization()
    owners = {"appointment": "guest_id", "feedback": "guest_id", "guest": "id"}
    for table, owner in owners.items():
        bulk.execute(
            f"UPDATE records_{table} SET settle_on = NULL"
            f" WHERE organization_id = %s AND {owner} IN %s AND settle_on <= %s",
            [org, ids, on],
        )


def referral_turns(turns: Iterable[tuple[UUID, str, str, date]]) -> None:
    """Tell referring guests of invoices: (referring guest, referred guest, invoice, day)."""
    org = current_organization()
    rows = {(guest, invoice): (referred, on) for guest, referred, invoice, on in turns}
    if not rows:
        return
    bulk.execute(
        "DELETE FROM records_referralturn"
        " WHERE organization_id = %s AND guest_id IN %s AND invoice_ref IN %s",
        [org, [guest for guest, _ in rows], [invoice for _, invoice in rows]],
    )
    bulk.insert(
        ReferralTurn,
        ["guest_id", "referred_ref", "invoice_ref", "settle_on"],
        [(guest, referred, invoice, on) for (guest, invoice), (referred, on) in rows.items()],
    )


def referral_turns_taken(ids: list[UUID], *, on: date) -> None:
    bulk.execute(
        "DELETE FROM records_referralturn"
        " WHERE organization_id = %s AND guest_id IN %s AND settle_on <= %s",
        [current_organization(), ids, on],
    )


def redemptions(changed: Iterable[RedemptionFacts], *, voided: Collection[UUID] = ()) -> None:
    """What has come back of points spent on invoices; of a void one nothing stands any more."""
    org = current_organization()
    rows = list(changed)
    bulk.update(
        Redemption,
        ["organization_id", "id"],
        ["returned_points", "draws"],
        [(org, one.key, one.returned, codec.text_of(one.draws)) for one in rows],
    )
    if voided:
        mine = Redemption.objects.filter(invoice__in=voided, unit=POINTS, state="standing")
        mine.update(state="returned")
        Invoice.objects.filter(id__in=voided).update(points_paid_cents=0)
