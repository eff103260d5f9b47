"""The index answers as plain SQL does, counts what choosing would give, and puts the nearest first."""

from unittest import mock

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, Phase, given, settings

from conditions.editorial import State
from resources.finder.criteria import a_year_ago
from resources.finder.facets import FACETS
from resources.finder.filters import ResourceFilter
from resources.finder.index import COVERAGE_ORDER, FIRST_DAYS, KIND_ORDER
from resources.finder.search import Search
from resources.finder.words import stem, stems
from resources.models import Phone, Resource, ResourceKind, Term
from resources.models.resource import Coverage
from tests.factories import (
    ConditionFactory,
    MoneyFactory,
    OrganizationFactory,
    ResourceFactory,
    SchoolFactory,
    ServiceFactory,
    TermFactory,
    TherapyFactory,
    kinship,
)

from .worlds import SLUGS, Today, built, questions, terms, worlds

pytestmark = pytest.mark.django_db
A_FEW = settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller world is not worth the minutes that it takes to find
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def vocabularies():
    Term.objects.bulk_create(terms())


@pytest.fixture(autouse=True)
def today():
    with mock.patch("resources.finder.criteria.date", Today):
        yield


def by_sql(search, query):
    """Ids of the plain SQL answer to `query`."""
    found = list(ResourceFilter(query, vocabularies=search.index.vocabularies).qs.values_list("pk", flat=True))
    assert len(found) == len(set(found))
    return set(found)


def changed(search, name, values):
    """The search's question, as it was tidied, with one parameter changed."""
    query = search.query.copy()
    query.setlist(name, values)
    return query


@A_FEW
@given(world=worlds(), query=questions())
def test_the_answer_is_that_of_plain_sql(vocabularies, world, query):
    with built(world):
        search = Search(query)
        assert set(search.answer.ids) == by_sql(search, search.query)
        assert len(search.answer.ids) == len(set(search.answer.ids)) == search.count


@settings(A_FEW, max_examples=25)
@given(world=worlds(), query=questions())
def test_each_count_is_what_that_value_alone_in_its_facet_would_give(vocabularies, world, query):
    with built(world):
        search = Search(query)
        for facet in FACETS:
            for value in SLUGS if facet.vocabulary else ResourceKind.values:
                alone = by_sql(search, changed(search, facet.name, [value]))
                assert search.answer.counts[facet.name].get(value, 0) == len(alone), (facet.name, value)


@A_FEW
@given(world=worlds(), query=questions())
def test_dropping_a_filter_gains_what_it_says(vocabularies, world, query):
    with built(world):
        search = Search(query)
        ways = [(str(way["label"]), way["gain"]) for way in search.ways_out]
        assert [gain for _, gain in ways] == sorted((gain for _, gain in ways), reverse=True)
        for way in search.ways_out:
            assert len(by_sql(search, QueryDict(way["href"].removeprefix("?")))) == way["gain"] > 0
        gains = [len(by_sql(search, changed(search, name, []))) for name in search.criteria.active]
        assert sorted(gain for _, gain in ways) == sorted(gain for gain in gains if gain)


@A_FEW
@given(world=worlds(), query=questions())
def test_pages_lose_nothing_and_show_nothing_twice(vocabularies, world, query):
    with built(world), mock.patch("resources.finder.search.PAGE_SIZE", 3):
        search = Search(query)
        pages = [Search(changed(search, "page", [str(number)])).results for number in range(1, search.last_page + 1)]
        assert [row.pk for page in pages for row in page] == search.answer.ids
        assert all(0 < len(page) <= 3 for page in pages) or not search.count


def in_order(search, ids):
    """The ids as plain Python sorts them, row by row."""
    wanted = {stem(word) for word in search.criteria.words}
    place = {ancestor.id: number for number, ancestor in enumerate(search.kin.ancestors)}
    phones = set(Phone.objects.public().values_list("resource", flat=True))

    def key(row):
        named = wanted & stems(" ".join([row.name, *row.also_known_as]))
        tier = 0 if named == wanted else 1 if named else 2
        near = min([place[one.pk] for one in row.conditions.all() if one.pk in place], default=len(place))
        terms = {(term.vocabulary, term.slug) for term in row.terms.all()}
        helpful = (KIND_ORDER.index(row.kind), ("need", FIRST_DAYS) not in terms, COVERAGE_ORDER.index(row.coverage), row.pk not in phones)
        overdue = row.dated_on < a_year_ago()
        newest, by_name = -row.dated_on.toordinal(), (row.name.casefold(), row.pk)
        match search.criteria.sort:
            case "name":
                return by_name
            case "checked":
                return (newest, *by_name)
        return (tier, near, overdue, *helpful, newest if wanted else 0, *by_name)

    return [row.pk for row in sorted(Resource.objects.filter(pk__in=ids).prefetch_related("conditions", "terms"), key=key)]


