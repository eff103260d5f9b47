"""The queue: what waits, oldest first, by what one asks for; cheap, however much there is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources import workflow
from resources.models import Proposal
from tests.factories import MoneyFactory
from tests.shell.reading import Page, text
from tests.shell.rules import breaches

from .conftest import proposed

pytestmark = pytest.mark.django_db
Origin = Proposal.Origin
MOST_QUERIES = 12


def rows(client, query=""):
    """What the queue shows: the first word of each row's link."""
    return [text(one.find(".//a")) for one in Page(client.get(f"/work/incoming/{query}")).all("tbody/tr")]


def aged(proposal, days):
    Proposal.objects.filter(pk=proposal.pk).update(at=timezone.now() - timedelta(days=days))
    return proposal


@pytest.fixture
def several(listing, worker):
    aged(proposed(listing, fees="Free", waiting="None"), days=3)
    aged(workflow.propose(origin=Origin.READER, page="/about/", problem="unclear", note="What is a curator?"), days=20)
    aged(workflow.propose(origin=Origin.READER, resource=MoneyFactory(name="The Grant").resource_ptr, problem="wrong"), days=0)
    done = workflow.propose(origin=Origin.READER, page="/old/", problem="other")
    workflow.turn_down(proposal=done, by=worker, why="Nothing there.", ground="not_serious")


def test_the_oldest_comes_first_with_what_it_is_and_how_long_it_waits(client, several):
    page = Page(client.get("/work/incoming/"))
    assert [fault for fault in breaches(page) if not fault.startswith("sets_no_cookie")] == []
    assert rows(client) == ["/about/", "The Fund", "The Grant"]
    words = [text(row) for row in page.all("tbody/tr")]
    assert "I could not understand it" in words[0] and "20 days" in words[0]
    assert "2 fields" in words[1]
    assert "Since today" in words[2]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?origin=provider", ["The Fund"]),
        ("?kind=money", ["The Grant"]),
        ("?q=curator", ["/about/"]),
        ("?q=fund&origin=reader", []),
        ("?state=decided", ["/old/"]),
        ("?state=nonsense&origin=%00&kind=x&page=999", ["/about/", "The Fund", "The Grant"]),
        ("?q=%00", ["/about/", "The Fund", "The Grant"]),
    ],
)
def test_it_is_filtered(client, several, query, found):
    assert rows(client, query) == found


def test_a_new_listing_is_found_by_its_kind_and_name(client, worker):
    client.post("/suggest/", {"name": "Gentle Riders", "kind": "organization", "site": "example.org", "does": "Rides."})
    assert rows(client, "?kind=organization&q=riders") == ["Gentle Riders"]


def test_who_decided_is_told(client, several):
    assert "Robin Example" in text(Page(client.get("/work/incoming/?state=decided")).main)


def test_fifty_a_page_and_as_few_queries_for_many(client, worker, listing):
    def asked():
        with CaptureQueriesContext(connection) as asked:
            shown = rows(client)
        return len(shown), len(asked)

    proposed(listing, fees="Free")
    assert asked()[0] == 1
    few = asked()[1]
    for number in range(60):
        proposed(listing, fees=f"${number}")
    assert asked() == (50, few)
    assert few <= MOST_QUERIES
    assert len(rows(client, "?page=2")) == 11


def test_an_empty_queue_says_so(client, worker):
    assert "Nothing is open" in text(Page(client.get("/work/incoming/")).main)
