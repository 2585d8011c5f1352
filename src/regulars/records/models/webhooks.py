"""What other programs are told: how far the feed is numbered, who listens, what waits."""

from django.db import models

from regulars.records.constraints import foreign_keys, organization_key
from regulars.records.fields import OrganizationModel, OrgForeignKey


class EventFeed(OrganizationModel):
    """How far events are numbered, and up to where they are gone; locked to number more."""

    last_number = models.BigIntegerField(default=0)
    forgotten_through = models.BigIntegerField(default=0)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(fields=["organization"], name="event_feed_once"),
        ]


class WebhookEndpoint(OrganizationModel):
    """An address that is told of events. `types` is a JSON list, empty for all.

    `told_through` is the number of the last event that was put in line for it. `secret` signs
    what it is sent, until `old_secret_until` the one before signs as well. `failures` counts
    tries that failed since one succeeded; until `paused_until` one try at a time is made.
    Turned off after long failure it has `notice`, how its owners were told, and
    `notice_due_at`, when that is tried next.
    """

    ref = models.CharField(max_length=20)
    url = models.CharField(max_length=2000)
    name = models.CharField(max_length=200, default="")
    types = models.TextField(default="[]")
    is_on = models.BooleanField(default=True)
    secret = models.CharField(max_length=100)
    old_secret = models.CharField(max_length=100, null=True)
    old_secret_until = models.DateTimeField(null=True)
    told_through = models.BigIntegerField(default=0)
    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    problem = models.TextField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    turned_off_at = models.DateTimeField(null=True)
    notice = models.TextField(null=True)
    notice_due_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200, null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            organization_key(),
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "ref"], name="webhook_endpoint_ref"
            ),
        ]


class WebhookDelivery(OrganizationModel):
    """An event on its way to one endpoint; gone once it is accepted or given up.

    `line` is the guest's id, empty for events of no guest: of one line only the first is sent.
    While `worker` is set it is under way, until `next_try_at`.
    """

    endpoint = OrgForeignKey(WebhookEndpoint, models.CASCADE, related_name="+")
    number = models.BigIntegerField()
    event = models.CharField(max_length=60)
    type = models.CharField(max_length=40)
    line = models.CharField(max_length=200, default="")
    body = models.TextField()
    attempts = models.IntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField()
    worker = models.CharField(max_length=200, default="")

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("endpoint"),
            models.UniqueConstraint(
                fields=["organization", "endpoint", "number"], name="webhook_delivery_number"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "endpoint", "line", "number"],
                name="webhook_delivery_line",
            ),
            models.Index(fields=["organization", "next_try_at"], name="webhook_delivery_due"),
        ]


class WebhookAttempt(OrganizationModel):
    """One try to deliver an event: when, how it was answered, what became of it.

    `outcome` is accepted | failed | given_up; `status` is null where no answer came.
    """

    endpoint = OrgForeignKey(WebhookEndpoint, models.CASCADE, related_name="+")
    event = models.CharField(max_length=60)
    type = models.CharField(max_length=40)
    number = models.BigIntegerField(null=True)
    attempt = models.IntegerField()
    at = models.DateTimeField()
    milliseconds = models.BigIntegerField()
    outcome = models.CharField(max_length=10)
    status = models.IntegerField(null=True)
    answer = models.TextField(default="")

    class Meta(OrganizationModel.Meta):
        constraints = [*foreign_keys("endpoint")]
        indexes = [
            models.Index(
                fields=["organization", "endpoint", "id"], name="webhook_attempt_endpoint"
            ),
            models.Index(fields=["organization", "at"], name="webhook_attempt_at"),
        ]
