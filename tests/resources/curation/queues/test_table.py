"""What stands in which queue, and in which order."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from conditions.editorial import State
from resources import document as documents
from resources import workflow
from resources.curation.queues.table import QUEUES, seen_by
from resources.models import Link, Resource
from resources.models.roles import EDITOR, SOCIAL_WORKER
from resources.workflow import pages
from tests.factories import ConditionFactory, OrganizationFactory, PersonFactory, ResourceFactory, TherapyFactory, today
from tests.resources.workflow.test_pages import PAGE, changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return PersonFactory(role=SOCIAL_WORKER)


@pytest.fixture
def editor():
    return PersonFactory(role=EDITOR)


def names(key, user):
    queue = QUEUES[key]
    return [row.title for row in queue.items(user).annotate(title=queue.title).order_by(*queue.order)]


def written(name, by):
    """A draft of a person's own hand."""
    model = documents.of(ResourceFactory(published=True)).model_copy(update={"slug": name, "name": name})
    return workflow.create(document=model, by=by, why="New.")


def loaded(state=State.PUBLISHED, kind=OrganizationFactory, **fields):
    """A listing as a load leaves it."""
    listing = kind(published=state == State.PUBLISHED, **fields)
    listing.revisions.create(number=1, document={}, verb=workflow.LOADED[state], by_name="starter", why="Facts.")
    return listing


def test_overdue_is_what_families_see_the_most_overdue_first(worker):
    for name, days, published in (("a month", 30, True), ("a year", 365, True), ("not yet", 0, True), ("a draft", 40, False)):
        ResourceFactory(name=name, published=published, next_check_on=today(-days))
    assert names("overdue", worker) == ["a year", "a month"]


def test_a_check_takes_a_listing_out_of_the_queue(worker):
    listing = ResourceFactory(published=True, next_check_on=today(-1))
    workflow.check(resource=listing, by=worker, how="call", outcome="number_dead")
    assert names("overdue", worker) == [listing.name]
    workflow.check(resource=listing, by=worker, how="call", outcome="confirmed")
    assert names("overdue", worker) == []


@pytest.mark.parametrize(("ago", "rests"), [(0, True), (1, True), (2, False)])
def test_where_nobody_answered_is_asked_again_two_days_later(worker, ago, rests):
    listing = loaded(next_check_on=today(-9))
    soon = loaded(found_on=today(), next_check_on=today(9))
    tried = timezone.now() - timedelta(days=ago)
    for one in (listing, soon):
        workflow.check(resource=one, by=worker, how="call", outcome="no_answer", asked_at=tried)
    assert names("overdue", worker) == ([] if rests else [listing.name])
    assert names("unconfirmed", worker) == ([] if rests else [soon.name])
    if not rests:
        found, day = (date_format(day, "F j, Y") for day in (listing.found_on, timezone.localdate(tried)))
        assert (
            QUEUES["overdue"].why(QUEUES["overdue"].items(worker).get()) == f"Never confirmed; found on its page on {found}; tried on {day}"
        )
    workflow.check(resource=listing, by=worker, how="call", outcome="number_dead")
    assert names("overdue", worker) == [listing.name]
    assert "tried" not in QUEUES["overdue"].why(QUEUES["overdue"].items(worker).get())


def test_a_row_says_when_somebody_last_asked(worker):
    listing = loaded(checked_on=today(-400), next_check_on=today(-35))
    day = date_format(listing.checked_on, "F j, Y")
    assert QUEUES["overdue"].why(QUEUES["overdue"].items(worker).get()) == f"Last confirmed on {day}"


def test_what_a_check_found_closed_waits_for_whoever_may_retire_it(worker, editor):
    listing = loaded(next_check_on=today(-9))
    workflow.check(resource=listing, by=worker, how="call", outcome="closed", note="The recording says so.")
    assert (names("overdue", worker), names("unconfirmed", worker), names("closed", editor)) == ([], [], [listing.name])
    row = QUEUES["closed"].items(editor).get()
    assert (QUEUES["closed"].why(row), row.since) == ("The recording says so.", today())
    workflow.check(resource=listing, by=worker, how="call", outcome="number_dead")  # it has not
    assert (names("overdue", worker), names("closed", editor)) == ([listing.name], [])
    workflow.check(resource=listing, by=worker, how="call", outcome="closed")
    workflow.retire(resource=listing, by=editor, why="Closed.")
    assert names("closed", editor) == []


