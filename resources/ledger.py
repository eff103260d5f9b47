"""The database itself refuses to change or delete a revision: triggers, installed after every migrate.

SQLite drops a table's triggers when a migration rebuilds it, so they are put back each time rather than by one migration.
"""

from django.db import connections, transaction

TABLE = "resources_revision"
REFUSAL = "A revision is never changed or deleted: write a new one."

_INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS keep_{TABLE}_{verb.lower()} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ]
    + [
        # INSERT OR REPLACE would put a row in another's place without a DELETE.
        f"CREATE TRIGGER IF NOT EXISTS keep_{TABLE}_insert BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id "  # noqa: S608
        f"OR (resource_id = NEW.resource_id AND number = NEW.number)) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION keep_revisions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        f"CREATE OR REPLACE TRIGGER keep_{TABLE}_row BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION keep_revisions()",
        f"CREATE OR REPLACE TRIGGER keep_{TABLE}_all BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION keep_revisions()",
    ],
}
_REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS keep_{TABLE}_{verb}" for verb in ("update", "delete", "insert")],
    "postgresql": [f"DROP TRIGGER IF EXISTS keep_{TABLE}_{part} ON {TABLE}" for part in ("row", "all")],
}


def _run(statements, using):
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def guard(using="default"):
    _run(_INSTALL, using)


def unguard(using="default"):
    """For a test's flush alone."""
    _run(_REMOVE, using)


def guard_after_migrate(sender, using, **kwargs):
    """Where all tables stand: migrating only part of the apps, or back to nothing, leaves none to guard."""
    if TABLE in connections[using].introspection.table_names():
        guard(using)
