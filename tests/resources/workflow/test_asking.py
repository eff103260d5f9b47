"""A link to a provider: one at a time, used once, reminded of, recorded as a check where it says what families read."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from resources import document as documents
from resources import workflow
from resources.models import CheckRequest, Resource
from resources.models.roles import SOCIAL_WORKER
from tests.factories import PersonFactory, ResourceFactory

pytestmark = pytest.mark.django_db
Said = CheckRequest.Said


@pytest.fixture
def worker():
    return PersonFactory(role=SOCIAL_WORKER)


@pytest.fixture
def listing():
    return ResourceFactory(published=True)


@pytest.fixture
def request_(listing, worker):
    return workflow.ask(resource=listing, by=worker)


def sent(one, *, weeks, reminded=None):
    now = timezone.now()
    values = {"sent_at": now - timedelta(weeks=weeks), "expires_at": now - timedelta(weeks=weeks - 4)}
    if reminded is not None:
        values["reminded_at"] = now - timedelta(weeks=reminded)
    CheckRequest.objects.filter(pk=one.pk).update(**values)
    one.refresh_from_db()


def answer(one, said, **fields):
    document = documents.patched(documents.of(one.resource), fields)
    return workflow.answer(request=one, said=said, document=document, whom="director")


def test_one_listing_has_one_open_link(request_, listing, worker):
    with pytest.raises(workflow.WrongStep, match="open link"):
        workflow.ask(resource=listing, by=worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckRequest.objects.create(resource=listing, sent_by=worker, expires_at=timezone.now())
    workflow.withdraw(request=request_, by=worker)
    assert workflow.ask(resource=listing, by=worker).is_live


def test_it_is_answered_once(request_):
    proposal = answer(request_, Said.CORRECTS, fees="Free")
    assert (proposal.origin, proposal.document["fees"]) == ("provider", "Free")
    assert proposal.note == "Some of it has changed (director)."
    with pytest.raises(workflow.WrongStep, match="used already"):
        answer(request_, Said.CONFIRMS)


def test_closed_proposes_no_document(request_):
    proposal = answer(request_, Said.CLOSED)
    assert (proposal.document, proposal.problem) == (None, "closed")


@pytest.mark.parametrize(
    ("weeks", "reminded", "lists"),
    [(2, None, set()), (3, None, {"to_remind"}), (8, None, {"to_remind"}), (6, 2, set()), (6, 3, {"to_review"})],
)
def test_silence_is_noticed_after_three_weeks_and_after_three_more(request_, weeks, reminded, lists):
    sent(request_, weeks=weeks, reminded=reminded)
    assert {name for name in ("to_remind", "to_review") if getattr(CheckRequest.objects, name)().exists()} == lists


@pytest.mark.parametrize("how", ["answered", "withdrawn", "checked", "retired"])
def test_nobody_is_reminded_of_what_is_settled(how, request_, listing, worker):
    sent(request_, weeks=3)
    if how == "answered":
        CheckRequest.objects.filter(pk=request_.pk).update(expires_at=timezone.now() + timedelta(days=1))
        answer(request_, Said.CONFIRMS)
    elif how == "withdrawn":
        workflow.withdraw(request=request_, by=worker)
    elif how == "checked":
        workflow.check(resource=listing, by=worker, how="call", outcome="confirmed")
    else:
        Resource.objects.update(state="retired")
    assert not CheckRequest.objects.to_remind().exists()


def test_a_reminder_makes_the_link_work_again_and_is_sent_once(request_, worker):
    sent(request_, weeks=5)
    assert not request_.is_live
    workflow.remind(request=request_, by=worker)
    request_.refresh_from_db()
    assert request_.is_live
    with pytest.raises(workflow.WrongStep, match="reminded already"):
        workflow.remind(request=request_, by=worker)


class TestRecording:
    def test_a_confirmation_is_accepted_and_is_a_check_of_the_day_of_the_answer(self, request_, listing, worker):
        proposal = answer(request_, Said.CONFIRMS)
        CheckRequest.objects.update(answered_at=timezone.now() - timedelta(days=20))
        made = workflow.record_answer(request=request_, by=worker)
        listing.refresh_from_db()
        proposal.refresh_from_db()
        assert (made.how, made.outcome, made.whom) == ("form", "confirmed", "director")
        assert listing.checked_on == timezone.localdate() - timedelta(days=20)
        assert proposal.state == "accepted"
        with pytest.raises(workflow.WrongStep, match="no answer that waits"):
            workflow.record_answer(request=request_, by=worker)

    def test_changes_are_decided_on_first(self, request_, listing, worker):
        proposal = answer(request_, Said.CORRECTS, fees="Free")
        with pytest.raises(workflow.WrongStep, match="First decide"):
            workflow.record_answer(request=request_, by=worker)
        workflow.accept(proposal=proposal, by=worker, why="they say so", document=documents.read(proposal.document), base=proposal.base)
        assert workflow.record_answer(request=request_, by=worker).outcome == "changed"

    @pytest.mark.parametrize("how", ["looked into", "another"])
    def test_a_correction_that_families_do_not_read_is_no_check(self, how, request_, listing, worker):
        proposal = answer(request_, Said.CORRECTS, fees="$ 500")
        document = documents.patched(documents.of(listing), {"fees": "$ 400"}) if how == "another" else None
        workflow.accept(proposal=proposal, by=worker, why="looked", document=document, base=proposal.base)
        with pytest.raises(workflow.WrongStep, match="Not all that they corrected"):
            workflow.record_answer(request=request_, by=worker)
        listing.refresh_from_db()
        assert listing.checked_on is None

    def test_what_was_declined_is_no_check(self, request_, worker):
        workflow.turn_down(proposal=answer(request_, Said.CORRECTS, fees="Free"), by=worker, why="not theirs")
        with pytest.raises(workflow.WrongStep, match="declined"):
            workflow.record_answer(request=request_, by=worker)
        assert not CheckRequest.objects.to_record().exists()

    def test_a_confirmation_of_what_families_no_longer_read_is_no_check(self, request_, listing, worker):
        answer(request_, Said.CONFIRMS)
        document = documents.patched(documents.of(listing), {"fees": "$ 10"})
        workflow.edit(resource=listing, document=document, by=worker, why="heard", base=0)
        with pytest.raises(workflow.WrongStep, match="something else"):
            workflow.record_answer(request=request_, by=worker)

    def test_closed_is_a_check_that_moves_no_date(self, request_, listing, worker):
        answer(request_, Said.CLOSED)
        assert workflow.record_answer(request=request_, by=worker).outcome == "closed"
        listing.refresh_from_db()
        assert listing.checked_on is None


def test_an_answer_remembers_the_revision_that_they_read(request_, listing, worker):
    old = documents.of(listing)
    workflow.edit(resource=listing, document=documents.patched(old, {"fees": "Free"}), by=worker, why="heard", base=0)
    workflow.edit(resource=listing, document=documents.patched(old, {"fees": "$ 1"}), by=worker, why="heard", base=1)
    assert workflow.answer(request=request_, said=Said.CORRECTS, document=documents.patched(old, {"waiting": "None"}), base=1).base == 1


@pytest.mark.parametrize("verb", ["remind", "withdraw", "record_answer"])
def test_each_asks_who_may(verb, request_):
    with pytest.raises(workflow.NotAllowed):
        getattr(workflow, verb)(request=request_, by=PersonFactory())
