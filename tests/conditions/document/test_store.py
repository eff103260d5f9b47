"""Documents and rows: nothing is lost either way, and what a vocabulary imported stays."""

from datetime import date

import pytest

from conditions import document as documents
from conditions import search
from conditions.document import ConditionDocument, Unfit
from conditions.document.shape import CodeShape, ReviewShape
from conditions.models import Condition, ConditionCode, ConditionName, GeneLink, Kinship, Stamp
from conditions.shapes import GeneShape, NameShape, Source
from tests.factories import ConditionFactory, ConditionNameFactory, kinship

pytestmark = pytest.mark.django_db
MONDO = "mondo 2026-05-05"


def a_source(key, **fields):
    said = {
        "title": "About ataxia",
        "publisher": "NINDS",
        "owner_kind": "government",
        "seen_on": date(2026, 3, 1),
        "supports": "what it is",
    }
    return Source(key=key, **(said | fields))


WHOLE = ConditionDocument(
    name="Friedreich’s ataxia",
    summary="Unsteady walking that begins in childhood.",
    kind="disease",
    names=[NameShape(name="FA", kind="abbreviation"), NameShape(name="Ataxia de Friedreich", language="es")],
    codes=[CodeShape(system="orphanet", code="95"), CodeShape(system="icd10cm", code="G11.11", checked=False)],
    genes=[GeneShape(symbol="FXN", inheritance="Autosomal recessive", change="GAA repeats", causes="c", association="a", source="o")],
    parents=["ataxia", "rare-disease"],
    sections={"school": "Schools help. [^naf]", "main-message": "You are not alone. [^ninds] [^nobody]\n\n1. Call."},
    sources=[a_source("ninds"), a_source("naf", url="https://www.example.org/", published="March 2024")],
    review=ReviewShape(reviewer="A neurologist", reviewed_on=date(2026, 3, 1), next_review_on=date(2027, 3, 1), funding="Nobody."),
)


def save(document, condition, **said):
    return documents.save(document, condition=condition, **({"why": "A test.", "verb": "edit"} | said))


@pytest.fixture
def known():
    """The parents that `WHOLE` names."""
    return kinship(ataxia=[], rare_disease=[])


def test_a_whole_document_comes_back(known):
    made = save(WHOLE, Condition(slug="fa"))
    assert documents.of(Condition.objects.get(slug="fa")) == WHOLE
    assert list(WHOLE.sections) == ["main-message", "school"]
    assert {section.kind: [source.key for source in section.sources.all()] for section in made.sections.all()} == {
        "main-message": ["ninds"],
        "school": ["naf"],
    }


def test_what_is_taken_out_is_gone(known):
    made = save(WHOLE, Condition(slug="fa"))
    bare = ConditionDocument(name="Friedreich’s ataxia")
    save(bare, made)
    assert documents.of(Condition.objects.get(slug="fa")) == bare


def test_a_text_is_written_without_touching_the_names(known):
    made = save(WHOLE, Condition(slug="fa"))
    stamp = [*Stamp.objects.values()]
    save(WHOLE.model_copy(update={"sections": {"money": "Ask."}}), made)
    assert [*Stamp.objects.values()] == stamp


def test_a_new_name_is_found_at_once(known):
    made = save(WHOLE, Condition(slug="fa"))
    save(WHOLE.model_copy(update={"names": [NameShape(name="Wobbles of Fridrich")]}), made)
    assert [match.condition.slug for match in search.search("wobbles")] == ["fa"]
    assert "fa" not in [match.condition.slug for match in search.search("ataxia de friedreich", mend=False)]


@pytest.fixture
def imported(known):
    """A disease as a vocabulary brought it."""
    condition = ConditionFactory(slug="fa", name="Friedreich ataxia", origin=MONDO)
    ConditionNameFactory(condition=condition, name="FRDA", origin=MONDO)
    ConditionNameFactory(condition=condition, name="Friedreich disease", origin=MONDO)
    ConditionCode.objects.create(condition=condition, system="mondo", code="0100339", origin=MONDO)
    ConditionCode.objects.create(condition=condition, system="omim", code="229300", origin=MONDO)
    Kinship.objects.create(child=condition, parent=ConditionFactory(slug="gait", name="Gait trouble"), origin=MONDO)
    Kinship.objects.create(child=condition, parent=known["ataxia"], origin=MONDO)
    return condition


