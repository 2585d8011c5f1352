"""The scope, the key inside an organization, and its composite constraint, on both engines."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ModelState, ProjectState

from regulars.records.constraints import CompositeForeignKey
from regulars.records.fields import OrgForeignKey
from regulars.records.ids import uuid7
from regulars.records.scope import (
    OtherOrganization,
    Unscoped,
    current_organization,
    every_organization,
    organization_scope,
)
from tests.records.foundation_models import (
    MODELS,
    ONE,
    OTHER,
    Center,
    Entry,
    Guest,
    Line,
    Organization,
    engine,
)

__all__ = ["engine"]


def guest_with_entries(n_entries: int = 1) -> Guest:
    center = Center.objects.create(name="Riverside")
    guest = Guest.objects.create(center=center, name="Ada")
    Entry.objects.bulk_create(
        Entry(guest=guest, key=f"k{n}", points=n, on=date(2024, 5, 1)) for n in range(n_entries)
    )
    return guest


def test_uuid7_grows_and_is_version_7():
    ids = [uuid7() for _ in range(20_000)]
    assert ids == sorted(set(ids))
    assert {(id.version, id.variant) for id in ids} == {(7, "specified in RFC 4122")}


def test_uuid7_of_many_threads_are_distinct():
    ids: list = []
    threads = [
        threading.Thread(target=lambda: ids.extend([uuid7() for _ in range(2000)]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(ids)) == 16_000


def test_outside_a_scope_everything_raises(engine):
    with organization_scope(ONE):
        guest = guest_with_entries()
    for act in (
        current_organization,
        Guest.objects.count,
        Guest,
        Line,
        guest.save,
        guest.delete,
        guest.refresh_from_db,
        lambda: guest.center.guests.count(),  # noqa: PLW0108
        lambda: Guest.objects.bulk_create([guest]),
    ):
        with pytest.raises(Unscoped):
            act()


def test_a_scope_sees_and_writes_its_own_rows_alone(engine):
    with organization_scope(ONE):
        guest = guest_with_entries()
    with organization_scope(OTHER):
        assert not Guest.objects.exists()
        assert not Guest._base_manager.exists()
        guest.name = "Eve"
        for act in (guest.save, guest.delete, lambda: Guest.objects.bulk_create([guest])):
            with pytest.raises(OtherOrganization):
                act()
        with pytest.raises(Guest.DoesNotExist):
            guest.refresh_from_db()
        with pytest.raises(OtherOrganization):
            Guest.objects.update(organization=ONE)
    with every_organization():
        assert Guest.objects.count() == 1
        with pytest.raises(Unscoped):
            Guest(name="of nobody")


def test_instances_carry_their_organization(engine):
    with organization_scope(ONE), transaction.atomic():
        guest = guest_with_entries()
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        guest.name = "Ada L."
        guest.save()
        guest.refresh_from_db()
        Guest.objects.only("name").get().refresh_from_db(fields=["organization_id"])
        assert Entry.objects.get().guest == guest
        assert list(guest.entries.all()) == list(Entry.objects.all())
        Entry.objects.filter(guest=guest).update(points=9)
        assert Entry.objects.get().delete() == (1, {"records.Entry": 1})
        connection.force_debug_cursor = False
        statements = [query["sql"] for query in connection.queries_log]
    assert len(statements) == 11
    for sql in statements:
        assert '"organization_id" = ' in sql, sql
    assert 'SET "organization_id"' not in statements[0]


def test_joins_compare_organizations(engine):
    with organization_scope(ONE):
        guest = guest_with_entries(3)
        friend = Guest.objects.create(center=guest.center, name="Bo", referred_by=guest)
        joined = Entry.objects.select_related("guest__center").filter(
            guest__center__name="Riverside"
        )
        assert str(joined.query).count('"organization_id" = ("foundation') == 2, joined.query
        assert len(joined) == 3
        assert Guest.objects.filter(entries__points=2).get() == guest
        assert Guest.objects.filter(guest__name="Bo").get() == guest
        assert Center.objects.filter(guests__entries__key="k1").get() == guest.center
        # exclude() over a reverse relation trims the join: the alias is None there.
        assert Guest.objects.exclude(entries__points=2).get() == friend
        assert list(Center.objects.prefetch_related("guests__entries"))
        count = Guest.objects.annotate(n=models.Count("entries")).order_by("name")
        assert [each.n for each in count] == [3, 0]
        has_entries = models.Exists(Entry.objects.filter(guest=models.OuterRef("pk")))
        assert Guest.objects.filter(~has_entries).get() == friend
        with pytest.raises(TypeError, match="join"):
            Entry.objects.filter(guest__name="Ada").update(points=1)
        with pytest.raises(TypeError, match="join"):
            Entry.objects.filter(guest__name="Ada").delete()


def test_a_row_never_points_into_another_organization(engine):
    with organization_scope(ONE):
        guest = guest_with_entries()
    with organization_scope(OTHER), transaction.atomic():
        foreign = Entry(guest_id=guest.pk, key="x", points=1, on=date(2024, 5, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            foreign.save()  # immediate: the statement fails, not the COMMIT
    with organization_scope(ONE):
        with pytest.raises(IntegrityError), transaction.atomic():
            guest.delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.create(guest=guest, key="k0", points=1, on=date(2024, 5, 1))
    with organization_scope(uuid7()), pytest.raises(IntegrityError), transaction.atomic():
        Center.objects.create(name="of an unknown organization")


def test_the_database_cascades_where_the_key_says_so(engine):
    with organization_scope(ONE):
        guest = guest_with_entries(2)
        for entry in guest.entries.all():
            Line.objects.create(entry=entry)
        guest.entries.get(key="k1").delete()
        assert Line.objects.get().entry.key == "k0"


def foreign_keys_of(table: str) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA foreign_key_list({table})")
            return len(
                {row[0] for row in cursor.fetchall() if row[2].startswith("foundation_")}
            )
        cursor.execute(
            "SELECT condeferrable FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid = %s::regclass",
            [table],
        )
        kinds = cursor.fetchall()
    assert not any(deferrable for (deferrable,) in kinds)
    return len(kinds)


def test_the_constraint_survives_table_changes(engine):
    note = models.TextField(null=True)
    note.set_attributes_from_name("note")
    with organization_scope(ONE):
        guest = guest_with_entries()
    with connection.schema_editor() as editor:
        editor.add_field(Guest, note)  # a table of its own is made anew on SQLite
    with connection.schema_editor() as editor:
        editor.remove_field(Guest, note)
    assert foreign_keys_of("foundation_guest") == 2
    assert foreign_keys_of("foundation_entry") == 1
    referred_by = next(c for c in Guest._meta.constraints if c.name == "guest_referred_by_fk")
    Guest._meta.constraints.remove(referred_by)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Guest, referred_by)
    assert foreign_keys_of("foundation_guest") == 1
    Guest._meta.constraints.append(referred_by)
    with connection.schema_editor() as editor:
        editor.add_constraint(Guest, referred_by)
    assert foreign_keys_of("foundation_guest") == 2
    with organization_scope(ONE), pytest.raises(IntegrityError), transaction.atomic():
        Guest.objects.create(center=guest.center, name="Cy", referred_by_id=uuid7())


def state_of_models() -> ProjectState:
    state = ProjectState()
    for model in MODELS:
        state.add_model(ModelState.from_model(model))
    return state


def test_migrations_see_no_difference_and_run(engine):
    changes = MigrationAutodetector(ProjectState(), state_of_models())._detect_changes()
    (migration,) = changes["records"]
    replayed = migration.mutate_state(ProjectState())
    assert not MigrationAutodetector(replayed, state_of_models())._detect_changes()
    with connection.schema_editor() as editor:
        for model in reversed(MODELS):
            editor.delete_model(model)
    with connection.schema_editor() as editor:
        migration.apply(ProjectState(), editor)
    assert foreign_keys_of("foundation_entry") == 1
    assert foreign_keys_of("foundation_guest") == 2
    with organization_scope(ONE):
        Organization.objects.create(id=ONE, name="One")
        guest_with_entries(2)


def test_deconstruct_round_trips():
    key = OrgForeignKey("records.Guest", models.PROTECT, null=True)
    assert key.deconstruct()[3] == {
        "to": "records.guest",
        "on_delete": models.PROTECT,
        "null": True,
    }
    assert OrgForeignKey("records.Guest", models.PROTECT, db_index=True).deconstruct()[3][
        "db_index"
    ]
    constraint = CompositeForeignKey(name="entry_guest", field="guest")
    path, args, options = constraint.deconstruct()
    assert path == "regulars.records.constraints.CompositeForeignKey"
    assert CompositeForeignKey(*args, **options) == constraint.clone() == constraint
    assert constraint != CompositeForeignKey(name="entry_guest", field="center")
