"""Keys that machines come in with, and what they were answered."""

from django.db import models

from regulars.records.constraints import foreign_keys
from regulars.records.fields import OrganizationModel
from regulars.records.ids import uuid7


class ApiKey(models.Model):
    """One key of one organization. Only a hash of its secret is kept.

    Found by its locator before any organization is known, hence in no organization's scope;
    when it was last used stands apart, in `KeyUse`, since that is written often.
    """

    placement = "reference"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.UUIDField()
    locator = models.CharField(max_length=16)
    secret_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    scope = models.CharField(max_length=20)
    center_ref = models.CharField(max_length=200, null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200, null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=200, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["locator"], name="api_key_locator")]
        indexes = [models.Index(fields=["owner"], name="api_key_owner")]


class KeyUse(OrganizationModel):
    """When a key was last used, to the minute."""

    key = models.UUIDField()
    used_at = models.DateTimeField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(fields=["organization", "key"], name="key_use_key"),
        ]


class KeptAnswer(OrganizationModel):
    """What a write was answered, for the same Idempotency-Key to be answered alike."""

    key = models.UUIDField()
    asked = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    status = models.IntegerField()
    media_type = models.CharField(max_length=60)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "key", "asked"], name="kept_answer_asked"
            ),
        ]
        indexes = [models.Index(fields=["organization", "at"], name="kept_answer_at")]
