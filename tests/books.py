"""What must hold of any ledger, counted anew from its rows, by nothing of the product's."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.services.organizations import find_organization, load_company

UNITS = ("points", "credit")


def faults() -> list[str]:
    """Everything that does not add up in the only organization there is."""
    with organization_scope(find_organization(None).id):
        books = Books()
        return [
            *books.accounts(),
            *books.lots(),
            *books.debts(),
            *books.transfers(),
            *books.redemptions(),
            *books.credit(),
            *_unproved(),
        ]


def _unproved() -> list[str]:
    """What `regulars verify` finds."""
    try:
        from regulars.services.verifying import verify
    except ImportError:
        return []
    return [str(one) for one in verify(load_company(find_organization(None))).differences]


class Books:
    """All rows of the ledger, read once."""

    def __init__(self) -> None:
        self.names = dict(models.Guest.objects.values_list("id", "external_id"))
        self.all_accounts = list(models.Account.objects.all())
        self.all_lots = list(models.Lot.objects.order_by("guest_id", "number"))
        self.entries: dict[Any, list[Any]] = defaultdict(list)
        for entry in models.LedgerEntry.objects.order_by("guest_id", "number"):
            self.entries[entry.guest_id].append(entry)
        self.by_entry: Counter[Any] = Counter()
        self.by_lot: Counter[Any] = Counter()
        self.by_kind: Counter[Any] = Counter()
        for draw in models.Draw.objects.all():
            self.by_entry[draw.guest_id, draw.entry_number] += draw.points
            self.by_lot[draw.guest_id, draw.lot_number] += draw.points
            self.by_kind[draw.guest_id, draw.lot_number, draw.kind] += draw.points

    def accounts(self) -> Iterator[str]:
        """Entries add up to the points shown = open lots - debt (rule 1.4)."""
        for account in self.all_accounts:
            name = self.names[account.guest_id]
            mine = self.entries[account.guest_id]
            if [entry.number for entry in mine] != list(range(1, account.entry_count + 1)):
                yield f"{name}: entries are not numbered 1 to {account.entry_count}"
            shown = {"points": account.points, "credit": account.credit_cents}
            debts = {"points": account.debt_points, "credit": 0}
            for unit in UNITS:
                posted = sum(entry.points for entry in mine if entry.unit == unit)
                left = sum(
                    lot.remaining_points
                    for lot in self.all_lots
                    if lot.guest_id == account.guest_id and lot.unit == unit
                )
                if not posted == shown[unit] == left - debts[unit]:
                    yield (
                        f"{name}: {unit} posted {posted}, shown {shown[unit]},"
                        f" lots {left}, debt {debts[unit]}"
                    )
                if left and debts[unit]:
                    yield f"{name}: {unit} owed {debts[unit]} with {left} in lots"

    def lots(self) -> Iterator[str]:
        """Size = what is left + all that was drawn, by kind; 0 <= held <= left <= size."""
        held: Counter[Any] = Counter()
        for hold in models.Hold.objects.filter(state="open"):
            for number, points in json.loads(hold.lots):
                held[hold.guest_id, number] += points
        for lot in self.all_lots:
            key = (lot.guest_id, lot.number)
            name = f"{self.names[lot.guest_id]}: lot {lot.number}"
            if lot.size_points != lot.remaining_points + self.by_lot[key]:
                yield f"{name}: {lot.size_points} is not {lot.remaining_points} + drawn"
            if not 0 <= lot.held_points <= lot.remaining_points <= lot.size_points:
                yield f"{name}: held {lot.held_points}, left {lot.remaining_points}"
            if lot.held_points > held[key]:
                yield f"{name}: {lot.held_points} set aside, holds ask for {held[key]}"
        moved = {key[:2] for key, points in self.by_kind.items() if key[2] == "transfer"}
        for (guest, number, kind), points in self.by_kind.items():
            # A lot that moved brought its losses along as one transfer, returns included.
            if points < 0 and (guest, number) not in moved:
                yield f"{self.names[guest]}: lot {number} got more {kind} back than it gave"

    def debts(self) -> Iterator[str]:
        """After each entry: what lots do not carry is a debt, and never stands beside lots."""
        opened: Counter[Any] = Counter()
        for lot in self.all_lots:
            opened[lot.guest_id, lot.entry_number] += lot.size_points
        for guest, entries in self.entries.items():
            left = shown = 0
            for entry in entries:
                if entry.unit != "points":
                    continue
                key = (guest, entry.number)
                left += opened[key] - self.by_entry[key]
                shown += entry.points
                if left < shown or (left > shown and left):
                    yield f"{self.names[guest]}: lots {left}, points {shown} after {entry.key}"

    def transfers(self) -> Iterator[str]:
        for unit in UNITS:
            moved = [
                entry.points
                for entries in self.entries.values()
                for entry in entries
                if entry.kind == "transfer" and entry.unit == unit
            ]
            if sum(moved):
                yield f"transfers of {unit} come to {sum(moved)}"

    def redemptions(self) -> Iterator[str]:
        """What was spent is what came back and what the lots named are still short of."""
        paid: Counter[Any] = Counter()
        for one in models.Redemption.objects.all():
            if one.state == "standing":
                paid[one.invoice_id, one.unit] += one.paid_cents
            if one.unit != "points":
                continue
            left = sum(points for _, points in json.loads(one.draws))
            if one.points != left + one.returned_points or left < 0:
                yield f"redemption {one.external_id}: {one.points} is not {left} + returned"
        for invoice in models.Invoice.objects.all():
            stands = (paid[invoice.id, "points"], paid[invoice.id, "credit"])
            if stands != (invoice.points_paid_cents, invoice.rewards_paid_cents):
                yield f"invoice {invoice.external_id}: {stands} stands on it"

    def credit(self) -> Iterator[str]:
        """Issued or edited in = applied + forfeited + void + expired or open, with rests."""
        issued = forfeited = void = 0
        for entries in self.entries.values():
            for entry in (entry for entry in entries if entry.unit == "credit"):
                because = json.loads(entry.why).get("because")
                if entry.kind == "accrual" or because == "reward_edited":
                    issued += entry.points
                elif entry.kind == "forfeiture":
                    forfeited -= entry.points
                elif entry.kind in ("adjustment", "reversal"):
                    void -= entry.points
        rewards = list(models.Reward.objects.all())
        lots = {(lot.guest_id, lot.number): lot for lot in self.all_lots}
        applied = sum(one.applied_cents for one in rewards)
        open_or_expired = 0
        for one in rewards:
            left = lots[one.guest_id, one.lot_number].remaining_points
            good = one.amount_cents if one.state in ("issued", "held") else 0
            open_or_expired += good
            if left != good:
                yield f"reward {one.external_id}, {one.state}: {left} left of {good}"
        if issued != applied + forfeited + void + open_or_expired:
            yield (
                f"credit issued {issued} is not applied {applied} + forfeited {forfeited}"
                f" + void {void} + expired or open {open_or_expired}"
            )
