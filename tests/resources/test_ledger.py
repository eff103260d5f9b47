"""The history: nothing and nobody changes it, whatever way is tried."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models import ProtectedError

from resources import ledger
from resources.models import Check, Revision
from tests.factories import ResourceFactory

TRIGGERS = {
    "sqlite": {f"keep_resources_revision_{verb}" for verb in ("update", "delete", "insert")},
    "postgresql": {"keep_resources_revision_row", "keep_resources_revision_all"},
}[connection.vendor]
ASKED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'resources_revision'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'resources_revision'::regclass AND NOT tgisinternal AND tgenabled = 'O'",
}[connection.vendor]
# What somebody with a database prompt may try.
STATEMENTS = [
    "UPDATE resources_revision SET why = 'forged'",
    "UPDATE resources_revision SET why = why",
    "UPDATE resources_revision SET number = number + 10 WHERE number = 1",
    "DELETE FROM resources_revision",
    "DELETE FROM resources_revision WHERE number = 1",
    "INSERT INTO resources_revision SELECT * FROM resources_revision WHERE true ON CONFLICT (id) DO UPDATE SET why = 'forged'",
] + {
    "sqlite": [
        "INSERT OR REPLACE INTO resources_revision SELECT * FROM resources_revision",
        "INSERT OR REPLACE INTO resources_revision (number, document, verb, by_name, at, why, source, resource_id) "
        "SELECT number, document, verb, by_name, at, 'forged', source, resource_id FROM resources_revision",
        "UPDATE OR REPLACE resources_revision SET number = 2 WHERE number = 1",
    ],
    "postgresql": ["TRUNCATE resources_revision", "TRUNCATE resources_resource CASCADE", "TRUNCATE resources_revision RESTART IDENTITY"],
}[connection.vendor]


@pytest.fixture
def history(db):
    """A listing with two steps, the second by a person."""
    listing = ResourceFactory()
    person = get_user_model().objects.create_user("sam")
    Revision.objects.write(resource=listing, document={"name": "One"}, verb="create", why="a call", by_name="a load")
    Revision.objects.write(resource=listing, document={"name": "Two"}, verb="edit", why="a letter", by=person)
    connection.check_constraints()  # PostgreSQL truncates no table that still has constraints to check
    return [*Revision.objects.order_by("number").values()]


def now():
    return [*Revision.objects.order_by("number").values()]


def triggers():
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        return {name for (name,) in cursor.fetchall()}


def refused(act):
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        act()


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_itself_refuses(statement, history):
    refused(lambda: run(statement))
    assert now() == history


WAYS = {
    "save": lambda revision: revision.save(),
    "delete": lambda revision: revision.delete(),
    "update": lambda revision: Revision.objects.filter(pk=revision.pk).update(why="forged"),
    "bulk update": lambda revision: Revision.objects.bulk_update([revision], ["why"]),
    "delete of all": lambda revision: Revision.objects.all().delete(),
    "upsert": lambda revision: Revision.objects.bulk_create([revision], update_conflicts=True, unique_fields=["id"], update_fields=["why"]),
    "raw delete": lambda revision: Revision.objects.all()._raw_delete(Revision.objects.db),
}


@pytest.mark.parametrize("way", WAYS)
def test_django_is_refused_like_anybody_else(way, history):
    revision = Revision.objects.get(number=1)
    revision.why = "forged"
    refused(lambda: WAYS[way](revision))
    assert now() == history


@pytest.mark.parametrize("statement", ["UPDATE resources_check SET outcome = 'confirmed'", "DELETE FROM resources_check"])
def test_checks_are_kept_like_revisions(statement, history):
    person = get_user_model().objects.get(username="sam")
    Check.objects.create(resource=ResourceFactory(), by=person, how="call", outcome="closed")
    connection.check_constraints()
    refused(lambda: run(statement))
    assert Check.objects.get().outcome == "closed"


def test_a_new_step_is_welcome(history):
    listing = ResourceFactory()
    Revision.objects.write(resource=listing, document={}, verb="create", why="a call", by_name="a load")
    assert Revision.objects.count() == 3


def test_a_listing_and_a_person_with_a_history_stay(history):
    with pytest.raises(ProtectedError):
        Revision.objects.first().resource.delete()
    with pytest.raises(ProtectedError):
        get_user_model().objects.get(username="sam").delete()
    assert now() == history


def test_the_triggers_are_there_after_all_migrations(db):
    assert triggers() == TRIGGERS


def test_they_can_be_taken_off_for_a_flush_and_put_back_twice(history):
    ledger.unguard()
    assert triggers() == set()
    Revision.objects.filter(number=1).update(why="mended")
    ledger.guard()
    ledger.guard()
    assert triggers() == TRIGGERS
    refused(lambda: Revision.objects.all().delete())


def test_a_table_that_is_not_there_is_not_guarded(db, monkeypatch):
    ledger.unguard()
    monkeypatch.setattr(ledger, "TABLES", {"resources_gone": ""})
    ledger.guard_after_migrate(sender=None, using="default")
    assert triggers() == set()


def longer(field, by):
    changed = field.clone()
    changed.set_attributes_from_name(field.name)
    changed.model, changed.max_length = Revision, field.max_length + by
    return changed


@pytest.mark.django_db(transaction=True)
def test_after_a_migration_that_rebuilds_the_table_they_are_there_again(django_db_blocker):
    listing = ResourceFactory()
    Revision.objects.write(resource=listing, document={}, verb="create", why="a call", by_name="a load")
    old = Revision._meta.get_field("verb")
    assert isinstance(old, models.CharField)
    for before, after in ((old, longer(old, 1)), (longer(old, 1), old)):
        with connection.schema_editor() as editor:
            editor.alter_field(Revision, before, after, strict=False)
    if connection.vendor == "sqlite":
        assert triggers() == set(), "SQLite drops the triggers of a table that it rebuilds: else this test shows nothing"
    call_command("migrate", verbosity=0)
    assert triggers() == TRIGGERS
    refused(lambda: run("DELETE FROM resources_revision"))
    assert Revision.objects.get().why == "a call"
