import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from conditions.models import Condition, ConditionName
from conditions.search import exact, search
from tests.factories import ConditionFactory, ConditionNameFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    """A few conditions and the ways in which people say them."""
    names = {
        "cerebellar-hypoplasia": ("Cerebellar hypoplasia", ["CBLH", "Small cerebellum"]),
        "cerebellar-atrophy": ("Cerebellar atrophy", ["Cerebro-cerebellar volume loss", "Cerebellar degeneration"]),
        "spinal-muscular-atrophy": ("Spinal muscular atrophy", ["SMA"]),
        "sma-type-1": ("SMA type 1", ["Werdnig-Hoffmann disease"]),
        "friedreich-ataxia": ("Friedreich ataxia", ["Friedreich’s ataxia", "FRDA", "FA"]),
        "ataxia": ("Ataxia", []),
    }
    for slug, (name, others) in names.items():
        condition = ConditionFactory(slug=slug, name=name)
        for other in others:
            ConditionNameFactory(condition=condition, name=other)
    return names


def slugs(text, **options):
    return [match.condition.slug for match in search(text, **options)]


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Cerebellar hypoplasia", "cerebellar-hypoplasia"),
        ("cerebellar   HYPOPLASIA", "cerebellar-hypoplasia"),
        ("cblh", "cerebellar-hypoplasia"),
        ("SMA", "spinal-muscular-atrophy"),
        ("Friedreichs Ataxia", "friedreich-ataxia"),
        ("werdnig hoffmann", "sma-type-1"),
        ("Friedr", "friedreich-ataxia"),
        ("atrophy spinal", "spinal-muscular-atrophy"),
        ("MRI brain: mild cerebro-cerebellar volume loss, no mass.", "cerebellar-atrophy"),
        ("cerebelar hypoplasia", "cerebellar-hypoplasia"),
        ("werdnig hofmann", "sma-type-1"),
        ("There is a small cerebellum with a thin vermis", "cerebellar-hypoplasia"),
    ],
)
def test_what_a_family_types_leads_first_to(typed, slug, known):
    assert slugs(typed)[0] == slug


def test_an_equal_name_comes_before_a_longer_one_and_says_so(known):
    matches = search("SMA")
    assert [(match.condition.slug, match.name, match.is_exact) for match in matches[:2]] == [
        ("spinal-muscular-atrophy", "SMA", True),
        ("sma-type-1", "SMA type 1", False),
    ]


def test_of_the_names_within_a_report_the_longest_comes_first(known):
    assert slugs("a child with friedreich ataxia") == ["friedreich-ataxia", "ataxia"]


def test_a_condition_is_given_once_by_the_name_that_fits_best(known):
    matches = [match for match in search("friedreich ataxia") if match.condition.slug == "friedreich-ataxia"]
    assert [match.name for match in matches] == ["Friedreich ataxia"]


def test_part_of_a_word_is_not_a_name_within_a_report(known):
    ConditionNameFactory(condition=ConditionFactory(slug="other"), name="MA")
    assert "other" not in slugs("spinal muscular atrophy small")


def test_every_word_must_occur(known):
    assert slugs("cerebellar sausage") == []


def test_no_more_than_asked_for(known):
    assert len(slugs("a", limit=3)) == 3


@pytest.mark.parametrize("text", ["", "   ", "?!", "\x00", "'"])
def test_nothing_typed_is_nothing_found(text, known):
    assert search(text) == []


@pytest.mark.parametrize(
    "text", ["%", "_", "\\", "cerebellar_hypoplasia", "100%", "'; drop table", "ataxia\x00", "a" * 10_000, "sma " * 5_000]
)
def test_odd_input_is_only_text(text, known):
    assert set(slugs(text)) <= set(known)


def test_a_sentence_is_read_but_not_a_book(known):
    assert slugs("word " * 20 + "cblh") == ["cerebellar-hypoplasia"]
    assert slugs("word " * 70 + "cblh") == ["cerebellar-hypoplasia"]
    assert slugs("word " * 2_000 + "cblh") == []


def test_the_one_condition_that_is_called_so(known):
    assert exact("friedreich's ataxia").slug == "friedreich-ataxia"
    assert exact("friedreich") is None


def test_a_name_of_two_conditions_is_nobodys_own(known):
    ConditionNameFactory(condition=Condition.objects.get(slug="sma-type-1"), name="SMA")
    assert exact("SMA") is None
    assert {match.condition.slug for match in search("SMA") if match.is_exact} == {"spinal-muscular-atrophy", "sma-type-1"}


def test_an_equal_name_is_found_among_very_many_that_hold_it():
    many = Condition.objects.bulk_create(Condition(slug=f"c{n}", name=f"A{n} ms", folded=f"a{n} ms") for n in range(600))
    ConditionName.objects.bulk_create(ConditionName(condition=row, name=f"B {row.name}", folded=f"b {row.folded}") for row in many)
    ConditionNameFactory(condition=ConditionFactory(slug="multiple-sclerosis"), name="MS")
    assert slugs("ms")[0] == "multiple-sclerosis"


@settings(max_examples=40)
@given(
    st.lists(st.text(alphabet="abcß é'-", min_size=1, max_size=12).filter(lambda name: name.strip(" '-")), min_size=1, max_size=5),
    st.data(),
)
def test_every_condition_is_found_by_each_name_it_has(names, data):
    with transaction.atomic():
        for number, name in enumerate(names):
            ConditionFactory(slug=f"c{number}", name=name)
        number = data.draw(st.integers(0, len(names) - 1))
        typed = data.draw(st.sampled_from([names[number], names[number].upper(), f" {names[number]}. "]))
        exact_ones = {match.condition.slug for match in search(typed, limit=100) if match.is_exact}
        transaction.set_rollback(True)
    assert f"c{number}" in exact_ones


@settings(max_examples=40)
@given(st.text())
def test_any_text_gets_an_answer(text):
    ConditionFactory(slug="ataxia")
    assert set(slugs(text)) <= {"ataxia"}
