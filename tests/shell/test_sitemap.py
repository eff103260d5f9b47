"""What search engines are told."""

import xml.etree.ElementTree as ET
from urllib.robotparser import RobotFileParser

import pytest

from caregiver_finder.sitemaps import Pages
from conditions.models import Condition
from resources.models import Resource
from tests.shell.test_every_page import PAGES

from .reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def entries(client):
    """`{address: day of the last change or None}` of all sitemaps."""
    found = {}
    for section in read(client, "/sitemap.xml").iter(f"{XML}loc"):
        for entry in read(client, section.text).iter(f"{XML}url"):
            found[entry.findtext(f"{XML}loc").removeprefix("http://testserver")] = entry.findtext(f"{XML}lastmod")
    return found


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return ET.fromstring(response.content)  # noqa: S314 our own


def test_all_published_listings_and_pages_of_conditions_are_listed_and_no_others(entries):
    listings = {row.get_absolute_url(): row.dated_on.isoformat() for row in Resource.objects.published()}
    pages = {row.get_absolute_url(): row.reviewed_on.isoformat() for row in Condition.objects.with_pages()}
    assert {address: day for address, day in entries.items() if day} == listings | pages
    assert Resource.objects.exclude(pk__in=Resource.objects.published()).exists()
    assert Condition.objects.exclude(pk__in=Condition.objects.with_pages()).exists()


def test_every_page_that_is_listed_wants_to_be_found(client, entries):
    """The pages of conditions and listings are read in test_every_page.py."""
    pages = [address for address, day in entries.items() if not day]
    assert {"/", "/find/", "/conditions/", "/about/", "/privacy/health-data/", "/es/"} <= set(pages)
    for address in pages:
        response = client.get(address)
        assert response.status_code == 200, address
        assert not Page(response).is_noindex, address


def test_an_unknown_sitemap_is_not_found(client):
    assert client.get("/sitemap-people.xml").status_code == 404


def test_robots_may_read_pages_but_neither_forms_nor_the_admin(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    robots = RobotFileParser()
    robots.parse(response.content.decode().splitlines())
    assert robots.site_maps() == ["http://testserver/sitemap.xml"]
    for address in ("/", "/find/", "/conditions/cerebral-palsy/", "/organizations/cure-sma/"):
        assert robots.can_fetch("*", address)
    for address in ("/admin/", "/report/", "/report/?listing=cure-sma", "/suggest/", "/conditions/suggest/"):
        assert not robots.can_fetch("*", address)


def test_every_page_of_ours_is_in_the_sitemap():
    assert set(Pages().items()) == set(PAGES)
