"""The histories of listings and of conditions: nothing and nobody changes them, whatever way is tried."""

from dataclasses import dataclass

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models import ProtectedError

from conditions.models import ConditionRevision
from resources import ledger
from resources.models import Check, Revision
from tests.factories import ConditionFactory, ResourceFactory

TABLES = {"resources_revision": Revision, "conditions_conditionrevision": ConditionRevision}
PARTS = {"sqlite": ("update", "delete", "insert"), "postgresql": ("row", "all")}[connection.vendor]
TRIGGERS = {f"keep_{table}_{part}" for table in TABLES for part in PARTS}
ASKED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({})",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid::regclass::text IN ({}) AND NOT tgisinternal AND tgenabled = 'O'",
}[connection.vendor].format(", ".join(f"'{table}'" for table in TABLES))
# What somebody with a database prompt may try.
STATEMENTS = [
    "UPDATE {table} SET why = 'forged'",
    "UPDATE {table} SET why = why",
    "UPDATE {table} SET number = number + 10 WHERE number = 1",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE number = 1",
    "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT (id) DO UPDATE SET why = 'forged'",
] + {
    "sqlite": [
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "INSERT OR REPLACE INTO {table} (number, document, verb, by_name, at, why, source, {owner}_id) "
        "SELECT number, document, verb, by_name, at, 'forged', source, {owner}_id FROM {table}",
        "UPDATE OR REPLACE {table} SET number = 2 WHERE number = 1",
    ],
    "postgresql": ["TRUNCATE {table}", "TRUNCATE {owned} CASCADE", "TRUNCATE {table} RESTART IDENTITY"],
}[connection.vendor]


@dataclass
class History:
    """Whose history it is, and the table that keeps it."""

    table: str
    owner: str
    of: models.Model

    @property
    def model(self):
        return TABLES[self.table]

    def write(self, of=None, **said):
        self.model.objects.write(**{self.owner: of or self.of}, **said)

    def now(self):
        return [*self.model.objects.order_by("number").values()]


def a_history(table):
    owned = ResourceFactory() if table == "resources_revision" else ConditionFactory()
    made = History(table, "resource" if table == "resources_revision" else "condition", owned)
    made.write(document={"name": "One"}, verb="create", why="a call", by_name="a load")
    return made


@pytest.fixture(params=TABLES)
def history(request, db):
    """A listing or a condition with two steps, the second by a person."""
    made = a_history(request.param)
    made.write(document={"name": "Two"}, verb="edit", why="a letter", by=get_user_model().objects.create_user("sam"))
    connection.check_constraints()  # PostgreSQL truncates no table that still has constraints to check
    return made


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
    before = history.now()
    owned = history.of._meta.db_table
    refused(lambda: run(statement.format(table=history.table, owner=history.owner, owned=owned)))
    assert history.now() == before


WAYS = {
    "save": lambda revision, model: revision.save(),
    "delete": lambda revision, model: revision.delete(),
    "update": lambda revision, model: model.objects.filter(pk=revision.pk).update(why="forged"),
    "bulk update": lambda revision, model: model.objects.bulk_update([revision], ["why"]),
    "delete of all": lambda revision, model: model.objects.all().delete(),
    "upsert": lambda revision, model: model.objects.bulk_create(
        [revision], update_conflicts=True, unique_fields=["id"], update_fields=["why"]
    ),
    "raw delete": lambda revision, model: model.objects.all()._raw_delete(model.objects.db),
}


@pytest.mark.parametrize("way", WAYS)
def test_django_is_refused_like_anybody_else(way, history):
    before = history.now()
    revision = history.model.objects.get(number=1)
    revision.why = "forged"
    refused(lambda: WAYS[way](revision, history.model))
    assert history.now() == before


@pytest.mark.parametrize("statement", ["UPDATE resources_check SET outcome = 'confirmed'", "DELETE FROM resources_check"])
def test_checks_are_kept_like_revisions(statement, history):
    person = get_user_model().objects.get(username="sam")
    Check.objects.create(resource=ResourceFactory(), by=person, how="call", outcome="closed")
    connection.check_constraints()
    refused(lambda: run(statement))
    assert Check.objects.get().outcome == "closed"


def test_a_new_step_is_welcome(history):
    history.write(document={}, verb="create", why="a call", by_name="a load")
    assert [row["number"] for row in history.now()] == [1, 2, 3]


def test_what_has_a_history_stays_and_so_do_its_people(history):
    before = history.now()
    for row in (history.of, get_user_model().objects.get(username="sam")):
        with pytest.raises(ProtectedError):
            row.delete()
    assert history.now() == before


def test_the_triggers_are_there_after_all_migrations(db):
    assert triggers() == TRIGGERS


def test_they_can_be_taken_off_for_a_flush_and_put_back_twice(history):
    ledger.unguard()
    assert triggers() == set()
    history.model.objects.filter(number=1).update(why="mended")
    ledger.guard()
    ledger.guard()
    assert triggers() == TRIGGERS
    refused(lambda: history.model.objects.all().delete())


def test_a_table_that_is_not_there_is_not_guarded(db, monkeypatch):
    ledger.unguard()
    monkeypatch.setattr(ledger, "TABLES", {"resources_gone": ""})
    ledger.guard_after_migrate(sender=None, using="default")
    assert triggers() == set()


def longer(model, field, by):
    changed = field.clone()
    changed.set_attributes_from_name(field.name)
    changed.model, changed.max_length = model, field.max_length + by
    return changed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", TABLES)
def test_after_a_migration_that_rebuilds_the_table_they_are_there_again(table, django_db_blocker):
    history = a_history(table)
    old = history.model._meta.get_field("verb")
    assert isinstance(old, models.CharField)
    for before, after in ((old, longer(history.model, old, 1)), (longer(history.model, old, 1), old)):
        with connection.schema_editor() as editor:
            editor.alter_field(history.model, before, after, strict=False)
    if connection.vendor == "sqlite":
        assert {name for name in triggers() if table in name} == set(), "SQLite drops a rebuilt table's triggers: else this shows nothing"
    call_command("migrate", verbosity=0)
    assert triggers() == TRIGGERS
    refused(lambda: run(f"DELETE FROM {table}"))  # noqa: S608
    assert history.model.objects.get().why == "a call"
