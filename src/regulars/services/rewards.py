"""Money rewards by hand, and on the invoice (rules 10.6 to 10.10)."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import UNSET

from regulars.records import load, models
from regulars.records.load import GuestWork
from regulars.rules import redemption
from regulars.rules import rewards as rules
from regulars.rules.facts import Invoice
from regulars.rules.lots import CREDIT
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import crediting, invoicing, transactions
from regulars.services.acting import Acting, Answer
from regulars.services.formats.commands import (
    EditReward,
    IssueReward,
    RedeemReward,
    UndoRedeemReward,
    VoidReward,
)
from regulars.services.organizations import Company
from regulars.services.settling import Stamp

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What cannot be mistaken for another when it is said on the phone (rule 10.7)."""


# -- by hand ----------------------------------------------------------------------------------


def issue_reward(command: IssueReward, acting: Acting) -> Answer:
    """Rule 10.6: to a guest of any status; it changes no status and consumes no sales."""
    rules.check_last_day(command.expires_on, acting.on)
    one = acting.guest(command.guest)
    _check_code_is_free(command.id)
    why = {"because": "reward_issued", "reward": command.id, "cents": command.amount_cents}
    entry = crediting.entry_of(acting, "accrual", command.amount_cents, "issued", why)
    lot = crediting.open_lot(one, entry, earned_on=acting.on, expires_on=command.expires_on)
    models.Reward.objects.create(
        guest_id=one.key,
        external_id=command.id,
        lot_number=lot.number,
        amount_cents=command.amount_cents,
        state="issued",
        issued_on=acting.on,
        expires_on=command.expires_on,
        source="manual",
        note=command.note,
        issued_by=acting.by,
    )
    acting.save()
    return Answer(detail={"reward": command.id} | _status_of(one.key))


def new_code() -> str:
    """A code that the system makes: short enough to say on the phone (rule 10.7)."""
    while True:
        code = spoken_code()
        if not models.Reward.objects.filter(external_id=code).exists():
            return code


def spoken_code() -> str:
    """Eight letters that can be told apart when they are said, as in 7KQ2-M9XD."""
    return _spoken([secrets.choice(CODE_LETTERS) for _ in range(8)])


