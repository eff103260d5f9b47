"""A social worker takes in a partner's list with bad rows, and later their next one; without JavaScript too."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from resources.curation.spreadsheets import steps
from resources.models import Resource, Term
from resources.models.roles import SOCIAL_WORKER
from tests.axe import faults
from tests.factories import ConditionFactory, PersonFactory, TermFactory
from tests.journeys.people import follow, without_javascript
from tests.signing_in import let_in

from .conftest import ELM, OAK, a_file

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
YEWS = [[str(number), f"Yew Center {number}", "", f"yew{number}.example.org", *OAK[4:]] for number in range(30, 40)]
FIRST = a_file(OAK, [*ELM[:2], "5.55E+09", *ELM[3:]], *YEWS, encoding="cp1252")
MENDED = a_file(OAK, ELM, *YEWS)


@pytest.fixture
def work(page, live_server, monkeypatch):
    """The page of the workspace's spreadsheets, with a social worker signed in. A step is short, so that there are several."""
    monkeypatch.setattr(steps, "ROWS_A_STEP", 5)
    ConditionFactory(slug="ataxia", name="Ataxia")
    TermFactory(vocabulary=Term.Vocabulary.AREA, slug="us-tx", label="Texas")
    let_in(page, live_server.url, PersonFactory(role=SOCIAL_WORKER))
    page.goto(live_server.url + reverse("spreadsheets"))
    return page


def send(page, content, name):
    page.get_by_label("File", exact=True).set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    follow(page.get_by_role("button", name="Upload and read it"))


@pytest.mark.parametrize("_way", [pytest.param("", id="with JavaScript"), pytest.param("", id="without", marks=without_javascript)])
def test_a_list_with_bad_rows_comes_in_and_the_next_finds_nothing_new(work, _way):
    work.get_by_label("Who sent it").fill("Example Alliance")
    send(work, FIRST, "march.csv")
    work.get_by_label("Remarks").select_option(label="What to do first")
    follow(work.get_by_role("button", name="Show what would change"))
    expect(work.locator("tr[data-outcome=bad]")).to_contain_text("the digits are lost")
    with work.expect_download() as bad:
        work.get_by_role("link", name="Download the bad rows").click()
    assert "the digits are lost" in bad.value.path().read_text()
    work.get_by_label("Why this import").fill("They asked us to list their members.")
    follow(work.get_by_role("button", name="Import the 11 good rows"))
    expect(work.get_by_role("heading", name="What became of march.csv")).to_be_visible()
    assert Resource.objects.count() == 11
    with work.expect_download() as report:
        work.get_by_role("link", name="Report (CSV)").click()
    assert report.value.path().read_text().count("A new draft was made") == 11

    follow(work.get_by_role("link", name="All files"))
    work.get_by_label("Who sent it").select_option(label="Example Alliance")
    send(work, MENDED, "april.csv")
    expect(work.get_by_label("Remarks")).to_have_value("first_step")
    follow(work.get_by_role("button", name="Show what would change"))
    filters = work.get_by_role("navigation", name="Rows by outcome")
    expect(filters).to_have_text(re.compile(r"^\s*All\s*New\s*1\s*Same\s*11\s*$"))


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing(work, width, scheme, live_server):
    work.set_viewport_size({"width": width, "height": 900})
    work.emulate_media(color_scheme=scheme)
    follow(work.get_by_role("button", name="Upload and read it"))
    assert faults(work) == [], "errors"
    work.get_by_label("Who sent it").fill("Example Alliance")
    send(work, FIRST, "march.csv")
    assert faults(work) == [], "columns"
    follow(work.get_by_role("button", name="Show what would change"))
    assert faults(work) == [], "preview"
    work.get_by_label("Why this import").fill("They asked us.")
    follow(work.get_by_role("button", name="Import the 11 good rows"))
    expect(work.get_by_role("heading", name="What became of march.csv")).to_be_visible()
    assert faults(work) == [], "result"
    work.goto(live_server.url + reverse("spreadsheets"))
    assert faults(work) == [], "list"
