"""Facts as they were last said: one document a row, with the columns that queries need."""

from django.db import models
from django.db.models import Q

from regulars.records.constraints import foreign_keys, organization_key
from regulars.records.fields import OrganizationModel, OrgForeignKey
from regulars.records.models.guests import Guest
from regulars.records.models.organization import Center
from regulars.records.quarters import QuarterField, is_quarter


class Record(OrganizationModel):
    """The journal: every record that was applied, word for word, in the order of its ids.

    Its export is the organization's whole history. `body` is the record without its `at`;
    `status` is applied | pending. `guest_ref` is the guest it is about, as it names her;
    `other_guest_ref` the one a merge moves to. `quarter` is that of `at`, in UTC.
    """

    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=260)
    at = models.DateTimeField()
    said_by = models.CharField(max_length=200, null=True)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=10)
    is_command = models.BooleanField()
    guest_ref = models.CharField(max_length=200, null=True)
    other_guest_ref = models.CharField(max_length=200, null=True)
    quarter = QuarterField(of="at")

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="record_command_once",
                condition=Q(is_command=True),
            ),
            is_quarter("quarter", of="at", name="record_quarter"),
        ]
        # For the audit trail: each way to narrow it, in the order in which it is shown.
        indexes = [
            models.Index(
                fields=["organization", "quarter", "guest_ref", "id"], name="record_guest"
            ),
            models.Index(
                fields=["organization", "other_guest_ref", "id"],
                name="record_other_guest",
                condition=Q(other_guest_ref__isnull=False),
            ),
            models.Index(fields=["organization", "kind", "id"], name="record_kind"),
            models.Index(
                fields=["organization", "said_by", "id"],
                name="record_said_by_whom",
                condition=Q(said_by__isnull=False),
            ),
            models.Index(fields=["organization", "at"], name="record_at"),
        ]


class Refusal(OrganizationModel):
    """A command that a file was refused, so that the same file again is answered alike.

    It is no part of the history: nothing came of it.
    """

    name = models.CharField(max_length=260)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    code = models.CharField(max_length=40)
    message = models.TextField()
    detail = models.TextField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "name", "at", "digest"], name="refusal_once"
            ),
        ]


class Invoice(OrganizationModel):
    """An invoice: lines, payments and refunds in `document`, what was awarded in `memory`.

    `guest` owns it today; `named_guest_ref` is whom the caller named, which merges follow.
    `settle_on` is the close that has something to settle here; `money_news` says that a
    payment, refund, void or closing was first heard of since the last one (rule 4.4).
    `opened_quarter` is that of `opened_on`: by it and the guest hers are found.
    """

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    named_guest_ref = models.CharField(max_length=200)
    external_id = models.CharField(max_length=200)
    center = OrgForeignKey(Center, models.PROTECT, related_name="+")
    status = models.CharField(max_length=6)
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    opened_quarter = QuarterField(of="opened_on")
    closed_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    known_at = models.DateTimeField()
    known_on = models.DateField()
    digest = models.CharField(max_length=64)
    document = models.TextField()
    memory = models.TextField(default="")
    paid_in_full_on = models.DateField(null=True)
    was_paid_in_full = models.BooleanField(default=False)
    points_paid_cents = models.BigIntegerField(default=0)
    rewards_paid_cents = models.BigIntegerField(default=0)
    qualifying_cents = models.BigIntegerField(default=0)
    money_news = models.BooleanField(default=False)
    settle_on = models.DateField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            organization_key(),
            *foreign_keys("guest", "center"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="invoice_external_id"
            ),
            is_quarter("opened_quarter", of="opened_on", name="invoice_quarter"),
        ]
        indexes = [
            models.Index(
                fields=["organization", "settle_on", "guest"],
                name="invoice_settle_on",
                condition=Q(settle_on__isnull=False),
            ),
            models.Index(
                fields=["organization", "opened_quarter", "guest", "opened_on"],
                name="invoice_guest_opened",
            ),
            models.Index(
                fields=["organization", "center", "opened_at", "id"],
                name="invoice_center_opened",
            ),
            models.Index(
                fields=["organization", "opened_at", "id"],
                name="invoice_open",
                condition=Q(status="open"),
            ),
        ]


class InvoiceCounter(OrganizationModel):
    """The last number that a center's desk has given to an invoice."""

    center = OrgForeignKey(Center, models.CASCADE, related_name="+")
    last = models.BigIntegerField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("center"),
            models.UniqueConstraint(
                fields=["organization", "center"], name="invoice_counter_center"
            ),
        ]


