"""How many of the listings entered twice are found, and how many of the questions are worth asking (docs/curating.md)."""

import pytest

from .labelled import KINDS, figures, labelled

PRECISION, RECALL = 0.95, 0.95  # floors


@pytest.mark.parametrize("seed", ["labelled 1", "labelled 2", "labelled 3"])
def test_precision_and_recall_stay_above_their_floors(seed):
    found = figures(seed=seed)
    assert found.precision >= PRECISION, found.wrong
    assert found.recall >= RECALL, found.missed


def test_the_labelled_set_is_always_the_same_and_has_enough_of_both():
    pools, same = labelled()
    assert labelled() == (pools, same)
    assert sum(len(same[kind]) for kind in KINDS) >= 100
    assert sum(len(pools[kind]) for kind in KINDS) >= 400
