"""The frame of every command: who acts when, on which guests, and one save at the end.

A command service reads like the sentence that describes it: permission, lock, load, decide,
save. `Acting` gives it the guests locked and brought up to the moment: what is known has been
taken back, lots past their last day have lapsed, holds past their time are free.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from regulars.records import load, locks, models, save
from regulars.records.load import GuestWork
from regulars.rules.facts import Invoice
from regulars.rules.program import Program
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.rules.settling import Settling
from regulars.rules.tiers import window_of
from regulars.services import holding, settling
from regulars.services.organizations import Company


@dataclass(slots=True)
class Answer:
    """What a command came to; a refusal is an exception."""

    status: str = "applied"
    detail: dict[str, Any] = field(default_factory=dict)
    warnings: list[dict[str, Any]] = field(default_factory=list)


def _tell_nobody(_: int) -> None:
    """Nobody watches."""


@dataclass(slots=True)
class Acting:
    """One command being carried out. `name` is its record name, `on` its business date."""

    company: Company
    name: str
    at: datetime
    on: date
    by: str | None
    work: dict[UUID, GuestWork] = field(default_factory=dict)
    settlings: dict[UUID, Settling] = field(default_factory=dict)
    tell: Callable[[int], None] = _tell_nobody
    """Told how many guests are done, by what takes long enough to be watched."""

    # -- reading -----------------------------------------------------------------------------

    def guest(self, ref: str, *, field: str = "guest") -> GuestWork:
        """The guest, locked and up to date; refused when unknown or merged (rule 9.4)."""
        key = self.key_of(ref, field=field)
        one = self.open([key])[key]
        if one.merged_into is not None:
            self.key_of(ref, field=field)  # merged while we waited for the lock: this refuses
        return one

    def key_of(self, ref: str, *, field: str = "guest") -> UUID:
        """The guest's row id, before anything is locked; refused like `guest`."""
        row = models.Guest.objects.filter(external_id=ref).values_list("id", "merged_into_id")
        found = row.first()
        if found is None:
            raise unknown_reference("guest", ref, field=field)
        key, merged_into = found
        if merged_into is not None:
            survivor = models.Guest.objects.get(id=merged_into).external_id
            raise Refused(
                "guest_merged",
                said(
                    "Guest {ref} was merged into {survivor}; act on {survivor} instead.",
                    ref=ref,
                    survivor=survivor,
                ),
                field=field,
                value=ref,
                detail={"merged_into": survivor},
            )
        return key  # type: ignore[no-any-return]

    def open(self, keys: list[UUID]) -> dict[UUID, GuestWork]:
        """Lock guests in id order and bring their books up to this moment."""
        new = sorted(key for key in keys if key not in self.work)
        if new:
            locks.lock_guests(new)
            work = load.guests(new)
            for known in settling.settle_known(self.company, work, on=self.on):
                self.settlings[known.guest.key] = known
            self.work.update(work)
            for one in work.values():
                holding.free_timed_out(one, at=self.at)
        return {key: self.work[key] for key in keys}

    def invoice(self, ref: str, *, field: str = "invoice") -> tuple[UUID, Invoice]:
        """(owner, invoice) by the caller's id, as its guest's work has it if that is open."""
        found = load.invoices_where("i.external_id = %s", [ref])
        if not found:
            raise unknown_reference("invoice", ref, field=field)
        owner, invoice = found[0]
        if owner in self.work:
            for known in self.work[owner].facts.invoices:
                if known.id == ref:
                    return owner, known
        return owner, invoice

    @property
    def program(self) -> Program | None:
        return self.company.versions.on(self.on)

    def spend(self, one: GuestWork, on: date | None = None) -> int:
        """Spend in the window that ends on `on` (rule 4.2)."""
        day = on or self.on
        program = self.company.versions.on(day)
        if program is None:
            return 0
        first = window_of(program, day)
        return load.spend_in([one.key], first=first, last=day).get(one.key, 0)

    # -- saving ------------------------------------------------------------------------------

    def save(self) -> None:
        """Write all that the opened guests have become; once, at the end of the service."""
        changes = save.Changes(at=self.at, by=self.by, cause=self.name)
        for key, one in self.work.items():
            settled = self.settlings[key].outcome
            changes.add_occasions(one, settled.occasions)
            if settled.redemptions:
                save.redemptions(settled.redemptions, voided=settling.voided(one))
            if self._has_changed(one):
                changes.add(one)
        changes.write()
        save.known_invoices(
            invoice
            for one in self.work.values()
            for invoice in one.facts.invoices
            if invoice.memory.round
        )

    def _has_changed(self, one: GuestWork) -> bool:
        return (
            any(book.entries or book.touched for book in one.books.values())
            or len(one.facts.moves) > one.n_moves
            or one.facts.standing != one.standing_read
            or one.consumed_cents != one.account.consumed_cents
        )
