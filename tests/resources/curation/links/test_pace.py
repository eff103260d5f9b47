"""One request a host a second, by a clock that the test moves."""

import asyncio

import pytest

from resources.curation.links.pace import Pace

from .loops import run


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


def times(pace, clock, *hosts):
    """When each host in turn could be asked, in seconds since the start."""

    async def go():
        start, found = clock.now, []
        for host in hosts:
            await pace.turn(host)
            found.append(clock.now - start)
        return found

    return run(go())


def test_a_host_is_asked_once_a_second_and_others_need_not_wait(clock):
    pace = Pace(1.0, clock, clock.sleep)
    assert times(pace, clock, "a", "b", "a", "a", "b", "c") == [0, 0, 1, 2, 2, 2]


def test_time_that_has_passed_anyway_counts(clock):
    pace = Pace(1.0, clock, clock.sleep)
    times(pace, clock, "a")
    clock.now += 5
    assert times(pace, clock, "a") == [0]


@pytest.mark.parametrize(("wish", "pause"), [(5, 5), ("10", 10), (0.1, 1), (None, 1), (86_400, 30)])
def test_a_site_may_wish_for_more_time_up_to_a_bound(wish, pause, clock):
    pace = Pace(1.0, clock, clock.sleep)
    pace.slow_down("a", wish)
    assert times(pace, clock, "a", "a") == [0, pause]


def test_those_who_come_together_go_one_by_one(clock):
    pace, found = Pace(1.0, clock, clock.sleep), []

    async def one():
        await pace.turn("a")
        found.append(clock.now)

    async def go():
        await asyncio.gather(*(one() for _ in range(4)))

    run(go())
    assert found == [100, 101, 102, 103]
