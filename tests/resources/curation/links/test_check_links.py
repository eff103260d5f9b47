"""`manage.py check_links`, as the timer runs it, against a real server on this machine."""

import logging
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from resources.curation.links import checking, fetching
from resources.models import Link, Resource, Revision
from tests.factories import OrganizationFactory

from .conftest import QUICK

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 14, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def run(capsys, monkeypatch):
    """`run(day=2, only=[…])`: the command on the second day, without pauses; returns what it prints."""
    monkeypatch.setattr(checking, "Limits", lambda: QUICK)

    def run(*, day=1, **options):
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: START + timedelta(days=day - 1))
            call_command("check_links", **options)
        return capsys.readouterr().out

    return run


@pytest.fixture
def listing(address):
    return OrganizationFactory(slug="ataxia", checked=True, website=address("/status/404"), source__url=address("/about"))


def test_on_the_third_day_a_failure_is_for_a_person_to_look_at(run, listing, address):
    assert "Asked 2: 1 work, 1 fail, 0 could not be checked. Broken for a person to look at: 0." in run(day=1)
    assert "Asked 1: 0 work, 1 fail" in run(day=2)  # the one that works is asked again in a week
    said = run(day=3)
    assert f"Fails since 2026-03-02 (days: 3): {address('/status/404')} The page answers with an error (404)" in said
    assert "Broken for a person to look at: 1." in said


def test_a_listing_is_never_touched(run, listing):
    before = Resource.objects.filter(pk=listing.pk).values().get(), list(listing.sources.values()), Revision.objects.count()
    for day in (1, 2, 3, 4):
        run(day=day)
    assert Link.objects.broken().count() == 1
    assert (Resource.objects.filter(pk=listing.pk).values().get(), list(listing.sources.values()), Revision.objects.count()) == before


def test_twice_on_a_day_asks_nobody_twice(run, listing, site):
    run()
    asked = len(site.asked)
    assert "Asked 0" in run()
    assert len(site.asked) == asked


def test_a_dry_run_asks_nobody_and_keeps_nothing(run, listing, site, address):
    said = run(dry_run=True)
    assert said.splitlines() == [address("/about"), address("/status/404"), "Would ask 2 addresses of 1 sites."]
    assert (site.asked, Link.objects.count()) == ([], 0)


@pytest.mark.parametrize("what", ["/about", "host", "ataxia"])
def test_only_some_due_or_not(what, run, listing, site, address):
    run()
    site.asked.clear()
    named = {"/about": address("/about"), "host": f"site.test:{site.port}"}.get(what, what)
    said = run(only=[named])
    assert ("Asked 1: 1 work" if what == "/about" else "Asked 2: 1 work, 1 fail") in said


def test_only_what_nothing_leads_to_is_said(run, listing):
    with pytest.raises(CommandError, match="Nothing published leads to nowhere.example"):
        run(only=["nowhere.example"])


def test_a_fault_of_the_program_is_said_and_the_address_stays_due(run, listing, address, monkeypatch, caplog):
    async def broken(checker, url):
        raise ZeroDivisionError

    monkeypatch.setattr(checking.Checker, "_ask", broken)
    with caplog.at_level(logging.ERROR), pytest.raises(CommandError, match="failed at 2 addresses"):
        run()
    assert "ZeroDivisionError" in caplog.text
    assert set(Link.objects.values_list("result", "next_on")) == {("new", None)}


def test_the_defaults_are_polite():
    limits = fetching.Limits()
    assert (limits.pause, limits.redirects) == (1.0, 10)
    assert limits.seconds <= 30


def test_with_a_worker_the_run_is_handed_over(run, listing, site, settings):
    settings.LINK_WORKER = True
    assert "Handed to the worker" in run()
    assert site.asked == []
    assert "waits for the worker" in run()
    assert "Asked 2: 1 work, 1 fail" in run(here=True)


def test_where_no_worker_takes_it_up_the_next_night_asks_from_here(run, listing, settings, capsys):
    settings.LINK_WORKER = True
    run()
    DBTaskResult.objects.update(enqueued_at=START - timedelta(days=1))
    call_command("check_links")
    said = capsys.readouterr()
    assert "has not been begun" in said.err
    assert "Asked 2: 1 work, 1 fail" in said.out
