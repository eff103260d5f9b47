"""The verbs that move a listing: who may, from which state, and what each leaves behind."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from conditions.editorial import State
from resources import document as documents
from resources import workflow
from resources.models import Edit, Evidence, Resource
from resources.models.roles import EDITOR, ROLES, SOCIAL_WORKER, STAFF, May
from tests.factories import ConditionFactory, OrganizationFactory, PersonFactory, ResourceFactory, SourceFactory, TherapyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return PersonFactory(role=EDITOR)


@pytest.fixture
def other_editor():
    return PersonFactory(role=EDITOR)


@pytest.fixture
def worker():
    return PersonFactory(role=SOCIAL_WORKER)


def guide(state=State.PUBLISHED):
    return ResourceFactory(published=True, state=state)


def therapy(state=State.PUBLISHED):
    made = TherapyFactory(published=True, state=state)
    if not made.evidence.exists():
        label = Evidence.objects.create(
            therapy=made, condition=ConditionFactory(), level="strong", standing="option", us_status="approved", why="Trials agree."
        )
        label.sources.add(made.sources.first() or SourceFactory(resource=made.resource_ptr))
    return Resource.objects.get(pk=made.pk)


def retold(listing, **fields):
    """The listing's document with some fields changed."""
    return documents.read(documents.of(listing).model_dump(mode="json") | fields)


def waiting_edit(by, listing=None):
    listing = listing or therapy()
    return workflow.edit(resource=listing, document=retold(listing, summary="Better."), by=by, why="clearer", base=workflow.latest(listing))


# One row a verb: the state that it starts from, what calls it, and the permission that it asks for.
VERBS = {
    "create": (None, May.EDIT, lambda listing, by: workflow.create(document=retold(listing, slug="another"), by=by, why="new")),
    "edit": (
        State.DRAFT,
        May.EDIT,
        lambda listing, by: workflow.edit(resource=listing, document=retold(listing, name="New"), by=by, why="renamed", base=0),
    ),
    "submit": (State.DRAFT, May.SUBMIT, lambda listing, by: workflow.submit(resource=listing, by=by)),
    "send_back": (State.IN_REVIEW, May.SEND_BACK, lambda listing, by: workflow.send_back(resource=listing, by=by, why="no phone")),
    "publish": (State.IN_REVIEW, May.PUBLISH, lambda listing, by: workflow.publish(resource=listing, by=by)),
    "retire": (State.PUBLISHED, May.RETIRE, lambda listing, by: workflow.retire(resource=listing, by=by, why="closed")),
    "reopen": (State.RETIRED, May.RESTORE, lambda listing, by: workflow.reopen(resource=listing, by=by, why="open again")),
    "check": (State.PUBLISHED, May.CHECK, lambda listing, by: workflow.check(resource=listing, by=by, how="call", outcome="confirmed")),
}


@pytest.mark.parametrize("role", [*ROLES, None])
@pytest.mark.parametrize("verb", VERBS)
def test_each_role_may_what_its_table_says_and_nothing_else(verb, role):
    state, may, carry_out = VERBS[verb]
    listing, person = guide(state or State.DRAFT), PersonFactory(role=role)
    if role and may in ROLES[role]:
        carry_out(listing, person)
        assert sum(one.revisions.count() for one in Resource.objects.all()) == 1
    else:
        with pytest.raises(workflow.NotAllowed):
            carry_out(listing, person)
        assert sum(one.revisions.count() for one in Resource.objects.all()) == 0


@pytest.mark.parametrize("verb", ["submit", "send_back", "publish", "retire", "reopen"])
def test_a_verb_starts_from_its_own_state_alone(verb, editor):
    start, _may, carry_out = VERBS[verb]
    for state in set(State) - {start}:
        listing = guide(state)
        with pytest.raises(workflow.WrongStep):
            carry_out(listing, editor)
        listing.refresh_from_db()
        assert listing.state == state


