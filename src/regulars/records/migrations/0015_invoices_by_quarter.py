from typing import Any

from django.db import migrations, models

from regulars.records.quarters import Quarter, QuarterField, is_quarter


def set_quarters(apps: Any, editor: Any) -> None:
    """Of what was there before."""
    invoices = apps.get_model("records", "Invoice").objects
    invoices.update(opened_quarter=Quarter("opened_on"))


class Migration(migrations.Migration):
    """A guest's invoices are found by quarter: what is new of all guests lies together."""

    dependencies = [
        ("records", "0014_ledger_by_quarter"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="invoice", name="invoice_guest_opened"),
        migrations.AddField(
            model_name="invoice",
            name="opened_quarter",
            field=QuarterField(of="opened_on", default=0),
            preserve_default=False,
        ),
        migrations.RunPython(set_quarters, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=is_quarter("opened_quarter", of="opened_on", name="invoice_quarter"),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(
                fields=["organization", "opened_quarter", "guest", "opened_on"],
                name="invoice_guest_opened",
            ),
        ),
    ]
