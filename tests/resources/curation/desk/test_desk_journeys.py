"""A listing's way to families and back, a text brought back, a view kept and used, a list by keys alone; and the pages are accessible."""

import pytest
from playwright.sync_api import expect

from conditions.editorial import State
from resources.models import Resource, SavedView
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.axe import faults
from tests.factories import OrganizationFactory, PersonFactory, ResourceFactory
from tests.journeys.people import DESK, PHONE, Keyboard, Pointer, follow, without_javascript
from tests.resources.curation.conftest import edited, written
from tests.signing_in import let_in

from .test_page import a_therapy

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WAYS = [
    pytest.param((Pointer, PHONE), id="by pointer, on a phone"),
    pytest.param((Pointer, DESK), id="without JavaScript", marks=without_javascript),
    pytest.param((Keyboard, DESK), id="by keyboard alone"),
]


@pytest.fixture
def site(live_server):
    return live_server.url


@pytest.fixture
def worker():
    return PersonFactory(role=SOCIAL_WORKER, first_name="Wim", last_name="Example")


@pytest.fixture
def editor():
    return PersonFactory(role=EDITOR, first_name="Edda", last_name="Example")


@pytest.fixture(params=WAYS)
def way(request, page, site):
    """Whoever goes it: `way(person, address)` opens a page as that person."""
    kind, viewport = request.param
    made = kind(page, site)

    def opens(person, address):
        let_in(page, site, person)
        made.opens(address, viewport)
        return made

    return opens


def is_said(page, words):
    expect(page.locator(".messages")).to_contain_text(words)


