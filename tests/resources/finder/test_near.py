"""Near a ZIP code: by distance, by the area that is served, and with every count exact."""

from random import Random

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.finder.filters import ResourceFilter
from resources.finder.index import keeper
from resources.finder.search import Search
from resources.models import Location, Place, Resource
from tests.factories import LocationFactory, ResourceFactory, TermFactory
from tests.shell.reading import Page

pytestmark = pytest.mark.django_db
TEXAS, OREGON = ("us-tx", "Texas"), ("us-or", "Oregon")


@pytest.fixture
def zips():
    rows = [
        ("78701", "Austin", "TX", 30.27, -97.74),
        ("78664", "Round Rock", "TX", 30.51, -97.66),
        ("77002", "Houston", "TX", 29.76, -95.37),
    ]
    rows += [("97201", "Portland", "OR", 45.50, -122.69), ("09001", "Apo", "AE", None, None)]
    Place.objects.bulk_create(Place(*row) for row in rows)


def listing(slug, *places, area=None, coverage="local", **more):
    terms = [TermFactory(vocabulary="area", slug=area[0], label=area[1])] if area else []
    row = ResourceFactory(published=True, slug=slug, coverage=coverage, terms=terms, **more)
    for place in places:
        LocationFactory(resource=row, **(place if isinstance(place, dict) else {"postal_code": place}))
    return row


@pytest.fixture
def listings(zips):
    listing("round-rock", "78664")
    listing("austin", {"latitude": 30.28, "longitude": -97.75, "postal_code": "97201"})  # its own point wins over its ZIP
    listing("houston", "77002-1234")
    listing("portland", "97201")
    listing("two-places", "97201", "77002")
    listing("for-texas", area=TEXAS, coverage="state")
    listing("for-oregon", area=OREGON, coverage="state")
    listing("for-all", "97201", coverage="national")
    listing("online", coverage="worldwide")
    listing("abroad", coverage="other_country")
    listing("nobody-knows")


def slugs(query):
    search = Search(QueryDict(query))
    assert set(search.answer.ids) == {row.pk for row in ResourceFilter(search.query, vocabularies=search.index.vocabularies).qs}
    return [row.slug for row in search.results]


def test_the_close_come_first_then_what_serves_the_place_then_the_far(listings):
    found = slugs("near=78701")
    assert found[:2] == ["austin", "round-rock"]
    assert set(found[2:6]) == {"for-texas", "for-all", "online", "nobody-knows"}
    assert found[6:] == ["houston", "two-places", "portland"]


def test_within_keeps_the_close_and_what_serves_the_place(listings):
    everywhere = {"for-texas", "for-all", "online", "nobody-knows"}
    assert set(slugs("near=78701&within=10")) == {"austin"} | everywhere
    assert set(slugs("near=78701&within=200")) == {"austin", "round-rock", "houston", "two-places"} | everywhere
    assert set(slugs("near=97201&within=5")) == {"portland", "two-places", "for-oregon", "for-all", "online", "nobody-knows"}


def test_other_orders_can_be_chosen_and_the_distance_is_still_shown(listings):
    assert slugs("near=78701&sort=name")[:2] == ["austin", "for-all"]
    search = Search(QueryDict("near=78701&sort=distance"))
    assert {row.slug: miles and round(miles) for row in search.results for miles in [search.answer.miles(row.pk)]} == {
        "austin": 1,
        "round-rock": 17,
        "houston": 146,
        "two-places": 146,
        "portland": 1708,
        "for-texas": None,
        "for-all": None,
        "online": None,
        "nobody-knows": None,
    }


