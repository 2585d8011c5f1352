"""What staff order about runs of rewards: prepared on a page, carried out beside it."""

from django.db import models
from django.db.models import Q

from regulars.records.constraints import foreign_keys, organization_key
from regulars.records.fields import OrganizationModel, OrgForeignKey


class RewardOrder(OrganizationModel):
    """A run of rewards from its parameters to its end, or the undoing or telling of one.

    `kind` is process | undo | tell; `state` is looking | looked | waiting | running | done |
    failed. Guests up to `cursor` have been looked at, `n_looked` of `n_to_look`; `n_lines` of
    them may be given something, and `n_guests` with `n_rewards` are ticked. Of what is carried
    out `n_done` of `n_all` guests are done, in the step that `is_telling` says.
    """

    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    run_ref = models.CharField(max_length=200, default="")
    threshold_cents = models.BigIntegerField(default=0)
    amount_cents = models.BigIntegerField(default=0)
    expires_on = models.DateField(null=True)
    is_mailed = models.BooleanField(default=False)
    cursor = models.UUIDField(null=True)
    n_looked = models.IntegerField(default=0)
    n_to_look = models.IntegerField(default=0)
    n_lines = models.IntegerField(default=0)
    n_guests = models.IntegerField(default=0)
    n_rewards = models.BigIntegerField(default=0)
    n_all = models.IntegerField(default=0)
    n_done = models.IntegerField(default=0)
    is_telling = models.BooleanField(default=False)
    problem = models.TextField(default="")
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            organization_key(),
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "run_ref", "kind"],
                name="reward_order_under_way",
                condition=Q(state__in=("waiting", "running")),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "run_ref"], name="reward_order_run"),
        ]


class RewardOrderLine(OrganizationModel):
    """What a run that is being prepared would give one guest, unless unticked (rule 10.3).

    A memory of what was looked at: what is given is worked out again when the run is made.
    `found_by` has the words that the guest is searched by.
    """

    order = OrgForeignKey(RewardOrder, models.CASCADE, related_name="+")
    guest_ref = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    found_by = models.TextField()
    total_cents = models.BigIntegerField()
    consumed_cents = models.BigIntegerField()
    n_rewards = models.IntegerField()
    carry_cents = models.BigIntegerField()
    is_ticked = models.BooleanField(default=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("order"),
            models.UniqueConstraint(
                fields=["organization", "order", "guest_ref"], name="reward_order_line_guest"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "order", "total_cents"], name="reward_order_line_total"
            ),
            models.Index(
                fields=["organization", "order", "name"], name="reward_order_line_name"
            ),
        ]
