"""A social worker who wants to know now whether an address works: asked, and the answer comes by itself; and the pages are accessible."""

import pytest
from django.apps import apps
from django.utils import timezone
from playwright.sync_api import expect

from resources.curation.links.checking import Outcome
from resources.curation.links.recording import record
from resources.models import Link, LinkUse
from resources.models.roles import SOCIAL_WORKER, make_groups
from tests.axe import faults
from tests.factories import OrganizationFactory, PersonFactory
from tests.signing_in import let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
GONE = "https://example.org/gone"


@pytest.fixture
def site(live_server, settings):
    settings.LINK_WORKER = True
    make_groups(apps)  # a test that commits ends with a flush, which takes the groups away
    return live_server.url


@pytest.fixture
def listing():
    made = OrganizationFactory(published=True)
    broken = {"days_failed": 3, "failing_since": "2026-03-02", "last_failed_on": "2026-03-05"}
    link = Link.objects.create(address=GONE, result="fails", reason="status", status=404, **broken)
    LinkUse.objects.create(link=link, resource=made, place="website")
    return made


def test_asked_now_and_answered_on_the_open_page(page, site, listing):
    let_in(page, site, PersonFactory(role=SOCIAL_WORKER))
    page.goto(f"{site}/work/links/")
    assert faults(page) == []
    page.goto(f"{site}/work/listings/{listing.pk}/")
    links = page.locator("#links")
    links.get_by_role("button", name="Check again now").click()
    expect(links).to_contain_text("the answer comes here in a minute")
    assert faults(page) == []

    record(address=GONE, outcome=Outcome(Link.Result.WORKS, status=200), at=timezone.now())
    expect(links).to_contain_text("Works", timeout=15_000)
    expect(links).not_to_contain_text("in a minute")
    assert faults(page) == []
