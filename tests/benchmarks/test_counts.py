"""What makes the figures of docs/benchmarks.md possible, held without a clock: as much work for many listings as for few."""

import io
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from conditions.kinship import kin
from resources import starter
from resources.finder.index import Index
from resources.finder.index.store import Store
from resources.finder.parameters import Parameters
from resources.synthetic.tables import world

from .engine import answer
from .questions import KINDS, questions

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]
FEW, MANY, MOST_QUERIES = 40, 400, 6


def seed(size):
    call_command("seed_benchmark", str(size), "--yes-mix", stdout=io.StringIO(), stderr=io.StringIO())


@pytest.fixture
def asked():
    """One question of each kind."""
    return {question.kind: question for question in reversed(questions(world(starter.read())))}


def test_queries_of_a_page_stay_few_and_the_same(client, asked):
    def counted():
        client.get("/find/?q=ramp")  # the index and the names have been read
        made = {}
        for kind, question in asked.items():
            made[kind] = [len(queries(client, question)) for _visit in ("the first", "the next, when its cards are kept")]
        return {kind: max(counts) for kind, counts in made.items()}, {kind: counts[1] for kind, counts in made.items()}

    seed(FEW)
    few, few_again = counted()
    seed(MANY)
    many, many_again = counted()
    assert set(few) == set(KINDS)
    assert {kind: count for kind, count in [*few.items(), *many.items()] if count > MOST_QUERIES} == {}
    assert many_again == few_again


def queries(client, question):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/find/?{question.query}").status_code == 200
    return queries


def test_bitmaps_looked_at_are_few(asked):
    """One a word of the vocabularies, and a few for each ancestor of the condition: however many listings there are."""
    seed(MANY)
    index = Index.load()
    for question in asked.values():
        query = QueryDict(question.query)
        criteria, relatives = Parameters(query, vocabularies=index.vocabularies).criteria, kin(query.getlist("condition"))
        with mock.patch.object(Store, "get", autospec=True, side_effect=Store.get) as get:
            answer(index, criteria, relatives)
        words = sum(map(len, index.vocabularies.values()))
        assert words <= get.call_count < words + 30 + 5 * len(relatives.ancestors)
