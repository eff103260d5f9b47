"""A provider's self-check: by a link that works once, without account, cookie or JavaScript."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.signing import Signer, TimestampSigner
from django.test import Client
from django.utils import timezone

from resources import document as documents
from resources import workflow
from resources.models import CheckRequest, Proposal, Resource
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import PersonFactory, ResourceFactory
from tests.shell.reading import Page, text

from .conftest import boxes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_answered_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def asked(listing):
    return workflow.ask(resource=listing, by=PersonFactory(role=SOCIAL_WORKER))


@pytest.fixture
def post(client, asked):
    untouched = boxes(Page(client.get(asked.get_absolute_url())))
    return lambda **typed: client.post(asked.get_absolute_url(), untouched | typed)


def test_it_shows_what_families_see_and_opening_it_uses_nothing_up(client, asked, whole):
    for _ in range(3):
        response = client.get(asked.get_absolute_url())
    page = whole(response, cookie=False)
    assert page.is_noindex
    assert "no-store" in response["Cache-Control"]
    assert boxes(page)["phone_0"] == "555-0101"
    assert asked.get_absolute_url() not in next(a.get("href") for a in page.root.iter("a") if a.get("href").startswith("/report/"))
    assert not Proposal.objects.exists()


def key(asked):
    return asked.get_absolute_url().split("/")[2]


@pytest.mark.parametrize("typed", [None, {}, {"said": "corrects"}, {"said": "closed"}])
def test_no_other_page_learns_the_key(client, asked, post, typed):
    response = client.get(asked.get_absolute_url()) if typed is None else post(**typed)
    assert response["Referrer-Policy"] == "strict-origin"
    assert key(asked) not in response.content.decode() + response.headers.get("Location", "")


def test_what_breaks_on_it_is_logged_without_the_key(asked, monkeypatch, caplog):
    monkeypatch.setattr(workflow, "answer", lambda **said: 1 / 0)
    client = Client(raise_request_exception=False)
    untouched = boxes(Page(client.get(asked.get_absolute_url())))
    assert client.post(asked.get_absolute_url(), untouched | {"said": "closed"}).status_code == 500
    assert "ZeroDivisionError" in caplog.text and key(asked) not in caplog.text


def test_all_right(client, post, asked, listing):
    response = post(said="confirms", whom="front desk")
    proposal = Proposal.objects.get()
    assert response.url == "/verify/thanks/"
    assert (proposal.origin, proposal.note) == ("provider", "All of it is right (front desk).")
    assert documents.read(proposal.document) == documents.of(listing)
    assert Resource.objects.get(pk=listing.pk).checked_on is None
    assert client.get(asked.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("said", ["corrects", "confirms"])  # right as corrected
def test_what_they_correct_is_proposed_and_not_live(post, listing, said):
    post(said=said, fees="Free", website="www.example.org/new")
    proposal = Proposal.objects.get()
    assert CheckRequest.objects.get().said == "corrects"
    assert documents.changed(documents.of(listing), documents.read(proposal.document)) == ["website", "fees"]
    assert proposal.document["website"] == "https://www.example.org/new"


def test_closed(post):
    post(said="closed", note="Since May.")
    proposal = Proposal.objects.get()
    assert (proposal.problem, proposal.document, "Since May." in proposal.note) == ("closed", None, True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choose one of the three answers"),
        ({"said": "corrects"}, "Say what has changed"),
        ({"said": "corrects", "email": "nobody"}, "Write an e-mail address"),
        ({"said": "corrects", "phone_new": "call us"}, "Write a phone number"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_lost(post, asked, client, whole, typed, said):
    response = post(**typed)
    assert response.status_code == 400
    page = whole(response, cookie=False)
    assert said in text(page.by_id("error-summary"))
    assert boxes(page).get("email") == typed.get("email", "old@example.org")
    assert client.get(asked.get_absolute_url()).status_code == 200


def test_whoever_read_what_was_changed_since_is_asked_to_read_it_again(post, listing, client, asked):
    document = documents.patched(documents.of(listing), {"fees": "$5"})
    workflow.edit(resource=listing, document=document, by=PersonFactory(role=EDITOR), why="heard", base=0)
    workflow.edit(
        resource=listing, document=documents.patched(document, {"fees": "$6"}), by=PersonFactory(role=EDITOR), why="heard", base=1
    )
    first = boxes(Page(client.get(asked.get_absolute_url()))) | {"base": "1", "fees": "$5", "said": "confirms"}
    page = Page(client.post(asked.get_absolute_url(), first))
    assert "changed while you read it" in text(page.by_id("error-summary"))
    assert boxes(page)["fees"] == "$6"
    assert not Proposal.objects.exists()


def forged(asked, how):
    key = asked.pk
    return {
        "nothing": "x",
        "bare key": str(key),
        "other key": f"{key + 1}.{Signer(sep='.', salt='resources.verify').sign(key).rpartition('.')[2]}",
        "other purpose": Signer(sep=".", salt="something").sign(key),
        "other secret": Signer(key="guessed", sep=".", salt="resources.verify").sign(key),
        "other signer": TimestampSigner(sep=".", salt="resources.verify").sign(key),
        "cut off": asked.get_absolute_url().split("/")[2][:-1],
        "no number": Signer(sep=".", salt="resources.verify").sign("1 OR 1=1"),
        "odd letters": "%00%E2%80%AE😀",
    }[how]


@pytest.mark.parametrize(
    "how", ["nothing", "bare key", "other key", "other purpose", "other secret", "other signer", "cut off", "no number", "odd letters"]
)
def test_a_forged_link_tells_nothing(how, asked, client, whole):
    response = client.get(f"/verify/{forged(asked, how)}/")
    assert response.status_code == 404
    page = whole(response, cookie=False)
    assert "We do not know this link" in text(page.main)
    assert "Ramp Society" not in page.html
    assert client.post(f"/verify/{forged(asked, how)}/", {"said": "closed"}).status_code == 404
    assert not Proposal.objects.exists()


def settle(how, asked):
    if how == "old":
        CheckRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif how == "used":
        workflow.answer(request=asked, said="closed")
    elif how == "withdrawn":
        workflow.withdraw(request=asked, by=asked.sent_by)
    else:
        Resource.objects.filter(pk=asked.resource_id).update(state="retired")


@pytest.mark.parametrize("how", ["old", "used", "withdrawn", "retired"])
@pytest.mark.parametrize("state", ["published", "draft"])
def test_a_link_that_is_over_says_so_and_leads_on(how, state, asked, listing, client, whole):
    Resource.objects.filter(pk=listing.pk).update(state=state)
    settle(how, asked)
    before = Proposal.objects.count()
    for response in (client.get(asked.get_absolute_url()), client.post(asked.get_absolute_url(), {"said": "confirms"})):
        page = whole(response, cookie=False)
        assert response.status_code == 410
        assert "has done its work" in text(page.main)
        is_public = state == "published" and how != "retired"
        assert ("Ramp Society" in page.html) is is_public
        assert (f"/report/?listing={listing.slug}" in page.html) is is_public
    assert Proposal.objects.count() == before


def test_a_link_opens_its_own_listing_alone(asked, client):
    other = workflow.ask(resource=ResourceFactory(published=True, name="Another"), by=asked.sent_by)
    client.post(
        other.get_absolute_url(), boxes(Page(client.get(other.get_absolute_url()))) | {"said": "closed", "resource": asked.resource_id}
    )
    assert Proposal.objects.get().resource.name == "Another"
    asked.refresh_from_db()
    assert asked.is_live


def test_programs_and_other_sites_are_kept_out(post, client, asked):
    assert post(said="closed", topic="buy now").status_code == 302
    assert not Proposal.objects.exists()
    assert client.post(asked.get_absolute_url(), {"said": "closed"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_too_many_answers_from_one_network_wait(listing, client):
    worker = PersonFactory(role=SOCIAL_WORKER)
    for number in range(21):
        asked = workflow.ask(resource=ResourceFactory(published=True), by=worker)
        untouched = boxes(Page(client.get(asked.get_absolute_url())))
        response = client.post(asked.get_absolute_url(), untouched | {"said": "confirms", "note": "Our words."})
        assert response.status_code == (302 if number < 20 else 400)
    page = Page(response)
    assert "try again in an hour" in text(page.by_id("error-summary"))
    assert boxes(page)["note"] == "Our words."
    assert asked.__class__.objects.get(pk=asked.pk).is_live