def test_somebody_who_left_may_nothing(editor):
    editor.is_active = False
    with pytest.raises(workflow.NotAllowed):
        workflow.submit(resource=guide(State.DRAFT), by=editor)


def test_a_listing_goes_from_draft_to_families_and_back_with_every_step_kept(worker, editor):
    listing = workflow.create(document=retold(guide(), slug="fresh"), by=worker, why="a mother told us")
    assert listing.state == State.DRAFT
    workflow.submit(resource=listing, by=worker)
    workflow.send_back(resource=listing, by=editor, why="say who may come")
    workflow.submit(resource=listing, by=worker)
    workflow.publish(resource=listing, by=editor)
    workflow.retire(resource=listing, by=editor, why="it closed")
    listing.refresh_from_db()
    assert listing.state == State.RETIRED
    steps = listing.revisions.order_by("number").values_list("verb", "by__username", "why")
    assert [verb for verb, _by, _why in steps] == ["create", "submit", "send_back", "submit", "publish", "retire"]
    assert steps[2] == ("send_back", editor.username, "say who may come")


def test_publishing_takes_the_day_on_which_its_sources_were_seen(editor):
    listing = guide(State.IN_REVIEW)
    newest = SourceFactory(resource=listing, seen_on=date(2026, 11, 1), key="newest").seen_on
    listing.sources.exclude(key="newest").update(seen_on=date(2026, 1, 1))
    workflow.publish(resource=listing, by=editor)
    listing.refresh_from_db()
    assert (listing.found_on, listing.checked_on) == (newest, None)
    assert listing.next_check_on == newest + timedelta(days=365)


def test_what_is_incomplete_is_not_published_and_says_what_it_lacks(editor):
    listing = ResourceFactory(state=State.IN_REVIEW)
    with pytest.raises(workflow.Incomplete) as refused:
        workflow.publish(resource=listing, by=editor)
    assert len(refused.value.lacks) == 3
    assert "what to do first" in str(refused.value)


def test_an_organization_without_a_way_to_reach_it_is_not_published(editor):
    listing = Resource.objects.get(pk=OrganizationFactory(published=True, state=State.IN_REVIEW, website="").pk)
    listing.phones.all().delete()
    with pytest.raises(workflow.Incomplete, match="way to reach it"):
        workflow.publish(resource=listing, by=editor)


def test_a_verb_that_needs_a_reason_refuses_silence(editor):
    with pytest.raises(workflow.Refused, match="Say why"):
        workflow.retire(resource=guide(), by=editor, why="  ")


def test_an_edit_of_a_published_listing_is_public_at_once_and_moves_no_date(worker):
    listing = guide()
    found_on = listing.found_on
    assert workflow.edit(resource=listing, document=retold(listing, summary="Better."), by=worker, why="clearer", base=0) is None
    listing.refresh_from_db()
    assert (listing.summary, listing.state, listing.found_on, listing.checked_on) == ("Better.", State.PUBLISHED, found_on, None)


def test_an_edit_must_leave_a_published_listing_complete(worker):
    listing = guide()
    with pytest.raises(workflow.Incomplete):
        workflow.edit(resource=listing, document=retold(listing, first_step=""), by=worker, why="shorter", base=0)


def test_an_edit_on_an_old_revision_is_refused_by_name(worker, editor):
    listing = guide()
    workflow.edit(resource=listing, document=retold(listing, summary="One."), by=worker, why="first", base=0)
    with pytest.raises(workflow.Stale, match=worker.username):
        workflow.edit(resource=listing, document=retold(listing, summary="Two."), by=editor, why="second", base=0)
    listing.refresh_from_db()
    assert listing.summary == "One."


