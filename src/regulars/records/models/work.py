"""What the worker does: one row for each piece of scheduled work, with its outcome."""

from django.db import models
from django.db.models import Q

from regulars.records.constraints import foreign_keys
from regulars.records.fields import OrganizationModel


class WorkRun(OrganizationModel):
    """One job for one day, of one center or (`center_ref` empty) the whole organization.

    `state` is running | done | failed. A worker holds it until `held_until`; past that it is
    taken to have died, and another takes the work up again. Instants are the worker's clock.
    """

    job = models.CharField(max_length=30)
    day = models.DateField()
    center_ref = models.CharField(max_length=200, default="")
    state = models.CharField(max_length=10)
    attempts = models.IntegerField(default=1)
    worker = models.CharField(max_length=200)
    held_until = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    milliseconds = models.BigIntegerField(default=0)
    n_done = models.BigIntegerField(default=0)
    outcome = models.TextField(default="")

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "job", "day", "center_ref"], name="work_run_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "job"],
                name="work_run_open",
                condition=~Q(state="done"),
            )
        ]
