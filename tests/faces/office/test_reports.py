"""Every report has its screen and its files, with the numbers of the report itself."""

import csv
import io
from datetime import date
from html import unescape
from re import DOTALL, findall, search, sub

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from regulars.faces.office import report_words
from regulars.records import models
from regulars.records.scope import every_organization
from regulars.rules.permissions import Role
from regulars.services.reports import catalog, exporting
from regulars.services.reports.asking import Request
from tests.faces.desk import busy
from tests.faces.desk.busy import TODAY

YEAR = {"from": "2026-01-01", "to": "2026-06-30"}


@pytest.fixture(scope="module")
def company(sqlite_template, tmp_path_factory, django_db_blocker):
    """A busy company, built once: these tests only look, or keep views of their own."""
    from tests import databases

    folder = tmp_path_factory.mktemp("database")
    with (
        django_db_blocker.unblock(),
        databases.sqlite_database(sqlite_template, folder),
    ):
        yield busy.furnish(12)


@pytest.fixture
def owner(company) -> Client:
    return busy.owner()


def browser_of(role: Role) -> Client:
    from django.contrib.auth.models import User

    with every_organization():
        member = models.StaffMember.objects.filter(role=role).order_by("user_id").first()
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(id=member.user_id))
    return client


def asked(name: str) -> dict[str, str]:
    """Days in which there is something to see in it."""
    question = catalog.entry_of(name).question
    if question.period != "range":
        return {}
    return YEAR | ({"to": "2027-12-31"} if question.may_look_ahead else {})


def lines_of(company, name: str, said: dict[str, str]) -> list[list[str]]:
    """The report's rows as they are written into a file."""
    from regulars.records.scope import organization_scope

    with (
        organization_scope(company.id),
        catalog.opened(company, Request(name, TODAY, said)) as report,
    ):
        text = b"".join(exporting.csv_lines(report)).decode()
    return list(csv.reader(io.StringIO(text)))


def cells_of(html: str, table: str = "tbody") -> list[list[str]]:
    """The text of a page's first table, row by row."""
    body = search(f"<{table}>(.*?)</{table}>", html, DOTALL)
    assert body is not None
    rows = findall("<tr>(.*?)</tr>", body[1], DOTALL)
    return [
        [
            unescape(sub("<[^>]+>", "", cell)).strip()
            for cell in findall("<t[dh].*?</t[dh]>", row, DOTALL)
        ]
        for row in rows
    ]


@pytest.mark.parametrize("name", list(catalog.REPORTS))
def test_every_report_is_on_screen(company, owner, name):
    answer = owner.get(f"/reports/{name}", asked(name))
    html = answer.content.decode()

    assert answer.status_code == 200
    titles, *rows = lines_of(company, name, asked(name))
    assert rows, f"nothing to see in {name}"
    shown = cells_of(html)
    assert [len(row) for row in shown] == [len(titles)] * min(50, len(rows))
    assert str(report_words.TITLES[name]) in html
    assert str(report_words.ANSWERS[name]) in unescape(html)
    assert f"<b>{len(rows)} row" in html


@pytest.mark.parametrize("name", list(catalog.REPORTS))
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_report_is_a_file(company, owner, name, kind):
    answer = owner.get(f"/reports/{name}/file/{kind}", asked(name))
    content = b"".join(answer)

    expected = lines_of(company, name, asked(name))
    assert answer.status_code == 200
    assert f'filename="{name}-{TODAY}.{kind}"' in answer["Content-Disposition"]
    if kind == "csv":
        assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == expected
    else:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python()
        assert rows[0] == expected[0]
        assert len(rows) in (len(expected), len(expected) + 1)  # with its totals


@pytest.mark.parametrize("name", list(catalog.REPORTS))
def test_every_field_of_a_report_is_on_its_screen(owner, name):
    html = owner.get(f"/reports/{name}").content.decode()

    fields = set(findall(r'<(?:input|select) [^>]*?name="(\w+)"', html.split("<dialog")[0]))
    question = catalog.entry_of(name).question
    assert set(question.accepted) - {"sort", "order"} <= fields
    for field, words in question.choices.items():
        if field not in ("sort", "order"):
            assert all(f'value="{word}"' in html for word in words)


def test_what_a_report_says_of_itself_can_be_said_in_german(owner, company):
    from regulars.records.scope import organization_scope
    from tests.words import catalog_of

    german = catalog_of("de")
    unsaid = set()
    for name, entry in catalog.REPORTS.items():
        for by in entry.question.choices.get("by", ("",)):
            said = {**asked(name), **({"by": by} if by else {})}
            with (
                organization_scope(company.id),
                catalog.opened(company, Request(name, TODAY, said)) as report,
            ):
                list(report.rows)
                columns = [one for one in report.columns if not one.name.startswith("to_")]
                titles = [one.title for one in columns]  # tiers are called what they are
                titles += [one.label for one in report.figures]
                titles += [label for label, _ in report.parameters]
                titles += [note.template for note in report.notes]
                unsaid |= {title for title in titles if german.get(title) is None}
    assert unsaid == set()


