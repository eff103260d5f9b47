import pytest
from django.db import DatabaseError

from conditions import document as documents
from conditions import loading
from conditions.editorial import State
from conditions.models import Condition, ConditionName, ConditionSource, Kinship, Section
from tests.factories import ConditionFactory, ConditionNameFactory, kinship

pytestmark = pytest.mark.django_db

ATAXIA, KINSHIP, PAGE = "conditions/ataxia.yaml", "kinship.yaml", "pages/ataxia.md"


@pytest.fixture
def load(tree):
    return lambda: dict(loading.load(tree.read())[0])


def parents():
    return {(link.child.slug, link.parent.slug) for link in Kinship.objects.select_related("child", "parent")}


def everything():
    """All rows of the catalogue with their keys, so that a row that was replaced shows."""
    return {model: [*model.objects.order_by("pk").values()] for model in (Condition, ConditionName, ConditionSource, Section, Kinship)}


def test_the_files_become_rows(load):
    assert load() == {"new": 3}
    ataxia = Condition.objects.get(slug="ataxia")
    assert (ataxia.name, ataxia.kind, ataxia.page_state, ataxia.funding) == ("Ataxia", "finding", State.PUBLISHED, "No sponsor.")
    assert {(row.name, row.folded, row.kind) for row in ataxia.names.all()} == {
        ("Poor coordination", "poor coordination", "report"),
        ("Ataxias", "ataxias", "synonym"),
    }
    assert {(row.system, row.code, row.checked) for row in ataxia.codes.all()} == {("mondo", "0000437", True), ("icd10cm", "R27.0", False)}
    assert [(row.symbol, row.inheritance) for row in ataxia.genes.all()] == [("CASK", "X-linked")]
    assert [source.key for source in ataxia.sources.all()] == ["ninds", "naf"]
    assert {section.kind: {source.key for source in section.sources.all()} for section in ataxia.sections.all()} == {
        "main-message": {"ninds"},
        "school": {"ninds", "naf"},
    }
    assert parents() == {("ataxia", "rare-disease"), ("joubert-syndrome", "ataxia"), ("joubert-syndrome", "rare-disease")}
    assert Condition.objects.get(slug="joubert-syndrome").page_state == State.DRAFT


def test_loading_again_touches_no_row(load):
    load()
    before = everything()
    assert load() == {"same": 3}
    assert everything() == before


@pytest.mark.parametrize(
    ("name", "old", "new", "reads"),
    [
        (ATAXIA, "name: Ataxia\n", "name: Ataxy\n", lambda row: row.name == "Ataxy" and row.folded == "ataxy"),
        (ATAXIA, "kind: finding", "kind: injury", lambda row: row.kind == "injury"),
        (ATAXIA, "{name: Ataxias}", "{name: Unsteadiness}", lambda row: "unsteadiness" in row.names.values_list("folded", flat=True)),
        (ATAXIA, "{name: Ataxias}", "{name: Ataxias, kind: former}", lambda row: row.names.get(folded="ataxias").kind == "former"),
        (ATAXIA, "R27.0", "R27.8", lambda row: row.codes.get(system="icd10cm").code == "R27.8"),
        (ATAXIA, "unchecked_codes: [icd10cm]", "unchecked_codes: []", lambda row: row.codes.get(system="icd10cm").checked),
        (ATAXIA, "inheritance: X-linked", "inheritance: dominant", lambda row: row.genes.get().inheritance == "dominant"),
        (PAGE, "2027-11-20", "2027-05-20", lambda row: row.next_review_on.month == 5),
        (PAGE, "Schools can help.", "Schools must help.", lambda row: row.sections.get(kind="school").body.startswith("Schools must")),
        (
            PAGE,
            " [^naf] [^ninds]",
            " [^naf]",
            lambda row: [source.key for source in row.sections.get(kind="school").sources.all()] == ["naf"],
        ),
        (PAGE, "supports: who helps", "supports: who listens", lambda row: row.sources.get(key="naf").supports == "who listens"),
    ],
)
def test_what_changes_in_a_file_changes_its_condition_alone(name, old, new, reads, tree, load):
    load()
    ataxia = Condition.objects.get(slug="ataxia")
    assert not reads(ataxia)
    tree.change(name, old, new)
    assert load() == {"changed": 1, "same": 2}
    ataxia.refresh_from_db()
    assert reads(ataxia)
    assert load() == {"same": 3}


def test_a_page_whose_file_is_gone_is_no_longer_shown(tree, load):
    load()
    (tree.root / PAGE).unlink()
    assert load() == {"changed": 1, "same": 2}
    assert Condition.objects.get(slug="ataxia").page_state == State.DRAFT
    assert not Section.objects.exists()
    assert not ConditionSource.objects.exists()


def test_the_order_of_sources_is_that_of_the_page(tree, load):
    load()
    page = tree.root / PAGE
    text = page.read_text()
    naf = next(line for line in text.splitlines(keepends=True) if line.startswith("  naf:"))
    page.write_text(text.replace(naf, "").replace("sources:\n", f"sources:\n{naf}"))
    assert load() == {"changed": 1, "same": 2}
    assert [source.key for source in ConditionSource.objects.all()] == ["naf", "ninds"]


