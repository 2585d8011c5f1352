import django.db.models.deletion
from django.db import migrations, models

import regulars.records.constraints
import regulars.records.fields
import regulars.records.ids


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0007_desk_invoices"),
    ]

    operations = [
        migrations.CreateModel(
            name="CacheEntry",
            fields=[
                (
                    "cache_key",
                    models.CharField(max_length=255, primary_key=True, serialize=False),
                ),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="StaffMember",
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
                ("external_id", models.CharField(max_length=200)),
                ("user_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("email", models.CharField(max_length=254)),
                ("role", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=10, null=True)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "center",
                    regulars.records.fields.OrgForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.center",
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
                "indexes": [models.Index(fields=["user_id"], name="staff_member_by_user")],
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="organization", name="staffmember_organization_fk"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="center", name="staffmember_center_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "external_id"), name="staff_member_external_id"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "user_id"), name="staff_member_user"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["owner", "manager", "front_desk", "marketing", "accountant"],
                            )
                        ),
                        name="staff_member_role",
                    ),
                ],
            },
        ),
    ]
