"""Nothing leaves the site, and nothing stays with the reader."""

import pytest
from django.test import override_settings

from tests.factories import ConditionFactory, ResourceFactory

from .rules import sends_the_privacy_headers, sets_no_cookie

pytestmark = pytest.mark.django_db
ANSWERS = [
    ("/", 200),
    ("/find/?q=ramp", 200),
    ("/find/feed/", 200),
    ("/conditions/suggest/?q=sma", 200),
    ("/conditions/sma/", 200),
    ("/guides/a-guide/", 200),
    ("/report/", 200),
    ("/status/", 200),
    ("/es/", 200),
    ("/health/", 200),
    ("/robots.txt", 200),
    ("/sitemap.xml", 200),
    ("/find/?condition=Sma!", 302),
    ("/nothing/", 404),
    ("/guides/nothing/", 404),
]


class Answer:
    def __init__(self, response):
        self.response = response


@pytest.fixture(autouse=True)
def a_condition_and_a_guide():
    ConditionFactory(slug="sma")
    ResourceFactory(published=True, slug="a-guide")


@pytest.mark.parametrize(("address", "status"), ANSWERS)
def test_every_answer_carries_the_privacy_headers_and_no_cookie(client, address, status):
    answer = Answer(client.get(address))
    assert answer.response.status_code == status
    assert [*sends_the_privacy_headers(answer), *sets_no_cookie(answer)] == []


@pytest.mark.parametrize("address", ["/find/", "/conditions/sma/", "/guides/a-guide/"])
def test_a_page_is_the_same_for_everybody(client, address):
    """It may be kept by a cache between: no session is looked at."""
    assert "cookie" not in client.get(address).get("Vary", "").lower()


@pytest.mark.parametrize("address", ["/find/", "/conditions/sma/"])
def test_pages_travel_compressed(client, address):
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 14 * 1024


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=63_072_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True)
def test_in_production_plain_http_is_left_at_once(client):
    response = client.get("/find/?kind=money")
    assert (response.status_code, response.url) == (301, "https://testserver/find/?kind=money")
    assert client.get("/", secure=True)["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
