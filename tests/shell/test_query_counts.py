"""Pages ask few queries, view and template together, and no more of them for 300 listings than for 10."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conditions.editorial import State
from conditions.models import Condition, ConditionSource, Section, SectionKind
from resources.models import Phone, Resource, ResourceKind, Source
from tests.factories import (
    AmountFactory,
    ConditionFactory,
    ConditionNameFactory,
    EvidenceFactory,
    LocationFactory,
    MoneyFactory,
    OrganizationFactory,
    PhoneFactory,
    ResourceFactory,
    SchoolFactory,
    ServiceFactory,
    SourceFactory,
    TermFactory,
    TherapyFactory,
    kinship,
)

pytestmark = pytest.mark.django_db
FINDER = [
    "/find/",
    "/find/?page=2&sort=name",
    "/find/?q=listing&need=respite&kind=guide&checked=year",
    "/find/?condition=hypoplasia",
    "/find/?condition=hypoplasia&condition=atrophy&need=respite&language=es",
    "/find/?q=nosuchword",
    "/find/?q=nosuchword&kind=money&condition=hypoplasia&checked=provider",
    "/find/?q=zebra&condition=hypoplasia",  # none but for a narrower type
    "/find/?q=neurones",  # in a listing, and nearly in the name of a condition
    "/find/?kind=nonsense&page=x&condition=hypoplasia",
]
WORDY = [  # many words that might each be looked up
    "/find/?kind=nonsense&q=" + "+".join(str(zip_code) for zip_code in range(10001, 10067)),
    "/find/?q=" + "+".join(["Aa+Bb+Cc,+TX"] * 30),
    "/find/?q=" + "+".join(f"listinx{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
]
OTHERS = [
    "/",
    "/find/?condition=cerebell",
    "/find/?condition=cerebell&condition=malform&condition=rare&condition=neuro",
    "/find/feed/?condition=hypoplasia",
    "/conditions/",
    "/conditions/?q=cerebell",
    "/conditions/?letter=C&page=2",
    "/conditions/suggest/?q=cerebell",
    "/conditions/suggest/?pick=find&condition=cerebell",
    "/conditions/hypoplasia/",
    "/conditions/joubert/",
    "/organizations/an-organization/",
    "/services/a-service/",
    "/therapies/a-therapy/",
    "/school/a-school/",
    "/money/a-benefit/",
    "/guides/a-guide/",
    "/report/?listing=a-guide",
    "/report/thanks/?listing=a-guide",
    "/es/",
    "/about/how-we-check/",
    "/status/",
    "/sitemap.xml",
    "/sitemap-listings.xml",
]


@pytest.fixture
def catalogue():
    """One listing of each kind with all that a page can show, and conditions around them."""
    made = kinship(joubert=["hypoplasia"], hypoplasia=["malformations"], malformations=["rare-disease"], atrophy=["rare-disease"])
    for condition in made.values():
        ConditionNameFactory(condition=condition, name=f"Cerebellar {condition.slug} of the neurons")
    hypoplasia = made["hypoplasia"]
    write_page(hypoplasia)
    terms = [TermFactory(slug="respite"), TermFactory(vocabulary="language", slug="es"), TermFactory(vocabulary="area", slug="TX")]
    shared = {"published": True, "conditions": [hypoplasia], "terms": terms}
    organization = OrganizationFactory(slug="an-organization", **shared)
    therapy = TherapyFactory(slug="a-therapy", red_flag_reason="Not approved.", **shared)
    service = ServiceFactory(slug="a-service", provider=organization, **shared)
    service.therapies.set([therapy, TherapyFactory(published=True)])
    MoneyFactory(slug="another-benefit", provider=organization, **shared)
    money = MoneyFactory(slug="a-benefit", provider=organization, **shared)
    AmountFactory(aid=money, source=SourceFactory(resource=money))
    school = SchoolFactory(slug="a-school", **shared)
    school.legal_basis.create(law="Section 504", citation="34 CFR 104.33", source=SourceFactory(resource=school))
    guide = ResourceFactory(slug="a-guide", **shared)
    PhoneFactory(resource=ResourceFactory(published=True, name="Zebra", summary="It knows neurones.", conditions=[made["joubert"]]))
    for row in (organization, service, money, school, guide):
        PhoneFactory.create_batch(2, resource=row, languages=["es"])
        LocationFactory(resource=row)
    for condition in made.values():
        label = EvidenceFactory(therapy=therapy, condition=condition)
        label.sources.set(SourceFactory.create_batch(2, resource=therapy))
    return made


def write_page(condition):
    Condition.objects.filter(pk=condition.pk).update(
        page_state=State.PUBLISHED, reviewer="Not yet reviewed", reviewed_on="2025-11-01", next_review_on="2026-11-01", funding="None"
    )
    ConditionSource.objects.create(
        condition=condition, key="nih", title="T", publisher="P", owner_kind="government", seen_on="2025-11-01", supports="it"
    )
    for kind in SectionKind:
        Section.objects.create(condition=condition, kind=kind, body="Words.[^nih]")


def grow(made, number):
    """`number` more listings of all kinds, conditions and words, with a phone each; and as many more conditions."""
    kinds = [kind for kind in ResourceKind if kind != ResourceKind.THERAPY]
    listings = Resource.objects.bulk_create(
        Resource(
            slug=f"more-{place}",
            kind=kinds[place % len(kinds)],
            name=f"Listing {place}",
            summary="A listing.",
            first_step="Call.",
            state=State.PUBLISHED,
            found_on="2025-11-01",
        )
        for place in range(number)
    )
    conditions = [*(made[slug] for slug in sorted(made)), None]
    for through, column, values in (
        (Resource.conditions.through, "condition_id", conditions),
        (Resource.terms.through, "term_id", [*made["hypoplasia"].resources.first().terms.all(), None]),
    ):
        pairs = [(listing, values[place % len(values)]) for place, listing in enumerate(listings)]
        through.objects.bulk_create(through(resource=listing, **{column: value.pk}) for listing, value in pairs if value)
    sources = Source.objects.bulk_create(
        Source(resource=listing, key="s", title="T", publisher="P", owner_kind="charity", seen_on="2025-11-01", supports="it")
        for listing in listings
    )
    Phone.objects.bulk_create(
        Phone(resource=source.resource, number="1-800-555-0100", languages=["es"], source=source) for source in sources
    )
    for place in range(number // 10):
        ConditionNameFactory(condition=ConditionFactory(slug=f"cerebellar-{place}"), name=f"Cerebellar kind {place}")


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(asked)


def queries_again(client, address):
    """When the cards that it shows are kept: which ones are kept before, the order of the addresses decides."""
    client.get(address)
    return queries(client, address)


@pytest.mark.parametrize(("addresses", "most"), [([*FINDER, *WORDY], 6), (OTHERS, 12)], ids=["the finder at most 6", "any page at most 12"])
def test_a_page_asks_few_queries(client, catalogue, addresses, most):
    grow(catalogue, 40)
    client.get("/find/?q=listing")  # names are read once, then kept
    counts = {address: queries(client, address) for address in addresses}
    assert {address: count for address, count in counts.items() if count > most} == {}


def test_the_number_of_listings_does_not_change_the_number_of_queries(client, catalogue):
    grow(catalogue, 10)
    few = {address: queries_again(client, address) for address in (*FINDER, *OTHERS)}
    Resource.objects.filter(slug__startswith="more-").delete()
    Condition.objects.filter(slug="cerebellar-0").delete()
    grow(catalogue, 300)
    many = {address: queries_again(client, address) for address in (*FINDER, *OTHERS)}
    assert {address: (few[address], count) for address, count in many.items() if count > few[address]} == {}


def test_the_pages_that_are_only_text_ask_nothing(client):
    """No `catalogue`: a query would still be counted."""
    about = ("/about/", "/about/inclusion/", "/privacy/health-data/", "/accessibility/")
    for address in ("/", *about, "/report/", "/suggest/", "/robots.txt"):
        assert queries(client, address) == 0, address