@pytest.mark.parametrize("large", [0, 2_000])
@A_FEW
@given(world=worlds(), query=questions())
def test_the_order_is_that_of_plain_python(vocabularies, large, world, query):
    with built(world), mock.patch("resources.finder.index.order.LARGE", large):
        for sort in ("", "name", "checked"):
            search = Search(changed(Search(query), "sort", [sort]))
            assert search.answer.ids == in_order(search, list(search.answer.ids))
            assert search.answer.ids[1:4] == list(search.answer.ids)[1:4]
        assert search.answer.narrower == in_order(Search(QueryDict("sort=name")), list(search.answer.narrower))


@A_FEW
@given(world=worlds(), query=questions())
def test_narrower_types_stand_apart(vocabularies, world, query):
    """They fit every other filter, lie under what was asked, and are not among the results."""
    with built(world) as conditions:
        search = Search(query)
        asked = {conditions.index(one.id) for one in search.kin.asked}
        lineage = {conditions[number] for number in world.above(asked)}
        below = {conditions[number] for number in world.below(asked)}
        anywhere = by_sql(search, changed(search, "condition", []))
        tagged = {pk: set() for pk in anywhere}
        for pk, condition in Resource.conditions.through.objects.filter(resource__in=anywhere).values_list("resource_id", "condition_id"):
            tagged[pk].add(condition)
        expected = {pk for pk, its in tagged.items() if its & below and not its & lineage}
        assert set(search.answer.narrower) == (expected if asked else set())


@pytest.fixture
def family():
    """Joubert syndrome → cerebellar hypoplasia → malformations (an umbrella) → rare (a wider one); Dandy-Walker is a sister."""
    made = kinship(
        joubert=["hypoplasia"],
        dandy_walker=["hypoplasia"],
        hypoplasia=["malformations"],
        other=["rare"],
        malformations=["rare"],
        sma=["rare"],
    )
    for slug in ("malformations", "rare"):
        made[slug].kind = "group"
        made[slug].save()
    return made


def ids(query):
    return Search(QueryDict(query)).answer.ids


def slugs(query):
    return [row.slug for row in Search(QueryDict(query)).results]


def tagged(*conditions, factory=OrganizationFactory, **values):
    return factory(published=True, conditions=conditions, **values)


def test_results_for_a_condition_begin_with_its_own_and_end_with_help_for_everybody(family):
    tagged(slug="general", name="A")
    tagged(family["rare"], slug="widest", name="B")
    tagged(family["malformations"], slug="wide", name="C")
    tagged(family["hypoplasia"], slug="parent", name="D")
    tagged(family["joubert"], slug="own", name="E")
    tagged(family["dandy-walker"], slug="sister", name="F")
    tagged(family["sma"], slug="elsewhere", name="G")
    assert slugs("condition=joubert") == ["own", "parent", "wide", "widest", "general"]
    assert slugs("condition=hypoplasia") == ["parent", "wide", "widest", "general"]


def test_a_listing_for_several_conditions_counts_by_the_nearest(family):
    tagged(family["hypoplasia"], slug="parent", name="A")
    both = tagged(family["rare"], family["joubert"], slug="both", name="B")
    assert slugs("condition=joubert") == ["both", "parent"]
    assert Search(QueryDict("condition=joubert")).answer.nearest(both.pk).slug == "joubert"


@pytest.mark.parametrize(("widest", "order"), [(0, ["grandparent", "group"]), (100, ["group", "grandparent"])])
def test_a_near_group_that_holds_a_great_many_conditions_says_less_than_a_far_condition(family, widest, order):
    made = kinship(joubert_21=["joubert", "ciliopathy"])
    made["ciliopathy"].kind = "group"
    made["ciliopathy"].save()
    tagged(made["ciliopathy"], slug="group", name="A")
    tagged(family["hypoplasia"], slug="grandparent", name="B")
    with mock.patch("conditions.kinship.UMBRELLA", widest):
        assert slugs("condition=joubert-21") == order


def test_people_come_first_among_equals_and_then_those_with_a_phone():
    provider = OrganizationFactory()
    MoneyFactory(published=True, slug="money", name="A")
    SchoolFactory(published=True, slug="school", name="B")
    TherapyFactory(published=True, slug="therapy", name="C")
    ResourceFactory(published=True, slug="guide", name="D")
    ServiceFactory(published=True, slug="service", name="E", provider=provider)
    OrganizationFactory(published=True, slug="organization", name="F")
    OrganizationFactory(published=True, slug="with-phone", name="G", phones=["1-800-555-0100"])
    assert slugs("") == ["with-phone", "organization", "service", "guide", "school", "money", "therapy"]


