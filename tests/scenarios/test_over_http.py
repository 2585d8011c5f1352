"""The scenarios once more, through the API of a sandbox: what is sent over the wire comes to
the same.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from regulars.records.scope import organization_scope
from regulars.services import founding, keys
from regulars.services.formats import expectations
from regulars.services.formats.files import open_records
from tests import databases

FOLDER = Path(__file__).parent
SCENARIOS = sorted(FOLDER.glob("*.yaml"))
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)


class Sandbox:
    """An organization whose clock is moved, and a program that sends it records."""

    def __init__(self, organization: dict[str, Any]) -> None:
        company = founding.found_organization(
            organization["name"],
            organization["id"],
            currency=organization["currency"],
            time_zone=organization["time_zone"],
            at=LONG_AGO,
            by="owner",
            is_sandbox=True,
        )
        with organization_scope(company.id):
            _, key = keys.create_key(company, "back_office", at=LONG_AGO, by="owner")
        self.http = Client(headers={"Authorization": f"Bearer {key}"})

    def post(self, path: str, body: Any) -> Any:
        answer = self.http.post(
            f"/api/v1{path}", json.dumps(body, default=str), content_type="application/json"
        )
        assert answer.status_code == 200, answer.content
        return answer.json()

    def state(self, kind: str, ref: str, on: str) -> dict[str, Any] | None:
        answer = self.http.get(f"/api/v1/{kind}s/{ref}/loyalty?as_of={on}")
        return answer.json() if answer.status_code == 200 else None


def output(source: Any, ref: str) -> dict[str, Any]:
    """What replay would print of the states that the scenario asks for; `ref` becomes the
    organization's id, for all of them are called the same.
    """
    records = [raw for _, raw in source]
    organization = next(one for one in records if one.get("type") == "organization")
    organization["id"] = ref
    sandbox = Sandbox(organization)
    results = sandbox.post("/records", records)
    asked = [one for one in source.expect if "as_of" in one]
    last = max((date.fromisoformat(one["as_of"]) for one in asked), default=None)
    if last is not None:
        sandbox.post("/sandbox/clock", {"to": f"{last + timedelta(days=2)}T12:00Z"})
    as_of: dict[str, Any] = {}
    for one in asked:
        kind = "guest" if "guest" in one else "invoice"
        state = sandbox.state(kind, one[kind], one["as_of"])
        states = as_of.setdefault(one["as_of"], {"guests": {}, "invoices": {}})
        if state is not None:
            states[f"{kind}s"][one[kind]] = state
    return {"results": results, "as_of": as_of}


@pytest.fixture(scope="module")
def one_sqlite(sqlite_template, tmp_path_factory, django_db_blocker) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("scenarios")
    with django_db_blocker.unblock(), databases.sqlite_database(sqlite_template, folder):
        yield


@pytest.fixture(scope="module")
def one_postgresql(
    postgresql_server, postgresql_template, worker, django_db_blocker
) -> Iterator[None]:
    name = f"scenarios_{worker}"
    database = databases.postgresql_database(
        postgresql_server, template=postgresql_template, name=name
    )
    with django_db_blocker.unblock(), database:
        yield


# One engine each: that both come to the same is proved without the wire (test_scenarios). All
# are in one database, each an organization of its own: neighbours must not matter.
@pytest.mark.usefixtures("one_sqlite")
@pytest.mark.parametrize("path", SCENARIOS[::2], ids=lambda path: path.stem)
def test_a_scenario_comes_out_the_same_over_http(path):
    source = open_records(str(path))
    assert expectations.differences(source.expect, output(source, path.stem)) == []


@pytest.mark.usefixtures("one_postgresql")
@pytest.mark.parametrize("path", SCENARIOS[1::2], ids=lambda path: path.stem)
def test_a_scenario_comes_out_the_same_on_a_server(path):
    source = open_records(str(path))
    assert expectations.differences(source.expect, output(source, path.stem)) == []
