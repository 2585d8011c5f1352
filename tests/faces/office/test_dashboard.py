"""The dashboard of one center shows what the ledger has of it; no rate of an open day."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from regulars.faces.office.dashboard_charts import visits_of
from regulars.records import models
from regulars.records.scope import every_organization
from regulars.rules.permissions import EVERYTHING, Actor, Role
from regulars.services import importing, staff, upkeep
from regulars.services.figures import board as boards
from regulars.services.figures import counting
from tests.services.short_histories import START, History, command, guest, invoice, program

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 16, tzinfo=UTC)
MIDTOWN = {"type": "center", "id": "midtown", "name": "Midtown", "at": "2026-01-01"}
PAST = (
    *START,
    MIDTOWN,
    program(),
    guest("ann", phone="+1 212 555 0101"),
    guest("bea", phone="+1 212 555 0102", referred_by="ann"),
    guest("cleo"),
    guest("dora"),
    invoice("s1", "ann", "400.00", "2026-03-02"),
    invoice("s2", "ann", "200.00", "2026-04-02"),
    invoice("m1", "bea", "600.00", "2026-03-03", center="midtown"),
    invoice("m2", "cleo", "900.00", "2026-04-03", center="midtown"),
    invoice("m3", "cleo", "100.00", "2026-05-04", center="midtown"),
    command(
        "add_points/sorry", "2026-05-05", guest="ann", points=40, reason="goodwill", comment="-"
    ),
)


@pytest.fixture
def owner(each_database) -> Client:
    History(*PAST, until="2026-05-31")
    today = invoice("s3", "dora", "50.00", "2026-06-01")
    importing.import_records([(None, today)], emit=lambda _: None)
    with upkeep.at_work(None) as company:
        by = Actor("shell", EVERYTHING)
        staff.add_member(
            company, staff.Person("Olga", "olga@example.com", Role.OWNER), by=by, at=NOW
        )
        models.Organization.objects.update(is_sandbox=True, clock_at=NOW)
        counting.count(company, now=NOW)
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email="olga@example.com"))
    return client


def cards(html: str) -> dict[str, str]:
    found = re.findall(r"<dd>([^<]*)</dd>\s*<dt>([^<]*)</dt>", html)
    return {unescape(label).strip(): value.strip() for value, label in found}


def awarded_at(center: str | None) -> int:
    """What the ledger's own lines say was awarded for a center's invoices, or for anything."""
    with every_organization():
        lines = models.LedgerEntry.objects.filter(unit="points", kind="accrual")
        if center is not None:
            refs = models.Invoice.objects.filter(center__external_id=center)
            names = [f"invoice/{ref}" for ref in refs.values_list("external_id", flat=True)]
            lines = lines.filter(source__in=names)
        return sum(lines.values_list("points", flat=True))


def test_points_of_a_center_are_those_of_its_invoices(owner: Client):
    shown = {}
    for center in ("soho", "midtown", ""):
        html = owner.get(f"/dashboard?period=everything&center={center}").content.decode()
        shown[center] = int(cards(html)["Points issued"].replace(",", ""))

    ledger = {center: awarded_at(center or None) for center in shown}
    assert shown == ledger
    # Half of it is the welcome, which was given at no center.
    assert 0 < ledger["soho"] < ledger["midtown"] < ledger[""]


def test_no_rate_is_told_of_days_that_are_not_closed(owner: Client):
    """Dora came this morning: that nobody sent her is no fall to nothing."""
    html = owner.get("/dashboard?period=everything").content.decode()

    part = html[html.index('id="rates-title"') :]
    rows = re.findall(r'<th scope="row">.*?</tr>', part[: part.index("</table>")], re.DOTALL)
    told = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in rows]
    assert next(row for row in told if row != ["–", "–"]) == ["0%", "50%"]  # of Ann and Bea
    assert told[-1] == ["–", "–"]
    with upkeep.at_work(None):
        today = boards.board(counting.last_count(), TODAY, TODAY)
    assert today.total(visits_of(counting.NEW), is_value=False) == 1
