"""Rule 11: who may do what."""

import pytest

from regulars.rules.permissions import (
    COMMAND_PERMISSIONS,
    EVERYTHING,
    ROLES,
    Actor,
    Permission,
    Role,
    actor_of,
    require,
)
from regulars.rules.refusals import Refused

WRITING = frozenset(COMMAND_PERMISSIONS.values()) | {
    Permission.DEFINE_PROGRAM,
    Permission.RECORD_FACTS,
    Permission.PUBLISH_FEEDBACK,
}


def test_every_role_is_ready_made():
    assert set(ROLES) == set(Role)
    assert ROLES[Role.OWNER] == EVERYTHING


def test_the_accountant_only_reads():
    assert not ROLES[Role.ACCOUNTANT] & WRITING


def test_the_front_desk_redeems_and_adds_no_points():
    desk = actor_of("maria", Role.FRONT_DESK)

    require(desk, Permission.REDEEM)
    with pytest.raises(Refused) as refused:
        require(desk, Permission.ADD_POINTS)

    assert refused.value.code == "not_permitted"
    assert refused.value.message == (
        "maria may not add points by hand; the permission add_points is missing."
    )


def test_who_works_at_one_center_acts_there_only():
    maria = actor_of("maria", Role.MANAGER, center="soho")

    require(maria, Permission.REDEEM, center="soho")
    with pytest.raises(Refused, match="at soho only, not at chelsea"):
        require(maria, Permission.REDEEM, center="chelsea")


def test_an_actor_of_no_center_acts_at_all_of_them():
    require(Actor("owner"), Permission.VOID_REWARD, center="chelsea")


def test_every_permission_can_be_named_in_a_refusal():
    for permission in Permission:
        with pytest.raises(Refused, match=permission.value):
            require(Actor("nobody", frozenset()), permission)


def test_every_command_of_the_contract_needs_a_permission():
    from typing import get_args

    from regulars.services.formats.commands import AnyCommand

    tags = {command.__struct_config__.tag for command in get_args(AnyCommand)}
    assert set(COMMAND_PERMISSIONS) == tags
