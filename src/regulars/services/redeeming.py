"""Pay part of an open invoice with points, and take that back (rules 7.1 to 7.6, 7.8)."""

from dataclasses import dataclass
from uuid import UUID

from regulars.records import codec, load, models, save
from regulars.records.load import GuestWork
from regulars.rules import redemption
from regulars.rules.facts import Invoice
from regulars.rules.lots import POINTS, Entry
from regulars.rules.program import Program
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import invoicing
from regulars.services.acting import Acting, Answer
from regulars.services.formats.commands import RedeemPoints, UndoRedeemPoints


@dataclass(frozen=True, slots=True)
class Tender:
    """Points about to stand on an invoice."""

    id: str
    invoice: Invoice
    points: int
    cents: int
    program: Program


def redeem_points(command: RedeemPoints, acting: Acting) -> Answer:
    """Rule 7.2: tender and debit commit together or not at all (7.8)."""
    one = acting.guest(command.guest)
    invoice = own_invoice(acting, one, command.invoice)
    _check_tier_is_known(acting, command.tier)
    check_id_is_free(command.id)
    redemption.check_open(invoice)
    program = program_to_redeem(acting, one)
    redemption.check_lines(program, invoice)
    lots = one.points.spendable(acting.on, tier=command.tier, except_source=invoice.source)
    limits = redemption.limits_of(program, invoice, available=sum(lot.free for lot in lots))
    cents = redemption.check_points(command.points, limits, exponent=acting.company.exponent)
    tender = Tender(command.id, invoice, command.points, cents, program)
    entry = entry_of(acting, tender)
    one.points.debit(entry, lots)
    stand(acting, one, tender, entry)
    acting.save()
    invoicing.refresh(acting.company, one.key, invoice, on=acting.on)
    return Answer(detail={"points": command.points, "value": acting.company.money(cents)})


def undo_redeem_points(command: UndoRedeemPoints, acting: Acting) -> Answer:
    """Rule 7.6: the same lots with their dates; what lapsed meanwhile is good for 30 days."""
    ref = command.redemption
    one, invoice_ref = _guest_and_invoice_of(acting, ref)
    _, invoice = acting.invoice(invoice_ref)
    redemption.check_open(invoice)
    found = next((one for one in invoice.redemptions if one.id == ref), None)
    left = [] if found is None else [(number, left) for number, left in found.draws if left]
    if found is None or not left:
        raise Refused(
            "not_undoable",
            said("The points of redemption {ref} have come back already.", ref=ref),
            field="redemption",
            value=ref,
        )
    points = sum(part for _, part in left)
    _give_back(acting, one, invoice, left)
    found.returned += points
    found.draws = [(number, 0) for number, _ in found.draws]
    save.redemptions([found])
    models.Redemption.objects.filter(id=found.key).update(state="undone")
    acting.save()
    invoicing.refresh(acting.company, one.key, invoice, on=acting.on)
    return Answer(detail={"points": points})


def _guest_and_invoice_of(acting: Acting, ref: str) -> tuple[GuestWork, str]:
    rows = models.Redemption.objects.filter(unit=POINTS, external_id=ref)
    found = rows.values_list("guest_id", "invoice__external_id").first()
    if found is None:
        raise unknown_reference("redemption", ref, field="redemption")
    guest, invoice_ref = found
    return acting.open([guest])[guest], invoice_ref


def _give_back(
    acting: Acting, one: GuestWork, invoice: Invoice, draws: list[tuple[int, int]]
) -> None:
    load.add_closed_lots([(one, [number for number, _ in draws], [])])
    points = sum(part for _, part in draws)
    why = {"because": "redemption_undone", "invoice": invoice.id, "points": points}
    entry = Entry("redemption_return", points, acting.on, acting.name, acting.name, why)
    lots = [(one.points.lots[number], part) for number, part in draws]
    one.points.give_back(entry, lots, on=acting.on)


# -- what holds share -------------------------------------------------------------------------


def own_invoice(acting: Acting, one: GuestWork, ref: str) -> Invoice:
    """The invoice, which must be the guest's own."""
    owner, invoice = acting.invoice(ref)
    check_is_own(one, owner, invoice)
    return invoice


def check_is_own(one: GuestWork, owner: UUID, invoice: Invoice) -> None:
    if owner != one.key:
        raise Refused(
            "invalid_record",
            said(
                "Invoice {id} is another guest's, not {id_2}'s.",
                id=invoice.id,
                id_2=one.facts.id,
            ),
            field="guest",
            value=one.facts.id,
        )


def check_id_is_free(ref: str) -> None:
    """A capture gives its id to the redemption it makes, so the two share their ids."""
    if models.Redemption.objects.filter(unit=POINTS, external_id=ref).exists():
        raise Refused(
            "conflict",
            said("There is a redemption {ref} already.", ref=ref),
            field="id",
            value=ref,
        )


def program_to_redeem(acting: Acting, one: GuestWork) -> Program:
    """Rule 7.4: the version in force, if the guest may redeem points under it."""
    program = acting.program
    redemption.check_standing(program, one.facts.standing.tier, one.points.points)
    assert program is not None
    return program


def entry_of(acting: Acting, tender: Tender) -> Entry:
    why = {
        "because": "redeemed",
        "invoice": tender.invoice.id,
        "points": tender.points,
        "value_cents": tender.cents,
    }
    return Entry(
        "redemption",
        -tender.points,
        acting.on,
        acting.name,
        acting.name,
        why,
        version=tender.program.version,
    )


def stand(acting: Acting, one: GuestWork, tender: Tender, entry: Entry) -> None:
    """The tender line on the invoice, with the lots it was drawn from."""
    terms = tender.program.redemption
    models.Redemption.objects.create(
        guest_id=one.key,
        invoice_id=tender.invoice.key,
        external_id=tender.id,
        unit=POINTS,
        points=tender.points,
        paid_cents=tender.cents,
        is_pre_tax=terms.tax == "pre_tax",
        item_kinds=codec.text_of(sorted(terms.item_kinds)),
        redeemed_at=acting.at,
        redeemed_on=acting.on,
        draws=codec.text_of([(draw.number, draw.points) for draw in entry.draws]),
        state="standing",
    )


def _check_tier_is_known(acting: Acting, tier: str | None) -> None:
    """Lots keep the tier that earned them, so a tier of any version may be named (rule 7.1)."""
    versions = acting.company.versions.programs
    if tier is not None and not any(program.tier(tier) for program in versions):
        raise unknown_reference("tier", tier, field="tier")
