import uuid

import pytest

from resources.models import Resource
from resources.models.resource import KIND_OF_PATH, KIND_PATHS, SPECIFIC, ResourceKind
from tests.factories import (
    AmountFactory,
    ConditionFactory,
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
)

pytestmark = pytest.mark.django_db
FACTORIES = {
    "organization": OrganizationFactory,
    "service": ServiceFactory,
    "therapy": TherapyFactory,
    "school": SchoolFactory,
    "money": MoneyFactory,
    "guide": ResourceFactory,
}
ADDRESSES = {
    "organization": "/organizations/x/",
    "service": "/services/x/",
    "therapy": "/therapies/x/",
    "school": "/school/x/",
    "money": "/money/x/",
    "guide": "/guides/x/",
}


def test_there_are_six_kinds_and_each_has_an_address():
    assert set(ResourceKind.values) == set(FACTORIES) == set(KIND_PATHS)
    assert {KIND_OF_PATH[path]: path for path in KIND_PATHS.values()} == KIND_PATHS
    assert set(SPECIFIC) == set(ResourceKind) - {ResourceKind.GUIDE}


@pytest.mark.parametrize("kind", FACTORIES)
def test_a_listing_is_found_at_its_address_and_knows_its_whole_self(kind):
    FACTORIES[kind](slug="x", kind=kind)
    listing = Resource.objects.get(slug="x")
    assert listing.get_absolute_url() == ADDRESSES[kind]
    assert listing.specific.pk == listing.pk
    assert type(listing.specific) is (Resource if kind == "guide" else FACTORIES[kind]._meta.model)


def test_a_new_listing_has_a_number_of_its_own_that_stays():
    one, other = ResourceFactory(), ResourceFactory()
    assert isinstance(one.uuid, uuid.UUID)
    assert one.uuid != other.uuid
    one.name = "Renamed"
    one.save()
    assert Resource.objects.get(pk=one.pk).uuid == one.uuid


@pytest.mark.parametrize(
    ("unconfirmed", "website", "email"),
    [
        ([], "https://x.example/", "a@x.example"),
        (["website"], "", "a@x.example"),
        (["email"], "https://x.example/", ""),
        (["email", "website"], "", ""),
    ],
)
def test_what_nobody_confirmed_is_hidden_from_families(unconfirmed, website, email):
    listing = Resource(website="https://x.example/", email="a@x.example", unconfirmed=unconfirmed)
    assert (listing.public_website, listing.public_email) == (website, email)


def test_a_phone_that_nobody_saw_is_hidden_from_families():
    listing = ResourceFactory()
    seen, unseen = PhoneFactory(resource=listing, number="1"), PhoneFactory(resource=listing, number="2", source=None)
    assert list(listing.phones.public()) == [seen]
    assert (seen.is_public, unseen.is_public) == (True, False)


def test_words_on_a_queryset_can_be_chained():
    ataxia, gout = ConditionFactory(slug="ataxia"), ConditionFactory(slug="gout")
    own = ResourceFactory(published=True, name="Rest", conditions=[ataxia])
    general = ResourceFactory(published=True, name="Rest for all")
    ResourceFactory(published=True, name="Rest elsewhere", conditions=[gout])
    ResourceFactory(name="Rest as a draft", conditions=[ataxia])
    assert set(Resource.objects.published().for_kin([ataxia.pk])) == {own, general}
    assert set(ataxia.resources.published()) == {own}


def test_a_listing_for_two_relatives_is_given_once():
    one, other = ConditionFactory(), ConditionFactory()
    listing = ResourceFactory(published=True, conditions=[one, other])
    assert list(Resource.objects.for_kin([one.pk, other.pk])) == [listing]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (lambda: ResourceFactory(name="Rest"), "Rest"),
        (lambda: TermFactory(label="A break"), "A break"),
        (lambda: PhoneFactory(number="988"), "988"),
        (lambda: LocationFactory(name="", city="Austin", region="TX"), "Austin, TX"),
        (lambda: SourceFactory(resource=ResourceFactory(), publisher="NIH", title="Ataxia"), "NIH: Ataxia"),
        (lambda: AmountFactory(text="$994"), "$994"),
        (
            lambda: EvidenceFactory(therapy=TherapyFactory(name="Riluzole"), condition=ConditionFactory(name="Ataxia"), level="limited"),
            "Riluzole for Ataxia: Limited evidence",
        ),
    ],
)
def test_rows_say_what_they_are(row, words):
    assert str(row()) == words
