"""Keys: who may come in, and what each scope may do."""

from datetime import timedelta

import pytest
from django.test import Client

from regulars.records.scope import organization_scope
from regulars.services import keys
from regulars.services.organizations import find_organization, load_company
from tests.databases import all_at_once
from tests.faces.api.shop import NOW, Shop

pytestmark = pytest.mark.usefixtures("each_database")

BEA = {"name": "Bea Stone"}


@pytest.mark.parametrize("key", ["", "reg_x_y", "reg_0000000000_" + "0" * 58, "é", "Bearer"])
def test_a_wrong_key_is_nobody(key):
    shop = Shop()
    answer = shop.http.get("/api/v1/guests", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthorized"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_key_is_kept_as_a_hash_only():
    shop = Shop()
    row = find_organization("lumen")
    with organization_scope(row.id):
        [key] = keys.keys_of(load_company(row))
    assert shop.key not in str(key)
    assert keys.find_key(shop.key, now=NOW) == key
    wrong = "x" if shop.key[-1] != "x" else "y"
    assert keys.find_key(shop.key[:-1] + wrong, now=NOW) is None


def test_tills_come_in_with_one_key_at_the_same_moment():
    shop = Shop()

    def ask() -> int:
        headers = {"Authorization": f"Bearer {shop.key}"}
        return Client().get("/api/v1/guests/ann", headers=headers).status_code

    assert all_at_once([ask] * 8) == [200] * 8


def test_a_key_ends_is_rotated_and_revoked():
    shop = Shop()
    short = shop.make_key("till", expires_at=NOW + timedelta(hours=1))
    assert keys.find_key(short, now=NOW + timedelta(hours=2)) is None
    row = find_organization("lumen")
    with organization_scope(row.id):
        company = load_company(row)
        old = keys.find_key(shop.key, now=NOW)
        _, fresh = keys.rotate_key(company, old.ref, at=NOW, by="owner")
        assert keys.find_key(shop.key, now=NOW + timedelta(hours=23)) is not None
        assert keys.find_key(shop.key, now=NOW + timedelta(hours=25)) is None
        found = keys.find_key(fresh, now=NOW + timedelta(days=9))
        keys.revoke_key(company, found.ref, at=NOW, by="owner")
        assert keys.find_key(fresh, now=NOW) is None


@pytest.mark.parametrize(
    ("scope", "status"),
    [("till", 200), ("back_office", 200), ("marketing", 403), ("finance", 403), ("read", 403)],
)
def test_who_may_record_facts(scope, status):
    shop = Shop(scope=scope)
    assert shop.put("/guests/bea", BEA).status_code == status
    assert shop.get("/guests/ann").status_code == 200


def test_only_the_back_office_says_when_a_record_became_known():
    shop = Shop()
    till = shop.make_key("till")
    dated = BEA | {"at": "2026-01-07"}
    answer = shop.put("/guests/bea", dated, key=till)
    assert (answer.status_code, answer.json()["field"]) == (403, "at")
    assert shop.put("/guests/bea", dated).status_code == 200


def test_a_key_of_one_center_writes_for_that_center():
    uptown = {"type": "center", "id": "uptown", "name": "Uptown", "at": "2026-01-05"}
    shop = Shop(uptown)
    till = shop.make_key("till", "uptown")
    body = {"guest": "ann", "opened_at": "2026-11-02T10:00", "status": "open"}
    assert shop.put("/invoices/i2", body | {"center": "soho"}, key=till).status_code == 403
    assert shop.put("/invoices/i2", body | {"center": "uptown"}, key=till).status_code == 200


def test_who_wrote_stands_in_the_books():
    shop = Shop()
    till = shop.make_key("till")
    shop.put("/guests/bea", BEA, key=till, X_Staff="maria")
    from regulars.records import models

    row = find_organization("lumen")
    with organization_scope(row.id):
        said = models.Record.objects.get(name="guest/bea").said_by
    assert said.startswith("maria (key ")
