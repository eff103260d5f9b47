"""What a worker does: each site is asked by the one task that it names, whatever is pressed, killed or taken up again."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from resources.curation.links import checking, tasks, turns
from resources.curation.links.gathering import name_hosts
from resources.models import Link, LinkHost, LinkUse
from tests.factories import OrganizationFactory

from .conftest import QUICK

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_a_worker(settings, monkeypatch):
    settings.LINK_WORKER = True
    monkeypatch.setattr(checking, "Limits", lambda: QUICK)
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)  # the test's own, with its transaction


@pytest.fixture
def link(address):
    return a_link(address("/"))


def a_link(address, **fields):
    made = Link.objects.create(address=address, **fields)
    LinkUse.objects.create(link=made, resource=OrganizationFactory(published=True, website=address), place="website")
    name_hosts(Link.objects.filter(pk=made.pk))
    return Link.objects.get(pk=made.pk)


def worker():
    """It works until nothing is left."""
    one = {"queue_names": ["*"], "excluded_queue_names": [], "backend_name": "default", "worker_id": "one", "max_tasks": None}
    db_worker.Worker(**one, interval=0, batch=True, startup_delay=False).run()


def press(*links):
    tasks.ask_now(Link.objects.filter(pk__in=[link.pk for link in links]))


def statuses():
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def later(minutes):
    """As if the tasks that stand, and the last turns, were of some time ago."""
    ago = timezone.now() - timedelta(minutes=minutes)
    DBTaskResult.objects.update(enqueued_at=ago)
    DBTaskResult.objects.exclude(started_at=None).update(started_at=ago)
    LinkHost.objects.exclude(free_at=None).update(free_at=ago)


def killed(link):
    """A worker took the link's task, and nothing was heard of it since."""
    DBTaskResult.objects.get().claim("killed")
    turns.begin(LinkHost.objects.filter(pk=link.host_id))
    later(minutes=5)


def test_what_is_pressed_is_asked_and_answered(link, site):
    press(link)
    worker()
    link.refresh_from_db()
    assert (link.result, site.pages(), statuses()) == ("works", [("HEAD", "/")], [Status.SUCCESSFUL])
    assert link.host.task is None


def test_what_is_not_due_is_asked_when_somebody_presses(link, site):
    Link.objects.update(next_on=timezone.localdate() + timedelta(days=6))
    press(link)
    worker()
    assert len(site.pages()) == 1


def test_a_double_press_asks_once(link, site):
    press(link)
    press(link)
    assert statuses() == [Status.READY]
    worker()
    assert len(site.pages()) == 1


def test_two_links_of_one_site_are_one_task(link, address):
    press(link, a_link(address("/about")))
    assert statuses() == [Status.READY]


def test_whoever_waits_comes_before_the_night_and_is_not_asked_twice(link, address, site):
    other = a_link(address("/about", host="127.0.0.1"))
    tasks.ask(Link.objects.all(), tasks.LATER)
    press(other)
    worker()
    assert site.pages() == [("HEAD", "/about"), ("HEAD", "/")]


def test_what_is_pressed_while_its_site_is_asked_goes_into_another_task(link, site, monkeypatch):
    def pressed_meanwhile(addresses):
        monkeypatch.setattr(tasks, "run", run)
        yield from run(addresses)
        press(link)

    run = tasks.run
    press(link)
    monkeypatch.setattr(tasks, "run", pressed_meanwhile)
    worker()
    assert (len(site.pages()), statuses()) == (2, [Status.SUCCESSFUL] * 2)


def test_a_long_site_is_asked_in_several_tasks(link, address, site, monkeypatch):
    monkeypatch.setattr(tasks, "OF_A_SITE", 2)
    for number in range(4):
        a_link(address(f"/{number}"))
    tasks.ask(Link.objects.all(), tasks.LATER)
    worker()
    assert (len(site.pages()), len(statuses())) == (5, 3)


def test_a_killed_worker_loses_nothing(link, site):
    press(link)
    killed(link)
    press(link)
    assert statuses() == [Status.READY]  # the same one, taken up again
    worker()
    assert len(site.pages()) == 1


def test_a_worker_that_lives_is_left_alone(link):
    press(link)
    killed(link)
    turns.book(link.host.name, 1.0)
    press(link)
    assert statuses() == [Status.RUNNING]


def test_a_task_that_has_only_begun_is_left_alone(link):
    press(link)
    DBTaskResult.objects.get().claim("just now")
    press(link)
    assert statuses() == [Status.RUNNING]


def test_the_table_of_addresses_is_the_truth(link, site):
    """Without the task, and with `check_links` instead of a worker, nothing is lost."""
    press(link)
    DBTaskResult.objects.all().delete()
    call_command("check_links", here=True)
    assert len(site.pages()) == 1


def test_a_fault_of_the_program_leaves_the_address_due_and_does_not_go_round(link, monkeypatch):
    async def broken(checker, url):
        raise ZeroDivisionError

    monkeypatch.setattr(checking.Checker, "_ask", broken)
    press(link)
    worker()
    assert (statuses(), Link.objects.get().next_on) == ([Status.FAILED], None)
    press(link)
    assert statuses() == [Status.FAILED, Status.READY]


def test_without_a_worker_a_press_makes_it_due(link, settings):
    settings.LINK_WORKER = False
    Link.objects.update(next_on=timezone.localdate() + timedelta(days=6))
    press(link)
    assert (statuses(), Link.objects.get().next_on) == ([], timezone.localdate())


def test_a_whole_run_reads_what_is_published_and_asks_it(address, site):
    OrganizationFactory(published=True, website=address("/a"), source__url=address("/b", host="127.0.0.1"))
    assert tasks.start_run()
    assert not tasks.start_run()
    worker()
    assert sorted(path for _, path in site.pages()) == ["/a", "/b"]


def test_what_is_long_over_is_forgotten(link):
    press(link)
    worker()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=15))
    old = LinkHost.objects.create(name="old.example", free_at=timezone.now() - timedelta(days=15))
    tasks.tidy()
    assert not DBTaskResult.objects.exists()
    assert not LinkHost.objects.filter(pk=old.pk).exists()
    assert LinkHost.objects.filter(pk=link.host_id).exists()


def test_turns_at_a_host_are_booked_one_after_the_other():
    first, second, third = (turns.book("a.example", 10) for _ in range(3))
    assert first == 0
    assert second == pytest.approx(10, abs=1)
    assert third == pytest.approx(20, abs=2)
    assert turns.book("b.example", 10) == 0
