"""Days and times as the workspace says them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from resources.templatetags.days import away, due, moment, zone


def test_a_day_says_which_it_is_and_how_far_off(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 21))
    assert due(date(2026, 11, 24)) == (
        '<time datetime="2026-11-24" title="Tuesday, November 24, 2026">November 24, 2026 (in 3 days)</time>'
    )
    assert due(None) == ""


def test_a_time_is_of_one_zone_that_is_named():
    said = moment(datetime(2026, 7, 1, 3, 5, tzinfo=UTC))
    assert said == '<time datetime="2026-06-30T23:05-04:00" title="Tuesday, June 30, 2026, 11:05 PM EDT">Jun 30, 2026, 11:05 PM</time>'
    assert zone().startswith("New York time (E")


@pytest.mark.parametrize(("days", "said"), [(13, "in 13 days"), (14, "in 2 weeks"), (90, "in 3 months"), (-800, "2 years ago")])
def test_the_farther_the_rougher(days, said):
    assert away(days) == said
