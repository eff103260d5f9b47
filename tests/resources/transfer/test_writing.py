import csv
import io
import json

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources import document as documents
from resources.transfer import reading, rows, writing
from tests.resources.document.strategies import listings

unhurried = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
FORMS = ["csv", "xlsx", "json"]
# What each kind of file could lose: line ends, controls, XML's own letters, escapes, what a program would calculate or take for a number.
ODD = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "'=1",
    "''",
    "a\r\nb",
    "a\rb",
    "a\x0bb",
    "_x000B_",
    "x005F_",
    "\ufffe",
    "<&>\"'",
    "007",
    "1e5",
    "TRUE",
    "#N/A",
    "a;b\tc",
]


def guide(**fields):
    return documents.Listing(**{"kind": "guide", "slug": "a-guide", "name": "A guide", "summary": "What it is."} | fields)


def read_back(form, content):
    entries = reading.read(f"export.{form}", content).entries
    assert [entry.faults for entry in entries] == [[]] * len(entries)
    return [documents.read(rows.nested(entry.row) if entry.data is None else entry.data) for entry in entries]


@pytest.mark.parametrize("form", FORMS)
@unhurried
@given(several=st.lists(listings(), min_size=1, max_size=3))
def test_what_is_exported_can_be_imported_and_is_the_same(form, several):
    assert read_back(form, writing.write(form, several)) == several


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ODD)
def test_no_odd_text_is_lost(form, text):
    listing = guide(summary=text, description=f"First\n{text}", eligibility=text)
    assert read_back(form, writing.write(form, [listing])) == [listing]


def test_no_cell_of_a_csv_is_calculated():
    listing = guide(name="=1+1", summary="+1", fees="-1", waiting="@x", documents=["=A1", "two"], alert="'=1")
    text = writing.write("csv", [listing]).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert [row[name] for name in ("name", "summary", "fees", "waiting", "documents", "alert")] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "'=A1\ntwo",
        "''=1",
    ]
    assert not [cell for cell in row.values() if cell.startswith(tuple("=+-@\t\r"))]


def test_no_cell_of_a_workbook_is_a_formula():
    content = writing.write("xlsx", [guide(name="=1+1", summary="=HYPERLINK(A1)")])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert "'=1+1" in [cell.value for cell in sheet[2]]


def test_excel_knows_the_csv_as_utf_8():
    assert writing.write("csv", [guide(name="Médecins")]).startswith(b"\xef\xbb\xbf")


def test_a_cell_too_long_for_a_workbook_is_refused_rather_than_cut():
    source = {"title": "T", "publisher": "P", "owner_kind": "charity", "seen_on": "2026-01-01", "supports": "s" * 500}
    many = [source | {"key": f"source-{number}"} for number in range(60)]
    listing = documents.read(guide(name="Its name").model_dump(mode="json") | {"sources": many})
    with pytest.raises(writing.TooLong, match="“Its name”: its “sources” is longer"):
        writing.write("xlsx", [listing])
    assert read_back("csv", writing.write("csv", [listing])) == [listing]


def test_columns_of_a_workbook_are_no_wider_than_excel_allows():
    sheet = openpyxl.load_workbook(io.BytesIO(writing.write("xlsx", [guide(description="a" * 1_000)]))).active
    assert max(one.width for one in sheet.column_dimensions.values()) <= 255


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_of_nothing_shows_the_columns(form):
    with pytest.raises(reading.Unreadable, match="There is no listing in the file"):
        reading.read(f"export.{form}", writing.write(form, []))


def test_json_is_a_list_of_documents():
    listing = guide(name="Médecins")
    content = writing.write("json", [listing])
    assert json.loads(content) == [listing.model_dump(mode="json")]
    assert "Médecins" in content.decode()
