"""Documents from plain data: what is refused, by what name, and how old formats stay readable."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conditions.files import Faulty
from resources import document as documents
from resources.document import FORMAT, reading

from .strategies import KINDS, listings

GOLDEN = Path(__file__).parent / "golden"
FORMATS = sorted(GOLDEN.glob("format-*.json"))
OLDER, IN_WORDS = GOLDEN / "phones-in-words.json", ["Call the front desk", "555-0101 or 555-0102"]


def golden(path=GOLDEN / f"format-{FORMAT}.json"):
    return json.loads(path.read_text())


def of_kind(kind):
    return next(data for data in golden() if data["kind"] == kind)


def refusals(data):
    with pytest.raises(Faulty) as found:
        documents.read(data)
    return [fault.message for fault in found.value.faults]


def changed(data, place, value):
    """A copy of `data` with another value at a place, such as `("phones", 0, "type")`."""
    data = deepcopy(data)
    inner = data
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return data


@pytest.mark.parametrize("path", FORMATS, ids=lambda path: path.stem)
def test_every_format_that_ever_was_stays_readable(path):
    read = [documents.read(data) for data in golden(path)]
    assert [(one.kind, one.slug, one.format) for one in read] == [(kind, f"a-{kind}", FORMAT) for kind in KINDS]


def test_a_phone_in_words_of_an_older_revision_stays_readable():
    """The same format: only what may come in has become stricter since."""
    data = golden(OLDER)
    assert [phone.number for phone in documents.read(data).phones] == IN_WORDS
    with pytest.raises(Faulty) as found:
        documents.enter(data)
    assert [fault.message.partition(",")[0] for fault in found.value.faults] == [
        f"phones.{place}.number: this is no phone number: write one such as 1-800-555-0100 or 1-800-4-AUTISM" for place in (0, 1)
    ]


def test_a_phone_in_words_that_is_there_already_hinders_no_other_change():
    listing = documents.read(golden(OLDER))
    assert documents.patched(listing, {"fees": "Free"}).fees == "Free"
    with pytest.raises(Faulty):
        documents.patched(listing, {"phones": [{"number": "Ask anybody"}]})


def test_there_is_a_golden_file_of_each_format():
    assert [path.name for path in FORMATS] == [f"format-{number}.json" for number in range(1, FORMAT + 1)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_golden_file_of_this_format_says_all_and_nothing_of_it_is_lost(kind):
    data = of_kind(kind)
    assert documents.read(data).model_dump(mode="json") == data
    assert data.keys() == documents.Listing.model_fields.keys()


def test_an_older_format_is_lifted_step_by_step(monkeypatch):
    def rename(data):
        return {key: value for key, value in data.items() if key != "title"} | {"format": FORMAT - 1, "headline": data["title"]}

    def rename_again(data):
        return {key: value for key, value in data.items() if key != "headline"} | {"format": FORMAT, "name": data["headline"]}

    monkeypatch.setattr(reading, "LIFTS", {FORMAT - 2: rename, FORMAT - 1: rename_again})
    old = {key: value for key, value in of_kind("guide").items() if key != "name"} | {"format": FORMAT - 2, "title": "Of old"}
    assert documents.read(old).name == "Of old"
    assert "title" in old


@pytest.mark.parametrize("number", [FORMAT + 1, 0, -1, "1", 1.5, None, [1], {"1": 1}])
def test_a_format_that_nobody_knows_is_refused(number):
    assert any("'format'" in message for message in refusals(of_kind("guide") | {"format": number}))


def test_what_is_left_out_has_its_plain_value():
    listing = documents.read({"kind": "guide", "slug": "a-guide", "name": "A guide", "summary": "What it is."})
    assert (listing.format, listing.coverage, listing.hsds_status, listing.funding.status) == (FORMAT, "national", "active", "unknown")
    assert (listing.sources, listing.terms, listing.website, listing.organization) == ([], {}, "", None)


@pytest.mark.parametrize("name", ["kind", "slug", "name", "summary"])
def test_what_a_listing_cannot_do_without(name):
    data = {key: value for key, value in of_kind("guide").items() if key != name}
    assert f"'{name}' is missing" in refusals(data)


BAD = [
    ("guide", ("kind",), "sausage"),
    ("guide", ("slug",), "A Guide"),
    ("guide", ("slug",), "a--guide"),
    ("guide", ("slug",), "a" * 81),
    ("guide", ("name",), ""),
    ("guide", ("name",), "   "),
    ("guide", ("name",), "two\nlines"),
    ("guide", ("name",), "a" * 201),
    ("guide", ("summary",), None),
    ("guide", ("summary",), "a\0b"),
    ("guide", ("website",), "javascript:alert(1)"),
    ("guide", ("website",), "www.example.org"),
    ("guide", ("website",), "https://two words"),
    ("guide", ("email",), "nobody"),
    ("guide", ("unconfirmed",), ["name"]),
    ("guide", ("coverage",), "galaxy"),
    ("guide", ("hsds_status",), "open"),
    ("guide", ("funding", "status"), "maybe"),
    ("guide", ("terms",), ["respite"]),
    ("guide", ("terms", "need"), "respite"),
    ("guide", ("conditions",), "ataxia"),
    ("guide", ("conditions",), ["Ataxia"]),
    ("guide", ("documents",), ["a letter", ""]),
    ("guide", ("phones", 0, "number"), 18005550100),
    ("guide", ("phones", 0, "type"), "pigeon"),
    ("guide", ("phones", 0, "languages"), "en"),
    ("guide", ("locations", 0, "latitude"), 91),
    ("guide", ("locations", 0, "longitude"), "west"),
    ("guide", ("sources", 0, "seen_on"), "lately"),
    ("guide", ("sources", 0, "seen_on"), "2026-02-30"),
    ("guide", ("sources", 0, "seen_on"), 20261120),
    ("guide", ("sources", 0, "owner_kind"), "friend"),
    ("guide", ("sources", 0, "title"), ""),
    ("organization", ("organization", "year_founded"), 1066),
    ("organization", ("organization", "year_founded"), "1957"),
    ("organization", ("organization", "identifiers"), "EIN 1"),
    ("service", ("service", "provider"), None),
    ("service", ("service", "therapies"), [1]),
    ("therapy", ("therapy", "form"), "magic"),
    ("therapy", ("therapy", "benefits"), ["many"]),
    ("therapy", ("evidence", 0, "level"), "proven"),
    ("therapy", ("evidence", 0, "standing"), "must"),
    ("therapy", ("evidence", 1, "us_status"), "banned"),
    ("school", ("school", "practice_is_ours"), "yes"),
    ("school", ("school", "legal_basis", 0, "law"), ""),
    ("money", ("money", "form"), "gift"),
    ("money", ("money", "amounts", 0, "year"), 26),
    ("money", ("money", "steps"), None),
]


@pytest.mark.parametrize(("kind", "place", "value"), BAD)
def test_a_bad_value_is_refused_by_the_name_of_its_field(kind, place, value):
    messages = refusals(changed(of_kind(kind), place, value))
    assert any(message.startswith(f"'{'.'.join(map(str, place))}") for message in messages), messages


def places(value, place=()):
    """Every mapping within a document, by its place. The names of `terms` are vocabularies and free."""
    if isinstance(value, dict):
        if place != ("terms",):
            yield place
        for key, inner in value.items():
            yield from places(inner, (*place, key))
    if isinstance(value, list):
        for key, inner in enumerate(value):
            yield from places(inner, (*place, key))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(listings(), st.data())
def test_an_unknown_key_is_refused_by_its_name_wherever_it_stands(listing, data):
    plain = listing.model_dump(mode="json")
    place = (*data.draw(st.sampled_from(list(places(plain)))), "surprise")
    assert refusals(changed(plain, place, "x")) == [f"unknown key '{'.'.join(map(str, place))}'"]


RULES = [
    ("guide", ("organization",), {}, "a guide listing takes no 'organization' part"),
    ("money", ("money",), None, "a money listing needs a 'money' part"),
    ("organization", ("school",), of_kind("school")["school"], "a organization listing takes no 'school' part"),
    ("guide", ("evidence",), of_kind("therapy")["evidence"], "only a therapy carries evidence"),
    ("guide", ("sources", 1, "key"), "about", "two sources have the same key"),
    ("guide", ("phones", 0, "source"), "nowhere", "source 'nowhere' is cited but not listed under sources"),
    ("guide", ("sources",), [], "source 'about' is cited but not listed under sources"),
    ("therapy", ("evidence", 0, "sources"), ["nowhere"], "source 'nowhere' is cited but not listed under sources"),
    ("school", ("school", "legal_basis", 0, "source"), "nowhere", "source 'nowhere' is cited but not listed under sources"),
    ("money", ("money", "amounts", 0, "source"), "nowhere", "source 'nowhere' is cited but not listed under sources"),
    ("therapy", ("evidence", 1, "applies_to"), "", "two evidence rows have the same condition and applies_to"),
]


@pytest.mark.parametrize(("kind", "place", "value", "message"), RULES)
def test_what_does_not_hang_together_is_refused_in_words(kind, place, value, message):
    assert any(said.endswith(message) for said in refusals(changed(of_kind(kind), place, value)))


def test_the_reader_says_where_a_fault_stands():
    found = []
    with pytest.raises(Faulty):
        documents.read(changed(of_kind("guide"), ("phones", 0, "type"), "pigeon"), lambda place, message: found.append(place) or place)
    assert found == [("phones", 0, "type")]
