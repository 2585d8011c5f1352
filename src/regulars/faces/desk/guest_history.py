"""Who did what to a guest, when, and why: the journal, and what was agreed to (rule 11)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regulars.faces.desk import guest_words as words
from regulars.faces.desk.guest_frame import find_head, guest_shown, staff_names
from regulars.faces.shared.pages import page
from regulars.faces.shared.visits import Visit
from regulars.records.queries.audit import AuditLine, Sought, audit_lines
from regulars.records.queries.paging import Page
from regulars.rules.refusals import Refused
from regulars.services.exporting import record_of

LINES = 30
_KINDS: Mapping[str, tuple[str, str | Promise]] = {
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
    "appointment": _("visit"),
    "tier": _("tier"),
    "status": _("state"),
    "rating": _("rating"),
    "loyalty_opt_in": _("takes part"),
    "from": _("from"),
    "into": _("into"),
    "request": _("request"),
}
"""What of a record is told in its line, in this order."""


@page("guest-history/<path:ref>", example={"ref": "vivian-castellanos"}, under="clients")
def guest_history(visit: Visit, ref: str) -> HttpResponse:
    """The journal about the guest, the latest first."""
    find_head(ref)
    lines = audit_lines(Sought(guest=ref), after=_after(visit), limit=LINES + 1)
    more = lines[LINES - 1].row.id.hex if len(lines) > LINES else None
    guest = guest_shown(visit, ref)
    changes = guest.preferences.history if guest.preferences else ()
    names = staff_names(visit)
    context = {
        "guest": guest,
        "shown": Page(tuple(_row(visit, one, names) for one in lines[:LINES]), more),
        "consents": [
            {
                "change": one,
                "channel": words.TOLD_BY.get(one.channel, one.channel),
                "state": words.CONSENTS.get(one.state, one.state),
                "by": names.get(one.by or "", one.by),
            }
            for one in reversed(changes)
        ],
    }
    return visit.show("desk/guest_history.html", context)


def _after(visit: Visit) -> UUID | None:
    mark = visit.request.GET.get("after")
    if not mark:
        return None
    try:
        return UUID(mark)
    except ValueError:
        raise Refused(
            "invalid_record",
            gettext("This is no place in the list; begin it again."),
            field="after",
        ) from None


def _row(visit: Visit, line: AuditLine, names: Mapping[str, str]) -> dict[str, Any]:
    row = line.row
    icon, what = _KINDS.get(row.kind, ("file-text", row.kind.replace("_", " ")))
    said = record_of(row, visit.company.exponent)
    return {
        "line": row,
        "by": names.get(row.by or "", row.by),
        "icon": icon,
        "what": what,
        "told": [
            {"name": label, "value": _shown(said[name])}
            for name, label in _FIELDS.items()
            if said.get(name) is not None
        ],
        "why": [said[name] for name in ("reason", "comment", "note") if said.get(name)],
    }


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value