def test_what_is_overdue_is_not_asked_for_twice(worker):
    loaded(name="overdue", next_check_on=today(-1))
    loaded(name="due today", next_check_on=today())
    assert (names("overdue", worker), names("unconfirmed", worker)) == (["overdue"], ["due today"])


def test_a_draft_that_was_sent_back_waits_as_such_until_it_is_submitted_again(worker, editor):
    draft, other = written("mine", worker), written("begun", worker)
    assert names("drafts", worker) == ["mine", "begun"]
    workflow.submit(resource=draft, by=worker)
    assert (names("drafts", worker), names("review", editor)) == (["begun"], ["mine"])
    workflow.send_back(resource=draft, by=editor, why="Who pays?")
    assert (names("sent-back", worker), names("drafts", worker), names("review", editor)) == (["mine"], ["begun"], [])
    why = QUEUES["sent-back"].why(QUEUES["sent-back"].items(worker).get())
    assert why == f"{editor.username}: Who pays?"
    workflow.submit(resource=draft, by=worker)
    assert names("sent-back", worker) == []
    assert other.state == State.DRAFT


def test_a_listing_reopened_long_after_it_was_sent_back_is_a_draft_like_any_other(worker, editor):
    draft = written("mine", worker)
    for verb in (workflow.submit, workflow.send_back, workflow.submit, workflow.publish, workflow.retire, workflow.reopen):
        verb(resource=draft, by=editor, why="Next.")
    assert (names("sent-back", worker), names("drafts", worker)) == ([], ["mine"])


def test_what_was_sent_back_to_me_comes_first(worker, editor):
    colleague = PersonFactory(role=SOCIAL_WORKER)
    for name, by in (("theirs", colleague), ("mine", worker)):
        draft = written(name, by)
        workflow.submit(resource=draft, by=by)
        workflow.send_back(resource=draft, by=editor, why="More.")
    assert names("sent-back", worker) == ["mine", "theirs"]
    assert names("sent-back", colleague) == ["theirs", "mine"]


def test_a_waiting_edit_is_for_an_editor_who_did_not_write_it(editor):
    therapy = TherapyFactory(name="Riding", published=True)
    therapy.edits.create(document={}, base=0, by=editor, why="A new review.")
    assert names("edits", editor) == []
    assert names("edits", PersonFactory(role=EDITOR)) == ["Riding"]


@pytest.mark.parametrize("origin", ["reader", "suggestion", "provider", "import", "link"])
def test_open_proposals_by_where_they_come_from(origin, worker):
    listing = ResourceFactory(published=True)
    proposal = workflow.propose(origin=origin, resource=listing, note="Wrong.")
    new = documents.of(listing).model_copy(update={"slug": "new", "name": "A new one"})
    workflow.propose(origin=origin, document=new)
    workflow.propose(origin=origin, page="/about/")
    assert names(f"proposals-{origin}", worker) == [listing.name, "A new one", "/about/"]
    workflow.turn_down(proposal=proposal, by=worker, why="It is right.")
    assert names(f"proposals-{origin}", worker) == ["A new one", "/about/"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"page": "/conditions/ataxia/"}, "Ataxia"),
        ({"page": "/conditions/no-such/"}, "/conditions/no-such/"),
        ({"page": "/about/", "note": "Wrong."}, "/about/"),
        ({"note": "Ramp club\nAn organization"}, "Ramp club"),
        ({"note": "Ramp club\r\nAn organization"}, "Ramp club"),
        ({}, "–"),
    ],
)
def test_what_is_about_no_listing_is_named_by_its_page_or_its_words(worker, said, name):
    ConditionFactory(slug="ataxia")
    workflow.propose(origin="reader", **said)
    assert [title.strip() for title in names("proposals-reader", worker)] == [name]


def test_a_listing_with_a_link_that_fails_stands_once_the_longest_failing_first(worker):
    for name, days in (("new", 4), ("old", 9)):
        listing = ResourceFactory(name=name, published=True)
        for number in range(2):
            day = today(-days)
            link = Link.objects.create(
                address=f"https://example.org/{name}/{number}", days_failed=3, failing_since=day, last_failed_on=today(), result="fails"
            )
            link.uses.create(resource=listing, place="website")
    flaky = Link.objects.create(address="https://example.org/flaky", days_failed=2, failing_since=today(), last_failed_on=today())
    flaky.uses.create(resource=ResourceFactory(published=True), place="source")
    assert names("links", worker) == ["old", "new"]


