"""The company, its centers, and what its facts may refer to."""

from django.db import models

from regulars.records.constraints import foreign_keys, organization_key
from regulars.records.fields import OrganizationModel
from regulars.records.ids import uuid7


class Organization(models.Model):
    """The company; owns the program and the guests (rule 1.1).

    `closed_through` is the last business date that is final, `expired_through` the last day
    whose lots have lapsed (rules 4.4, 9.1). `language` is that of messages to guests who chose
    none; null is English. `revision` counts the changes of
    what it is set up with: itself, centers, statuses, catalog, program. `clock_at` is what the
    clock of a sandbox shows; null is the real one.
    """

    placement = "reference"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    external_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    time_zone = models.CharField(max_length=64)
    language = models.CharField(max_length=10, null=True)
    closed_through = models.DateField(null=True)
    expired_through = models.DateField(null=True)
    known_at = models.DateTimeField()
    revision = models.BigIntegerField(default=0)
    is_sandbox = models.BooleanField(default=False)
    clock_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["external_id"], name="organization_external_id")
        ]


class Center(OrganizationModel):
    """One salon, spa or studio, with its own calendar (rule 1.2)."""

    external_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64)
    known_at = models.DateTimeField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            organization_key(),
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="center_external_id"
            ),
        ]


class GuestStatus(OrganizationModel):
    """Marketing's label on a guest; may include the guest in loyalty rewards (rule 10.2)."""

    external_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    include_in_loyalty_rewards = models.BooleanField()
    known_at = models.DateTimeField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            organization_key(),
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="guest_status_external_id"
            ),
        ]


class Item(OrganizationModel):
    """Something of the catalog; a line may carry its own kind instead."""

    external_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    price_cents = models.BigIntegerField(null=True)
    known_at = models.DateTimeField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            organization_key(),
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="item_external_id"
            ),
        ]


class ProgramVersion(OrganizationModel):
    """One published, immutable state of all marketing settings (rules 1.6, 3.11)."""

    effective_from = models.DateField()
    document = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200, null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            organization_key(),
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "effective_from"], name="program_version_effective"
            ),
        ]


class ProgramDraft(OrganizationModel):
    """The one draft of the next version that marketing works on together (rule 3.11).

    `document` may be unfinished. `number` counts its changes; `begun_from` is the version it
    was taken from, null for none.
    """

    document = models.TextField()
    number = models.BigIntegerField()
    begun_from = models.DateField(null=True)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(fields=["organization"], name="program_draft_one"),
        ]
