"""What two people changed, put together field by field."""

import pytest

from conditions.merging import merged


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "values", "taken", "conflicts"),
    [
        ({"a": 1}, {"a": 1}, {"a": 1}, {"a": 1}, [], []),
        ({"a": 1}, {"a": 2}, {"a": 1}, {"a": 2}, [], []),
        ({"a": 1}, {"a": 1}, {"a": 2}, {"a": 2}, ["a"], []),
        ({"a": 1}, {"a": 2}, {"a": 2}, {"a": 2}, [], []),
        ({"a": 1}, {"a": 2}, {"a": 3}, {"a": 2}, [], ["a"]),
        ({}, {"a": 1}, {}, {"a": 1}, [], []),
        ({}, {}, {"a": None}, {"a": None}, ["a"], []),
        ({}, {"a": None}, {"a": 1}, {"a": None}, [], ["a"]),
        ({"a": None}, {"a": None}, {}, {}, ["a"], []),
        ({"a": 1}, {}, {"a": 1}, {}, [], []),
        ({"a": 1}, {}, {"a": 2}, {}, [], ["a"]),
        ({"a": 1}, {"a": 2}, {}, {"a": 2}, [], ["a"]),
        ({"a": 1}, {}, {}, {}, [], []),
    ],
)
def test_one_field(base, mine, theirs, values, taken, conflicts):
    assert merged(base, mine, theirs) == (values, taken, conflicts)


def test_fields_are_named_in_the_order_of_mine():
    assert merged({}, {"b": 1, "a": 1}, {"a": 2, "b": 2, "c": 2}) == ({"b": 1, "a": 1, "c": 2}, ["c"], ["b", "a"])
