"""Somebody who wants an answer now: what the desk and the room of links say while they wait, and when nobody works."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from resources.curation.links import turns
from resources.curation.links.checking import Outcome
from resources.curation.links.recording import record
from resources.models import Link, LinkHost, LinkUse
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import ConditionFactory, OrganizationFactory
from tests.resources.curation.listings.test_views import faults
from tests.shell.reading import Page, text

pytestmark = pytest.mark.django_db
ROOM = "/work/links/"
GONE = "https://example.org/gone"


@pytest.fixture(autouse=True)
def with_a_worker(settings):
    settings.LINK_WORKER = True


@pytest.fixture
def me(at_work):
    return at_work(SOCIAL_WORKER)


@pytest.fixture
def listing():
    made = OrganizationFactory(published=True, name="Ataxia Helpers")
    a_link(GONE, resource=made)
    return made


def a_link(address, **use):
    link = Link.objects.create(
        address=address, result="fails", reason="status", status=404, days_failed=3, failing_since="2026-03-02", last_failed_on="2026-03-05"
    )
    Link.objects.filter(pk=link.pk).update(next_on=timezone.localdate() + timedelta(days=1))
    LinkUse.objects.create(link=link, place="website", **use)
    return link


def panel(client, listing):
    response = client.get(f"/work/listings/{listing.pk}/")
    assert faults(response) == []
    [section] = [one for one in Page(response).main.iter("section") if one.get("id") == "links"]
    return section


def press(client, listing, follow=True):
    return client.post(f"/work/listings/{listing.pk}/links/", follow=follow)


def minutes_pass(minutes):
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=minutes))


def test_the_desk_says_what_fails_and_where_it_stands(client, me, listing):
    said = text(panel(client, listing))
    assert f"{GONE} (website) Fails: The page answers with an error (404). Failed on 3 days since March 2, 2026." in said
    assert "Check again now" in said


def test_pressed_it_says_so_and_then_the_answer(client, me, listing):
    response = press(client, listing)
    assert response.redirect_chain[-1][0] == f"/work/listings/{listing.pk}/#links"
    assert "Asked; the answer comes here in a minute." in text(Page(response).main)
    waits = panel(client, listing)
    assert "the answer comes here in a minute. Look again" in text(waits)
    assert (waits.get("hx-select"), waits.get("hx-trigger")) == ("#links", "every 5s")

    record(address=GONE, outcome=Outcome(Link.Result.WORKS, status=200), at=timezone.now())
    answered = panel(client, listing)
    assert "Works." in text(answered) and "Asked at" not in text(answered)
    assert answered.get("hx-get") is None


def heard(client, address):
    """What a screen reader is told by an answer that the open page asked for."""
    [region] = [one for one in Page(client.get(address, headers={"HX-Request": "true"})).main.iter("div") if one.get("id") == "links-said"]
    assert region.get("role") == "status"
    return text(region)


def test_the_answer_is_said_aloud_once_it_is_there(client, me, listing):
    desk = f"/work/listings/{listing.pk}/"
    press(client, listing)
    assert panel(client, listing).get("hx-select-oob") == "#links-said:innerHTML"
    assert (heard(client, desk), heard(client, ROOM)) == ("", "")
    minutes_pass(4)
    assert "No answer has come" in heard(client, desk)
    record(address=GONE, outcome=Outcome(Link.Result.WORKS, status=200), at=timezone.now())
    assert heard(client, desk) == heard(client, ROOM) == "The answer is here, under “Links”."


def test_a_double_press_is_one_task(client, me, listing):
    press(client, listing)
    press(client, listing)
    assert DBTaskResult.objects.count() == 1


def test_where_no_worker_runs_the_page_says_so(client, me, listing):
    press(client, listing)
    minutes_pass(4)
    idle = panel(client, listing)
    assert "nothing has begun since" in text(idle) and "in a minute" not in text(idle)
    assert idle.get("hx-get") is None


def test_a_worker_that_is_busy_elsewhere_is_no_absent_one(client, me, listing):
    press(client, listing)
    minutes_pass(4)
    turns.book("busy.example.org", 1.0)
    assert "in a minute" in text(panel(client, listing))


def test_what_a_killed_worker_began_is_taken_up_again_by_looking(client, me, listing):
    press(client, listing)
    DBTaskResult.objects.get().claim("killed")
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=5))
    panel(client, listing)
    assert DBTaskResult.objects.get().status == "READY"


def test_without_a_worker_it_promises_the_night(client, me, listing, settings):
    settings.LINK_WORKER = False
    response = press(client, listing)
    assert "Noted: it is asked in the next run, at night." in text(Page(response).main)
    assert "What is due is asked in the next run, at night." in text(panel(client, listing))
    assert Link.objects.get().next_on == timezone.localdate()


def test_pressed_too_often_it_is_refused_in_a_sentence(client, me, listing, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "ask_links": "2/10m/user"}
    for _ in range(2):
        press(client, listing)
    response = press(client, listing)
    assert response.redirect_chain[-1][0] == f"/work/listings/{listing.pk}/"  # where the message stands
    assert "That was often." in text(Page(response).main)


def test_the_room_shows_all_that_fails_and_asks_one(client, me, listing):
    condition = ConditionFactory(name="Joubert syndrome")
    other = a_link("https://example.org/other", condition=condition)
    response = client.get(ROOM)
    assert faults(response) == []
    said = text(Page(response).main)
    assert "Stands on Ataxia Helpers (website)" in said and "Stands on Joubert syndrome (website)" in said
    response = client.post(ROOM, {"link": other.pk}, follow=True)
    assert "in a minute" in text(Page(response).main)
    assert Link.objects.get(address=GONE).next_on > timezone.localdate()
    assert Link.objects.get(pk=other.pk).next_on == timezone.localdate()


@pytest.mark.parametrize("link", ["", "0", "9" * 30, "x", "²"])
def test_an_address_that_is_gone_is_said(link, client, me):
    assert "stands nowhere any more" in text(Page(client.post(ROOM, {"link": link}, follow=True)).main)


def test_an_editor_starts_a_run_once(client, at_work):
    at_work(EDITOR)
    assert "Started" in text(Page(client.post(f"{ROOM}run/", follow=True)).main)
    assert "A run is waiting to begin already." in text(Page(client.post(f"{ROOM}run/", follow=True)).main)
    assert DBTaskResult.objects.count() == 1


def test_a_social_worker_is_not_offered_a_run(client, me):
    assert "Ask all that is due now" not in text(Page(client.get(ROOM)).main)
    assert client.post(f"{ROOM}run/").status_code == 403


def test_a_run_without_a_worker_is_refused_in_a_sentence(client, at_work, settings):
    settings.LINK_WORKER = False
    at_work(EDITOR)
    assert "Nothing asks sites by day here" in text(Page(client.post(f"{ROOM}run/", follow=True)).main)
    assert "Ask all that is due now" not in text(Page(client.get(ROOM)).main)


def test_the_room_and_a_waiting_desk_are_cheap(client, me, listing, django_assert_max_num_queries):
    for place in range(40):
        a_link(f"https://example.org/{place}", resource=OrganizationFactory(published=True))
    for link in Link.objects.all():
        client.post(ROOM, {"link": link.pk}) if link.pk % 9 == 0 else None
    assert LinkHost.objects.exists()
    with django_assert_max_num_queries(12):
        client.get(ROOM)
