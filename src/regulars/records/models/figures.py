"""What the back office counts and keeps for itself: figures by day, and views of reports.

None of it is a record of the contract: figures are counted again from the books at any time.
"""

from django.db import models

from regulars.records.constraints import foreign_keys
from regulars.records.fields import OrganizationModel, OrgForeignKey
from regulars.records.models.guests import Guest


class DayFigure(OrganizationModel):
    """One number of one business date.

    `about` is points | reward | visit (what happened on the day), tier | owed (how things stood
    at its end); `kind` and `part` are what it counts: an entry's kind and its action, a tier.
    `center_ref` is the center it happened at, of a tier the guests' home; empty is no center.
    `number` counts, `value` is points or cents.
    """

    day = models.DateField()
    about = models.CharField(max_length=10)
    kind = models.CharField(max_length=30)
    part = models.CharField(max_length=200, default="")
    center_ref = models.CharField(max_length=200, default="")
    number = models.BigIntegerField(default=0)
    value = models.BigIntegerField(default=0)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "about", "day", "kind", "part", "center_ref"],
                name="day_figure_once",
            ),
        ]


class FigureCount(OrganizationModel):
    """When the figures were counted last, and of which days they are.

    The days up to `settled_through` were closed by then: their entries change no more.
    """

    counted_at = models.DateTimeField()
    first = models.DateField()
    last = models.DateField()
    settled_through = models.DateField(null=True)
    milliseconds = models.BigIntegerField(default=0)
    check_on = models.DateField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(fields=["organization"], name="figure_count_once"),
        ]


class DowngradeAhead(OrganizationModel):
    """A guest whom the next checks will move down, as far as is known: where to, and how much
    spend is missing to stay (rule 4.11).
    """

    guest = OrgForeignKey(Guest, models.CASCADE, related_name="+")
    check_on = models.DateField()
    tier = models.CharField(max_length=200)
    tier_after = models.CharField(max_length=200, null=True)
    spend_cents = models.BigIntegerField()
    missing_cents = models.BigIntegerField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest"),
            models.UniqueConstraint(
                fields=["organization", "guest"], name="downgrade_ahead_guest"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "missing_cents", "guest"],
                name="downgrade_ahead_missing",
            )
        ]


class ReportView(OrganizationModel):
    """A report as somebody wants to see it again: its name, and what was asked, as JSON."""

    owner_ref = models.CharField(max_length=200)
    owner_name = models.CharField(max_length=200)
    report = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    words = models.TextField()
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "owner_ref", "report", "name"], name="report_view_name"
            ),
        ]
