"""The reports in the reader's language: what each answers, its columns, choices and figures.

A report's own words are English, in files and for programs; here they are listed so that they
can be said in other languages. What is not among them is shown as it is.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_noop as _

ICONS: Mapping[str, str] = {
    "liability": "scale",
    "points": "sparkles",
    "expirations": "hourglass",
    "reward-activity": "activity",
    "rewards-outstanding": "gift",
    "tier-movements": "arrow-up-down",
    "guests": "users-round",
}
TITLES: Mapping[str, str | Promise] = {
    "liability": gettext_lazy("Liability"),
    "points": gettext_lazy("Points"),
    "expirations": gettext_lazy("Expirations"),
    "reward-activity": gettext_lazy("Reward activity"),
    "rewards-outstanding": gettext_lazy("Rewards outstanding"),
    "tier-movements": gettext_lazy("Tier movements"),
    "guests": gettext_lazy("Guest list"),
}
ANSWERS: Mapping[str, str | Promise] = {
    "liability": gettext_lazy("What do we owe our guests at the end of a day?"),
    "points": gettext_lazy("What became of points in these days?"),
    "expirations": gettext_lazy("What has expired, and what will?"),
    "reward-activity": gettext_lazy("What happened to rewards in these days?"),
    "rewards-outstanding": gettext_lazy("Which rewards were open at the end of a day?"),
    "tier-movements": gettext_lazy("Who moved between tiers, and why?"),
    "guests": gettext_lazy("Who are our guests, and what do they hold?"),
}
FIELDS: Mapping[str, str | Promise] = {
    "as_of": gettext_lazy("As of the end of"),
    "from": pgettext_lazy("day", "From"),
    "to": pgettext_lazy("day", "To"),
    "by": gettext_lazy("A row for each"),
    "date_kind": gettext_lazy("Which day counts"),
    "center": gettext_lazy("Center"),
    "tier": gettext_lazy("Tier"),
    "status": gettext_lazy("Status"),
    "source": gettext_lazy("Source"),
    "happening": gettext_lazy("What happened"),
    "included": gettext_lazy("In loyalty rewards"),
    "has_rewards": gettext_lazy("Has rewards"),
    "search": gettext_lazy("Name, phone or e-mail"),
    "expiring_until": gettext_lazy("Reward ends by"),
    "columns": gettext_lazy("Columns"),
}
CHOICES: Mapping[str, str | Promise] = {
    "tier": gettext_lazy("tier"),
    "guest": gettext_lazy("guest"),
    "center": gettext_lazy("center"),
    "action": gettext_lazy("action"),
    "month": gettext_lazy("month"),
    "day": gettext_lazy("day"),
    "event": gettext_lazy("event"),
    "source": gettext_lazy("source"),
    "move": gettext_lazy("move"),
    "entry": gettext_lazy("the day of the entry"),
    "earned": gettext_lazy("the day the points were earned"),
    "invoice": gettext_lazy("the day of the invoice"),
    "all": gettext_lazy("all"),
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "expired": gettext_lazy("expired"),
    "to_expire": gettext_lazy("to expire"),
    "run": gettext_lazy("from a run"),
    "manual": gettext_lazy("by hand"),
    "issued": gettext_lazy("issued"),
    "edited": gettext_lazy("edited"),
    "redeemed": gettext_lazy("redeemed"),
    "returned": gettext_lazy("given back"),
    "remainder": gettext_lazy("remainder"),
    "forfeited": gettext_lazy("forfeited"),
    "void": gettext_lazy("void"),
    "moved": gettext_lazy("moved by a merge"),
    "held": gettext_lazy("held"),
    "remainder issued": gettext_lazy("remainder issued"),
    "remainder taken off": gettext_lazy("remainder taken off"),
    "expiry taken back": gettext_lazy("expiry taken back"),
    "enrolled": gettext_lazy("enrolled"),
    "upgraded": gettext_lazy("upgraded"),
    "downgraded": gettext_lazy("downgraded"),
    "unenrolled": gettext_lazy("unenrolled"),
    "same tier": gettext_lazy("same tier"),
    "in no tier": gettext_lazy("in no tier"),
    "outside a tier": gettext_lazy("outside a tier"),
    "no center": gettext_lazy("no center"),
    "by hand or otherwise": gettext_lazy("by hand or otherwise"),
    "close of the day": gettext_lazy("close of the day"),
    "monthly check": gettext_lazy("monthly check"),
    "tier retired": gettext_lazy("tier retired"),
    "guests merged": gettext_lazy("guests merged"),
}
"""Words of choices and of cells."""

# Titles of columns, labels of figures, sentences: as the reports have them.
_("Open points"), _("of these held"), _("of these locked"), _("Value of points")
_("Open rewards"), _("Amount of rewards"), _("of it held"), _("Points owed by guests")
_("of these not locked"), _("All entries of points"), _("Value of open points")
_("Guests who owe points"), _("Guest"), _("Guests"), _("Name"), _("Action"), _("Month")
_("Day"), _("Brought in"), _("Awarded"), _("Reversed"), _("Redeemed"), _("Given back")
_("Expired"), _("Adjusted"), _("Forfeited"), _("Transferred"), _("Net"), _("Net of these")
_("Points before, less owed"), _("Net of the range"), _("Points after, less owed")
_("Gone on"), _("Last day"), _("Points expired"), _("Points to expire")
_("Rewards expired"), _("Rewards to expire"), _("their value"), _("Date"), _("Reward")
_("Amount"), _("Run"), _("Invoice"), _("By"), _("Issued"), _("Edited"), _("Remainders")
_("Void"), _("Merged guests"), _("Outstanding before"), _("Outstanding after")
_("Issued as remainders"), _("Posted to the ledger of credit"), _("Times")
_("All that happened"), _("Issued on"), _("Expires on"), _("Days left"), _("Note")
_("Outstanding"), _("Expired and never used, still in the ledger")
_("All entries of credit"), _("From"), _("To"), _("Direction"), _("Cause"), _("Spend")
_("Comment"), _("Moves"), _("Enrolled"), _("Upgraded"), _("Downgraded"), _("Unenrolled")
_("Same tier"), _("Moves from (rows) to (columns)"), _("From \\ to"), _("Total"), _("Phone")
_("E-mail"), _("Home center"), _("In rewards"), _("Opted in"), _("Since"), _("Rewards")
_("Next expiry"), _("Known since"), _("As of"), _("Books closed through")
_("Value of a point"), _("Date kind"), _("Included"), _("Has rewards"), _("Search")
_("Expiring until"), _("Sort"), _("Order"), _("Happening")


def word(text: str) -> str:
    """A title or a label of a report."""
    return gettext(text) if text else ""


def parameter(text: str) -> str:
    """What was asked for, as the form calls it: a column may have the same English word."""
    return str(FIELDS[text.lower()]) if text in ("From", "To", "By") else word(text)


def choice(text: str) -> str:
    """A word of a choice or of a cell; what is none stays as it is."""
    return str(CHOICES.get(text, text))
