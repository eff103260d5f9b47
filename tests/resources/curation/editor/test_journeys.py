"""A closed tab and its draft; two people on one listing; a new organization without JavaScript; and all of it is accessible."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from resources import document as documents
from resources.curation.duplicates.finding import keyless, write_keys
from resources.models import Draft, Resource
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests import factories
from tests.axe import faults
from tests.journeys.people import follow, until
from tests.signing_in import let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def window(new_context, live_server):
    """`window("Ana")`: a browser of her own, in which she has signed in."""

    def open_window(name, role=SOCIAL_WORKER, **options):
        page = new_context(base_url=live_server.url, **options).new_page()
        let_in(page, live_server.url, factories.PersonFactory(role=role, first_name=name))
        return page

    return open_window


@pytest.fixture
def listing(written):
    made = written(factories.OrganizationFactory(name="Friends of ataxia", fees="Free", published=True))
    write_keys(keyless())
    return made


def test_a_closed_tab_loses_nothing(window, listing):
    page = window("Ana")
    page.goto(reverse("listing_edit", args=[listing.pk]))
    page.get_by_label("What it costs").fill("Ten dollars")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-draft-status]")).to_contain_text("Draft saved at")
    page.get_by_label("How long people wait").fill("Two weeks")
    context = page.context
    page.close(run_before_unload=True)
    until(lambda: Draft.objects.get().data["waiting"] == ["Two weeks"])

    page = context.new_page()
    page.goto(reverse("listing_edit", args=[listing.pk]))
    expect(page.locator("#my-draft")).to_contain_text("This is your draft of")
    expect(page.get_by_label("What it costs")).to_have_value("Ten dollars")
    expect(page.get_by_label("How long people wait")).to_have_value("Two weeks")
    page.get_by_label("Why").fill("Seen on their page.")
    follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("status")).to_contain_text("Families see it now.")
    assert not Draft.objects.exists()


def test_two_people_on_one_listing(window, listing):
    ana, ben = window("Ana"), window("Ben", EDITOR)
    address = reverse("listing_edit", args=[listing.pk])
    ana.goto(address)
    ana.get_by_label("What it costs").fill("Ten dollars")
    ana.keyboard.press("Control+s")
    expect(ana.locator("[data-draft-status]")).to_contain_text("Draft saved at")

    ben.goto(address)
    expect(ben.get_by_text("Ana has been editing this since")).to_be_visible()
    ben.get_by_label("What it costs").fill("Five dollars")
    ben.get_by_label("How long people wait").fill("Two weeks")
    ben.get_by_label("Why").fill("They told me.")
    follow(ben.get_by_role("button", name="Save", exact=True))
    expect(ben.get_by_role("status")).to_contain_text("Families see it now.")

    ana.get_by_label("Why").fill("Seen on their page.")
    follow(ana.get_by_role("button", name="Save", exact=True))
    expect(ana.locator("#together")).to_contain_text("Edited by Ben at")
    expect(ana.get_by_role("group", name="What it costs")).to_contain_text("Five dollars")
    assert faults(ana) == []
    ana.get_by_label("Keep mine").check()
    follow(ana.get_by_role("button", name="Save", exact=True))
    expect(ana.get_by_role("status")).to_contain_text("Families see it now.")
    saved = documents.of(Resource.objects.get(pk=listing.pk))
    assert (saved.fees, saved.waiting) == ("Ten dollars", "Two weeks")


def test_a_new_organization_is_written_without_javascript(window, listing):
    factories.ConditionFactory(slug="ataxia-telangiectasia", name="Ataxia-telangiectasia")
    page = window("Ana", java_script_enabled=False)
    page.goto(reverse("listing_new"))
    follow(page.get_by_role("link", name="A charity"))
    page.get_by_label("Name", exact=True).fill("Friends of ataxia!")
    page.get_by_label("Summary", exact=True).fill("A group for families.")
    follow(page.get_by_role("button", name="Add a phone"))
    expect(page.get_by_label("Number")).to_be_focused()
    page.get_by_label("Number").fill("1-800-555-0177")
    follow(page.get_by_role("button", name="Add a source"))
    page.get_by_label("Title of the page").fill("About us")
    page.get_by_label("Publisher").fill("Friends of ataxia")
    page.get_by_label("Who owns it").select_option("Charity")
    page.locator("[name=sources-0-seen_on]").fill("2026-03-01")
    page.get_by_label("What you saw there").fill("its phone")
    page.get_by_label("Where it serves").select_option("Worldwide")
    page.get_by_role("textbox", name="Conditions").fill("telangiectasia")
    follow(page.get_by_role("button", name="Save draft"))
    page.locator("[name=phones-0-source]").select_option("Friends of ataxia: About us")
    follow(page.get_by_role("button", name="Ataxia-telangiectasia"))
    expect(page.get_by_text("Understood: Ataxia-telangiectasia")).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Friends of ataxia!")
    page.get_by_label("Why").fill("A group that we did not know.")
    follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.locator("#alike")).to_contain_text("Alike names")
    follow(page.get_by_role("button", name="Save anyway"))
    expect(page.get_by_role("status")).to_contain_text("submit it for review")
    made = Resource.objects.get(slug="friends-of-ataxia")
    assert made.conditions.get().slug == "ataxia-telangiectasia"
    assert made.phones.get().is_public


def test_a_source_that_was_just_typed_can_be_chosen_for_a_phone(window, listing):
    page = window("Ana")
    page.goto(reverse("listing_edit", args=[listing.pk]))
    follow(page.get_by_role("button", name="Add a phone"))
    page.get_by_label("Number").last.fill("1-800-555-0177")
    follow(page.get_by_role("button", name="Add a source"))
    page.locator("[name=sources-1-title]").fill("Contact")
    page.locator("[name=sources-1-publisher]").fill("Café of Friends")
    page.locator("[name=sources-1-publisher]").blur()
    expect(page.locator("[name=sources-1-key]")).to_have_value("cafe-of-friends")
    page.locator("[name$=-source]").last.select_option("Café of Friends: Contact")
    page.locator("[name=sources-1-owner_kind]").select_option("Charity")
    page.locator("[name=sources-1-seen_on]").fill("2026-03-01")
    page.locator("[name=sources-1-supports]").fill("its phone")
    page.get_by_label("Why", exact=True).fill("Another phone.")
    follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("status")).to_contain_text("Families see it now.")
    assert listing.phones.get(number="1-800-555-0177").source.key == "cafe-of-friends"


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing(width, scheme, window):
    therapy = factories.EvidenceFactory(therapy=factories.TherapyFactory(published=True, phones=["1-800-555-0100"])).therapy
    page = window("Ana", viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(reverse("listing_new"))
    assert faults(page) == []
    page.goto(reverse("listing_edit", args=[therapy.pk]))
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert faults(page) == []
    page.get_by_label("Summary", exact=True).fill("A breakthrough, and a cure.")
    page.get_by_role("textbox", name="Conditions").fill("nothing we know")
    follow(page.get_by_role("button", name="See the difference"))
    expect(page).to_have_title(re.compile("^Error: "))
    assert faults(page) == []


def test_a_new_source_is_offered_to_a_label_at_once(window, written):
    therapy = written(factories.EvidenceFactory().therapy)
    page = window("Ana")
    page.goto(reverse("listing_edit", args=[therapy.pk]))
    page.get_by_role("button", name="Add a source").click()
    row = page.locator("#sources details.row").last
    row.locator("[name$='-title']").fill("A trial of walking")
    row.locator("[name$='-publisher']").fill("Example Hospital")
    page.keyboard.press("Tab")
    page.locator("#kind details.row > summary").first.click()
    box = page.get_by_label("Example Hospital: A trial of walking")
    box.check()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("[data-draft-status]")).to_contain_text("Nobody else sees it yet")
    expect(page.get_by_label("Example Hospital: A trial of walking")).to_be_checked()


def test_show_me_marks_the_words_in_their_field(window, listing):
    page = window("Ana")
    page.goto(reverse("listing_edit", args=[listing.pk]))
    page.locator("#id_summary").fill("It is a miracle.")
    page.get_by_role("button", name="Check the texts").click()
    page.locator(".noticed").get_by_role("link", name="Summary").click()
    expect(page.locator("#id_summary")).to_be_focused()
    field = page.locator("#id_summary")
    assert field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == "miracle"
