"""A listing that somebody saves: its new addresses are asked by themselves, those that are gone are forgotten."""

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from resources import document as documents
from resources import workflow
from resources.curation.links.gathering import gather, gather_listing
from resources.models import Link, LinkUse, Resource, Revision
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import PersonFactory, SourceFactory
from tests.resources.curation.conftest import edited, written

pytestmark = pytest.mark.django_db
NEW = "https://new.example.org/"


@pytest.fixture(autouse=True)
def with_a_worker(settings):
    settings.LINK_WORKER = True


@pytest.fixture
def me():
    return PersonFactory(role=SOCIAL_WORKER)


@pytest.fixture
def listing(me, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = written(me, website="https://old.example.org/", source__url="https://old.example.org/about")
    DBTaskResult.objects.all().delete()
    return made


@pytest.fixture
def saved(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def addresses(listing):
    return set(Link.objects.filter(uses__resource=listing).values_list("address", flat=True))


def test_a_mended_address_is_asked_and_the_old_one_leaves_the_queue(listing, me, saved):
    Link.objects.filter(address="https://old.example.org/").update(days_failed=3, failing_since="2026-03-02", last_failed_on="2026-03-04")
    with saved():
        edited(listing, me, website=NEW)
    assert addresses(listing) == {NEW, "https://old.example.org/about"}
    assert not Link.objects.broken().exists()
    [task] = DBTaskResult.objects.all()
    assert list(task.link_hosts.values_list("name", flat=True)) == ["new.example.org"]


def test_an_edit_of_other_words_asks_nobody(listing, me, saved):
    with saved():
        edited(listing, me, summary="Mended.")
    assert not DBTaskResult.objects.exists()


def test_before_the_commit_nothing_is_asked(listing, me, saved):
    with saved(), pytest.raises(ZeroDivisionError), transaction.atomic():
        edited(listing, me, website=NEW)
        raise ZeroDivisionError
    assert not DBTaskResult.objects.exists()


def test_without_a_worker_it_is_due_for_the_night(listing, me, saved, settings):
    settings.LINK_WORKER = False
    with saved():
        edited(listing, me, website=NEW)
    assert Link.objects.get(address=NEW).next_on is None
    assert not DBTaskResult.objects.exists()


def test_retired_its_addresses_are_forgotten_unless_they_stand_elsewhere(listing, saved):
    shared = Link.objects.get(address="https://old.example.org/about")
    LinkUse.objects.create(link=shared, resource=written(PersonFactory(role=EDITOR)), place="text")
    with saved():
        workflow.retire(resource=listing, by=PersonFactory(role=EDITOR), why="Gone.")
    assert addresses(listing) == set()
    assert Link.objects.filter(address__startswith="https://old.example.org/").get() == shared


def test_a_draft_leads_nobody_anywhere(me, saved):
    with saved():
        made = workflow.create(document=documents.of(written(me)).model_copy(update={"slug": "draft", "website": NEW}), by=me, why="New.")
    assert addresses(made) == set()


def test_a_load_by_a_program_waits_for_the_night(listing, saved):
    SourceFactory(resource=listing, url="https://elsewhere.example.org/")
    with saved():
        Revision.objects.write(
            resource=listing, document=documents.of(listing).model_dump(mode="json"), verb="load", why="w", by_name="starter"
        )
    assert "https://elsewhere.example.org/" not in addresses(listing)


def test_what_goes_wrong_here_spoils_no_save(listing, me, saved, monkeypatch):
    monkeypatch.setattr("resources.curation.links.following.gather_listing", lambda *args: 1 / 0)
    with saved():
        edited(listing, me, website=NEW)
    assert Resource.objects.get(pk=listing.pk).website == NEW
    assert connection.is_usable()


def test_a_run_that_comes_to_the_listing_meanwhile_is_no_fault(listing, monkeypatch):
    LinkUse.objects.all().delete()
    real = Link.objects.bulk_create

    def overtaken(*args, **kwargs):
        monkeypatch.setattr(Link.objects, "bulk_create", real)
        gather()
        return real(*args, **kwargs)

    monkeypatch.setattr(Link.objects, "bulk_create", overtaken)
    gather_listing(listing.pk, documents.of(listing))
    assert addresses(listing) == {"https://old.example.org/", "https://old.example.org/about"}
