"""A vocabulary in the database: imported beside what people wrote, again and again."""

import io
from textwrap import dedent

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conditions import catalogue_files, loading
from conditions.editorial import State
from conditions.kinship import kin
from conditions.models import Condition, ConditionCode, ConditionName, Kinship
from tests.conditions.conftest import GLOSSARY
from tests.factories import ConditionFactory, ConditionNameFactory

pytestmark = pytest.mark.django_db
MODELS = (Condition, ConditionName, ConditionCode, Kinship)


@pytest.fixture
def rare():
    return ConditionFactory(slug="rare-disease", kind="group")


@pytest.fixture
def curated(rare):
    """People's own condition, which the vocabulary knows as MONDO:0000003."""
    condition = ConditionFactory(slug="zya", name="Zed ataxia", summary="In plain words.")
    condition.codes.create(system="mondo", code="0000003")
    ConditionNameFactory(condition=condition, name="zed DISEASE", kind="report")
    return condition


def rows():
    return [sorted(model.objects.values_list()) for model in MODELS]


def ancestors(slug):
    return {relative.slug for relative in kin([slug]).ancestors}


def test_diseases_come_as_conditions_without_prose(obo, rare):
    plan = obo.load()
    assert len(plan.new) == 5
    cold = Condition.objects.get(slug="common-cold")
    assert (cold.name, cold.summary, cold.page_state, cold.origin) == ("Common cold", "", State.DRAFT, "mondo 2026-05-05")
    assert list(cold.names.values_list("name", "folded", "origin")) == [("cold, common", "cold common", "mondo 2026-05-05")]
    assert set(cold.codes.values_list("system", "code")) == {("mondo", "0000005"), ("mesh", "D003139")}
    assert ancestors("common-cold") == {"common-cold", "disease"}


def test_a_rare_disease_lies_under_the_group_whose_help_it_needs(obo, rare):
    obo.load()
    assert "rare-disease" in ancestors("zed-young-ataxia-type-1")
    assert list(rare.children.values_list("slug", flat=True)) == ["hereditary-ataxia"]


def test_without_that_group_nothing_lies_under_it(obo):
    obo.load()
    assert not Condition.objects.filter(slug="rare-disease").exists()


def test_peoples_own_condition_is_matched_by_its_number_and_kept(obo, curated):
    before = Condition.objects.values().get(pk=curated.pk)
    obo.load()
    assert Condition.objects.values().get(pk=curated.pk) == before
    assert not Condition.objects.filter(slug="zed-young-ataxia").exists()
    assert dict(curated.names.values_list("name", "origin")) == {
        "zed DISEASE": "",
        "Zed-Young ataxia": "mondo 2026-05-05",
        "Young's unsteadiness": "mondo 2026-05-05",
        "ZYA": "mondo 2026-05-05",
        'ataxia of "Zed"': "mondo 2026-05-05",
    }
    assert "zya" in ancestors("zed-young-ataxia-type-1")


def test_a_second_load_changes_nothing(obo, curated):
    obo.load()
    before = rows()
    plan = obo.load()
    assert plan.is_empty
    assert rows() == before


def test_a_dry_run_says_the_same_and_changes_nothing(obo, curated):
    before = rows()
    dry = obo.load(dry_run=True)
    assert rows() == before
    real = obo.load()
    assert (dry.new.keys(), dry.names.create, dry.links.create) == (real.new.keys(), real.names.create, real.links.create)


def test_a_newer_version_changes_what_it_says_and_moves_the_mark(obo, rare):
    obo.load()
    obo.change("releases/2026-05-05", "releases/2026-06-01")
    obo.change("name: common cold", "name: cold")
    obo.change('synonym: "cold, common" EXACT []', 'synonym: "a cold" EXACT []')
    plan = obo.load()
    assert (list(plan.changed), len(plan.names.create), len(plan.names.delete)) == (["common-cold"], 1, 1)
    cold = Condition.objects.get(slug="common-cold")  # the address stays
    assert (cold.name, cold.folded, cold.origin) == ("Cold", "cold", "mondo 2026-06-01")
    assert set(ConditionName.objects.values_list("origin", flat=True)) == {"mondo 2026-06-01"}


def test_what_a_newer_version_names_no_more_is_retired_and_leads_to_its_heir(obo, rare, client):
    obo.load()
    obo.remove("MONDO:0000005")
    obo.change(
        "name: Zed-Young ataxia type 1\nis_a: MONDO:0000003 ! Zed-Young ataxia", "name: x\nis_obsolete: true\nreplaced_by: MONDO:0000003"
    )
    assert obo.load().retired == {"common-cold": None, "zed-young-ataxia-type-1": "zed-young-ataxia"}
    former = Condition.objects.get(slug="zed-young-ataxia-type-1")
    assert (former.page_state, former.replaced_by.slug) == (State.RETIRED, "zed-young-ataxia")
    assert client.get(former.get_absolute_url()).headers["Location"] == "/conditions/zed-young-ataxia/"
    assert client.get("/conditions/common-cold/").status_code == 200  # an old link still helps
    assert obo.load().is_empty


