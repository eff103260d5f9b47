"""What comes in, from those who send it to those who decide: without JavaScript, by keyboard, and accessible."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from resources import document as documents
from resources import workflow
from resources.models import Proposal, Resource
from resources.models.roles import SOCIAL_WORKER
from tests.axe import faults
from tests.factories import OrganizationFactory, PersonFactory
from tests.journeys.people import follow
from tests.signing_in import let_in

from .conftest import proposed

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
without_javascript = pytest.mark.browser_context_args(java_script_enabled=False)


@pytest.fixture(autouse=True)
def roles():
    cache.clear()


@pytest.fixture
def worker():
    return PersonFactory(role=SOCIAL_WORKER)


@pytest.fixture
def listing(worker):
    made = OrganizationFactory(published=True, name="The Fund", fees="$10").resource_ptr
    edit(made, worker, waiting="A month")
    return made


def edit(listing, by, **values):
    document = documents.patched(documents.of(listing), values)
    workflow.edit(resource=listing, document=document, by=by, why="Called.", base=workflow.latest(listing))


@without_javascript
def test_a_parents_suggestion_becomes_a_draft(page, live_server, worker):
    page.goto(f"{live_server.url}/about/inclusion/")
    follow(page.get_by_role("main").get_by_role("link", name="Suggest a resource"))
    page.get_by_label("What is it called?").fill("Gentle Riders")
    page.get_by_label("A group or organization").check()
    page.get_by_label("What does it do?").fill("Free riding lessons.")
    follow(page.get_by_role("button", name="Send suggestion"))
    follow(page.get_by_role("alert").get_by_role("link", name="Give a web address or a phone number"))
    page.get_by_label("Its web address").fill("riders.example.org")
    follow(page.get_by_role("button", name="Send suggestion"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your suggestion is saved.")
    assert page.context.cookies() == []

    let_in(page, live_server.url, worker)
    page.goto(f"{live_server.url}/work/")
    follow(page.get_by_label("Workspace").get_by_role("link", name="Incoming"))
    follow(page.get_by_role("link", name="Gentle Riders"))
    page.get_by_label("Summary", exact=True).fill("Riding lessons for children with ataxia.")
    follow(page.get_by_role("button", name="Accept: make a draft"))
    expect(page.get_by_role("status")).to_contain_text("it is a draft now")
    made = Resource.objects.get()
    expect(page).to_have_url(f"{live_server.url}/work/listings/{made.pk}/")
    assert (made.name, made.summary, made.state) == ("Gentle Riders", "Riding lessons for children with ataxia.", "draft")


@without_javascript
def test_a_readers_report_is_looked_into(page, live_server, worker, listing):
    page.goto(live_server.url + listing.get_absolute_url())
    follow(page.get_by_role("link", name="Report a problem with this listing"))
    page.get_by_label("The phone number or link does not work").check()
    page.get_by_label("Tell us more").fill("Nobody answers.")
    follow(page.get_by_role("button", name="Send report"))

    let_in(page, live_server.url, worker)
    page.goto(f"{live_server.url}/work/incoming/")
    follow(page.get_by_role("link", name="The Fund"))
    expect(page.get_by_role("main")).to_contain_text("Nobody answers.")
    follow(page.get_by_role("button", name="Looked into: done"))
    follow(page.get_by_role("alert").get_by_role("link", name="Say what you found"))
    page.get_by_label("What did you find?").fill("I called: they answer after noon.")
    follow(page.get_by_role("button", name="Looked into: done"))
    expect(page.get_by_role("status")).to_contain_text("Kept as looked into. Nothing else is open here.")
    assert Proposal.objects.get().reason == "I called: they answer after noon."


def test_a_providers_answer_is_taken_in_part_by_keyboard_while_the_listing_moves_on(page, live_server, worker, listing):
    proposal = proposed(listing, fees="Free", first_step="Write to us.", alert="We move in May.")
    edit(listing, worker, fees="$5")
    let_in(page, live_server.url, worker)
    page.goto(f"{live_server.url}/work/incoming/{proposal.pk}/")
    fees, alert = page.get_by_role("checkbox", name="Take: What it costs"), page.get_by_role("checkbox", name="Take: Please note")
    expect(fees).not_to_be_checked()
    expect(alert).to_be_checked()
    expect(page.locator("[data-field=fees] .present")).to_contain_text("$5")
    alert.focus()
    page.keyboard.press("Space")
    expect(alert).not_to_be_checked()
    edit(listing, worker, waiting="A week")  # while the page is open
    follow(page.get_by_role("button", name="Accept what is ticked"), key="Enter")
    expect(page.get_by_role("alert")).to_contain_text("saved this listing in between")
    expect(page.get_by_role("checkbox", name="Take: Please note")).not_to_be_checked()
    follow(page.get_by_role("button", name="Accept what is ticked"), key="Enter")
    expect(page.get_by_role("status")).to_contain_text("Accepted in part.")
    listing.refresh_from_db()
    assert (listing.fees, listing.first_step, listing.alert, listing.waiting) == ("$5", "Write to us.", "", "A week")


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing(page, live_server, worker, listing, width, scheme):
    change = proposed(listing, fees="Free", first_step="Write to us.", phones=[])
    edit(listing, worker, fees="$5")
    report = workflow.propose(origin="reader", resource=listing, problem="wrong", note="Wrong " + "x" * 300)
    document = documents.read({"kind": "organization", "slug": "new", "name": "The Fund", "summary": "Help.", "organization": {}})
    turned_down, suggestion = (workflow.propose(origin="suggestion", document=document, note="The Fund\nHelp") for _ in range(2))
    workflow.turn_down(proposal=turned_down, by=worker, why="We do not list such things.", ground="not_listed")
    let_in(page, live_server.url, worker)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    pages = ["", "?state=decided", "?q=nothing+of+the+kind", *(f"{one.pk}/" for one in (change, report, turned_down, suggestion))]
    for address in pages:
        page.goto(f"{live_server.url}/work/incoming/{address}")
        assert faults(page) == [], address
    page.get_by_text("Decline it").click()
    follow(page.get_by_role("button", name="Decline", exact=True))
    assert faults(page) == [], "with an error"
