"""The addresses of all screens, as the busy front desk has something to show on them."""

import regulars.site.pages  # noqa: F401 - registers the pages
from regulars.faces.shared.pages import PAGES
from regulars.records.scope import every_organization
from tests.faces.desk import busy_office
from tests.faces.desk.busy import GUEST

ASKED = {
    "book_week": "/book?view=week&staff=hand-0",
    "clients_by_rewards": "/clients?sort=-rewards",
    "clients_by_points": "/clients?sort=-points",
    "clients_found": "/clients?search=friend",
    "clients_with_rewards": "/clients?has_rewards=yes",
    "clients_who_spend": "/clients?category=high_spender",
    "counted_regular": "/categories/regular/count?label=Often&icon=repeat&limit=6&days=180",
    "find_friends": "/find?q=friend",
    "book_guests_found": "/book/guests?q=friend",
    "all_invoices": "/invoices?state=all",
    "open_invoices": "/invoices?state=open",
    "invoice_new_for": f"/new-invoice?guest={GUEST}",
    "invoice_refund_of_a_line": "/tills/refund/i00001?line=l1",
    "invoice_to_redeem": "/invoices/vivian-today?tab=rewards",
    "invoice_refund_previewed": "/tills/refund-preview/i00001",
    "dashboard_of_all": "/dashboard?period=everything",
    "guest_report_sorted": "/reports/guests?order=-points",
    "liability_by_guest": "/reports/liability?by=guest",
    "rewards_by_event": "/reports/reward-activity?period=everything",
    "tiers_by_move": "/reports/tier-movements?period=everything",
    "to_expire": "/reports/expirations?period=next_12_months&status=to_expire",
    "guest_book": "/reports/guests/file/xlsx",
    "program_version_of_the_year": "/program/versions/2026-01-01",
    "program_file_of_the_year": "/program/versions/2026-01-01/file",
    "rewards_found": "/rewards?q=vivian&order=-ends",
    "rewards_of_a_run": "/rewards?run=rewards-2026-q1&status=outstanding&order=amount",
    "feedback_of_all": "/feedback?state=all&rating=5",
    "reward_give_to": "/rewards/give?q=friend",
    "reward_checked": "/rewards/process/check?threshold=100.00&amount=5.00",
    "merge_beside": f"/merging?goes=friend-0&stays={GUEST}",
    "merge_undo": f"/merge-undo/{busy_office.MERGE}",
    "feedback_withdraw": f"/feedback/withdraw/webstore/{busy_office.PRAISE}",
    "reward_order": f"/rewards/order/{busy_office.ORDER}",
    "reward_letters": "/rewards/letters/1/rewards-2026-q1",
    "outbox_of_dead": "/outbox?state=dead&kind=points_awarded",
    "audit_of_a_guest": f"/audit?guest={GUEST}&kind=add_points",
    "organizations": "/organizations",
    "published_words": "/said/lumen",
}
"""Lists narrowed, sorted or searched, and screens that need to be asked something."""
SHOWN_IN_PLACE = {"invoice_items": "/tills/items/vivian-today?q=item"}
"""Pieces that only a page asks for, by htmx."""
READ_LATER = {
    "report": "/reports/points",
    "liability": "/reports/liability",
    "liability_by_guest": "/reports/liability?by=guest",
    "rewards_by_event": "/reports/reward-activity?period=everything",
    "rewards_outstanding": "/reports/rewards-outstanding",
    "to_expire": "/reports/expirations?period=next_12_months&status=to_expire",
    "tiers_by_move": "/reports/tier-movements?period=everything",
    "guest_report_sorted": "/reports/guests?order=-points",
}
"""Reports that come into their page after it is there, where there are many guests."""


def addresses() -> dict[str, str]:
    """By the name of the page, or by what is asked for; in the database in use, which is busy.

    Every page that can be looked at is among them: a test holds them against the register.
    """
    pages = [one for one in PAGES.values() if one.is_screen]
    named = {one.name: one.address() for one in pages if one.name not in _ASKED_ONLY}
    with every_organization():
        found = busy_office.addresses()
    return named | found | ASKED


_ASKED_ONLY = {
    "invoice_refund_preview",
    "merge_guests",
    "program_version",
    "program_version_file",
}
"""Pages whose address alone shows nothing, or not in this company."""