def spoken_code_of(text: str) -> str:
    """The same letters for the same text."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest())
    letters = []
    for _ in range(8):
        number, place = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return _spoken(letters)


def _spoken(letters: Sequence[str]) -> str:
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def edit_reward(command: EditReward, acting: Acting) -> Answer:
    """Rule 10.10: amount, last day and note of a reward not redeemed yet."""
    row, one = _find(command.reward, acting)
    rules.check_unredeemed(row.external_id, row.state)
    if command.expires_on is not UNSET:
        rules.check_last_day(command.expires_on, row.issued_on)
    before = (row.amount_cents, row.expires_on)
    if command.amount_cents is not UNSET:
        row.amount_cents = command.amount_cents
    if command.expires_on is not UNSET:
        row.expires_on = command.expires_on
    if command.note is not UNSET:
        row.note = command.note
    _move_lot(acting, one, row, before)
    row.save(update_fields=["amount_cents", "expires_on", "note", "lot_number"])
    acting.save()
    return Answer()


def void_reward(command: VoidReward, acting: Acting) -> Answer:
    """Rule 10.10: a reward not redeemed yet becomes void, with the reason."""
    row, one = _find(command.reward, acting)
    rules.check_unredeemed(row.external_id, row.state)
    lot = crediting.lot_of(one, row)
    why = {"because": "reward_voided", "reward": row.external_id, "reason": command.reason}
    entry = crediting.entry_of(acting, "adjustment", -row.amount_cents, "void", why)
    crediting.credit_of(one).take(entry, [(lot, row.amount_cents)])
    models.Reward.objects.filter(id=row.id).update(state="void", void_reason=command.reason)
    acting.save()
    return Answer()


def _move_lot(
    acting: Acting, one: GuestWork, row: models.Reward, before: tuple[int, date | None]
) -> None:
    """An amount edited moves the credit to a new lot, a last day stays with its lot."""
    lot = crediting.lot_of(one, row)
    cents, last_day = before
    if row.amount_cents == cents and row.expires_on == last_day:
        return
    why: dict[str, Any] = {
        "because": "reward_edited",
        "reward": row.external_id,
        "cents": [cents, row.amount_cents],
        "expires_on": [_text(last_day), _text(row.expires_on)],
    }
    book = crediting.credit_of(one)
    if row.amount_cents == cents:
        lot.expires_on = row.expires_on
        book.touched[lot.number] = lot
        book.post(crediting.entry_of(acting, "adjustment", 0, "edit", why))
        return
    book.take(
        crediting.entry_of(acting, "adjustment", -cents, "edit_from", why), [(lot, cents)]
    )
    into = crediting.entry_of(acting, "adjustment", row.amount_cents, "edit_into", why)
    moved = crediting.open_lot(one, into, earned_on=row.issued_on, expires_on=row.expires_on)
    row.lot_number = moved.number


# -- on the invoice ---------------------------------------------------------------------------


def redeem_reward(command: RedeemReward, acting: Acting) -> Answer:
    """Rule 10.8: the reward pays what is due, and its rest is a new reward or forfeited."""
    row, one = _find(command.reward, acting)
    owner, invoice = acting.invoice(command.invoice)
    redemption.check_open(invoice)
    rules.check_redeemable(
        row.external_id, row.state, row.expires_on, acting.on, is_own=owner == one.key
    )
    cents = crediting.apply_reward(acting, one, row, invoice=invoice, redemption_id=command.id)
    acting.save()
    invoicing.refresh(acting.company, owner, invoice, on=acting.on)
    return Answer(detail={"applied": acting.company.money(cents)})


def undo_redeem_reward(command: UndoRedeemReward, acting: Acting) -> Answer:
    """Rule 10.8: unticking restores everything; refused while the rest is used elsewhere."""
    row, one = _find(command.reward, acting)
    owner, invoice = acting.invoice(command.invoice)
    redemption.check_open(invoice)
    if row.state != "redeemed" or row.invoice_id != invoice.key:
        raise Refused(
            "not_undoable",
            said(
                "Reward {external_id} does not pay for invoice {id}.",
                external_id=row.external_id,
                id=invoice.id,
            ),
            field="reward",
            value=row.external_id,
        )
    rest = crediting.rest_of(row)
    if rest is not None and rest.state in ("redeemed", "held"):
        raise Refused(
            "remainder_used",
            said(
                "The rest of reward {external_id}, {external_id_2}, is {state}; give that"
                " back first.",
                external_id=row.external_id,
                external_id_2=rest.external_id,
                state=rest.state,
            ),
            field="reward",
            value=row.external_id,
            detail={"rest": rest.external_id},
        )
    tender = _standing(invoice).get(reward_ref=row.external_id)
    crediting.restore(acting, one, row, tender)
    models.Redemption.objects.filter(id=tender.id).update(state="undone")
    acting.save()
    invoicing.refresh(acting.company, owner, invoice, on=acting.on)
    return Answer()


# -- freed by the facts -----------------------------------------------------------------------


def release_rewards(
    company: Company, invoices: Sequence[UUID], *, stamp: Stamp, on: date
) -> int:
    """Rule 10.9: an invoice void or refunded whole frees its rewards; returns how many."""

    def release() -> int:
        n_freed = 0
        for owner, invoice in load.invoices_where("i.id IN %s", [list(invoices)]):
            if not all(one.is_points for one in invoice.applied):
                acting = Acting(company, invoice.source, stamp.at, on, stamp.by)
                n_freed += _release(acting, owner, invoice.id)
        return n_freed

    return transactions.write(release)


def _release(acting: Acting, owner: UUID, ref: str) -> int:
    """A refunded invoice keeps them as tenders, since a refund does not raise what is due."""
    one = acting.open([owner])[owner]
    _, invoice = acting.invoice(ref)
    is_void = invoice.status == "void"
    tenders = list(_standing(invoice).order_by("redeemed_at", "external_id"))
    if not tenders or not (is_void or invoice.is_refunded_whole):
        return 0
    taken = [tender for tender in tenders if not tender.returned_points]
    for tender in taken:
        row = models.Reward.objects.get(external_id=tender.reward_ref)
        crediting.restore(acting, one, row, tender)
        models.Redemption.objects.filter(id=tender.id).update(returned_points=tender.paid_cents)
    if is_void:
        _standing(invoice).update(state="returned")
    acting.save()
    invoicing.refresh(acting.company, owner, invoice, on=acting.on)
    return len(taken)


def _standing(invoice: Invoice) -> Any:
    return models.Redemption.objects.filter(
        invoice_id=invoice.key, unit=CREDIT, state="standing"
    )


# -- finding ----------------------------------------------------------------------------------


def _find(code: str, acting: Acting) -> tuple[models.Reward, GuestWork]:
    """The reward as it is once its guest is locked."""
    owners = models.Reward.objects.filter(external_id=code).values_list("guest_id", flat=True)
    owner = owners.first()
    if owner is None:
        raise unknown_reference("reward", code, field="reward")
    one = acting.open([owner])[owner]
    return models.Reward.objects.get(external_id=code), one


def _check_code_is_free(code: str) -> None:
    if models.Reward.objects.filter(external_id=code).exists():
        raise Refused(
            "conflict",
            said("There is a reward {code} already.", code=code),
            field="id",
            value=code,
        )


def _status_of(guest: UUID) -> dict[str, Any]:
    """Rule 10.6: what staff are reminded of after a reward by hand."""
    row = models.Guest.objects.filter(id=guest).values_list(
        "status__external_id", "status__include_in_loyalty_rewards"
    )
    status, is_included = row.get()
    return {"status": status, "include_in_loyalty_rewards": bool(is_included)}


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
