import django.db.models.deletion
from django.db import migrations, models

import regulars.records.constraints
import regulars.records.fields
import regulars.records.ids
from regulars.records import bulk, lookups
from regulars.records.scope import organization_scope

CHUNK = 2000


def find_them_all(apps, schema_editor):
    """Write what the guests that are there already are found by."""
    for organization in bulk.select("SELECT id FROM records_organization", types="uuid"):
        with organization_scope(organization[0]):
            _find_all_of(organization[0], apps.get_model("records", "GuestLookup"))


def _find_all_of(organization, model):
    after = ""
    while True:
        rows = bulk.select(
            "SELECT id, name, email, phone, home_center_ref, external_id FROM records_guest"
            f" WHERE organization_id = %s AND external_id > %s ORDER BY external_id LIMIT {CHUNK}",
            [organization, after],
            types="uuid",
        )
        if not rows:
            return
        lookups.write([row[:5] for row in rows], [], model=model)
        after = rows[-1][5]


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_what_the_desk_keeps"),
    ]

    operations = [
        migrations.CreateModel(
            name="GuestLookup",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=regulars.records.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("value", models.CharField(max_length=250)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.guest",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.organization",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["organization", "value", "guest"],
                        name="guest_lookup_value",
                        opclasses=["uuid_ops", "varchar_pattern_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["organization", "guest"], name="guest_lookup_guest"),
                ],
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="guestlookup_guest_fk"
                    ),
                ],
            },
        ),
        migrations.RunPython(find_them_all, migrations.RunPython.noop),
        migrations.DeleteModel(name="GuestClaim"),
    ]
