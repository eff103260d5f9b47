"""What the words of a query become on the finder's page, and how it can be had otherwise."""

import pytest
from django.http import QueryDict

from resources.finder.filters import ResourceFilter
from resources.finder.search import Search
from resources.models import Place
from tests.factories import ConditionNameFactory, ResourceFactory, TermFactory, kinship
from tests.shell.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Joubert syndrome under rare diseases, some needs, and a listing for each."""
    made = kinship(joubert_syndrome=["rare-disease"], zed_syndrome=["rare-disease"])
    ConditionNameFactory(condition=made["joubert-syndrome"], name="JS")
    ConditionNameFactory(condition=made["zed-syndrome"], name="JS")
    ramps, respite = TermFactory(slug="home_vehicle_access"), TermFactory(slug="respite")
    texas = TermFactory(vocabulary="area", slug="us-tx", label="Texas")
    ResourceFactory(published=True, slug="for-joubert", conditions=[made["joubert-syndrome"]], terms=[ramps])
    ResourceFactory(published=True, slug="for-zed", conditions=[made["zed-syndrome"]], terms=[ramps, texas])
    ResourceFactory(published=True, slug="general", terms=[respite], summary="A joubert place to rest.")
    Place.objects.create(code="78701", city="Austin", state="TX", latitude=30.27, longitude=-97.74)
    return made


def shown(query):
    return {row.slug for row in Search(QueryDict(query)).results}


def page(client, query):
    response = client.get(f"/find/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_condition_that_is_named_is_a_filter(world, client):
    assert shown("q=joubert+syndrome") == {"for-joubert", "general"}
    html = page(client, "q=joubert+syndrome")
    assert 'data-understood="joubert-syndrome"' in html
    assert "Showing results for" in html


def test_misspellings_are_mended_and_said(world, client):
    html = page(client, "q=jubert+syndrom")
    assert 'data-understood="joubert-syndrome"' in html
    assert "Search instead for “jubert syndrom”" in html
    assert "?q=jubert+syndrom&amp;as=typed#results" in html


def test_words_can_be_had_as_they_were_typed(world, client):
    assert shown("q=joubert&as=typed") == {"for-joubert", "general"}  # in the name of its condition, and in its text
    assert shown("q=joubert+rest&as=typed") == {"general"}
    html = page(client, "q=joubert&as=typed")
    assert "data-understood" not in html
    assert '<input type="hidden" name="as" value="typed">' in html


def test_what_was_understood_are_chips_that_can_be_taken_away(world):
    search = Search(QueryDict("q=wheelchair+ramp+for+Joubert+syndrome+in+Texas"))
    chips = {str(label): href for _, label, href in search.chips}
    assert chips == {
        "Joubert syndrome": "?need=home_vehicle_access&state=us-tx&said=wheelchair+ramp",
        "Home_vehicle_access": "?condition=joubert-syndrome&state=us-tx",
        "Texas": "?need=home_vehicle_access&condition=joubert-syndrome&said=wheelchair+ramp",
    }


def test_the_address_gives_the_same_answer_each_time_and_so_does_what_it_was_understood_as(world):
    for query in ("q=joubert+syndrome+ramp", "q=ramps+in+Texas", "q=jubert"):
        search = Search(QueryDict(query))
        assert shown(query) == shown(query) == shown(search.query.urlencode())
        assert set(search.answer.ids) == set(
            ResourceFilter(search.query, vocabularies=search.index.vocabularies).qs.values_list("pk", flat=True)
        )


def test_of_several_places_the_first_is_meant_and_the_others_are_left_out(world):
    search = Search(QueryDict("q=respite+near+78701+or+near+10001"))
    assert (search.query.getlist("near"), search.criteria.q, search.asked.unheard) == (["78701"], "", ["10001"])


def test_a_facet_that_was_chosen_wins_over_the_words(world, client):
    assert shown("q=ramps&need=respite") == {"general"}
    assert "Left out, since you chose otherwise: ramps" in page(client, "q=ramps&need=respite")


def test_a_condition_that_was_chosen_leaves_the_words_words(world):
    search = Search(QueryDict("q=joubert+syndrome&condition=zed-syndrome"))
    assert (search.criteria.conditions, search.criteria.q) == (("zed-syndrome",), "joubert syndrome")


@pytest.mark.parametrize("query", ["q=wheelchair+ramp", "q=joubert+syndrome", "q=respite+rest"])
def test_each_count_is_the_number_of_results_with_that_choice(query, world):
    search = Search(QueryDict(query))
    for facet in search.facets:
        for option in facet["options"]:
            other = Search(QueryDict(f"{query}&{facet['name']}={option['value']}"))
            assert other.count == option["count"], (facet["name"], option)


def test_a_name_of_several_is_asked_about(world, client):
    html = page(client, "q=JS+respite")
    assert "“JS” may mean:" in html
    assert "condition=joubert-syndrome" in html and "condition=zed-syndrome" in html
    assert "data-understood" not in html


def test_a_zip_and_a_city_are_places(world):
    for query in ("q=ramp+near+78701", "q=ramp+Austin,+TX"):
        assert Search(QueryDict(query)).query.getlist("near") == ["78701"]
    assert Search(QueryDict("q=66666+ramp")).query.getlist("near") == []


def test_hostile_words_stay_text(world, client):
    response = client.get("/find/", {"q": '<script>alert(1)</script> jubert" onmouseover="x'})
    assert "<script>alert" not in response.content.decode()
    assert Page(response).parse_errors == []


def test_what_was_said_of_a_need_orders_its_listings_and_narrows_nothing(world):
    need = TermFactory(slug="legal_planning")
    for name, summary in (("Aid", ""), ("Help with a trust", ""), ("Lawyers", "They write a trust."), ("Special needs trust", "")):
        ResourceFactory(published=True, name=name, summary=summary or "Text.", terms=[need])
    search = Search(QueryDict("q=special+needs+trust"))
    assert (search.query["said"], search.count) == ("trust", 4)
    assert [row.name for row in search.results] == ["Help with a trust", "Special needs trust", "Lawyers", "Aid"]


def test_a_need_in_other_words_is_ordered_by_the_usual_ones(world):
    need = TermFactory(slug="income_support")
    for name in ("Aid", "Paid caregivers"):
        ResourceFactory(published=True, name=name, summary="Text.", terms=[need])
    search = Search(QueryDict("q=be+paid+to+care"))
    assert [row.name for row in search.results] == ["Paid caregivers", "Aid"]


def test_words_that_no_listing_has_are_left_out_where_others_were_understood(world, client):
    assert shown("q=respite+zebra") == {"general"}
    assert "No listing here has the words “zebra”." in page(client, "q=respite+zebra")
    assert shown("q=respite+zebra&as=typed") == set()
    assert shown("q=zebra") == set()


def test_what_stays_beside_words_that_a_choice_outweighs_is_read_again(world):
    first = Search(QueryDict("q=Austin+TX+respite+or&need=respite"))
    followed = Search(QueryDict(first.asked.query.urlencode()))
    assert first.asked.query["near"] == "78701"
    assert (followed.count, followed.asked.query.urlencode()) == (first.count, first.asked.query.urlencode())


def test_who_is_in_crisis_sees_whom_to_call_first(world, client):
    ResourceFactory(published=True, name="Suicide lifeline", terms=[TermFactory(slug="emotional_support")])
    html = page(client, "q=I+don’t+want+to+live")
    ResourceFactory(published=True, name="A helpline", terms=[TermFactory(slug="emotional_support")], summary="Here.")
    ResourceFactory(published=True, name="If parents die")
    assert [row.name for row in Search(QueryDict("q=I+want+to+die")).results] == ["Suicide lifeline", "A helpline"]
    assert html.index('id="results"') < html.index('<a href="tel:988">') < html.index('class="cards"')  # a link to #results must show it
    assert 'class="panel urgent"' not in page(client, "q=respite")


def test_spanish_words_offer_the_spanish_page(world, client):
    es = TermFactory(vocabulary="language", slug="es", label="Spanish")
    html = page(client, "q=mi+hijo+necesita+respiro")
    assert "Ayuda en español" in html
    assert f"language={es.slug}" in html
    assert "¿Prefiere español?" not in page(client, "q=respiro&language=es")
