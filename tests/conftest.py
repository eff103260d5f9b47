"""Fixtures for all tests.

A test starts from empty tables, unless its module asks for the real catalogue:

    pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
"""

import io
import itertools
import os
import shutil
import time
from datetime import timedelta

import hypothesis
import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone
from playwright.sync_api import expect

from resources import ledger
from resources.models import roles

hypothesis.settings.register_profile("person", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "person")
expect.set_options(timeout=30_000)  # as long as Playwright waits for all else: a busy machine is slow

ASKS_DATABASE = {"db", "transactional_db", "catalogue"}
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Whatever opens a browser is a journey, so that it runs on one database alone; whatever asks no database runs once, too."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "browser" in fixtures:
            item.add_marker("journey")
        if item.get_closest_marker("django_db") or ASKS_DATABASE.intersection(fixtures):
            item.add_marker("database")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    """No test begins in the last minute of a day, there or in UTC: it would end in the next one."""
    for now in (timezone.now(), timezone.localtime()):
        left = timedelta(days=1) - timedelta(hours=now.hour, minutes=now.minute, seconds=now.second)
        if left <= timedelta(minutes=1):
            time.sleep(left.total_seconds())


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"reduced_motion": "reduce"}  # else a look at the screen may fall into a smooth scroll


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not chromium:
        pytest.fail("Chromium is missing: apt-get install chromium-headless-shell, or set CHROMIUM to its path.")
    return browser_type_launch_args | {"executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """On SQLite a file rather than memory: the live server's threads each open it, as in production."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def flush_without_triggers():
    """A test that commits ends with a flush, which the triggers refuse: they are off until the flush sends its own `post_migrate`."""
    flush = TransactionTestCase._fixture_teardown

    def unguard_and_flush(test):
        ledger.unguard()
        flush(test)
        roles.make_groups(apps)  # which a migration had made
        cache.clear()  # a table of no model

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unguard_and_flush)
        yield


def use_database(name):
    """Point Django, and the threads that the live server will start, at another database."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
    connection.settings_dict["NAME"] = name


def copy_database(suffix):
    """Copy the database in use; returns the copy's name."""
    connection.close()  # on SQLite the file is whole when nobody has it open
    connection.creation.clone_test_db(suffix, verbosity=0)
    return connection.creation.get_test_db_clone_settings(suffix)["NAME"]


class Catalogue:
    """A database with the real catalogue. Tests work on a copy of it, so that it is read from the files only once a worker."""

    def __init__(self):
        self.empty, self.copies = connection.settings_dict["NAME"], itertools.count()
        self.whole = copy_database("catalogue")
        use_database(self.whole)
        call_command("load_conditions", stdout=io.StringIO())
        call_command("load_catalogue", stdout=io.StringIO())

    def open(self):
        use_database(self.whole)
        self.copy = copy_database(f"copy{next(self.copies)}")
        use_database(self.copy)

    def close(self):
        use_database(self.empty)
        connection.creation._destroy_test_db(self.copy, verbosity=0)

    def renew(self):
        self.close()
        self.open()


@pytest.fixture(scope="session")
def catalogue_database(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        database = Catalogue()
        use_database(database.empty)
    yield database
    with django_db_blocker.unblock():
        connection.creation._destroy_test_db(database.whole, verbosity=0)


@pytest.fixture(scope="module")
def catalogue(catalogue_database, django_db_blocker):
    """The module's tests find the real catalogue, live server included; a test that commits leaves no trace for the next."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: catalogue_database.renew())
        with django_db_blocker.unblock():
            catalogue_database.open()
        yield
        with django_db_blocker.unblock():
            catalogue_database.close()
