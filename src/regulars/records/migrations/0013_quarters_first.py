from datetime import date
from typing import Any

from django.db import migrations, models

from regulars.records.quarters import Quarter, QuarterField, is_quarter

DAYS_OF_DRAWS = """UPDATE records_draw SET entered_on = COALESCE((
    SELECT e.entered_on FROM records_ledgerentry e
    WHERE e.organization_id = records_draw.organization_id
    AND e.guest_id = records_draw.guest_id AND e.number = records_draw.entry_number),
    records_draw.entered_on)"""


def set_quarters(apps: Any, editor: Any) -> None:
    """Of what was there before."""
    apps.get_model("records", "Record").objects.update(quarter=Quarter("at"))
    apps.get_model("records", "Spend").objects.update(paid_quarter=Quarter("paid_on"))


class Migration(migrations.Migration):
    """Indexes by guest begin with a quarter or a day: what is new of all guests lies together."""

    dependencies = [
        ("records", "0012_keys_side_by_side"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="draw", name="draw_entry"),
        migrations.RemoveIndex(model_name="record", name="record_guest"),
        migrations.RemoveIndex(model_name="spend", name="spend_in_window"),
        migrations.AddField(
            model_name="draw",
            name="entered_on",
            field=models.DateField(default=date.min),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="record",
            name="quarter",
            field=QuarterField(of="at", default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="spend",
            name="paid_quarter",
            field=QuarterField(of="paid_on", default=0),
            preserve_default=False,
        ),
        migrations.RunSQL(DAYS_OF_DRAWS, migrations.RunSQL.noop),
        migrations.RunPython(set_quarters, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="record",
            constraint=is_quarter("quarter", of="at", name="record_quarter"),
        ),
        migrations.AddConstraint(
            model_name="spend",
            constraint=is_quarter("paid_quarter", of="paid_on", name="spend_quarter"),
        ),
        migrations.AddIndex(
            model_name="draw",
            index=models.Index(
                fields=["organization", "entered_on", "guest", "entry_number"],
                name="draw_entry",
            ),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                fields=["organization", "quarter", "guest_ref", "id"], name="record_guest"
            ),
        ),
        migrations.AddIndex(
            model_name="spend",
            index=models.Index(
                fields=["organization", "paid_quarter", "guest", "paid_on", "spend_cents"],
                name="spend_in_window",
            ),
        ),
    ]
