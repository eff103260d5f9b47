"""The real catalogue of conditions, as `load_conditions` puts it into the database."""

import io
import shutil
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from conditions import catalogue_files
from conditions.editorial import State
from conditions.kinship import kin
from conditions.models import Condition, ConditionCode, ConditionName, GeneLink, Section, SectionKind
from conditions.search import search

from .dossier import MONDO, TAGS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

WITH_PAGES = {
    "ataxia-telangiectasia",
    "cask-related-disorder",
    "cerebellar-atrophy",
    "cerebellar-hypoplasia",
    "cerebral-palsy",
    "charge-syndrome",
    "congenital-cmv",
    "congenital-disorder-of-glycosylation",
    "dandy-walker-malformation",
    "epilepsy",
    "friedreich-ataxia",
    "hereditary-ataxia",
    "hydrocephalus",
    "joubert-syndrome",
    "mitochondrial-disease",
    "pontocerebellar-hypoplasia",
    "smard1",
    "spinal-muscular-atrophy",
    "spinocerebellar-ataxia",
}
# Rare by hand: Orphanet has no number for the condition itself, only for its kinds.
RARE_BY_HAND = {
    "ataxia-telangiectasia-like-disorder",
    "cacna1a-related-disorder",
    "cerebellar-atrophy",
    "chiari-malformation-type-ii",
    "kif1a-related-disorder",
    "mitochondrial-disease",
    "sma-type-0",
    "spinal-muscular-atrophy",
}
SECTIONS = [
    "main-message",
    "get-help-now",
    "in-plain-words",
    "care-team",
    "day-to-day",
    "causes-and-tests",
    "therapies",
    "school",
    "money",
    "support",
    "questions",
    "growing-up",
    "looking-after-yourself",
]


def ancestors(slug):
    return {relative.slug for relative in kin([slug]).ancestors if relative.distance}


def test_all_conditions_of_the_dossier_are_there_under_their_slugs():
    stored = dict(ConditionCode.objects.filter(system="mondo").values_list("code", "condition__slug"))
    assert len(MONDO) == 106
    assert stored == MONDO


def test_beside_them_there_are_only_the_groups_that_gather_them():
    others = Condition.objects.exclude(slug__in=MONDO.values())
    assert others.count() == 14
    assert {condition.kind for condition in others} == {"group"}


@pytest.mark.parametrize(
    ("number", "slug"),
    [
        ("0022687", "cerebellar-atrophy"),
        ("0008939", "cerebellar-hypoplasia"),
        ("0001516", "spinal-muscular-atrophy"),
        ("0018772", "joubert-syndrome"),
        ("0008965", "charge-syndrome"),
    ],
)
def test_addresses_that_others_link_to(number, slug):
    assert Condition.objects.get(codes__system="mondo", codes__code=number).get_absolute_url() == f"/conditions/{slug}/"
    assert Condition.objects.filter(slug__in=["cerebral-palsy", "congenital-cmv"]).count() == 2


def test_codes_genes_and_names_came_along():
    codes = Counter(ConditionCode.objects.values_list("system", flat=True))
    assert codes == {"mondo": 106, "orphanet": 74, "omim": 40, "icd10cm": 113, "mesh": 62, "doid": 84}
    assert not ConditionCode.objects.filter(system__in=["orphanet", "omim"]).exclude(code__regex=r"^\d+$").exists()
    assert GeneLink.objects.count() == 214
    assert ConditionName.objects.count() > 380


def test_icd_codes_that_were_chosen_by_hand_are_marked_as_not_checked():
    checked = Counter(ConditionCode.objects.values_list("system", "checked"))
    assert checked["icd10cm", False] > checked["icd10cm", True]
    assert checked["mondo", False] == 0


@pytest.mark.parametrize("slug", ["cerebellar-atrophy", "cerebellar-hypoplasia"])
def test_what_a_scan_shows_is_a_finding_and_not_a_disease(slug):
    assert Condition.objects.get(slug=slug).kind == "finding"


@pytest.mark.parametrize(
    ("child", "ancestor"),
    [
        ("joubert-syndrome", "cerebellar-hypoplasia"),
        ("friedreich-ataxia", "hereditary-ataxia"),
        ("charge-syndrome", "cerebellar-hypoplasia"),
        ("cerebellar-atrophy", "ataxia"),
        ("cerebellar-atrophy", "rare-disease"),
        ("spinal-muscular-atrophy", "rare-disease"),
        ("sma-type-1", "spinal-muscular-atrophy"),
        ("ataxic-cerebral-palsy", "cerebral-palsy"),
    ],
)
def test_who_lies_under_whom(child, ancestor):
    assert ancestor in ancestors(child)
    assert child in {relative.slug for relative in kin([ancestor]).narrower}