def test_an_other_name_that_is_the_condition_s_own_is_left_out(tree, load):
    tree.change(ATAXIA, "{name: Ataxias}", "{name: ATAXIA}")
    load()
    assert [row.name for row in ConditionName.objects.filter(condition__slug="ataxia")] == ["Poor coordination"]


def test_kinship_is_replaced_by_that_of_the_files(tree, load):
    load()
    tree.change(KINSHIP, "joubert-syndrome: [ataxia, rare-disease]", "joubert-syndrome: [rare-disease]")
    assert load() == {"same": 2, "changed": 1}
    assert parents() == {("ataxia", "rare-disease"), ("joubert-syndrome", "rare-disease")}


def test_kinship_may_turn_round(tree, load):
    load()
    tree.change(KINSHIP, "  ataxia: [rare-disease]\n  joubert-syndrome: [ataxia, rare-disease]", "  ataxia: [joubert-syndrome]")
    load()
    assert parents() == {("ataxia", "joubert-syndrome")}


def test_conditions_that_the_files_do_not_name_are_left_alone(load):
    kinship(gout=["arthritis"])
    Kinship.objects.create(child=ConditionFactory(slug="gout"), parent=ConditionFactory(slug="rare-disease"))
    load()
    assert {("gout", "arthritis"), ("gout", "rare-disease")} < parents()


BY_HAND = {
    "a field": lambda ataxia: Condition.objects.filter(pk=ataxia.pk).update(summary="Mended by hand."),
    "a page taken back": lambda ataxia: Condition.objects.filter(pk=ataxia.pk).update(page_state=State.DRAFT),
    "a name": lambda ataxia: ConditionNameFactory(condition=ataxia, name="Wobbliness"),
    "a name less": lambda ataxia: ataxia.names.first().delete(),
    "a parent": lambda ataxia: Kinship.objects.create(child=ataxia, parent=ConditionFactory(slug="by-hand")),
    "a parent less": lambda ataxia: ataxia.parent_links.all().delete(),
    "a code": lambda ataxia: ataxia.codes.filter(system="mondo").update(code="0000001"),
    "a gene": lambda ataxia: ataxia.genes.update(symbol="ATM"),
    "a text": lambda ataxia: ataxia.sections.filter(kind="school").update(body="Mended by hand."),
    "a source": lambda ataxia: ataxia.sources.filter(key="naf").update(supports="nothing"),
}


@pytest.mark.parametrize("what", BY_HAND)
def test_what_staff_have_changed_is_left_as_it_is_and_reported(what, tree):
    loading.load(tree.read())
    BY_HAND[what](Condition.objects.get(slug="ataxia"))
    before = everything()
    tree.change(ATAXIA, "unchecked_codes: [icd10cm]", "unchecked_codes: []")
    counts, kept = loading.load(tree.read())
    assert (dict(counts), kept) == ({"same": 2}, ["ataxia"])
    assert everything() == before


def test_a_change_by_hand_that_was_taken_back_does_not_count(tree, load):
    load()
    ataxia = Condition.objects.filter(slug="ataxia")
    ataxia.update(name="Ataxy")
    ataxia.update(name="Ataxia")
    tree.change(ATAXIA, "kind: finding", "kind: injury")
    assert load() == {"changed": 1, "same": 2}


def test_a_load_that_fails_leaves_nothing_behind(load, monkeypatch):
    before = everything()

    def fail(document, condition):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(loading.store, "write_parents", fail)
    with pytest.raises(DatabaseError, match="disk is full"):
        load()
    assert everything() == before == {model: [] for model in before}


def test_each_change_leaves_a_revision(tree, load):
    load()
    ataxia = Condition.objects.get(slug="ataxia")
    tree.change(PAGE, "Schools can help.", "Schools must help.")
    load()
    load()
    assert [(step.number, step.verb, step.by_name) for step in ataxia.revisions.all()] == [
        (2, "load", "catalogue files"),
        (1, "load", "catalogue files"),
    ]
    assert [document.sections["school"][:12] for document in map(of_revision, ataxia.revisions.all())] == ["Schools must", "Schools can "]


def of_revision(revision):
    return documents.read(revision.document)


def test_what_people_saved_by_the_document_is_left_as_it_is(tree, load):
    load()
    ataxia = Condition.objects.get(slug="ataxia")
    document = documents.of(ataxia).model_copy(update={"summary": "Mended by people."})
    documents.save(document, condition=ataxia, why="It was wrong.", verb="edit")
    tree.change(PAGE, "Schools can help.", "Schools must help.")
    assert load() == {"same": 2}
    assert documents.of(ataxia) == document


def test_progress_is_told_of_every_condition(tree):
    seen = []

    def progress(rows):
        for row in rows:
            seen.append(row[0])
            yield row

    loading.load(tree.read(), progress=progress)
    assert seen == ["ataxia", "joubert-syndrome", "rare-disease"]
