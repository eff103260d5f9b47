"""The list of listings: the address is the whole state, it is cheap however many there are, and several are worked on at once."""

from datetime import date, timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from conditions.editorial import State
from resources.curation.listings import acts, counting
from resources.models import Resource, SavedView
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import ConditionFactory, OrganizationFactory, PersonFactory, ResourceFactory, TermFactory
from tests.resources.curation.conftest import edited, written
from tests.shell.reading import Page, asked, text
from tests.shell.rules import breaches

pytestmark = pytest.mark.django_db
LIST = "/work/listings/"


def faults(response):
    return [breach for breach in breaches(Page(response)) if not breach.startswith("sets_no_cookie")]


def names(page):
    return [text(row.find("th/a")) for row in page.all("tr[@data-row]")]


def show(client, query=""):
    response = client.get(LIST + query)
    assert response.status_code == 200
    return Page(response)


def test_the_address_is_the_whole_state(client, at_work):
    at_work(SOCIAL_WORKER)
    TermFactory(vocabulary="need", slug="respite", label="A break from caring")
    OrganizationFactory(name="Late", state=State.PUBLISHED, overdue=True, next_check_on=date.today() - timedelta(days=1))
    ResourceFactory(name="Draft")
    page = show(client, "?state=published&kind=organization&age=overdue")
    assert names(page) == ["Late"]
    assert page.count == 1
    assert text(page.one('th[@scope="row"]')) == "Late Organization"
    assert "Overdue" in text(page.one("tr[@data-row]"))
    chosen = {
        field.get("name"): field.find("option[@selected]").get("value")
        for field in page.all("select")
        if field.find("option[@selected]") is not None
    }
    assert {"state": "published", "kind": "organization", "age": "overdue"}.items() <= chosen.items()
    assert {name: asked(href) for name, href in page.chips.items()}["Kind: Organization"] == {"state": ["published"], "age": ["overdue"]}
    assert faults(page.response) == []


def test_chips_say_in_words_what_is_chosen(client, at_work):
    me = at_work(SOCIAL_WORKER)
    TermFactory(vocabulary="need", slug="respite", label="A break from caring")
    page = show(client, f"?term=need:respite&by={me.pk}&missing=source&sort=due&q=ramp")
    assert set(page.chips) == {
        "Name, slug or phone: ramp",
        "Need or other term: A break from caring",
        f"Last changed by: {me.username}",
        "Missing: No source",
    }
    assert "No listing fits" in text(page.main)
    assert page.one("form/details").get("open") is not None  # the filters in use are in sight
    assert faults(page.response) == []


@pytest.mark.parametrize(
    ("sort", "order"), [("", ["A", "B", "C"]), ("due", ["B", "C", "A"]), ("new", ["C", "B", "A"]), ("changed", ["A", "C", "B"])]
)
def test_the_order_is_chosen(client, at_work, sort, order):
    me = at_work(EDITOR)
    for name, due in {"A": None, "B": date(2026, 1, 1), "C": date(2026, 2, 2)}.items():
        ResourceFactory(name=name, slug=name.lower(), next_check_on=due)
    written(me, slug="d", name="D")
    Resource.objects.get(slug="a").revisions.write(resource=Resource.objects.get(slug="a"), document={}, verb="edit", why="w", by=me)
    assert [name for name in names(show(client, f"?sort={sort}")) if name != "D"] == order


def test_pages_of_fifty_hold_each_listing_once(client, at_work):
    at_work(SOCIAL_WORKER)
    ResourceFactory.create_batch(53, name="Of one name")
    first, second = show(client, "?state=draft"), show(client, "?state=draft&page=2")
    links = [[row.find("th/a").get("href") for row in page.all("tr[@data-row]")] for page in (first, second)]
    assert [len(one) for one in links] == [50, 3]
    assert not set(links[0]) & set(links[1])
    assert first.one('a[@rel="next"]').get("href") == "?state=draft&page=2"
    assert "53 listings" in text(first.by_id("result-count"))
    assert names(show(client, "?state=draft&page=99999999999999999999")) == ["Of one name"] * 3


@pytest.mark.parametrize(
    "query",
    [
        "?state=x&kind=%00&age=zz&page=-1",
        "?term=need",
        "?by=abc",
        "?by=99999999999999999999999",
        "?q=%25%27)--&missing=__",
        f"?q={'a' * 500}",
    ],
)
def test_what_cannot_be_meant_is_answered_cleanly(client, at_work, query):
    at_work(SOCIAL_WORKER)
    ResourceFactory()
    page = show(client, query)
    assert faults(page.response) == []


def test_it_is_cheap_and_flat_in_the_number_of_listings_and_views(client, at_work):
    me = at_work(EDITOR)
    written(me)

    def count(query):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST + query).status_code == 200
        return len(queries)

    query = "?state=published&q=listing&condition=ataxia&sort=changed"
    few = count(""), count(query)
    for number in range(20):
        written(me)
        SavedView.objects.create(owner=me, name=f"View {number}", query=f"state=draft&q={number}")
    ConditionFactory(slug="ataxia")
    assert (count(""), count(query)) == few
    assert max(few) <= 12


