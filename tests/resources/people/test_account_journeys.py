"""People come to work here: invited, in by code, by recovery code, by passkey, and helped when all is lost."""

import re

import pytest
from playwright.sync_api import expect

from resources.models.roles import EDITOR, SOCIAL_WORKER, STAFF
from tests.axe import faults
from tests.factories import PersonFactory
from tests.journeys.people import DESK, PHONE, Keyboard, Pointer, follow, without_javascript
from tests.signing_in import PASSWORD, code, let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WAYS = [
    pytest.param((Pointer, PHONE), id="by pointer, on a phone"),
    pytest.param((Pointer, DESK), id="without JavaScript", marks=without_javascript),
    pytest.param((Keyboard, DESK), id="by keyboard alone"),
]


@pytest.fixture
def site(live_server):
    return live_server.url


class Worker:
    """Somebody in a browser of their own, in their way."""

    def __init__(self, way, page, site, viewport=DESK):
        self.way, self.page, self.viewport = way(page, site), page, viewport

    def opens(self, address):
        self.way.opens(address, self.viewport)

    def signs_in(self, username, password=PASSWORD):
        self.way.types("Username", username)
        self.way.types("Password", password)
        self.way.presses("Sign in")

    def types_code(self, digits):
        self.way.types("Code", digits)
        self.way.presses("Sign in")

    def unfolds_the_rooms(self):
        """On a phone they are folded."""
        if self.viewport == PHONE:
            self.way.unfolds("Workspace")

    def signs_out(self):
        self.unfolds_the_rooms()
        self.way.presses("Sign out")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Sign in")


@pytest.fixture(params=WAYS)
def worker(request, page, site):
    way, viewport = request.param
    return Worker(way, page, site, viewport)


def test_invited_by_an_editor_a_social_worker_comes_to_work(worker, page, site):
    let_in(page, site, PersonFactory(role=EDITOR))
    worker.opens("/work/")
    worker.unfolds_the_rooms()
    worker.way.follows(page.get_by_role("link", name="People").first)
    worker.way.follows(page.get_by_role("link", name="Invite somebody"))
    worker.way.types("Username", "nell")
    worker.way.presses("Make the invitation")
    link = page.locator(".message a").get_attribute("href")
    worker.signs_out()

    page.goto(link)
    for label in ("Password", "Password again"):
        worker.way.types(label, "three unrelated words")
    worker.way.presses("Save the password")
    expect(page.locator(".message")).to_contain_text("Your password is set")
    worker.signs_in("nell", "three unrelated words")

    expect(page.locator("main")).to_contain_text("a password alone is not enough")
    worker.way.follows(page.get_by_role("link", name="Set up an app"))
    secret = page.locator("code.code").inner_text()
    worker.way.types("Code", code(secret))
    worker.way.presses("Set up")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(page.locator(".codes li")).to_have_count(10)
    worker.way.follows(page.get_by_role("link", name="I have kept them: go on"))
    expect(page.get_by_role("heading", level=1)).to_have_text("My day")
    worker.signs_out()

    worker.signs_in("nell", "three unrelated words")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    worker.types_code(code(secret, ahead=1))
    expect(page).to_have_url(re.compile("/work/$"))


def test_without_the_phone_a_recovery_code_opens_and_without_that_the_staff_helps(worker, page, site):
    boss, nell = PersonFactory(role=STAFF, username="boss"), PersonFactory(role=SOCIAL_WORKER, username="nell", secured=False)
    let_in(page, site, nell)
    worker.opens("/account/second-step/")
    worker.way.follows(page.get_by_role("link", name="Set up an app"))
    worker.way.types("Password", PASSWORD)  # the session is not of a moment ago
    worker.way.presses("Confirm")
    worker.way.types("Code", code(page.locator("code.code").inner_text()))
    worker.way.presses("Set up")
    first = page.locator(".codes code").first.inner_text()
    worker.signs_out()

    worker.signs_in("nell")
    worker.types_code(first)
    expect(page.get_by_role("heading", level=1)).to_have_text("My day")
    worker.signs_out()
    worker.signs_in("nell")
    worker.types_code(first)  # it is used up
    expect(page.get_by_role("alert").first).to_contain_text("was used already")

    let_in(page, site, boss)
    worker.opens("/work/people/")
    worker.way.follows(page.get_by_role("link", name="nell"))
    worker.way.presses("Reset the second step")
    expect(page.locator("main")).to_contain_text("Second step reset. boss")
    worker.signs_out()
    worker.signs_in("nell")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step at sign-in")
    expect(page.get_by_role("link", name="Set up an app")).to_be_visible()


