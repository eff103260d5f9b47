"""Suggest a resource: in plain words, by anybody; it becomes a proposal, and never a listing by itself."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources import document as documents
from resources.models import Proposal, Resource
from resources.suggestions import KINDS, as_document
from tests.factories import ResourceFactory
from tests.shell.reading import Page, text
from tests.shell.rules import breaches

pytestmark = pytest.mark.django_db
GOOD = {
    "name": "Gentle Riders",
    "kind": "organization",
    "site": "riders.example.org",
    "phone": "555-0142",
    "whom": "Children with ataxia",
    "does": "Free riding lessons.",
    "more": "They are kind.",
}
PER_HOUR = 10


@pytest.fixture(autouse=True)
def nobody_has_suggested_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def client():
    """Enforces what a browser meets: a form without a token would be refused wherever one is asked for."""
    return Client(enforce_csrf_checks=True)


def whole(response):
    """The page, which keeps every rule for pages."""
    made = Page(response)
    assert breaches(made) == []
    return made


def test_the_form_and_the_thanks_are_whole(client):
    assert "what we list, and what we do not" in text(whole(client.get("/suggest/")).main)
    response = client.post("/suggest/", GOOD)
    assert (response.status_code, response.url) == (302, "/suggest/thanks/")
    assert "Your suggestion is saved" in text(whole(client.get(response.url)).main)


def test_a_group_becomes_the_proposal_of_a_listing_whose_facts_are_unconfirmed(client):
    client.post("/suggest/", GOOD)
    proposal = Proposal.objects.get()
    document = documents.read(proposal.document)
    assert (proposal.origin, proposal.state, proposal.resource) == ("suggestion", "open", None)
    assert (document.kind, document.slug, document.name, document.summary) == (
        "organization",
        "gentle-riders",
        "Gentle Riders",
        "Free riding lessons.",
    )
    assert (document.website, document.unconfirmed) == ("https://riders.example.org", ["website"])
    assert [(phone.number, phone.source) for phone in document.phones] == [("555-0142", None)]
    assert proposal.note.splitlines()[0] == "Gentle Riders"
    assert "For: Children with ataxia" in proposal.note and "More: They are kind." in proposal.note
    assert not Resource.objects.exists()


@pytest.mark.parametrize("kind", [kind for kind, _label in KINDS if kind not in ("organization", "service")])
def test_what_takes_more_than_a_reader_knows_is_kept_in_words(client, kind):
    client.post("/suggest/", GOOD | {"kind": kind})
    proposal = Proposal.objects.get()
    assert (proposal.document, proposal.about) == (None, "Gentle Riders")
    assert "https://riders.example.org" in proposal.note


def test_nothing_about_the_sender_is_kept_and_no_cookie_is_set(client):
    sent = client.post("/suggest/", GOOD, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Canary/1.0", HTTP_REFERER="https://canary.example/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cache")
        remembered = repr(Proposal.objects.values()[0]) + repr(cursor.fetchall())
    for trace in ("203.0.113", "Canary", "canary.example"):
        assert trace not in remembered
    assert not sent.cookies and "no-store" in sent["Cache-Control"]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_on_another_site_is_refused(client, site):
    assert client.post("/suggest/", GOOD, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert not Proposal.objects.exists()


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(client):
    assert client.post("/suggest/", GOOD | {"website": "https://spam.example/"}).url == "/suggest/thanks/"
    assert not Proposal.objects.exists()


def test_too_many_from_one_network_wait_and_lose_no_words(client):
    for _ in range(PER_HOUR):
        assert client.post("/suggest/", GOOD).status_code == 302
    page = whole(client.post("/suggest/", GOOD | {"more": "The eleventh."}))
    assert "Please try again in an hour" in text(page.by_id("error-summary"))
    assert "The eleventh." in page.html
    assert client.post("/report/", {"problem": "wrong"}).status_code == 302  # counted apart


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"name": ""}, "id_name", "Say what it is called"),
        ({"name": "\x00\x01"}, "id_name", "Say what it is called"),
        ({"name": "x" * 201}, "id_name", "200"),
        ({"kind": ""}, "id_kind_0", "Choose what kind of help it is"),
        ({"kind": "<script>"}, "id_kind_0", "is not one of the available choices"),
        ({"site": "javascript:alert(1)"}, "id_site", "Write a web address such as example.org"),
        ({"site": "not an address"}, "id_site", "Write a web address such as example.org"),
        ({"site": "", "phone": ""}, "id_site", "Give a web address or a phone number"),
        ({"does": ""}, "id_does", "Say what it does"),
        ({"does": "a\x00b"}, "id_does", "Null characters are not allowed"),
        ({"more": "x" * 1_000_000}, "id_more", "1200"),
    ],
)
def test_a_mistake_is_told_above_and_at_its_field_and_nothing_is_lost(client, wrong, field, sentence):
    response = client.post("/suggest/", GOOD | wrong)
    page = Page(response)
    (link,) = page.by_id("error-summary").iter("a")
    assert (response.status_code, link.get("href")) == (400, f"#{field}")
    assert sentence in text(link)
    assert page.title.startswith("Error: Suggest a resource")
    if not re.search(r"[\x00\x01]|javascript:", "".join(wrong.values())):  # what was typed is given back as it was
        assert breaches(page) == []
    assert "They are kind." in page.html or "more" in wrong
    assert not Proposal.objects.exists()


NAMES = ("Hope!", "Ménière's _Group_", "希望")


def test_the_slug_is_one_of_its_own():
    ResourceFactory(slug="hope")
    ResourceFactory(slug="hope-2")
    made = [as_document({"kind": "organization", "name": name, "does": "Help.", "phone": "", "site": ""}) for name in NAMES]
    assert [one.slug for one in made] == ["hope-3", "menieres-group", "suggestion"]


@given(name=st.text(max_size=300), does=st.text(max_size=300), phone=st.text(max_size=80))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_words_are_kept_or_refused_with_a_sentence(client, name, does, phone):
    cache.clear()
    Proposal.objects.all().delete()
    response = client.post("/suggest/", GOOD | {"name": name, "does": does, "phone": phone})
    if response.status_code == 302:
        assert documents.read(Proposal.objects.get().document).name
    else:
        assert response.status_code == 400
        assert "There is a problem" in response.content.decode()


@pytest.mark.parametrize("address", ["/about/", "/about/inclusion/", "/report/"])
def test_pages_lead_to_it(client, address):
    assert "/suggest/" in [link.get("href") for link in Page(client.get(address)).all("a")]
