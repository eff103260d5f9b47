"""The database itself refuses to change or delete a revision: triggers, installed after every migrate.

SQLite drops a table's triggers when a migration rebuilds it, so they are put back each time rather than by one migration.
"""

from django.db import connections, transaction

TABLES = {"resources_revision": "resource_id", "conditions_conditionrevision": "condition_id"}  # table → whose history it is
REFUSAL = "A revision is never changed or deleted: write a new one."


def _install(table, owner):
    return {
        "sqlite": [
            f"CREATE TRIGGER IF NOT EXISTS keep_{table}_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
        + [
            # INSERT OR REPLACE would put a row in another's place without a DELETE.
            f"CREATE TRIGGER IF NOT EXISTS keep_{table}_insert BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} "  # noqa: S608
            f"WHERE id = NEW.id OR ({owner} = NEW.{owner} AND number = NEW.number)) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        ],
        "postgresql": [
            f"CREATE OR REPLACE FUNCTION keep_revisions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
            f"CREATE OR REPLACE TRIGGER keep_{table}_row BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION keep_revisions()",
            f"CREATE OR REPLACE TRIGGER keep_{table}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION keep_revisions()",
        ],
    }


def _remove(table, _owner):
    return {
        "sqlite": [f"DROP TRIGGER IF EXISTS keep_{table}_{verb}" for verb in ("update", "delete", "insert")],
        "postgresql": [f"DROP TRIGGER IF EXISTS keep_{table}_{part} ON {table}" for part in ("row", "all")],
    }


def _run(statements, using):
    """For each of the tables that are there: migrating only part of the apps, or back to nothing, leaves none to guard."""
    connection = connections[using]
    there = connection.introspection.table_names()
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for table, owner in TABLES.items():
            for statement in statements(table, owner)[connection.vendor] if table in there else ():
                cursor.execute(statement)


def guard(using="default"):
    _run(_install, using)


def unguard(using="default"):
    """For a test's flush alone."""
    _run(_remove, using)


def guard_after_migrate(sender, using, **kwargs):
    guard(using)
