"""A line of the journal as staff read it: what was done, to whom, why, by whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.faces.shared.ledger_words import REASONS
from regulars.faces.shared.visits import Visit
from regulars.records.queries.audit import AuditLine
from regulars.rules.amounts import parse_money
from regulars.services.exporting import record_of
from regulars.services.messages import languages

KINDS: Mapping[str, tuple[str, str | Promise]] = {
    "organization": ("building-2", _("Company")),
    "center": ("map-pin", _("Center")),
    "status": ("tag", _("Client status")),
    "item": ("package", _("Item of the catalog")),
    "program": ("sparkles", _("Program published")),
    "process_rewards": ("gift", _("Rewards processed")),
    "undo_process_rewards": ("undo-2", _("Processing of rewards undone")),
    "guest": ("user-round-pen", _("Record of the guest")),
    "appointment": ("calendar", _("Appointment")),
    "invoice": ("receipt-text", _("Invoice")),
    "feedback": ("message-square", _("Feedback")),
    "enroll": ("user-round-check", _("Enrolled")),
    "cancel_enrollment": ("user-round-x", _("Enrollment cancelled")),
    "set_opt_in": ("circle-check", _("Opt-in changed")),
    "add_points": ("plus", _("Points added")),
    "remove_points": ("minus", _("Points removed")),
    "extend_expiry": ("calendar-plus", _("More time for points")),
    "hold": ("lock", _("Set aside")),
    "redeem_points": ("coins", _("Points redeemed")),
    "undo_redeem_points": ("undo-2", _("Redemption of points taken back")),
    "opening_balance": ("archive-restore", _("Opening balance")),
    "approve": ("check", _("Approved")),
    "reject": ("x", _("Rejected")),
    "release_hold": ("lock-open", _("Set free")),
    "capture_hold": ("coins", _("Points set aside redeemed")),
    "issue_reward": ("gift", _("Reward given")),
    "edit_reward": ("pencil", _("Reward changed")),
    "void_reward": ("ban", _("Reward made void")),
    "redeem_reward": ("gift", _("Reward redeemed")),
    "undo_redeem_reward": ("undo-2", _("Redemption of a reward taken back")),
    "merge_guests": ("git-merge", _("Merged")),
    "undo_merge": ("undo-2", _("Merge undone")),
}
_FIELDS: Mapping[str, str | Promise] = {
    "points": _("points"),
    "amount": _("amount"),
    "expires_on": _("good through"),
    "from_expires_on": _("of"),
    "to_expires_on": _("good through"),
    "invoice": _("invoice"),
    "tier": _("tier"),
    "status": _("state"),
    "rating": _("rating"),
    "loyalty_opt_in": _("takes part"),
    "from": _("from"),
    "into": _("into"),
    "request": _("request"),
}
"""What of a record is told in its line, in this order."""

STATES: dict[tuple[str, str], str | Promise] = {
    ("invoice", "open"): pgettext_lazy("invoice", "open"),
    ("invoice", "closed"): pgettext_lazy("invoice", "closed"),
    ("invoice", "void"): pgettext_lazy("invoice", "void"),
    ("appointment", "booked"): _("booked"),
    ("appointment", "confirmed"): _("confirmed"),
    ("appointment", "checked_in"): _("here"),
    ("appointment", "completed"): _("done"),
    ("appointment", "cancelled"): _("cancelled"),
    ("appointment", "no_show"): _("did not come"),
}


def journal_line(visit: Visit, line: AuditLine, names: Mapping[str, str]) -> dict[str, Any]:
    """An icon, what was done, of what, why, and by whom; `names` are those of staff."""
    row = line.row
    icon, what = KINDS.get(row.kind, ("file-text", row.kind.replace("_", " ")))
    said = record_of(row, visit.company.exponent)
    return {
        "line": row,
        "by": names.get(row.by or "", row.by),
        "icon": icon,
        "what": what,
        "told": [
            {
                "field": name,
                # A state says of itself what it is.
                "name": "" if (row.kind, said[name]) in STATES else label,
                "value": _shown(visit, row.kind, name, said[name]),
            }
            for name, label in _FIELDS.items()
            if said.get(name) is not None
        ],
        "guest": guest_of(row.kind, said),
        "invoice": said["id"] if row.kind == "invoice" else said.get("invoice"),
        "why": [
            REASONS.get(said[name], said[name])
            for name in ("reason", "comment", "note")
            if said.get(name)
        ],
    }


def _shown(visit: Visit, kind: str, name: str, value: Any) -> Any:
    """A value as it is read: days, numbers and money written out, states and tiers by name."""
    tag = visit.language
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in ("status", "tier"):
        return (STATES | _tier_names(visit)).get(
            (kind if name == "status" else name, value), value
        )
    if name == "points":
        return languages.written_number(value, tag)
    if name == "amount":
        exponent = visit.company.exponent
        cents = parse_money(value, exponent, field="amount")
        currency = visit.company.currency
        return languages.written_money(cents, tag, currency=currency, exponent=exponent)
    is_day = name.endswith("expires_on")
    return languages.written_day(date.fromisoformat(value), tag, "medium") if is_day else value


def _tier_names(visit: Visit) -> dict[tuple[str, str], str | Promise]:
    programs = visit.company.versions.programs
    return {("tier", tier.id): tier.name for one in programs for tier in one.tiers}


def guest_of(kind: str, said: Mapping[str, Any]) -> str | None:
    """Whom a record is about; of a merge who stays."""
    if kind == "guest":
        return str(said["id"])
    ref = said.get("guest") or said.get("into")
    return ref if isinstance(ref, str) else None
