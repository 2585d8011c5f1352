from django.db import migrations, models


class Migration(migrations.Migration):
    """The key of an entry comes first in its index: a new one changes the page of the last."""

    dependencies = [
        ("records", "0011_soonest_rewards"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="ledgerentry",
            name="ledger_entry_key",
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                fields=("organization", "key", "guest"), name="ledger_entry_key"
            ),
        ),
    ]
