"""A preview of as many rows as a file may hold: in few queries, and each row with as much work as in a short file. No clock is asked."""

import cProfile
import pstats

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.curation.spreadsheets import grid, guessing, planning
from resources.models import Partner
from resources.transfer.sheets import MAX_ENTRIES

from .conftest import HEADINGS, OAK, a_file

pytestmark = pytest.mark.django_db
MOST_QUERIES = 14  # of them five that keep the preview and what the columns mean
MOST_CALLS = 2_000  # of functions for a row. With 1,300 the longest file takes 5 to 10 seconds of a slow processor


@pytest.fixture
def preview(sam):
    """`preview(rows)`: upload and preview so many rows; returns the spreadsheet."""
    partner = Partner.objects.create(name="Example Alliance", slug="example")

    def plan(number):
        rows = [[str(one), f"Center {one}", f"512-555-{one:04}", f"c{one}.example.org", *OAK[4:]] for one in range(number)]
        content = a_file(*rows)
        sheet = partner.spreadsheets.create(name="a.csv", content=content, by=sam, **grid.guess("a.csv", content))
        headings, first = planning.contents(sheet, grid.LOOKED_AT)
        samples = [[cells[number] for _place, cells in first] for number in range(len(HEADINGS))]
        sheet.mapping = [list(pair) for pair in zip(headings, guessing.guess(headings, samples, {}))]
        planning.plan(sheet)
        return sheet

    return plan


def test_the_longest_file_is_previewed_in_a_few_queries(preview):
    with CaptureQueriesContext(connection) as asked:
        sheet = preview(MAX_ENTRIES)
    assert sheet.counts == {"new": MAX_ENTRIES}
    assert len(asked) <= MOST_QUERIES + 1  # and one that keeps the file


def test_a_row_is_as_much_work_in_a_long_file_as_in_a_short_one(preview):
    def calls(number):
        with cProfile.Profile() as profile:
            preview(number)
        return pstats.Stats(profile).total_calls

    calls(10)  # what is read or made once
    fixed, some, many = calls(10), calls(110), calls(1010)
    a_row = (some - fixed) / 100
    assert (many - fixed) / 1000 <= 1.1 * a_row
    assert a_row <= MOST_CALLS
