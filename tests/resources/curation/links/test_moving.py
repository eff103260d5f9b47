"""A website that moved is proposed once; the listing stays as it is until somebody accepts."""

import pytest

from resources import workflow
from resources.curation.links.gathering import gather
from resources.curation.links.moving import propose_moves
from resources.models import Link, Proposal
from resources.models.roles import SOCIAL_WORKER
from tests.factories import OrganizationFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db
OLD, NEW = "http://www.example.org/help", "https://example.org/help"


@pytest.fixture
def listing():
    made = OrganizationFactory(published=True, website=OLD)
    gather()
    return made.resource_ptr


def moved(address=OLD, to=NEW, result="works"):
    link = Link.objects.get(address=address)
    link.final_address, link.result = to, result
    link.save()
    return propose_moves(link)


def test_the_new_address_is_proposed_and_nothing_is_changed(listing):
    (proposal,) = moved()
    assert (proposal.origin, proposal.resource, proposal.document["website"]) == ("link", listing, NEW)
    listing.refresh_from_db()
    assert (listing.website, listing.revisions.count()) == (OLD, 0)


@pytest.mark.parametrize(
    "to",
    [
        "",
        "https://elsewhere.example.com/help",
        "https://notexample.org/help",
        "https://example.org/help?session=1",
        "https://example.org/" + "x" * 500,
    ],
)
def test_what_is_no_better_address_is_not_proposed(listing, to):
    assert moved(to=to) == []


def test_what_leads_to_a_page_that_fails_is_not_proposed(listing):
    assert moved(result="fails") == []


@pytest.mark.parametrize("to", [NEW, "https://help.example.org/", "https://www.example.org/new"])
def test_another_page_of_the_same_site_is_proposed(listing, to):
    assert len(moved(to=to)) == 1


def test_a_source_that_moved_is_no_matter_of_the_website(listing):
    SourceFactory(resource=listing, url="http://example.net/page")
    gather()
    assert moved("http://example.net/page", "https://example.net/page") == []


def test_it_is_not_proposed_twice_while_it_is_open_or_once_it_was_turned_down(listing):
    (proposal,) = moved()
    assert moved() == []
    workflow.turn_down(proposal=proposal, by=PersonFactory(role=SOCIAL_WORKER), why="The old address is the better one.")
    assert moved() == []
    assert len(moved(to="https://www.example.org/new")) == 1
    assert Proposal.objects.count() == 2


def test_a_listing_that_was_edited_since_the_addresses_were_gathered_is_left_alone(listing):
    listing.website = "https://example.org/newer"
    listing.save()
    assert moved() == []
