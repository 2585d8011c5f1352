"""No worker serves a sandbox: whoever looks at an import there carries it on."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from regulars.faces.office import import_runs
from regulars.records import models
from regulars.rules.permissions import Actor, Role
from regulars.services import upkeep
from regulars.services.imports import runs
from tests.journeys.salon import Salon, furnish

NOW = datetime(2026, 3, 9, 15, tzinfo=UTC)
OWNER = Actor("owner")
COLUMNS = {"Client ID": "id", "Name": "name"}
N_GUESTS = 1200


@pytest.fixture
def salon(each_database) -> Salon:
    salon = Salon("http://testserver", each_database.url, furnish(each_database.url))
    models.Organization.objects.update(is_sandbox=True, clock_at=NOW)
    return salon


def begun() -> str:
    """An import of guests that was told to begin, and that nobody works on."""
    lines = ["Client ID,Name", *(f"new-{n},Visitor {n}" for n in range(N_GUESTS))]
    with upkeep.at_work(None) as company:
        content = "\n".join(lines).encode()
        run = runs.receive_file("guests", "guests.csv", [content], actor=OWNER, at=NOW)
        runs.set_mapping(str(run), 0, {"columns": COLUMNS})
        runs.begin(company, str(run), is_trial=False, actor=OWNER, at=NOW)
    return str(run)


def came() -> int:
    with upkeep.at_work(None):
        return models.Guest.objects.filter(external_id__startswith="new-").count()


def test_each_look_carries_it_on_until_everybody_is_there_once(salon, monkeypatch):
    client = Client(headers={"HX-Request": "true"})
    cookie = salon.cookie(Role.OWNER)
    client.cookies[cookie["name"]] = cookie["value"]
    run = begun()
    monkeypatch.setattr(import_runs, "SANDBOX_SECONDS", 0.05)
    seen = [came()]
    for _ in range(50):
        answer = client.get(f"/imports/run/{run}")
        assert answer.status_code == 200
        seen.append(came())
        if "HX-Refresh" in answer.headers:
            break

    assert seen[0] == 0
    assert seen == sorted(seen)
    assert any(0 < n < N_GUESTS for n in seen), seen
    assert seen[-1] == N_GUESTS
    with upkeep.at_work(None):
        assert runs.run_of(run).state == runs.DONE
