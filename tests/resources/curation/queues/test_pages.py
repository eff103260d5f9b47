"""The pages of a working day: whole, cheap, flat, and every verb says what it did."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conditions.models import ConditionEdit
from resources import document as documents
from resources import workflow
from resources.curation.queues import errands
from resources.curation.queues.table import QUEUES
from resources.models import Draft, Errand, Resource, SavedView
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import ConditionFactory, PersonFactory, PhoneFactory, ResourceFactory, TermFactory, today
from tests.shell.reading import Page, text
from tests.shell.rules import breaches

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
QUEUE = "/work/queues/overdue/"
PAGES = ["/work/", "/work/done/", "/work/status/", *(f"/work/queues/{key}/" for key in QUEUES)]


@pytest.fixture
def nell(client):
    person = PersonFactory(role=SOCIAL_WORKER, first_name="Nell")
    client.force_login(person)
    return person


@pytest.fixture
def editor(client):
    person = PersonFactory(role=EDITOR, first_name="Ed")
    client.force_login(person)
    return person


def overdue(number=1, **fields):
    shared = {
        "conditions": [ConditionFactory(slug="ataxia")],
        "terms": [TermFactory(vocabulary="area", slug="us-tx", label="Texas")],
    } | fields
    return [
        PhoneFactory(resource=ResourceFactory(published=True, next_check_on=today() - timedelta(days=90 - day), **shared)).resource
        for day in range(number)
    ]


def dated(answers):
    return {name: str(today(1)) if value == "tomorrow" else value for name, value in answers.items()}


def faults(response):
    return [breach for breach in breaches(Page(response)) if not breach.startswith("sets_no_cookie")]


def names(response):
    return [text(link) for link in Page(response).all("tbody/tr/th/a")]


def said(response):
    return [text(one) for one in Page(response).all("p") if "message" in one.get("class", "").split()]


def count_queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(asked)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole_when_there_is_nothing(client, editor, address):
    response = client.get(address)
    assert response.status_code == 200
    assert faults(response) == []


def fill(number, people):
    """So many items in every queue, held by as many."""
    for listing, person in zip(overdue(number), people):
        listing.drafts.create(by=person, kind=listing.kind, data={})
        SavedView.objects.get_or_create(owner=person, name="Drafts", query="state=draft")
        listing.revisions.create(number=1, document={}, verb="load_published", by_name="starter", why="Facts.")
        Resource.objects.filter(pk=listing.pk).update(kind="organization")
        for origin in ("reader", "import", "link", "provider", "suggestion"):
            workflow.propose(origin=origin, resource=listing, note="Wrong.")
        listing.edits.create(document={}, base=0, by=PersonFactory(role=EDITOR), why="Better.")
        review = ResourceFactory(state="in_review")
        begun, back = ResourceFactory(), ResourceFactory()
        back.revisions.create(number=1, document={}, verb="send_back", by=person, by_name="Ed", why="More.")
        for key, item in (("overdue", listing), ("review", review), ("drafts", begun)):
            errands.assign(queue=QUEUES[key], item=item.pk, to=person, by=person)
        workflow.check(resource=begun, by=person, how="call", outcome="no_answer")
        fill_with_pages(person)


def fill_with_pages(person):
    """A condition page in each of their queues; the one that waits for its review is theirs."""
    overdue = ConditionFactory(with_page=True, next_review_on=today(-1))
    ConditionEdit.objects.create(condition=overdue, document={}, base=0, by=PersonFactory(role=EDITOR), why="Better.")
    for state, verb in (("in_review", "submit"), ("draft", "send_back")):
        page = ConditionFactory(page_state=state)
        page.revisions.create(number=1, document={}, verb=verb, by=person, by_name="Ed", why="More.")
    errands.assign(queue=QUEUES["page-overdue"], item=overdue.pk, to=person, by=person)


def test_pages_ask_few_queries_and_no_more_for_many_items(client, editor):
    fill(1, [editor])
    few = {address: count_queries(client, address) for address in PAGES}
    fill(8, [editor, *(PersonFactory(role=EDITOR) for _ in range(7))])
    many = {address: count_queries(client, address) for address in PAGES}
    assert {address: count for address, count in many.items() if count > MOST_QUERIES} == {}
    assert {address: (few[address], count) for address, count in many.items() if count > few[address]} == {}
    assert [fault for address in PAGES for fault in faults(client.get(address))] == []


def test_my_day_counts_each_queue_and_shows_the_first_and_mine(client, nell):
    first, *_rest = overdue(5)
    errands.claim(queue=QUEUES["overdue"], item=first.pk, by=nell)
    page = Page(client.get("/work/"))
    [badge] = page.all('span[@data-queue="overdue"]')
    assert badge.get("data-count") == "5"
    assert [text(link) for link in page.one('section[@aria-labelledby="own"]').iter("a")] == [first.name]
    assert len(page.all('section[@aria-labelledby="lot-overdue"]/ul/li')) == 3
    assert "· you" in text(page.one('section[@aria-labelledby="lot-overdue"]'))
    assert not page.all('section[@aria-labelledby="lot-drafts"]')


@pytest.mark.parametrize("address", ["/work/", "/work/listings/"])
def test_a_new_listing_is_one_click_away(client, nell, address):
    [link] = [link for link in Page(client.get(address)).main.iter("a") if text(link) == "New listing"]
    assert link.get("href") == "/work/listings/new/"


def test_my_day_leads_to_what_i_typed_and_did_not_save(client, nell):
    [one] = overdue()
    Draft.objects.create(resource=one, by=nell, kind=one.kind, data={"name": ["Anew"]})
    Draft.objects.create(by=nell, kind="organization", data={"name": ["Ramp club"]})
    Draft.objects.create(by=nell, kind="school", data={})
    Draft.objects.create(by=PersonFactory(role=EDITOR), kind="service", data={"name": ["Not mine"]})
    mine = Page(client.get("/work/")).one('section[@aria-labelledby="own"]')
    assert [(text(item), item.find("a").get("href")) for item in mine.iter("li")] == [
        ("School: go on", "/work/listings/new/school/"),
        ("Ramp club: go on", "/work/listings/new/organization/"),
        (f"{one.name}: go on", f"/work/listings/{one.pk}/edit/"),
    ]


def test_my_day_leads_to_my_views(client, nell):
    SavedView.objects.create(owner=nell, name="My housing", query="state=draft")
    SavedView.objects.create(owner=PersonFactory(role=EDITOR), name="Theirs", query="", shared=True)
    [views] = [part for part in Page(client.get("/work/")).all("p") if part.get("class") == "my-views"]
    assert [(text(link), link.get("href")) for link in views.iter("a")] == [("My housing", "/work/listings/?state=draft")]


def test_a_condition_page_is_taken_from_its_queue_like_anything_else(client, nell):
    page = ConditionFactory(slug="ataxia", with_page=True, next_review_on=today(-3))
    queue = "/work/queues/page-overdue/"
    response = client.get(queue, {"q": "atax", "kind": "school", "condition": "x"})  # of which the last two are asked of listings alone
    assert names(response) == ["Ataxia"]
    assert [text(head) for head in Page(response).all("thead/tr/th")] == ["Tick", "Name", "Who has it", "Days", "Why it is here"]
    assert faults(response) == []
    assert text(Page(client.post(f"{queue}next/", follow=True)).one("h1")) == "Ataxia"
    assert Errand.objects.held().get().item == page.pk
    assert Page(client.get("/work/conditions/ataxia/")).all('aside[@class="in-hand"]')
    assert names(client.get(queue, {"show": "mine"})) == ["Ataxia"]


def test_my_day_neither_counts_nor_shows_what_is_snoozed(client, nell):
    first, second = overdue(2)
    errands.snooze(queue=QUEUES["overdue"], item=first.pk, by=nell, until=today(1), reason="Closed.")
    page = Page(client.get("/work/"))
    assert page.one('span[@data-queue="overdue"]').get("data-count") == "1"
    assert [text(link) for link in page.one('section[@aria-labelledby="lot-overdue"]').iter("a")] == ["Overdue checks", second.name]


def test_a_row_helps_to_choose(client, nell):
    [listing] = overdue()
    row = text(Page(client.get(QUEUE)).one("tbody/tr"))
    for words in (listing.name, "Guide", "Ataxia", "Texas", listing.phones.get().number, "90", "Claim"):
        assert words in row


def test_the_queue_is_narrowed(client, nell):
    [one, two] = overdue(2)
    Resource.objects.filter(pk=two.pk).update(name="Zebra club", kind="school")
    two.conditions.set([ConditionFactory(slug="epilepsy")])
    asked = {"q": "zebra", "kind": "school", "condition": "epil", "show": "free"}
    for name, value in asked.items():
        found = names(client.get(QUEUE, {name: value}))
        assert found == (["Zebra club"] if name != "show" else [one.name, "Zebra club"]), name
    assert names(client.get(QUEUE, {"q": "nothing"})) == []
    assert client.get(QUEUE, {"kind": "no\x00nsense", "page": "x", "show": "%ED%A0%80"}).status_code == 200


def test_one_is_claimed_by_one_click_and_shows_as_mine(client, nell):
    one, two = overdue(2)
    response = client.post(f"{QUEUE}?show=", {"claim": one.pk}, follow=True)
    assert said(response) == ["1 is yours. Press “Open the next” to begin."]
    assert names(client.get(QUEUE, {"show": "mine"})) == [one.name]
    assert names(client.get(QUEUE, {"show": "free"})) == [two.name]
    assert said(client.post(QUEUE, {"release": one.pk}, follow=True)) == ["1 given back to the queue."]
    assert names(client.get(QUEUE, {"show": "mine"})) == []


def test_whoever_comes_second_is_told_who_has_it(client, nell):
    one, two = overdue(2)
    errands.claim(queue=QUEUES["overdue"], item=one.pk, by=PersonFactory(role=SOCIAL_WORKER, first_name="Omar"))
    [done, refused] = said(client.post(QUEUE, {"claim": "", "item": [one.pk, two.pk]}, follow=True))
    assert done.startswith("1 is yours")
    assert refused.startswith("Omar has it, until ")


def test_five_are_claimed_and_then_none_is_left(client, nell):
    overdue(5)
    assert said(client.post(QUEUE, {"five": ""}, follow=True)) == ["5 are yours. Press “Open the next” to begin."]
    assert said(client.post(QUEUE, {"five": ""}, follow=True)) == [
        "Nothing was claimed: somebody has each of these already, or nothing waits."
    ]


def test_a_snoozed_item_hides_with_its_reason_until_it_is_brought_back(client, nell):
    [one] = overdue()
    answers = {"snooze": "", "item": one.pk, "until": today(1).isoformat(), "reason": "Closed this week."}
    assert said(client.post(QUEUE, answers, follow=True)) == ["1 put off. You find it under “Snoozed”."]
    assert names(client.get(QUEUE)) == []
    response = client.get(QUEUE, {"show": "snoozed"})
    assert "Closed this week." in text(Page(response).one("tbody/tr"))
    assert faults(response) == []
    client.post(QUEUE, {"wake": one.pk})
    assert names(client.get(QUEUE)) == [one.name]


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"reason": "Closed."}, ["until"]),
        ({"until": "tomorrow"}, ["reason"]),
        ({"until": "soon", "reason": "x" * 301}, ["until", "reason"]),
    ],
)
def test_a_snooze_that_lacks_something_comes_back_filled(client, nell, answers, fields):
    [one], answers = overdue(), dated(answers)
    response = client.post(QUEUE, {"snooze": "", "item": one.pk} | answers)
    page = Page(response)
    assert response.status_code == 400
    assert faults(response) == []
    assert page.title.startswith("Error: ")
    assert [link.get("href") for link in page.by_id("error-summary").iter("a")] == [f"#id_{name}" for name in fields]
    assert "checked" in page.one('input[@name="item"]').attrib
    for name, value in answers.items():
        assert page.by_id(f"id_{name}").get("value") == value
    assert not Errand.objects.snoozed().exists()


def test_a_day_in_the_past_is_said(client, nell):
    [one] = overdue()
    response = client.post(QUEUE, {"snooze": "", "item": one.pk, "until": "2020-01-01", "reason": "Why."}, follow=True)
    assert said(response)[0].startswith("Choose a day after today")


NOTHING_TICKED = [
    {"claim": ""},
    {"claim": "", "item": "x"},
    {"claim": "", "item": "9" * 5_000},
    {"snooze": "", "until": "tomorrow", "reason": "Why."},
]


@pytest.mark.parametrize("answers", NOTHING_TICKED)
def test_nothing_ticked_is_said(client, nell, answers):
    overdue()
    assert said(client.post(QUEUE, dated(answers), follow=True)) == [
        "Nothing was ticked: tick one row or more, then choose what to do with them."
    ]


def test_an_editor_assigns_a_social_worker_is_not_offered_to(client, nell):
    [one] = overdue()
    assert not Page(client.get(QUEUE)).all('select[@name="to"]')
    client.post(QUEUE, {"assign": "", "item": one.pk, "to": nell.pk})
    assert not Errand.objects.held().exists()
    client.force_login(PersonFactory(role=EDITOR))
    assert "Choose a colleague." in text(Page(client.post(QUEUE, {"assign": "", "item": one.pk})).by_id("error-summary"))
    assert said(client.post(QUEUE, {"assign": "", "item": one.pk, "to": nell.pk}, follow=True)) == ["1 assigned."]
    assert Errand.objects.held().get().holder == nell


def test_next_opens_one_after_the_other_and_the_bar_stays(client, nell):
    first, second = overdue(2)
    response = client.post(f"{QUEUE}next/", follow=True)
    assert text(Page(response).one("h1")) == first.name
    assert f"{QUEUE}next/" in [form.get("action") for form in Page(response).all("form")]
    workflow.check(resource=first, by=nell, how="call", outcome="confirmed")
    assert text(Page(go_on(client)).one("h1")) == second.name
    response = go_on(client)  # it was left undone
    assert said(response) == ["You have been through the whole queue. 1 was passed over: press “Open the next” to begin again."]
    workflow.check(resource=second, by=nell, how="call", outcome="confirmed")
    assert said(go_on(client)) == ["Nothing is left in “Overdue checks” that is yours or nobody’s."]
    assert not has_bar(client, f"/work/listings/{first.pk}/")


def go_on(client):
    return client.post(f"{QUEUE}next/", {"go_on": ""}, follow=True)


def has_bar(client, address):
    return bool(Page(client.get(address, follow=True)).all('aside[@class="in-hand"]'))


def test_going_on_passes_over_and_beginning_anew_does_not(client, nell):
    first, second, _third = overdue(3)
    assert [text(Page(go_on(client)).one("h1")) for _time in range(2)] == [first.name, second.name]
    assert text(Page(client.post(f"{QUEUE}next/", follow=True)).one("h1")) == first.name
    assert text(Page(go_on(client)).one("h1")) == second.name


def test_what_was_only_looked_at_is_free_again(client, nell):
    looked_at, tried, mine, written = overdue(4)
    workflow.edit(resource=written, document=documents.of(written), by=PersonFactory(role=EDITOR), why="A first text.", base=0)
    errands.claim(queue=QUEUES["overdue"], item=mine.pk, by=nell)
    for _time in range(2):
        go_on(client)
    workflow.check(resource=tried, by=nell, how="call", outcome="number_dead")
    for _time in range(2):
        go_on(client)
    assert set(Errand.objects.held().values_list("item", flat=True)) == {tried.pk, mine.pk, written.pk}
    client.post("/work/queues/leave/")
    assert set(Errand.objects.held().values_list("item", flat=True)) == {tried.pk, mine.pk}


def test_what_was_only_looked_at_is_free_when_another_is_opened_by_hand(client, nell):
    first, second = overdue(2)
    client.post(f"{QUEUE}next/")
    assert Errand.objects.held().get().item == first.pk
    client.get(f"{QUEUE}{second.pk}/")
    assert not Errand.objects.held().exists()


def test_what_i_began_to_write_stays_mine(client, nell):
    [one] = overdue()
    client.post(f"{QUEUE}next/")
    Draft.objects.create(resource=one, by=nell, kind=one.kind, data={})
    client.post("/work/queues/leave/")
    assert Errand.objects.held().get().holder == nell


def test_what_i_open_again_from_my_day_is_still_in_hand(client, nell):
    [one] = overdue()
    client.post(f"{QUEUE}next/")
    client.get(f"{QUEUE}{one.pk}/")
    assert Errand.objects.held().get().holder == nell
    client.post("/work/queues/leave/")
    assert not Errand.objects.held().exists()


def test_an_item_opened_by_hand_keeps_its_queue_until_it_is_left(client, nell):
    [one] = overdue()
    assert has_bar(client, f"{QUEUE}{one.pk}/")
    client.post("/work/queues/leave/")
    assert not has_bar(client, f"/work/listings/{one.pk}/")
    assert said(client.get(f"{QUEUE}999999/", follow=True)) == ["It has left the queue: somebody has dealt with it."]


def test_the_bar_stands_on_the_pages_of_the_item_in_hand_alone(client, nell):
    one, other = overdue(2)
    desk = f"/work/listings/{one.pk}/"
    client.post(f"{QUEUE}next/")
    assert [page for page in (desk, f"{desk}edit/", f"{desk}check/", f"{desk}history/") if not has_bar(client, page)] == []
    others = ("/work/listings/", "/work/incoming/", "/work/duplicates/", "/work/conditions/", f"/work/listings/{other.pk}/")
    assert [page for page in others if has_bar(client, page)] == []
    proposal = workflow.propose(origin="reader", resource=other, note="Wrong.")
    assert has_bar(client, f"/work/queues/proposals-reader/{proposal.pk}/")
    assert has_bar(client, f"/work/listings/{other.pk}/edit/")


def test_queues_of_the_editors_are_closed_to_others(client, nell):
    for address in ("/work/queues/review/", "/work/queues/review/1/", "/work/status/"):
        assert client.get(address).status_code == 403
    assert client.post("/work/queues/edits/next/").status_code == 403
    assert client.get("/work/queues/nonsense/").status_code == 404
    assert Client(enforce_csrf_checks=True).post(QUEUE).status_code in (302, 403)


def test_the_team_page_says_who_holds_and_did_what(client, editor):
    nell = PersonFactory(role=SOCIAL_WORKER, first_name="Nell")
    one, two = overdue(2)
    errands.claim(queue=QUEUES["overdue"], item=one.pk, by=nell)
    errands.claim(queue=QUEUES["overdue"], item=two.pk, by=nell)
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() - timedelta(days=10)):
        workflow.check(resource=two, by=nell, how="call", outcome="confirmed")  # and so it has left
    proposal = workflow.propose(origin="reader", resource=one, note="Wrong.")
    type(proposal).objects.update(at=timezone.now() - timedelta(days=6))
    workflow.turn_down(proposal=proposal, by=nell, why="It is right.")
    page = Page(client.get("/work/status/"))
    [row] = [row for row in page.all("tr") if text(row).startswith("Nell")]
    assert [text(cell) for cell in row.iter("td")] == ["1 Overdue checks", "0", "1", "0", "0", "1", "1"]
    decided = page.all("table")[-1]
    assert [text(cell) for cell in decided.iter("td")] == ["1", "6"]


def test_another_queue_in_between_loses_no_place(client, nell):
    first, second, third = overdue(3)
    ConditionFactory(with_page=True, next_review_on=today(-1))
    client.post(f"{QUEUE}next/")
    client.post(f"{QUEUE}next/", {"go_on": ""})
    client.post("/work/queues/page-overdue/next/")
    assert "Go on where you were" in text(Page(client.get("/work/")).one('section[@aria-labelledby="lot-overdue"]'))
    assert "Go on where you were" in text(Page(client.get(QUEUE)).main)
    assert client.post(f"{QUEUE}next/", {"go_on": ""}).url == f"/work/listings/{second.pk}/"
    client.post("/work/queues/leave/")
    assert client.post(f"{QUEUE}next/").url == f"/work/listings/{first.pk}/"  # begun again


def test_at_the_end_of_a_queue_no_place_is_left_in_it(client, nell):
    overdue(2)
    client.post(f"{QUEUE}next/")
    for _turn in range(2):
        client.post(f"{QUEUE}next/", {"go_on": ""})
    assert "Go on where you were" not in text(Page(client.get(QUEUE)).main)


def test_queues_in_which_nothing_waits_fold_away(client, nell):
    overdue()
    folded = Page(client.get("/work/")).one('details[@class="empty-queues"]')
    assert folded.get("open") is None
    assert "Drafts" in [text(link) for link in folded.iter("a")]
    assert "Overdue checks" not in [text(link) for link in folded.iter("a")]
