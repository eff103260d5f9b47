"""A filtered view as an Atom feed."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from resources.finder.feeds import MOST
from tests.factories import ConditionFactory, MoneyFactory, OrganizationFactory, ResourceFactory, kinship

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def feed(client):
    def read(query=""):
        response = client.get(f"/find/feed/?{query}")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert not response.cookies
        return ET.fromstring(response.content)  # noqa: S314 our own

    return read


def titles(root):
    return [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")]


def test_it_tells_of_the_newest_first(feed):
    ResourceFactory(name="Draft")
    ResourceFactory(published=True, name="Seen in May", found_on=date(2025, 5, 1))
    ResourceFactory(published=True, name="Seen in July", found_on=date(2025, 7, 1))
    ResourceFactory(published=True, name="Confirmed in June", found_on=date(2024, 1, 1), checked_on=date(2025, 6, 1))
    assert titles(feed()) == ["Seen in July", "Confirmed in June", "Seen in May"]


def test_it_honours_every_filter_and_no_page(feed):
    made = kinship(sma=["rare"])
    MoneyFactory(published=True, name="Ramp fund", conditions=[made["rare"]])
    MoneyFactory(published=True, name="Ramp fund for others", conditions=[ConditionFactory()])
    OrganizationFactory(published=True, name="Ramp builders")
    assert titles(feed("q=ramp&kind=money&condition=sma&page=9&sort=name")) == ["Ramp fund"]
    assert titles(feed("kind=nonsense&kind=organization")) == ["Ramp builders"]
    assert titles(feed("q=nothing+like+it")) == []


def test_an_entry_says_what_where_and_when(feed):
    listing = ResourceFactory(published=True, slug="a-guide", name="A & B", summary="What it is <here>.", checked_on=date(2025, 6, 1))
    (entry,) = feed().findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{listing.uuid}"
    assert entry.findtext(f"{ATOM}title") == "A & B"
    assert entry.findtext(f"{ATOM}summary") == "What it is <here>."
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/guides/a-guide/"
    assert entry.findtext(f"{ATOM}updated") == "2025-06-01T00:00:00-04:00"


def test_it_names_the_view_and_leads_back_to_it(feed):
    ConditionFactory(slug="sma", name="Spinal muscular atrophy")
    root = feed("condition=sma&q=%3Cramp%3E&page=2")
    assert root.findtext(f"{ATOM}title") == "Caregiver Finder: Spinal muscular atrophy, “<ramp>”"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["alternate"] == "http://testserver/find/?condition=sma&q=%3Cramp%3E"
    assert links["self"].startswith("http://testserver/find/feed/?condition=sma")
    assert feed().findtext(f"{ATOM}title") == "Caregiver Finder: all listings"


def test_it_stays_short(feed):
    ResourceFactory.create_batch(MOST + 2, published=True)
    assert len(titles(feed())) == MOST


@pytest.mark.parametrize("query", ["q=%01", "q=a%0Bb", "q=%1F", "q=%EF%BF%BF", "condition=%08", "kind=%02", "need=%EF%BF%BE"])
def test_what_xml_cannot_hold_breaks_nothing(feed, query):
    ResourceFactory(published=True, name="A guide")
    feed(query)
