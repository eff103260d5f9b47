"""The caregiver page of a condition: its text, and the help found for it and through its ancestors."""

import json

import pytest

from conditions.models import Condition, ConditionCode, ConditionSource, GeneLink, Section, SectionKind
from resources.finder.condition import HOME_OF_KIND, NEAREST, SHOWN_KINDS
from resources.models import TherapyType
from tests.factories import (
    ConditionFactory,
    ConditionNameFactory,
    EvidenceFactory,
    MoneyFactory,
    OrganizationFactory,
    ResourceFactory,
    SchoolFactory,
    ServiceFactory,
    TherapyFactory,
    kinship,
)
from tests.shell.reading import Page, asked, text
from tests.shell.rules import breaches

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(client):
    def read(condition):
        response = client.get(f"/conditions/{condition.slug}/")
        assert response.status_code == 200
        made = Page(response)
        assert breaches(made) == []
        return made

    return read


@pytest.fixture
def atrophy():
    condition = ConditionFactory(slug="cerebellar-atrophy", summary="The cerebellum has become smaller.", with_page=True)
    return ConditionNameFactory(condition=condition, name="Small cerebellum").condition


def say(condition, kind, body):
    return Section.objects.create(condition=condition, kind=kind, body=body)


def parts(found):
    return [part.get("id") for part in found.all("section[@id]")]


def test_sections_stand_in_the_order_of_the_page_and_those_without_a_text_are_not_there(show, atrophy):
    for kind in (SectionKind.GROWING_UP, SectionKind.MAIN_MESSAGE, SectionKind.SCHOOL, SectionKind.GET_HELP_NOW):
        say(atrophy, kind, f"Words of {kind}.")
    found = show(atrophy)
    assert parts(found) == ["main-message", "get-help-now", "school", "growing-up", "names"]
    for kind in ("main-message", "get-help-now", "school", "growing-up"):
        assert f"Words of {kind}." in text(found.by_id(kind))


def test_the_main_message_leads_and_opens_the_help(show, atrophy):
    say(atrophy, SectionKind.MAIN_MESSAGE, "You are not alone.")
    say(atrophy, SectionKind.IN_PLAIN_WORDS, "The cerebellum helps with balance.")
    found = show(atrophy)
    assert text(found.main).index("You are not alone.") < text(found.main).index("balance")
    (button,) = found.all('a[@class="button"]')
    assert button.get("href") == "/find/?condition=cerebellar-atrophy"


def test_the_urgent_card_says_so_to_those_who_hear_the_page(show, atrophy):
    say(atrophy, SectionKind.GET_HELP_NOW, "Call 911 if your child cannot breathe.")
    assert text(show(atrophy).by_id("get-help-now-title")) == "Urgent: Get help now if…"


def test_citations_lead_to_the_sources_of_the_page(show, atrophy):
    ConditionSource.objects.create(
        condition=atrophy,
        key="nih",
        title="Ataxia",
        publisher="NIH",
        owner_kind="government",
        url="https://www.nih.gov/",
        seen_on="2025-11-01",
        supports="what it is",
    )
    say(atrophy, SectionKind.IN_PLAIN_WORDS, "It is a finding.[^nih] Not a disease.[^unknown]")
    found = show(atrophy)
    assert [link.get("href") for link in found.by_id("in-plain-words").findall(".//a")] == ["#source-1"]
    assert "Ataxia. NIH (Government). Seen Nov 1, 2025." in text(found.by_id("source-1"))
    assert "unknown" not in text(found.by_id("in-plain-words"))


def test_the_page_says_who_reviewed_it_when_and_who_paid(show, atrophy):
    facts = dict(show(atrophy).facts)
    assert facts["Review"] == "Not yet reviewed by a clinician"
    assert facts["Last looked through"] == f"{atrophy.reviewed_on:%B} {atrophy.reviewed_on.day}, {atrophy.reviewed_on.year}"
    assert facts["Next review due"] == f"{atrophy.next_review_on:%B} {atrophy.next_review_on.day}, {atrophy.next_review_on.year}"
    assert facts["Who paid for it"] == "No sponsor."