def test_of_the_starter_catalogue_what_nobody_has_asked_the_provider(worker):
    loaded(name="found")
    loaded(State.DRAFT, name="waits", waits_for="the phone number")
    loaded(name="asked", checked_on=today())
    loaded(name="nobody to ask", kind=TherapyFactory)
    OrganizationFactory(name="not of a load", published=True)
    assert names("unconfirmed", worker) == ["waits", "found"]
    assert names("drafts", worker) == []


def test_a_social_worker_sees_no_queue_of_the_editors(worker, editor):
    seen = {queue.key for queue in seen_by(worker)}
    assert {queue.key for queue in seen_by(editor)} - seen == {"review", "edits", "closed", "page-review", "page-edits"}


class TestConditionPages:
    @pytest.fixture
    def ataxia(self, worker):
        return pages.create(slug="ataxia", document=PAGE, by=worker, why="New.")

    def test_a_page_in_review_is_for_the_editors_and_one_sent_back_for_its_author_first(self, ataxia, worker, editor):
        other = PersonFactory(role=SOCIAL_WORKER)
        rare = pages.create(slug="rare", document=PAGE.model_copy(update={"name": "Rare"}), by=other, why="New.")
        for page, by in ((ataxia, worker), (rare, other)):
            pages.submit(condition=page, base=1, by=by)
        assert (names("page-review", editor), names("page-sent-back", worker)) == (["Ataxia", "Rare"], [])
        for page in (rare, ataxia):
            pages.send_back(condition=page, base=2, by=editor, why="Too long.")
        assert (names("page-review", editor), names("page-sent-back", worker)) == ([], ["Ataxia", "Rare"])
        assert names("page-sent-back", other) == ["Rare", "Ataxia"]
        [queue] = [queue for queue in seen_by(worker) if queue.key == "page-sent-back"]
        first = queue.items(worker).get(slug="ataxia")
        assert (queue.why(first), queue.address(first)) == (f"{editor.username}: Too long.", "/work/conditions/ataxia/")
        pages.submit(condition=ataxia, base=3, by=worker)
        assert names("page-sent-back", worker) == ["Rare"]

    def test_an_edit_waits_for_an_editor_who_did_not_write_it(self, ataxia, worker, editor):
        pages.submit(condition=ataxia, base=1, by=worker)
        pages.publish(condition=ataxia, base=2, by=editor)
        waits = pages.edit(condition=ataxia, document=changed(school="Ask. [^naf]"), by=editor, why="Clearer.", base=3)
        assert names("page-edits", editor) == []
        other = PersonFactory(role=EDITOR)
        assert names("page-edits", other) == ["Ataxia"]
        queue = QUEUES["page-edits"]
        assert queue.address(queue.items(other).get()) == f"/work/conditions/ataxia/#edit-{waits.pk}"
        pages.apply(edit=waits, base=3, by=other)
        assert names("page-edits", other) == []

    def test_a_published_page_whose_review_is_past_waits_the_oldest_first(self, worker):
        for name, days in (("A week", 7), ("Today", 0), ("A year", 365)):
            ConditionFactory(name=name, with_page=True, next_review_on=today(-days))
        ConditionFactory(name="A draft", next_review_on=today(-7))
        assert names("page-overdue", worker) == ["A year", "A week"]


def test_every_item_has_an_address(worker, editor):
    listing = loaded(State.DRAFT, waits_for="a phone")
    proposal = workflow.propose(origin="reader", page="/about/")
    assert QUEUES["unconfirmed"].address(Resource.objects.get(pk=listing.pk)) == f"/work/listings/{listing.pk}/"
    assert QUEUES["proposals-reader"].address(proposal).startswith("/work/")


def test_broken_links_of_condition_pages_wait_in_a_queue_of_their_own(worker):
    page = ConditionFactory(name="Ataxia", with_page=True)
    hidden = ConditionFactory(name="No page yet")
    link = Link.objects.create(address="https://a.example.org/", days_failed=3, failing_since=today(), last_failed_on=today())
    for condition in (page, hidden):
        link.uses.create(condition=condition, place="source")
    assert names("page-links", worker) == ["Ataxia"]
    assert QUEUES["page-links"].why(QUEUES["page-links"].items(worker).get()) == "https://a.example.org/"
    assert names("links", worker) == []
    Link.objects.update(days_failed=2)
    assert names("page-links", worker) == []
