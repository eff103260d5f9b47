"""The public corrections log says where a correction came from, and names nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources import document as documents
from resources import workflow
from resources.models import Proposal
from resources.models.roles import SOCIAL_WORKER
from tests.factories import OrganizationFactory, PersonFactory
from tests.shell.reading import Page, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return PersonFactory(role=SOCIAL_WORKER, first_name="Robin", last_name="Example")


@pytest.fixture
def listing(worker):
    made = OrganizationFactory(published=True, fees="$1")
    workflow.edit(resource=made, document=documents.of(made), by=worker, why="First.", base=0)
    return made


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
        ("", "edit", "Our own check."),
    ],
)
def test_it_says_where_a_correction_came_from(client, listing, worker, origin, verb, sentence):
    correct(listing, worker, origin, verb=verb)
    words = text(Page(client.get("/about/corrections/")).main)
    assert f"Changed: What it costs. {sentence}" in words
    assert "Robin" not in words


def test_it_asks_two_queries_however_long(client, listing, worker):
    for fees in ("Free", "$2", "$3"):
        correct(listing, worker, Proposal.Origin.PROVIDER, fees)
    with CaptureQueriesContext(connection) as asked:
        client.get("/about/corrections/")
    assert len(asked) == 2
