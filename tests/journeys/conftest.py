"""The browser's side of a journey: how a page of each template is reached, and what may never happen on the way."""

from urllib.parse import urlsplit

import pytest

from .people import DESK, Keyboard, Pointer, without_javascript
from .templates import STATUS, TEMPLATES

WAYS = [
    pytest.param(Pointer, id="by pointer"),
    pytest.param(Pointer, id="without JavaScript", marks=without_javascript),
    pytest.param(Keyboard, id="by keyboard alone"),
]


@pytest.fixture
def site(live_server):
    return live_server.url


@pytest.fixture(params=WAYS)
def person(request, page, site):
    """Whoever goes the way: by pointer, without JavaScript, by keyboard alone."""
    return request.param(page, site)


@pytest.fixture
def visit(page, site, settings):
    """`visit("find with filters")`: open the template's page; returns its response."""

    def open_page(name, viewport=DESK):
        settings.DEBUG = name == "components"  # staff see the gallery too, but signing in leaves a cookie
        page.set_viewport_size(viewport)
        response = page.goto(site + TEMPLATES[name])
        if name == "report with errors":
            with page.expect_navigation() as sent:
                page.get_by_role("button", name="Send report").click()
            response = sent.value
        assert response.status == STATUS.get(name, 200), f"{name} answers {response.status}"
        return response

    return open_page


@pytest.fixture
def slow_line(page, context):
    """`slow_line()`: from here on the page comes over slow 3G."""

    def slow_down():
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        speed = {"latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}  # milliseconds, bytes a second
        line.send("Network.emulateNetworkConditions", {"offline": False, **speed})

    return slow_down


@pytest.fixture(autouse=True)
def unwanted(context, site):
    """On every journey: no request to another host, no fault in the console, no cookie, nothing kept on the device (P1)."""
    faults, expected = [], set()

    def refused(response):
        if response.request.is_navigation_request() and response.status >= 400:
            expected.add(response.url)  # the browser mentions it in its console

    def said(message):
        if message.type in ("error", "warning") and message.location["url"] not in expected:
            faults.append(f"console: {message.text} {message.location['url']}")

    def asked(request):
        if urlsplit(request.url).netloc != urlsplit(site).netloc and not request.url.startswith("data:"):
            faults.append(f"request to another host: {request.url}")

    context.on("response", refused)
    context.on("console", said)
    context.on("request", asked)
    context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
    yield faults
    faults += [f"cookie: {cookie['name']}" for cookie in context.cookies()]
    faults += [f"storage: {origin}" for origin in context.storage_state()["origins"]]
    assert faults == []