def test_names_genes_and_codes_are_shown(show, atrophy):
    ConditionNameFactory(condition=atrophy, name="Cerebellar volume loss", kind="report")
    ConditionNameFactory(condition=atrophy, name="Olivopontocerebellar", kind="former")
    GeneLink.objects.create(condition=atrophy, symbol="CACNA1A", inheritance="Autosomal dominant")
    ConditionCode.objects.create(condition=atrophy, system="icd10cm", code="G11.9")
    ConditionCode.objects.create(condition=atrophy, system="omim", code="108500", checked=False)
    facts = dict(show(atrophy).facts)
    assert facts["Also called"] == "Cerebellar volume loss; Olivopontocerebellar (former name); Small cerebellum"
    assert facts["Linked genes"] == "CACNA1A (Autosomal dominant)"
    assert facts["Codes"] == "ICD-10-CM G11.9; OMIM 108500 (choice not checked)"


def test_each_kind_shows_its_nearest_listings_in_the_section_that_speaks_of_it(show, atrophy):
    family = kinship(cerebellar_atrophy=["ataxia"])
    OrganizationFactory(published=True, slug="general", name="A")
    OrganizationFactory(published=True, slug="own", name="Z", conditions=[atrophy])
    OrganizationFactory(published=True, slug="parent", name="B", conditions=[family["ataxia"]])
    OrganizationFactory(published=True, slug="further", name="C")
    OrganizationFactory(published=True, slug="elsewhere", name="D", conditions=[ConditionFactory()])
    OrganizationFactory(slug="draft", conditions=[atrophy])
    SchoolFactory(published=True, slug="rest-breaks")
    MoneyFactory(published=True, slug="fund")
    ResourceFactory(published=True, slug="guide")
    found = show(atrophy)
    placed = {
        part: [card.get("data-resource") for card in found.by_id(part).findall(".//article")] for part in ("support", "school", "money")
    }
    assert placed == {"support": ["own", "parent", "general", "guide"], "school": ["rest-breaks"], "money": ["fund"]}
    assert NEAREST == 3


def test_see_all_leads_to_as_many_as_it_says(show, client, atrophy):
    OrganizationFactory.create_batch(4, published=True)
    MoneyFactory.create_batch(2, published=True, conditions=[atrophy])
    found = show(atrophy)
    links = [link for link in found.all("a") if text(link).startswith("See all ") and "kind=" in link.get("href")]
    assert {asked(link.get("href"))["kind"][0]: int(text(link).split()[2].strip(":")) for link in links} == {"organization": 4, "money": 2}
    for link in links:
        assert Page(client.get(link.get("href"))).count == int(text(link).split()[2].strip(":"))


def test_every_kind_but_therapies_has_its_place():
    """Therapies are shown by their evidence labels, never as cards."""
    assert set(SHOWN_KINDS) == set(HOME_OF_KIND) == {"organization", "service", "school", "money", "guide"}
    assert set(HOME_OF_KIND.values()) <= set(SectionKind.values)


def label(name, condition, level="limited", **values):
    therapy = TherapyType.objects.filter(name=name).first() or TherapyFactory(published=True, name=name)
    return EvidenceFactory(therapy=therapy, condition=condition, level=level, **values)


def labels(found):
    """Pairs of level and text: the condition's own, and those of wider groups."""
    own, wider = [], []
    for part in found.all('section[@id="therapies"]'):
        for row in part.findall(".//ul[@class='labels']/li"):
            pair = (row.find(".//*[@data-evidence]").get("data-evidence"), text(row))
            (wider if "tested in" in pair[1] else own).append(pair)
    return own, wider


def names_of(pairs):
    return [words.partition(" evidence ")[2].partition(" An option")[0] for _, words in pairs]


