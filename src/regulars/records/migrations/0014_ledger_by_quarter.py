from typing import Any

from django.db import migrations, models

from regulars.records.quarters import Quarter, QuarterField, is_quarter


def set_quarters(apps: Any, editor: Any) -> None:
    """Of what was there before."""
    entries = apps.get_model("records", "LedgerEntry").objects
    entries.update(entered_quarter=Quarter("entered_on"))


class Migration(migrations.Migration):
    """A guest's entries are found by quarter and number: what is new of all guests lies
    together.
    """

    dependencies = [
        ("records", "0013_quarters_first"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="ledgerentry", name="ledger_entry_number"),
        migrations.AddField(
            model_name="ledgerentry",
            name="entered_quarter",
            field=QuarterField(of="entered_on", default=0),
            preserve_default=False,
        ),
        migrations.RunPython(set_quarters, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                fields=["organization", "entered_quarter", "guest", "number"],
                name="ledger_entry_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=is_quarter(
                "entered_quarter", of="entered_on", name="ledger_entry_quarter"
            ),
        ),
    ]
