from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conditions import kinship as walks
from conditions.kinship import UMBRELLA, Kin, Relative, cycle_in, kin
from conditions.models import Condition, Kinship
from tests.factories import ConditionFactory, kinship

RELATIVE = Relative(id=1, slug="ataxia", name="Ataxia", kind="disease", page_state="draft", distance=1, breadth=1)


@st.composite
def dags(draw, most=8):
    """`{number: numbers of its parents}`; a parent's number is always the lower one, so there is no circle."""
    size = draw(st.integers(1, most))
    return {child: draw(st.sets(st.integers(0, child - 1), max_size=3)) if child else set() for child in range(size)}


def steps_up(parents, asked):
    """`{node: fewest steps}` to whatever can be reached from `asked`; in plain Python, a step at a time."""
    steps, border, distance = {}, set(asked), 0
    while border:
        steps |= dict.fromkeys(border, distance)
        border, distance = {parent for node in border for parent in parents[node]} - steps.keys(), distance + 1
    return steps


def upside_down(parents):
    return {node: {child for child, above in parents.items() if node in above} for node in parents}


def grow(parents):
    Condition.objects.bulk_create(Condition(slug=f"c{node}", name=f"C{node}", folded=f"c{node}") for node in parents)
    ids = {row.slug: row.pk for row in Condition.objects.all()}
    Kinship.objects.bulk_create(
        Kinship(child_id=ids[f"c{child}"], parent_id=ids[f"c{parent}"]) for child, above in parents.items() for parent in above
    )


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_walk_finds_just_what_a_plain_walk_finds(data):
    parents = data.draw(dags())
    asked = data.draw(st.sets(st.sampled_from(sorted(parents)), min_size=1, max_size=3))
    with transaction.atomic():
        grow(parents)
        found = kin([*(f"c{node}" for node in asked), "unknown"])
        breadths = {f"c{node}": len(children) for node, children in upside_down(parents).items()}
        transaction.set_rollback(True)
    up, down = steps_up(parents, asked), steps_up(upside_down(parents), asked)
    assert {row.slug: row.distance for row in found.ancestors} == {f"c{node}": steps for node, steps in up.items()}
    assert {row.slug: row.distance for row in found.narrower} == {f"c{node}": -steps for node, steps in down.items() if node not in up}
    assert {row.slug for row in found.asked} == {f"c{node}" for node in asked}
    assert {row.slug for row in found.types} <= {row.slug for row in found.narrower}
    assert all(row.breadth == breadths[row.slug] for row in found.ancestors)
    assert found.below == {row.id for row in found.narrower}


@pytest.mark.django_db
def test_of_very_many_types_those_with_a_page_and_the_nearest_are_named(monkeypatch):
    monkeypatch.setattr(walks, "MOST_NARROWER", 3)
    made = kinship(**{f"type_{n}": ["wide"] for n in range(5)}, deep=["type-1"], deeper=["deep"])
    ConditionFactory(slug="written", with_page=True).parents.add(made["deep"])
    found = kin(["wide"])
    assert [row.slug for row in found.narrower] == ["type-0", "type-1", "written"]
    assert len(found.below) == 8


@pytest.mark.django_db
def test_a_whole_family_is_one_query(django_assert_num_queries):
    kinship(joubert=["hypoplasia", "ciliopathy"], hypoplasia=["ataxia"], ataxia=["nervous"], meckel=["ciliopathy"])
    with django_assert_num_queries(1):
        found = kin(["hypoplasia"])
    assert [row.slug for row in found.ancestors] == ["hypoplasia", "ataxia", "nervous"]
    assert [row.slug for row in found.narrower] == ["joubert"]


@pytest.mark.parametrize("slugs", [[], iter(())])
def test_nothing_asked_is_no_query_and_nobody(slugs, django_assert_num_queries):
    assert kin(slugs) == Kin()


@pytest.mark.django_db
def test_unknown_slugs_are_passed_over():
    ConditionFactory(slug="ataxia")
    assert kin(["no-such-thing", "'; drop table conditions_kinship; --", "%s"]) == Kin()
    assert [row.slug for row in kin(["no-such-thing", "ataxia"]).ancestors] == ["ataxia"]


@pytest.mark.django_db
def test_who_is_asked_for_and_also_above_is_no_narrower_type():
    kinship(friedreich=["hereditary"], hereditary=["ataxia"], telangiectasia=["hereditary"])
    found = kin(["hereditary", "friedreich"])
    assert [(row.slug, row.distance) for row in found.ancestors] == [("friedreich", 0), ("hereditary", 0), ("ataxia", 1)]
    assert [row.slug for row in found.narrower] == ["telangiectasia"]


@pytest.mark.django_db
def test_types_are_the_next_narrower_ones_alone():
    kinship(sca1=["sca"], sca2=["sca"], sca=["ataxia"])
    found = kin(["ataxia"])
    assert [row.slug for row in found.types] == ["sca"]
    assert [row.slug for row in found.narrower] == ["sca", "sca1", "sca2"]


@pytest.mark.django_db
def test_a_circle_that_slipped_in_by_hand_does_not_hold_the_walk_up():
    made = kinship(atrophy=["ataxia"], joubert=["atrophy"])
    Kinship.objects.create(child=made["ataxia"], parent=made["atrophy"])
    assert [(row.slug, row.distance) for row in kin(["joubert"]).ancestors] == [("joubert", 0), ("atrophy", 1), ("ataxia", 2)]


def test_the_nearest_come_first_and_wide_groups_last_the_smaller_before_the_wider():
    itself = replace(RELATIVE, slug="itself", distance=0, breadth=90)
    near, far = replace(RELATIVE, slug="near", distance=1), replace(RELATIVE, slug="far", distance=3)
    small = replace(RELATIVE, slug="small", kind="group", distance=2, breadth=UMBRELLA + 1)
    wide = replace(RELATIVE, slug="wide", kind="group", distance=1, breadth=80)
    assert sorted([wide, far, small, itself, near], key=lambda one: one.nearness) == [itself, near, far, small, wide]


def test_a_group_of_a_few_counts_by_its_steps_like_any_condition():
    few = replace(RELATIVE, slug="few", kind="group", distance=1, breadth=UMBRELLA)
    far = replace(RELATIVE, slug="far", distance=2)
    assert sorted([far, few], key=lambda one: one.nearness) == [few, far]


def test_a_group_that_is_asked_for_itself_is_no_umbrella():
    group, parent = replace(RELATIVE, kind="group", distance=0, breadth=80), replace(RELATIVE, distance=1)
    assert sorted([parent, group], key=lambda one: one.nearness) == [group, parent]


@given(dags())
def test_there_is_no_circle_in_a_graph_that_only_runs_upwards(parents):
    assert cycle_in(parents) is None


@given(st.dictionaries(st.integers(0, 6), st.sets(st.integers(0, 6), max_size=3)))
def test_a_circle_that_is_named_is_one_and_none_is_overlooked(parents):
    whole = {node: parents.get(node, set()) for node in range(7)}
    circle = cycle_in(parents)
    if circle is None:
        assert not any(node in steps_up(whole, whole[node]) for node in whole)
    else:
        assert circle[0] == circle[-1]
        assert all(one in whole[other] or other in whole[one] for one, other in zip(circle, circle[1:], strict=False))
        assert all(node in steps_up(whole, whole[node]) for node in circle)