def test_what_was_imported_is_no_part_of_the_document(imported):
    assert documents.of(imported) == ConditionDocument(name="Friedreich ataxia")
    assert documents.imported(imported) == {
        "names": ["FRDA", "Friedreich disease"],
        "codes": ["Mondo 0100339", "OMIM 229300"],
        "parents": ["Ataxia", "Gait trouble"],
    }


def test_an_edit_loses_nothing_that_was_imported(imported):
    save(documents.of(imported).model_copy(update={"summary": "Unsteady walking."}), imported)
    assert documents.imported(imported)["names"] == ["FRDA", "Friedreich disease"]
    assert imported.codes.exclude(origin="").count() == 2
    assert imported.parent_links.exclude(origin="").count() == 2
    assert Condition.objects.get(slug="fa").origin == ""


def test_people_s_own_takes_the_place_of_the_same_thing_imported(imported):
    same = {
        "names": [NameShape(name="frda", kind="abbreviation")],
        "codes": [CodeShape(system="omim", code="229300", checked=False)],
        "parents": ["ataxia"],
    }
    document = documents.of(imported).model_copy(update=same)
    save(document, imported)
    assert documents.of(imported) == document
    assert documents.imported(imported) == {"names": ["Friedreich disease"], "codes": ["Mondo 0100339"], "parents": ["Gait trouble"]}


def test_the_name_that_a_vocabulary_gave_stays_as_another_name(imported):
    save(ConditionDocument(name="Wobbly walking"), imported)
    assert documents.imported(imported)["names"] == ["FRDA", "Friedreich ataxia", "Friedreich disease"]


def test_the_first_change_keeps_what_was_there_before(imported):
    save(ConditionDocument(name="Wobbly walking"), imported)
    first, second = imported.revisions.order_by("number")
    assert (first.verb, first.by_name, first.document["name"]) == ("start", MONDO, "Friedreich ataxia")
    assert (second.number, second.document["name"]) == (2, "Wobbly walking")


def test_a_parent_that_is_not_there_is_refused(known):
    with pytest.raises(Unfit, match="There is no condition “ataxy”"):
        save(WHOLE.model_copy(update={"parents": ["ataxia", "ataxy"]}), Condition(slug="fa"))
    assert not Condition.objects.filter(slug="fa").exists()


def test_a_circle_is_refused_with_the_names_in_it():
    made = kinship(joubert=["hypoplasia"], hypoplasia=["finding"])
    document = documents.of(made["finding"])
    with pytest.raises(Unfit, match="Joubert already lies under Finding: this would close a circle"):
        save(document.model_copy(update={"parents": ["joubert"]}), made["finding"])
    with pytest.raises(Unfit, match="Finding cannot be a kind of itself"):
        save(document.model_copy(update={"parents": ["finding"]}), made["finding"])
    assert Kinship.objects.count() == 2
    assert not made["finding"].revisions.exists()


def test_an_imported_link_counts_in_a_circle():
    made = kinship(finding=[], joubert=[])
    Kinship.objects.create(child=made["joubert"], parent=made["finding"], origin=MONDO)
    with pytest.raises(Unfit, match="would close a circle"):
        save(documents.of(made["finding"]).model_copy(update={"parents": ["joubert"]}), made["finding"])


def test_reading_takes_three_queries_whatever_there_is(known, django_assert_num_queries):
    made = save(WHOLE, Condition(slug="fa"))
    for number in range(30):
        ConditionName.objects.create(condition=made, name=f"Name {number}")
        GeneLink.objects.create(condition=made, symbol=f"G{number}")
    with django_assert_num_queries(3):
        assert len(documents.of(made).names) == 32
