"""The database itself refuses to change or delete a revision or a check: triggers, installed after every migrate.

SQLite drops a table's triggers when a migration rebuilds it, so they are put back each time rather than by one migration.
"""

from django.db import connections, transaction

# Table → the row in whose place another would stand: INSERT OR REPLACE would put it there without a DELETE.
TABLES = {
    "resources_revision": "id = NEW.id OR (resource_id = NEW.resource_id AND number = NEW.number)",
    "conditions_conditionrevision": "id = NEW.id OR (condition_id = NEW.condition_id AND number = NEW.number)",
    "resources_check": "id = NEW.id",
}
REFUSAL = "What is in the history is never changed or deleted: write a new entry."


def _on_sqlite(table, same):
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608
    for verb in ("UPDATE", "DELETE"):
        yield f"CREATE TRIGGER IF NOT EXISTS keep_{table}_{verb.lower()} BEFORE {verb} ON {table} {refuse}"
    yield f"CREATE TRIGGER IF NOT EXISTS keep_{table}_insert BEFORE INSERT ON {table} WHEN {taken} {refuse}"


def _on_postgresql(table, same):
    yield f"CREATE OR REPLACE FUNCTION keep_revisions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    yield f"CREATE OR REPLACE TRIGGER keep_{table}_row BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION keep_revisions()"
    yield f"CREATE OR REPLACE TRIGGER keep_{table}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION keep_revisions()"


def _install(vendor, table, same):
    return {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[vendor](table, same)


def _remove(vendor, table, same):
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS keep_{table}_{verb}" for verb in ("update", "delete", "insert")]
    return [f"DROP TRIGGER IF EXISTS keep_{table}_{part} ON {table}" for part in ("row", "all")]


def _run(statements, using):
    """For each of the tables that are there: migrating only part of the apps, or back to nothing, leaves none to guard."""
    connection = connections[using]
    there = connection.introspection.table_names()
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for table, same in TABLES.items():
            for statement in statements(connection.vendor, table, same) if table in there else ():
                cursor.execute(statement)


def guard(using="default"):
    _run(_install, using)


def unguard(using="default"):
    """For a test's flush alone."""
    _run(_remove, using)


def guard_after_migrate(sender, using, **kwargs):
    guard(using)
