"""A listing's desk: what it says, and what each person may do now. What the page shows works; what it does not is refused."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conditions.editorial import State
from resources import document as documents
from resources import workflow
from resources.models import Edit, Resource
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import EvidenceFactory, PersonFactory, ResourceFactory, SourceFactory, TherapyFactory
from tests.resources.curation.conftest import edited, retold, written
from tests.resources.curation.listings.test_views import faults
from tests.shell.reading import Page, text

pytestmark = pytest.mark.django_db


def address(listing):
    return f"/work/listings/{listing.pk}/"


def desk(client, listing):
    response = client.get(address(listing))
    assert response.status_code == 200
    assert faults(response) == []
    return Page(response)


def buttons(page):
    return [button.get("value") for button in page.main.iter("button") if button.get("name") == "verb"]


def act(client, listing, verb, why="", follow=True, **more):
    base = more.pop("base", workflow.latest(listing))
    return client.post(address(listing), {"verb": verb, "why": why, "base": base, **more}, follow=follow)


def in_state(listing, state):
    Resource.objects.filter(pk=listing.pk).update(state=state)
    return Resource.objects.get(pk=listing.pk)


def a_therapy(by, **fields):
    made = TherapyFactory(published=True, **fields)
    label = EvidenceFactory(therapy=made)
    label.sources.add(made.sources.first() or SourceFactory(resource=made.resource_ptr))
    listing = Resource.objects.get(pk=made.pk)
    documents.save(documents.of(listing), resource=listing, by=by, why="A first text.", verb="edit")
    return listing


@pytest.mark.parametrize(
    ("state", "role", "offered"),
    [
        (State.DRAFT, SOCIAL_WORKER, ["submit"]),
        (State.DRAFT, EDITOR, ["submit"]),
        (State.IN_REVIEW, SOCIAL_WORKER, []),
        (State.IN_REVIEW, EDITOR, ["publish", "send_back"]),
        (State.PUBLISHED, SOCIAL_WORKER, []),
        (State.PUBLISHED, EDITOR, ["retire"]),
        (State.RETIRED, SOCIAL_WORKER, []),
        (State.RETIRED, EDITOR, ["reopen"]),
    ],
)
def test_each_role_is_offered_what_will_work(client, at_work, state, role, offered):
    listing = in_state(written(PersonFactory(role=EDITOR)), state)
    at_work(role)
    assert buttons(desk(client, listing)) == offered
    for verb in offered:
        in_state(listing, state)
        page = Page(act(client, listing, verb, why="So it is."))
        assert page.all('p[@class="message success"]'), verb
        assert listing.revisions.first().verb == verb


def test_what_is_missing_stands_there_and_publishing_does_not(client, at_work):
    listing = ResourceFactory(state=State.IN_REVIEW)
    at_work(EDITOR)
    page = desk(client, listing)
    assert "it does not say what to do first" in text(page.main)
    assert buttons(page) == ["send_back"]
    response = act(client, listing, "publish")
    assert response.status_code == 400
    assert "It cannot be published yet" in text(Page(response).by_id("error-summary"))


def test_the_head_tells_state_dates_and_where_families_read_it(client, at_work):
    listing = ResourceFactory(published=True, next_check_on="2020-01-02", waits_for="The fee")
    at_work(SOCIAL_WORKER)
    page = desk(client, listing)
    facts = dict(page.facts)
    assert facts["State"] == "Published: families see it"
    assert re.fullmatch(r"January 2, 2020 \(\d+ years ago\) Overdue", facts["Next check"])
    assert facts["Confirmed with the provider"] == "never"
    assert (facts["Waits for"], facts["Families’ page"]) == ("The fee", listing.get_absolute_url())


def test_a_missing_reason_is_asked_for_at_its_field(client, at_work):
    listing = in_state(written(PersonFactory(role=EDITOR)), State.IN_REVIEW)
    at_work(EDITOR)
    response = act(client, listing, "send_back", why="  ")
    page = Page(response)
    assert response.status_code == 400
    assert page.title.startswith("Error: ")
    (link,) = page.by_id("error-summary").iter("a")
    assert (link.get("href"), text(link)) == ("#id_why", "Say why, in a few words: it is kept in the history.")
    assert faults(response) == []


def test_a_refusal_keeps_what_was_typed(client, at_work):
    """Somebody else was quicker: nothing happens to a text that the person has not read."""
    listing = in_state(written(PersonFactory(role=EDITOR)), State.IN_REVIEW)
    edited(listing, PersonFactory(role=SOCIAL_WORKER, first_name="Wim"), alert="Closed in August.")
    at_work(EDITOR)
    response = act(client, listing, "publish", why="Read twice.", base=1)
    page = Page(response)
    assert response.status_code == 400
    assert "Wim saved this listing in between (revision 2)" in text(page.by_id("error-summary"))
    assert page.by_id("id_why").get("value") == "Read twice."
    assert Resource.objects.get(pk=listing.pk).state == State.IN_REVIEW
    assert page.one('input[@name="base"]').get("value") == "2"  # who sends it again has the change before them
    assert faults(response) == []


@pytest.mark.parametrize("answers", [{"verb": "burn"}, {"verb": "apply", "edit": "99"}])
def test_a_forged_verb_is_not_found(client, at_work, answers):
    listing = written(at_work(EDITOR))
    assert client.post(address(listing), {"base": 1, "why": "w"} | answers).status_code == 404


@pytest.mark.parametrize("answers", [{}, {"base": "x", "verb": "retire"}, {"base": "1", "verb": "decline", "edit": "9" * 40}])
def test_a_broken_form_does_nothing(client, at_work, answers):
    listing = written(at_work(EDITOR))
    assert client.post(address(listing), answers).status_code in (400, 404)
    assert listing.revisions.count() == 1


class TestWaitingEdits:
    def test_its_author_withdraws_and_another_editor_applies(self, client, at_work):
        author = at_work(EDITOR, first_name="Ada", last_name="Example")
        listing = a_therapy(PersonFactory(role=EDITOR))
        edited(listing, author, summary="Plain words, mended.")
        page = desk(client, listing)
        assert buttons(page) == ["decline", "retire"]
        assert "You wrote it: another editor applies it." in text(page.main)
        assert "Withdraw my change" in text(page.main)

        at_work(EDITOR)
        page = desk(client, listing)
        assert buttons(page) == ["apply", "decline", "retire"]
        assert "Plain words, mended." in [text(word) for word in page.main.iter("ins")]
        edit = listing.edits.get()
        page = Page(act(client, listing, "apply", edit=edit.pk))
        assert "Applied: families see it now." in text(page.main)
        assert Resource.objects.get(pk=listing.pk).summary == "Plain words, mended."

    def test_it_is_declined_with_a_reason_said_at_its_own_field(self, client, at_work):
        listing = a_therapy(PersonFactory(role=EDITOR))
        edited(listing, PersonFactory(role=SOCIAL_WORKER), summary="Miracles.")
        at_work(EDITOR)
        edit = listing.edits.get()
        response = act(client, listing, "decline", edit=edit.pk)
        (link,) = Page(response).by_id("error-summary").iter("a")
        assert (response.status_code, link.get("href")) == (400, f"#id_edit{edit.pk}_why")
        assert faults(response) == []
        act(client, listing, "decline", edit=edit.pk, why="No source.")
        edit.refresh_from_db()
        assert (edit.state, edit.reason) == (Edit.State.DECLINED, "No source.")

    def test_what_others_wrote_meanwhile_keeps_it_from_being_applied(self, client, at_work):
        editor = at_work(EDITOR)
        listing = a_therapy(PersonFactory(role=EDITOR))
        edited(listing, PersonFactory(role=SOCIAL_WORKER), summary="Plain words.")
        workflow.check(resource=listing, by=editor, how="call", outcome="confirmed")
        page = desk(client, listing)
        assert "The listing has changed since this was written" in text(page.main)
        assert buttons(page) == ["decline", "retire"]

    def test_a_social_worker_reads_anothers_edit_and_decides_nothing(self, client, at_work):
        listing = a_therapy(PersonFactory(role=EDITOR))
        edited(listing, PersonFactory(role=EDITOR), summary="Plain words, mended.")
        at_work(SOCIAL_WORKER)
        page = desk(client, listing)
        assert "Plain words, mended." in text(page.main)
        assert buttons(page) == []


def test_a_therapy_is_published_by_another_than_its_author(client, at_work):
    author = at_work(EDITOR)
    listing = in_state(a_therapy(author), State.IN_REVIEW)
    page = desk(client, listing)
    assert "You wrote this text. A therapy needs a second person" in text(page.main)
    assert buttons(page) == ["send_back"]
    at_work(EDITOR)
    assert buttons(desk(client, listing)) == ["publish", "send_back"]


def test_the_latest_five_steps_stand_on_the_desk(client, at_work):
    me = at_work(EDITOR, first_name="Ed")
    listing = written(me)
    for number in range(6):
        workflow.check(resource=listing, by=me, how="call", outcome="no_answer", note=f"Rang {number} times.")
    steps = [text(step) for step in desk(client, listing).one('ol[@class="told"]')]
    assert len(steps) == 5
    assert steps[0].startswith("Tried to reach the provider: no answer Ed, ") and steps[0].endswith("No answer. Rang 5 times.")


def test_desk_and_preview_are_cheap_and_flat(client, at_work):
    me = at_work(EDITOR)
    listing, therapy = written(me), a_therapy(me)
    for one in (listing, therapy):
        edited(one, PersonFactory(role=SOCIAL_WORKER), summary="Mended.")

    def count(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    paths = [address(listing), address(therapy), f"{address(listing)}preview/", f"{address(therapy)}preview/"]
    few = [count(path) for path in paths]
    assert max(few[:2]) <= 12
    assert max(few[2:]) <= 17  # the families' page, with five to tell who asks and one to tell the kind
    for _ in range(10):
        workflow.check(resource=listing, by=me, how="call", outcome="no_answer")
    Edit.objects.bulk_create(Edit(resource=therapy, document=listing_document(therapy), base=2, by=me, why="w") for _ in range(5))
    assert [count(path) for path in paths] == few


def listing_document(listing):
    return retold(listing, alert="Note this.").model_dump(mode="json")


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_the_preview_is_the_families_page(client, at_work, state):
    listing = in_state(written(at_work(SOCIAL_WORKER)), state)
    response = client.get(f"{address(listing)}preview/")
    assert faults(response) == []
    assert ("Families do not see this page." in text(Page(response).main)) == (state == State.DRAFT)
    if state == State.PUBLISHED:
        public = Page(client.get(listing.get_absolute_url()))
        assert text(Page(response).main) == text(public.main)
    else:
        assert Page(response).all(f'a[@href="{address(listing)}"]')
