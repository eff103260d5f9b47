"""The ways in: each step, each failed try, and what comes before any work."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client

from resources.models import SignIn
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import SECRET, PersonFactory
from tests.shell.reading import Page, text
from tests.signing_in import PASSWORD, code, enter

pytestmark = pytest.mark.django_db
STEP = "/account/second-step/authenticate/"
SET_UP = "/account/second-step/"


@pytest.fixture
def person():
    return PersonFactory(role=EDITOR, username="Edith")


@pytest.fixture
def bare():
    return PersonFactory(role=SOCIAL_WORKER, secured=False)


def log():
    return list(SignIn.objects.order_by("pk").values_list("succeeded", "how"))


def test_password_then_code(client, person):
    assert enter(client, person).url == STEP
    assert client.get("/work/").url == "/account/sign-in/?next=/work/"
    assert client.post(STEP, {"code": code()}).url == "/work/"
    assert client.get("/work/").status_code == 200
    assert log() == [(True, "totp")]


def test_a_code_opens_once(client, person):
    same = code()
    enter(client, person)
    client.post(STEP, {"code": same})
    other = Client()
    enter(other, person)
    assert "was used already" in other.post(STEP, {"code": same}).content.decode()
    assert log() == [(True, "totp"), (False, "totp")]


def test_a_recovery_code_opens_once_too(client, person):
    first, *_others = RecoveryCodes.activate(person).generate_codes()
    for taken, outcome in ((first, (True, "recovery_codes")), (first, (False, "totp"))):
        browser = Client()
        enter(browser, person)
        browser.post(STEP, {"code": taken})
        assert log()[-1] == outcome


def test_failed_tries_are_kept_for_names_that_exist(client, person):
    for name in ("Edith", "eDITH", "nobody", "nobody\x00", "Edith\x00"):
        client.post("/account/sign-in/", {"login": name, "password": "wrong"})
    assert log() == [(False, "password")] * 2
    assert set(SignIn.objects.values_list("user", flat=True)) == {person.pk}


def test_a_passkey_that_is_not_theirs_is_kept_too(client, person):
    enter(client, person)
    client.get(STEP)
    answer = client.post(STEP, {"credential": json.dumps({"id": "x", "rawId": "x", "type": "public-key", "response": {}})})
    assert answer.status_code == 200
    assert log() == [(False, "webauthn")]


def test_without_a_second_step_it_is_set_up_before_any_work(client, bare):
    assert enter(client, bare).url == "/work/"
    for address in ("/work/", "/admin/", "/admin/resources/resource/", "/work/people/", "/admin/nothing/"):
        assert client.get(address).url == SET_UP
    page = Page(client.get(SET_UP))
    assert "a password alone is not enough" in text(page.main)
    assert client.get("/").status_code == 200


def test_the_second_step_set_up_it_leads_on_to_the_page_asked_for(client, bare):
    enter(client, bare)
    client.get("/work/people/?a=b")
    TOTP.activate(bare, SECRET)
    RecoveryCodes.activate(bare)
    for address in (SET_UP, "/account/second-step/recovery-codes/"):
        assert "/work/people/?a=b" in [link.get("href") for link in Page(client.get(address)).main.iter("a")]
    client.get("/work/")
    assert "/work/people/?a=b" not in client.get(SET_UP).content.decode()


def test_recovery_codes_alone_are_no_second_step(client, bare):
    RecoveryCodes.activate(bare)
    client.force_login(bare)
    assert client.get("/work/").url.startswith(SET_UP)


def test_on_ones_own_machine_it_can_be_skipped(client, bare, settings):
    settings.SECOND_FACTOR = False
    enter(client, bare)
    assert client.get("/work/").status_code == 200


def test_production_refuses_the_skip(settings):
    settings.SECOND_FACTOR = False
    with pytest.raises(SystemCheckError, match="people.E001"):
        call_command("check", deploy=True)


def set_up(client):
    """Right after the password nobody is asked for it again."""
    page = Page(client.get(f"{SET_UP}totp/activate/"))
    secret = text(page.one('code[@class="code"]'))
    return client.post(f"{SET_UP}totp/activate/", {"code": code(secret)})


def test_setting_up_an_app_gives_recovery_codes_and_ends_other_sessions(client, bare, django_capture_on_commit_callbacks):
    thief = Client()
    enter(thief, bare)
    enter(client, bare)
    with django_capture_on_commit_callbacks(execute=True):
        done = set_up(client)
    assert done.url == f"{SET_UP}recovery-codes/"
    assert len(Page(client.get(f"{SET_UP}recovery-codes/")).all('ul[@class="codes"]/li')) == 10
    assert client.get("/work/").status_code == 200
    assert thief.get("/work/").url == "/account/sign-in/?next=/work/"


def test_a_wrong_code_sets_nothing_up(client, bare):
    enter(client, bare)
    client.get(f"{SET_UP}totp/activate/")
    page = Page(client.post(f"{SET_UP}totp/activate/", {"code": "000000"}))
    assert page.title.startswith("Error: Set up an app")
    assert not Authenticator.objects.exists()


def test_later_it_is_asked_again_who_they_are(client, bare):
    client.force_login(bare)  # no password was typed a moment ago
    assert client.get(f"{SET_UP}totp/activate/").url.startswith("/account/confirm/?next=")


def test_secrets_are_not_readable_in_the_database(person, settings):
    RecoveryCodes.activate(person)
    rows = repr(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in rows and "gAAAA" in rows
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the next one"
    app = Authenticator.objects.get(type=Authenticator.Type.TOTP).wrap()
    assert app.validate_code(code())


def test_where_the_sites_key_was_lost_it_is_said_what_to_do(client, person, settings):
    settings.SECRET_KEY = "another one"
    enter(client, person)
    assert "Ask the staff to reset it." in client.post(STEP, {"code": code()}).content.decode()


def test_guessing_is_slowed_down(client, person):
    answers = [enter(client, person, "wrong").content.decode() for _ in range(6)]
    assert "Too many tries that failed" not in answers[4]
    assert "Too many tries that failed" in answers[5]
    assert "Too many tries that failed" in enter(client, person).content.decode()
    assert len(log()) == 5


def test_guessing_codes_is_slowed_down(client, person):
    enter(client, person)
    for _ in range(6):
        answer = client.post(STEP, {"code": "000000"})
    assert "Too many tries that failed" in answer.content.decode()


def test_one_network_that_asks_without_end_gets_a_kind_page(client):
    for number in range(31):
        answer = client.post("/account/sign-in/", {"login": f"nobody{number}", "password": ""})
    assert answer.status_code == 429
    assert "Too many tries" in text(Page(answer).one("h1"))


def test_whoever_is_deactivated_stays_out(client, person):
    client.force_login(person)
    person.is_active = False
    person.save()
    assert client.get("/work/").url == "/account/sign-in/?next=/work/"
    assert enter(client, person).url == "/account/deactivated/"
    assert client.get("/work/").status_code == 302
    assert (True, "totp") not in log()


def test_sessions_are_listed_and_ended(client, person):
    other = Client()
    for browser, ahead in ((client, 0), (other, 1)):
        enter(browser, person)
        browser.post(STEP, {"code": code(ahead=ahead)}, headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140"})
    page = Page(client.get("/account/sessions/"))
    assert [text(one) for one in page.all('th[@scope="row"]')] == ["Firefox on Linux (this one)", "Firefox on Linux"]
    client.post("/account/sessions/")
    assert UserSession.objects.count() == 1
    assert client.get("/work/").status_code == 200
    assert other.get("/work/").status_code == 302


def test_a_new_password_ends_the_other_sessions(client, person):
    other = Client()
    for browser in (client, other):
        browser.force_login(person)
    new = "three unrelated words"
    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)
    assert client.get("/work/").status_code == 200
    assert other.get("/work/").status_code == 302


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client, bare, address):
    answer = client.post("/account/sign-in/", {"login": bare.username, "password": PASSWORD, "next": address})
    assert answer.url == "/work/"


def test_there_is_no_sign_up(client):
    for address in ("/account/signup/", "/account/sign-up/", "/accounts/signup/", "/account/email/", "/account/password/reset/"):
        assert client.get(address).status_code == 404


def test_signing_out_forgets_the_session_and_its_address(client, person):
    enter(client, person)
    client.post(STEP, {"code": code()})
    assert UserSession.objects.exists()
    client.post("/account/sign-out/")
    assert not UserSession.objects.exists()
    assert client.get("/work/").status_code == 302
