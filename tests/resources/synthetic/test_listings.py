from collections import Counter

import pytest

from resources.synthetic.listings import ORGANIZATIONS, World, invented

WORLD = World(
    examples={
        kind: [({"need": ["respite"], "language": ["en"]}, 0), ({"need": ["equipment"]}, 2)]
        for kind in ("organization", "service", "money", "school", "guide", "therapy")
    },
    names={f"condition-{number}": f"Condition {number}" for number in range(200)},
    languages=["en", "es"],
    states=["us-tx", "us-md"],
)
LISTINGS = [invented(WORLD, number) for number in range(900)]


def test_a_number_always_gives_the_same_listing():
    assert LISTINGS[700] == invented(World(WORLD.examples, dict(reversed(WORLD.names.items())), WORLD.languages, WORLD.states), 700)


def test_no_two_are_the_same_listing():
    assert len({listing.uuid for listing in LISTINGS}) == len({listing.slug for listing in LISTINGS}) == len(LISTINGS)


def test_a_provider_is_an_organization_that_came_before():
    assert all(listing.provider < listing.number for listing in LISTINGS if listing.provider is not None)
    assert {LISTINGS[listing.provider].kind for listing in LISTINGS if listing.provider is not None} == {"organization"}
    assert {listing.kind for listing in LISTINGS[::ORGANIZATIONS]} == {"organization"}


def test_terms_are_those_of_the_examples_and_of_the_place():
    assert {vocabulary for listing in LISTINGS for vocabulary, _slug in listing.terms} == {"need", "language", "area"}
    assert all(("area" in dict(listing.terms)) == (listing.coverage in ("local", "state")) for listing in LISTINGS)


def test_few_conditions_have_most_listings():
    tagged = Counter(slug for listing in LISTINGS for slug in listing.conditions)
    assert [slug for slug, _times in tagged.most_common(2)] == WORLD.by_frequency[:2]
    assert sum(times for _slug, times in tagged.most_common(20)) > sum(tagged.values()) / 4


@pytest.mark.parametrize("field", ["name", "summary", "first_step", "eligibility"])
def test_what_every_published_listing_has(field):
    assert all(getattr(listing, field).strip() for listing in LISTINGS)
