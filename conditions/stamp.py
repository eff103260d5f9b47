"""What tells every process that names, codes or genes have changed: written by the database itself, whoever wrote.

SQLite keeps one row with a random token: its writers take turns. On PostgreSQL each statement adds a row, so that nobody waits for anybody,
and the stamp is the sum over all: it differs whatever was committed, in whatever order, or rolled back (docs/adr/0014).
Triggers are installed after every migrate, since SQLite drops them when it rebuilds a table.
"""

from django.db import connections, transaction

TABLE = "conditions_stamp"
WATCHED = ("conditions_condition", "conditions_conditionname", "conditions_conditioncode", "conditions_genelink")
CURRENT = f"SELECT COALESCE(CAST(SUM(token) AS VARCHAR(60)), '') FROM {TABLE}"  # noqa: S608
_FRESH = "('x' || substr(md5(gen_random_uuid()::text), 1, 12))::bit(48)::bigint"
_KEPT = 500  # rows on PostgreSQL; now and then a writer sweeps older ones that nobody else is about to


def _sqlite():
    # An UPDATE, since the conflict rule of the statement that fires a trigger (INSERT OR IGNORE) would rule an INSERT in it too.
    renew = f"UPDATE {TABLE} SET token = random() >> 16 WHERE id = 1"  # noqa: S608
    for table in WATCHED:
        for verb in ("INSERT", "UPDATE", "DELETE"):
            name = f"stamp_{table}_{verb.lower()}"
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield f"CREATE TRIGGER {name} AFTER {verb} ON {table} BEGIN {renew}; END"
    yield f"INSERT OR REPLACE INTO {TABLE} (id, token) VALUES (1, random() >> 16)"  # noqa: S608


def _postgresql():
    yield f"""
        CREATE OR REPLACE FUNCTION stamp_conditions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO {TABLE} (token) VALUES ({_FRESH});
            IF random() < 0.01 THEN
                DELETE FROM {TABLE} WHERE id IN (SELECT id FROM {TABLE} ORDER BY id DESC OFFSET {_KEPT} FOR UPDATE SKIP LOCKED);
            END IF;
            RETURN NULL;
        END $$"""  # noqa: S608
    for table in WATCHED:
        yield (
            f"CREATE OR REPLACE TRIGGER stamp_{table} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION stamp_conditions()"
        )
    yield f"INSERT INTO {TABLE} (token) VALUES ({_FRESH})"  # noqa: S608


def install(using="default"):
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgresql():
            cursor.execute(statement)


def install_after_migrate(sender, using, **kwargs):
    """Where all tables stand: migrating only part of the way leaves none to watch."""
    if {TABLE, *WATCHED} <= set(connections[using].introspection.table_names()):
        install(using)


def current(using="default"):
    """A text that differs whenever something has changed."""
    with connections[using].cursor() as cursor:
        cursor.execute(CURRENT)
        return cursor.fetchone()[0]
