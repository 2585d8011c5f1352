"""A reward's credit: used on an invoice, split into its rest, given back (rules 10.8, 10.9).

A reward is a row with a code and a lot of credit in the guest's ledger; every act here changes
both. `rest_of` names the reward whose rest a reward is, while that one stands redeemed.
"""

from datetime import date
from typing import Any

from regulars.records import codec, load, models
from regulars.records.ids import uuid7
from regulars.records.load import GuestWork
from regulars.rules import redemption
from regulars.rules import rewards as rules
from regulars.rules.facts import Applied, Invoice
from regulars.rules.lots import CREDIT, Book, Entry, Lot
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services.acting import Acting

LONGEST_CODE = 260


# -- on the invoice ---------------------------------------------------------------------------


def payable_cents(acting: Acting, invoice: Invoice) -> int:
    """What the invoice still takes of a reward; it lies on all lines (rules 4.1, 10.8)."""
    terms = rules.terms_of(acting.program)
    is_before_tax = terms.apply == "before_tax"
    return redemption.payable_cents(invoice, None, is_before_tax=is_before_tax)


def apply_reward(
    acting: Acting, one: GuestWork, row: models.Reward, *, invoice: Invoice, redemption_id: str
) -> int:
    """Use an issued reward on an open invoice; returns how much of it was applied."""
    terms = rules.terms_of(acting.program)
    payable = payable_cents(acting, invoice)
    rules.check_payable(row.external_id, payable)
    share = rules.share_of(row.amount_cents, payable, terms)
    lot = lot_of(one, row)
    why: dict[str, Any] = {
        "because": "reward_redeemed",
        "reward": row.external_id,
        "invoice": invoice.id,
        "cents": share.applied_cents,
    }
    about = f"{row.external_id}:redeemed"
    entry = entry_of(acting, "redemption", -share.applied_cents, about, why)
    credit_of(one).take(entry, [(lot, share.applied_cents)])
    if share.forfeited_cents:
        _forfeit(acting, one, row, share.forfeited_cents)
    if share.rest_cents:
        _issue_rest(acting, one, row, share.rest_cents)
    _stand(acting, one, row, invoice=invoice, tender=_tender_id(redemption_id), share=share)
    return share.applied_cents


def _stand(
    acting: Acting,
    one: GuestWork,
    row: models.Reward,
    *,
    invoice: Invoice,
    tender: str,
    share: rules.Share,
) -> None:
    """The tender line on the invoice, in the records and in the facts at hand."""
    is_pre_tax = rules.terms_of(acting.program).apply == "before_tax"
    models.Redemption.objects.create(
        guest_id=one.key,
        invoice_id=invoice.key,
        external_id=tender,
        unit=CREDIT,
        reward_ref=row.external_id,
        points=0,
        paid_cents=share.applied_cents,
        is_pre_tax=is_pre_tax,
        redeemed_at=acting.at,
        redeemed_on=acting.on,
        draws=codec.text_of([(row.lot_number, share.applied_cents)]),
        state="standing",
    )
    models.Reward.objects.filter(id=row.id).update(
        state="redeemed", applied_cents=share.applied_cents, invoice_id=invoice.key
    )
    applied = Applied(
        tender,
        is_points=False,
        cents=share.applied_cents,
        at=acting.at,
        pre_tax=is_pre_tax,
    )
    invoice.applied = (*invoice.applied, applied)


def _tender_id(wanted: str) -> str:
    """The command's own id, where no capture has made a tender of that name."""
    taken = models.Redemption.objects.filter(unit=CREDIT, external_id=wanted).exists()
    return uuid7().hex if taken or len(wanted) > 200 else wanted


# -- the rest ---------------------------------------------------------------------------------


def rest_of(row: models.Reward) -> models.Reward | None:
    """The rest that the reward's standing redemption left, None where it left none."""
    rest: models.Reward | None = models.Reward.objects.filter(rest_of=row.external_id).first()
    return rest


def _forfeit(acting: Acting, one: GuestWork, row: models.Reward, cents: int) -> None:
    why = {"because": "rest_forfeited", "reward": row.external_id, "cents": cents}
    entry = entry_of(acting, "forfeiture", -cents, f"{row.external_id}:forfeited", why)
    credit_of(one).take(entry, [(lot_of(one, row), cents)])


def _issue_rest(acting: Acting, one: GuestWork, row: models.Reward, cents: int) -> None:
    """Rule 10.8: a new reward of the same expiry, issued on the day of the redemption."""
    code, void = _code_for_rest(row)
    why = {"because": "rest_of_reward", "reward": row.external_id, "rest": code, "cents": cents}
    out = entry_of(acting, "transfer", -cents, f"{row.external_id}:rest_from", why)
    credit_of(one).take(out, [(lot_of(one, row), cents)])
    into = entry_of(acting, "transfer", cents, f"{row.external_id}:rest_into", why)
    lot = open_lot(one, into, earned_on=acting.on, expires_on=row.expires_on)
    rest = void or models.Reward(guest_id=one.key, external_id=code)
    rest.lot_number, rest.amount_cents, rest.applied_cents = lot.number, cents, 0
    rest.state, rest.issued_on, rest.expires_on = "issued", acting.on, row.expires_on
    rest.source, rest.run_id, rest.rest_of = row.source, row.run_id, row.external_id
    rest.note, rest.void_reason, rest.issued_by = row.note, None, acting.by
    rest.save(force_insert=void is None)


