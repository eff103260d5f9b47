"""Views: kept, counted, shared, renamed, deleted; and nobody else's hands on them."""

import pytest

from resources.models import SavedView
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import OrganizationFactory, PersonFactory, ResourceFactory
from tests.shell.reading import Page, text

from .test_views import LIST, faults, show

pytestmark = pytest.mark.django_db
NEW = f"{LIST}views/"


def tabs(page):
    return [text(link) for link in page.one('nav[@aria-label="Views"]').iter("a")]


def a_view(owner, **fields):
    return SavedView.objects.create(owner=owner, **{"name": "Drafts of mine", "query": "state=draft"} | fields)


def test_filters_are_kept_and_counted(client, at_work):
    me = at_work(SOCIAL_WORKER)
    OrganizationFactory.create_batch(2, overdue=True)
    ResourceFactory(overdue=True)
    response = client.post(NEW, {"name": "My  organizations", "query": "kind=organization&page=3&state=published&evil=1"})
    view = SavedView.objects.get()
    assert (view.owner, view.name, view.query, view.shared) == (me, "My organizations", "state=published&kind=organization", False)
    assert response.url == f"{LIST}?{view.query}"
    page = show(client, f"?{view.query}")
    assert "My organizations 2" in tabs(page)
    assert text(page.one('nav[@class="tabs"]//a[@aria-current="page"]')) == "My organizations 2"
    assert page.all(f'a[@href="{NEW}{view.pk}/"]')
    assert faults(page.response) == []


def test_equal_filters_in_another_order_are_the_same_view(client, at_work):
    a_view(at_work(SOCIAL_WORKER), query="state=draft&kind=guide")
    assert text(show(client, "?kind=guide&state=draft&page=2").one('nav[@class="tabs"]//a[@aria-current="page"]')) == "Drafts of mine 0"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"name": "", "query": "state=draft"}, "This field is required."),
        ({"name": "Drafts of mine", "query": "kind=guide"}, "You have a view of this name already"),
        ({"name": "All", "query": "page=3"}, "There is nothing to keep yet"),
        ({"name": "Long", "query": "q=" + "a" * 3000}, "at most 2000 characters"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_what_was_typed(client, at_work, answers, said):
    a_view(at_work(SOCIAL_WORKER))
    response = client.post(NEW, answers)
    page = Page(response)
    assert response.status_code == 400
    assert said in text(page.by_id("error-summary"))
    assert page.by_id("id_name").get("value", "") == answers["name"]
    assert SavedView.objects.count() == 1
    assert faults(response) == []


def test_only_an_editor_shares(client, at_work):
    assert not show(client_of(at_work, client, SOCIAL_WORKER), "?state=draft").all('input[@name="shared"]')
    client.post(NEW, {"name": "Forged", "query": "state=draft", "shared": "on"})
    assert not SavedView.objects.get(name="Forged").shared
    editor = at_work(EDITOR, first_name="Ed", last_name="Example")
    client.post(NEW, {"name": "For all", "query": "state=draft", "shared": "on"})
    assert SavedView.objects.get(name="For all").owner == editor
    at_work(SOCIAL_WORKER)
    shown = tabs(show(client))
    assert "For all 0 by Ed Example" in shown
    assert not any("Forged" in one for one in shown)


def client_of(at_work, client, role):
    at_work(role)
    return client


def test_it_is_renamed_and_deleted(client, at_work):
    view = a_view(at_work(SOCIAL_WORKER))
    address = f"{NEW}{view.pk}/"
    assert faults(client.get(address)) == []
    client.post(address, {"name": "Waiting drafts", "query": view.query})
    view.refresh_from_db()
    assert view.name == "Waiting drafts"
    page = Page(client.post(address, {"verb": "delete"}, follow=True))
    assert "The view “Waiting drafts” is deleted. No listing has changed." in text(page.main)
    assert not SavedView.objects.exists()


def test_anothers_view_is_out_of_reach(client, at_work):
    private, shared = a_view(PersonFactory(role=EDITOR)), a_view(PersonFactory(role=EDITOR), shared=True)
    at_work(SOCIAL_WORKER)
    assert client.post(f"{NEW}{private.pk}/", {"verb": "delete"}).status_code == 404
    said = client.post(f"{NEW}{shared.pk}/", {"verb": "delete"}, follow=True)
    assert "Only its owner or an editor changes a shared view." in text(Page(said).main)
    assert SavedView.objects.count() == 2
    at_work(EDITOR)  # its owner may have left
    client.post(f"{NEW}{shared.pk}/", {"verb": "delete"})
    assert list(SavedView.objects.all()) == [private]


def test_more_views_than_are_counted_are_still_there(client, at_work, monkeypatch):
    monkeypatch.setattr("resources.curation.listings.saved.COUNTED", 4)
    a_view(at_work(SOCIAL_WORKER))
    assert "Drafts of mine" in tabs(show(client))
