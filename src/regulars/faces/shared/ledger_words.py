"""What people call the actions that earn points, the kinds of entries, why a tier changed."""

from django.utils.translation import gettext_lazy, pgettext_lazy

ACTION_NAMES = {
    "amount_spent": gettext_lazy("Money spent"),
    "amount_spent_anniversary": gettext_lazy("Money spent on the anniversary"),
    "amount_spent_birthday": gettext_lazy("Money spent on the birthday"),
    "rebook": gettext_lazy("Rebooked"),
    "feedback": gettext_lazy("Feedback"),
    "online_signup": gettext_lazy("Signed up online"),
    "online_booking": gettext_lazy("Booked online"),
    "shared_feedback": gettext_lazy("Shared feedback"),
    "welcome_bonus": gettext_lazy("Welcome bonus"),
    "referral_visit": gettext_lazy("Referral: first visit"),
    "referral_membership": gettext_lazy("Referral: membership"),
    "referral_package": gettext_lazy("Referral: package"),
}
ENTRY_NAMES = {
    "accrual": gettext_lazy("Awarded"),
    "redemption": gettext_lazy("Redeemed"),
    "redemption_return": gettext_lazy("Given back after a redemption"),
    "reversal": gettext_lazy("Taken back"),
    "expiry": gettext_lazy("Ended"),
    "adjustment": gettext_lazy("Changed by hand"),
    "forfeiture": gettext_lazy("Forfeited"),
    "transfer": gettext_lazy("Moved by a merge"),
    "opening_balance": gettext_lazy("Brought along"),
}
CAUSE_NAMES = {
    "close": pgettext_lazy("why a tier changed", "close of business"),
    "check": pgettext_lazy("why a tier changed", "monthly check"),
    "retire": pgettext_lazy("why a tier changed", "tier retired"),
}
REASONS = {
    "goodwill": gettext_lazy("Goodwill"),
    "correction": gettext_lazy("Correction"),
    "promotion": gettext_lazy("Promotion"),
    "service_recovery": gettext_lazy("Something went wrong"),
    "other": gettext_lazy("Other"),
}
"""Why points are added by hand (rule 9.2)."""
