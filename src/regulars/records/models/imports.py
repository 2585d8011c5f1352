"""Files of other systems: how their columns are read, what came of each import and row."""

from django.db import models
from django.db.models import Q

from regulars.records.constraints import foreign_keys, organization_key
from regulars.records.fields import OrganizationModel, OrgForeignKey


class ImportMapping(OrganizationModel):
    """A mapping under a name, found again by the headers of a file of its kind."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    headers = models.TextField()
    headers_digest = models.CharField(max_length=64)
    document = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200, null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "name"], name="import_mapping_name"
            ),
        ]


class ImportRun(OrganizationModel):
    """One import. `state` is looked_at | waiting | running | done | failed | cancelled.

    `document` has its files with their mappings and what was stated, `progress` how far it
    came, `actor` for whom it acts. `digest` tells the same files and mappings again.
    `problem` is why it failed, in English; `problem_said` the same as its template and values.
    """

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10)
    is_trial = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, default="")
    document = models.TextField()
    progress = models.TextField(default="{}")
    actor = models.TextField()
    problem = models.TextField(default="")
    problem_said = models.TextField(null=True)
    known_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [organization_key(), *foreign_keys("organization")]
        indexes = [
            models.Index(
                fields=["organization", "made_at"],
                name="import_run_waiting",
                condition=Q(state__in=("waiting", "running")),
            ),
            models.Index(fields=["organization", "digest"], name="import_run_digest"),
        ]


class ImportPiece(OrganizationModel):
    """A piece of a file that was sent in, kept until its import is over."""

    run = OrgForeignKey(ImportRun, models.CASCADE, related_name="+")
    file = models.IntegerField()
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("run"),
            models.UniqueConstraint(
                fields=["organization", "run", "file", "number"], name="import_piece_number"
            ),
        ]


class ImportRow(OrganizationModel):
    """What became of one row of a file; `number` counts the lines of the report.

    `message` is English; `said` its sentences as templates and values, a list in JSON.
    """

    run = OrgForeignKey(ImportRun, models.CASCADE, related_name="+")
    number = models.BigIntegerField()
    file = models.CharField(max_length=200)
    row = models.BigIntegerField()
    record = models.CharField(max_length=300)
    status = models.CharField(max_length=10)
    code = models.CharField(max_length=40, null=True)
    field = models.CharField(max_length=200, null=True)
    value = models.CharField(max_length=200, null=True)
    message = models.TextField(null=True)
    said = models.TextField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("run"),
            models.UniqueConstraint(
                fields=["organization", "run", "number"], name="import_row_number"
            ),
        ]
