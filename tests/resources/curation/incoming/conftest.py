import pytest

from resources import document as documents
from resources import workflow
from resources.models import Proposal
from resources.models.roles import SOCIAL_WORKER
from tests.factories import OrganizationFactory, PersonFactory


@pytest.fixture
def worker(client):
    """A social worker, signed in."""
    person = PersonFactory(role=SOCIAL_WORKER, first_name="Robin", last_name="Example")
    client.force_login(person)
    return person


@pytest.fixture
def editing():
    """`editing(listing, fees="Free")`: somebody changes a listing."""
    person = PersonFactory(role=SOCIAL_WORKER)

    def edit(listing, **values):
        document = documents.patched(documents.of(listing), values)
        workflow.edit(resource=listing, document=document, by=person, why="Called.", base=workflow.latest(listing))

    return edit


@pytest.fixture
def listing(editing):
    """A published organization with a revision."""
    made = OrganizationFactory(published=True, name="The Fund", fees="$10").resource_ptr
    editing(made, waiting="A month")
    return made


def proposed(listing, origin=Proposal.Origin.PROVIDER, note="", **values):
    document = documents.patched(documents.of(listing), values)
    return workflow.propose(origin=origin, resource=listing, document=document, note=note)
