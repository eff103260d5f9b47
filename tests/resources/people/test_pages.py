"""The pages of accounts and people: whole, kind, cheap, and never kept by a browser."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.models.roles import EDITOR, SOCIAL_WORKER, STAFF
from resources.people import accounts
from tests.factories import PersonFactory
from tests.shell.reading import Page, text
from tests.shell.rules import breaches
from tests.signing_in import code, enter

pytestmark = pytest.mark.django_db
OUT = ["/account/sign-in/", "/account/forgotten/", "/account/deactivated/", "/account/welcome/MQ/none/"]
IN = [
    *("/work/", "/work/people/", "/work/people/invite/", "/account/", "/account/password/", "/account/sign-out/", "/account/sessions/"),
    *("/account/confirm/", "/account/second-step/", "/account/second-step/reauthenticate/", "/account/second-step/totp/deactivate/"),
    *("/account/second-step/recovery-codes/", "/account/second-step/recovery-codes/generate/"),
    *("/account/second-step/webauthn/", "/account/second-step/webauthn/add/"),
]
MOST_QUERIES = 12


def faults(response):
    return [breach for breach in breaches(Page(response)) if not breach.startswith("sets_no_cookie")]


@pytest.fixture
def signed_in(client):
    """`signed_in(EDITOR)`: as a person does it, so that nobody is asked again who they are."""

    def sign_in(role, **fields):
        person = PersonFactory(role=role, **fields)
        RecoveryCodes.activate(person)
        enter(client, person)
        client.post("/account/second-step/authenticate/", {"code": code()})
        return person

    return sign_in


@pytest.mark.parametrize("address", OUT)
def test_pages_before_signing_in_are_whole(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert faults(response) == []
    assert "no-store" in response["Cache-Control"]
    assert Page(response).is_noindex


@pytest.mark.parametrize("address", IN)
def test_pages_of_those_who_signed_in_are_whole_and_cheap(client, signed_in, address):
    signed_in(STAFF)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    assert faults(response) == []
    assert len(asked) <= MOST_QUERIES
    assert "no-store" in response["Cache-Control"]


def test_pages_of_one_key_are_whole(client, signed_in):
    person = signed_in(EDITOR)
    key = Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "My phone", "credential": {}})
    address = f"/account/second-step/webauthn/keys/{key.pk}/"
    for response in (client.get(f"{address}edit/"), client.get(f"{address}remove/"), client.get("/account/second-step/webauthn/")):
        assert response.status_code == 200
        assert faults(response) == []
    client.post(f"{address}remove/")
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_the_second_step_is_whole_with_and_without_a_mistake(client):
    person = PersonFactory(role=EDITOR)
    enter(client, person)
    address = "/account/second-step/authenticate/"
    assert faults(client.get(address)) == []
    wrong = client.post(address, {"code": "000000"})
    assert faults(wrong) == []
    assert Page(wrong).title.startswith("Error: Second step")


@pytest.mark.parametrize(("address", "answers"), [("/account/sign-in/", {}), ("/account/password/", {}), ("/work/people/invite/", {})])
def test_a_mistake_is_said_above_and_at_its_field(client, signed_in, address, answers):
    if address != "/account/sign-in/":
        signed_in(STAFF)
    response = client.post(address, answers)
    page = Page(response)
    assert faults(response) == []
    assert page.title.startswith("Error: ")
    assert page.by_id("error-summary") is not None
    assert len(page.all('p[@class="field-error"]')) >= 2 or page.all("*[@data-passkey-failed]")


def test_the_list_of_people_asks_no_more_for_many(client, signed_in):
    signed_in(EDITOR)

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/work/people/").status_code == 200
        return len(asked)

    few = count()
    PersonFactory.create_batch(20, role=SOCIAL_WORKER)
    assert count() == few <= MOST_QUERIES


def test_an_editor_invites_a_social_worker_and_no_other_role(client, signed_in):
    editor = signed_in(EDITOR)
    shown = [box.get("value") for box in Page(client.get("/work/people/invite/")).all('input[@type="radio"]')]
    assert shown == [SOCIAL_WORKER]
    answers = {"username": "newcomer", "first_name": "Nell", "role": STAFF}
    assert client.post("/work/people/invite/", answers).status_code == 400
    page = Page(client.post("/work/people/invite/", answers | {"role": SOCIAL_WORKER}, follow=True))
    person = User.objects.get(username="newcomer")
    link = next(one.get("href") for one in page.main.iter("a") if "/account/welcome/" in one.get("href"))
    assert text(page.one("h1")) == "Nell"
    assert link.startswith("http://testserver/account/welcome/")
    assert faults(page.response) == []
    assert client.get(f"/work/people/{person.pk}/").content.decode().count("/account/welcome/") == 0  # it is shown once
    assert editor.username in text(page.main)


def test_a_username_that_differs_by_capitals_alone_is_taken(client, signed_in):
    signed_in(EDITOR)
    PersonFactory(username="Nell")
    page = Page(client.post("/work/people/invite/", {"username": "nELL", "role": SOCIAL_WORKER}))
    assert "Somebody has this username already." in text(page.by_id("error-summary"))


@pytest.fixture
def welcome(client):
    """`welcome(person)`: the page to which a new link of theirs leads."""

    def follow(person):
        return client.get(accounts.link(person=person, by=PersonFactory(is_superuser=True)), follow=True)

    return follow


def test_the_link_sets_a_password_once(client, welcome):
    person = PersonFactory(role=SOCIAL_WORKER)
    response = welcome(person)
    address = response.redirect_chain[-1][0]
    assert faults(response) == []
    assert person.username in text(Page(response).main)
    word = "three unrelated words"
    assert faults(client.post(address, {"new_password1": word, "new_password2": "x"})) == []
    done = client.post(address, {"new_password1": word, "new_password2": word}, follow=True)
    assert "Your password is set" in text(Page(done).main)
    person.refresh_from_db()
    assert person.check_password(word)
    assert "has been used" in text(Page(client.get(address)).main)


def test_the_link_of_somebody_deactivated_is_dead(client, welcome):
    person = PersonFactory(role=SOCIAL_WORKER)
    link = accounts.link(person=person, by=PersonFactory(is_superuser=True))
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert "has been used" in text(Page(client.get(link, follow=True)).main)


@pytest.mark.parametrize("token", ["x", "%00", "set-password", "of somebody else"])
def test_forged_links_are_answered_with_a_sentence(client, token):
    if token == "of somebody else":  # made here: it tells the second, and every process must find tests of the same names
        token = default_token_generator.make_token(User(pk=1, password="x"))
    page = Page(client.get(f"/account/welcome/%00/{token}/", follow=True))
    assert "Ask whoever gave it to you" in text(page.main)


def test_the_staff_helps_from_a_persons_page(client, signed_in):
    signed_in(STAFF)
    person = PersonFactory(role=EDITOR)
    address = f"/work/people/{person.pk}/"
    names = [text(button) for button in Page(client.get(address)).main.iter("button")]
    assert names == ["Sign out", "Make a link to a new password", "Reset the second step", "Deactivate the account"]
    for verb, said in (("link", "/account/welcome/"), ("reset", "sets up a new second step"), ("deactivate", "can no longer sign in")):
        page = Page(client.post(f"{address}{verb}/", follow=True))
        assert said in page.html
        assert faults(page.response) == []
    assert "The account is deactivated" in client.post(f"{address}link/", follow=True).content.decode()
    assert client.post(f"{address}promote/").status_code == 404


def test_what_an_editor_may_not_do_is_neither_shown_nor_done(client, signed_in):
    signed_in(EDITOR)
    person = PersonFactory(role=SOCIAL_WORKER)
    address = f"/work/people/{person.pk}/"
    page = Page(client.get(address))
    assert [text(button) for button in page.main.iter("button")] == ["Sign out"]
    assert "Your role does not allow this" in client.post(f"{address}reset/", follow=True).content.decode()
    assert Authenticator.objects.filter(user=person).exists()
    assert client.get(f"/work/people/{PersonFactory(is_superuser=True).pk}/").status_code == 404
