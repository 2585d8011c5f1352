"""Keys that staff make: never more than they may do themselves."""

from datetime import UTC, datetime, timedelta

import pytest

from regulars.rules.permissions import Role, Scope, actor_of
from regulars.rules.refusals import Refused
from regulars.services import importing, keys, keys_by_hand, upkeep
from regulars.services.keys_by_hand import KeyWish
from tests.services.short_histories import START

pytestmark = pytest.mark.usefixtures("each_database")
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
MARA, BRUNO = actor_of("mara", Role.OWNER), actor_of("bruno", Role.MANAGER)


@pytest.fixture(autouse=True)
def _company(each_database):
    importing.import_records(((None, one) for one in START), emit=lambda _: None)


def test_a_manager_makes_keys_for_what_a_manager_may():
    assert keys_by_hand.scopes_for(MARA) == list(Scope)
    assert keys_by_hand.scopes_for(BRUNO) == [Scope.TILL, Scope.FINANCE, Scope.READ]
    with upkeep.at_work(None) as company:
        key, text = keys_by_hand.make(company, KeyWish(" Till 1 ", "till"), actor=BRUNO, at=NOW)
        assert (key.name, key.scope, key.made_by) == ("Till 1", Scope.TILL, "bruno")
        found = keys.find_key(text, now=NOW)
        assert found is not None
        assert found.ref == key.ref

        with pytest.raises(Refused) as refused:
            keys_by_hand.make(company, KeyWish("All", "back_office"), actor=BRUNO, at=NOW)
        assert (refused.value.code, refused.value.field) == ("not_permitted", "scope")


def test_nor_is_a_greater_one_had_by_rotating_it():
    with upkeep.at_work(None) as company:
        key, _ = keys_by_hand.make(company, KeyWish("All", "back_office"), actor=MARA, at=NOW)

        with pytest.raises(Refused) as refused:
            keys_by_hand.rotate(
                company, key.ref, actor=BRUNO, at=NOW, overlap=timedelta(hours=1)
            )
        assert refused.value.code == "not_permitted"
        assert keys_by_hand.revoke(company, key.ref, actor=BRUNO, at=NOW).revoked_at == NOW


def test_who_works_at_one_center_connects_what_is_there():
    desk = actor_of("carla", Role.MANAGER, center="soho")
    with upkeep.at_work(None) as company:
        key, _ = keys_by_hand.make(company, KeyWish("Till", "till", "soho"), actor=desk, at=NOW)
        assert key.center == "soho"
        everywhere, _ = keys_by_hand.make(company, KeyWish("Till", "till"), actor=MARA, at=NOW)

        for act in (
            lambda: keys_by_hand.make(company, KeyWish("All", "till"), actor=desk, at=NOW),
            lambda: keys_by_hand.revoke(company, everywhere.ref, actor=desk, at=NOW),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.code == "not_permitted"


def test_a_key_has_a_name_and_no_other_role_makes_one():
    with upkeep.at_work(None) as company:
        with pytest.raises(Refused) as refused:
            keys_by_hand.make(company, KeyWish(" ", "till"), actor=MARA, at=NOW)
        assert refused.value.field == "name"
        for role in (Role.FRONT_DESK, Role.MARKETING, Role.ACCOUNTANT):
            with pytest.raises(Refused) as refused:
                keys_by_hand.make(
                    company, KeyWish("Mine", "read"), actor=actor_of("x", role), at=NOW
                )
            assert refused.value.code == "not_permitted"