def test_a_therapys_label_is_that_of_the_nearest_condition(show, atrophy):
    family = kinship(cerebellar_atrophy=["ataxia"], ataxia=["rare-disease"])
    label("Balance training", atrophy, "moderate")
    label("Balance training", family["ataxia"], "strong")
    label("Riding", family["ataxia"], "limited", applies_to="adults")
    label("Riding", family["rare-disease"], "strong")
    label("Something else", ConditionFactory(), "strong")
    own, wider = labels(show(atrophy))
    assert [level for level, _ in own] == ["moderate"]
    assert names_of(own) == ["Balance training"]
    assert [level for level, _ in wider] == ["limited"]
    assert names_of(wider) == ["Riding, adults"]
    assert "tested in Ataxia" in wider[0][1]


def test_the_best_evidence_comes_first_and_warnings_last(show, atrophy):
    for level in ("not_recommended", "limited", "strong", "experimental", "moderate"):
        label(f"Therapy {level}", atrophy, level)
    own, _ = labels(show(atrophy))
    assert [level for level, _ in own] == ["strong", "moderate", "limited", "experimental", "not_recommended"]


def test_a_label_of_the_next_narrower_type_is_shown_where_there_is_no_nearer_one(show):
    family = kinship(sma_5q=["sma"], sma_5q_type_1=["sma-5q"])
    Condition.objects.update(summary="A condition.")
    family["sma"].refresh_from_db()
    label("A medicine", family["sma-5q"], "strong")
    label("Another", family["sma"], "limited")
    label("Another", family["sma-5q"], "strong")
    label("Too far", family["sma-5q-type-1"], "strong")
    own, wider = labels(show(family["sma"]))
    assert [(level, name) for (level, _), name in zip(own, names_of(own))] == [("strong", "A medicine"), ("limited", "Another")]
    assert wider == []


def test_a_group_does_not_borrow_from_its_many_types(show):
    family = kinship(sma=["rare-disease"])
    Condition.objects.filter(slug="rare-disease").update(kind="group", summary="A group.")
    label("A medicine", family["sma"], "strong")
    assert labels(show(family["rare-disease"])) == ([], [])


def test_from_a_wider_group_come_only_warnings_and_what_needs_no_specialist(show, atrophy):
    family = kinship(cerebellar_atrophy=["ataxia"])
    label("Riding", family["ataxia"])
    label("An operation", family["ataxia"], standing="specialist_only")
    label("A supplement", family["ataxia"], standing="avoid")
    label("A clinic's cells", family["ataxia"], standing="avoid")
    TherapyType.objects.filter(name="A clinic's cells").update(red_flag_reason="Not approved.")
    _, wider = labels(show(atrophy))
    assert [name.partition(" Avoid")[0] for name in names_of(wider)] == ["A clinic's cells", "Riding"]


def test_a_therapy_that_is_no_longer_published_has_no_label(show, atrophy):
    EvidenceFactory(therapy=TherapyFactory(), condition=atrophy)
    assert labels(show(atrophy)) == ([], [])


def test_people_to_call_are_named_near_the_top(show, atrophy):
    OrganizationFactory(published=True, name="A helpline", phones=["1-800-555-0111"], conditions=[atrophy])
    OrganizationFactory(published=True, name="No phone", conditions=[atrophy])
    MoneyFactory(published=True, name="A fund", phones=["1-800-555-0222"], conditions=[atrophy])
    talk = show(atrophy).one('section[@aria-labelledby="talk"]')
    assert [link.text for link in talk.iter("a")] == ["A helpline", "1-800-555-0111", "No phone", "example.org"]
    assert "A fund" not in text(talk)


def test_those_who_know_the_condition_come_before_those_of_wider_groups_and_no_number_stands_twice(show, atrophy):
    kinship(**{atrophy.slug.replace("-", "_"): ["ataxia"]})
    ataxia = Condition.objects.get(slug="ataxia")
    OrganizationFactory(published=True, name="A clinic", phones=["1-800-555-0101"], conditions=[ataxia], coverage="local")
    OrganizationFactory(published=True, name="B ataxia", phones=["1-800-555-0102"], conditions=[ataxia])
    OrganizationFactory(published=True, name="C ataxia", phones=["1-800-555-0102"], conditions=[ataxia])
    OrganizationFactory(published=True, name="D ataxia, no phone", conditions=[ataxia])
    OrganizationFactory(published=True, name="E for everybody", phones=["1-800-555-0103"])
    OrganizationFactory(published=True, name="F atrophy, no phone", conditions=[atrophy])
    talk = show(atrophy).one('section[@aria-labelledby="talk"]')
    names = [link.text for link in talk.iter("a") if link.get("href").startswith("/organizations/")]
    assert names == ["F atrophy, no phone", "B ataxia", "E for everybody"]


