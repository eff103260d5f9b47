"""Triggers that write the index's change log, whoever writes: forms, imports, bulk writes, SQL by hand. Installed after every migrate.

SQLite drops a table's triggers when a migration rebuilds it. What was written while one was missing nobody saw: then all is logged.
"""

import re
from contextlib import contextmanager

from django.db import connections, transaction

LOG = "resources_change"
# Table → what it says something of, and the column with its id.
WATCHED = {
    "resources_resource": ("listing", "id"),
    "resources_resource_terms": ("listing", "resource_id"),
    "resources_resource_conditions": ("listing", "resource_id"),
    "resources_phone": ("listing", "resource_id"),
    "resources_location": ("listing", "resource_id"),
    "resources_service": ("listing", "resource_ptr_id"),
    "resources_therapytype": ("listing", "resource_ptr_id"),
    "resources_schoolaccommodation": ("listing", "resource_ptr_id"),
    "resources_financialaid": ("listing", "resource_ptr_id"),
    "resources_term": ("term", "id"),
    "conditions_condition": ("condition", "id"),
    "conditions_conditionname": ("condition", "condition_id"),
    "conditions_genelink": ("condition", "condition_id"),
}
PREFIX = "log1_"  # of the triggers' names: another number where their text changes, so that the old ones go
COMMIT_LOCK = 6_202_611_210  # of pg_advisory_xact_lock: any number that nothing else of ours uses
_TOKEN = {"sqlite": "random()", "postgresql": "('x' || substr(md5(gen_random_uuid()::text), 1, 16))::bit(64)::bigint"}


def _sqlite(table, what, column):
    """`{trigger: statement}`. Writers take turns, so the next number is the order of the commits."""
    entry = f"SELECT (SELECT COALESCE(MAX(seq), 0) + 1 FROM {LOG}), random(), '{what}'"
    insert = f"INSERT INTO {LOG} (seq, token, what, key) {entry}"
    bodies = {
        # INSERT OR REPLACE puts a row in another's place without a DELETE.
        "replace": ("BEFORE INSERT", f"{insert}, {column} FROM {table} WHERE {_own_key(table)} = NEW.{_own_key(table)}"),
        "insert": ("AFTER INSERT", f"{insert}, NEW.{column}"),
        "update": ("AFTER UPDATE", f"{insert}, NEW.{column}; {insert}, OLD.{column} WHERE OLD.{column} <> NEW.{column}"),
        "delete": ("AFTER DELETE", f"{insert}, OLD.{column}"),
    }
    return {
        f"{PREFIX}{table}_{verb}": f"CREATE TRIGGER {PREFIX}{table}_{verb} {event} ON {table} BEGIN {body}; END"
        for verb, (event, body) in bodies.items()
    }


def _own_key(table):
    return "resource_ptr_id" if WATCHED[table][1] == "resource_ptr_id" else "id"


def _postgresql(table, what, column):
    """`{trigger: statement}`: one entry a listing and statement, however many rows it wrote."""
    rows = {
        "insert": ("REFERENCING NEW TABLE AS new_rows", f"SELECT {column} FROM new_rows"),
        "delete": ("REFERENCING OLD TABLE AS old_rows", f"SELECT {column} FROM old_rows"),
        "update": (
            "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
            f"SELECT {column} FROM old_rows UNION SELECT {column} FROM new_rows",
        ),
        "truncate": ("", ""),
    }
    made = {}
    for verb, (referencing, keys) in rows.items():
        name = f"{PREFIX}{table}_{verb}"
        entries = f"SELECT {_TOKEN['postgresql']}, '{what}', key FROM ({keys}) AS keys (key) GROUP BY key"  # noqa: S608
        if verb == "truncate":
            entries = f"SELECT {_TOKEN['postgresql']}, 'all', 0"
        made[name] = (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"INSERT INTO {LOG} (token, what, key) {entries}; RETURN NULL; END $$;"
            f"CREATE TRIGGER {name} AFTER {verb.upper()} ON {table} {referencing} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
    return made


def _triggers(vendor):
    make = _sqlite if vendor == "sqlite" else _postgresql
    made = {name: statement for table, watched in WATCHED.items() for name, statement in make(table, *watched).items()}
    return made | _ORDER if vendor == "postgresql" else made


# PostgreSQL: at the end of a transaction its entries get their numbers, under a lock that is held until it is committed.
# So numbers are in the order of the commits. A sequence alone is not: a lower number could show after a higher one was read.
_ORDER = {
    f"{PREFIX}order": f"""
        CREATE OR REPLACE FUNCTION {PREFIX}order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF EXISTS (SELECT 1 FROM {LOG} WHERE id = NEW.id AND seq IS NULL) THEN
                PERFORM pg_advisory_xact_lock({COMMIT_LOCK});
                UPDATE {LOG} SET seq = nextval(pg_get_serial_sequence('{LOG}', 'id')) WHERE seq IS NULL;
            END IF;
            RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER {PREFIX}order AFTER INSERT ON {LOG} DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION {PREFIX}order()
    """
}
_INSTALLED = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
}


def _installed(cursor):
    """`{trigger: table}` of those of ours that stand, older ones too."""
    cursor.execute(_INSTALLED[cursor.db.vendor])
    return {name: table for name, table in cursor.fetchall() if re.match(r"log\d+_", name)}


def _remove(cursor):
    for name, table in _installed(cursor).items():
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if cursor.db.vendor == "postgresql" else ""))


def log_all(cursor):
    """An entry after which every process reads everything anew."""
    vendor = cursor.db.vendor
    seq = f"(SELECT COALESCE(MAX(seq), 0) + 1 FROM {LOG})" if vendor == "sqlite" else "NULL"
    cursor.execute(f"INSERT INTO {LOG} (seq, token, what, key) SELECT {seq}, {_TOKEN[vendor]}, 'all', 0")  # noqa: S608


def watch(using="default"):
    """Install the triggers; where one was missing or the log is empty, log all as changed."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        triggers = _triggers(cursor.db.vendor)
        was_whole = _installed(cursor).keys() == triggers.keys()
        if not was_whole:
            _remove(cursor)
            for statement in triggers.values():
                cursor.execute(statement)
        cursor.execute(f"SELECT 1 FROM {LOG} LIMIT 1")  # noqa: S608
        if not was_whole or not cursor.fetchone():
            log_all(cursor)


@contextmanager
def unwatched(using="default"):
    """For loads of a great many rows: no log is written, and all counts as changed afterwards."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        _remove(cursor)
    try:
        yield
    finally:
        watch(using)


def watch_after_migrate(sender, using, **kwargs):
    """Where all tables stand: migrating only part of the apps, or back to nothing, leaves none to watch."""
    if {LOG, *WATCHED} <= set(connections[using].introspection.table_names()):
        watch(using)