class TestTherapiesTakeTwoPersons:
    def test_an_edit_waits_and_families_see_the_old_text(self, editor):
        listing = therapy()
        before = listing.summary
        edit = waiting_edit(editor, listing)
        listing.refresh_from_db()
        assert (edit.state, listing.summary) == (Edit.State.WAITING, before)

    def test_its_author_cannot_apply_it(self, editor):
        edit = waiting_edit(editor)
        with pytest.raises(workflow.NotAllowed, match="second person"):
            workflow.apply(edit=edit, by=editor)

    def test_the_database_refuses_an_author_too(self, editor):
        edit = waiting_edit(editor)
        with pytest.raises(Exception, match="nobody_applies_their_own_edit"), transaction.atomic():
            Edit.objects.filter(pk=edit.pk).update(state=Edit.State.APPLIED, decided_by=editor)

    def test_a_social_worker_cannot_apply_it(self, editor, worker):
        with pytest.raises(workflow.NotAllowed):
            workflow.apply(edit=waiting_edit(editor), by=worker)

    def test_another_editor_applies_it_once(self, worker, editor):
        edit = waiting_edit(worker)
        workflow.apply(edit=edit, by=editor)
        edit.resource.refresh_from_db()
        edit.refresh_from_db()
        assert (edit.resource.summary, edit.state, edit.decided_by) == ("Better.", Edit.State.APPLIED, editor)
        last = edit.resource.revisions.first()
        assert (last.verb, last.by) == ("apply", editor)
        assert worker.username in last.source
        with pytest.raises(workflow.WrongStep, match="already decided"):
            workflow.apply(edit=edit, by=editor)

    def test_an_edit_that_was_overtaken_is_refused(self, worker, editor, other_editor):
        listing = therapy()
        first, second = waiting_edit(worker, listing), waiting_edit(other_editor, listing)
        workflow.apply(edit=first, by=editor)
        with pytest.raises(workflow.Stale):
            workflow.apply(edit=second, by=editor)

    def test_it_can_be_declined_with_a_reason_or_withdrawn_by_its_author(self, worker, editor):
        declined, withdrawn = waiting_edit(worker), waiting_edit(worker)
        workflow.decline(edit=declined, by=editor, why="the trial was in adults")
        workflow.decline(edit=withdrawn, by=worker, why="my mistake")
        declined.refresh_from_db()
        assert (declined.state, declined.reason) == (Edit.State.DECLINED, "the trial was in adults")

    def test_the_author_of_a_new_therapy_does_not_publish_it(self, editor, other_editor):
        listing = workflow.create(document=retold(therapy(), slug="fresh"), by=editor, why="new")
        workflow.submit(resource=listing, by=editor)
        with pytest.raises(workflow.NotAllowed, match="second person"):
            workflow.publish(resource=listing, by=editor)
        workflow.publish(resource=listing, by=other_editor)
        listing.refresh_from_db()
        assert listing.state == State.PUBLISHED


class TestRestore:
    def test_an_earlier_revision_comes_back_as_a_new_one(self, editor):
        listing = guide(State.DRAFT)
        for place, name in enumerate(["One", "Two"]):
            workflow.edit(resource=listing, document=retold(listing, name=name), by=editor, why=name, base=place)
            listing.refresh_from_db()
        workflow.restore(resource=listing, number=1, by=editor, why="the first was right")
        listing.refresh_from_db()
        assert (listing.name, workflow.latest(listing), listing.revisions.first().verb) == ("One", 3, "restore")

    def test_it_forges_no_check(self, editor):
        listing = guide()
        workflow.edit(resource=listing, document=retold(listing, name="One"), by=editor, why="one", base=0)
        workflow.check(resource=listing, by=editor, how="call", outcome="confirmed")
        checked_on = Resource.objects.get(pk=listing.pk).checked_on
        workflow.restore(resource=listing, number=1, by=editor, why="back")
        assert Resource.objects.get(pk=listing.pk).checked_on == checked_on

    def test_a_revision_that_names_what_is_gone_is_refused_in_words(self, editor):
        condition = ConditionFactory(slug="gone")
        listing = guide(State.DRAFT)
        workflow.edit(resource=listing, document=retold(listing, conditions=["gone"]), by=editor, why="tag", base=0)
        workflow.edit(resource=listing, document=retold(listing, conditions=[]), by=editor, why="untag", base=1)
        condition.delete()
        with pytest.raises(workflow.Refused, match="condition 'gone'"):
            workflow.restore(resource=listing, number=1, by=editor, why="back")

    def test_a_number_that_is_not_there(self, editor):
        with pytest.raises(workflow.WrongStep, match="no revision 9"):
            workflow.restore(resource=guide(), number=9, by=editor, why="back")


