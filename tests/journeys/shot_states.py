"""What `shots` takes pictures of besides the registered examples: lists that were asked for
something, and pages that somebody has to bring about first.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress

from playwright.sync_api import TimeoutError

from tests.journeys.desk import Desk

GUEST = "vivian-castellanos"
ASKED = {
    "demo": "/demo",
    "reward_edit": "/reward-edit/w00011",
    "reward_void": "/reward-void/w00011",
    "merge_guests": f"/merging?goes=victor-adler&stays={GUEST}",
    "book_week": "/book?view=week",
    "book_new_for": f"/book/new?guest={GUEST}&day=2026-07-02&time=10:00",
    "clients_found": "/clients?search=vivian",
    "clients_none": "/clients?search=nobody+of+this+name",
    "find_found": "/find?q=vi",
    "all_invoices": "/invoices?state=all",
    "invoice_payments": "/invoices/vivian-today?tab=payments",
    "invoice_rewards": "/invoices/vivian-today?tab=rewards",
    "invoice_closed": "/invoices/i00001",
    "invoice_new_for": f"/new-invoice?guest={GUEST}",
    "report_liability": "/reports/liability",
    "report_expirations": "/reports/expirations?period=next_12_months&status=to_expire",
    "report_reward_activity": "/reports/reward-activity?period=everything",
    "report_rewards_outstanding": "/reports/rewards-outstanding",
    "report_tier_movements": "/reports/tier-movements?period=everything",
    "report_guests": "/reports/guests?order=-points",
    "dashboard_of_all": "/dashboard?period=everything",
    "rewards_found": "/rewards?q=vivian",
    "rewards_of_a_run": "/rewards?run=rewards-2026-q1&status=outstanding",
    "reward_give_to": "/rewards/give?q=vivian",
    "feedback_of_all": "/feedback?state=all",
    "audit_of_a_guest": f"/audit?guest={GUEST}",
    "merge_found": f"/merge/{GUEST}?q=vi",
}


def prepare(window: Desk, only: Iterable[str]) -> dict[str, str]:
    """The addresses of pages that are made first, by name; each once, whatever the width."""
    wanted = {name: make for name, make in MADE.items() if not only or name in only}
    made = {}
    for name, make in wanted.items():
        make(window)
        settle(window)
        made[name] = window.page.url.removeprefix(window.salon.address)
    return made


def settle(window: Desk) -> None:
    """Wait for what the page still asks for; some never stop asking."""
    with suppress(TimeoutError):
        window.page.wait_for_load_state("networkidle", timeout=3_000)


def _program_changed(window: Desk) -> None:
    page = window.go("/program/tiers/silver/edit")
    page.locator("[name=minimum_spend]").fill("450")
    page.locator("form .button.primary").last.click()
    page.wait_for_load_state()
    window.go("/program")


def _program_to_publish(window: Desk) -> None:
    window.go("/program/publish")


def _rewards_ready(window: Desk) -> None:
    page = window.go("/rewards/process")
    page.locator("#parameters .button.primary").click()
    page.wait_for_url("**/rewards/order/**")
    page.locator("#totals").wait_for()


def _endpoint(window: Desk) -> None:
    page = window.go("/webhooks/new")
    page.locator("[name=url]").fill("https://93.184.216.34/hooks")
    page.locator("main form .button.primary").click()
    page.wait_for_load_state()
    page.goto("/webhooks")
    page.locator("main table a").first.click()
    page.wait_for_load_state()


def _key(window: Desk) -> None:
    page = window.go("/keys/new")
    page.locator("[name=name]").fill("Booking site")
    page.locator("main form .button.primary").click()
    page.wait_for_load_state()
    window.go("/keys")


def _import_columns(window: Desk) -> None:
    page = window.go("/imports/new")
    page.locator("input[type=file]").set_input_files(
        files=[{"name": "guests.csv", "mimeType": "text/csv", "buffer": _GUESTS.encode()}]
    )
    page.locator("#upload .button.primary").click()
    page.wait_for_url("**/imports/run/**")


def _imports(window: Desk) -> None:
    window.go("/imports")


def _message(window: Desk) -> None:
    page = window.go("/outbox")
    page.locator("main tbody td:nth-child(2) a").first.click()
    page.wait_for_load_state()


def _merge_compared(window: Desk) -> None:
    page = window.go(f"/merge/{GUEST}?q=vi")
    page.locator("main a[href*='merging']").first.click()
    page.wait_for_load_state()


def _saved_view(window: Desk) -> None:
    page = window.go("/reports/tier-movements?period=everything")
    page.locator("[data-opens=save-view]").click()
    page.locator("dialog[open] [name=view]").fill("All of them")
    page.locator("dialog[open] .button.primary").click()
    page.wait_for_load_state()
    window.go("/reports")


_GUESTS = (
    "Customer No;First Name;Last Name;Mobile;E-mail;Birthday;Since\n"
    "K-1001;Ines;Abt;+1 212 555 0177;ines.abt@mail.example;04/12/1988;2024-03-01\n"
    "K-1002;Omar;Reyes;+1 212 555 0178;omar(at)mail.example;31/31/1990;2024-04-11\n"
    "K-1003;Jun;Park;;jun.park@mail.example;;2025-01-09\n"
)
MADE: dict[str, Callable[[Desk], None]] = {
    "reports_with_a_view": _saved_view,
    "program_in_draft": _program_changed,
    "program_to_publish": _program_to_publish,
    "reward_order": _rewards_ready,
    "webhook": _endpoint,
    "keys_with_one": _key,
    "import_columns": _import_columns,
    "imports_with_one": _imports,
    "message": _message,
    "merge_compared": _merge_compared,
}
"""In this order; the draft and the import are there for the next ones."""
