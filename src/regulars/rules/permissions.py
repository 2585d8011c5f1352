"""Who may do what (rule 11): permissions, the ready-made roles, and what each record needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from regulars.rules.refusals import Refused
from regulars.rules.sentences import Said, said


class Permission(StrEnum):
    """Rule 11's separate permissions, then those of everyday work at the desk."""

    DEFINE_PROGRAM = "define_program"
    ADD_POINTS = "add_points"
    REMOVE_POINTS = "remove_points"
    APPROVE_ABOVE_LIMIT = "approve_above_limit"
    ENROLL_DIRECTLY = "enroll_directly"
    CANCEL_ENROLLMENT = "cancel_enrollment"
    CHANGE_OPT_IN = "change_opt_in"
    EXTEND_EXPIRY = "extend_expiry"
    PROCESS_REWARDS = "process_rewards"
    CREATE_REWARD = "create_reward"
    VOID_REWARD = "void_reward"
    PUBLISH_FEEDBACK = "publish_feedback"
    SEE_LIABILITY = "see_liability"
    MANAGE_STAFF = "manage_staff"
    SET_UP = "set_up"
    REDEEM = "redeem"
    MERGE_GUESTS = "merge_guests"
    RECORD_FACTS = "record_facts"
    MANAGE_WEBHOOKS = "manage_webhooks"
    SEE_AUDIT = "see_audit"
    WRITE_MESSAGES = "write_messages"


class Role(StrEnum):
    """The ready-made roles of rule 11."""

    OWNER = "owner"
    MANAGER = "manager"
    FRONT_DESK = "front_desk"
    MARKETING = "marketing"
    ACCOUNTANT = "accountant"


EVERYTHING = frozenset(Permission)

ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.OWNER: EVERYTHING,
    Role.MANAGER: EVERYTHING - {Permission.DEFINE_PROGRAM, Permission.MANAGE_STAFF},
    Role.FRONT_DESK: frozenset(
        {
            Permission.RECORD_FACTS,
            Permission.REDEEM,
            Permission.ENROLL_DIRECTLY,
            Permission.CHANGE_OPT_IN,
        }
    ),
    Role.MARKETING: frozenset(
        {
            Permission.DEFINE_PROGRAM,
            Permission.ADD_POINTS,
            Permission.EXTEND_EXPIRY,
            Permission.PROCESS_REWARDS,
            Permission.CREATE_REWARD,
            Permission.VOID_REWARD,
            Permission.PUBLISH_FEEDBACK,
            Permission.SEE_LIABILITY,
            Permission.WRITE_MESSAGES,
        }
    ),
    # The accountant reads: everything shown to staff, the liability and the audit besides.
    Role.ACCOUNTANT: frozenset({Permission.SEE_LIABILITY, Permission.SEE_AUDIT}),
}


class Scope(StrEnum):
    """What a key may be for."""

    TILL = "till"
    BACK_OFFICE = "back_office"
    MARKETING = "marketing"
    FINANCE = "finance"
    READ = "read"


SCOPES: Mapping[Scope, frozenset[Permission]] = {
    Scope.TILL: ROLES[Role.FRONT_DESK],
    Scope.BACK_OFFICE: EVERYTHING - {Permission.MANAGE_STAFF},
    Scope.MARKETING: ROLES[Role.MARKETING],
    Scope.FINANCE: ROLES[Role.ACCOUNTANT],
    Scope.READ: frozenset(),
}
"""A key's scope gives it the permissions of the role that does the same work by hand."""

