"""The commands of contract section 3, one struct each, as services take them.

Every command carries `id`, `at` (UTC) and `by`; each happens once per `id`. Field names on the
wire are the contract's, so `amount_cents` is sent as `amount`, a decimal string.
"""

from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import UNSET, Meta, UnsetType, field

from regulars.services.formats.sent import Id, Text

MOST_POINTS = 10**12

Points = Annotated[int, Meta(ge=1, le=MOST_POINTS)]


class Command(
    msgspec.Struct,
    frozen=True,
    gc=False,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="type",
):
    """What every command has; `by` names who gives it."""

    id: Id
    at: datetime
    by: Id | None = None


class Enroll(Command, frozen=True, gc=False, tag="enroll"):
    """Rule 4.7."""

    guest: Id
    tier: Literal["applicable", "highest"] = "applicable"
    comment: Text | None = None


class CancelEnrollment(Command, frozen=True, gc=False, tag="cancel_enrollment"):
    """Rule 4.8."""

    guest: Id
    comment: Text | None = None


class SetOptIn(Command, frozen=True, gc=False, tag="set_opt_in"):
    """Rule 4.8."""

    guest: Id
    loyalty_opt_in: bool


class AddPoints(Command, frozen=True, gc=False, tag="add_points"):
    """Rule 9.2; `expires_on` None is never, UNSET the tier's days."""

    guest: Id
    points: Points
    expires_on: date | UnsetType | None = UNSET
    reason: Text | None = None
    comment: Text | None = None


class OpeningBalance(Command, frozen=True, gc=False, tag="opening_balance"):
    """Points a guest brings from another system, as one lot; `expires_on` as in `AddPoints`."""

    guest: Id
    points: Points
    earned_on: date | None = None
    expires_on: date | UnsetType | None = UNSET
    tier: Id | None = None
    comment: Text | None = None


class RemovePoints(Command, frozen=True, gc=False, tag="remove_points"):
    """Rule 9.2; `expires_on` None means lots that never expire, UNSET the spending order."""

    guest: Id
    points: Points
    expires_on: date | UnsetType | None = UNSET
    reason: Text | None = None
    comment: Text | None = None


class Approve(Command, frozen=True, gc=False, tag="approve"):
    """Rule 9.2; `request` is the record name of the act that waits."""

    request: Annotated[str, Meta(min_length=1, max_length=300)]


class Reject(Command, frozen=True, gc=False, tag="reject"):
    """Rule 9.2; `request` is the record name of the act that waits."""

    request: Annotated[str, Meta(min_length=1, max_length=300)]


class ExtendExpiry(Command, frozen=True, gc=False, tag="extend_expiry"):
    """Rule 9.2: all lots of one expiry date get a later one."""

    guest: Id
    from_expires_on: date
    to_expires_on: date


class Hold(Command, frozen=True, gc=False, tag="hold"):
    """Rule 7.7; for an invoice or an appointment, of points or rewards or both."""

    guest: Id
    until: datetime
    invoice: Id | None = None
    appointment: Id | None = None
    points: Points | None = None
    rewards: tuple[Id, ...] = ()


class ReleaseHold(Command, frozen=True, gc=False, tag="release_hold"):
    """Rule 7.7."""

    hold: Id


class CaptureHold(Command, frozen=True, gc=False, tag="capture_hold"):
    """Rule 7.7."""

    hold: Id
    invoice: Id


class RedeemPoints(Command, frozen=True, gc=False, tag="redeem_points"):
    """Rule 7.2; with `tier`, from that tier's lots only (rule 7.1)."""

    guest: Id
    invoice: Id
    points: Points
    tier: Id | None = None


class UndoRedeemPoints(Command, frozen=True, gc=False, tag="undo_redeem_points"):
    """Rule 7.6."""

    redemption: Id


class IssueReward(Command, frozen=True, gc=False, tag="issue_reward"):
    """Rule 10.6."""

    guest: Id
    amount_cents: int = field(name="amount")
    expires_on: date | None = None
    note: Text | None = None


class EditReward(Command, frozen=True, gc=False, tag="edit_reward"):
    """Rule 10.10; what is UNSET stays as it is."""

    reward: Id
    amount_cents: int | UnsetType = field(name="amount", default=UNSET)
    expires_on: date | UnsetType | None = UNSET
    note: Text | UnsetType | None = UNSET


class VoidReward(Command, frozen=True, gc=False, tag="void_reward"):
    """Rule 10.10."""

    reward: Id
    reason: Text | None = None


class RedeemReward(Command, frozen=True, gc=False, tag="redeem_reward"):
    """Rule 10.8."""

    reward: Id
    invoice: Id


class UndoRedeemReward(Command, frozen=True, gc=False, tag="undo_redeem_reward"):
    """Rule 10.8."""

    reward: Id
    invoice: Id


class ProcessRewards(Command, frozen=True, gc=False, tag="process_rewards"):
    """Rule 10.3; `guests` None is everybody who qualifies."""

    threshold_cents: int = field(name="threshold")
    amount_cents: int = field(name="amount")
    expires_on: date | None = None
    guests: tuple[Id, ...] | None = None


class UndoProcessRewards(Command, frozen=True, gc=False, tag="undo_process_rewards"):
    """Rule 10.5."""

    run: Id


class MergeGuests(Command, frozen=True, gc=False, tag="merge_guests"):
    """Rule 9.4: `from_guest` goes, `into_guest` stays."""

    from_guest: Id = field(name="from")
    into_guest: Id = field(name="into")


class UndoMerge(Command, frozen=True, gc=False, tag="undo_merge"):
    """Rule 9.4."""

    merge: Id


AnyCommand: TypeAlias = (
    Enroll
    | CancelEnrollment
    | SetOptIn
    | AddPoints
    | OpeningBalance
    | RemovePoints
    | Approve
    | Reject
    | ExtendExpiry
    | Hold
    | ReleaseHold
    | CaptureHold
    | RedeemPoints
    | UndoRedeemPoints
    | IssueReward
    | EditReward
    | VoidReward
    | RedeemReward
    | UndoRedeemReward
    | ProcessRewards
    | UndoProcessRewards
    | MergeGuests
    | UndoMerge
)