def test_a_retired_one_that_comes_back_is_shown_again(obo):
    whole = obo.text
    obo.load()
    obo.remove("MONDO:0000005")
    obo.load()
    obo.text = whole
    obo.write()
    obo.load()
    assert Condition.objects.get(slug="common-cold").page_state == State.DRAFT


def test_peoples_own_condition_is_never_retired(obo, curated):
    obo.load()
    obo.remove("MONDO:0000004")
    obo.change("id: MONDO:0000003", "id: MONDO:0000013")
    plan = obo.load()
    curated.refresh_from_db()
    assert curated.page_state == State.DRAFT
    assert any("people's own stays" in line for line in plan.left_out)


def test_a_link_that_would_close_a_circle_with_peoples_own_is_left_out_and_reported(obo, curated):
    wide = ConditionFactory(slug="wide")
    wide.codes.create(system="mondo", code="0000002")
    Kinship.objects.create(child=wide, parent=curated)
    plan = obo.load()
    assert any(line.startswith("zya → wide") for line in plan.left_out)
    assert not Kinship.objects.filter(child=curated, parent=wide).exists()


def test_a_slug_that_is_taken_gets_the_number(obo):
    ConditionFactory(slug="common-cold", name="Something else")
    obo.load()
    assert Condition.objects.get(slug="common-cold-0000005").name == "Common cold"


def test_a_fault_while_writing_leaves_nothing_behind(obo, monkeypatch, transactional_db):
    monkeypatch.setattr(Kinship.objects, "bulk_create", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        obo.load()
    assert not Condition.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_diseases(obo, rare):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            obo.load()
        return len(asked)

    obo.load()
    few = queries()
    obo.change("[Typedef]\n", "".join(f"[Term]\nid: MONDO:01{n:05}\nname: d{n}\n\n" for n in range(300)) + "[Typedef]\n")
    obo.load()
    assert queries() == few


def test_the_command_reports(obo, curated):
    out = io.StringIO()
    call_command("load_vocabulary", str(obo.path), stdout=out)
    assert "5 diseases: 4 new, 0 changed, 0 retired, 0 same, 1 matched with conditions of our own" in out.getvalue()
    assert "3 of 5 diseases count as rare" in out.getvalue()


def test_the_command_refuses_a_file_with_its_line(obo):
    obo.change("is_a: MONDO:0000002 !", "is_a: MONDO:0000099 !")
    with pytest.raises(CommandError, match=rf"diseases\.obo:{obo.line('MONDO:0000099')}: .*\nNothing was loaded"):
        call_command("load_vocabulary", str(obo.path))
    assert not Condition.objects.exists()


CATALOGUE = {
    "glossary.yaml": GLOSSARY,
    "conditions/common-cold.yaml": """\
        name: Our word for another thing
        summary: It only has the slug.
        kind: disease
        """,
    "conditions/zya.yaml": """\
        name: Zed ataxia
        summary: In plain words.
        kind: disease
        names: [{name: zed DISEASE, kind: report}]
        codes: {mondo: ["0000003"]}
        """,
    "kinship.yaml": """\
        groups: [{slug: rare-disease, name: Rare disease, summary: Few have it., kind: group}]
        parents: {zya: [rare-disease]}
        """,
}


def test_catalogue_files_win_before_and_after(obo, tmp_path):
    """In either order, the same conditions come out."""
    for name, text in CATALOGUE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(dedent(text))
    obo.load()
    _, kept = loading.load(catalogue_files.read(tmp_path))
    assert kept == []
    own = Condition.objects.get(slug="zya")
    assert (own.name, own.origin) == ("Zed ataxia", "")
    assert dict(own.names.filter(folded="zed disease").values_list("name", "origin")) == {"zed DISEASE": ""}
    assert Condition.objects.get(slug="common-cold-0000005").name == "Common cold"
    assert Condition.objects.get(slug="common-cold").origin == ""
    obo.load()
    counts, kept = loading.load(catalogue_files.read(tmp_path))
    assert (counts, kept) == ({"same": 3}, [])


def test_an_imported_link_gives_way_to_the_files(obo, tmp_path):
    for name, text in CATALOGUE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(dedent(text))
    obo.load()
    loading.load(catalogue_files.read(tmp_path))
    Kinship.objects.create(child=Condition.objects.get(slug="rare-disease"), parent=Condition.objects.get(slug="zya"), origin="mondo 1")
    loading.load(catalogue_files.read(tmp_path))
    assert not Kinship.objects.filter(child__slug="rare-disease").exists()
