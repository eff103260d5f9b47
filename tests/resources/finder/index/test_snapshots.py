"""A snapshot gives the same answers as the rows; one that is broken, missing or old does no harm."""

import io
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict
from hypothesis import given

from resources.finder.index import keeper, snapshots
from resources.finder.search import Search
from resources.models import Change, Resource, SnapshotPart, Term
from tests.factories import ConditionFactory, ResourceFactory, TermFactory

from ..test_index import A_FEW
from ..worlds import built, questions, terms, worlds

pytestmark = pytest.mark.django_db
QUERIES = ["", "need=one", "q=ramp", "condition=c0&kind=money", "q=condition", "sort=name", "checked=provider&sort=checked"]


@pytest.fixture(autouse=True)
def a_new_process(monkeypatch):
    monkeypatch.setattr(keeper, "_keepers", {})


def started_anew():
    keeper._keepers.clear()


def rebuild():
    out = io.StringIO()
    call_command("rebuild_index", stdout=out, stderr=out)
    return out.getvalue()


def answers(queries=QUERIES):
    searches = [Search(QueryDict(query)) for query in queries]
    return [(list(search.answer.ids), search.answer.counts, list(search.answer.narrower)) for search in searches]


@A_FEW
@given(world=worlds(), query=questions())
def test_a_snapshot_answers_as_the_rows_do(world, query):
    Term.objects.bulk_create(terms(), ignore_conflicts=True)
    with built(world):
        right = answers([*QUERIES, query.urlencode()])
        rebuild()
        started_anew()
        with mock.patch("resources.finder.index.keeper.build") as build:
            assert answers([*QUERIES, query.urlencode()]) == right
        assert not build.called
    started_anew()


def shown(query=""):
    return {row.slug for row in Search(QueryDict(query)).results}


def test_what_changed_since_the_snapshot_shows():
    ResourceFactory(published=True, slug="a", terms=[TermFactory(slug="one")], conditions=[ConditionFactory(name="Ataxia")])
    ResourceFactory(published=True, slug="gone")
    assert "2 listings" in rebuild()
    Resource.objects.filter(slug="gone").delete()
    Resource.objects.filter(slug="a").update(name="Ramp")
    ResourceFactory(published=True, slug="b")
    started_anew()
    with mock.patch("resources.finder.index.keeper.build") as build:
        assert (shown(), shown("q=ramp"), shown("q=ataxia&as=typed"), shown("need=one")) == ({"a", "b"}, {"a"}, {"a"}, {"a"})
    assert not build.called


def spoil(change):
    part = SnapshotPart.objects.order_by("-number")[0]
    SnapshotPart.objects.filter(pk=part.pk).update(data=change(bytes(part.data)))


BROKEN = {
    "a bit": lambda: spoil(lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]),
    "its end": lambda: spoil(lambda data: data[:-1]),
    "nearly all": lambda: spoil(lambda data: data[:5]),
    "a part": lambda: SnapshotPart.objects.order_by("-number")[0].delete(),
    "all": lambda: SnapshotPart.objects.all().delete(),
    "its format": lambda: None,
    "its entry in the log": lambda: Change.objects.filter(seq=Change.objects.latest("seq").seq).delete(),
}


@pytest.mark.parametrize("what", BROKEN)
def test_where_it_is_broken_the_rows_answer(what, caplog):
    ResourceFactory.create_batch(3, published=True)
    with mock.patch.object(snapshots, "PART", 500), mock.patch.object(snapshots, "FORMAT", 0 if what == "its format" else snapshots.FORMAT):
        rebuild()
    assert SnapshotPart.objects.count() > 2
    BROKEN[what]()
    started_anew()
    ResourceFactory(published=True)
    assert len(Search(QueryDict("")).answer.ids) == 4
    is_said = what not in ("all", "its entry in the log")
    assert ("rebuild_index" in caplog.text) == is_said


@pytest.mark.django_db(transaction=True)
def test_the_log_is_pruned_of_what_nobody_needs():
    ResourceFactory.create_batch(5, published=True)
    before = answers()
    with mock.patch.object(snapshots, "KEPT", 2):
        rebuild()
    assert 1 <= Change.objects.count() <= 3
    ResourceFactory(published=True, slug="new")
    assert len(Search(QueryDict("")).answer.ids) == len(before[0][0]) + 1


def test_without_a_log_no_snapshot_is_made():
    Change.objects.all().delete()
    with pytest.raises(CommandError, match="migrate"):
        rebuild()


def test_a_snapshot_of_nothing_is_one():
    assert "0 listings" in rebuild()
    started_anew()
    assert answers() == answers()
