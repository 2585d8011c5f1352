import django.db.models.deletion
from django.db import migrations, models

import regulars.records.constraints
import regulars.records.fields
import regulars.records.ids
from regulars.records import bulk, codec
from regulars.records.scope import organization_scope

CHUNK = 2000


def tell_ratings(apps, schema_editor):
    """Fill what lists of feedback are narrowed by, from what each feedback says."""
    for organization in bulk.select("SELECT id FROM records_organization", types="uuid"):
        with organization_scope(organization[0]):
            _tell_ratings_of(organization[0], apps.get_model("records", "Feedback"))


def _tell_ratings_of(organization, model):
    after = ""
    while True:
        rows = bulk.select(
            "SELECT id, external_id, document FROM records_feedback"
            f" WHERE organization_id = %s AND external_id > %s ORDER BY external_id LIMIT {CHUNK}",
            [organization, after],
            types="uuid text text",
        )
        if not rows:
            return
        values = [(key, *_shown(codec.value_of(document))) for key, _, document in rows]
        bulk.update(model, ["id"], ["rating", "webstore_on"], values)
        after = rows[-1][1]


def _shown(said):
    days = [one["on"] for one in said["published"] if one["to"] == "webstore"]
    return said["rating"], min(days, default=None)


def _key():
    return (
        "id",
        models.UUIDField(
            default=regulars.records.ids.uuid7,
            editable=False,
            primary_key=True,
            serialize=False,
        ),
    )


def _organization():
    return (
        "organization",
        models.ForeignKey(
            db_constraint=False,
            db_index=False,
            editable=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="records.organization",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_orders_of_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="RewardOrder",
            fields=[
                _key(),
                ("kind", models.CharField(max_length=10)),
                ("state", models.CharField(max_length=10)),
                ("run_ref", models.CharField(default="", max_length=200)),
                ("threshold_cents", models.BigIntegerField(default=0)),
                ("amount_cents", models.BigIntegerField(default=0)),
                ("expires_on", models.DateField(null=True)),
                ("is_mailed", models.BooleanField(default=False)),
                ("cursor", models.UUIDField(null=True)),
                ("n_looked", models.IntegerField(default=0)),
                ("n_to_look", models.IntegerField(default=0)),
                ("n_lines", models.IntegerField(default=0)),
                ("n_guests", models.IntegerField(default=0)),
                ("n_rewards", models.BigIntegerField(default=0)),
                ("n_all", models.IntegerField(default=0)),
                ("n_done", models.IntegerField(default=0)),
                ("is_telling", models.BooleanField(default=False)),
                ("problem", models.TextField(default="")),
                ("made_by", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                _organization(),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["organization", "run_ref"], name="reward_order_run")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="rewardorder_organization_id"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="organization", name="rewardorder_organization_fk"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        fields=("organization", "run_ref", "kind"),
                        name="reward_order_under_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RewardOrderLine",
            fields=[
                _key(),
                ("guest_ref", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("found_by", models.TextField()),
                ("total_cents", models.BigIntegerField()),
                ("consumed_cents", models.BigIntegerField()),
                ("n_rewards", models.IntegerField()),
                ("carry_cents", models.BigIntegerField()),
                ("is_ticked", models.BooleanField(default=True)),
                _organization(),
                (
                    "order",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.rewardorder",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["organization", "order", "total_cents"],
                        name="reward_order_line_total",
                    ),
                    models.Index(
                        fields=["organization", "order", "name"], name="reward_order_line_name"
                    ),
                ],
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="order", name="rewardorderline_order_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "order", "guest_ref"),
                        name="reward_order_line_guest",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="feedback",
            name="rating",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="feedback",
            name="webstore_on",
            field=models.DateField(null=True),
        ),
        migrations.RunPython(tell_ratings, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(
                fields=["organization", "first_on", "external_id"], name="feedback_first_on"
            ),
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(
                condition=models.Q(("published_on__isnull", True), ("share_permission", True)),
                fields=["organization", "first_on", "external_id"],
                name="feedback_to_publish",
            ),
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(fields=["organization", "rating"], name="feedback_rating"),
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(
                condition=models.Q(("webstore_on__isnull", False)),
                fields=["organization", "webstore_on", "external_id"],
                name="feedback_webstore",
            ),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(
                condition=models.Q(("run__isnull", False)),
                fields=["organization", "run", "external_id"],
                name="reward_run",
            ),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(
                fields=["organization", "issued_on", "external_id"], name="reward_issued_on"
            ),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(
                fields=["organization", "amount_cents", "external_id"], name="reward_amount"
            ),
        ),
    ]
