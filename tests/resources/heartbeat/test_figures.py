"""The figures of the heartbeat, each from rows that are made for it."""

from datetime import date, datetime, timedelta
from unittest import mock

import pytest
from django.utils import timezone

from resources import workflow
from resources.heartbeat import figures
from resources.models import Proposal
from resources.models.roles import SOCIAL_WORKER
from tests.factories import PersonFactory, ResourceFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def listing(checked=None, found=None, **fields):
    days = {name: TODAY - timedelta(days=ago) for name, ago in (("checked_on", checked), ("found_on", found)) if ago is not None}
    return ResourceFactory(published=True, **{"found_on": None} | days | fields)


def test_checked_and_found_are_never_mixed():
    listing(checked=10, found=5)
    listing(checked=365, found=5)
    listing(checked=366, found=5)  # old, however lately somebody saw its page
    listing(found=365)
    listing(found=366)
    ResourceFactory(checked_on=TODAY)  # a draft
    ages = figures.ages(TODAY)
    assert (ages.total, ages.checked_lately, ages.found_lately, ages.old, ages.undated) == (5, 2, 1, 2, 0)


def test_the_median_age_and_the_bands_count_from_the_check_else_from_the_find():
    for ago in (1, 90, 91, 400):
        listing(checked=ago, found=2000)
    listing(found=1000)
    ages = figures.ages(TODAY)
    assert ages.median == 91
    assert [count for _label, count in ages.bands] == [2, 1, 0, 1, 1]


def test_an_empty_house_has_no_median():
    ages = figures.ages(TODAY)
    assert (ages.total, ages.median, sum(count for _label, count in ages.bands)) == (0, None, 0)
    assert figures.open_proposals(TODAY) == (0, None)
    assert figures.last_load() is None


def test_states_are_all_counted():
    listing(found=1)
    ResourceFactory.create_batch(2)
    assert figures.by_state() == {"draft": 2, "in_review": 0, "published": 1, "retired": 0}


def test_open_proposals_and_how_long_they_have_waited():
    today = timezone.localdate()
    for ago, state in ((1, "open"), (9, "open"), (4, "open"), (90, "declined")):
        proposal = workflow.propose(origin="reader", note="Wrong.")
        at = timezone.now() - timedelta(days=ago)
        Proposal.objects.filter(pk=proposal.pk).update(at=at, state=state, decided_at=None if state == "open" else at)
    assert figures.open_proposals(today) == (3, 4)


def test_checks_of_twelve_months_the_empty_ones_too():
    for day in ("2025-06-30T12:00Z", "2025-07-01T12:00Z", "2026-06-01T12:00Z", "2026-06-15T12:00Z"):
        with mock.patch("django.utils.timezone.now", return_value=datetime.fromisoformat(day)):
            workflow.check(resource=ResourceFactory(), by=PersonFactory(role=SOCIAL_WORKER), how="call", outcome="no_answer")
    months = figures.checks_by_month(TODAY)
    assert (months[0], months[-1]) == ((date(2025, 7, 1), 1), (date(2026, 6, 1), 2))
    assert [count for _month, count in months] == [1, *[0] * 10, 2]
