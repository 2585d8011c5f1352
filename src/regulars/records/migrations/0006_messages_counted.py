from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_who_is_told_and_what_is_asked"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["organization", "state", "made_at", "kind", "channel"],
                name="message_counted",
            ),
        ),
    ]