def _code_for_rest(row: models.Reward) -> tuple[str, models.Reward | None]:
    """`<reward>:rest`; a rest made void by unticking gives its name to the next one."""
    wanted = code = rules.code_of_rest(row.external_id)
    for number in range(2, 1000):
        known = models.Reward.objects.filter(external_id=code).first()
        if known is None:
            break
        if known.state == "void" and known.rest_of is None and known.guest_id == row.guest_id:
            return code, known
        code = f"{wanted}{number}"
    if len(code) > LONGEST_CODE:
        raise Refused(
            "invalid_record",
            said(
                "The rest of reward {external_id} would have too long a name.",
                external_id=row.external_id,
            ),
            field="reward",
            value=row.external_id,
        )
    return code, None


# -- given back -------------------------------------------------------------------------------


def restore(
    acting: Acting, one: GuestWork, row: models.Reward, tender: models.Redemption
) -> None:
    """Rules 10.8, 10.9: the part applied comes back with its rest, which becomes void."""
    why = {"because": "reward_returned", "reward": row.external_id, "cents": row.applied_cents}
    about = f"{tender.external_id}:returned"
    entry = entry_of(acting, "redemption_return", row.applied_cents, about, why)
    give_back(one, row, entry, kind="redemption")
    rest = rest_of(row)
    back = _take_rest_back(acting, one, row, rest=rest, about=tender.external_id)
    models.Reward.objects.filter(id=row.id).update(
        state="issued",
        amount_cents=row.applied_cents + back,
        applied_cents=0,
        invoice_id=None,
    )


def _take_rest_back(
    acting: Acting,
    one: GuestWork,
    row: models.Reward,
    *,
    rest: models.Reward | None,
    about: str,
) -> int:
    """A rest used or held stays so; what was forfeited comes back like a rest (rule 10.8)."""
    held = None if rest is None else rest.amount_cents if rest.state == "issued" else 0
    back = rules.restored_rest(row.amount_cents, row.applied_cents, held)
    why = {"because": "rest_returned", "reward": row.external_id, "cents": back}
    if rest is not None and rest.state == "issued":
        lot = lot_of(one, rest)
        out = entry_of(acting, "transfer", -back, f"{about}:rest_from", why)
        credit_of(one).take(out, [(lot, back)])
        if lot.remaining:
            surplus = entry_of(acting, "adjustment", -lot.remaining, f"{about}:surplus", why)
            credit_of(one).take(surplus, [(lot, lot.remaining)])
        rest.state, rest.void_reason = "void", f"{row.external_id} came back"
    if rest is not None:
        rest.rest_of = None
        rest.save(update_fields=["state", "void_reason", "rest_of"])
    if back:
        kind = "forfeiture" if rest is None else "transfer"
        into = entry_of(acting, kind, back, f"{about}:rest_into", why)
        give_back(one, row, into, kind=kind)
    return back


# -- the credit book --------------------------------------------------------------------------


def credit_of(one: GuestWork) -> Book:
    """The guest's credit, opened after the points, with which it shares its lot numbers."""
    if CREDIT not in one.books:
        load.open_credit([one])
    return one.books[CREDIT]


def lot_of(one: GuestWork, row: models.Reward) -> Lot:
    """The reward's lot, emptied or not."""
    book = credit_of(one)
    if row.lot_number not in book.lots:
        columns = load.LOT_COLUMNS.replace(",", " ").split()[1:]
        found = models.Lot.objects.filter(guest_id=one.key, number=row.lot_number)
        book.lots[row.lot_number] = Lot(*found.values_list(*columns).get())
    return book.lots[row.lot_number]


def open_lot(one: GuestWork, entry: Entry, *, earned_on: date, expires_on: date | None) -> Lot:
    credit_of(one).credit(entry, earned_on=earned_on, expires_on=expires_on, tier=None)
    [lot] = entry.lots_opened
    return lot


def give_back(one: GuestWork, row: models.Reward, entry: Entry, *, kind: str) -> None:
    """Credit keeps its last day, passed or not: the 30 days of rule 7.6 are for points."""
    lot = lot_of(one, row)
    credit_of(one).give_back(entry, [(lot, entry.points)], on=date.min, kind=kind)


def entry_of(acting: Acting, kind: str, cents: int, about: str, why: dict[str, Any]) -> Entry:
    program = acting.program
    return Entry(
        kind,
        cents,
        acting.on,
        acting.name,
        f"{acting.name}#{about}",
        why,
        version=None if program is None else program.version,
        unit=CREDIT,
    )
