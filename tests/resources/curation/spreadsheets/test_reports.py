"""Files to take away: nothing in them is calculated, and the template comes back as it went."""

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from resources.curation.spreadsheets import reports
from resources.curation.spreadsheets.targets import IN_TEMPLATE

from .conftest import ELM, HEADINGS, OAK, a_file, outcomes, reasons

pytestmark = pytest.mark.django_db


def cells(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_bad_rows_go_back_as_they_came_with_the_reason_and_no_formula(client, previewed):
    bad = [ELM[0], "", "=cmd()", *ELM[3:]]
    sheet = previewed(a_file(OAK, bad))
    head, row = cells(client.get(reverse("spreadsheet_bad_rows", args=[sheet.pk])))
    assert head == [*HEADINGS, "Why it was not taken"]
    assert row[:3] == ["18", "", "'=cmd()"]
    assert row[-1] == "Telephone: “=cmd()” is not a phone number; it has no name"


def test_mended_bad_rows_come_in_by_the_same_mapping(client, previewed, imported):
    sheet = imported(a_file(OAK, [ELM[0], "", *ELM[2:]]))
    head, row = cells(client.get(reverse("spreadsheet_bad_rows", args=[sheet.pk])))
    assert outcomes(previewed(a_file([row[0], "Elm", *row[2:]], headings=head))) == ["new"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_report_says_of_each_row_what_happened_why_and_where(client, imported, form):
    imported(a_file(OAK))
    sheet = imported(a_file(ELM, [*OAK[:1], "", *OAK[2:]], ["20", "=1+1", "", "q.example.org", *[""] * 6]))
    answer = client.get(reverse("spreadsheet_report", args=[sheet.pk, form]))
    if form == "csv":
        rows = cells(answer)
    else:
        rows = [[cell or "" for cell in row] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.values]
    assert [str(cell) for cell in rows[1][:4]] == ["2", "18", "Elm Respite House", "A new draft was made"]
    assert rows[1][5].startswith("http://testserver/work/listings/")
    assert rows[2][3:5] == ["Bad: not imported", "it has no name"]
    assert rows[3][2] == "'=1+1"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_is_read_with_all_its_columns_and_its_example_is_refused(client, previewed, form):
    answer = client.get(reverse("spreadsheet_template", args=[form]))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="caregiver-finder-template.{form}"'
    sheet = previewed(answer.content, f"template.{form}")
    assert [target for _heading, target in sheet.mapping] == [target.name for target in IN_TEMPLATE]
    assert (outcomes(sheet), reasons(sheet)) == (["bad"], ["this is the template’s example: delete the row"])


def test_the_template_explains_each_column_on_a_second_sheet():
    book = openpyxl.load_workbook(io.BytesIO(reports.template("xlsx")))
    assert book.sheetnames == ["Listings", "What to write"]
    assert len(list(book["What to write"].values)) == len(IN_TEMPLATE) + 1


@pytest.mark.parametrize("name", ["spreadsheet_report", "spreadsheet_template"])
def test_an_unknown_form_is_not_found(client, imported, name):
    sheet = imported(a_file(OAK))
    args = [sheet.pk, "exe"] if name == "spreadsheet_report" else ["exe"]
    assert client.get(reverse(name, args=args)).status_code == 404
