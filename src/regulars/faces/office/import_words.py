"""What imports are called on the pages: kinds, fields, states and totals."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Names = Mapping[str, str | Promise]

KINDS: Mapping[str, tuple[str, str | Promise, str | Promise]] = {
    "guests": (
        "users-round",
        _("Guests"),
        _("Names, phones, e-mails, birthdays. Bring these first: the others name them."),
    ),
    "invoices": (
        "receipt-text",
        _("Invoices"),
        _("One row for each line or invoice; lines and payments may be in files of their own."),
    ),
    "appointments": (
        "calendar",
        _("Appointments"),
        _("Visits that lie ahead, or those of the past."),
    ),
    "balances": (
        "coins",
        _("Opening balances"),
        _("The points that guests bring from the old system. Bring these last."),
    ),
}
"""By kind: icon, name, what is in such a file."""

FIELDS: Names = {
    "id": _("Number of the row"),
    "name": _("Full name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "birthday": _("Birthday"),
    "anniversary": _("Anniversary"),
    "status": _("Status"),
    "home_center": _("Home center"),
    "referred_by": _("Referred by"),
    "loyalty_opt_in": _("Takes part in the program"),
    "signup_at": _("Signed up on"),
    "signup_channel": _("Signed up through"),
    "invoice": _("Invoice number"),
    "guest": _("Guest"),
    "center": _("Center"),
    "opened_at": _("Invoice date"),
    "opened_time": _("Invoice time"),
    "closed_at": _("Closed at"),
    "line": _("Number of the line"),
    "item": _("Item of the catalog"),
    "kind": _("Kind of line"),
    "appointment": _("Appointment"),
    "quantity": _("Quantity"),
    "unit_price": _("Price of one"),
    "price": _("Price before discount"),
    "discount": _("Discount"),
    "tax": _("Tax"),
    "total": _("Total of the line"),
    "payment": _("Number of the payment"),
    "tender": _("Paid with"),
    "amount": _("Amount paid"),
    "paid_at": _("Paid at"),
    "refund_of": _("Refund of"),
    "refunded_line": _("Refunded line"),
    "paid_cash": _("Paid in cash"),
    "paid_card": _("Paid by card"),
    "paid_check": _("Paid by check"),
    "paid_custom": _("Paid otherwise"),
    "paid_gift_card": _("Paid with a gift card"),
    "paid_prepaid_card": _("Paid with a prepaid card"),
    "booked_at": _("Booked at"),
    "starts_at": _("Starts at"),
    "starts_time": _("Starting time"),
    "channel": _("Booked through"),
    "points": _("Points"),
    "earned_on": _("Earned on"),
    "expires_on": _("Good through"),
    "tier": _("Tier"),
    "comment": _("Comment"),
}
IDS: Names = {
    "guests": _("Guest number"),
    "appointments": _("Appointment number"),
    "balances": _("Number of the balance"),
}
"""What `id` is in a file of each kind."""

STATES: Mapping[str, tuple[str, str, str | Promise]] = {
    "looked_at": ("columns-3", "accent", pgettext_lazy("import", "columns to check")),
    "waiting": ("hourglass", "warn", pgettext_lazy("import", "waits for the worker")),
    "running": ("loader", "accent", pgettext_lazy("import", "under way")),
    "done": ("check", "good", pgettext_lazy("import", "done")),
    "tried": ("flask-conical", "accent", pgettext_lazy("import", "tried, not taken in")),
    "failed": ("circle-alert", "bad", pgettext_lazy("import", "could not be read")),
    "cancelled": ("ban", "", pgettext_lazy("import", "stopped")),
}
"""Icon, color, name."""

ROWS: Mapping[str, tuple[str, str, str | Promise]] = {
    "applied": ("check", "good", pgettext_lazy("import row", "taken in")),
    "unchanged": ("equal", "", pgettext_lazy("import row", "known already")),
    "pending": ("hourglass", "warn", pgettext_lazy("import row", "waits for approval")),
    "refused": ("circle-alert", "bad", pgettext_lazy("import row", "refused")),
}

TOTALS: Names = {
    "rows": _("Rows"),
    "records": _("Records"),
    "guests": _("Guests"),
    "invoices": _("Invoices"),
    "appointments": _("Appointments"),
    "points": _("Points"),
    "paid": _("Paid"),
    "refunded": _("Refunded"),
    "paid_cash": _("Paid in cash"),
    "paid_card": _("Paid by card"),
    "paid_check": _("Paid by check"),
    "paid_custom": _("Paid otherwise"),
    "paid_gift_card": _("Paid with a gift card"),
    "paid_prepaid_card": _("Paid with a prepaid card"),
    "paid_membership_credit": _("Paid with a membership"),
    "paid_package_credit": _("Paid with a package"),
}
EXPECTED: Mapping[str, tuple[str, ...]] = {
    "guests": ("rows", "guests"),
    "invoices": ("invoices", "paid", "refunded"),
    "appointments": ("rows", "appointments"),
    "balances": ("rows", "points"),
}
"""Totals that the old system may have told, by kind."""

TABLES: Mapping[str, tuple[str, str | Promise, str | Promise]] = {
    "guests": (
        "users-round",
        _("Guests"),
        _("Every guest with contact data, tier and balance."),
    ),
    "invoices": ("receipt-text", _("Invoices"), _("One row for each invoice, with its sums.")),
    "lines": ("list", _("Lines of invoices"), _("What was sold, by invoice.")),
    "payments": ("credit-card", _("Payments and refunds"), _("What was paid, by invoice.")),
    "appointments": ("calendar", _("Appointments"), _("Every visit that was booked.")),
    "lots": (
        "layers",
        _("Points that are open"),
        _("What is left of each award, and how long."),
    ),
    "entries": ("book-open", _("Ledger"), _("Every movement of points and reward credit.")),
    "rewards": ("gift", _("Rewards"), _("Every money reward, and what became of it.")),
}


def field_name(kind: str, field: str) -> str | Promise:
    """What a field of the contract is called in a file of this kind."""
    if field == "id":
        return IDS.get(kind, FIELDS["id"])
    return FIELDS.get(field, field)
