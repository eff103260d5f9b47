"""Which addresses are checked: what families see, each once."""

import pytest

from conditions.models import ConditionSource, Section
from resources.curation.links.gathering import gather
from resources.models import Link, LinkUse, Resource
from tests.factories import ConditionFactory, OrganizationFactory, ResourceFactory, SourceFactory

pytestmark = pytest.mark.django_db


def uses():
    rows = LinkUse.objects.select_related("link", "resource", "condition")
    return {(use.link.address, (use.resource or use.condition).slug, use.place) for use in rows}


def an_organization(slug="ataxia", **fields):
    return OrganizationFactory(slug=slug, published=True, source__url="https://example.org/about", **fields)


def a_page(slug="joubert", source="https://nih.gov/joubert", body="Ask."):
    condition = ConditionFactory(slug=slug, with_page=True)
    ConditionSource.objects.create(
        condition=condition, key="nih", title="T", publisher="P", owner_kind="government", url=source, seen_on="2026-01-01", supports="it"
    )
    Section.objects.create(condition=condition, kind="money", body=body)
    return condition


def test_websites_sources_and_short_addresses_of_published_listings():
    an_organization(
        website="https://EXAMPLE.org", first_step="Apply at ssa.gov/benefits.", description="[Write](https://example.org/write) or call."
    )
    assert uses() == set()
    gather()
    assert uses() == {
        ("https://example.org/", "ataxia", "website"),
        ("https://example.org/about", "ataxia", "source"),
        ("https://ssa.gov/benefits", "ataxia", "text"),
        ("https://example.org/write", "ataxia", "text"),
    }


def test_what_families_do_not_see_is_not_checked():
    ResourceFactory(slug="draft", website="https://example.org/draft")
    an_organization(website="https://example.org/hidden", unconfirmed=["website"])
    unpublished = a_page()
    type(unpublished).objects.filter(pk=unpublished.pk).update(page_state="draft")
    gather()
    assert {address for address, _, _ in uses()} == {"https://example.org/about"}


def test_sources_and_texts_of_condition_pages():
    a_page(body="See cdc.gov/FindEI.")
    gather()
    assert uses() == {("https://nih.gov/joubert", "joubert", "source"), ("https://cdc.gov/FindEI", "joubert", "text")}


def test_an_address_that_many_name_is_one_row():
    for slug in ("a", "b"):
        an_organization(slug, website="https://example.org/#home")
    SourceFactory(resource=Resource.objects.get(slug="a"), url="https://EXAMPLE.org:443")
    gather()
    assert sorted(Link.objects.values_list("address", flat=True)) == ["https://example.org/", "https://example.org/about"]
    assert LinkUse.objects.filter(link__address="https://example.org/").count() == 3


def test_a_second_time_nothing_is_written_and_what_is_known_stays():
    an_organization()
    gather()
    Link.objects.update(result=Link.Result.WORKS)
    before = list(LinkUse.objects.order_by("pk").values())
    gather()
    assert list(LinkUse.objects.order_by("pk").values()) == before
    assert set(Link.objects.values_list("result", flat=True)) == {"works"}


def test_what_stands_nowhere_any_more_is_forgotten():
    listing, retired, page = (
        an_organization(website="https://example.org/old"),
        an_organization("retired", website="https://gone.org/"),
        a_page(),
    )
    gather()
    Resource.objects.filter(pk=listing.pk).update(website="https://example.org/new")
    Resource.objects.filter(pk=retired.pk).update(state="retired")
    page.sources.all().delete()
    gather()
    assert {address for address, _, _ in uses()} == {"https://example.org/new", "https://example.org/about"}
    assert Link.objects.count() == 2


def test_an_address_that_cannot_be_read_is_kept_to_be_shown():
    an_organization(website="https://xn--/")
    gather()
    assert Link.objects.filter(address="https://xn--/").exists()


def test_the_number_of_listings_does_not_change_the_number_of_queries(django_assert_max_num_queries):
    for place in range(30):
        an_organization(f"a{place}", website=f"https://example.org/{place}")
    with django_assert_max_num_queries(45):
        gather()
    assert Link.objects.count() == 31
