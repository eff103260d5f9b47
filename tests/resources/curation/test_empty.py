"""On the first day nothing is there: each page of the workspace is a whole page, and an empty queue or list says so in words."""

import pytest
from django.urls import reverse

from resources.curation.queues.table import QUEUES
from resources.models import Link
from resources.models.roles import STAFF
from tests.shell.reading import Page, text
from tests.shell.rules import breaches

pytestmark = pytest.mark.django_db

LISTS = {
    "/work/done/": "Nothing was recorded under your name.",
    "/work/listings/": "There are no listings yet.",
    "/work/incoming/": "Nothing is open.",
    "/work/duplicates/": "None is open.",
    "/work/requests/": "Nothing here.",
    "/work/spreadsheets/": "None yet.",
    "/work/conditions/": "None. Nothing to do here.",
    "/work/links/": "No link was asked yet",
} | {reverse("queue", args=[key]): "Nothing waits here." for key in QUEUES}
OTHERS = [
    "/work/",
    "/work/status/",
    "/work/people/",
    "/work/listings/new/",
    "/work/listings/new/organization/",
    "/work/new-condition/",
    "/status/",
]


@pytest.mark.parametrize("address", [*LISTS, *OTHERS])
def test_a_page_without_any_row_is_whole(client, at_work, address):
    at_work(STAFF)
    response = client.get(address)
    page = Page(response)
    assert response.status_code == 200
    assert LISTS.get(address, "") in text(page.main)
    assert [breach for breach in breaches(page) if not breach.startswith("sets_no_cookie")] == []


def test_nothing_fails_is_said_once_a_link_was_asked(client, at_work):
    at_work(STAFF)
    Link.objects.create(address="https://a.example.org/", result=Link.Result.WORKS)
    said = text(Page(client.get("/work/links/")).main)
    assert "Nothing fails." in said and "No link was asked yet" not in said
