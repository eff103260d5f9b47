"""The index shows what the reader's own transaction sees: never less, never more, whatever was rolled back or restored."""

from threading import Thread
from unittest import mock

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from conditions.models import ConditionName
from resources.finder.filters import ResourceFilter
from resources.finder.index import Index, keeper
from resources.finder.search import Search
from resources.models import Change, Resource, Term
from tests.conftest import copy_database, use_database
from tests.factories import ConditionFactory, OrganizationFactory, ResourceFactory, ServiceFactory, TermFactory


@pytest.fixture(autouse=True)
def one_of_its_own(monkeypatch):
    """A keeper that no other test has used."""
    monkeypatch.setattr(keeper, "_keepers", {})


def found(query=""):
    """Slugs, which are compared with those of plain SQL."""
    search = Search(QueryDict(query))
    by_sql = ResourceFilter(QueryDict(query), vocabularies=search.index.vocabularies).qs
    assert set(search.answer.ids) == set(by_sql.values_list("pk", flat=True))
    return {row.slug for row in by_sql}


def elsewhere(act):
    """What `act` gives in another thread, by a connection of its own."""
    given = []

    def run():
        try:
            given.append(act())
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return given[0]


@pytest.mark.django_db
def test_a_transaction_sees_what_it_wrote_and_a_rollback_takes_it_back():
    ResourceFactory(published=True, slug="a")
    assert found() == {"a"}
    with transaction.atomic():
        ResourceFactory(published=True, slug="b")
        assert found() == {"a", "b"}
        with transaction.atomic():
            Resource.objects.filter(slug="a").delete()
            ResourceFactory(published=True, slug="c")
            assert found() == {"b", "c"}
            transaction.set_rollback(True)
        assert found() == {"a", "b"}
        transaction.set_rollback(True)
    assert found() == {"a"}
    ResourceFactory(published=True, slug="d")
    assert found() == {"a", "d"}


@pytest.mark.django_db
def test_a_rollback_and_as_many_other_writes_are_told_apart():
    """The numbers in the log are the same again, the tokens are not."""
    ResourceFactory(published=True, slug="a", name="A")
    for name in ("First", "Second"):
        with transaction.atomic():
            Resource.objects.update(name=name)
            assert found(f"q={name}") == {"a"}
            transaction.set_rollback(True)
    assert found("q=second") == found("q=first") == set()


@pytest.mark.django_db(transaction=True)
def test_other_threads_do_not_see_what_is_not_committed():
    ResourceFactory(published=True, slug="a")
    with transaction.atomic():
        ResourceFactory(published=True, slug="b")
        assert found() == {"a", "b"}
        assert elsewhere(found) == {"a"}
        assert found() == {"a", "b"}
    assert elsewhere(found) == {"a", "b"} == found()


@pytest.mark.django_db(transaction=True)
def test_an_answer_stays_what_it_was_while_others_write():
    terms = [TermFactory(slug="one")]
    for number in range(5):
        ResourceFactory(published=True, slug=f"a-{number}", terms=terms)
    before = Index.load()
    answer = before.answer(Search(QueryDict("")).criteria)
    Resource.objects.filter(slug="a-0").update(state="draft")
    ResourceFactory.create_batch(3, published=True, terms=terms)
    assert Index.load().answer(Search(QueryDict("")).criteria).counts["need"] == {"one": 7}
    assert answer.counts["need"] == {"one": 5}
    assert len(answer.ids[:]) == 5
    assert elsewhere(lambda: len(found())) == 7


@pytest.mark.django_db
def test_bulk_writes_and_sql_by_hand_show():
    ResourceFactory.create_batch(3, published=True)
    assert len(found()) == 3
    shown = {"kind": "money", "name": "B", "summary": "x", "state": "published", "first_step": "x", "found_on": "2026-01-01"}
    Resource.objects.bulk_create(Resource(slug=f"b-{number}", **shown) for number in range(4))
    assert len(found("kind=money")) == 4
    with connection.cursor() as cursor:
        cursor.execute("UPDATE resources_resource SET state = 'retired' WHERE slug LIKE 'b-%%' AND slug <> %s", ["b-0"])
    assert found("kind=money") == {"b-0"}
    Resource.objects.filter(kind="money").delete()
    assert found("kind=money") == set()


@pytest.mark.django_db
def test_words_follow_the_provider_the_condition_and_its_genes():
    condition = ConditionFactory(name="Ataxia")
    service = ServiceFactory(published=True, slug="clinic", provider=OrganizationFactory(name="Hope"), conditions=[condition])
    assert found("q=hope") == found("q=ataxia") == {"clinic"}
    Resource.objects.filter(pk=service.provider_id).update(name="Faith")
    assert (found("q=hope"), found("q=faith")) == (set(), {"clinic"})
    ConditionName.objects.bulk_create([ConditionName(condition=condition, name="Wobbling", folded="wobbling")])
    condition.genes.create(symbol="FXN")
    assert found("q=wobbles") == found("q=fxn") == {"clinic"}
    condition.genes.all().delete()
    assert found("q=fxn") == set()


