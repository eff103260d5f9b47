"""What must hold on every template, and shows only in a browser. A rule takes the page and yields what is wrong with it."""

import gzip
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.axe import OPTIONS, look

from .people import DESK, PHONE, layout_shift, tabs_to
from .templates import TEMPLATES

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("catalogue")]
every_template = pytest.mark.parametrize("name", TEMPLATES)

SMALL = {"width": 320, "height": 640}  # and a desk's 1280 at 400% zoom
IN_DARK = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}  # nothing but colours differs

KB = 1024
HTML, CSS, JS, WHOLE_PAGE = 14 * KB, 12 * KB, 17 * KB, 50 * KB
LONG = {"condition", "glossary"}  # a caregiver page has its own length, and the limit of the whole page alone
MOST_TABS = 30  # from the top of a page; what follows is more of the same


@every_template
def test_axe_finds_nothing(visit, page, name):
    visit(name)
    faults = []
    for viewport in (SMALL, DESK):
        page.set_viewport_size(viewport)
        for scheme, options in {"light": OPTIONS, "dark": IN_DARK}.items():
            page.emulate_media(color_scheme=scheme)
            ran, found = look(page, options)
            assert {*ran} >= ({"target-size", "color-contrast"} if scheme == "light" else {"color-contrast"})
            faults += [f"{viewport['width']} {scheme} {fault}" for fault in found]
    assert faults == []


@every_template
def test_the_keyboard_goes_through_it_and_is_seen(visit, page, name):
    """A link to the main content comes first; wherever the focus goes it has an outline of two pixels, and is on the screen."""
    visit(name, PHONE)
    skip = page.locator("body > :first-child")
    expect(skip).to_have_text("Skip to main content")
    if page.locator("[autofocus]").count():  # the summary of a form's errors has the focus
        skip.focus()
    else:
        assert tabs_to(page, skip, most=1) == 1

    for _ in range(MOST_TABS):
        focused = page.locator(":focus")
        if not focused.count():
            break  # past the last link
        outline = focused.evaluate("e => getComputedStyle(e).outlineStyle === 'none' ? 0 : parseFloat(getComputedStyle(e).outlineWidth)")
        assert outline >= 2, f"no outline: {focused.evaluate('e => e.outerHTML')[:120]}"
        expect(focused).to_be_in_viewport()
        page.keyboard.press("Tab")

    skip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@every_template
def test_it_is_light_keeps_still_and_suits_its_reader(visit, page, unwanted, name):
    kinds = {}
    page.on("request", lambda request: kinds.update({request.url: request.resource_type}))
    final = visit(name, PHONE)
    page.wait_for_load_state("networkidle")
    weights = Counter(document=final.request.sizes()["responseBodySize"])
    for address, kind in kinds.items():
        if kind != "document":  # tests serve these plain; in production they are compressed at least as well
            weights[kind] += len(gzip.compress(page.request.get(address).body()))
    faults = [*too_heavy(weights, name), *shifts(page), *idle_scripts(page, weights), *unwanted]
    faults += [fault for rule in (wider_than_the_screen, moves, has_no_edge, is_lost_on_paper) for fault in rule(page)]
    assert faults == []


def too_heavy(weights, name):
    limits = {"document": WHOLE_PAGE if name in LONG else HTML, "stylesheet": CSS, "script": JS}
    yield from (f"{kind}: {weights[kind]} bytes, {limit} at most" for kind, limit in limits.items() if weights[kind] > limit)
    if weights.total() > WHOLE_PAGE:
        yield f"whole page: {dict(weights)}"


def idle_scripts(page, weights):
    if "script" in weights and not page.locator("[hx-get]").count():
        yield "a script is loaded that nothing uses"


def shifts(page):
    page.mouse.wheel(0, 3000)
    if (shift := layout_shift(page)) > 0.1:
        yield f"the layout shifts by {shift}"


def wider_than_the_screen(page):
    page.set_viewport_size(SMALL)
    if (width := page.evaluate("document.documentElement.scrollWidth")) > SMALL["width"]:
        yield f"{width} pixels wide on a screen of {SMALL['width']}"


def moves(page):
    """Whoever asks for less motion gets none."""
    page.emulate_media(reduced_motion="reduce")
    yield from page.locator("html, html *").evaluate_all(
        """elements => elements.filter(element => {
             const style = getComputedStyle(element)
             return style.scrollBehavior !== "auto" || [style.transitionDuration, style.animationDuration].some(each => parseFloat(each))
           }).map(element => "moves: " + element.outerHTML.slice(0, 80))"""
    )


def has_no_edge(page):
    """With forced colours, a control without an edge cannot be told from the page."""
    page.emulate_media(forced_colors="active")
    yield from page.locator(".button, .chip, .evidence, input[type=text], input[type=search], textarea, select").evaluate_all(
        """elements => elements.filter(element => {
             const style = getComputedStyle(element)
             return style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) < 1
           }).map(element => "has no edge: " + element.outerHTML.slice(0, 80))"""
    )
    page.emulate_media(forced_colors="none")


def is_lost_on_paper(page):
    """Paper shows every phone number, the address of every link to another site, and no navigation."""
    phones, links = page.locator("main a[href^='tel:']:visible"), page.locator("main a[href^='http']:visible")
    on_screen = phones.all_inner_texts()
    page.emulate_media(media="print")
    if phones.all_inner_texts() != on_screen:
        yield "a phone number is lost on paper"
    if page.get_by_role("navigation", name="Main").is_visible():
        yield "the navigation is printed"
    printed = links.evaluate_all(
        "links => links.map(link => [link.getAttribute('href'), link.innerText + getComputedStyle(link, '::after').content])"
    )
    yield from (f"{address} is printed as {words}" for address, words in printed if address.partition("://")[2] not in words)
    page.emulate_media(media="screen")


@pytest.mark.parametrize("condition", ["cerebellar-hypoplasia", "cerebellar-atrophy", "spinal-muscular-atrophy", "cerebral-palsy"])
def test_the_main_message_is_read_on_a_phone_without_scrolling(page, site, condition):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/conditions/{condition}/")
    message = page.locator("#main-message p").first
    assert len(message.inner_text().split()) >= 20
    expect(message).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("name", ["home", "condition"])
def test_on_a_slow_line_nothing_but_the_stylesheet_holds_up_the_words(page, site, slow_line, record_property, name):
    """On slow 3G the largest thing painted is text; when is noted (`lcp_ms` in the report of the run), not judged by the clock."""
    slow_line()
    page.set_viewport_size(PHONE)
    page.goto(site + TEMPLATES[name])
    largest = page.evaluate(
        """() => new Promise(done => new PerformanceObserver(list => {
             const last = list.getEntries().at(-1)
             done({time: last.startTime, picture: last.url, words: last.element.innerText})
           }).observe({type: "largest-contentful-paint", buffered: true}))"""
    )
    record_property("lcp_ms", round(largest["time"]))
    assert not largest["picture"] and len(largest["words"].split()) >= 5
    resources = "performance.getEntriesByType('resource')"
    blocking = page.evaluate(f"{resources}.filter(each => each.renderBlockingStatus === 'blocking').map(each => each.name)")
    assert [address.rpartition(".")[2] for address in blocking] == ["css"]
