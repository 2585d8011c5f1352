"""Staff members of an organization, and what processes share."""

from django.db import models
from django.db.models import Q

from regulars.records.constraints import foreign_keys
from regulars.records.fields import OrganizationModel, OrgForeignKey
from regulars.records.models.organization import Center


class StaffMember(OrganizationModel):
    """Somebody who works here. `external_id` is the name they act under in the books.

    `user_id` is the row of the sign-in, which lives in a local table and may belong to several
    organizations; hence no key to it. No center: at all of them. `language` null is the
    browser's.
    """

    external_id = models.CharField(max_length=200)
    user_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254)
    role = models.CharField(max_length=20)
    center = OrgForeignKey(Center, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=10, null=True)
    is_active = models.BooleanField(default=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization", "center"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="staff_member_external_id"
            ),
            models.UniqueConstraint(
                fields=["organization", "user_id"], name="staff_member_user"
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=["owner", "manager", "front_desk", "marketing", "accountant"]
                ),
                name="staff_member_role",
            ),
        ]
        indexes = [models.Index(fields=["user_id"], name="staff_member_by_user")]


class CacheEntry(models.Model):
    """What the processes of one server keep together for a while: failed sign-ins, mostly.

    The columns are those that Django's database cache writes.
    """

    placement = "local"

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)
