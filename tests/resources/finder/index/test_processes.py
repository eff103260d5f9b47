"""Several processes write and read at once: no update is lost, and no answer ever differs from the rows."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from conditions.models import Condition
from resources.models import Resource
from tests.factories import OrganizationFactory, TermFactory, kinship

from . import process

pytestmark = pytest.mark.django_db(transaction=True)


def address():
    """What a process of its own is told, to come to this test's database."""
    name = connection.settings_dict["NAME"]
    return f"sqlite:///{name}" if connection.vendor == "sqlite" else f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def start(*arguments):
    command = [sys.executable, "-m", "tests.resources.finder.index.process", *arguments]
    return subprocess.Popen(command, env=os.environ | {"DATABASE_URL": address()}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_two_readers_are_right_at_every_moment_while_two_others_write():
    kinship(c1=["c2"], c3=["c2"])
    terms = [TermFactory(slug="one"), TermFactory(slug="two")]
    for number in range(20):
        OrganizationFactory(published=True, terms=terms[number % 3 :], conditions=Condition.objects.filter(slug=f"c{number % 5}"))
    readers, writers = [start("read") for _ in range(2)], [start("write", str(seed), "25") for seed in (1, 2)]
    try:
        for writer in writers:
            assert "wrote" in writer.communicate(timeout=120)[0]
        rounds = [reader.communicate("\n", timeout=120)[0] for reader in readers]
    finally:
        for one in (*readers, *writers):
            one.kill()
    assert all(line.startswith("read ") and int(line.split()[1]) > 1 for line in rounds), rounds
    assert [one.returncode for one in (*readers, *writers)] == [0] * 4
    assert Resource.objects.filter(slug__startswith="new-").exists()
    for query in process.QUERIES:
        process.compare(query)
