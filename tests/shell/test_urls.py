"""The addresses of the site: people bookmark them, and print them on leaflets."""

import pytest
from django.urls import reverse

from conditions.models import Condition
from resources.models import Resource, ResourceKind

from .reading import Page, text
from .rules import breaches

ADDRESSES = {
    "home": "/",
    "find": "/find/",
    "feed": "/find/feed/",
    "conditions": "/conditions/",
    "suggest": "/conditions/suggest/",
    "report": "/report/",
    "about": "/about/",
    "how_we_check": "/about/how-we-check/",
    "inclusion": "/about/inclusion/",
    "health_data": "/privacy/health-data/",
    "accessibility": "/accessibility/",
    "status": "/status/",
    "spanish": "/es/",
    "health": "/health/",
    "admin:index": "/admin/",
}
LISTINGS = {
    ResourceKind.ORGANIZATION: "/organizations/a-listing/",
    ResourceKind.SERVICE: "/services/a-listing/",
    ResourceKind.THERAPY: "/therapies/a-listing/",
    ResourceKind.SCHOOL: "/school/a-listing/",
    ResourceKind.MONEY: "/money/a-listing/",
    ResourceKind.GUIDE: "/guides/a-listing/",
}


@pytest.mark.parametrize(("name", "address"), ADDRESSES.items())
def test_each_page_has_its_address(name, address):
    assert reverse(name) == address


def test_each_kind_of_listing_has_its_address():
    assert {kind: Resource(kind=kind, slug="a-listing").get_absolute_url() for kind in ResourceKind} == LISTINGS
    assert Condition(slug="cerebral-palsy").get_absolute_url() == "/conditions/cerebral-palsy/"


@pytest.mark.parametrize("address", ["/find", "/conditions", "/about/how-we-check", "/es"])
def test_a_forgotten_slash_is_forgiven(client, address):
    response = client.get(f"{address}?kind=money")
    assert (response.status_code, response.url) == (301, f"{address}/?kind=money")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/find/", "/conditions/", "/about/inclusion/", "/privacy/health-data/", "/accessibility/", "/status/", "/es/"]
)
def test_a_site_without_any_listing_still_has_whole_pages(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert breaches(Page(response)) == []


@pytest.mark.django_db
def test_the_home_page_opens_the_doors_and_the_health_data_notice(client):
    home = Page(client.get("/"))
    form = home.one('form[@action="/conditions/"]')
    assert form.get("method") == "get"
    assert [field.get("name") for field in form.iter("input")] == ["q"]
    doors = [link.get("href") for link in home.all('ul[@class="doors"]/li/a')]
    assert doors == ["/find/?kind=organization&kind=service", "/find/?kind=therapy", "/find/?kind=school", "/find/?kind=money"]
    assert "/privacy/health-data/" in [link.get("href") for link in home.main.iter("a")]


@pytest.mark.parametrize("address", ["/", "/about/", "/about/how-we-check/", "/accessibility/"])
def test_every_page_says_for_whom_it_is_and_whom_to_call_in_danger(client, address):
    footer = Page(client.get(address)).one("footer")
    assert "For families in the United States." in text(footer)
    assert {"tel:911", "tel:988", "tel:211"} <= {link.get("href") for link in footer.iter("a")}


@pytest.mark.django_db
def test_a_load_balancer_learns_that_site_and_database_answer(client):
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