@pytest.fixture
def key(page, context):
    """A key that asks for a fingerprint, which always fits."""
    line = context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    made = line.send("WebAuthn.addVirtualAuthenticator", {"options": kind | {"automaticPresenceSimulation": True}})
    return lambda fits: line.send("WebAuthn.setUserVerified", {"authenticatorId": made["authenticatorId"], "isUserVerified": fits})


def test_a_passkey_is_the_second_step_and_the_whole_sign_in(key, page, site):
    nell = Worker(Pointer, page, site)
    person = PersonFactory(role=SOCIAL_WORKER, username="nell", secured=False)
    nell.opens("/account/sign-in/")
    nell.signs_in("nell")
    nell.way.follows(page.get_by_role("link", name="Add a passkey"))
    nell.way.ticks(page.get_by_label("Sign in with this key alone"))
    nell.way.presses("Add the passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    nell.signs_out()

    nell.signs_in("nell")
    nell.way.presses("Use your passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("My day")
    nell.signs_out()

    key(fits=False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used.")).to_be_visible()
    key(fits=True)
    nell.way.presses("Sign in with a passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("My day")
    nell.opens("/account/second-step/webauthn/reauthenticate/?next=/account/")
    nell.way.presses("Use your passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    assert list(person.sign_ins.values_list("succeeded", "how").order_by("pk")) == [
        (True, "password"),
        (True, "webauthn"),
        (True, "webauthn"),
    ]


@without_javascript
def test_without_javascript_it_is_said_that_a_passkey_needs_it(page, site):
    page.goto(f"{site}/account/sign-in/")
    expect(page.get_by_text("A passkey needs JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).not_to_be_visible()


OUT = ["/account/sign-in/", "/account/forgotten/", "/account/deactivated/", "/account/welcome/MQ/none/"]
IN = [
    *("/work/", "/work/people/", "/work/people/invite/", "/account/", "/account/password/", "/account/sign-out/", "/account/sessions/"),
    *("/account/confirm/", "/account/second-step/", "/account/second-step/webauthn/"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(page, site, width, scheme):
    found = []
    page.on("console", lambda said: found.append(said.text) if said.type in ("error", "warning") else None)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)

    def look(name):
        found.extend(f"{name}: {fault}" for fault in faults(page))

    for address in OUT:
        page.goto(site + address)
        look(address)
    follow(page.get_by_role("link", name="For curators"))
    follow(page.get_by_role("button", name="Sign in", exact=True))
    look("sign-in with errors")
    nell, boss = PersonFactory(role=SOCIAL_WORKER, username="nell"), PersonFactory(role=STAFF, username="boss")
    person = Worker(Pointer, page, site)
    person.signs_in("boss")
    look("second step")
    person.types_code(code())
    for address in (*IN, "/account/second-step/webauthn/add/", f"/work/people/{nell.pk}/", f"/work/people/{boss.pk}/"):
        page.goto(site + address)
        look(address)
    page.goto(f"{site}/account/second-step/totp/deactivate/")
    look("take the app away")
    follow(page.get_by_role("button", name="Take it away"))
    follow(page.get_by_role("link", name="Set up an app"))
    look("set up an app")
    page.locator("[name=code]").fill(code(page.locator("code.code").inner_text()))
    follow(page.get_by_role("button", name="Set up"))
    look("recovery codes")
    assert found == []
