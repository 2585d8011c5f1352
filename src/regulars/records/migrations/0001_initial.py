import django.db.models.deletion
from django.db import migrations, models

import regulars.records.constraints
import regulars.records.fields
import regulars.records.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Organization",
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
                ("name", models.CharField(max_length=200)),
                ("currency", models.CharField(max_length=3)),
                ("time_zone", models.CharField(max_length=64)),
                ("closed_through", models.DateField(null=True)),
                ("expired_through", models.DateField(null=True)),
                ("known_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("external_id",), name="organization_external_id"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Center",
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
                ("name", models.CharField(max_length=200)),
                ("time_zone", models.CharField(max_length=64)),
                ("known_at", models.DateTimeField()),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="center_organization_id"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="organization", name="center_organization_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "external_id"), name="center_external_id"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuestStatus",
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
                ("name", models.CharField(max_length=200)),
                ("include_in_loyalty_rewards", models.BooleanField()),
                ("known_at", models.DateTimeField()),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="gueststatus_organization_id"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="organization", name="gueststatus_organization_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "external_id"), name="guest_status_external_id"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guest",
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
                ("name", models.CharField(max_length=200)),
                ("email", models.CharField(max_length=254, null=True)),
                ("phone", models.CharField(max_length=64, null=True)),
                ("birthday", models.DateField(null=True)),
                ("anniversary", models.DateField(null=True)),
                ("home_center_ref", models.CharField(max_length=200, null=True)),
                ("referred_by_ref", models.CharField(max_length=200, null=True)),
                ("signup_channel", models.CharField(max_length=20, null=True)),
                ("signed_up_on", models.DateField(null=True)),
                ("opted_in", models.BooleanField(default=True)),
                ("said_opt_in", models.BooleanField(default=True)),
                ("known_at", models.DateTimeField()),
                ("known_on", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("settle_on", models.DateField(null=True)),
                (
                    "merged_into",
                    regulars.records.fields.OrgForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.guest",
                    ),
                ),
                (
                    "referrer",
                    regulars.records.fields.OrgForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.guest",
                    ),
                ),
                (
                    "status",
                    regulars.records.fields.OrgForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.gueststatus",
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="guest_organization_id"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="organization", name="guest_organization_fk"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="status", name="guest_status_fk"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="referrer", name="guest_referrer_fk"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="merged_into", name="guest_merged_into_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "external_id"), name="guest_external_id"
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settle_on__isnull", False)),
                        fields=["organization", "settle_on"],
                        name="guest_settle_on",
                    ),
                    models.Index(
                        condition=models.Q(("referred_by_ref__isnull", False)),
                        fields=["organization", "referred_by_ref"],
                        name="guest_referred_by",
                    ),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["organization", "merged_into"],
                        name="guest_merged_into",
                    ),
                    models.Index(
                        condition=models.Q(("status__isnull", False)),
                        fields=["organization", "status"],
                        name="guest_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
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
                ("named_guest_ref", models.CharField(max_length=200)),
                ("external_id", models.CharField(max_length=200)),
                ("status", models.CharField(max_length=6)),
                ("opened_at", models.DateTimeField()),
                ("opened_on", models.DateField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("known_at", models.DateTimeField()),
                ("known_on", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("document", models.TextField()),
                ("memory", models.TextField(default="")),
                ("paid_in_full_on", models.DateField(null=True)),
                ("was_paid_in_full", models.BooleanField(default=False)),
                ("points_paid_cents", models.BigIntegerField(default=0)),
                ("rewards_paid_cents", models.BigIntegerField(default=0)),
                ("qualifying_cents", models.BigIntegerField(default=0)),
                ("money_news", models.BooleanField(default=False)),
                ("settle_on", models.DateField(null=True)),
                (
                    "center",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.center",
                    ),
                ),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="invoice_organization_id"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="invoice_guest_fk"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="center", name="invoice_center_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "external_id"), name="invoice_external_id"
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settle_on__isnull", False)),
                        fields=["organization", "settle_on", "guest"],
                        name="invoice_settle_on",
                    ),
                    models.Index(
                        fields=["organization", "guest", "opened_on"],
                        name="invoice_guest_opened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
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
                ("invoice_ref", models.CharField(max_length=200, null=True)),
                ("appointment_ref", models.CharField(max_length=200, null=True)),
                ("until", models.DateTimeField()),
                ("lots", models.TextField()),
                ("rewards", models.TextField()),
                ("state", models.CharField(max_length=10)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="hold_guest_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "external_id"), name="hold_external_id"
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["organization", "guest"],
                        name="hold_open",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["organization", "until"],
                        name="hold_until",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuestClaim",
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
                ("kind", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=254)),
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="guestclaim_guest_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "kind", "value", "guest"),
                        name="guest_claim_value",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
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
                ("named_guest_ref", models.CharField(max_length=200)),
                ("external_id", models.CharField(max_length=200)),
                ("appointment_ref", models.CharField(max_length=200, null=True)),
                ("first_on", models.DateField()),
                ("share_permission", models.BooleanField()),
                ("published_on", models.DateField(null=True)),
                ("document", models.TextField()),
                ("known_at", models.DateTimeField()),
                ("known_on", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("settle_on", models.DateField(null=True)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="feedback_guest_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "external_id"), name="feedback_external_id"
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settle_on__isnull", False)),
                        fields=["organization", "settle_on", "guest"],
                        name="feedback_settle_on",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Draw",
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
                ("entry_number", models.BigIntegerField()),
                ("lot_number", models.BigIntegerField()),
                ("points", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="draw_guest_fk"
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["organization", "guest", "entry_number"], name="draw_entry"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalRequest",
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
                ("name", models.CharField(max_length=260)),
                ("body", models.TextField()),
                ("asked_by", models.CharField(max_length=200, null=True)),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(max_length=10)),
                ("decided_by", models.CharField(max_length=200, null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="approvalrequest_guest_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "name"), name="approval_request_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
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
                ("named_guest_ref", models.CharField(max_length=200)),
                ("external_id", models.CharField(max_length=200)),
                ("booked_at", models.DateTimeField()),
                ("booked_on", models.DateField()),
                ("channel", models.CharField(max_length=20)),
                ("starts_at", models.DateTimeField()),
                ("starts_on", models.DateField()),
                ("status", models.CharField(max_length=20)),
                ("invoice_ref", models.CharField(max_length=200, null=True)),
                ("known_at", models.DateTimeField()),
                ("known_on", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("settle_on", models.DateField(null=True)),
                (
                    "center",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.center",
                    ),
                ),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="appointment_guest_fk"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="center", name="appointment_center_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "external_id"), name="appointment_external_id"
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settle_on__isnull", False)),
                        fields=["organization", "settle_on", "guest"],
                        name="appointment_settle_on",
                    ),
                    models.Index(
                        fields=["organization", "guest", "booked_on"],
                        name="appointment_booked_on",
                    ),
                    models.Index(
                        fields=["organization", "guest", "starts_on"],
                        name="appointment_starts_on",
                    ),
                    models.Index(
                        condition=models.Q(("invoice_ref__isnull", False)),
                        fields=["organization", "invoice_ref"],
                        name="appointment_invoice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
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
                ("points", models.BigIntegerField(default=0)),
                ("debt_points", models.BigIntegerField(default=0)),
                ("credit_cents", models.BigIntegerField(default=0)),
                ("entry_count", models.BigIntegerField(default=0)),
                ("lot_count", models.BigIntegerField(default=0)),
                ("head", models.CharField(default="", max_length=64)),
                ("tier", models.CharField(max_length=200, null=True)),
                ("tier_since", models.DateField(null=True)),
                ("enrolled_on", models.DateField(null=True)),
                ("is_direct", models.BooleanField(default=False)),
                ("was_enrolled", models.BooleanField(default=False)),
                ("entered_tiers", models.TextField(default="[]")),
                ("consumed_cents", models.BigIntegerField(default=0)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="account_guest_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "guest"), name="account_guest"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("debt_points__gte", 0), ("credit_cents__gte", 0)),
                        name="account_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("debt_points", 0), ("points__lt", 0), _connector="OR"
                        ),
                        name="account_debt_is_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outbox",
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
                ("topic", models.CharField(max_length=40)),
                ("body", models.TextField()),
                ("at", models.DateTimeField()),
                ("status", models.CharField(max_length=10)),
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="organization", name="outbox_organization_fk"
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["organization", "id"],
                        name="outbox_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgramVersion",
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
                ("effective_from", models.DateField()),
                ("document", models.TextField()),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=200, null=True)),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="programversion_organization_id"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="organization", name="programversion_organization_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "effective_from"),
                        name="program_version_effective",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Record",
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
                ("kind", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=260)),
                ("at", models.DateTimeField()),
                ("said_by", models.CharField(max_length=200, null=True)),
                ("body", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("status", models.CharField(max_length=10)),
                ("is_command", models.BooleanField()),
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="organization", name="record_organization_fk"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_command", True)),
                        fields=("organization", "name"),
                        name="record_command_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Redemption",
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
                ("unit", models.CharField(max_length=6)),
                ("reward_ref", models.CharField(max_length=260, null=True)),
                ("points", models.BigIntegerField()),
                ("paid_cents", models.BigIntegerField()),
                ("is_pre_tax", models.BooleanField()),
                ("item_kinds", models.TextField(null=True)),
                ("redeemed_at", models.DateTimeField()),
                ("redeemed_on", models.DateField()),
                ("returned_points", models.BigIntegerField(default=0)),
                ("draws", models.TextField()),
                ("state", models.CharField(max_length=10)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.guest",
                    ),
                ),
                (
                    "invoice",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.invoice",
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="redemption_guest_fk"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="invoice", name="redemption_invoice_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "unit", "external_id"),
                        name="redemption_external_id",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["organization", "invoice"], name="redemption_invoice")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralTurn",
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
                ("referred_ref", models.CharField(max_length=200)),
                ("invoice_ref", models.CharField(max_length=200)),
                ("settle_on", models.DateField()),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="referralturn_guest_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "guest", "invoice_ref"),
                        name="referral_turn_invoice",
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["organization", "settle_on"], name="referral_turn_settle_on"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RewardRun",
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
                ("threshold_cents", models.BigIntegerField()),
                ("amount_cents", models.BigIntegerField()),
                ("expires_on", models.DateField(null=True)),
                ("run_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("run_by", models.CharField(max_length=200, null=True)),
                ("is_undone", models.BooleanField(default=False)),
                ("n_guests", models.IntegerField()),
                ("n_rewards", models.IntegerField()),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="rewardrun_organization_id"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="organization", name="rewardrun_organization_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "external_id"), name="reward_run_external_id"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reward",
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
                ("external_id", models.CharField(max_length=260)),
                ("lot_number", models.BigIntegerField()),
                ("amount_cents", models.BigIntegerField()),
                ("applied_cents", models.BigIntegerField(default=0)),
                ("state", models.CharField(max_length=10)),
                ("issued_on", models.DateField()),
                ("expires_on", models.DateField(null=True)),
                ("source", models.CharField(max_length=10)),
                ("rest_of", models.CharField(max_length=260, null=True)),
                ("consumed_cents", models.BigIntegerField(default=0)),
                ("note", models.TextField(null=True)),
                ("void_reason", models.TextField(null=True)),
                ("issued_by", models.CharField(max_length=200, null=True)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.guest",
                    ),
                ),
                (
                    "invoice",
                    regulars.records.fields.OrgForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.invoice",
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
                (
                    "run",
                    regulars.records.fields.OrgForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.rewardrun",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="reward_guest_fk"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="run", name="reward_run_fk"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="invoice", name="reward_invoice_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "external_id"), name="reward_external_id"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_cents__gt", 0), ("applied_cents__gte", 0)),
                        name="reward_amount_in_range",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["organization", "guest"], name="reward_guest"),
                    models.Index(
                        condition=models.Q(("invoice__isnull", False)),
                        fields=["organization", "invoice"],
                        name="reward_invoice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spend",
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
                ("paid_on", models.DateField()),
                ("spend_cents", models.BigIntegerField()),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.guest",
                    ),
                ),
                (
                    "invoice",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.invoice",
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="spend_guest_fk"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="invoice", name="spend_invoice_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "guest", "paid_on", "invoice"), name="spend_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TierMove",
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
                ("number", models.BigIntegerField()),
                ("moved_on", models.DateField()),
                ("tier_before", models.CharField(max_length=200, null=True)),
                ("tier_after", models.CharField(max_length=200, null=True)),
                ("cause", models.CharField(max_length=20)),
                ("source", models.CharField(max_length=260)),
                ("standing_before", models.TextField()),
                ("why", models.TextField()),
                ("posted_at", models.DateTimeField()),
                ("posted_by", models.CharField(max_length=200, null=True)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="tiermove_guest_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "guest", "number"), name="tier_move_number"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Occasion",
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
                ("name", models.CharField(max_length=300)),
                ("action", models.CharField(max_length=30)),
                ("state", models.CharField(max_length=10)),
                ("times", models.IntegerField()),
                ("points", models.BigIntegerField()),
                ("tier", models.CharField(max_length=200, null=True)),
                ("source", models.CharField(max_length=260)),
                ("invoice_ref", models.CharField(max_length=200, null=True)),
                ("happened_on", models.DateField()),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                        condition=models.Q(("invoice_ref__isnull", False)),
                        fields=["organization", "guest", "invoice_ref"],
                        name="occasion_invoice",
                    )
                ],
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="occasion_guest_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "guest", "name"), name="occasion_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
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
                ("moved", models.TextField()),
                ("merged_on", models.DateField()),
                ("is_undone", models.BooleanField(default=False)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.guest",
                    ),
                ),
                (
                    "survivor",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="merge_guest_fk"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="survivor", name="merge_survivor_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "external_id"), name="merge_external_id"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
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
                ("number", models.BigIntegerField()),
                ("entry_number", models.BigIntegerField()),
                ("unit", models.CharField(max_length=6)),
                ("size_points", models.BigIntegerField()),
                ("remaining_points", models.BigIntegerField()),
                ("held_points", models.BigIntegerField(default=0)),
                ("expired_points", models.BigIntegerField(default=0)),
                ("tier", models.CharField(max_length=200, null=True)),
                ("action", models.CharField(max_length=30, null=True)),
                ("source", models.CharField(max_length=260)),
                ("earned_on", models.DateField()),
                ("expires_on", models.DateField(null=True)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                        condition=models.Q(
                            ("expires_on__isnull", False), ("remaining_points__gt", 0)
                        ),
                        fields=["organization", "expires_on", "guest"],
                        name="lot_open_expiry",
                    ),
                    models.Index(
                        condition=models.Q(("remaining_points__gt", 0)),
                        fields=["organization", "guest"],
                        name="lot_open",
                    ),
                ],
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="lot_guest_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "guest", "number"), name="lot_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expired_points__gte", 0),
                            ("held_points__gte", 0),
                            ("held_points__lte", models.F("remaining_points")),
                            ("remaining_points__gte", 0),
                            ("remaining_points__lte", models.F("size_points")),
                        ),
                        name="lot_remaining_in_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
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
                ("number", models.BigIntegerField()),
                ("unit", models.CharField(max_length=6)),
                ("kind", models.CharField(max_length=20)),
                ("action", models.CharField(max_length=30, null=True)),
                ("points", models.BigIntegerField()),
                ("tier", models.CharField(max_length=200, null=True)),
                ("source", models.CharField(max_length=260)),
                ("entered_on", models.DateField()),
                ("key", models.CharField(max_length=500)),
                ("version", models.CharField(max_length=10, null=True)),
                ("why", models.TextField()),
                ("posted_at", models.DateTimeField()),
                ("posted_by", models.CharField(max_length=200, null=True)),
                ("hash", models.CharField(max_length=64)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="ledgerentry_guest_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "guest", "number"), name="ledger_entry_number"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "guest", "key"), name="ledger_entry_key"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JobRun",
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
                ("job", models.CharField(max_length=20)),
                ("day", models.DateField()),
                ("cursor", models.UUIDField(null=True)),
                ("is_done", models.BooleanField(default=False)),
                ("n_guests", models.IntegerField(default=0)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="organization", name="jobrun_organization_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "job", "day"), name="job_run_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
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
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=200)),
                ("price_cents", models.BigIntegerField(null=True)),
                ("known_at", models.DateTimeField()),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="item_organization_id"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="organization", name="item_organization_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "external_id"), name="item_external_id"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvoiceAppointment",
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
                ("appointment_ref", models.CharField(max_length=200)),
                (
                    "guest",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.guest",
                    ),
                ),
                (
                    "invoice",
                    regulars.records.fields.OrgForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.invoice",
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
                        fields=["organization", "invoice"], name="invoice_appointments"
                    )
                ],
                "constraints": [
                    regulars.records.constraints.CompositeForeignKey(
                        field="guest", name="invoiceappointment_guest_fk"
                    ),
                    regulars.records.constraints.CompositeForeignKey(
                        field="invoice", name="invoiceappointment_invoice_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "appointment_ref", "invoice"),
                        name="invoice_appointment_pair",
                    ),
                ],
            },
        ),
    ]