def test_a_draft_is_sent_back_and_comes_to_families(way, page, site, worker, editor):
    listing = written(worker, name="Ramps for All", slug="ramps-for-all")
    Resource.objects.filter(pk=listing.pk).update(state=State.DRAFT)

    by_worker = way(worker, "/work/listings/?state=draft")
    by_worker.follows(page.get_by_role("link", name="Ramps for All"))
    by_worker.presses("Submit for review")
    is_said(page, "An editor reviews it next.")
    expect(page.get_by_text("It waits for an editor")).to_be_visible()

    by_editor = way(editor, "/work/listings/?state=in_review")
    by_editor.follows(page.get_by_role("link", name="Ramps for All"))
    by_editor.presses("Send back")
    expect(page.locator("#error-summary")).to_contain_text("Say why")
    by_editor.types("Why", "Whom does one ask for a van ramp?")
    by_editor.presses("Send back")
    is_said(page, "Sent back to draft")

    by_worker = way(worker, f"/work/listings/{listing.pk}/")
    expect(page.locator(".told")).to_contain_text("Whom does one ask for a van ramp?")
    by_worker.types("Why (optional)", "The same desk: asked by phone.")
    by_worker.presses("Submit for review")

    by_editor = way(editor, f"/work/listings/{listing.pk}/")
    by_editor.follows(page.get_by_role("link", name="Preview as a family sees it"))
    expect(page.locator("main")).to_contain_text("Families do not see this page.")
    by_editor.follows(page.get_by_role("link", name="Back to its desk"))
    by_editor.presses("Publish")
    is_said(page, "Published: families see it now.")
    by_editor.follows(page.get_by_role("link", name="/organizations/ramps-for-all/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ramps for All")


def test_a_text_is_brought_back_as_a_new_revision(way, page, site, worker, editor):
    listing = written(worker, name="Ramps for All", summary="Lends ramps to any family.")
    edited(listing, worker, why="Read on their page.", summary="Sells ramps to any family.")
    person = way(editor, f"/work/listings/{listing.pk}/")
    person.follows(page.get_by_role("link", name="The whole history"))
    expect(page.locator("del").first).to_have_text("Lends")
    person.follows(page.get_by_role("link", name="Revision 1"))
    person.types("Why", "That was another group of the same name.")
    person.presses("Restore as a new revision")
    is_said(page, "The text of revision 1 is back, as revision 3.")
    expect(page.locator(".lead")).to_have_text("Lends ramps to any family.")
    expect(page.locator(".told li").first).to_contain_text("An earlier revision was brought back")
    person.opens(listing.get_absolute_url())
    expect(page.locator(".lead")).to_have_text("Lends ramps to any family.")
    expect(page.locator("main")).to_contain_text("Call and say what you need.")


def test_a_view_is_kept_and_used(page, site, worker):
    for name in ("Ramps for All", "Respite House"):
        OrganizationFactory(name=name, overdue=True, next_check_on="2020-01-01")
    ResourceFactory(name="A guide", overdue=True, next_check_on="2020-01-01")
    let_in(page, site, worker)
    page.goto(f"{site}/work/listings/")
    page.get_by_label("Kind").select_option("organization")
    page.get_by_label("Check", exact=True).select_option("overdue")
    follow(page.get_by_role("button", name="Show"))
    expect(page.locator("#result-count")).to_have_text("2 listings")
    page.get_by_text("Keep these filters as a view").click()
    page.get_by_label("Name of the view").fill("My overdue organizations")
    follow(page.get_by_role("button", name="Keep the view"))
    is_said(page, "“My overdue organizations” stands on top of the list")

    page.goto(f"{site}/work/listings/")
    views = page.get_by_role("navigation", name="Views")
    follow(views.get_by_role("link", name="My overdue organizations 2"))
    expect(page.locator("tr[data-row]")).to_have_count(2)
    follow(page.get_by_role("link", name="Rename or delete"))
    follow(page.get_by_role("button", name="Delete this view"))
    is_said(page, "is deleted")
    expect(views.get_by_role("link", name="My overdue organizations")).to_have_count(0)


def test_keys_of_one_letter_are_off_until_somebody_wants_them(page, site, worker):
    first, second = (OrganizationFactory(name=name) for name in ("A desk", "Another desk"))
    let_in(page, site, worker)
    page.goto(f"{site}/work/listings/")
    page.keyboard.press("j")
    expect(page.locator("tr[data-row] a:focus")).to_have_count(0)
    page.get_by_text("Keyboard", exact=True).click()
    expect(page.locator("[data-keys]")).to_contain_text("Name, slug or phone")
    page.get_by_label("Keys of one letter work on this device").check()

    page.goto(f"{site}/work/listings/")  # they are remembered
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="A desk")).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_label("Choose A desk")).to_be_checked()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Another desk")).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="A desk")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Name, slug or phone")).to_be_focused()
    page.keyboard.type("jxk")  # in a field, letters are letters
    expect(page.get_by_label("Name, slug or phone")).to_have_value("jxk")
    page.get_by_label("Tick all on this page").check()
    expect(page.get_by_label("Choose Another desk")).to_be_checked()
    follow(page.get_by_role("link", name="Another desk"), key="Enter")
    expect(page).to_have_url(f"{site}/work/listings/{second.pk}/")
    with page.expect_navigation():
        page.keyboard.press("p")
    expect(page).to_have_url(f"{site}/work/listings/{second.pk}/preview/")


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing(page, site, worker, editor, width, scheme):
    listing, therapy = written(worker, overdue=True, next_check_on="2020-01-01"), a_therapy(worker)
    edited(listing, worker, summary="Lends ramps, and says who pays for them.")
    edited(therapy, worker, summary="Plain words, mended.")
    view = SavedView.objects.create(owner=editor, name="Overdue", query="age=overdue")
    SavedView.objects.create(owner=worker, name="Drafts", query="state=draft", shared=True)
    let_in(page, site, editor)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    desk = f"/work/listings/{listing.pk}/"
    addresses = [
        *("/work/listings/?age=overdue&by=me", "/work/listings/?term=need:none&q=%23&kind=x", f"/work/listings/views/{view.pk}/"),
        *(desk, f"/work/listings/{therapy.pk}/", f"{desk}history/", f"{desk}history/1/", f"{desk}preview/"),
    ]
    for address in addresses:
        page.goto(site + address)
        page.locator("details:not([open]) > summary").evaluate_all("all => all.forEach(one => one.click())")
        assert faults(page) == [], address
    page.goto(site + "/work/listings/")
    assert faults(page) == [], "all listings"
    page.get_by_label("Tick all on this page").check() if width > 640 else page.locator("input[name=listing]").first.check()
    page.get_by_label("With those ticked").select_option("retag")
    follow(page.get_by_role("button", name="Go on"))
    assert faults(page) == [], "asking"
    follow(page.get_by_role("button", name="Add or take away conditions and terms"))
    assert faults(page) == [], "asking again"
