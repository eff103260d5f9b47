"""A provider's self-check without JavaScript, and a call of a social worker; and their pages are accessible."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from resources import document as documents
from resources import workflow
from resources.models import Check, Proposal, Resource
from resources.models.roles import SOCIAL_WORKER
from tests.axe import faults
from tests.factories import OrganizationFactory, PersonFactory
from tests.journeys.people import follow
from tests.signing_in import let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
without_javascript = pytest.mark.browser_context_args(java_script_enabled=False)


@pytest.fixture
def worker():
    cache.clear()
    return PersonFactory(role=SOCIAL_WORKER)


@pytest.fixture
def listing(worker):
    made = OrganizationFactory(published=True, name="Ramp Society", phones=["555-0101"], fees="$5")
    return Resource.objects.get(pk=made.pk)


@pytest.fixture
def link(worker, listing, page, live_server):
    """As the social worker copies it from the desk."""
    let_in(page, live_server.url, worker)
    page.goto(f"{live_server.url}/work/listings/{listing.pk}/")
    follow(page.get_by_role("button", name="Make a self-check link"))
    address = page.locator("p.code").text_content().strip()
    page.context.clear_cookies()
    return address


@without_javascript
def test_a_provider_finds_all_of_it_right_and_a_social_worker_records_it(link, page, worker, listing, live_server):
    asked = []
    page.on("request", lambda one: asked.append(one))
    page.goto(link)
    page.get_by_label("All of this is right").check()
    page.get_by_label("Your role").fill("director")
    follow(page.get_by_role("button", name="Send your answer"))
    expect(page.locator("h1")).to_have_text("Thank you. We have your answer.")
    assert page.context.cookies() == []
    key = link.rstrip("/").rpartition("/")[2]
    sent = [one.all_headers() for one in asked]
    assert not any(key in one.get("referer", "") for one in sent)
    assert [one["origin"] for one in sent if "origin" in one] == [live_server.url]
    assert not any(key in one.url for one in asked[1:] if one.method == "GET")
    page.goto(link)
    expect(page.locator("h1")).to_have_text("This link has done its work")

    let_in(page, live_server.url, worker)
    page.goto(f"{live_server.url}/work/requests/")
    follow(page.get_by_role("button", name="Record this answer as a check"))
    expect(page.locator(".messages")).to_contain_text("is recorded as a check")
    page.goto(live_server.url + listing.get_absolute_url())
    expect(page.locator(".review")).to_contain_text("Checked with the provider on")


@without_javascript
def test_a_provider_corrects_and_nothing_changes_until_it_is_accepted(link, page, worker, listing, live_server):
    page.goto(link)
    page.get_by_label("What it costs").fill("Free")
    follow(page.get_by_role("button", name="Send your answer"))
    follow(page.get_by_role("link", name="Choose one of the three answers"))
    expect(page.get_by_label("What it costs")).to_have_value("Free")
    page.get_by_label("Some of it has changed").check()
    follow(page.get_by_role("button", name="Send your answer"))
    page.goto(live_server.url + listing.get_absolute_url())
    expect(page.locator("main")).to_contain_text("$5")
    proposal = Proposal.objects.get()
    workflow.accept(proposal=proposal, by=worker, why="They say so.", document=documents.read(proposal.document), base=proposal.base)
    page.reload()
    expect(page.locator("main")).to_contain_text("Free")


@without_javascript
def test_a_call_with_changes_and_one_that_nobody_takes(page, worker, listing, live_server):
    let_in(page, live_server.url, worker)
    page.goto(f"{live_server.url}/work/listings/{listing.pk}/")
    follow(page.get_by_role("button", name="No answer"))
    expect(page.locator(".messages")).to_contain_text("try again on another day")
    follow(page.get_by_role("link", name="Call, with a script"))
    page.get_by_label("What does it cost?").fill("Free for families")
    page.get_by_label("Confirmed, with changes").check()
    page.get_by_label("Whom (optional)").fill("front desk")
    follow(page.get_by_role("button", name="Record the check"))
    expect(page.locator(".messages")).to_contain_text("your changes are in the listing")
    expect(page.locator(".check-log li").first).to_have_text(re.compile("^\\s*Confirmed, with changes"))
    page.goto(live_server.url + listing.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Free for families")
    assert [one.outcome for one in Check.objects.all()] == ["changed", "no_answer"]


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing(width, scheme, page, worker, listing, live_server):
    one = workflow.ask(resource=listing, by=worker)
    workflow.check(resource=listing, by=worker, how="call", outcome="closed", note="So says the neighbour.")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    let_in(page, live_server.url, worker)
    desk = f"/work/listings/{listing.pk}/"
    for address in (desk, f"{desk}check/", "/work/requests/", one.get_absolute_url(), "/verify/none/", "/verify/thanks/"):
        page.goto(live_server.url + address)
        assert faults(page) == [], address
    for address, button in ((f"{desk}check/", "Record the check"), (one.get_absolute_url(), "Send your answer")):
        page.goto(live_server.url + address)
        follow(page.get_by_role("button", name=button))
        assert faults(page) == [], f"{address} with errors"


def test_return_in_a_box_is_no_tap_and_leaving_asks_first(page, worker, listing, live_server):
    let_in(page, live_server.url, worker)
    page.goto(f"{live_server.url}/work/listings/{listing.pk}/check/")
    page.locator("[name=whom]").fill("front desk")
    follow(page.locator("[name=whom]"), key="Enter")
    expect(page.locator("#error-summary")).to_be_visible()
    assert not Check.objects.exists()
    page.locator("[name=note]").fill("They move in May.")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(live_server.url + listing.get_absolute_url())
    assert asked == ["beforeunload"]
