"""A provider's self-check without JavaScript, and a call of a social worker; and their pages are accessible."""

import pytest
from django.apps import apps
from django.core.cache import cache

from resources import document as documents
from resources import workflow
from resources.models import Check, Proposal, Resource
from resources.models.roles import SOCIAL_WORKER, make_groups
from tests.axe import faults
from tests.factories import OrganizationFactory, PersonFactory
from tests.signing_in import let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
without_javascript = pytest.mark.browser_context_args(java_script_enabled=False)


@pytest.fixture
def worker():
    make_groups(apps)  # a test that commits ends with a flush, which takes the groups away
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
    page.get_by_role("button", name="Make a self-check link").click()
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
    page.get_by_role("button", name="Send your answer").click()
    assert page.locator("h1").inner_text() == "Thank you. We have your answer."
    assert page.context.cookies() == []
    key = link.rstrip("/").rpartition("/")[2]
    sent = [one.all_headers() for one in asked]
    assert not any(key in one.get("referer", "") for one in sent)
    assert [one["origin"] for one in sent if "origin" in one] == [live_server.url]
    assert not any(key in one.url for one in asked[1:] if one.method == "GET")
    page.goto(link)
    assert page.locator("h1").inner_text() == "This link has done its work"

    let_in(page, live_server.url, worker)
    page.goto(f"{live_server.url}/work/requests/")
    page.get_by_role("button", name="Record this answer as a check").click()
    assert "is recorded as a check" in page.locator(".messages").inner_text()
    page.goto(live_server.url + listing.get_absolute_url())
    assert "Checked with the provider on" in page.locator(".review").inner_text()


@without_javascript
def test_a_provider_corrects_and_nothing_changes_until_it_is_accepted(link, page, worker, listing, live_server):
    page.goto(link)
    page.get_by_label("What it costs").fill("Free")
    page.get_by_role("button", name="Send your answer").click()
    page.get_by_role("link", name="Choose one of the three answers").click()
    assert page.get_by_label("What it costs").input_value() == "Free"
    page.get_by_label("Some of it has changed").check()
    page.get_by_role("button", name="Send your answer").click()
    page.goto(live_server.url + listing.get_absolute_url())
    assert "$5" in page.locator("main").inner_text()
    proposal = Proposal.objects.get()
    workflow.accept(proposal=proposal, by=worker, why="They say so.", document=documents.read(proposal.document), base=proposal.base)
    page.reload()
    assert "Free" in page.locator("main").inner_text()


@without_javascript
def test_a_call_with_changes_and_one_that_nobody_takes(page, worker, listing, live_server):
    let_in(page, live_server.url, worker)
    page.goto(f"{live_server.url}/work/listings/{listing.pk}/")
    page.get_by_role("button", name="No answer").click()
    assert "try again on another day" in page.locator(".messages").inner_text()
    page.get_by_role("link", name="Call, with a script").click()
    page.get_by_label("What does it cost?").fill("Free for families")
    page.get_by_label("Confirmed, with changes").check()
    page.get_by_label("Whom (optional)").fill("front desk")
    page.get_by_role("button", name="Record the check").click()
    assert "your changes are in the listing" in page.locator(".messages").inner_text()
    assert page.locator(".check-log li").first.inner_text().startswith("Confirmed, with changes")
    page.goto(live_server.url + listing.get_absolute_url())
    assert "Free for families" in page.locator("main").inner_text()
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
        page.get_by_role("button", name=button).click()
        assert faults(page) == [], f"{address} with errors"


def test_return_in_a_box_is_no_tap_and_leaving_asks_first(page, worker, listing, live_server):
    let_in(page, live_server.url, worker)
    page.goto(f"{live_server.url}/work/listings/{listing.pk}/check/")
    page.locator("[name=whom]").fill("front desk")
    page.locator("[name=whom]").press("Enter")
    page.locator("#error-summary").wait_for()
    assert not Check.objects.exists()
    page.locator("[name=note]").fill("They move in May.")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(live_server.url + listing.get_absolute_url())
    assert asked == ["beforeunload"]
