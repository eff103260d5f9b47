"""The rooms of the workspace: which are shown, and which one is marked."""

import pytest

from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import OrganizationFactory, PersonFactory
from tests.shell.reading import Page, text

pytestmark = pytest.mark.django_db


def rooms(client, address):
    [nav] = [one for one in Page(client.get(address)).main.iter("nav") if one.get("aria-label") == "Workspace"]
    return nav


def marked(client, address):
    return [(text(link), link.get("aria-current")) for link in rooms(client, address).iter("a") if link.get("aria-current")]


def test_the_room_is_marked_on_its_own_page_and_on_those_within(client):
    client.force_login(PersonFactory(role=SOCIAL_WORKER, is_staff=False))
    listing = OrganizationFactory(published=True)
    assert marked(client, "/work/") == [("My day", "page")]
    assert marked(client, "/work/queues/overdue/") == [("My day", "true")]
    assert marked(client, "/work/listings/") == [("Listings", "page")]
    assert marked(client, f"/work/listings/{listing.pk}/") == [("Listings", "true")]


@pytest.mark.parametrize(("role", "sees"), [(SOCIAL_WORKER, False), (EDITOR, True)])
def test_a_room_that_one_may_not_enter_is_not_offered(role, sees, client):
    client.force_login(PersonFactory(role=role, is_staff=False))
    said = text(rooms(client, "/work/"))
    assert ("People" in said) is sees
    assert "Admin" not in said and "Sign out" in said


def test_the_foot_of_every_page_leads_to_the_workspace_or_first_to_signing_in(client):
    assert '<a href="/work/">For curators</a>' in client.get("/about/").content.decode()
    assert client.get("/work/")["Location"].startswith("/account/sign-in/")
    client.force_login(PersonFactory(role=SOCIAL_WORKER))
    assert client.get("/work/").status_code == 200
