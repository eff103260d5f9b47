from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from resources.finder.query import query_as_words, query_instead, query_with, query_without, tidy

values = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
queries = st.dictionaries(st.sampled_from(["q", "kind", "need", "condition"]), st.lists(values, max_size=3))


def query_of(parameters):
    query = QueryDict(mutable=True)
    for name, its in parameters.items():
        query.setlist(name, its)
    return query


def read(address):
    assert address.startswith("?")
    return dict(QueryDict(address[1:]).lists())


def filled(parameters):
    """Without what says nothing: empty values, and names without a value."""
    return {name: kept for name, its in parameters.items() if (kept := [one for one in its if one])}


@given(queries, st.sampled_from(["q", "kind"]), values)
def test_a_chip_takes_away_its_own_value_alone(parameters, name, value):
    parameters = {"page": ["3"], **parameters, name: [value, "other"]}
    expected = filled({**parameters, "page": [], name: [one for one in (value, "other") if one != value]})
    assert read(query_without(query_of(parameters), name, value)) == expected


@given(queries, st.sampled_from(["q", "kind"]))
def test_dropping_a_filter_takes_away_all_its_values(parameters, name):
    assert read(query_without(query_of(parameters), name)) == filled({**parameters, name: []})


@given(queries, st.integers(-1, 9))
def test_another_page_of_the_same_view_has_the_same_filters(parameters, page):
    address = query_with(query_of({**parameters, "page": ["5"]}), page=page)
    assert read(address) == filled(parameters) | ({"page": [str(page)]} if page > 1 else {})


@given(queries, st.sampled_from(["sma", "cp", "ataxia"]))
def test_a_value_is_replaced_where_it_stands_and_stands_once(parameters, better):
    parameters = {**parameters, "condition": ["cp", "typed", "sma", "typed"], "page": ["2"]}
    replaced = list(dict.fromkeys(better if one == "typed" else one for one in parameters["condition"]))
    assert read(query_instead(query_of(parameters), "condition", "typed", better)) == filled(
        {**parameters, "condition": replaced, "page": []}
    )


def test_what_is_no_condition_becomes_words():
    assert read(query_as_words(query_of({"condition": ["sma", "ramps"], "kind": ["money"], "page": ["2"]}), "ramps")) == {
        "condition": ["sma"],
        "q": ["ramps"],
        "kind": ["money"],
    }


@given(st.dictionaries(st.sampled_from(["q", "kind", "page"]), st.lists(st.text(), max_size=3)))
def test_a_tidy_query_holds_plain_text_and_is_tidy_already(parameters):
    tidied = tidy(query_of(parameters))
    for name, its in tidied.lists():
        assert its
        assert len(its) <= len(parameters[name])
        for value in its:
            assert value == " ".join(value.split()) != ""
            assert not set(value) & {"\x00", "\x01", "\x1f", "\x7f", "\ufffe", "\uffff"}
    assert dict(tidy(tidied).lists()) == dict(tidied.lists())


def test_what_can_be_read_stays_as_it_is():
    plain = {"q": ["Ménière’s ramp 50% «x» 👩‍👧", "ataxia"], "kind": ["money"]}
    assert dict(tidy(query_of(plain)).lists()) == plain


def test_the_query_itself_stays_as_it_is():
    query = query_of({"kind": ["money", "school"], "page": ["2"]})
    query_without(query, "kind", "money")
    query_with(query, page=4)
    query_instead(query, "kind", "money", "guide")
    query_as_words(query, "school")
    tidy(query)
    assert dict(query.lists()) == {"kind": ["money", "school"], "page": ["2"]}
