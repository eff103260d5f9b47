"""A day of the staff: a therapy corrected by two people, fifty listings retagged and one undone; and their pages are accessible."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from resources.models import Evidence, Link, Resource, TherapyType
from resources.models.roles import EDITOR, SOCIAL_WORKER, STAFF
from tests.axe import faults
from tests.factories import ConditionFactory, PersonFactory, ResourceFactory, TherapyFactory
from tests.journeys.people import follow
from tests.signing_in import let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in(page, live_server):
    """`signed_in(role)`: the page, with somebody of that role signed in."""

    def sign_in(role):
        let_in(page, live_server.url, PersonFactory(role=role))
        page.goto(live_server.url + reverse("admin:index"))
        return page

    return sign_in


@pytest.fixture
def therapy():
    made = TherapyFactory(slug="riding", name="Riding", published=True)
    if not made.evidence.exists():
        label = Evidence.objects.create(
            therapy=made, condition=ConditionFactory(), level="strong", standing="option", us_status="not_applicable", why="Trials agree."
        )
        label.sources.add(made.sources.first())
    return TherapyType.objects.get(pk=made.pk)


def test_a_therapys_evidence_is_corrected_by_staff_and_published_by_an_editor(signed_in, therapy, live_server):
    page = signed_in(STAFF)
    page.goto(live_server.url + reverse("admin:resources_therapytype_change", args=[therapy.pk]))
    page.locator("#id_evidence-0-level").select_option("limited")
    page.locator("#id_why").fill("A new review found two small trials.")
    follow(page.get_by_role("button", name="Save", exact=True).first)
    expect(page.locator(".messagelist")).to_contain_text("waits for a second person")
    page.goto(live_server.url + therapy.get_absolute_url())
    expect(page.locator("[data-evidence]").first).to_have_attribute("data-evidence", "strong")

    page = signed_in(EDITOR)
    follow(page.get_by_role("link", name="Edits wait for a second person"))
    page.goto(live_server.url + reverse("admin:resources_therapytype_revisions", args=[therapy.pk]))
    waiting = page.get_by_role("region", name="Waiting for a second person")
    expect(waiting.locator("del").first).to_have_text("(Strong")
    expect(waiting.locator("ins").first).to_have_text("(Limited")
    follow(waiting.get_by_role("button", name="Apply: make it public"))
    expect(page.locator(".messagelist")).to_contain_text("families see it now")
    page.goto(live_server.url + therapy.get_absolute_url())
    expect(page.locator("[data-evidence]").first).to_have_attribute("data-evidence", "limited")


def test_fifty_listings_are_retagged_and_one_is_brought_back(signed_in, live_server):
    ConditionFactory(slug="ataxia", name="Ataxia")
    ResourceFactory.create_batch(50, published=True)
    page = signed_in(EDITOR)
    page.goto(live_server.url + reverse("admin:resources_resource_changelist"))
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").first.select_option("retag")
    follow(page.get_by_role("button", name="Go").first)
    page.get_by_label("Add conditions").fill("Ataxia")
    page.get_by_label("Why").fill("They serve families with ataxia.")
    follow(page.get_by_role("button", name="Add or take away conditions and terms"))
    expect(page.locator(".messagelist")).to_contain_text("50 listings done.")
    assert Resource.objects.filter(conditions__slug="ataxia").count() == 50

    odd = Resource.objects.order_by("name").first()
    page.locator("#action-toggle").check()
    page.locator("#action-toggle").uncheck()
    page.locator(f"input[name=_selected_action][value='{odd.pk}']").check()
    page.locator("select[name=action]").first.select_option("retag")
    follow(page.get_by_role("button", name="Go").first)
    page.get_by_label("Take away conditions").fill("Ataxia")
    page.get_by_label("Why").fill("Not this one.")
    follow(page.get_by_role("button", name="Add or take away conditions and terms"))
    expect(page.locator(".messagelist")).to_contain_text("1 listing done.")
    assert Resource.objects.filter(conditions__slug="ataxia").count() == 49

    page.goto(live_server.url + reverse("admin:resources_guide_revisions", args=[odd.pk]))
    first = page.get_by_role("article").filter(has_text="Revision 1")
    first.get_by_label("Why").fill("It was right after all.")
    follow(first.get_by_role("button", name="Bring revision 1 back"))
    expect(page.locator(".messagelist")).to_contain_text("Restored")
    assert Resource.objects.filter(conditions__slug="ataxia").count() == 50


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing_on_the_staffs_pages(width, scheme, signed_in, therapy, live_server):
    guide = ResourceFactory(published=True)
    link = Link.objects.create(
        address="https://example.org/" + "gone" * 30,
        result="fails",
        reason="status",
        status=404,
        days_failed=3,
        failing_since="2026-03-02",
        last_failed_on="2026-03-04",
    )
    link.uses.create(resource=guide, place="website")
    page = signed_in(SOCIAL_WORKER)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    addresses = [
        reverse("admin:index"),
        reverse("admin:resources_resource_changelist"),
        reverse("admin:resources_therapytype_change", args=[therapy.pk]),
        reverse("admin:resources_therapytype_revisions", args=[therapy.pk]),
        reverse("admin:resources_guide_preview", args=[guide.pk]),
        reverse("admin:resources_link_changelist"),
        reverse("admin:resources_link_change", args=[link.pk]),
    ]
    for address in addresses:
        page.goto(live_server.url + address)
        assert faults(page) == [], address
    page.goto(live_server.url + reverse("admin:resources_resource_changelist"))
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").first.select_option("check")
    follow(page.get_by_role("button", name="Go").first)
    assert faults(page) == [], "action"