def test_among_people_those_for_the_first_days_come_first_and_then_those_for_the_whole_country():
    for number, coverage in enumerate(["other_country", "local", "state", "worldwide", "national"]):
        OrganizationFactory(published=True, slug=coverage.replace("_", "-"), name=f"Listing {number}", coverage=coverage)
    first_days = TermFactory(slug=FIRST_DAYS)
    OrganizationFactory(published=True, slug="first-days", name="Zebra", coverage="local", terms=[first_days])
    assert slugs("") == ["first-days", "national", "worldwide", "state", "local", "other-country"]


def test_every_kind_and_every_reach_has_its_place_in_the_order():
    assert set(KIND_ORDER) == set(ResourceKind)
    assert set(COVERAGE_ORDER) == set(Coverage)


def test_a_hidden_phone_does_not_lift_a_listing():
    ResourceFactory(published=True, slug="first", name="A")
    hidden = ResourceFactory(published=True, slug="hidden", name="B", phones=["1-800-555-0100"])
    hidden.phones.update(source=None)
    assert slugs("") == ["first", "hidden"]


def test_listings_that_hold_the_words_in_their_name_come_first():
    ResourceFactory(published=True, slug="in-text", name="A", description="Where to get a ramp.")
    ResourceFactory(published=True, slug="in-name", name="Ramps for all")
    ResourceFactory(published=True, slug="nowhere", name="B")
    assert slugs("q=RAMP") == ["in-name", "in-text"]


@pytest.mark.parametrize(
    "field",
    [{"name": "A ramp fund"}, {"also_known_as": ["Wheels", "A ramp fund"]}, {"summary": "A ramp fund"}, {"description": "A ramp fund"}],
)
def test_all_words_must_occur_anywhere_in_the_texts(field):
    listing = ResourceFactory(published=True, **field)
    assert ids("q=ramp+fund") == ids("q=fund+a+RAMP") == [listing.pk]
    assert ids("q=ramp+wheelchair") == []


def test_the_order_by_name_and_by_day():
    ResourceFactory(published=True, slug="b", name="beta", found_on=Today(2026, 1, 1))
    ResourceFactory(published=True, slug="c", name="Gamma", found_on=Today(2025, 1, 1), checked_on=Today(2026, 2, 1))
    ResourceFactory(published=True, slug="a", name="Alpha", found_on=Today(2025, 6, 1))
    assert slugs("sort=name") == ["a", "b", "c"]
    assert slugs("sort=checked") == ["c", "b", "a"]


def test_only_published_listings_are_found():
    ResourceFactory(slug="draft")
    for state in (State.IN_REVIEW, State.RETIRED):
        ResourceFactory(published=True, state=state)
    shown = ResourceFactory(published=True)
    assert ids("") == [shown.pk]


def test_values_of_a_facet_widen_and_facets_narrow():
    respite, crisis = TermFactory(slug="respite"), TermFactory(slug="crisis")
    spanish = TermFactory(vocabulary="language", slug="es")
    one = ResourceFactory(published=True, terms=[respite, spanish], name="A")
    two = ResourceFactory(published=True, terms=[crisis], name="B")
    ResourceFactory(published=True, terms=[spanish], name="C")
    assert ids("need=respite&need=crisis") == [one.pk, two.pk]
    assert ids("need=respite&need=crisis&language=es") == [one.pk]


def test_a_listing_for_no_age_or_state_in_particular_fits_each():
    teens, texas = TermFactory(vocabulary="stage", slug="teen"), TermFactory(vocabulary="area", slug="TX")
    TermFactory(vocabulary="area", slug="CA")
    texan = ResourceFactory(published=True, terms=[teens, texas], name="A")
    anywhere = ResourceFactory(published=True, name="B")
    assert ids("state=TX&stage=teen") == [texan.pk, anywhere.pk]
    assert ids("state=CA") == [anywhere.pk]


def test_a_condition_that_is_not_known_narrows_nothing():
    for conditions in ([], [ConditionFactory(slug="sma")]):
        ResourceFactory(published=True, conditions=conditions)
    assert len(ids("condition=nonsense")) == 2
    assert ids("condition=nonsense&condition=sma") == ids("condition=sma")


def test_checked_within_a_year_counts_from_the_providers_word_before_the_publishers_page():
    lately = ResourceFactory(published=True, found_on=Today(2025, 3, 1), name="A")
    ResourceFactory(published=True, found_on=Today(2025, 2, 28), name="B")
    ResourceFactory(published=True, found_on=Today(2026, 2, 28), checked_on=Today(2024, 1, 1), name="C")
    confirmed = ResourceFactory(published=True, found_on=Today(2024, 1, 1), checked_on=Today(2026, 2, 1), name="D")
    assert ids("checked=year") == [lately.pk, confirmed.pk]
    assert {row.name for row in Search(QueryDict("checked=provider")).results} == {"C", "D"}
