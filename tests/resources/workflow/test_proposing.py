"""What comes from outside waits until a curator decides; what was decided stays decided."""

import pytest

from resources import document as documents
from resources import workflow
from resources.models import Proposal, Resource
from resources.models.roles import SOCIAL_WORKER
from tests.factories import EvidenceFactory, OrganizationFactory, PersonFactory, ResourceFactory, TherapyFactory

pytestmark = pytest.mark.django_db
Origin, State = Proposal.Origin, Proposal.State


@pytest.fixture
def worker():
    return PersonFactory(role=SOCIAL_WORKER)


@pytest.fixture
def listing():
    return OrganizationFactory(published=True, website="https://example.org/old")


def proposed(listing, **values):
    document = documents.patched(documents.of(listing), values)
    return workflow.propose(origin=Origin.PROVIDER, resource=listing, document=document, note="We moved.")


def test_nothing_proposed_is_live(listing):
    proposed(listing, fees="Free")
    listing.refresh_from_db()
    assert listing.fees == ""
    assert not listing.revisions.exists()


def test_accepted_it_is_an_edit_that_says_where_it_came_from(listing, worker):
    proposal = proposed(listing, fees="Free")
    workflow.accept(proposal=proposal, document=documents.read(proposal.document), base=proposal.base, by=worker, why="They said so.")
    listing.refresh_from_db()
    proposal.refresh_from_db()
    assert (listing.fees, listing.checked_on) == ("Free", None)
    assert listing.revisions.first().source == f"proposal {proposal.pk}: provider"
    assert (proposal.state, proposal.decided_by, proposal.reason) == (State.ACCEPTED, worker, "They said so.")


def test_a_suggested_listing_becomes_a_draft(worker):
    document = documents.of(ResourceFactory(slug="new-guide"))
    Resource.objects.all().delete()
    proposal = workflow.propose(origin=Origin.SUGGESTION, document=document)
    made = workflow.accept(proposal=proposal, document=document, by=worker, why="Looks real.")
    assert (made.slug, made.state) == ("new-guide", "draft")
    proposal.refresh_from_db()
    assert proposal.resource == made


def test_a_change_of_a_therapy_waits_for_a_second_person(worker):
    therapy = EvidenceFactory(therapy=TherapyFactory(published=True)).therapy
    source = therapy.sources.first()
    therapy.evidence.get().sources.add(source)
    proposal = proposed(therapy, fees="Free")
    workflow.accept(proposal=proposal, document=documents.read(proposal.document), base=proposal.base, by=worker, why="They said so.")
    therapy.refresh_from_db()
    assert therapy.fees == ""
    assert therapy.edits.get().document["fees"] == "Free"


def test_a_listing_that_moved_on_refuses_a_stale_acceptance(listing, worker):
    proposal = proposed(listing, fees="Free")
    now = documents.patched(documents.of(listing), {"waiting": "A week"})
    workflow.edit(resource=listing, document=now, by=worker, why="Called.", base=0)
    with pytest.raises(workflow.Stale):
        workflow.accept(proposal=proposal, document=documents.read(proposal.document), base=proposal.base, by=worker, why="They said so.")
    proposal.refresh_from_db()
    assert proposal.state == State.OPEN


def test_decided_once(listing, worker):
    proposal = proposed(listing, fees="Free")
    workflow.turn_down(proposal=proposal, by=worker, why="Not theirs.")
    with pytest.raises(workflow.WrongStep, match="already decided"):
        workflow.accept(proposal=proposal, by=worker, why="After all.")


def test_without_a_reason_nothing_is_turned_down(listing, worker):
    with pytest.raises(workflow.Refused, match="Say why"):
        workflow.turn_down(proposal=proposed(listing, fees="Free"), by=worker, why=" ")


def test_whoever_may_not_decide_is_refused(listing):
    with pytest.raises(workflow.NotAllowed):
        workflow.accept(proposal=proposed(listing, fees="Free"), by=PersonFactory(), why="I like it.")
