"""One document of two: what was chosen, what is always kept, and what each rests on."""

import pytest

from resources import document as documents
from resources.curation.duplicates import blending
from resources.curation.duplicates.blending import BOTH, MINE, THEIRS, blended

SOURCE = {"title": "About", "publisher": "P", "owner_kind": "charity", "seen_on": "2026-01-01", "supports": "what it does"}


def document(**values):
    base = {"format": 1, "kind": "organization", "slug": "a", "name": "A Name", "summary": "S.", "organization": {}}
    return documents.read(base | values)


def source(key, url):
    return SOURCE | {"key": key, "url": url}


def test_what_was_not_chosen_stays_the_own():
    made = blended(document(fees="Free", website="https://example.org/"), document(slug="b", fees="$5"), {})
    assert (made.slug, made.fees, made.website) == ("a", "Free", "https://example.org/")


def test_the_first_choice_is_the_own_value_what_is_missing_and_both_of_gathered_lists():
    mine = document(fees="Free", phones=[{"number": "211"}], documents=["A letter"])
    theirs = document(fees="$5", waiting="A week", phones=[{"number": "311"}], documents=["A form"])
    chosen = blending.choices(mine, theirs)
    assert chosen == {"fees": MINE, "waiting": THEIRS, "phones": BOTH, "documents": MINE}
    made = blended(mine, theirs, chosen)
    assert (made.fees, made.waiting, [one.number for one in made.phones], made.documents) == (
        "Free",
        "A week",
        ["211", "311"],
        ["A letter"],
    )


@pytest.mark.parametrize(
    ("chosen", "name", "others"),
    [({}, "A Name", ["Old", "Another"]), ({"name": THEIRS}, "Another", ["Old", "A Name"])],
)
def test_the_name_that_goes_is_kept_among_the_other_names(chosen, name, others):
    made = blended(document(also_known_as=["Old"]), document(slug="b", name="Another"), {"also_known_as": MINE} | chosen)
    assert (made.name, sorted(made.also_known_as)) == (name, sorted(others))


def test_codes_conditions_and_tags_are_of_both():
    mine = document(conditions=["ataxia"], terms={"need": ["money"]}, organization={"identifiers": ["EIN 1"]})
    theirs = document(conditions=["joubert"], terms={"need": ["rest"], "cost": ["free"]}, organization={"identifiers": ["ein 1", "EIN 2"]})
    made = blended(mine, theirs, blending.choices(mine, theirs))
    assert made.conditions == ["ataxia", "joubert"]
    assert made.terms == {"cost": ["free"], "need": ["money", "rest"]}
    assert made.organization.identifiers == ["EIN 1", "EIN 2"]


def test_two_sources_of_one_key_stay_two_and_each_number_cites_its_own():
    mine = document(phones=[{"number": "800-555-0100", "source": "about"}], sources=[source("about", "https://example.org/1")])
    theirs = document(phones=[{"number": "800-555-0101", "source": "about"}], sources=[source("about", "https://example.org/2")])
    made = blended(mine, theirs, {"phones": BOTH})
    where = {one.key: one.url for one in made.sources}
    assert [where[one.source] for one in made.phones] == ["https://example.org/1", "https://example.org/2"]


def test_sources_that_say_the_same_under_other_keys_do_not_clash():
    mine = document(sources=[source("x", "https://example.org/")])
    theirs = document(sources=[source(key, "https://example.org/") for key in ("a", "x")])
    assert [one.key for one in blended(mine, theirs, {}).sources] == ["x", "x-2"]


def test_a_number_that_both_have_stands_once_and_is_the_one_that_families_may_see():
    mine = document(phones=[{"number": "1-800-555-0100"}])
    theirs = document(phones=[{"number": "(800) 555-0100", "source": "about"}], sources=[source("about", "https://example.org/")])
    [phone] = blended(mine, theirs, {"phones": BOTH}).phones
    assert phone.source == "about"


def test_an_address_that_nobody_confirmed_stays_hidden_wherever_it_goes():
    theirs = document(website="https://example.org/", unconfirmed=["website"])
    assert blended(document(), theirs, {"website": THEIRS}).unconfirmed == ["website"]
    assert blended(document(website="https://example.org/a"), theirs, {"website": MINE}).unconfirmed == []


def test_what_is_the_same_is_not_asked():
    mine, theirs = document(fees="Free"), document(slug="b", fees="Free", sources=[source("x", "")])
    assert blending.asked(mine, theirs) == []
    assert blending.same(mine, theirs) == {"name": "A Name", "summary": "S.", "fees": "Free"} | {
        name: value for name, value in documents.fields(mine).items() if value and name in ("funding", "coverage", "hsds_status")
    }