class InvoiceAppointment(OrganizationModel):
    """An appointment named by an invoice line, known or not yet known."""

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    invoice = OrgForeignKey(Invoice, models.CASCADE, related_name="+")
    appointment_ref = models.CharField(max_length=200)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest", "invoice"),
            models.UniqueConstraint(
                fields=["organization", "appointment_ref", "invoice"],
                name="invoice_appointment_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "invoice"], name="invoice_appointments")
        ]


class Appointment(OrganizationModel):
    """A booking; `service_refs` is a JSON list of the items it is for, empty when none."""

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    named_guest_ref = models.CharField(max_length=200)
    external_id = models.CharField(max_length=200)
    center = OrgForeignKey(Center, models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    booked_on = models.DateField()
    channel = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    starts_on = models.DateField()
    status = models.CharField(max_length=20)
    invoice_ref = models.CharField(max_length=200, null=True)
    staff_ref = models.CharField(max_length=200, null=True)
    service_refs = models.TextField(default="")
    minutes = models.IntegerField(null=True)
    note = models.TextField(null=True)
    known_at = models.DateTimeField()
    known_on = models.DateField()
    digest = models.CharField(max_length=64)
    settle_on = models.DateField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest", "center"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="appointment_external_id"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "center", "starts_on"], name="appointment_book"
            ),
            models.Index(
                fields=["organization", "settle_on", "guest"],
                name="appointment_settle_on",
                condition=Q(settle_on__isnull=False),
            ),
            models.Index(
                fields=["organization", "guest", "booked_on"], name="appointment_booked_on"
            ),
            models.Index(
                fields=["organization", "guest", "starts_on"], name="appointment_starts_on"
            ),
            models.Index(
                fields=["organization", "invoice_ref"],
                name="appointment_invoice",
                condition=Q(invoice_ref__isnull=False),
            ),
        ]


class Feedback(OrganizationModel):
    """What a guest said of a visit; `first_on` is the day it was first recorded (rule 6.4).

    `rating` and `webstore_on`, since when everybody may read it, are for lists: what the rules
    are told of feedback has no rating.
    """

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    named_guest_ref = models.CharField(max_length=200)
    external_id = models.CharField(max_length=200)
    appointment_ref = models.CharField(max_length=200, null=True)
    first_on = models.DateField()
    share_permission = models.BooleanField()
    published_on = models.DateField(null=True)
    rating = models.SmallIntegerField(null=True)
    webstore_on = models.DateField(null=True)
    document = models.TextField()
    known_at = models.DateTimeField()
    known_on = models.DateField()
    digest = models.CharField(max_length=64)
    settle_on = models.DateField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="feedback_external_id"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "settle_on", "guest"],
                name="feedback_settle_on",
                condition=Q(settle_on__isnull=False),
            ),
            models.Index(fields=["organization", "guest", "first_on"], name="feedback_guest"),
            models.Index(
                fields=["organization", "first_on", "external_id"], name="feedback_first_on"
            ),
            models.Index(
                fields=["organization", "first_on", "external_id"],
                name="feedback_to_publish",
                condition=Q(share_permission=True, published_on__isnull=True),
            ),
            models.Index(fields=["organization", "rating"], name="feedback_rating"),
            models.Index(
                fields=["organization", "webstore_on", "external_id"],
                name="feedback_webstore",
                condition=Q(webstore_on__isnull=False),
            ),
        ]


class Spend(OrganizationModel):
    """Money of an invoice that counts for tiers, by the day it was paid (rules 4.1, 4.3).

    `guest` is the invoice's own, whose key says that she exists; `verify` compares the two.
    """

    guest = OrgForeignKey(Guest, models.PROTECT, proven_by="invoice", related_name="+")
    invoice = OrgForeignKey(Invoice, models.CASCADE, related_name="+")
    paid_on = models.DateField()
    paid_quarter = QuarterField(of="paid_on")
    spend_cents = models.BigIntegerField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("invoice"),
            models.UniqueConstraint(
                fields=["organization", "invoice", "paid_on"], name="spend_day_of_invoice"
            ),
            is_quarter("paid_quarter", of="paid_on", name="spend_quarter"),
        ]
        # A window's sum is read from the index alone.
        indexes = [
            models.Index(
                fields=["organization", "paid_quarter", "guest", "paid_on", "spend_cents"],
                name="spend_in_window",
            )
        ]
