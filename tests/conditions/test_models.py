from datetime import date

import pytest
from django.core.exceptions import ValidationError

from conditions.editorial import State
from conditions.models import Condition, ConditionCode, ConditionName, ConditionSource, GeneLink, Kinship, Section, SectionKind
from conditions.search import exact
from tests.factories import ConditionFactory, ConditionNameFactory, kinship

from .constraints import in_the_database, named, refused

pytestmark = pytest.mark.django_db

PAGE = {
    "page_state": State.PUBLISHED,
    "reviewer": "Not yet reviewed by a clinician",
    "reviewed_on": date(2026, 1, 1),
    "next_review_on": date(2027, 1, 1),
    "funding": "No sponsor.",
}


def source(condition, key):
    return ConditionSource(
        condition=condition, key=key, title="About", publisher="NINDS", owner_kind="government", seen_on=date(2026, 1, 1), supports="all"
    )


@pytest.mark.parametrize("name", named("conditions"))
def test_the_database_holds_every_constraint_by_its_name(name):
    model, _constraint = named("conditions")[name]
    assert name in in_the_database(model)


def test_a_page_that_says_who_reviewed_it_and_who_paid_may_be_published():
    Condition.objects.create(slug="ataxia", name="Ataxia", **PAGE)
    assert [condition.slug for condition in Condition.objects.with_pages()] == ["ataxia"]
    assert Condition.objects.get().has_page


@pytest.mark.parametrize("lacking", [{"reviewer": ""}, {"funding": ""}, {"reviewed_on": None}, {"next_review_on": None}])
def test_a_page_is_not_published_without(lacking):
    with refused("published_page_says_who_reviewed_it"):
        Condition.objects.create(slug="ataxia", name="Ataxia", **{**PAGE, **lacking})
    with pytest.raises(ValidationError, match="needs a reviewer's role, both review dates and a funding line"):
        Condition(slug="ataxia", name="Ataxia", **{**PAGE, **lacking}).validate_constraints()


def test_a_draft_page_lacks_what_it_likes():
    ConditionFactory(slug="ataxia")
    assert not Condition.objects.with_pages().exists()


TWICE = {
    "kinship_once": lambda made: [Kinship(child=made["joubert"], parent=made["ataxia"]) for _ in "12"],
    "condition_name_once": lambda made: [ConditionName(condition=made["ataxia"], name="CBLH", folded="cblh") for _ in "12"],
    "condition_code_once": lambda made: [ConditionCode(condition=made["ataxia"], system="mondo", code="0000001") for _ in "12"],
    "condition_gene_once": lambda made: [GeneLink(condition=made["ataxia"], symbol="CASK") for _ in "12"],
    "condition_source_once": lambda made: [source(made["ataxia"], "ninds") for _ in "12"],
    "condition_section_once": lambda made: [Section(condition=made["ataxia"], kind=SectionKind.SCHOOL, body="Text.") for _ in "12"],
}


@pytest.mark.parametrize("name", TWICE)
def test_nothing_stands_twice_at_a_condition(name):
    first, second = TWICE[name]({slug: ConditionFactory(slug=slug) for slug in ("ataxia", "joubert")})
    first.save()
    with refused(name):
        second.save()


def test_two_spellings_of_one_name_are_one_name():
    condition = ConditionFactory()
    ConditionNameFactory(condition=condition, name="Friedreich’s ataxia")
    with refused("condition_name_once"):
        ConditionNameFactory(condition=condition, name="FRIEDREICHS  ATAXIA")


def test_two_conditions_may_share_a_name():
    ConditionNameFactory(name="SMA")
    ConditionNameFactory(name="SMA")
    assert ConditionName.objects.filter(folded="sma").count() == 2


def test_a_section_is_never_empty():
    with refused("no_empty_section"):
        Section.objects.create(condition=ConditionFactory(), kind=SectionKind.SCHOOL, body="")


def test_nobody_is_their_own_parent():
    condition = ConditionFactory()
    with refused("nobody_is_their_own_parent"):
        Kinship.objects.create(child=condition, parent=condition)


def test_parents_and_children_are_two_sides_of_a_link():
    made = kinship(friedreich=["hereditary", "ataxia"], hereditary=["ataxia"])
    assert set(made["friedreich"].parents.all()) == {made["hereditary"], made["ataxia"]}
    assert set(made["ataxia"].children.all()) == {made["hereditary"], made["friedreich"]}


def test_a_condition_that_is_renamed_is_found_by_its_new_name():
    condition = ConditionFactory(name="Ataxia")
    condition.name = "Friedreich’s Ataxia"
    condition.save()
    assert Condition.objects.get().folded == "friedreichs ataxia"


def test_a_name_may_be_as_long_as_its_column_even_where_folding_makes_it_longer():
    name = "ß" * 200
    condition = ConditionNameFactory(name=name, condition=ConditionFactory(name=name)).condition
    condition.refresh_from_db()
    assert (condition.name, len(condition.folded)) == (name, 200)
    assert exact(name).slug == condition.slug


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Condition(name="Ataxia"), "Ataxia"),
        (Kinship(child=Condition(name="Joubert"), parent=Condition(name="Ataxia")), "Joubert → Ataxia"),
        (ConditionName(name="CBLH"), "CBLH"),
        (ConditionCode(system="icd10cm", code="Q04.3"), "ICD-10-CM Q04.3"),
        (GeneLink(symbol="CASK"), "CASK"),
        (source(None, "ninds"), "NINDS: About"),
        (Section(kind=SectionKind.GET_HELP_NOW), "Get help now if…"),
    ],
)
def test_rows_say_what_they_are(row, words):
    assert str(row) == words
