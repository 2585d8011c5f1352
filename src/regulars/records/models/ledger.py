"""The append-only ledger: entries, the lots they open, the draws on them (rules 1.4, 5.5)."""

from django.db import models
from django.db.models import F, Q

from regulars.records.constraints import foreign_keys
from regulars.records.fields import OrganizationModel, OrgForeignKey
from regulars.records.models.guests import Guest
from regulars.records.quarters import QuarterField, is_quarter


class LedgerEntry(OrganizationModel):
    """One immutable line. `number` counts a guest's entries without a gap; `hash` covers this
    line and the one before it; `key` makes it happen once.
    """

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    unit = models.CharField(max_length=6)
    kind = models.CharField(max_length=20)
    action = models.CharField(max_length=30, null=True)
    points = models.BigIntegerField()
    tier = models.CharField(max_length=200, null=True)
    source = models.CharField(max_length=260)
    entered_on = models.DateField()
    entered_quarter = QuarterField(of="entered_on")
    key = models.CharField(max_length=500)
    version = models.CharField(max_length=10, null=True)
    why = models.TextField()
    posted_at = models.DateTimeField()
    posted_by = models.CharField(max_length=200, null=True)
    hash = models.CharField(max_length=64)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest"),
            models.UniqueConstraint(
                fields=["organization", "entered_quarter", "guest", "number"],
                name="ledger_entry_number",
            ),
            # The key first: an invoice's lies beside the one before it, a guest's anywhere.
            models.UniqueConstraint(
                fields=["organization", "key", "guest"], name="ledger_entry_key"
            ),
            is_quarter("entered_quarter", of="entered_on", name="ledger_entry_quarter"),
        ]
        # For reports: what came after a day is taken off, and credit is little beside points.
        indexes = [
            models.Index(fields=["organization", "entered_on"], name="ledger_entry_day"),
            models.Index(
                fields=["organization", "guest", "number"],
                name="ledger_entry_credit",
                condition=Q(unit="credit"),
            ),
        ]


class Lot(OrganizationModel):
    """Value of one unit still open, from one entry, with its own last day.

    `remaining` includes what holds set aside; `expired` is what lapsed of it (rule 8.3).
    """

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    entry_number = models.BigIntegerField()
    unit = models.CharField(max_length=6)
    size_points = models.BigIntegerField()
    remaining_points = models.BigIntegerField()
    held_points = models.BigIntegerField(default=0)
    expired_points = models.BigIntegerField(default=0)
    tier = models.CharField(max_length=200, null=True)
    action = models.CharField(max_length=30, null=True)
    source = models.CharField(max_length=260)
    earned_on = models.DateField()
    expires_on = models.DateField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest"),
            models.UniqueConstraint(
                fields=["organization", "guest", "number"], name="lot_number"
            ),
            models.CheckConstraint(
                condition=Q(
                    remaining_points__gte=0,
                    remaining_points__lte=F("size_points"),
                    held_points__gte=0,
                    held_points__lte=F("remaining_points"),
                    expired_points__gte=0,
                ),
                name="lot_remaining_in_range",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "expires_on", "guest"],
                name="lot_open_expiry",
                condition=Q(remaining_points__gt=0, expires_on__isnull=False),
            ),
            models.Index(
                fields=["organization", "guest", "expires_on"],
                name="lot_open_of_guest",
                condition=Q(remaining_points__gt=0),
            ),
            models.Index(
                fields=["organization", "guest", "number"],
                name="lot_credit",
                condition=Q(unit="credit"),
            ),
        ]


class Draw(OrganizationModel):
    """Value an entry took from one lot, or, below zero, gave back to it.

    `entered_on` is the entry's: by it draws are found, so that those of a day lie together.
    """

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entry_number = models.BigIntegerField()
    lot_number = models.BigIntegerField()
    points = models.BigIntegerField()
    kind = models.CharField(max_length=20)

    class Meta(OrganizationModel.Meta):
        constraints = [*foreign_keys("guest")]
        indexes = [
            models.Index(
                fields=["organization", "entered_on", "guest", "entry_number"],
                name="draw_entry",
            ),
        ]


class Occasion(OrganizationModel):
    """A once-per memory of actions 4 to 12: paid, paid nothing, or taken back (6.8, 8.4)."""

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    action = models.CharField(max_length=30)
    state = models.CharField(max_length=10)
    times = models.IntegerField()
    points = models.BigIntegerField()
    tier = models.CharField(max_length=200, null=True)
    source = models.CharField(max_length=260)
    invoice_ref = models.CharField(max_length=200, null=True)
    happened_on = models.DateField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest"),
            models.UniqueConstraint(
                fields=["organization", "guest", "name"], name="occasion_name"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "guest", "invoice_ref"],
                name="occasion_invoice",
                condition=Q(invoice_ref__isnull=False),
            )
        ]


class Outbox(OrganizationModel):
    """What a transaction must tell the world, written with it; sent by the worker.

    One row a transaction: which guests' ledgers grew, by the numbers of their entries; rows of
    other topics tell what is in no ledger. `status` is about messages to guests. `drawn` is the
    order of writing; `number` that of the feed, of the row's last event, once it is given.
    """

    topic = models.CharField(max_length=40)
    body = models.TextField()
    at = models.DateTimeField()
    status = models.CharField(max_length=10)
    n_events = models.BigIntegerField(default=0)
    drawn = models.BigIntegerField(default=0)
    number = models.BigIntegerField(null=True)
    numbered_at = models.DateTimeField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "number"],
                name="outbox_number",
                condition=Q(number__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "id"],
                name="outbox_waiting",
                condition=Q(status="waiting"),
            ),
            models.Index(
                fields=["organization", "drawn"],
                name="outbox_to_number",
                condition=Q(number__isnull=True, n_events__gt=0),
            ),
        ]