@pytest.mark.django_db
def test_words_of_a_vocabulary_show_and_go():
    term = TermFactory(slug="respite", label="A break")
    ResourceFactory(published=True, slug="a", terms=[term])
    assert Index.load().vocabularies["need"] == {"respite": "A break"}
    Term.objects.update(slug="rest", label="Rest")
    assert Index.load().vocabularies["need"] == {"rest": "Rest"}
    assert found("need=rest") == {"a"}
    Term.objects.update(vocabulary="area")
    assert "need" not in Index.load().vocabularies
    assert found("state=rest") == {"a"}
    term.delete()
    assert found() == {"a"}
    assert Index.load().vocabularies == {}


def queries():
    with CaptureQueriesContext(connection) as asked:
        Index.load()
    return len(asked)


@pytest.mark.django_db
def test_a_request_asks_once_and_once_more_where_something_changed():
    ResourceFactory(published=True)
    Index.load()
    assert queries() == 1
    for number in (1, 50):
        ResourceFactory.create_batch(number, published=True, terms=[TermFactory()], conditions=[ConditionFactory()])
        assert queries() == 2
        assert queries() == 1


@pytest.mark.django_db(transaction=True)
def test_it_starts_anew_where_the_log_was_emptied_or_everything_changed():
    ResourceFactory(published=True, slug="a")
    assert found() == {"a"}
    Change.objects.all().delete()
    Resource.objects.update(slug="b")
    Change.objects.all().delete()
    assert found() == {"b"}
    assert found() == {"b"}
    Change.objects.create(seq=1, token=7, what="all", key=0)
    Resource.objects.update(slug="c")
    assert found() == {"c"}
    Change.objects.create(seq=Change.objects.latest("seq").seq + 1, token=8, what="all", key=0)
    with mock.patch("resources.finder.index.keeper.build", wraps=keeper.build) as built:
        assert found() == {"c"}
    assert built.called


@pytest.mark.django_db(transaction=True)
def test_after_a_backup_was_restored_the_index_shows_what_it_holds():
    """The backup is a copy of the database, with its log; the site comes to stand on it while it runs."""
    ResourceFactory(published=True, slug="kept", name="Old")
    assert found("q=old") == {"kept"}
    site, backup = connection.settings_dict["NAME"], copy_database("backup")
    use_database(site)
    try:
        Resource.objects.update(name="New")
        ResourceFactory(published=True, slug="lost")
        assert (found(), found("q=old")) == ({"kept", "lost"}, set())
        use_database(backup)
        assert (found(), found("q=old")) == ({"kept"}, {"kept"})
        ResourceFactory(published=True, slug="after")
        Resource.objects.filter(slug="kept").update(name="Newer")
        assert (found(), found("q=old")) == ({"kept", "after"}, set())
        use_database(site)
        assert (found(), found("q=new")) == ({"kept", "lost"}, {"kept"})
    finally:
        use_database(site)
        connection.creation._destroy_test_db(backup, verbosity=0)


@pytest.mark.django_db
def test_what_is_dead_does_not_pile_up():
    ResourceFactory.create_batch(3, published=True)
    with mock.patch("resources.finder.index.keeper.SPARE", 10):
        for number in range(20):
            Resource.objects.update(name=f"Name {number}")
            assert len(found(f"q={number}")) == 3
    assert len(Index.load().store.columns) <= 3 * 2 + 10


@pytest.mark.django_db
def test_a_store_that_began_without_listings_finds_each_by_its_key():
    Index.load()
    made = [ResourceFactory(published=True).pk for _ in range(5)]
    since = keeper.rows.since

    def backwards(*args):
        news = since(*args)
        news.listings.sort(key=lambda listing: -listing.pk)  # a database gives them in any order
        return news

    with mock.patch.object(keeper.rows, "since", backwards):
        index = Index.load()
    assert [int(index.version.columns.pks[index.place(pk)]) for pk in made] == made


@pytest.mark.django_db
def test_odd_rows_break_nothing():
    """Rows that SQL by hand may leave: an unknown kind or reach, no name, a key beyond 32 bits."""
    ResourceFactory(published=True, pk=2**40, slug="far")
    ResourceFactory(published=True, slug="near", name="", coverage="moon", kind="dream")
    assert found() == {"far", "near"}
    Resource.objects.filter(pk=2**40).update(name="Far away")
    assert found("q=far") == {"far"}
    assert len(Search(QueryDict("sort=name")).answer.ids[:]) == 2