def test_a_table_is_sorted_by_its_heads_and_paged(owner):
    first = owner.get("/reports/guests", {"order": "-points"}).content.decode()
    names = [row[1] for row in cells_of(first)]
    again = owner.get("/reports/guests", {"order": "name"}).content.decode()

    assert names != sorted(names)
    by_name = [row[1] for row in cells_of(again)]
    assert by_name == sorted(by_name, key=str.casefold)
    assert 'aria-sort="descending"' in first
    wrong = owner.get("/reports/guests/file/csv", {"order": "nonsense"})
    assert wrong.status_code == 422


def test_totals_are_of_all_rows_and_not_of_the_page(company, owner):
    html = owner.get("/reports/points", {**YEAR, "by": "day"}).content.decode()
    titles, *rows = lines_of(company, "points", {**YEAR, "by": "day"})

    net = titles.index("Net")
    total = cells_of(html, "tfoot")[0][net]
    assert int(total.replace(",", "")) == sum(int(row[net]) for row in rows)


def test_a_view_is_kept_found_again_and_removed(owner):
    address = "/reports/points/views?period=last_month&by=center"
    owner.post(address, {"view": "  Centers,  last month "})
    marketing = browser_of(Role.MARKETING)

    shown = owner.get("/reports").content.decode()
    link = search(r'href="(/reports/points\?[^"]+)"', shown)
    assert link is not None
    page = owner.get(unescape(link[1])).content.decode()
    assert "Centers, last month" in page
    assert 'value="last_month" selected' in page
    assert "May 1, 2026" in page
    assert "Centers, last month" not in marketing.get("/reports").content.decode()
    owner.post(address, {"view": "Centers, last month", "is_shared": "yes"})
    assert "Centers, last month" in marketing.get("/reports").content.decode()
    with every_organization():
        [view] = models.ReportView.objects.all()
    refused = marketing.post(f"/report-views/{view.id}/remove")
    assert refused.status_code == 403
    owner.post(f"/report-views/{view.id}/remove")
    assert "Centers, last month" not in owner.get("/reports").content.decode()
    assert owner.post(f"/report-views/{view.id}/remove").status_code == 404
    assert owner.post(address, {"view": " "}).status_code == 422


def test_reports_about_money_are_for_who_may_see_the_liability(company):
    desk = browser_of(Role.FRONT_DESK)

    shown = findall(r'href="/reports/([\w-]+)"', desk.get("/reports").content.decode())
    assert shown == ["tier-movements", "guests"]
    for name in catalog.REPORTS:
        may = name in shown
        for address in (f"/reports/{name}", f"/reports/{name}/file/csv"):
            assert desk.get(address).status_code == (200 if may else 403), address
    dashboard = desk.get("/dashboard").content.decode()
    assert "Guests by tier" in dashboard
    for word in ("Liability", "Points issued", "Which actions bring what"):
        assert word not in dashboard


def test_of_many_guests_a_report_comes_after_its_page(company, owner):
    from regulars.records.queries import reports_ledger
    from regulars.records.scope import organization_scope

    with organization_scope(company.id):
        n_guests = models.Account.objects.count()
        assert reports_ledger.has_many_guests(n_guests - 1)
        assert not reports_ledger.has_many_guests(n_guests)
    later = owner.get("/reports/points", YEAR, headers={"hx-request": "true"}).content.decode()
    assert "<header" not in later
    whole = owner.get("/reports/points", YEAR).content.decode()
    assert cells_of(later) == cells_of(whole)


def test_what_is_no_report_is_not_found(owner):
    assert owner.get("/reports/nonsense").status_code == 404
    assert owner.get("/reports/points/file/pdf").status_code == 404
    refused = owner.get("/reports/points", {"from": "yesterday"})
    assert refused.status_code == 422
    assert owner.get("/reports/points", {"by": "moon"}).status_code == 422


def test_days_picked_stay_and_a_period_moves_with_the_calendar(owner):
    picked = owner.get("/reports/points", {"period": "own", **YEAR}).content.decode()
    assert "Jan 1, 2026" in picked
    assert 'value="own" selected' in picked
    moved = owner.get("/reports/points", {"period": "last_month", **YEAR}).content.decode()
    assert "May 31, 2026" in moved
    assert date(2026, 5, 31) < TODAY


def test_paper_has_all_rows_and_a_page_its_fifty(owner: Client):
    question = catalog.entry_of("guests").question
    assert question.period != "range"
    page = owner.get("/reports/guests").content.decode()
    paper = owner.get("/reports/guests?order=-points&whole=yes").content.decode()

    n_rows = len(findall(r"<tr><td", paper))
    assert n_rows >= 13  # the busy company's guests, on one sheet
    assert "data-prints-at-once" in paper
    assert "data-prints-at-once" not in page
    assert 'href="?order=-points"' in paper  # the way back


def test_more_rows_than_a_page_are_on_paper(owner: Client, monkeypatch):
    monkeypatch.setattr("regulars.faces.shared.listing.PER_PAGE", 5)
    monkeypatch.setattr("regulars.faces.shared.listing.MOST_PRINTED", 12)
    page = owner.get("/reports/guests").content.decode()
    paper = owner.get("/reports/guests?whole=yes&page=2").content.decode()

    assert len(findall(r"<tr><td", page)) == 5
    assert len(findall(r"<tr><td", paper)) == 12
    assert "not on paper. A file has all of them." in paper
    assert 'rel="next"' in page
    assert 'rel="next"' not in paper
