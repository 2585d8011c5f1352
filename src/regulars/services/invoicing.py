"""What follows from an invoice at once: its spend, its sales, whether it is paid in full."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from regulars.records import load, models
from regulars.rules import billing
from regulars.rules.facts import Invoice
from regulars.services.organizations import Company


@dataclass(frozen=True, slots=True)
class Standing:
    """The columns of an invoice that are computed from its document and what stands on it."""

    points_cents: int
    rewards_cents: int
    qualifying_cents: int
    paid_in_full_on: date | None
    was_paid_in_full: bool
    spend: dict[date, int]


def standing_of(company: Company, invoice: Invoice) -> Standing:
    """Recompute them (rules 4.1, 4.3, 10.4). Sets the invoice's own paid-in-full facts too."""
    invoice.paid_in_full_on = billing.paid_in_full_since(invoice)
    invoice.was_paid_in_full = invoice.was_paid_in_full or invoice.paid_in_full_on is not None
    return Standing(
        points_cents=sum(one.cents for one in invoice.applied if one.is_points),
        rewards_cents=sum(one.cents for one in invoice.applied if not one.is_points),
        qualifying_cents=billing.qualifying_sales(invoice),
        paid_in_full_on=invoice.paid_in_full_on,
        was_paid_in_full=invoice.was_paid_in_full,
        spend=billing.spend_by_day(invoice, company.versions),
    )


def refresh(company: Company, owner: UUID, invoice: Invoice, *, on: date) -> Standing:
    """Bring the row and its spend up to date after a redemption or its undoing.

    Where that changes what payments spent on lines that earn, as undoing does beside a tip, the
    close of `on` settles the points too (rules 4.1, 5.2); and where money was refunded before,
    what of the points goes back with it (7.6), not only once the invoice is sent again.
    """
    invoice.applied = ()
    invoice.redemptions.clear()
    load.add_redemptions([invoice])
    standing = standing_of(company, invoice)
    models.Invoice.objects.filter(id=invoice.key).update(
        points_paid_cents=standing.points_cents,
        rewards_paid_cents=standing.rewards_cents,
        qualifying_cents=standing.qualifying_cents,
        paid_in_full_on=standing.paid_in_full_on,
        was_paid_in_full=standing.was_paid_in_full,
    )
    is_spend_changed = _keep_spend(owner, invoice, standing.spend)
    if is_spend_changed or invoice.refunds:
        in_line = Q(settle_on__isnull=True) | Q(settle_on__gt=on)
        models.Invoice.objects.filter(in_line, id=invoice.key).update(settle_on=on)
    return standing


def _keep_spend(owner: UUID, invoice: Invoice, spend: dict[date, int]) -> bool:
    """Write what was spent where it is another than before; True if it is."""
    rows = models.Spend.objects.filter(invoice=invoice.key)
    if dict(rows.values_list("paid_on", "spend_cents")) == spend:
        return False
    rows.delete()
    models.Spend.objects.bulk_create(
        models.Spend(guest_id=owner, invoice_id=invoice.key, paid_on=paid_on, spend_cents=cents)
        for paid_on, cents in spend.items()
    )
    return True
