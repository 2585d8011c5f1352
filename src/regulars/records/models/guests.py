"""Guests, where they stand in the program, and how they came there."""

from django.db import models
from django.db.models import Q

from regulars.records.constraints import foreign_keys, organization_key
from regulars.records.fields import OrganizationModel, OrgForeignKey
from regulars.records.models.organization import GuestStatus


class Guest(OrganizationModel):
    """The person who visits and earns. `merged_into` names the survivor of a merge (rule 9.4).

    `referrer` is set once it is known and allowed (rule 6.7); `referred_by_ref` is what was
    said. `said_opt_in` is the last record's word, `opted_in` what holds: a command may differ.
    `settle_on` is the close that has something to settle here, null when nothing waits.
    """

    external_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, null=True)
    phone = models.CharField(max_length=64, null=True)
    birthday = models.DateField(null=True)
    anniversary = models.DateField(null=True)
    status = OrgForeignKey(GuestStatus, models.PROTECT, null=True, related_name="+")
    home_center_ref = models.CharField(max_length=200, null=True)
    referred_by_ref = models.CharField(max_length=200, null=True)
    referrer = OrgForeignKey("records.Guest", models.PROTECT, null=True, related_name="+")
    signup_channel = models.CharField(max_length=20, null=True)
    signed_up_on = models.DateField(null=True)
    opted_in = models.BooleanField(default=True)
    said_opt_in = models.BooleanField(default=True)
    merged_into = OrgForeignKey("records.Guest", models.PROTECT, null=True, related_name="+")
    known_at = models.DateTimeField()
    known_on = models.DateField()
    digest = models.CharField(max_length=64)
    settle_on = models.DateField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            organization_key(),
            *foreign_keys("organization", "status", "referrer", "merged_into"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="guest_external_id"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "settle_on"],
                name="guest_settle_on",
                condition=Q(settle_on__isnull=False),
            ),
            models.Index(
                fields=["organization", "referred_by_ref"],
                name="guest_referred_by",
                condition=Q(referred_by_ref__isnull=False),
            ),
            models.Index(
                fields=["organization", "merged_into"],
                name="guest_merged_into",
                condition=Q(merged_into__isnull=False),
            ),
            # The last column holds nothing: SQLite counts from an index that has all it asks.
            models.Index(
                fields=["organization", "status", "id", "merged_into"],
                name="guest_by_status",
                condition=Q(merged_into__isnull=True),
            ),
            models.Index(
                fields=["organization", "known_on", "id"],
                name="guest_known",
                condition=Q(merged_into__isnull=True),
            ),
            models.Index(
                fields=["organization", "name", "external_id"],
                name="guest_name",
                condition=Q(merged_into__isnull=True),
            ),
            models.Index(
                fields=["organization", "referrer"],
                name="guest_referrer",
                condition=Q(referrer__isnull=False),
            ),
        ]


class GuestLookup(OrganizationModel):
    """What a guest is found by at the desk, spelled as `records.lookups` says; it follows from
    the guest's record, a merged guest's from its own.
    """

    value = models.CharField(max_length=250)
    guest = OrgForeignKey(Guest, models.CASCADE, related_name="+")

    class Meta(OrganizationModel.Meta):
        constraints = [*foreign_keys("guest")]
        indexes = [
            # Byte order, whatever the database's language: a prefix is a range.
            models.Index(
                fields=["organization", "value", "guest"],
                name="guest_lookup_value",
                opclasses=["uuid_ops", "varchar_pattern_ops", "uuid_ops"],
            ),
            models.Index(fields=["organization", "guest"], name="guest_lookup_guest"),
        ]


class Account(OrganizationModel):
    """One guest's standing and balance: the row that is locked before anything moves.

    `points` are the open lots less `debt_points`; `credit_cents` is the open money credit.
    `entry_count`, `lot_count` and `head` are the end of the guest's hash-chained ledger.
    """

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    points = models.BigIntegerField(default=0)
    debt_points = models.BigIntegerField(default=0)
    credit_cents = models.BigIntegerField(default=0)
    entry_count = models.BigIntegerField(default=0)
    lot_count = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")
    tier = models.CharField(max_length=200, null=True)
    tier_since = models.DateField(null=True)
    enrolled_on = models.DateField(null=True)
    is_direct = models.BooleanField(default=False)
    was_enrolled = models.BooleanField(default=False)
    entered_tiers = models.TextField(default="[]")
    consumed_cents = models.BigIntegerField(default=0)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest"),
            models.UniqueConstraint(fields=["organization", "guest"], name="account_guest"),
            models.CheckConstraint(
                condition=Q(debt_points__gte=0) & Q(credit_cents__gte=0),
                name="account_in_range",
            ),
            models.CheckConstraint(
                condition=Q(debt_points=0) | Q(points__lt=0), name="account_debt_is_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "points", "guest"], name="account_points"),
            models.Index(fields=["organization", "tier", "guest"], name="account_tier"),
        ]


class TierMove(OrganizationModel):
    """The history of tiers, append-only; `standing_before` lets a merge or a void be undone."""

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    moved_on = models.DateField()
    tier_before = models.CharField(max_length=200, null=True)
    tier_after = models.CharField(max_length=200, null=True)
    cause = models.CharField(max_length=20)
    source = models.CharField(max_length=260)
    standing_before = models.TextField()
    why = models.TextField()
    posted_at = models.DateTimeField()
    posted_by = models.CharField(max_length=200, null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest"),
            models.UniqueConstraint(
                fields=["organization", "guest", "number"], name="tier_move_number"
            ),
        ]
