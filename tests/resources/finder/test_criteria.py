from datetime import date
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.finder.criteria import Criteria, a_year_ago, words

FULL = Criteria(
    q="ramp", conditions=("sma",), choices={"kind": ("money",), "need": ("respite", "crisis")}, checked="year", sort="name", page=3
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  ", []),
        ("?!*()\"':-", []),
        ("Wheelchair RAMP", ["wheelchair", "ramp"]),
        ("ramp ramp Ramp", ["ramp"]),
        ("parent-to-parent", ["parent"]),
        ("Ménière's", ["menieres"]),
        ("a AND NOT b*", ["b"]),
        ("x_y 50%", ["x_y", "50"]),
    ],
)
def test_words_are_plain(text, expected):
    assert words(text) == expected


@given(st.text())
def test_each_word_stands_once(text):
    found = words(text)
    assert len(found) == len(set(found))
    assert all(word == word.casefold() for word in found)
    assert words(" ".join(found)) == found


@pytest.mark.parametrize("name", ["q", "condition", "checked", "kind", "need"])
def test_leaving_one_filter_open_keeps_the_others(name):
    wider = FULL.without(name)
    assert set(wider.active) == set(FULL.active) - {name}
    assert wider.sort == FULL.sort
    assert wider.page == 1


def test_active_filters_are_those_that_narrow():
    assert set(FULL.active) == {"q", "condition", "checked", "kind", "need"}
    assert Criteria(q="?!", sort="name", page=3, choices={"kind": ()}).active == []


def test_a_year_is_365_days():
    with mock.patch("resources.finder.criteria.date", mock.Mock(today=lambda: date(2026, 3, 1))):
        assert a_year_ago() == date(2025, 3, 1)
