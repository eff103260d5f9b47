"""Those who visit: each does the same with a page, in their own way."""

import time

import pytest
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}
without_javascript = pytest.mark.browser_context_args(java_script_enabled=False)


def follow(link, key=None):
    """Click it, or press the key on it, and wait until the page that comes is there. A click alone returns when that page begins,
    and what is then read or typed may belong to the page before."""
    with link.page.expect_navigation():
        link.press(key) if key else link.click()


def until(holds, seconds=30):
    """Wait for what no page shows: a draft that the browser sends as it closes."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.05)


class Pointer:
    """Points and clicks."""

    def __init__(self, page, site):
        self.page, self.site = page, site

    def opens(self, address, viewport=DESK):
        self.page.set_viewport_size(viewport)
        self.page.goto(self.site + address)

    def types(self, label, words):
        field = self.page.get_by_label(label, exact=True)
        self._touch(field)
        self.page.keyboard.type(words)
        expect(field).to_have_value(words)

    def rewrites(self, label, words):
        """Types in place of what the field holds."""
        self._touch(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.press("Delete")
        self.types(label, words)

    def follows(self, link):
        with self.page.expect_navigation():
            self._activate(link)

    def presses(self, name):
        self.follows(self.page.get_by_role("button", name=name, exact=True))

    def unfolds(self, summary):
        self._activate(self.page.locator("summary", has_text=summary))

    def ticks(self, choice):
        self._touch(choice)
        expect(choice).to_be_checked()

    def chooses(self, name, among):
        """One of the buttons of a question of which one holds."""
        self.ticks(among.get_by_label(name, exact=True))

    def _touch(self, element):
        element.first.click()

    _activate = _touch


class Keyboard(Pointer):
    """Uses Tab, Enter and the space bar alone."""

    MOST_TABS = 100

    def ticks(self, choice):
        self._touch(choice)
        self.page.keyboard.press("Space")
        expect(choice).to_be_checked()

    def chooses(self, name, among):
        choices, choice = among.get_by_role("radio"), among.get_by_label(name, exact=True)
        self._touch(choices)
        for _ in range(choices.count()):
            self.page.keyboard.press("ArrowDown")
            if choice.is_checked():
                return
        raise AssertionError(f"{name} is not reached by the arrow keys")

    def _touch(self, element):
        expect(element.first).to_be_visible()
        for _ in range(self.MOST_TABS):
            if is_focused(element):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{element} is not reached by {self.MOST_TABS} presses of Tab")

    def _activate(self, element):
        self._touch(element)
        self.page.keyboard.press("Enter")


def is_focused(element):
    """Whether it, or one of them, has the focus."""
    return element.evaluate_all("elements => elements.includes(document.activeElement)")


def tabs_to(page, element, most):
    """How often Tab is pressed until the element has the focus; more than `most` is one more than that."""
    for pressed in range(most + 1):
        if is_focused(element):
            return pressed
        page.keyboard.press("Tab")
    return most + 1


def height_from_first_to_last(*elements):
    """How much of a page shows all of them."""
    boxes = [element.bounding_box() for element in elements]
    return max(box["y"] + box["height"] for box in boxes) - min(box["y"] for box in boxes)


def layout_shift(page):
    """How far the page has moved under its reader's eyes so far; 0.1 is the most that is good."""
    return page.evaluate(
        """() => new Promise(done => {
             let total = 0
             new PerformanceObserver(list => list.getEntries().forEach(entry => { total += entry.hadRecentInput ? 0 : entry.value }))
               .observe({type: "layout-shift", buffered: true})
             requestAnimationFrame(() => setTimeout(() => done(total), 50))
           })"""
    )
