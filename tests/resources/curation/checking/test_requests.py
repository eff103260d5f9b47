"""Links to providers in the workspace: made, shown again, reminded of, withdrawn, recorded; cheap however many there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources import document as documents
from resources import workflow
from resources.models import Check, CheckRequest
from tests.factories import ResourceFactory
from tests.shell.reading import Page, text

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def message(page):
    return text(page.one('div[@class="messages"]'))


def press(client, one, verb, **sent):
    return Page(client.post(f"/work/requests/{one.pk}/{verb}/", sent, follow=True))


def test_a_link_is_made_with_a_text_to_send(client, worker, listing, whole):
    page = whole(client.post(f"/work/listings/{listing.pk}/ask/", follow=True))
    one = CheckRequest.objects.get()
    link = f"http://testserver{one.get_absolute_url()}"
    mail = text(page.one('pre[@class="mail-text"]'))
    assert link in mail
    assert "Ramp Society" in mail
    assert next(a.get("href") for a in page.main.iter("a") if a.get("href").startswith("mailto:")).startswith(
        "mailto:old@example.org?subject="
    )
    assert "open link already" in message(Page(client.post(f"/work/listings/{listing.pk}/ask/", follow=True)))


def test_the_list_says_whom_to_remind_and_goes_back_to_itself(client, worker, listing, whole):
    one = workflow.ask(resource=listing, by=worker)
    CheckRequest.objects.update(sent_at=timezone.now() - timedelta(weeks=3))
    assert "To remind (1)" in text(whole(client.get("/work/requests/")).main)
    page = press(client, one, "remind", back="list")
    assert "was reminded today" in message(page)
    assert "To remind (0)" in text(page.main)
    assert page.response.redirect_chain[-1][0] == "/work/requests/"
    assert "reminded already" in message(press(client, one, "remind"))


def test_an_answer_is_recorded_from_the_desk(client, worker, listing):
    one = workflow.ask(resource=listing, by=worker)
    workflow.answer(request=one, said="confirms", document=documents.of(listing))
    assert "Answered (1)" in text(Page(client.get("/work/requests/")).main)
    assert "recorded as a check" in message(press(client, one, "record"))
    assert Check.objects.get().how == "form"
    assert "no answer that waits" in message(press(client, one, "record"))


def test_withdrawn_and_made_anew(client, worker, listing):
    one = workflow.ask(resource=listing, by=worker)
    assert "no longer works" in message(press(client, one, "withdraw"))
    assert "Make a self-check link" in text(Page(client.get(f"/work/listings/{listing.pk}/")).main)


def test_what_is_no_verb_is_not_found(client, worker, listing):
    one = workflow.ask(resource=listing, by=worker)
    assert client.post(f"/work/requests/{one.pk}/explode/").status_code == 404
    assert client.get(f"/work/requests/{one.pk}/remind/").status_code == 405


def grow(worker, number):
    for listing in ResourceFactory.create_batch(number, published=True, phones=["555-0101"]):
        for outcome in ("no_answer", "closed", "number_dead"):
            workflow.check(resource=listing, by=worker, how="call", outcome=outcome)
        one = workflow.ask(resource=listing, by=worker)
        workflow.answer(request=one, said="confirms", document=documents.of(listing))
        workflow.ask(resource=listing, by=worker)
    CheckRequest.objects.filter(pk__gt=one.pk - number, answered_at=None).update(sent_at=timezone.now() - timedelta(weeks=3))


def count(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_list_asks_no_more_for_many(client, worker):
    grow(worker, 2)
    few = count(client, "/work/requests/")
    grow(worker, 8)
    assert count(client, "/work/requests/") == few <= MOST_QUERIES
