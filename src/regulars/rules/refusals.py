"""An ordinary "no": a code for machines, a sentence with the numbers for people."""

from collections.abc import Mapping
from typing import Any

from regulars.rules.sentences import said

CODES = frozenset(
    """
    invalid_record unknown_reference tier_disallows_redemption not_enrolled negative_balance
    insufficient_points below_minimum above_maximum wrong_increment nothing_redeemable
    exceeds_amount_due invoice_not_open no_matching_tier direct_enrollment_off
    already_enrolled opted_out reward_not_redeemable run_has_redemptions enrolled
    remainder_used not_undoable hold_not_open invoice_below_redeemed guest_merged
    setting_conflict not_permitted conflict
    """.split()
)


class Refused(Exception):
    """A refusal by its stable code (contract section 4).

    `message` is a sentence fit to show at the desk, `said` the same for who would say it in
    another language; `field` and `value` name the bad input; `detail` holds the numbers that
    would be accepted.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        field: str | None = None,
        value: Any = None,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        assert code in CODES, code
        super().__init__(message)
        self.code = code
        self.message = str(message)
        self.said = message
        self.field = field
        self.value = value
        self.detail: dict[str, Any] = dict(detail or {})


def unknown_reference(kind: str, reference: str, *, field: str) -> Refused:
    return Refused(
        "unknown_reference",
        said("No {kind} is known by the id {reference!r}.", kind=kind, reference=reference),
        field=field,
        value=reference,
    )
