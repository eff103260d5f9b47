"""`/status/`: whole with and without rows, the same in words, in a table and in a picture, and nothing of any person."""

import pytest

from resources import workflow
from resources.models.roles import SOCIAL_WORKER
from tests.factories import PersonFactory, ResourceFactory, today
from tests.shell.reading import Page, text
from tests.shell.rules import breaches

pytestmark = pytest.mark.django_db


def rows(page, caption):
    [table] = [table for table in page.all("table") if text(table.find("caption")) == caption]
    return {text(row.find("th")): [text(cell) for cell in row.iter("td")] for row in table.find("tbody").iter("tr")}


def test_it_is_whole_where_there_is_nothing(client):
    page = Page(client.get("/status/"))
    assert breaches(page) == []
    assert "There is no listing to read yet." in text(page.main)


def test_the_words_the_table_and_the_picture_agree(client):
    ResourceFactory(published=True, checked_on=today())
    ResourceFactory(published=True, found_on=today(-400), next_check_on=today(-35))
    ResourceFactory.create_batch(2, published=True, found_on=today())
    page = Page(client.get("/status/"))
    assert breaches(page) == []
    assert rows(page, "Listings by how we know them") == {
        "Checked with the provider": ["1", "25%"],
        "Only found on a page": ["2", "50%"],
        "Older": ["1", "25%"],
        "Without any date": ["0", "–"],
    }
    drawing = page.one('svg[@aria-labelledby="share-chart-title share-chart-desc"]')
    assert [text(words) for words in drawing.iter("text")] == ["Checked with the provider: 1", "Only found on a page: 2", "Older: 1"]
    assert [bar.get("width") for bar in drawing.iter("rect") if "mark" in bar.get("class")] == ["80.0", "160.0", "80.0"]
    assert ("Listings that are due for a check", "1") in page.facts


def test_every_picture_has_a_title_and_a_description(client):
    ResourceFactory(published=True)
    drawings = Page(client.get("/status/")).all('svg[@role="img"]')
    assert len(drawings) == 3
    assert all(text(one.find(part)) for one in drawings for part in ("title", "desc"))


def test_it_names_nobody(client):
    nell = PersonFactory(role=SOCIAL_WORKER, username="nell-of-the-team", first_name="Nellie")
    listing = ResourceFactory(published=True)
    workflow.check(resource=listing, by=nell, how="call", outcome="confirmed", note="Spoke with Nellie’s friend.")
    workflow.propose(origin="reader", resource=listing, note="A secret word.")
    html = client.get("/status/").content.decode()
    assert not [word for word in ("nell-of", "Nellie", "secret", listing.name) if word in html]


def test_it_is_kept_for_a_short_while(client):
    response = client.get("/status/")
    assert response["Cache-Control"] == "public, max-age=300" or set(response["Cache-Control"].split(", ")) == {"public", "max-age=300"}
    assert not response.cookies
