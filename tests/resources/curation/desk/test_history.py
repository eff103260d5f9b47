"""The history as a reader sees it, and bringing a revision back as a new one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conditions.editorial import State
from resources import document as documents
from resources import workflow
from resources.models import Resource, Revision
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import OrganizationFactory, PersonFactory, ResourceFactory
from tests.resources.curation.conftest import edited, written
from tests.resources.curation.listings.test_views import faults
from tests.shell.reading import Page, text

from .test_page import a_therapy, address, in_state

pytestmark = pytest.mark.django_db


def history(client, listing, query=""):
    response = client.get(f"{address(listing)}history/{query}")
    assert response.status_code == 200
    assert faults(response) == []
    return Page(response)


def revision(client, listing, number):
    response = client.get(f"{address(listing)}history/{number}/")
    assert response.status_code == 200
    assert faults(response) == []
    return Page(response)


def restore(client, listing, number, why="It was right after all.", base=None):
    base = workflow.latest(listing) if base is None else base
    return client.post(f"{address(listing)}history/{number}/", {"why": why, "base": base}, follow=True)


def test_each_step_tells_who_when_why_and_what_changed(client, at_work):
    worker = at_work(SOCIAL_WORKER, first_name="Wim", last_name="Example")
    listing = written(PersonFactory(role=EDITOR), summary="Finds ramps for families.")
    edited(listing, worker, why="Their page says so now.", summary="Lends ramps to families.")
    page = history(client, listing)
    newest, first = page.all("article")
    assert text(newest.find("h2")) == "Revision 2: Edited"
    assert "Wim Example" in text(newest) and "Their page says so now." in text(newest)
    assert ([text(one) for one in newest.iter("del")], [text(one) for one in newest.iter("ins")]) == (["Finds", "for"], ["Lends", "to"])
    assert "The first text." in text(first)


def test_a_long_history_comes_in_pages_without_a_gap(client, at_work):
    me = at_work(EDITOR)
    listing = written(me)
    for number in range(24):
        edited(listing, me, alert=f"Closed on day {number}.")
    first, second = history(client, listing), history(client, listing, "?page=2")
    assert [len(page.all("article")) for page in (first, second)] == [20, 5]
    oldest = first.all("article")[-1]
    assert "Revision 6" in text(oldest) and oldest.findall(".//del")  # told against the one on the next page


def test_an_empty_history_says_so(client, at_work):
    at_work(SOCIAL_WORKER)
    assert "Nothing has been recorded yet." in text(history(client, ResourceFactory()).main)


def test_one_revision_is_whole_with_what_changed_since(client, at_work):
    me = at_work(EDITOR)
    listing = written(me, name="Ramps", summary="Finds ramps.")
    edited(listing, me, summary="Lends ramps.")
    page = revision(client, listing, 1)
    assert ("Summary", "Finds ramps.") in page.facts
    assert ([text(one) for one in page.main.iter("del")], [text(one) for one in page.main.iter("ins")]) == (["Finds"], ["Lends"])
    latest = revision(client, listing, 2)
    assert "Nothing: the listing says this today." in text(latest.main)
    assert not latest.all("textarea") and "Restore as a new revision" not in text(latest.main)
    assert client.get(f"{address(listing)}history/3/").status_code == 404


def test_a_revision_comes_back_as_a_new_one(client, at_work):
    me = at_work(EDITOR)
    listing = written(me, summary="Finds ramps.")
    edited(listing, me, summary="Lends ramps.")
    page = Page(restore(client, listing, 1))
    assert "The text of revision 1 is back, as revision 3." in text(page.main)
    listing.refresh_from_db()
    assert (listing.summary, listing.state) == ("Finds ramps.", State.PUBLISHED)
    newest = listing.revisions.first()
    assert (newest.number, newest.verb, newest.by, newest.why) == (3, "restore", me, "It was right after all.")
    assert Revision.objects.get(resource=listing, number=2).document["summary"] == "Lends ramps."


def test_a_social_worker_reads_and_does_not_restore(client, at_work):
    me = at_work(SOCIAL_WORKER)
    listing = written(me)
    edited(listing, me, alert="Moved.")
    assert "Restore as a new revision" not in text(revision(client, listing, 1).main)
    response = restore(client, listing, 1)
    assert response.status_code == 400
    assert "Your role does not allow this. Ask an editor." in text(Page(response).main)
    assert workflow.latest(listing) == 2


def test_a_published_listing_stays_complete(client, at_work):
    me = at_work(EDITOR)
    listing = Resource.objects.get(pk=OrganizationFactory(website="").pk)
    workflow.edit(resource=listing, document=documents.of(listing), by=me, why="A start.", base=0)
    whole = written(me)
    document = whole.revisions.first().document | {"slug": listing.slug}
    workflow.edit(resource=listing, document=documents.read(document), by=me, why="Complete.", base=1)
    workflow.submit(resource=listing, by=me)
    workflow.publish(resource=listing, by=PersonFactory(role=EDITOR))
    page = revision(client, listing, 1)
    assert "It cannot be brought back while the listing is published: it does not say what to do first" in text(page.main)
    assert restore(client, listing, 1).status_code == 400
    listing.refresh_from_db()
    assert listing.first_step == "Call and say what you need."


def test_a_therapys_text_waits_for_a_second_person(client, at_work):
    me = at_work(EDITOR)
    listing = a_therapy(PersonFactory(role=EDITOR))
    edited(listing, PersonFactory(role=EDITOR), summary="Mended.")
    workflow.apply(edit=listing.edits.get(), by=PersonFactory(role=EDITOR))
    page = Page(restore(client, listing, 1))
    assert "The text of revision 1 waits for a second person" in text(page.main)
    assert listing.edits.get(state="waiting").by == me
    assert Resource.objects.get(pk=listing.pk).summary == "Mended."


def test_without_a_reason_or_on_an_old_page_nothing_comes_back(client, at_work):
    me = at_work(EDITOR)
    listing = written(me)
    edited(listing, me, alert="Moved.")
    response = restore(client, listing, 1, why=" ")
    assert "Say why, in a few words" in text(Page(response).by_id("error-summary"))
    assert faults(response) == []
    edited(listing, me, alert="Moved again.")
    late = restore(client, listing, 1, base=2)
    page = Page(late)
    assert "saved this listing in between (revision 3)" in text(page.by_id("error-summary"))
    assert page.by_id("id_why").get("value") == "It was right after all."
    assert workflow.latest(listing) == 3


def test_it_is_cheap_and_flat(client, at_work):
    me = at_work(EDITOR)
    listing = in_state(written(me), State.PUBLISHED)
    edited(listing, me, alert="Moved.")
    paths = [f"{address(listing)}history/", f"{address(listing)}history/1/"]

    def count(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    few = [count(path) for path in paths]
    for number in range(30):
        edited(listing, me, alert=f"Closed on day {number}.")
    assert [count(path) for path in paths] == few
    assert max(few) <= 12