def test_ataxia_does_not_lie_under_cerebellar_atrophy():
    assert "cerebellar-atrophy" not in ancestors("ataxia")


def test_rare_are_all_with_an_orphanet_number_and_those_named_by_hand():
    orphanet = set(Condition.objects.filter(codes__system="orphanet").values_list("slug", flat=True))
    rare = {relative.slug for relative in kin(["rare-disease"]).narrower}
    assert rare - orphanet == RARE_BY_HAND
    assert orphanet - rare == set()
    assert {relative.slug for relative in kin(["rare-disease"]).types} == rare


def test_no_condition_is_an_orphan():
    roots = Condition.objects.filter(parents=None)
    assert {condition.kind for condition in roots} == {"group"}
    assert not roots.exclude(slug="undiagnosed-condition").filter(children=None).exists()


def test_every_tag_of_the_dossier_leads_to_a_condition_and_any_to_none():
    assert catalogue_files.read().tags == TAGS
    assert len(TAGS) == 29
    assert [tag for tag, slug in TAGS.items() if slug is None] == ["any"]
    slugs = {slug for slug in TAGS.values() if slug}
    assert set(Condition.objects.filter(slug__in=slugs).values_list("slug", flat=True)) == slugs


def test_a_circle_of_cerebellar_atrophy_and_ataxia_is_refused(tmp_path):
    shutil.copytree(catalogue_files.ROOT, tmp_path, dirs_exist_ok=True)
    kinship = tmp_path / "kinship.yaml"
    kinship.write_text(kinship.read_text().replace("\n  ataxia: [", "\n  ataxia: [cerebellar-atrophy, "))
    lines = [
        number for number, line in enumerate(kinship.read_text().splitlines(), 1) if line.startswith(("  ataxia:", "  cerebellar-atrophy:"))
    ]
    with pytest.raises(CommandError, match="kinship runs in a circle: ") as found:
        call_command("load_conditions", root=tmp_path, stdout=io.StringIO())
    fault, last = str(found.value).splitlines()
    assert "nothing was loaded" in last
    assert fault.startswith(tuple(f"{kinship}:{line}: " for line in lines))


def test_the_conditions_that_families_ask_about_most_have_pages():
    assert set(Condition.objects.with_pages().values_list("slug", flat=True)) == WITH_PAGES


@pytest.mark.parametrize("slug", sorted(WITH_PAGES))
def test_a_page_says_what_matters_who_checked_it_and_on_what_it_rests(slug):
    condition = Condition.objects.get(slug=slug)
    sections = {section.kind: section for section in condition.sections.all()}
    assert {"main-message", "get-help-now", "in-plain-words", "therapies", "school", "money", "support"} <= set(sections)
    assert condition.reviewer
    assert condition.reviewed_on < condition.next_review_on
    assert all(section.sources.exists() for kind, section in sections.items() if kind != "questions")
    assert all(source.url.startswith("http") and source.supports for source in condition.sources.all())


def test_what_matters_first_is_short_and_has_three_steps():
    for section in Section.objects.filter(kind=SectionKind.MAIN_MESSAGE):
        message, _, steps = section.body.partition("\n1. ")
        assert len(message.split()) <= 60, section.condition
        assert len(steps.split("\n")) == 3, section.condition


def test_sections_are_shown_in_the_order_of_the_design():
    assert SectionKind.values == SECTIONS


def test_conditions_without_a_page_are_drafts_without_sections():
    rest = Condition.objects.exclude(slug__in=WITH_PAGES)
    assert set(rest.values_list("page_state", flat=True)) == {State.DRAFT}
    assert not Section.objects.filter(condition__in=rest).exists()


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("cerebellar hypoplasia", "cerebellar-hypoplasia"),
        ("cerebro-cerebellar volume loss", "cerebellar-atrophy"),
        ("SMA", "spinal-muscular-atrophy"),
        ("CP", "cerebral-palsy"),
        ("Joubert", "joubert-syndrome"),
        ("cCMV", "congenital-cmv"),
        ("Friedreich's ataxia", "friedreich-ataxia"),
        ("small cerebellum", "cerebellar-hypoplasia"),
    ],
)
def test_a_family_s_words_lead_first_to(typed, slug):
    assert search(typed)[0].condition.slug == slug


def test_loading_again_changes_nothing():
    out = io.StringIO()
    call_command("load_conditions", stdout=out)
    assert out.getvalue().startswith("Conditions: 0 new, 0 changed, 120 same, 0 left")
