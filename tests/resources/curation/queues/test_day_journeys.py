"""A social worker's morning in the queues, without JavaScript; two who want the same item; and pages that everybody can use."""

import pytest
from playwright.sync_api import expect

from resources import workflow
from resources.curation.queues import errands
from resources.curation.queues.table import QUEUES
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.axe import faults
from tests.factories import OrganizationFactory, PersonFactory, PhoneFactory, today
from tests.journeys.people import follow, without_javascript
from tests.signing_in import let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in(page, live_server):
    """`signed_in(person, address)`: the browser, on that page, as that person."""

    def open_page(person, address="/work/"):
        let_in(page, live_server.url, person)
        page.goto(live_server.url + address)
        return page

    return open_page


@pytest.fixture
def overdue():
    """Three listings, the most overdue first."""
    days = {"Ramps for all": 90, "Quiet rooms": 60, "Night rides": 30}
    made = [OrganizationFactory(name=name, published=True, next_check_on=today(-ago)) for name, ago in days.items()]
    PhoneFactory(resource=made[0])
    return made


@without_javascript
def test_a_morning_of_overdue_checks(signed_in, overdue, live_server):
    nell = PersonFactory(role=SOCIAL_WORKER, first_name="Nell")
    page = signed_in(nell)
    follow(page.get_by_role("link", name="Overdue checks"))
    expect(page.locator("#result-count")).to_have_attribute("data-count", "3")

    page.get_by_label("Tick Ramps for all").check()
    page.get_by_label("Because").fill("Their office is closed.")
    follow(page.get_by_label("Because"), key="Enter")  # snoozes, and the day is missing
    expect(page.get_by_role("alert")).to_contain_text("Choose the day on which it shall come back.")
    expect(page.get_by_label("Because")).to_have_value("Their office is closed.")
    page.get_by_label("Snooze until").fill(today(3).isoformat())
    follow(page.get_by_role("button", name="Snooze", exact=True))
    expect(page.get_by_role("status").first).to_contain_text("1 put off")
    expect(page.get_by_role("link", name="Ramps for all")).to_have_count(0)

    follow(page.get_by_role("button", name="Claim Night rides"))
    expect(page.get_by_role("status").first).to_contain_text("1 is yours")
    follow(page.get_by_role("button", name="Open the next"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Quiet rooms")
    workflow.check(resource=overdue[1], by=nell, how="call", outcome="confirmed")
    follow(page.get_by_role("button", name="Next in this queue"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Night rides")

    follow(page.get_by_role("link", name="My day"))
    expect(page.get_by_text("Done today: 1 checked.")).to_be_visible()
    follow(page.get_by_role("link", name="What I did today"))
    expect(page.get_by_role("row", name="Quiet rooms")).to_contain_text("Confirmed: all of it is right")


def test_two_want_the_same_and_the_second_is_told_who_has_it(signed_in, overdue):
    nell, omar = PersonFactory(role=SOCIAL_WORKER, first_name="Nell"), PersonFactory(role=SOCIAL_WORKER, first_name="Omar")
    page = signed_in(omar, "/work/queues/overdue/")
    errands.claim(queue=QUEUES["overdue"], item=overdue[0].pk, by=nell)  # while he looks at the page
    follow(page.get_by_role("button", name="Claim Ramps for all"))
    expect(page.get_by_role("status").first).to_contain_text("Nell has it")
    expect(page.get_by_role("row", name="Ramps for all")).to_contain_text("Nell")
    follow(page.get_by_role("button", name="Open the next"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Quiet rooms")


def test_a_queue_is_gone_through_by_keys_of_one_letter(signed_in, overdue):
    page = signed_in(PersonFactory(role=SOCIAL_WORKER))
    hint = page.get_by_text("Faster by keyboard")
    hint.get_by_role("link").click()  # unfolds the list of keys
    page.get_by_label("Keys of one letter work on this device").check()
    page.goto(page.url.partition("#")[0] + "queues/overdue/")
    for name in ("Ramps for all", "Quiet rooms"):
        with page.expect_navigation():
            page.keyboard.press("n")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.keyboard.press("?")
    expect(page.locator("[data-keys]")).to_contain_text("Next in this queue")
    expect(page.locator("[data-keys]")).to_contain_text("Call, with a script")
    with page.expect_navigation():
        page.keyboard.press("c")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check Quiet rooms")
    follow(page.get_by_role("link", name="My day"))
    expect(page.get_by_role("link", name="New listing")).to_be_visible()
    expect(hint).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing_on_the_pages_of_a_day(width, scheme, signed_in, overdue, live_server):
    editor = PersonFactory(role=EDITOR, first_name="Ed")
    queue = QUEUES["overdue"]
    errands.claim(queue=queue, item=overdue[0].pk, by=editor)
    errands.snooze(queue=queue, item=overdue[1].pk, by=editor, until=today(1), reason="Closed.")
    workflow.check(resource=overdue[2], by=editor, how="call", outcome="no_answer")
    page = signed_in(editor)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    item = f"/work/queues/overdue/{overdue[0].pk}/"
    day = [
        "/work/",
        "/work/queues/overdue/",
        "/work/queues/overdue/?show=snoozed",
        "/work/queues/links/",
        item,
        "/work/done/",
        "/work/status/",
    ]
    found = {}
    for address in day:
        page.goto(live_server.url + address)
        found[address] = faults(page)
    page.goto(live_server.url + "/work/queues/overdue/")
    follow(page.get_by_role("button", name="Snooze", exact=True))
    found["with errors"] = faults(page)
    assert {address: some for address, some in found.items() if some} == {}
