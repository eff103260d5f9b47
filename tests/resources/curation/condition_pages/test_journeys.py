"""A social worker mends the school section of a page, an editor makes it public, and the old text comes back; the pages are accessible."""

import pytest
from playwright.sync_api import expect

from conditions import document as documents
from conditions.document.shape import ReviewShape
from conditions.models import Condition
from resources.models.roles import EDITOR, SOCIAL_WORKER
from resources.workflow import pages
from tests.axe import faults
from tests.factories import PersonFactory
from tests.journeys.people import follow
from tests.resources.workflow.test_pages import PAGE, changed
from tests.signing_in import let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESK = "/work/conditions/ataxia/"


@pytest.fixture
def people():
    return {
        "wanda": PersonFactory(role=SOCIAL_WORKER, username="wanda"),
        "edith": PersonFactory(role=EDITOR, username="edith"),
        "otto": PersonFactory(role=EDITOR, username="otto"),
    }


@pytest.fixture
def ataxia(people):
    return documents.save(
        PAGE.model_copy(update={"review": ReviewShape(**PAGE.review.model_dump())}),
        condition=Condition(slug="ataxia", page_state="published"),
        why="The first catalogue.",
        verb="load",
    )


@pytest.fixture
def as_person(page, live_server, people):
    """`as_person("wanda", address)`: the page, opened by one of the people."""

    def open_page(name, address):
        let_in(page, live_server.url, people[name])
        page.goto(live_server.url + address)
        return page

    return open_page


def families_read(page, live_server, words):
    page.goto(live_server.url + "/conditions/ataxia/")
    expect(page.locator("#school .prose")).to_contain_text(words)


def test_a_section_is_mended_by_two_people_and_brought_back(as_person, ataxia, live_server, context):
    page = as_person("wanda", DESK)
    follow(page.get_by_role("link", name="Edit", exact=True))
    page.get_by_role("textbox", name="School").fill("Schools must help. [^naf]")
    page.get_by_role("textbox", name="School").blur()
    expect(page.get_by_role("group", name="Check of “School”")).to_contain_text("Nothing to mend.")
    with context.expect_page() as opened:
        page.get_by_role("button", name="Preview").first.click()
    expect(opened.value.locator("#school")).to_contain_text("Schools must help.")
    expect(opened.value.get_by_role("note")).to_contain_text("Families do not see this yet.")
    opened.value.close()
    follow(page.get_by_role("button", name="Check the text").first)
    expect(page.get_by_role("region", name="What your text changes").locator("ins")).to_have_text("must")
    page.get_by_label("Why you change it").fill("The law says so.")
    follow(page.get_by_role("button", name="Save for review").last)
    expect(page.get_by_role("status")).to_contain_text("waits below for a second person")
    families_read(page, live_server, "Schools help.")

    page = as_person("edith", "/work/conditions/?show=waiting")
    follow(page.get_by_role("link", name="Ataxia"))
    waiting = page.get_by_role("article", name="The law says so.")
    expect(waiting.locator("ins")).to_have_text("must")
    follow(waiting.get_by_role("button", name="Apply: make it public"))
    expect(page.get_by_role("status")).to_contain_text("Applied")
    families_read(page, live_server, "Schools must help.")

    page.goto(live_server.url + DESK)
    page.get_by_text("Look at revision 1, or bring it back").click()
    page.get_by_label("Why: Bring revision 1 back").fill("It was better.")
    follow(page.get_by_role("button", name="Bring revision 1 back"))
    page = as_person("otto", DESK)
    follow(page.get_by_role("button", name="Apply: make it public"))
    families_read(page, live_server, "Schools help.")
    assert [step.verb for step in ataxia.revisions.all()] == ["apply", "apply", "load"]


def test_without_javascript_a_source_is_added(new_context, live_server, people, ataxia):
    page = new_context(java_script_enabled=False).new_page()
    let_in(page, live_server.url, people["wanda"])
    page.goto(live_server.url + DESK + "edit/")
    page.get_by_role("textbox", name="School").fill("Ask for a plan. [^idea]")
    follow(page.get_by_role("button", name="Add a source"))
    row = page.locator("details.row").last
    for label, value in {"Key": "idea", "Title": "IDEA", "Publisher": "ED", "Seen on": "2026-03-01", "What it supports": "plans"}.items():
        row.get_by_label(label).fill(value)
    page.get_by_label("Why you change it").fill("A plan is a right.")
    follow(page.get_by_role("button", name="Save for review").first)
    expect(page.get_by_role("article", name="A plan is a right.")).to_contain_text("Ask for a plan.")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing(width, scheme, as_person, ataxia, people, live_server):
    document = changed(school="Soon.", **{"get-help-now": "Call 911."})
    edit = pages.edit(condition=ataxia, document=document, by=people["wanda"], why="w", base=1)
    page = as_person("edith", "/work/conditions/")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for address in ("/work/conditions/?q=ataxia", DESK, f"{DESK}preview/?edit={edit.pk}", "/work/new-condition/", f"{DESK}edit/"):
        page.goto(live_server.url + address)
        assert faults(page) == [], address
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    follow(page.get_by_role("button", name="Check the text").first)
    assert faults(page) == [], "checked"
    page.get_by_label("Name", exact=True).first.fill("")
    follow(page.get_by_role("button", name="Save for review").first)
    assert faults(page) == [], "refused"


def test_what_was_typed_is_not_left_unasked(as_person, ataxia, live_server):
    page, asked = as_person("wanda", f"{DESK}edit/"), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("textarea").first.fill("A text of an hour.")
    with page.context.expect_page():
        page.get_by_role("button", name="Preview").first.click()
    page.get_by_role("button", name="Check the text").first.click()
    expect(page.locator("#checked, #error-summary").first).to_be_visible()
    assert asked == []
    page.mouse.click(5, 5)
    page.goto(f"{live_server.url}/work/")
    assert asked == ["beforeunload"]
