"""The public corrections log says where a correction came from, and names nobody."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources import document as documents
from resources import workflow
from resources.corrections import CAME_FROM
from resources.models import Proposal, Resource, Revision
from resources.models.roles import EDITOR, SOCIAL_WORKER
from resources.workflow import pages
from tests.factories import OrganizationFactory, PersonFactory, TermFactory
from tests.resources.workflow.test_merging import merge
from tests.resources.workflow.test_pages import PAGE, changed
from tests.shell.reading import Page, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return PersonFactory(role=SOCIAL_WORKER, first_name="Robin", last_name="Example")


@pytest.fixture
def listing(worker):
    return published("Helpers", fees="$1")


def published(name, **fields):
    """A listing with the history of one that families see."""
    made = Resource.objects.get(pk=OrganizationFactory(name=name, published=True, **fields).pk)
    for verb in ("create", "publish"):
        Revision.objects.write(resource=made, document=documents.of(made).model_dump(mode="json"), verb=verb, why="w", by_name="Robin")
    return made


def log(client):
    return [text(entry).partition(": ")[2] for entry in Page(client.get("/about/corrections/")).all('ul[@class="matches"]/li')]


@pytest.fixture
def editor():
    return PersonFactory(role=EDITOR)


def correct(listing, worker, origin="", fees="Free", verb="edit"):
    document = documents.patched(documents.of(listing), {"fees": fees})
    if origin:
        proposal = workflow.propose(origin=origin, resource=listing, document=document)
        workflow.accept(proposal=proposal, document=document, base=proposal.base, by=worker, why="Robin Example heard of it.")
    else:
        workflow.edit(resource=listing, document=document, by=worker, why="Called.", base=workflow.latest(listing), verb=verb)


@pytest.mark.parametrize(
    ("origin", "verb", "sentence"),
    [
        (Proposal.Origin.READER, "edit", "A reader told us."),
        (Proposal.Origin.PROVIDER, "edit", "The provider told us."),
        (Proposal.Origin.LINK, "edit", "Our check of links found it."),
        (Proposal.Origin.IMPORT, "edit", "A partner’s list told us."),
        ("", "import", "A partner’s list told us."),
        ("", "edit", "Our own edit."),
    ],
)
def test_it_says_where_a_correction_came_from(client, listing, worker, origin, verb, sentence):
    correct(listing, worker, origin, verb=verb)
    words = text(Page(client.get("/about/corrections/")).main)
    assert f"Changed: What it costs. {sentence}" in words
    assert "Robin" not in words


@pytest.mark.parametrize("origin", [Proposal.Origin.READER, Proposal.Origin.PROVIDER, Proposal.Origin.IMPORT])
def test_what_waited_for_a_second_person_keeps_where_it_came_from(client, worker, editor, origin):
    vocabulary, slug = workflow.URGENT
    listing = published("Helpers", fees="$1", terms=[TermFactory(vocabulary=vocabulary, slug=slug)])
    correct(listing, worker, origin)
    assert log(client) == []
    workflow.apply(edit=listing.edits.get(), by=editor)
    assert log(client) == [f"Helpers Changed: What it costs. {CAME_FROM[origin]}"]
    assert listing.revisions.first().source.endswith(f"; edit {listing.edits.get().pk} by {worker}")


def test_what_changed_before_families_first_saw_it_is_no_correction(client, worker, editor):
    source = documents.of(published("As a pattern"))
    draft = workflow.create(document=source.model_copy(update={"slug": "new", "name": "New"}), by=worker, why="w")
    correct(draft, worker)
    workflow.submit(resource=draft, by=worker)
    workflow.publish(resource=draft, by=editor)
    assert log(client) == []
    correct(draft, worker, fees="$2")
    assert log(client) == ["New Changed: What it costs. Our own edit."]


def test_a_listing_that_went_into_another_says_into_which_and_comes_back(client, editor):
    kept, gone = published("Kept"), published("Gone")
    made = merge(kept, gone, editor)
    assert sorted(log(client)) == [
        "Gone Taken down: it is the same as Kept. Our own decision.",
        "Kept Changed: Also called. Our own decision.",
    ]
    [other] = [link.get("href") for link in Page(client.get("/about/corrections/")).all("li/p/a") if text(link) == "Kept"]
    assert other == kept.get_absolute_url()
    workflow.unmerge(merge=made, by=editor, why="They are two.")
    assert sorted(log(client)) == [
        "Gone Shown again: it is not the same as Kept. Our own decision.",
        "Gone Taken down: it is the same as Kept. Our own decision.",
        "Kept Changed: Also called. Our own decision.",
        "Kept Changed: Also called. Our own decision.",
    ]


def test_a_draft_that_went_into_another_was_never_seen(client, editor):
    draft = OrganizationFactory(name="Draft").resource_ptr
    merge(published("Kept"), draft, editor)
    assert log(client) == ["Kept Changed: Also called. Our own decision."]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda one, by: workflow.retire(resource=one, by=by, why="w"), "Taken down. Our own decision."),
        (
            lambda one, by: workflow.check(resource=one, by=by, how="call", outcome="number_dead"),
            "A phone number that no longer works is not shown any more. Our own check.",
        ),
        (lambda one, by: workflow.check(resource=one, by=by, how="call", outcome="no_answer"), None),
        (lambda one, by: workflow.check(resource=one, by=by, how="call", outcome="confirmed"), None),
    ],
)
def test_what_families_notice_is_told_in_plain_words(client, editor, act, said):
    act(published("Helpers", phones=["555-0101"]), editor)
    assert log(client) == ([f"Helpers {said}"] if said else [])


def test_a_text_brought_back_and_one_not_confirmed_for_too_long(client, listing, editor):
    correct(listing, editor)
    workflow.restore(resource=listing, number=1, by=editor, why="w")
    assert log(client)[0] == "Helpers Changed: What it costs. Taken back: an earlier text stands again."
    Resource.objects.update(next_check_on=date(2020, 1, 1))
    workflow.age(resource=listing)
    assert log(client)[0] == "Helpers Taken down: not confirmed for too long."


def test_an_edit_of_a_condition_page_names_the_page_and_its_sections(client, worker, editor):
    page = pages.create(slug="ataxia", document=PAGE, by=worker, why="w")
    pages.submit(condition=page, base=1, by=worker)
    pages.publish(condition=page, base=2, by=editor)
    waits = pages.edit(condition=page, document=changed(school="Ask. [^naf]", money="Ask."), by=worker, why="w", base=3)
    assert log(client) == []
    pages.apply(edit=waits, base=3, by=editor)
    assert log(client) == ["Ataxia Changed: School, Money. Our own edit."]
    pages.retire(condition=page, base=4, by=editor, why="w")
    assert log(client)[0] == "Ataxia Taken down. Our own decision."


def test_it_asks_three_queries_however_long(client, listing, worker, editor):
    merge(listing, published("Gone"), editor)
    for fees in ("Free", "$2", "$3"):
        correct(listing, worker, Proposal.Origin.PROVIDER, fees)
    with CaptureQueriesContext(connection) as asked:
        client.get("/about/corrections/")
    assert len(asked) == 3
