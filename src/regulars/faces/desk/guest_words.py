"""Codes of the books as staff read them: kinds, actions, states, reasons, in their language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = dict[str, str | Promise]

KINDS: Words = {
    "accrual": _("Earned"),
    "redemption": _("Redeemed"),
    "redemption_return": _("Given back"),
    "reversal": _("Taken back"),
    "expiry": _("Expired"),
    "adjustment": _("By hand"),
    "forfeiture": _("Ended"),
    "transfer": _("Moved by a merge"),
    "opening_balance": _("Opening balance"),
}
ACTIONS: Words = {
    "amount_spent": _("Amount spent"),
    "amount_spent_anniversary": _("Spent on the anniversary"),
    "amount_spent_birthday": _("Spent on the birthday"),
    "rebook": _("Booked again at the visit"),
    "feedback": _("Feedback"),
    "online_signup": _("Signed up online"),
    "online_booking": _("Booked online"),
    "shared_feedback": _("Shared feedback"),
    "welcome_bonus": _("Welcome bonus"),
    "referral_visit": _("Referral: visit"),
    "referral_membership": _("Referral: membership"),
    "referral_package": _("Referral: package"),
}
OCCASION_STATES: Words = {
    "paid": pgettext_lazy("points", "paid"),
    "nothing": pgettext_lazy("points", "paid nothing"),
    "taken_back": pgettext_lazy("points", "taken back"),
}
TOLD_BY: Words = {
    "email": _("E-mail"),
    "sms": _("Text message"),
    "language": _("Language"),
}
CONSENTS: Words = {
    "given": _("agreed"),
    "withdrawn": _("does not want it"),
    "bounced": _("came back"),
}
INVOICE_STATES: Words = {
    "open": pgettext_lazy("invoice", "open"),
    "closed": pgettext_lazy("invoice", "closed"),
    "void": pgettext_lazy("invoice", "void"),
}
COLUMNS: Words = {
    "name": _("Name"),
    "id": _("Number"),
    "categories": _("Categories"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "birthday": _("Birthday"),
    "home_center": _("Home center"),
    "status": _("Status"),
    "included": _("In loyalty rewards"),
    "opted_in": _("Takes part"),
    "tier": _("Tier"),
    "tier_since": _("In the tier since"),
    "points": _("Points"),
    "points_end": _("Next points expiry"),
    "n_points_ending": _("Points expiring next"),
    "n_rewards": _("Rewards"),
    "rewards": _("Reward amount"),
    "rewards_end": _("Next reward expiry"),
    "last_visit": _("Last visit"),
    "known": _("Known since"),
}
"""Of the client list, by the names of `services/client_lists.py`."""