COMMAND_PERMISSIONS: Mapping[str, Permission] = {
    "enroll": Permission.ENROLL_DIRECTLY,
    "cancel_enrollment": Permission.CANCEL_ENROLLMENT,
    "set_opt_in": Permission.CHANGE_OPT_IN,
    "add_points": Permission.ADD_POINTS,
    "opening_balance": Permission.ADD_POINTS,
    "remove_points": Permission.REMOVE_POINTS,
    "approve": Permission.APPROVE_ABOVE_LIMIT,
    "reject": Permission.APPROVE_ABOVE_LIMIT,
    "extend_expiry": Permission.EXTEND_EXPIRY,
    "hold": Permission.REDEEM,
    "release_hold": Permission.REDEEM,
    "capture_hold": Permission.REDEEM,
    "redeem_points": Permission.REDEEM,
    "undo_redeem_points": Permission.REDEEM,
    "issue_reward": Permission.CREATE_REWARD,
    "edit_reward": Permission.CREATE_REWARD,
    "void_reward": Permission.VOID_REWARD,
    "redeem_reward": Permission.REDEEM,
    "undo_redeem_reward": Permission.REDEEM,
    "process_rewards": Permission.PROCESS_REWARDS,
    "undo_process_rewards": Permission.PROCESS_REWARDS,
    "merge_guests": Permission.MERGE_GUESTS,
    "undo_merge": Permission.MERGE_GUESTS,
}
"""What each command of contract section 3 needs."""

FACT_PERMISSIONS: Mapping[str, Permission] = {
    "organization": Permission.SET_UP,
    "center": Permission.SET_UP,
    "status": Permission.SET_UP,
    "item": Permission.SET_UP,
    "program": Permission.DEFINE_PROGRAM,
    "guest": Permission.RECORD_FACTS,
    "appointment": Permission.RECORD_FACTS,
    "invoice": Permission.RECORD_FACTS,
    "feedback": Permission.RECORD_FACTS,
}
"""What each kind of fact of contract section 1 needs."""

_ACTS: Mapping[Permission, Said] = {
    Permission.DEFINE_PROGRAM: said("define the program"),
    Permission.ADD_POINTS: said("add points by hand"),
    Permission.REMOVE_POINTS: said("remove points by hand"),
    Permission.APPROVE_ABOVE_LIMIT: said("approve acts above the limit"),
    Permission.ENROLL_DIRECTLY: said("enroll guests by hand"),
    Permission.CANCEL_ENROLLMENT: said("cancel an enrollment"),
    Permission.CHANGE_OPT_IN: said("change a guest's opt-in"),
    Permission.EXTEND_EXPIRY: said("extend the expiry of points"),
    Permission.PROCESS_REWARDS: said("process loyalty rewards"),
    Permission.CREATE_REWARD: said("create or edit rewards"),
    Permission.VOID_REWARD: said("void rewards"),
    Permission.PUBLISH_FEEDBACK: said("publish feedback"),
    Permission.SEE_LIABILITY: said("see the liability"),
    Permission.MANAGE_STAFF: said("manage staff"),
    Permission.SET_UP: said("change centers, statuses and the catalog"),
    Permission.REDEEM: said("redeem points and rewards"),
    Permission.MERGE_GUESTS: said("merge guests"),
    Permission.RECORD_FACTS: said("record guests, appointments and invoices"),
    Permission.MANAGE_WEBHOOKS: said("connect other programs"),
    Permission.SEE_AUDIT: said("see who did what"),
    Permission.WRITE_MESSAGES: said("write the messages to guests"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person, an API key, the worker. No `center`: at every center."""

    name: str
    permissions: frozenset[Permission] = EVERYTHING
    center: str | None = None


def actor_of(name: str, role: Role, *, center: str | None = None) -> Actor:
    """An actor in one of the ready-made roles."""
    return Actor(name, ROLES[role], center)


def require(actor: Actor, permission: Permission, *, center: str | None = None) -> None:
    """Rule 11: refuse what the actor may not do, or may not do at that center."""
    if permission not in actor.permissions:
        raise Refused(
            "not_permitted",
            said(
                "{name} may not {act}; the permission {permission} is missing.",
                name=actor.name,
                act=_ACTS[permission],
                permission=permission.value,
            ),
            detail={"permission": permission.value},
        )
    if center is not None and actor.center is not None and actor.center != center:
        raise Refused(
            "not_permitted",
            said(
                "{name} may {act} at {own} only, not at {center}.",
                name=actor.name,
                act=_ACTS[permission],
                own=actor.center,
                center=center,
            ),
            detail={"permission": permission.value, "center": actor.center},
        )