def test_more_than_a_page_has_words_for_is_said(client, at_work, monkeypatch):
    monkeypatch.setattr("resources.curation.listings.views.MOST", 2)
    monkeypatch.setattr(counting, "MOST", 2)
    at_work(SOCIAL_WORKER)
    ResourceFactory.create_batch(5)
    page = show(client)
    assert "More than 2 listings: the first 2 are shown" in text(page.by_id("result-count"))
    assert len(names(page)) == 2


class TestSeveralAtOnce:
    def choose(self, client, act, *listings, **answers):
        return client.post(f"{LIST}chosen/", {"act": act, "listing": [one.pk for one in listings], "query": "state=draft", **answers})

    def test_chosen_listings_are_submitted_after_a_page_that_asks(self, client, at_work):
        at_work(SOCIAL_WORKER)
        ready, gone = ResourceFactory(name="Ready"), ResourceFactory(name="Gone", state=State.IN_REVIEW)
        page = Page(self.choose(client, "submit", ready, gone))
        assert text(page.one("h1")) == "Submit for review"
        assert {"Ready Draft", "Gone In review"} <= {text(item) for item in page.all("li")}
        assert faults(page.response) == []
        response = self.choose(client, "submit", ready, gone, confirmed="1", why="Complete now.")
        assert response.url == f"{LIST}?state=draft"
        shown = text(Page(client.get(response.url)).main)
        assert "1 listing done." in shown and "Gone: It is “In review" in shown
        assert ready.revisions.first().why == "Complete now."

    def test_a_text_that_changed_since_the_page_asked_is_left_alone(self, client, at_work):
        """The editor has read “Ready” as it was; a colleague saves while the page asks. What nobody touched is published."""
        editor = at_work(EDITOR)
        rivals, calm = written(editor, name="Rivals", state=State.IN_REVIEW), written(editor, name="Calm", state=State.IN_REVIEW)
        bases = Page(self.choose(client, "publish", rivals, calm)).one('input[@name="bases"]').get("value")
        edited(rivals, PersonFactory(role=SOCIAL_WORKER, username="wanda"), fees="$900")
        response = self.choose(client, "publish", rivals, calm, confirmed="1", why="Read.", bases=bases)
        shown = text(Page(client.get(response.url)).main)
        assert "1 listing done." in shown and "Rivals: wanda saved this listing in between" in shown
        assert [Resource.objects.get(pk=one.pk).state for one in (rivals, calm)] == [State.IN_REVIEW, State.PUBLISHED]

    @pytest.mark.parametrize("bases", ["", "x", "1:", "9" * 40 + ":1"])
    def test_a_listing_that_was_not_on_the_page_is_left_alone(self, client, at_work, bases):
        one = written(at_work(EDITOR), state=State.IN_REVIEW)
        self.choose(client, "publish", one, confirmed="1", why="w", bases=bases)
        assert Resource.objects.get(pk=one.pk).state == State.IN_REVIEW

    def test_tags_are_added_to_what_the_listing_says_now(self, client, at_work, monkeypatch):
        """The row was read for the page before somebody saved: their words stay."""
        editor = at_work(EDITOR)
        one, condition = written(editor, fees="$1"), ConditionFactory(slug="ataxia")
        old = Resource.objects.get(pk=one.pk)  # as a request read it
        edited(one, editor, fees="Free")
        answers = {"bases": {one.pk: 2}, "add_terms": [], "remove_terms": [], "add_conditions": [condition.slug], "remove_conditions": []}
        request = RequestFactory().post(LIST)
        request.user, request._messages = editor, mock.Mock()
        acts.report(request, next(act for act in acts.ACTS if act.name == "retag"), [old], answers | {"why": "w"})
        one.refresh_from_db()
        assert (one.fees, [tag.slug for tag in one.conditions.all()]) == ("Free", ["ataxia"])

    def test_without_a_reason_it_asks_again_and_keeps_the_choice(self, client, at_work):
        at_work(EDITOR)
        one = ResourceFactory(state=State.IN_REVIEW)
        response = self.choose(client, "send_back", one, confirmed="1", why="")
        assert response.status_code == 400
        page = Page(response)
        assert page.title.startswith("Error: Send back")
        assert [box.get("value") for box in page.all('input[@name="listing"]')] == [str(one.pk)]
        assert faults(response) == []

    @pytest.mark.parametrize("act", ["publish", "", "delete"])
    def test_an_act_that_the_role_has_not_is_neither_offered_nor_done(self, client, at_work, act):
        at_work(SOCIAL_WORKER)
        one = ResourceFactory(published=True, state=State.IN_REVIEW)
        offered = [option.get("value") for option in show(client).by_id("act").iter("option")]
        assert offered == ["", "submit", "check", "retag"]
        response = self.choose(client, act, one, confirmed="1", why="w")
        assert "Tick at least one listing" in text(Page(client.get(response.url)).main)
        one.refresh_from_db()
        assert one.state == State.IN_REVIEW