@pytest.fixture
def joubert():
    """A condition without a page, between a parent and a type that have one."""
    family = kinship(joubert=["hypoplasia"], hypoplasia=["rare-disease"], joubert_1=["joubert"])
    family["joubert"].summary = "A rare condition."
    family["joubert"].save()
    for slug in ("hypoplasia", "joubert-1"):
        Condition.objects.filter(slug=slug).update(
            summary="A page.", page_state="published", reviewer="x", funding="none", reviewed_on="2025-11-01", next_review_on="2026-11-01"
        )
    return family


def test_a_condition_without_a_page_leads_to_its_relatives_that_have_one(show, client, joubert):
    OrganizationFactory(published=True, conditions=[joubert["hypoplasia"]])
    ServiceFactory(published=True, conditions=[joubert["joubert"]])
    found = show(joubert["joubert"])
    panel = found.one('div[@class="panel"]')
    assert "We have not written a page about this condition yet." in text(panel)
    assert {link.get("href") for link in panel.iter("a")} == {
        "/conditions/hypoplasia/",
        "/conditions/joubert-1/",
        "/find/?condition=joubert",
    }
    assert "See all 2 listings" in text(panel)
    assert Page(client.get("/find/?condition=joubert")).count == 2
    assert found.is_noindex
    assert not show(joubert["hypoplasia"]).is_noindex
    facts = dict(found.facts)
    assert (facts["A kind of"], facts["Narrower types"]) == ("Hypoplasia; Rare disease", "Joubert 1")


def test_a_condition_without_a_page_borrows_when_to_get_help(show, joubert):
    say(joubert["hypoplasia"], SectionKind.GET_HELP_NOW, "Call 911 if your child cannot breathe.[^nih]")
    card = show(joubert["joubert"]).one('section[@aria-labelledby="urgent"]')
    assert "Urgent: Get help now if…" in text(card)
    assert "Call 911 if your child cannot breathe." in text(card)
    assert "/conditions/hypoplasia/#get-help-now" in [link.get("href") for link in card.iter("a")]


def test_without_a_text_of_its_own_a_page_begins_with_people(show, joubert):
    OrganizationFactory(published=True)
    SchoolFactory(published=True)
    MoneyFactory(published=True)
    label("Riding", joubert["joubert"])
    assert parts(show(joubert["joubert"])) == ["support", "money", "school", "therapies", "names"]


def test_a_bare_condition_still_has_a_whole_page(show):
    """No summary, no other name, no relative, no listing: nothing empty is shown."""
    found = show(ConditionFactory(slug="bare"))
    assert text(found.one("h1")) == "Bare"
    assert "We have not written a page about this condition yet." in text(found.main)


def test_search_engines_get_the_names(show, atrophy):
    ConditionNameFactory(condition=atrophy, name="Cerebellar volume loss </script>")
    found = show(atrophy)
    data = json.loads(found.one('script[@type="application/ld+json"]').text)
    assert data["@type"] == "MedicalWebPage"
    assert data["about"]["alternateName"] == ["Cerebellar volume loss </script>", "Small cerebellum"]
    assert data["url"] == "http://testserver/conditions/cerebellar-atrophy/"
    assert data["dateModified"] == atrophy.reviewed_on.isoformat()


@pytest.mark.parametrize("slug", ["nothing-known", "x" * 300])
def test_an_unknown_condition_is_not_found(client, slug):
    assert client.get(f"/conditions/{slug}/").status_code == 404
