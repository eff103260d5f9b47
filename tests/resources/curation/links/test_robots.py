"""A site's robots.txt is asked first, once, and obeyed."""

import pytest

from resources.curation.links.pace import Pace
from resources.models import Link

WORKS, FAILS, UNKNOWN = Link.Result.WORKS, Link.Result.FAILS, Link.Result.UNKNOWN
Reason = Link.Reason


def test_is_asked_once_for_all_pages_of_a_site(site, address, ask):
    ask(address("/a"), address("/b"), address("/c"))
    assert [path for _, _, path in site.asked] == ["/robots.txt", "/a", "/b", "/c"]


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /",
        "User-agent: CaregiverFinder\nDisallow: /no",
        "User-agent: *\nAllow: /\nDisallow: /*.pdf$",
        "\ufeffUser-agent: *\r\nDisallow: /no/\r\n",
    ],
)
def test_what_it_forbids_is_not_asked_and_is_no_failure(rules, site, address, ask):
    site.robots = rules
    outcome = ask(address("/no/page.pdf"))
    assert (outcome.result, outcome.reason, site.pages()) == (UNKNOWN, Reason.ROBOTS, [])


@pytest.mark.parametrize(
    "rules", ["", "User-agent: Other\nDisallow: /", "User-agent: *\nDisallow: /\nAllow: /page", "<html>No such page", "\x00\xff" * 50]
)
def test_what_it_does_not_forbid_is_asked(rules, site, address, ask):
    site.robots = rules
    assert ask(address("/page")).result == WORKS


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_one_allows_all(status, site, address, ask):
    site.robots = status
    assert ask(address("/page")).result == WORKS


@pytest.mark.parametrize(("status", "result", "reason"), [(500, FAILS, Reason.ROBOTS_FAIL), (429, UNKNOWN, Reason.TURNED_AWAY)])
def test_where_it_cannot_be_had_no_page_is_asked(status, result, reason, site, address, ask):
    site.robots = status
    outcomes = ask(address("/a"), address("/b"))
    assert {(outcome.result, outcome.reason, outcome.status) for outcome in outcomes} == {(result, reason, status)}
    assert len(site.asked) == 1


def test_it_may_stand_elsewhere(site, address, ask, monkeypatch):
    handler = "tests.resources.curation.links.sites.Handler."
    monkeypatch.setattr(handler + "page_robots_txt", lambda self, rest: self.say(301, Location="/rules"))
    monkeypatch.setattr(handler + "page_rules", lambda self, rest: self.say(200, b"User-agent: *\nDisallow: /no"), raising=False)
    assert ask(address("/no")).reason == Reason.ROBOTS
    monkeypatch.setattr(handler + "page_rules", lambda self, rest: self.say(301, Location="/robots.txt"))
    assert ask(address("/no")).result == WORKS  # a circle: as if there were none


def test_of_a_huge_one_only_the_beginning_counts(site, address, ask):
    site.robots = "User-agent: *\nDisallow: /no\n" + "# more\n" * 200_000
    assert ask(address("/no")).reason == Reason.ROBOTS


def test_a_redirect_is_held_to_the_rules_of_where_it_leads(site, address, ask):
    site.robots = "User-agent: *\nDisallow: /no"
    outcome = ask(address("/to?/no"))
    assert (outcome.result, outcome.final) == (UNKNOWN, address("/no"))


def test_a_site_may_wish_for_more_time_between_requests(site, address, ask, monkeypatch):
    wishes = []
    monkeypatch.setattr(Pace, "slow_down", lambda pace, host, wish: wishes.append((host, wish)))
    site.robots = "User-agent: *\nCrawl-delay: 5"
    ask(address("/page"))
    assert wishes == [("site.test", 5)]
