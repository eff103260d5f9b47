"""People with a question, from their first word to what they can do."""

import re

import pytest
from playwright.sync_api import expect

from resources.models import Proposal

from .people import DESK, PHONE, Pointer, height_from_first_to_last, tabs_to, without_javascript

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("catalogue")]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["on a phone", "at a desk"])
def test_a_parent_comes_from_a_scan_report_to_a_phone_number(person, page, viewport):
    person.opens("/", viewport)
    person.types("What does the report say?", "cerebellar hypoplasia")
    person.presses("Search")

    # The page speaks to them, at once.
    expect(page.get_by_role("heading", level=1)).to_have_text("Cerebellar hypoplasia")
    expect(page.get_by_text("If you have just read")).to_be_in_viewport()
    expect(page.get_by_text("you are not alone")).to_be_in_viewport()

    # A second click …
    talk = page.get_by_role("region", name="Talk to a person").get_by_role("listitem")
    person.follows(talk.filter(has=page.locator("a[href^='tel:']")).first.get_by_role("link").first)

    # … there is a phone number, who qualifies, and what to do first.
    first_step = page.get_by_role("region", name="Do this first")
    phone = first_step.locator("a[href^='tel:']").first
    expect(first_step.locator("p").first).to_be_in_viewport()
    expect(phone).to_have_text(re.compile(r"\d{3}-\d{3}-\d{4}"))
    who_can_use_it = page.get_by_role("heading", name="Who can use it").locator("xpath=following-sibling::p").first
    expect(who_can_use_it).to_be_visible()
    at_one_glance = height_from_first_to_last(first_step.locator("p").first, phone, who_can_use_it)
    assert at_one_glance <= viewport["height"]


def test_a_teacher_finds_what_helps_a_pupil_with_cerebral_palsy_who_tires_fast(person, page):
    person.opens("/")
    person.follows(page.get_by_role("link", name="Find help").first)

    person.types("Condition", "cerebral palsy")
    person.unfolds("Kind of help")
    person.ticks(page.locator("[data-facet=kind][data-value=school] input"))
    person.unfolds("What you need")
    person.ticks(page.locator("[data-facet=need][data-value=fatigue] input"))
    person.presses("Apply")

    expect(page).to_have_title(re.compile("Cerebral palsy, School, Tiredness and stamina"))
    assert set(page.locator("article").evaluate_all("cards => cards.map(card => card.dataset.kind)")) == {"school"}
    person.follows(page.get_by_role("link", name="Rest breaks and a lighter load"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Rest breaks and a lighter load")
    asking = page.locator("section", has=page.get_by_role("heading", name="How to ask for it"))
    expect(asking).to_contain_text("You may write")
    expect(asking).to_contain_text("Whom to ask:")
    law = page.locator("section", has=page.get_by_role("heading", name="The law behind it"))
    expect(law).to_contain_text("34 CFR")


def test_a_father_learns_that_stem_cells_are_not_approved(person, page):
    person.opens("/", PHONE)
    person.types("What does the report say?", "stem cells")
    person.presses("Search")
    person.follows(page.get_by_role("link", name="Stem cell therapy sold by clinics"))

    expect(page.get_by_role("heading", name="A red flag: please read this first")).to_be_in_viewport()
    expect(page.get_by_role("region", name="A red flag")).to_contain_text(
        "the FDA had approved no stem cell product for any brain condition"
    )

    sold = page.get_by_role("region", name="How well it was tested").locator("li", has_text="Cells sold by a clinic")
    assert sold.count() >= 1
    for label in sold.all():
        expect(label.locator("[data-evidence]")).to_have_attribute("data-evidence", "not_recommended")
        expect(label).to_contain_text("In the United States: Not approved by the FDA")
    questions = page.locator("section", has=page.get_by_role("heading", name="questions to ask"))
    expect(questions.get_by_role("listitem").first).to_contain_text("approved by the FDA")


def test_a_grandmother_who_reads_spanish_finds_a_phone_that_answers_in_spanish(page, site):
    grandmother = Pointer(page, site)
    grandmother.opens("/", PHONE)
    grandmother.follows(page.get_by_role("link", name="Español"))
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ayuda en español")

    who_answer = page.locator("main li").filter(has=page.locator("a[href^='tel:']")).filter(has=page.locator("a[lang=en]"))
    expect(who_answer.first).to_contain_text(re.compile(r"\d{3}"))
    grandmother.follows(who_answer.first.locator("a[lang=en]"))

    expect(page.locator(".first-step a[href^='tel:']").first).to_be_in_viewport()
    expect(page.locator("dl div", has=page.get_by_text("Languages", exact=True))).to_contain_text("Spanish")


@pytest.mark.parametrize("address", ["/", "/es/"])
def test_the_examples_beside_the_search_box_are_understood(page, site, address):
    reader = Pointer(page, site)
    reader.opens(address)
    examples = page.locator("#condition-q-hint").inner_text().partition(": ")[2].split(", ")
    assert len(examples) >= 2
    for example in examples:
        reader.opens(address)
        page.locator("#condition-q").fill(example)
        reader.follows(page.locator(".condition-search button"))
        expect(page).to_have_url(re.compile(r"/conditions/"))
        expect(page.locator("main")).not_to_contain_text("We do not know")


def test_the_page_in_spanish_says_which_of_its_words_are_english(page, site):
    Pointer(page, site).opens("/es/")
    for english in ("Find help", "In danger right now?", "For families in the United States"):
        spoken_as = page.get_by_text(english).first.evaluate("element => element.closest('[lang]').lang")
        assert spoken_as == "en", f"“{english}” is read out as {spoken_as}"


@without_javascript
def test_a_reader_reports_a_dead_phone_number_without_javascript(page, site):
    reader = Pointer(page, site)
    reader.opens("/organizations/national-ataxia-foundation/", PHONE)
    reader.follows(page.get_by_role("link", name="Report a problem with this listing"))
    reader.presses("Send report")

    # Nothing was chosen: the page says so first, in the words that stand at the field.
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    assert summary.evaluate("summary => summary.closest('main').innerText.trim().startsWith(summary.innerText.trim())")
    expect(summary.get_by_role("heading")).to_have_text("There is a problem")
    complaint = summary.get_by_role("link")
    expect(page.locator(".field-error")).to_contain_text(complaint.inner_text())
    reader.follows(complaint)
    expect(page.get_by_role("radio").first).to_be_focused()

    reader.ticks(page.get_by_label("The phone number or link does not work"))
    page.get_by_label("Tell us more, if you like").fill("It rings, and nobody answers.")
    reader.presses("Send report")

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your report is saved.")
    report = Proposal.objects.get()
    assert (report.resource.slug, report.note) == ("national-ataxia-foundation", "It rings, and nobody answers.")
    reader.follows(page.get_by_role("link", name="Back to National Ataxia Foundation"))


def test_people_never_meet_the_trap_for_programs(visit, page):
    visit("report")
    expect(page.get_by_label("Leave this empty")).not_to_be_in_viewport()
    expect(page.get_by_role("textbox")).to_have_count(1)
    page.get_by_label("Tell us more, if you like").focus()
    send = page.get_by_role("button", name="Send report")
    assert tabs_to(page, send, most=1) == 1, "the trap stands between the words and the button"
