"""What the front desk keeps for itself: labels beside names, hours, columns of the book.

None of it is a record of the contract, and none of it changes what a guest earns.
"""

from django.db import models
from django.db.models import F, Q

from regulars.records.constraints import foreign_keys
from regulars.records.fields import OrganizationModel, OrgForeignKey
from regulars.records.models.organization import Center, Item


class GuestCategory(OrganizationModel):
    """A label of one center, one of each kind (rule 3.10); `limit` as its kind counts."""

    center = OrgForeignKey(Center, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=40)
    icon = models.CharField(max_length=30)
    limit = models.BigIntegerField(null=True)
    days = models.IntegerField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("center"),
            models.UniqueConstraint(
                fields=["organization", "center", "kind"], name="guest_category_kind"
            ),
        ]


class DeskChange(OrganizationModel):
    """Who changed something here, when and why, append-only.

    `about` says what of (`category/soho/new`), `body` how it stands since, empty once removed.
    """

    about = models.CharField(max_length=420)
    body = models.TextField(default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=200, null=True)
    why = models.TextField(default="")

    class Meta(OrganizationModel.Meta):
        constraints = [*foreign_keys("organization")]
        indexes = [models.Index(fields=["organization", "about", "id"], name="desk_change")]


class OpeningHours(OrganizationModel):
    """When a center is open on a weekday (0 is Monday), in minutes after midnight of its own
    zone; a weekday without a row is closed.
    """

    center = OrgForeignKey(Center, models.CASCADE, related_name="+")
    weekday = models.IntegerField()
    opens_minute = models.IntegerField()
    closes_minute = models.IntegerField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("center"),
            models.UniqueConstraint(
                fields=["organization", "center", "weekday"], name="opening_hours_day"
            ),
            models.CheckConstraint(
                condition=Q(
                    weekday__gte=0,
                    weekday__lte=6,
                    opens_minute__gte=0,
                    opens_minute__lt=F("closes_minute"),
                    closes_minute__lte=1440,
                ),
                name="opening_hours_in_range",
            ),
        ]


class ItemOffer(OrganizationModel):
    """How the desk offers an item: how long it takes, what tax is added, if it is offered.

    `tax_rate` is in thousandths of a percent, null where nobody said.
    """

    item = OrgForeignKey(Item, models.CASCADE, related_name="+")
    minutes = models.IntegerField(null=True)
    retired_at = models.DateTimeField(null=True)
    tax_rate = models.IntegerField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("item"),
            models.UniqueConstraint(fields=["organization", "item"], name="item_offer_item"),
        ]


class Provider(OrganizationModel):
    """Somebody who gives services: a column of a center's appointment book.

    `external_id` is what appointments name as their `staff`.
    """

    center = OrgForeignKey(Center, models.CASCADE, related_name="+")
    external_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    place = models.IntegerField()
    retired_at = models.DateTimeField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("center"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="provider_external_id"
            ),
        ]


class StaffChoice(OrganizationModel):
    """How one staff member likes a page: the columns of a list, say."""

    staff_ref = models.CharField(max_length=200)
    about = models.CharField(max_length=60)
    value = models.TextField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "staff_ref", "about"], name="staff_choice_about"
            ),
        ]
