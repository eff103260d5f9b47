"""Imported links beside people's own; no database."""

from graphlib import TopologicalSorter

from hypothesis import given
from hypothesis import strategies as st

from conditions.vocabulary.kinship import join, rare_links


def test_a_link_that_would_close_a_circle_is_left_out():
    kept, left_out = join(curated={("a", "b")}, imported={("b", "c"), ("c", "a")}, placed=set())
    assert kept == {("b", "c")}
    assert left_out == [("c", "a", "it would close a circle")]


def test_what_people_have_placed_comes_under_no_other_condition_of_theirs():
    kept, left_out = join(
        curated={("smaled", "rare"), ("sma", "rare")},
        imported={
            ("smaled", "motor neuron disease"),
            ("motor neuron disease", "neuropathy"),
            ("smaled", "type of sma"),
            ("type of sma", "sma"),
        },
        placed={"smaled", "sma", "rare"},
    )
    assert kept == {("smaled", "motor neuron disease"), ("motor neuron disease", "neuropathy"), ("type of sma", "sma")}
    assert [(child, parent) for child, parent, _ in left_out] == [("smaled", "type of sma")]


def test_only_the_topmost_of_a_rare_branch_is_linked():
    assert rare_links({("b", "a"), ("c", "b"), ("d", "rare")}, {"b", "c", "d"}, "rare") == {("b", "rare")}


nodes = st.integers(0, 9).map(str)
links = st.sets(st.tuples(nodes, nodes).filter(lambda pair: pair[0] < pair[1]), max_size=20)


@given(curated=links, imported=st.sets(st.tuples(nodes, nodes), max_size=30), placed=st.sets(nodes, max_size=5))
def test_no_circle_ever_closes_and_every_rare_one_lies_under_the_root(curated, imported, placed):
    kept, left_out = join(curated, imported, placed)
    made = rare_links(curated | kept, {"1", "2", "3"}, "root")
    parents = {}
    for child, parent in curated | kept | made:
        parents.setdefault(child, set()).add(parent)
    TopologicalSorter(parents).prepare()
    assert kept <= imported
    assert {(child, parent) for child, parent, _ in left_out} <= imported - kept
    for one in "123":
        found, todo = set(), [one]
        while todo:
            new = parents.get(todo.pop(), set()) - found
            found |= new
            todo += new
        assert "root" in found
