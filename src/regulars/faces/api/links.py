"""Which request follows from which answer, as the OpenAPI document's links."""

from collections.abc import Sequence
from typing import Any

Document = dict[str, Any]

_ASKED = "$request.path.id"
_TOLD = "$response.body#/id"
_FOLLOWS: dict[tuple[str, str], Sequence[str]] = {
    ("put_guest", _ASKED): (
        "get_guest guest_loyalty list_entries_of_guest list_lots_of_guest add_points"
        " enroll set_opt_in issue_reward"
    ).split(),
    ("put_appointment", _ASKED): ("get_appointment", "hold_of_appointments"),
    ("put_invoice", _ASKED): (
        "get_invoice invoice_loyalty redeem_points redeem_reward hold_of_invoices"
        " preview_refund"
    ).split(),
    ("put_feedback", _ASKED): ("get_feedback",),
    ("put_center", _ASKED): ("get_center",),
    ("put_status", _ASKED): ("get_status",),
    ("put_item", _ASKED): ("get_item",),
    ("redeem_points", _TOLD): ("undo_redeem_points",),
    ("hold_of_invoices", _TOLD): ("capture_hold", "release_hold"),
    ("hold_of_appointments", _TOLD): ("capture_hold", "release_hold"),
    ("issue_reward", _TOLD): ("get_reward", "edit_reward", "void_reward"),
    ("create_webhook", _TOLD): (
        "get_webhook change_webhook rotate_webhook_secret disable_webhook enable_webhook"
        " replay_webhook list_deliveries remove_webhook"
    ).split(),
    ("create_import", _TOLD): (
        "get_import set_import_mapping start_import list_import_rows cancel_import"
    ).split(),
}
"""After an operation, those that take the id it was asked with, or the one it told."""


def add_links(document: Document) -> None:
    """Beside each good answer, what may be asked next."""
    operations = {
        operation["operationId"]: operation
        for path in document["paths"].values()
        for operation in path.values()
    }
    for (name, value), others in _FOLLOWS.items():
        answers = operations[name]["responses"]
        good = next(status for status in answers if str(status).startswith("2"))
        answers[good]["links"] = {
            other: {"operationId": other, "parameters": {"id": value}} for other in others
        }
