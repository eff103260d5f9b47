import json

import pytest
from hypothesis import HealthCheck, given, settings

from conditions.files import Faulty
from resources import document as documents
from resources.document import shape
from resources.transfer.rows import COLUMNS, BadCells, columns_for, flat, nested
from tests.resources.document.strategies import KINDS, listings

unhurried = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
GUIDE = {"kind": "guide", "slug": "a-guide", "name": "A guide", "summary": "What it is."}
ORGANIZATION = GUIDE | {"kind": "organization"}


def read(**cells):
    return documents.read(nested(GUIDE | cells))


@unhurried
@given(listings())
def test_a_row_is_the_whole_document(listing):
    assert documents.read(nested(flat(listing))) == listing


@unhurried
@given(listings())
def test_the_columns_of_its_kind_are_enough(listing):
    row = flat(listing)
    names = columns_for({listing.kind})
    assert {name for name, text in row.items() if text} <= set(names)
    assert documents.read(nested({name: row[name] for name in names})) == listing


def test_every_field_of_the_document_has_a_column():
    parts = {name: getattr(shape, name.title()) for name in ("funding", *shape.KIND_PARTS)}
    expected = {f"{name}.{field}" for name, part in parts.items() for field in part.model_fields}
    expected |= shape.Listing.model_fields.keys() - parts.keys() - {"terms"}
    expected |= {f"terms.{one}" for one in ("need", "stage", "audience", "offer", "language", "format", "cost", "area")}
    assert set(COLUMNS) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_takes_no_columns_of_another(kind):
    parts = {name.partition(".")[0] for name in columns_for({kind})} & set(shape.KIND_PARTS)
    assert parts == {kind} - {"guide"}


def test_a_list_stands_one_item_a_line():
    listing = read(documents="A letter\nA card", conditions="sma\nataxia", **{"terms.need": "respite"})
    assert listing.documents == ["A letter", "A card"]
    assert listing.conditions == ["ataxia", "sma"]
    assert listing.terms == {"need": ["respite"]}
    assert flat(listing)["documents"] == "A letter\nA card"


def test_blank_lines_and_the_line_ends_of_any_program_do_no_harm():
    assert read(documents=" A letter \r\n\r\n  \rA card\n").documents == ["A letter", "A card"]


def test_parts_that_are_rows_stand_as_json():
    listing = read(phones='[{"number": "1-800-555-0100", "languages": ["en"]}]', locations='[{"city": "Córdoba", "latitude": 0.1}]')
    assert listing.phones == [shape.Phone(number="1-800-555-0100", languages=["en"])]
    assert listing.locations == [shape.Location(city="Córdoba", latitude=0.1)]
    assert "Córdoba" in flat(listing)["locations"]


def test_an_empty_cell_is_the_default_of_its_field():
    listing = documents.read(nested(dict.fromkeys(COLUMNS, "") | GUIDE))
    assert listing == documents.Listing(**GUIDE)


def test_cells_of_spaces_are_empty():
    assert read(coverage=" \t\r\n", phones="  ") == documents.Listing(**GUIDE)


@pytest.mark.parametrize(("text", "value"), [("1957", 1957), (" 1957\n", 1957), ("", None)])
def test_a_number(text, value):
    listing = documents.read(nested(ORGANIZATION | {"organization.year_founded": text}))
    assert listing.organization.year_founded == value


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("False", False), ("", False)])
def test_a_yes_or_no(text, value):
    school = {"kind": "school", "school.form": "procedure", "school.need_met": "x", "school.how_to_ask": "x", "school.whom_to_ask": "x"}
    listing = documents.read(nested(GUIDE | school | {"school.looks_like": "", "school.practice_is_ours": text}))
    assert listing.school.practice_is_ours is value


@pytest.mark.parametrize(
    ("column", "text", "fault"),
    [
        ("kind", "charity", "'kind': choose 'organization'"),
        ("name", "", "'name' is missing"),
        ("coverage", "everywhere", "'coverage': choose 'local'"),
        ("phones", "1-800-555-0100", "'phones': this is not JSON: line 1, column 2"),
        ("phones", '{"number": "211"}', "'phones': write a list"),
        ("phones", '[{"number": "211", "Hours": ""}]', "unknown key 'phones.0.Hours'"),
        ("phones", '[{"number": "211", "number": "988"}]', "'phones': the key “number” stands twice"),
        ("locations", '[{"latitude": NaN}]', "'locations': NaN is not a number"),
        ("locations", '[{"latitude": 1' + "0" * 30 + "}]", "'locations': a number is too long"),
        ("locations", "[" * 100_000, "'locations': the JSON is nested too deeply"),
        ("therapy.form", "drug", "'therapy.form': a “guide” has no such field"),
        ("format", "99", "'format': choose 1"),
        ("website", "example.org", "'website': begin the web address with https://"),
    ],
)
def test_a_bad_cell_is_named(column, text, fault):
    with pytest.raises((BadCells, Faulty)) as found:
        read(**{column: text})
    assert fault in str(found.value)


def test_of_a_kind_that_is_none_the_kind_alone_is_named():
    with pytest.raises(Faulty, match="'kind': choose") as found:
        read(kind="charity", **{"therapy.form": "drug"})
    assert len(found.value.faults) == 1


@pytest.mark.parametrize("text", ["soon", "19,57", "²", "1" * 5_000])
def test_a_number_that_is_none_is_named(text):
    with pytest.raises(Faulty, match="'organization.year_founded': "):
        documents.read(nested(ORGANIZATION | {"organization.year_founded": text}))


def test_all_bad_cells_are_named_at_once():
    with pytest.raises(BadCells) as found:
        nested(GUIDE | {"phones": "x", "sources": "[", "evidence": "{}"})
    assert [fault.split(":")[0] for fault in found.value.faults] == ["'phones'", "'sources'"]


def test_json_in_a_cell_stays_readable():
    listing = read(phones=json.dumps([{"number": "211"}, {"number": "988"}]))
    assert flat(listing)["phones"].count("\n") == 1
