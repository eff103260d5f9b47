"""Narrowing down, as hands and ears meet it."""

import re

import pytest
from playwright.sync_api import expect

from .people import DESK, PHONE, Keyboard, layout_shift, tabs_to

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("catalogue")]
on_both = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["on a phone", "at a desk"])
with_and_without_filters = pytest.mark.parametrize("name", ["find", "find with filters"])


def test_after_apply_the_focus_is_on_the_results_and_their_number_is_said_once(person, page, site):
    person.opens("/find/")
    person.unfolds("Kind of help")
    choice = page.locator("[data-facet=kind][data-value=money]")
    promised = choice.get_attribute("data-count")
    person.ticks(choice.get_by_role("checkbox"))
    expect(page).to_have_url(f"{site}/find/")  # a tick alone sends nothing
    person.presses("Apply")

    heading = page.get_by_role("heading", name=f"{promised} results for Money")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    expect(page.locator("#result-count")).to_have_attribute("data-count", promised)
    expect(page.get_by_role("status").filter(has_text=f"{promised} results")).to_have_count(1)
    read_out_whole = page.locator("article").first.evaluate("card => Boolean(card.closest('[aria-live], [role=status], [role=alert]'))")
    assert not read_out_whole


@on_both
@with_and_without_filters
def test_six_tabs_at_most_lead_to_the_first_result(visit, page, name, viewport):
    visit(name, viewport)
    to_the_skip_link = tabs_to(page, page.get_by_role("link", name="Skip to results"), most=6)
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_be_focused()
    assert to_the_skip_link + tabs_to(page, page.locator("article a").first, most=6) <= 6


@on_both
@with_and_without_filters
def test_every_group_of_filters_is_fifteen_keys_away_at_most(visit, page, name, viewport):
    visit(name, viewport)
    tabs_to(page, page.get_by_role("link", name="Skip to filters"), most=6)
    page.keyboard.press("Enter")
    expect(page.locator("#filters")).to_be_in_viewport()
    groups = page.locator("#filters summary")
    assert groups.count() >= 5
    pressed = 1
    for group in groups.all():
        pressed += tabs_to(page, group, most=15)
        assert pressed <= 15, f"{group.inner_text()} is {pressed} keys away or more"


def test_chips_name_the_filters_and_each_takes_its_own_away(visit, page):
    visit("find with filters")
    chips = page.get_by_role("list", name="Filters in use").locator(".chip")
    expect(chips).to_have_text([re.compile("Cerebral palsy"), re.compile("School"), re.compile("Tiredness and stamina")])
    for chip in chips.all():
        expect(chip).to_have_accessible_name(re.compile("^Remove filter "))
        expect(chip.locator(".visually-hidden")).to_have_css("width", "1px")  # said, not shown
    for name, value in {"condition": "cerebral-palsy", "kind": "school", "need": "fatigue"}.items():
        expect(page.locator(f"#filters input[name={name}][value={value}]")).to_be_checked()

    with page.expect_navigation():
        chips.filter(has_text="School").click()
    expect(chips).to_have_text([re.compile("Cerebral palsy"), re.compile("Tiredness and stamina")])
    expect(page.locator("#filters input[name=kind][value=school]")).not_to_be_checked()
    expect(page.locator("#results")).to_be_focused()

    with page.expect_navigation():
        page.get_by_role("link", name="Clear all", exact=True).click()
    expect(page).to_have_url(re.compile(r"/find/$"))
    expect(chips).to_have_count(0)


def test_back_and_a_shared_link_show_the_same_results(visit, page, new_context):
    visit("find with filters")
    asked, shown = page.url, page.locator("article h3").all_inner_texts()
    with page.expect_navigation():
        page.locator("article a").first.click()
    page.go_back()
    assert page.locator("article h3").all_inner_texts() == shown
    friend = new_context().new_page()
    friend.goto(asked)
    assert friend.locator("article h3").all_inner_texts() == shown


@on_both
def test_suggestions_come_while_typing_and_the_keyboard_reaches_them(page, site, viewport):
    reader = Keyboard(page, site)
    reader.opens("/", viewport)
    reader.types("What does the report say?", "cerebellar hyp")
    suggestion = page.locator("#condition-suggestions").get_by_role("link", name="Cerebellar hypoplasia", exact=True)
    expect(suggestion).to_be_visible()
    reader.MOST_TABS = 6
    reader.follows(suggestion)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cerebellar hypoplasia")


def test_a_suggested_condition_joins_the_filters_in_use(page, site):
    reader = Keyboard(page, site)
    reader.opens("/find/?kind=school&need=fatigue")
    reader.types("Condition", "cerebral pal")
    reader.follows(page.locator("#f-condition-suggestions").get_by_role("link", name="Cerebral palsy", exact=True))
    expect(page.locator(".chip")).to_have_text([re.compile("Cerebral palsy"), re.compile("School"), re.compile("Tiredness and stamina")])


def test_suggestions_on_a_slow_line_do_not_push_the_page_about(page, site, slow_line):
    """They come more than half a second after the last key, and so count as a shift that nobody asked for."""
    reader = Keyboard(page, site)
    reader.opens("/", PHONE)
    slow_line()
    reader.types("What does the report say?", "cerebellar")
    expect(page.locator("#condition-suggestions a").first).to_be_visible()
    assert layout_shift(page) <= 0.1
