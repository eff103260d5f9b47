"""What the tables themselves refuse, asked by the constraint's name."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction


def named(app):
    """`{constraint name: (model, constraint)}` of an app's models."""
    return {
        constraint.name: (model, constraint) for model in apps.get_app_config(app).get_models() for constraint in model._meta.constraints
    }


def in_the_database(model):
    """The names of the constraints that the model's table has in the database in use."""
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, model._meta.db_table))


@contextmanager
def refused(name):
    """The database refuses what is done inside, because of the constraint with this name."""
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        yield
    assert _words(name) in str(found.value)


def _words(name):
    """SQLite names a broken unique constraint by its columns."""
    model, constraint = {**named("conditions"), **named("resources")}[name]
    if connection.vendor == "sqlite" and isinstance(constraint, models.UniqueConstraint):
        return ", ".join(f"{model._meta.db_table}.{model._meta.get_field(field).column}" for field in constraint.fields)
    return name