@pytest.mark.parametrize(
    ("outcome", "moves"), [("confirmed", True), ("changed", True), ("no_answer", False), ("number_dead", False), ("closed", False)]
)
def test_only_a_confirmation_moves_the_checked_on_date(outcome, moves, worker):
    listing = guide()
    workflow.check(resource=listing, by=worker, how="call", outcome=outcome, note="asked Mary")
    listing.refresh_from_db()
    assert bool(listing.checked_on) is moves
    assert listing.checked_by == (SOCIAL_WORKER if moves else "")
    assert listing.revisions.first().verb == ("check" if moves or outcome == "closed" else "no_answer")


def test_a_verb_that_fails_half_way_leaves_nothing(worker, monkeypatch):
    listing = guide()

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("conditions.editorial.RevisionQuerySet.create", fail)
    with pytest.raises(RuntimeError):
        workflow.edit(resource=listing, document=retold(listing, summary="Half."), by=worker, why="x", base=0)
    assert Resource.objects.get(pk=listing.pk).summary != "Half."


def test_staff_has_every_permission_and_nobody_else_invents_one():
    assert ROLES[STAFF] == set(May)
    assert ROLES[SOCIAL_WORKER] < ROLES[EDITOR] <= ROLES[STAFF]


class TestAPhoneInWords:
    """Revisions of older databases hold some. They are read and shown for ever, and nothing brings them back."""

    @pytest.fixture
    def listing(self, editor):
        """Its rows were mended; its first revision has the words still."""
        old = json.loads((Path(__file__).parent.parent / "document" / "golden" / "phones-in-words.json").read_text())
        made = documents.save(documents.read(old), by=editor, why="As it was then.", verb="create")
        edit = workflow.edit(resource=made, document=retold(made, phones=[]), by=editor, why="No numbers.", base=1)
        assert edit is None
        return made

    def test_the_history_and_the_revision_show_it(self, client, listing, editor):
        client.force_login(editor)
        for address in ("", "history/", "history/1/"):
            page = client.get(f"/work/listings/{listing.pk}/{address}")
            assert page.status_code == 200
        assert "Call the front desk" in page.content.decode()

    def test_it_is_not_restored_and_the_sentence_says_why(self, client, listing, editor):
        client.force_login(editor)
        answer = client.post(f"/work/listings/{listing.pk}/history/1/", {"why": "It was better.", "base": 2})
        assert answer.status_code == 400
        assert (
            "Revision 1 cannot be brought back as it is. “Call the front desk”, “555-0101 or 555-0102”: this is" in answer.content.decode()
        )
        assert "It was better." in answer.content.decode()
        assert listing.revisions.count() == 2

    @pytest.mark.parametrize("verb", ["create", "edit"])
    def test_it_comes_in_by_no_verb(self, listing, editor, verb):
        document = documents.read(listing.revisions.get(number=1).document)
        with pytest.raises(workflow.Refused, match="this is no phone number"):
            if verb == "create":
                workflow.create(document=document.model_copy(update={"slug": "fresh"}), by=editor, why="w")
            else:
                workflow.edit(resource=listing, document=document, by=editor, why="w", base=2)

    def test_a_listing_whose_rows_have_it_still_is_shown_and_edited(self, client, listing, editor):
        listing.phones.create(number="Ask at the desk")
        document = retold(listing, fees="Free")
        workflow.edit(resource=listing, document=document, by=editor, why="w", base=2)
        assert documents.of(listing).phones[0].number == "Ask at the desk"
