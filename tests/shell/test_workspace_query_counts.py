"""With the real catalogue and every queue full, each page and button of the workspace asks few queries, however many listings there are."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.benchmarks import busy, workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
ASKING = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")  # what begins or ends a transaction asks for nothing
MOST = 12
MORE = {  # by how a name ends: what each needs beyond that
    "look at another name": 15,  # three look for listings that are called so
    "send back without why": 15,  # the verb holds and reads the listing before it refuses; then the desk is drawn
}


@pytest.fixture
def counts(client):
    """Page → its queries, for an editor, with hundreds of listings, once all that a process keeps in memory is there."""
    person = busy.fill()[0]
    call_command("seed_benchmark", 200, yes_mix=True, verbosity=0, stdout=io.StringIO())
    busy.fate_of_all(list(User.objects.filter(username__startswith="worker-")))
    client.force_login(person)
    return {name: queries(client, *question) for name, question in workspace.pages(client, person).items()}


def queries(client, address, data):
    def answer():
        return client.get(address) if data is None else client.post(address, data)

    assert answer().status_code in (200, 400), address
    with CaptureQueriesContext(connection) as asked:
        answer()
    return sum(one["sql"].split(maxsplit=1)[0] in ASKING for one in asked)


def most(name):
    return next((number for ending, number in MORE.items() if name.endswith(ending)), MOST)


def test_every_page_asks_few_queries_however_many_listings(counts):
    assert {name: count for name, count in counts.items() if count > most(name)} == {}
