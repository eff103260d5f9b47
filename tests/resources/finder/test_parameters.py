"""What is unknown is left out and named; what is known is kept."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from resources.finder.facets import FACETS
from resources.finder.filters import ResourceFilter
from resources.finder.parameters import LONGEST_QUERY, MOST_CONDITIONS, PARAMETERS, Parameters

VOCABULARIES = {"need": {"respite": "A break", "crisis": "In a crisis"}, "area": {"TX": "Texas"}}


def asked(query):
    return Parameters(QueryDict(query), vocabularies=VOCABULARIES)


def ignored(query):
    return [(str(label), value) for label, value in asked(query).ignored]


def test_known_values_are_kept_in_the_order_asked_each_once():
    criteria = asked("need=crisis&need=respite&need=crisis&kind=money&state=TX").criteria
    assert criteria.choices == {"kind": ("money",), "need": ("crisis", "respite"), "state": ("TX",)}
    assert ignored("need=crisis&kind=money&state=TX&sort=name&checked=year&page=2") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=nonsense", [("Kind of help", "nonsense")]),
        ("kind=money&kind=Money", [("Kind of help", "Money")]),
        ("need=respite&need=%3Cscript%3E", [("What you need", "<script>")]),
        ("state=tx", [("State", "tx")]),
        ("stage=teen", [("Age", "teen")]),
        ("checked=always", [("Last checked", "always")]),
        ("sort=price", [("Order", "price")]),
        ("page=two", [("Page", "two")]),
        ("page=-1", [("Page", "-1")]),
        ("page=0", [("Page", "0")]),
        ("page=%C2%B2", [("Page", "²")]),
        ("page=%D9%A3", [("Page", "٣")]),
        ("kind=&need=&sort=&checked=&page=&q=&condition=", []),
        ("unknown=parameter", []),
    ],
)
def test_unknown_values_are_left_out_and_named(query, expected):
    assert ignored(query) == expected
    criteria = asked(query).criteria
    assert (criteria.sort, criteria.checked, criteria.page) == ("", "", 1)
    assert all(value in ("money", "respite") for values in criteria.choices.values() for value in values)


def test_a_long_unknown_value_is_named_by_its_beginning():
    ((_, named),) = asked("kind=" + "x" * 10_000).ignored
    assert named == "x" * 60 + "…"


def test_at_most_five_unknown_values_of_a_parameter_are_named():
    assert len(ignored("&".join(f"kind=unknown-{number}" for number in range(500)))) == 5


def test_words_are_cut_to_what_a_search_can_hold_and_say_so():
    read = asked("q=" + "a " * 500)
    assert read.criteria.q == ("a " * 500)[:LONGEST_QUERY]
    assert [str(label) for label, _ in read.ignored] == ["Words"]


def test_words_lose_null_characters_and_white_space():
    assert asked("q=+ramp%00%0Afor++van%09").criteria.q == "ramp for van"


def test_conditions_are_few_and_tidy():
    criteria = asked("condition=+sma%00&condition=&condition=sma&condition=cerebral++palsy").criteria
    assert criteria.conditions == ("sma", "cerebral palsy")
    many = asked("&".join(f"condition=c{number}" for number in range(MOST_CONDITIONS + 2)))
    assert len(many.criteria.conditions) == MOST_CONDITIONS
    assert [value for _, value in many.ignored] == ["c10", "c11"]


@pytest.mark.parametrize(("typed", "number"), [("1", 1), ("7", 7), (" 3 ", 3), ("007", 7), ("9" * 50, 999_999_999)])
def test_a_page_is_a_number(typed, number):
    read = asked(f"page={typed}")
    assert (read.criteria.page, read.ignored) == (number, [])


@given(
    st.dictionaries(
        st.sampled_from(["q", "condition", "checked", "sort", "page", *(f.name for f in FACETS)]), st.lists(st.text(), max_size=3)
    )
)
def test_any_parameters_give_a_question(parameters):
    query = QueryDict(mutable=True)
    for name, values in parameters.items():
        query.setlist(name, values)
    read = Parameters(query, vocabularies=VOCABULARIES)
    criteria = read.criteria
    assert criteria.page >= 1
    assert "\x00" not in criteria.q + "".join(criteria.conditions)
    assert all(len(value) <= 61 for _, value in read.ignored)


def test_each_facet_has_words_of_its_own():
    assert len({facet.vocabulary for facet in FACETS}) == len(FACETS)


def test_the_plain_sql_knows_the_same_parameters():
    assert ResourceFilter.base_filters.keys() == PARAMETERS.keys()


def test_what_was_said_of_a_need_goes_with_it():
    assert asked("need=respite&said=sitter").criteria.said == "sitter"
    assert asked("said=sitter").criteria.said == asked("need=gone&said=sitter").criteria.said == ""
