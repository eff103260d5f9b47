"""The pages are whole, and ask few queries however long the lists are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.shell.reading import Page, text
from tests.shell.rules import breaches

from .conftest import ELM, LIST, OAK, a_file

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def faults(response):
    return [breach for breach in breaches(Page(response)) if not breach.startswith("sets_no_cookie")]


def looked_at(client, address):
    """How many queries a whole page took."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    assert faults(response) == []
    assert len(asked) <= MOST_QUERIES
    return len(asked)


def rows(number):
    return [[str(one), f"Center {one}", "", f"c{one}.example.org", *OAK[4:]] for one in range(number)]


def test_the_list_is_whole_and_flat(client, imported, upload):
    looked_at(client, LIST)
    imported(a_file(OAK, ["", "", "x", *ELM[3:]]))
    few = looked_at(client, LIST)
    for number in range(4):
        upload(a_file(OAK), partner=f"Partner {number}")
    assert looked_at(client, LIST) == few


def test_columns_preview_and_result_are_whole_and_flat(client, imported, previewed):
    counts = []
    for number in (3, 60):
        sheet = previewed(a_file(*rows(number), ["x", "", "", *ELM[3:]]), partner=f"Partner {number}")
        columns, page = (reverse(name, args=[sheet.pk]) for name in ("spreadsheet_columns", "spreadsheet"))
        done = imported(a_file(*rows(number)), partner=f"Another {number}")
        result = reverse("spreadsheet", args=[done.pk])
        counts.append([looked_at(client, address) for address in (columns, page, f"{page}?show=bad", result)])
    assert counts[0] == counts[1]


def test_the_preview_is_filtered_by_outcome_and_paged(client, previewed):
    sheet = previewed(a_file(*rows(60), ["x", "", "", *ELM[3:]]))
    page = reverse("spreadsheet", args=[sheet.pk])

    def shown(query):
        return [row.get("data-outcome") for row in Page(client.get(page + query)).all("tr[@data-outcome]")]

    assert shown("?show=bad") == ["bad"]
    assert shown("") == ["bad"] + ["new"] * 49
    assert shown("?show=new&page=2") == ["new"] * 10
    assert shown("?show=nonsense&page=x") == ["bad"] + ["new"] * 49


def test_a_change_shows_the_words_that_differ_and_that_it_is_only_proposed(client, imported, previewed, sam):
    from resources import workflow
    from resources.models import Resource

    imported(a_file(OAK))
    workflow.check(resource=Resource.objects.get(), by=sam, how="call", outcome="confirmed")
    sheet = previewed(a_file([*OAK[:5], "Waco", *OAK[6:]]))
    page = Page(client.get(reverse("spreadsheet", args=[sheet.pk])))
    assert ([text(one) for one in page.all("del")], [text(one) for one in page.all("ins")]) == (["Austin,"], ["Waco,"])
    assert "only proposed" in text(page.main)
    assert "1 change is of a listing that was published or checked" in text(page.main)


def test_a_mistake_is_said_above_and_at_its_field(client, sam):
    response = client.post(LIST, {})
    assert faults(response) == []
    assert "Choose a file." in text(Page(response).by_id("error-summary"))
