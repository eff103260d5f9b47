"""What I did: each deed once, on its day."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources import document as documents
from resources import workflow
from resources.curation.done import deeds, tally
from resources.models.roles import EDITOR
from resources.workflow import pages
from tests.factories import PersonFactory, ResourceFactory, TherapyFactory, today
from tests.resources.workflow.test_pages import PAGE, changed
from tests.shell.reading import Page, asked, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return PersonFactory(role=EDITOR)


def verbs(person, days=0):
    return [verb for verb, *_rest in reversed(deeds(person, today(days)))]


def test_a_check_an_edit_and_a_decision_count_once_each(client, me):
    listing = ResourceFactory(published=True)
    document = documents.of(listing)
    workflow.check(resource=listing, by=me, how="call", outcome="confirmed")
    base = workflow.latest(listing)
    workflow.edit(resource=listing, document=document.model_copy(update={"fees": "Free"}), by=me, why="Fees.", base=base)
    proposal = workflow.propose(origin="reader", resource=listing, document=document)
    workflow.accept(proposal=proposal, by=me, why="Right.", document=document, base=workflow.latest(listing))
    assert verbs(me) == ["check", "edit", "proposal"]
    client.force_login(me)
    assert "Confirmed: all of it is right" in text(Page(client.get("/work/done/")).main)
    assert [count for _label, count in tally(me, today())] == [1, 1, 1]


def test_an_edit_of_a_therapy_that_waits_and_one_that_i_declined(me):
    therapy = TherapyFactory(published=True)
    therapy.edits.create(document={}, base=0, by=me, why="Better.")
    edit = therapy.edits.create(document={}, base=0, by=PersonFactory(role=EDITOR), why="Worse.")
    workflow.decline(edit=edit, by=me, why="Not so.")
    assert verbs(me) == ["waiting", "declined"]


def test_what_i_did_to_condition_pages_counts_too(client, me):
    page = pages.create(slug="ataxia", document=PAGE, by=me, why="Families ask.")
    pages.submit(condition=page, base=1, by=me)
    pages.publish(condition=page, base=2, by=PersonFactory(role=EDITOR))
    pages.edit(condition=page, document=changed(school="Ask. [^naf]"), by=me, why="Clearer.", base=3)
    theirs = pages.edit(condition=page, document=changed(school="Beg. [^naf]"), by=PersonFactory(role=EDITOR), why="Sure?", base=3)
    pages.decline(edit=theirs, by=me, why="No.")
    assert verbs(me) == ["create", "submit", "waiting", "declined"]
    client.force_login(me)
    [row, *_rest] = Page(client.get("/work/done/")).all("tbody/tr")
    assert row.find(".//a").get("href") == "/work/conditions/ataxia/"
    assert text(row).endswith("Edit declinedAtaxiaNo.")


def test_tries_that_reached_nobody_are_told_as_such(me):
    listing = ResourceFactory(published=True, phones=["555-0101"])
    for outcome in ("no_answer", "number_dead", "closed"):
        workflow.check(resource=listing, by=me, how="call", outcome=outcome)
    assert tally(me, today()) == [("Tried to reach", 2), ("Checked", 1)]
    assert [step.told for step in listing.revisions.all()] == [
        "Checked with the provider",
        "Tried to reach the provider: the number is dead",
        "Tried to reach the provider: no answer",
    ]


def test_a_number_that_nobody_named_is_not_said_to_be_dead(me):
    listing = ResourceFactory(published=True)
    workflow.check(resource=listing, by=me, how="call", outcome="number_dead")
    assert listing.revisions.first().verb == "no_answer"


def test_a_day_is_its_own_and_nobody_elses(client, me):
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() - timedelta(days=1)):
        workflow.check(resource=ResourceFactory(published=True, name="Ramps"), by=me, how="call", outcome="no_answer")
    assert (verbs(me), verbs(me, days=-1), verbs(PersonFactory(role=EDITOR))) == ([], ["no_answer"], [])
    client.force_login(me)
    before = client.get(f"/work/done/?day={today(-1)}")
    assert "Ramps" in text(Page(before).main)


def imported(by, number, why):
    for _row in range(number):
        listing = ResourceFactory()
        listing.revisions.create(number=1, document={}, verb="import", by=by, by_name="Ed", why=why)
    return listing


def test_an_import_of_many_rows_is_one_line_and_counts_as_many(client, me):
    imported(me, 3, "A partner’s list of May.")
    alone = imported(me, 1, "One more.")
    workflow.check(resource=alone, by=me, how="call", outcome="confirmed")
    assert tally(me, today()) == [("Imported", 4), ("Checked", 1)]
    client.force_login(me)
    rows = [text(row) for row in Page(client.get("/work/done/")).all("tr[@data-row]")]
    assert len(rows) == 3
    assert alone.name in rows[1]
    assert rows[2].endswith("Imported3 listingsA partner’s list of May.")


def test_many_deeds_come_in_pages(client, me):
    listing = ResourceFactory(published=True)
    for _time in range(51):
        listing.checks.create(by=me, how="call", outcome="no_answer")
    client.force_login(me)
    first, second = (Page(client.get("/work/done/", {"day": str(today()), "page": page})) for page in (1, 2))
    assert [len(page.all("tr[@data-row]")) for page in (first, second)] == [50, 1]
    assert asked(first.one('a[@rel="next"]').get("href")) == {"day": [str(today())], "page": ["2"]}


def test_my_day_asks_the_database_to_count(client, me):
    client.force_login(me)
    workflow.check(resource=ResourceFactory(published=True), by=me, how="call", outcome="no_answer", note="Rang twice.")
    reads = []
    for address in ("/work/", "/work/done/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        reads.append(any('"resources_check"."outcome" AS' in query["sql"] for query in queries))
    assert reads == [False, True]


@pytest.mark.parametrize("day", ["x", "9999-12-31", "0001-01-01", "2026-02-30", "\x00"])
def test_a_day_that_cannot_be_is_today(client, me, day):
    client.force_login(me)
    assert Page(client.get("/work/done/", {"day": day})).title.startswith("What I did today")
