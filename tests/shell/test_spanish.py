"""The page in Spanish leads to listings in Spanish."""

import pytest

from resources.models import Phone
from tests.factories import OrganizationFactory, PhoneFactory, TermFactory

from .reading import Page, asked, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def spanish(client):
    return lambda: Page(client.get("/es/"))


@pytest.fixture
def es():
    return TermFactory(vocabulary="language", slug="es", label="Spanish")


def test_it_says_that_it_is_spanish_and_what_of_it_is_not(spanish, es):
    made = spanish()
    assert made.root.get("lang") == "es"
    assert text(made.one("h1")) == "Ayuda en español"
    for part in (made.one("header"), made.one("footer"), made.one('a[@class="skip"]')):
        assert part.get("lang") == "en"


def test_its_links_lead_to_listings_in_spanish(spanish, client, es):
    english = TermFactory(vocabulary="language", slug="en")
    OrganizationFactory(published=True, slug="both", terms=[es, english])
    OrganizationFactory(published=True, terms=[english])
    OrganizationFactory(terms=[es])
    made = spanish()
    links = [link.get("href") for link in made.main.iter("a") if link.get("href").startswith("/find/")]
    assert links
    assert all(asked(href)["language"] == ["es"] for href in links)
    (everything,) = [link for link in made.main.iter("a") if set(asked(link.get("href") or "")) == {"language"}]
    found = Page(client.get(everything.get("href")))
    assert found.slugs == ["both"]
    assert f" {found.count} " in text(everything)


def test_numbers_where_somebody_answers_in_spanish_can_be_called(spanish, es):
    listing = OrganizationFactory(published=True, name="Línea de ayuda", terms=[es])
    PhoneFactory(resource=listing, number="1-800-555-0111", languages=["es"])
    PhoneFactory(resource=listing, number="1-800-555-0222", languages=["en"])
    Phone.objects.create(resource=listing, number="1-800-555-0333", languages=["es"], source=None)
    words = text(spanish().main)
    assert "Línea de ayuda" in words
    assert "1-800-555-0111" in words
    assert "0222" not in words
    assert "0333" not in words
