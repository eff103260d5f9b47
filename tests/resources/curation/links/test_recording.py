"""A failure must repeat on three different days; a success clears it; a listing is never touched."""

from datetime import UTC, date, datetime, timedelta

import pytest

from resources.curation.links.checking import Outcome
from resources.curation.links.recording import record
from resources.models import Link

pytestmark = pytest.mark.django_db
Result, Reason = Link.Result, Link.Reason
ADDRESS = "https://example.org/"
MONDAY = datetime(2026, 3, 2, 14, tzinfo=UTC)
WORKS, FAILS, UNKNOWN = Outcome(Result.WORKS, status=200), Outcome(Result.FAILS, Reason.STATUS, 404), Outcome(Result.UNKNOWN, Reason.ROBOTS)


@pytest.fixture
def link():
    return Link.objects.create(address=ADDRESS)


def week(*outcomes):
    """One outcome a day from Monday on, for a link of which nothing is known yet; returns it as it then stands."""
    Link.objects.all().delete()
    Link.objects.create(address=ADDRESS)
    for day, outcome in enumerate(outcomes):
        made = record(address=ADDRESS, outcome=outcome, at=MONDAY + timedelta(days=day))
    made.refresh_from_db()
    return made


def is_broken():
    return Link.objects.broken().exists()


def test_two_days_are_not_enough_and_three_are():
    week(FAILS, FAILS)
    assert not is_broken()
    made = week(FAILS, FAILS, FAILS)
    assert is_broken()
    assert (made.days_failed, made.failing_since, made.last_failed_on) == (3, date(2026, 3, 2), date(2026, 3, 4))
    assert (made.result, made.reason, made.status, made.said) == ("fails", "status", 404, "The page answers with an error (404)")


def test_many_failures_on_one_day_are_one(link):
    for minutes in range(5):
        record(address=ADDRESS, outcome=FAILS, at=MONDAY + timedelta(minutes=minutes))
    link.refresh_from_db()
    assert (link.days_failed, is_broken()) == (1, False)


def test_the_days_need_not_follow_each_other(link):
    for day in (0, 5, 19):
        record(address=ADDRESS, outcome=FAILS, at=MONDAY + timedelta(days=day))
    assert is_broken()


@pytest.mark.parametrize("days", [2, 3, 5])
def test_a_success_clears_it_and_the_count_begins_anew(days):
    made = week(*[FAILS] * days, WORKS)
    assert (made.days_failed, made.failing_since, made.last_failed_on, made.reason, is_broken()) == (0, None, None, "", False)
    made = week(*[FAILS] * days, WORKS, FAILS)
    assert (made.days_failed, is_broken()) == (1, False)


def test_what_could_not_be_checked_neither_counts_nor_clears():
    made = week(FAILS, UNKNOWN, FAILS)
    assert (made.days_failed, is_broken()) == (2, False)
    made = week(FAILS, UNKNOWN, FAILS, FAILS, UNKNOWN)
    assert (made.days_failed, made.result, is_broken()) == (3, "unknown", True)


@pytest.mark.parametrize(("outcomes", "days"), [([WORKS], 7), ([UNKNOWN], 7), ([FAILS], 1), ([FAILS, UNKNOWN], 1), ([FAILS, WORKS], 7)])
def test_when_it_is_asked_again(outcomes, days):
    made = week(*outcomes)
    assert made.next_on == MONDAY.date() + timedelta(days=len(outcomes) - 1 + days)


def test_a_day_is_a_day_of_the_house_not_of_greenwich(link):
    late = datetime(2026, 3, 3, 3, tzinfo=UTC)  # ten in the evening of Monday in New York
    assert record(address=ADDRESS, outcome=FAILS, at=late).failing_since == date(2026, 3, 2)


def test_the_row_is_rewritten_not_multiplied():
    week(*[FAILS, WORKS] * 20)
    assert Link.objects.count() == 1


def test_one_that_was_forgotten_in_between_is_not_brought_back():
    assert record(address=ADDRESS, outcome=FAILS, at=MONDAY) is None
    assert not Link.objects.exists()


@pytest.mark.parametrize(
    ("address", "final", "only"),
    [
        ("http://example.org/a", "https://example.org/a", True),
        ("http://example.org/a", "https://www.example.org/a", False),
        ("http://example.org/a", "", False),
        ("https://example.org/a", "https://example.org/b", False),
    ],
)
def test_the_same_page_by_https_is_noted(address, final, only):
    assert Link(address=address, final_address=final).is_only_https is only
