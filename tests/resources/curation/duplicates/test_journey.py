"""An editor makes one listing of two by keyboard, finds it was wrong, and has both back; and the pages are accessible."""

import pytest
from playwright.sync_api import expect

from resources import document as documents
from resources import workflow
from resources.curation.duplicates import finding
from resources.models.roles import EDITOR
from tests.axe import faults
from tests.factories import OrganizationFactory, PersonFactory, PhoneFactory
from tests.journeys.people import follow
from tests.signing_in import let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def organization(by, **fields):
    made = OrganizationFactory(published=True, **fields).resource_ptr
    PhoneFactory(resource=made, source=None)
    workflow.edit(resource=made, document=documents.of(made), by=by, why="Written.", base=0)
    return made


@pytest.fixture
def editor(page, live_server):
    person = PersonFactory(role=EDITOR)
    let_in(page, live_server.url, person)
    return person


@pytest.fixture
def twins(editor):
    made = [
        organization(editor, name="Ataxia Help", slug="ataxia-help", fees="Free", website="https://www.example.org/"),
        organization(editor, name="Ataxia Help, Inc.", slug="ataxia-help-inc", waiting="A week", website="http://example.org/about"),
    ]
    finding.keep(finding.find_all())
    return made


def test_a_merge_and_its_undo(page, live_server, twins):
    page.goto(f"{live_server.url}/work/duplicates/")
    follow(page.get_by_role("link", name="Ataxia Help and Ataxia Help, Inc."), key="Enter")
    page.get_by_role("group", name="Which one stays?").get_by_label("Ataxia Help", exact=True).check()
    page.get_by_role("group", name="Name").get_by_label("Ataxia Help", exact=True).check()
    follow(page.get_by_role("button", name="Show again with what I chose"), key="Enter")
    preview = page.get_by_role("region", name="What changes on “Ataxia Help”")
    expect(preview).to_contain_text("A week")
    page.get_by_label("Why are they one?").fill("The same office answers.")
    follow(page.get_by_role("button", name="Merge"), key="Enter")
    expect(page.get_by_role("main")).to_contain_text("is now part of Ataxia Help")

    page.goto(f"{live_server.url}/organizations/ataxia-help-inc/")
    expect(page).to_have_url(f"{live_server.url}/organizations/ataxia-help/")
    page.goto(f"{live_server.url}/find/?q=ataxia")
    expect(page.locator("#result-count")).to_have_attribute("data-count", "1")

    page.goto(f"{live_server.url}/work/listings/{twins[0].pk}/")
    page.get_by_label("Why undo the merge?").fill("They are two after all.")
    follow(page.get_by_role("button", name="Undo: bring “Ataxia Help, Inc.” back"), key="Enter")
    expect(page.get_by_role("main")).to_contain_text("is back as it was")
    page.goto(f"{live_server.url}/find/?q=ataxia")
    expect(page.locator("#result-count")).to_have_attribute("data-count", "2")


def test_never_ask_again(page, live_server, twins):
    page.goto(f"{live_server.url}/work/duplicates/")
    follow(page.get_by_role("link", name="Ataxia Help and Ataxia Help, Inc."))
    follow(page.get_by_role("button", name="Not duplicates, never ask again"))
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_label("Why are they two?").fill("Two offices.")
    follow(page.get_by_role("button", name="Not duplicates, never ask again"))
    expect(page.get_by_role("main")).to_contain_text("None is open")


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing(width, scheme, page, live_server, editor, twins):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    pair = finding.DuplicatePair.objects.get()
    for address in ("/work/duplicates/", f"/work/duplicates/{pair.pk}/", f"/work/listings/{twins[0].pk}/"):
        page.goto(live_server.url + address)
        assert faults(page) == [], address
    follow(page.get_by_role("link", name="Is it the same"))
    follow(page.get_by_role("button", name="Merge"))
    assert faults(page) == [], "with an error"
    workflow.keep_apart(pair=pair, by=editor, why="Two.")
    for address in ("/work/duplicates/?decided=1", f"/work/duplicates/{pair.pk}/"):
        page.goto(live_server.url + address)
        assert faults(page) == [], address
