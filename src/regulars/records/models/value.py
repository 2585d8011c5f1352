"""Value put to use: redemptions, holds, rewards, runs, merges, what waits for approval."""

from django.db import models
from django.db.models import Q

from regulars.records.constraints import foreign_keys, organization_key
from regulars.records.fields import OrganizationModel, OrgForeignKey
from regulars.records.models.documents import Invoice
from regulars.records.models.guests import Guest


class Redemption(OrganizationModel):
    """Points or a reward standing on an invoice as a tender (rules 7.3, 7.8, 10.8).

    `state` is standing | undone | returned; `draws` the lots and what is still drawn of each.
    For a reward `points` is 0 and `external_id` its command's.
    """

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    invoice = OrgForeignKey(Invoice, models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=200)
    unit = models.CharField(max_length=6)
    reward_ref = models.CharField(max_length=260, null=True)
    points = models.BigIntegerField()
    paid_cents = models.BigIntegerField()
    is_pre_tax = models.BooleanField()
    item_kinds = models.TextField(null=True)
    redeemed_at = models.DateTimeField()
    redeemed_on = models.DateField()
    returned_points = models.BigIntegerField(default=0)
    draws = models.TextField()
    state = models.CharField(max_length=10)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest", "invoice"),
            models.UniqueConstraint(
                fields=["organization", "unit", "external_id"], name="redemption_external_id"
            ),
        ]
        indexes = [models.Index(fields=["organization", "invoice"], name="redemption_invoice")]


class Hold(OrganizationModel):
    """Value set aside for a booking or an open bill (rule 7.7).

    `lots` are (number, points) still set aside, `rewards` the codes; `state` is
    open | captured | released.
    """

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=200)
    invoice_ref = models.CharField(max_length=200, null=True)
    appointment_ref = models.CharField(max_length=200, null=True)
    until = models.DateTimeField()
    lots = models.TextField()
    rewards = models.TextField()
    state = models.CharField(max_length=10)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="hold_external_id"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "guest"],
                name="hold_open",
                condition=Q(state="open"),
            ),
            models.Index(
                fields=["organization", "until"],
                name="hold_until",
                condition=Q(state="open"),
            ),
        ]


class RewardRun(OrganizationModel):
    """One run of Process Loyalty Rewards: who, when, its parameters (rule 10.5)."""

    external_id = models.CharField(max_length=200)
    threshold_cents = models.BigIntegerField()
    amount_cents = models.BigIntegerField()
    expires_on = models.DateField(null=True)
    run_on = models.DateField()
    at = models.DateTimeField()
    run_by = models.CharField(max_length=200, null=True)
    is_undone = models.BooleanField(default=False)
    n_guests = models.IntegerField()
    n_rewards = models.IntegerField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            organization_key(),
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="reward_run_external_id"
            ),
        ]


class Reward(OrganizationModel):
    """Studio credit: a lot of credit with a code (rule 10.7). Its money is in the ledger.

    `state` is issued | held | redeemed | void; expired is computed from the date.
    """

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=260)
    lot_number = models.BigIntegerField()
    amount_cents = models.BigIntegerField()
    applied_cents = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    source = models.CharField(max_length=10)
    run = OrgForeignKey(RewardRun, models.PROTECT, null=True, related_name="+")
    rest_of = models.CharField(max_length=260, null=True)
    consumed_cents = models.BigIntegerField(default=0)
    invoice = OrgForeignKey(Invoice, models.PROTECT, null=True, related_name="+")
    note = models.TextField(null=True)
    void_reason = models.TextField(null=True)
    issued_by = models.CharField(max_length=200, null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest", "run", "invoice"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="reward_external_id"
            ),
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0, applied_cents__gte=0),
                name="reward_amount_in_range",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "guest"], name="reward_guest"),
            # All that a list of guests asks of it: read without the rows.
            models.Index(
                fields=[
                    "organization",
                    "guest",
                    "state",
                    "issued_on",
                    "expires_on",
                    "amount_cents",
                ],
                name="reward_open",
                condition=Q(state__in=("issued", "held")),
            ),
            models.Index(
                fields=["organization", "run", "external_id"],
                name="reward_run",
                condition=Q(run__isnull=False),
            ),
            models.Index(
                fields=["organization", "issued_on", "external_id", "amount_cents"],
                name="reward_issued",
            ),
            models.Index(
                fields=["organization", "amount_cents", "external_id"], name="reward_amount"
            ),
            models.Index(
                fields=["organization", "invoice"],
                name="reward_invoice",
                condition=Q(invoice__isnull=False),
            ),
            models.Index(
                fields=["organization", "expires_on", "guest"],
                name="reward_soonest",
                condition=Q(expires_on__isnull=False),
            ),
        ]


class Merge(OrganizationModel):
    """Two guests made one; `moved` is what undoing it needs (rule 9.4)."""

    external_id = models.CharField(max_length=200)
    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    survivor = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    moved = models.TextField()
    merged_on = models.DateField()
    is_undone = models.BooleanField(default=False)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest", "survivor"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="merge_external_id"
            ),
        ]


class ApprovalRequest(OrganizationModel):
    """An act above the approval limit, waiting for a second person (rule 9.2)."""

    name = models.CharField(max_length=260)
    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    body = models.TextField()
    asked_by = models.CharField(max_length=200, null=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    decided_by = models.CharField(max_length=200, null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest"),
            models.UniqueConstraint(
                fields=["organization", "name"], name="approval_request_name"
            ),
        ]


class ReferralTurn(OrganizationModel):
    """A referred guest's invoice, to be settled for the referring guest in a turn of its
    own.
    """

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    referred_ref = models.CharField(max_length=200)
    invoice_ref = models.CharField(max_length=200)
    settle_on = models.DateField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest"),
            models.UniqueConstraint(
                fields=["organization", "guest", "invoice_ref"], name="referral_turn_invoice"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "settle_on"], name="referral_turn_settle_on")
        ]


class JobRun(OrganizationModel):
    """A close, check or expiry of one day: how far it came, so that it goes on after a
    crash.
    """

    job = models.CharField(max_length=20)
    day = models.DateField()
    cursor = models.UUIDField(null=True)
    is_done = models.BooleanField(default=False)
    n_guests = models.IntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(fields=["organization", "job", "day"], name="job_run_day"),
        ]