def test_the_page_says_how_far(listings, client):
    html = client.get("/find/?near=78701").content.decode()
    assert "About 1 mile away" in html
    assert "About 17 miles away" in html
    assert "serves your area by phone, online or from elsewhere" in html
    assert "Near 78701 (Austin, TX)" in html
    assert Page(client.get("/find/?near=78701&within=25")).parse_errors == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("near=00000", "There is no ZIP code 00000 that we know."),
        ("near=abcde", "ZIP code: “abcde”"),
        ("near=7870", "ZIP code: “7870”"),
        ("near=78701&within=far", "Miles: “far”"),
        ("near=78701&within=0", "Miles: “0”"),
        ("q=ramp+near+00000", "There is no ZIP code 00000 that we know."),
    ],
)
def test_what_is_no_zip_is_said(query, words, listings, client):
    response = client.get(f"/find/?{query}")
    assert response.status_code == 200
    assert words in response.content.decode()


def test_a_zip_without_a_point_keeps_what_serves_it(listings):
    assert set(slugs("near=09001&within=50")) == {"for-all", "online", "nobody-knows"}


def test_within_alone_asks_nothing(listings):
    assert len(slugs("within=5")) == Resource.objects.published().count()


def test_a_place_that_moves_shows_at_once(listings):
    assert "portland" not in slugs("near=78701&within=10")
    Location.objects.filter(resource__slug="portland").update(postal_code="78701")
    assert slugs("near=78701&within=10")[0] == "portland"


def test_few_queries(listings, client, django_assert_max_num_queries):
    client.get("/find/?near=78701")
    for query in ("near=78701&within=25", "q=ramp+near+78701", "near=00000"):
        with django_assert_max_num_queries(6):
            client.get(f"/find/?{query}")


def test_it_is_the_same_from_a_snapshot(listings):
    before = slugs("near=78701")
    call_command("rebuild_index")
    keeper.keeper_of().versions.clear()
    assert slugs("near=78701") == before


def test_all_zip_codes_are_loaded_once(capsys):
    call_command("load_places")
    assert Place.objects.count() > 42_000
    assert Place.objects.get(code="78701").city == "Austin"
    Place.objects.filter(code="78701").update(city="Elsewhere")
    call_command("load_places")
    assert "of these 1 new or changed; 0 taken away" in capsys.readouterr().out
    assert Place.objects.get(code="78701").city == "Austin"


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32), within=st.sampled_from(["", "1", "30", "500", "9999"]), code=st.sampled_from(["10001", "20002"]))
def test_every_count_is_that_of_the_plain_answer(seed, within, code):
    chance = Random(seed)
    with transaction.atomic():
        Place.objects.bulk_create([Place("10001", "New York", "NY", 40.7, -74.0), Place("20002", "Washington", "DC", 38.9, -77.0)])
        areas = [TermFactory(vocabulary="area", slug=slug) for slug in ("us-ny", "us-dc")]
        for _listing in range(8):
            row = ResourceFactory(
                published=True,
                terms=chance.sample(areas, chance.choice([0, 0, 1, 2])),
                coverage=chance.choice(["national", "state", "local", "other_country", "worldwide"]),
            )
            for _ in range(chance.choice([0, 1, 1, 2])):
                point = {"latitude": 38 + 4 * chance.random(), "longitude": -78 + 5 * chance.random()}
                LocationFactory(
                    resource=row, **chance.choice([point, {"postal_code": "10001"}, {"postal_code": "99999"}, {"postal_code": ""}])
                )
        search = Search(QueryDict(f"near={code}&within={within}"))
        ids = {row.pk for row in ResourceFilter(search.query, vocabularies=search.index.vocabularies).qs}
        assert set(search.answer.ids) == ids
        assert len(search.answer.ids) == len(ids)
        for facet in search.facets:
            for option in facet["options"]:
                chosen = QueryDict(f"near={code}&within={within}&{facet['name']}={option['value']}")
                assert option["count"] == ResourceFilter(chosen, vocabularies=search.index.vocabularies).qs.count(), option
        shown = [search.answer.miles(row.pk) for row in search.results]
        miles = [one for one in shown if one is not None and one <= (int(within or 0) or 100)]
        assert miles == sorted(miles)
        transaction.set_rollback(True)
