"""A social worker's day, from the overdue queue to the correction that families read: on a phone without JavaScript, and by keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import expect

from resources import document as documents
from resources import workflow
from resources.models import Check, Resource, Revision
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import OrganizationFactory, PersonFactory, PhoneFactory
from tests.journeys.people import DESK, PHONE, Keyboard, Pointer, without_javascript
from tests.signing_in import let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FEES, NEW_FEES, NUMBER = "What does it cost?", "Free since this spring", "1-800-555-0144"
WAYS = [
    pytest.param((Pointer, PHONE), id="on a phone without JavaScript", marks=without_javascript),
    pytest.param((Keyboard, DESK), id="by keyboard alone"),
]


@pytest.fixture(params=WAYS)
def worker(request, page, live_server):
    """Whoever works, at the screen that they have."""
    way, screen = request.param
    page.set_viewport_size(screen)
    person = way(page, live_server.url)
    person.account = PersonFactory(role=SOCIAL_WORKER, first_name="Nell")
    person.screen = screen
    let_in(page, live_server.url, person.account)
    return person


@pytest.fixture
def overdue(worker):
    """One listing that is due: its fee is old, and its number was never confirmed, so that families do not see it."""
    found = timezone.localdate() - timedelta(days=400)
    made = OrganizationFactory(published=True, name="Ramps for all", fees="$20 a month", found_on=found)
    PhoneFactory(resource=made, number=NUMBER, source=None)
    listing = Resource.objects.get(pk=made.pk)
    Resource.objects.filter(pk=listing.pk).update(next_check_on=found + workflow.CHECK_EVERY)
    text = documents.of(listing).model_dump(mode="json")
    Revision.objects.write(resource=listing, document=text, verb="publish", why="Reviewed.", by=PersonFactory(role=EDITOR))
    return Resource.objects.get(pk=made.pk)


def test_a_day_from_the_overdue_queue_to_the_published_correction(worker, overdue, page):
    worker.opens(overdue.get_absolute_url(), worker.screen)
    families = page.get_by_role("main")
    expect(families).to_contain_text("$20 a month")
    expect(families).not_to_contain_text(NUMBER)

    worker.opens("/work/", worker.screen)
    expect(page.locator("[data-queue=overdue]")).to_have_attribute("data-count", "1")
    expect(page.get_by_text("Nothing done yet today.")).to_be_visible()
    worker.presses("Begin with the first of: Overdue checks")
    expect(page.get_by_role("heading", level=1)).to_have_text(overdue.name)

    worker.follows(page.get_by_role("link", name="Call, with a script"))
    unsure = page.get_by_role("listitem").filter(has=page.get_by_label("Phone", exact=True))
    worker.ticks(unsure.get_by_label("They confirmed it: families may see it"))
    worker.rewrites(FEES, NEW_FEES)
    worker.chooses("Confirmed, with changes", among=page.get_by_role("group", name="Outcome"))
    worker.types("Whom (optional)", "front desk")
    worker.presses("Record the check")
    expect(page.get_by_role("status").first).to_contain_text("your changes are in the listing")

    worker.presses("Next in this queue")
    expect(page.get_by_role("status").first).to_contain_text("Nothing is left in “Overdue checks”")
    worker.opens("/work/", worker.screen)
    expect(page.locator("[data-queue=overdue]")).to_have_count(0)
    expect(page.locator("p.day")).to_contain_text("1 checked")
    worker.follows(page.get_by_role("link", name="What I did today"))
    expect(page.get_by_role("row", name=overdue.name).first).to_contain_text("Confirmed, with changes")

    page.context.clear_cookies()  # from here on as a family
    today = timezone.localdate()
    worker.opens(overdue.get_absolute_url(), worker.screen)
    expect(families).to_contain_text(NEW_FEES)
    expect(families).to_contain_text(NUMBER)
    expect(families).to_contain_text(f"Checked with the provider on {date_format(today, 'F j, Y')}")
    worker.opens("/about/corrections/", worker.screen)
    told = page.get_by_role("listitem").filter(has_text=overdue.name)
    expect(told).to_contain_text("Our own edit.")
    expect(told).not_to_contain_text("Nell")
    assert [one.outcome for one in Check.objects.all()] == ["changed"]
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
