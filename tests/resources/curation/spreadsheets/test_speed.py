"""A preview of as many rows as a file may hold, in processor time, so that a busy machine does not count."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.curation.spreadsheets import grid, guessing, planning
from resources.models import Partner
from resources.transfer.sheets import MAX_ENTRIES

from .conftest import HEADINGS, OAK, a_file

pytestmark = pytest.mark.django_db
MOST_SECONDS, MOST_QUERIES = 10, 14  # of them five that keep the preview and what the columns mean


def test_the_longest_file_is_previewed_in_ten_seconds_and_a_few_queries(sam):
    rows = [[str(number), f"Center {number}", f"512-555-{number:04}", f"c{number}.example.org", *OAK[4:]] for number in range(MAX_ENTRIES)]
    content, partner = a_file(*rows), Partner.objects.create(name="Example Alliance", slug="example")
    start = time.process_time()
    sheet = partner.spreadsheets.create(name="a.csv", content=content, by=sam, **grid.guess("a.csv", content))
    headings, first = planning.contents(sheet, grid.LOOKED_AT)
    samples = [[cells[number] for _place, cells in first] for number in range(len(HEADINGS))]
    sheet.mapping = [list(pair) for pair in zip(headings, guessing.guess(headings, samples, {}))]
    with CaptureQueriesContext(connection) as asked:
        planning.plan(sheet)
    assert sheet.counts == {"new": MAX_ENTRIES}
    assert time.process_time() - start < MOST_SECONDS
    assert len(asked) <= MOST_QUERIES
