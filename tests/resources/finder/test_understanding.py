"""What families type, and what it is taken for. Pure: names, words and ZIPs are given."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conditions.table import Table, table
from resources.finder.everyday import phrases
from resources.finder.parts import ages
from resources.finder.search import Search
from resources.finder.understanding import Reader
from resources.models import ResourceKind, Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
ZIPS = {"78701", "10001", "90210", "02139"}
LISTED = {"vitamin", "stem", "cells", "cell", "spinraza", "physical", "camp", "camps", "summer", "horse", "riding", "insurance"}
CITIES = {("austin", "TX"): "78701", ("new york", "NY"): "10001", ("austin", ""): "78701", ("houston", ""): "77001"}
MONEY, SCHOOL, THERAPY, PEOPLE = "kind=money", "kind=school", "kind=therapy", "kind=organization kind=service"
GROUP = f"need=peer_connection {PEOPLE}"

# What is typed, what is asked, and the plain words that stay.
QUERIES = [
    # conditions, by any name
    ("joubert syndrome", "condition=joubert-syndrome", ""),
    ("Joubert", "condition=joubert-syndrome", ""),
    ("JOUBERT SYNDROME!!!", "condition=joubert-syndrome", ""),
    ("my daughter has Joubert syndrome", "condition=joubert-syndrome", ""),
    ("Friedreich's ataxia", "condition=friedreich-ataxia", ""),
    ("friedreichs ataxia", "condition=friedreich-ataxia", ""),
    ("FRDA", "condition=friedreich-ataxia", ""),
    ("sca3", "condition=spinocerebellar-ataxia-type-3", ""),
    ("sma type 1", "condition=sma-type-1", ""),
    ("MELAS", "condition=melas-syndrome", ""),
    ("SMA", "condition=spinal-muscular-atrophy", ""),
    ("CP", "condition=cerebral-palsy", ""),
    ("ms", "condition=multiple-sclerosis", ""),
    ("Rett", "condition=rett-syndrome", ""),
    ("rare disease", "condition=rare-disease", ""),
    ("small cerebellum on MRI", "condition=cerebellar-hypoplasia", "MRI"),
    ("MRI brain: mild cerebro-cerebellar volume loss, no mass.", "condition=cerebellar-atrophy", "MRI brain mild mass"),
    ("cerebral palsy and epilepsy", "condition=cerebral-palsy condition=epilepsy", ""),
    ("hearing loss", "condition=hearing-loss", ""),
    ("low vision", "condition=vision-loss", ""),
    ("no diagnosis yet", "condition=undiagnosed-condition", ""),
    # codes and genes
    ("ORPHA:475", "condition=joubert-syndrome", ""),
    ("orphanet 475", "condition=joubert-syndrome", ""),
    ("ORPHA 475 support group", f"condition=joubert-syndrome {GROUP}", ""),
    ("MONDO:0018772", "condition=joubert-syndrome", ""),
    ("CASK gene", "condition=cask-related-disorder", ""),
    ("cask mutation", "condition=cask-related-disorder", ""),
    ("orpha 99999999", "", "orpha 99999999"),
    # several conditions have the name: words, and the page asks
    ("chiari", "", "chiari"),
    ("Q04.3", "", "Q04.3"),
    # with a number apart, in another order, by half
    ("SCA 3", "condition=spinocerebellar-ataxia-type-3", ""),
    ("SCA-3 support group", f"condition=spinocerebellar-ataxia-type-3 {GROUP}", ""),
    ("PCH type 2", "condition=pontocerebellar-hypoplasia-type-2", ""),
    ("my baby's cerebellum is small", "condition=cerebellar-hypoplasia stage=0-3", ""),
    ("dandy walker", "condition=dandy-walker-malformation", ""),
    ("walker for Dandy Walker", "condition=dandy-walker-malformation need=equipment", ""),
    ("vermis hypoplasia", "condition=cerebellar-hypoplasia", ""),
    ("cmv newborn", "condition=congenital-cmv stage=0-3", ""),
    # misspelled
    ("jubert syndrom", "condition=joubert-syndrome", ""),
    ("cerebelar hypoplasia", "condition=cerebellar-hypoplasia", ""),
    ("cerebellar hypoplsia help", "condition=cerebellar-hypoplasia", ""),
    ("freidreich ataxia", "condition=friedreich-ataxia", ""),
    ("epilepsi", "condition=epilepsy", ""),
    ("leigh syndrom", "condition=leigh-syndrome", ""),
    ("dandy waker", "condition=dandy-walker-malformation", ""),
    ("cerebal palsy school", f"condition=cerebral-palsy {SCHOOL}", ""),
    ("wheelchiar", "need=equipment", ""),
    ("scholorship", "need=education_costs", ""),
    # needs and kinds
    ("wheelchair ramp grant", f"need=home_vehicle_access {MONEY}", ""),
    ("ramps", "need=home_vehicle_access", ""),
    ("help paying medical bills", f"need=medical_bills {MONEY}", ""),
    ("insurance denied", "need=insurance_denial", ""),
    ("insurance said no", "need=insurance_denial", ""),
    ("respite care", "need=respite", ""),
    ("respite near me", "need=respite", ""),
    ("a break from caring", "need=respite", ""),
    ("support group", GROUP, ""),
    ("support groups for parents", GROUP, ""),
    ("feeding tube at school", f"need=feeding_swallowing {SCHOOL}", ""),
    ("iep meeting", "need=school_rights", ""),
    ("504 plan", "need=school_rights", ""),
    ("extra time on tests", "need=testing", "tests"),
    ("ssi for my child", "need=income_support", ""),
    ("medicaid waiver", "need=health_coverage", ""),
    ("lawyer", "need=legal_planning", ""),
    ("special needs trust", "need=legal_planning", ""),
    ("travel to hospital", "need=travel_lodging", ""),
    ("just diagnosed", "need=new_diagnosis", ""),
    ("Food, power, rent", "need=basic_needs", ""),
    ("sibling support", "need=sibling_support", ""),
    ("foundation for ataxia", "condition=ataxia kind=organization", ""),
    ("physical therapy", THERAPY, "physical"),
    ("stem cell treatment", THERAPY, "stem cell"),
    ("horse riding", "", "horse riding"),
    ("summer camps", "", "summer camps"),
    ("floppy baby", "need=early_intervention", ""),
    ("my child falls a lot", "need=mobility", ""),
    ("who pays for a feeding chair", f"need=equipment {MONEY}", ""),
    ("I can't cope", "need=emotional_support", ""),
    ("turning 18", "need=transition_adult", ""),
    ("will my child die", "need=grief_serious_illness", ""),
    # in Spanish
    ("ataxia de Friedreich apoyo", f"condition=friedreich-ataxia {GROUP}", ""),
    ("ayuda para mi hijo", "need=new_diagnosis", ""),
    ("mi hijo tiene parálisis cerebral", "condition=cerebral-palsy", ""),
    ("silla de ruedas", "need=equipment", ""),
    ("ayuda con dinero", MONEY, ""),
    # places
    ("respite near 78701", "need=respite near=78701", ""),
    ("clinics within 25 miles of 10001", "need=finding_specialist near=10001 within=25", ""),
    ("90210", "near=90210", ""),
    ("78701-1234", "near=78701", ""),
    ("near 00000", "near=00000", ""),
    ("66666", "", "66666"),
    ("grants in Texas", f"{MONEY} state=us-tx", ""),
    ("respite TX", "need=respite state=us-tx", ""),
    ("cp in OR", "condition=cerebral-palsy state=us-or", ""),
    ("help me or my son", "", "help me or my son"),
    ("epilepsy clinic New York", "condition=epilepsy need=finding_specialist state=us-ny", ""),
    ("wheelchair van, Austin, TX", "need=home_vehicle_access near=78701", ""),
    ("West Virginia", "state=us-wv", ""),
    ("respite in austin", "need=respite near=78701", ""),
    ("Houston", "near=77001", ""),
    ("new york respite", "need=respite state=us-ny", ""),
    ("respite in Springfield", "need=respite", "Springfield"),
    # ages
    ("3 year old", "stage=3-5", ""),
    ("my 2yo with cerebral palsy", "condition=cerebral-palsy stage=0-3", ""),
    ("8 month old baby", "stage=0-3", ""),
    ("age 14", "stage=12-15", ""),
    ("20 years old", "stage=16-22 stage=adult", ""),
    ("ataxia adults", "condition=ataxia stage=adult", ""),
    ("teenager with epilepsy", "condition=epilepsy stage=12-15 stage=16-22", ""),
    ("newborn", "stage=0-3", ""),
    # how, at what cost, in what language
    ("free online support group in Spanish", f"{GROUP} language=es format=online cost=free", ""),
    # all together
    ("my 3 year old has cerebellar hypoplasia and needs a walker", "condition=cerebellar-hypoplasia need=equipment stage=3-5", ""),
    ("support group for cerebral palsy in Texas", f"condition=cerebral-palsy {GROUP} state=us-tx", ""),
    ("wheelchair ramp grant near 78701", f"need=home_vehicle_access {MONEY} near=78701", ""),
    ("iep for child with ataxia telangiectasia", "condition=ataxia-telangiectasia need=school_rights", ""),
    # nothing to understand
    ("", "", ""),
    ("the of and", "", "the of and"),
    ("she has a rash", "", "she has a rash"),
    ("!!! ??? ...", "", "!!! ??? ..."),
    ("' OR 1=1; DROP TABLE resources_resource; --", "", "' OR 1=1; DROP TABLE resources_resource; --"),
    ("😀😀😀", "", "😀😀😀"),
    ("العربية", "", "العربية"),
    ('"wheelchair ramp', "need=home_vehicle_access", ""),
]
PIECES = [
    "sma",
    "SMA",
    "joubert syndrome",
    "near",
    "78701",
    "in",
    "TX",
    "3",
    "year old",
    "ramp",
    "grant",
    "'",
    '"',
    "(",
    "\x00",
    "ORPHA:475",
    "mi",
]
PARAMETERS = ["condition", "need", "kind", "stage", "state", "near", "within", "language", "audience", "format", "cost"]


@pytest.fixture(scope="module")
def reader(catalogue, django_db_blocker):
    with django_db_blocker.unblock():
        vocabularies = {}
        for vocabulary, slug, label in Term.objects.values_list("vocabulary", "slug", "label"):
            vocabularies.setdefault(vocabulary, {})[slug] = label
        return Reader(
            table(),
            phrases(ResourceKind.values, vocabularies),
            is_zip=ZIPS.__contains__,
            zip_of=lambda city, state: CITIES.get((city.lower(), state), ""),
            is_word=LISTED.__contains__,
            stages=frozenset(vocabularies["stage"]),
            states=frozenset(vocabularies["area"]),
        )


def asked(understood):
    return sorted(f"{name}={value}" for name in PARAMETERS for value in understood.asked(name))


@pytest.mark.parametrize(("text", "parts", "rest"), QUERIES, ids=[query[0][:40] for query in QUERIES])
def test_what_families_type_is_taken_for(text, parts, rest, reader):
    understood = reader.read(text)
    assert (asked(understood), understood.rest) == (sorted(parts.split()), rest)


def test_there_are_enough_of_them():
    assert len(QUERIES) >= 80


def test_what_was_mended_is_known_to_be_so(reader):
    assert [part.is_mended for part in reader.read("jubert syndrom").parts] == [True]
    assert [part.is_mended for part in reader.read("joubert syndrome").parts] == [False]


def test_a_name_of_several_is_asked_about(reader):
    [part] = reader.read("chiari").unclear
    assert part.words == "chiari"
    assert {"chiari-malformation-type-i", "chiari-malformation-type-ii"} <= {one.slug for one in part.others}


def test_each_part_can_be_taken_away(reader):
    understood = reader.read("Wheelchair ramp grant near 78701 for Joubert syndrome")
    words = dict(enumerate(understood.words))
    without = {part.words: " ".join(word for place, word in words.items() if place not in part.places) for part in understood.parts}
    assert without["near 78701"] == "Wheelchair ramp grant for Joubert syndrome"
    assert without["Joubert syndrome"] == "Wheelchair ramp grant near 78701 for"
    for text in without.values():
        assert len(reader.read(text).parts) == 3


def test_words_that_the_database_does_not_have_stay_words():
    reader = Reader(Table([("stamp", 0, "", "", "", "", "")]), phrases(["money"], {}))
    assert (asked(reader.read("ramp grant in Texas for a 3 year old")), reader.read("ramp").rest) == (["kind=money"], "ramp")


@pytest.mark.parametrize("years", range(0, 121, 5))
def test_every_age_has_a_stage(years):
    assert ages(years)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_text_is_read_the_same_each_time_and_no_word_twice(text, reader):
    first, second = reader.read(text), reader.read(text)
    assert (first.parts, first.rest) == (second.parts, second.rest)
    places = [place for part in first.parts for place in part.places]
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    "text", [query[0] for query in QUERIES] + ["Ceebellar caregiver break", "Boston MA money", "TX, CA", "online joubert Boston MA walker"]
)
def test_what_was_understood_means_the_same_where_a_link_carries_it_on(text):
    """The words that stay are read again there: they must not turn into something else."""
    asked = QueryDict(mutable=True)
    asked["q"] = text
    once = Search(asked)
    again = Search(QueryDict(once.query.urlencode()))
    assert (again.query.urlencode(), set(again.answer.ids)) == (once.query.urlencode(), set(once.answer.ids))
