"""Asking addresses: HEAD, then GET where HEAD is refused; redirects followed step by step, each guarded like the first."""

import asyncio
import queue
import threading
from collections import defaultdict
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from ...models import Link
from . import guard
from .fetching import Fetcher, Limits
from .robots import Robots

Reason, Result = Link.Reason, Link.Result
TURNED_AWAY = {403, 429}  # what sites say to programs; a person's browser may well see the page
NOT_A_FAILURE = {Reason.ROBOTS, Reason.TURNED_AWAY}
LOOKUPS = 64  # a name that nobody answers for holds its thread for half a minute; others must not wait for it


@dataclass(frozen=True)
class Outcome:
    """What came of asking one address. `final`: where redirects led, if elsewhere."""

    result: Link.Result
    reason: str = ""
    status: int | None = None
    final: str = ""


class Checker:
    def __init__(self, limits, verify=True, book=None):
        self.fetcher = Fetcher(limits, verify, book)
        self.robots = Robots(self.fetcher)

    async def check(self, address):
        trail = [address]
        try:
            status = await self._follow(trail)
        except guard.Problem as problem:
            result = Result.UNKNOWN if problem.reason in NOT_A_FAILURE else Result.FAILS
            return Outcome(result, problem.reason, problem.status, _final(trail))
        return Outcome(Result.WORKS, status=status, final=_final(trail))

    async def _follow(self, trail):
        """Walk to the page itself; each step is added to `trail`. Returns the page's status, or raises guard.Problem."""
        url = guard.read(trail[0])
        for _ in range(self.fetcher.limits.redirects + 1):
            await self.robots.allow(url)
            answer = await self._ask(url)
            if not (answer.redirects and answer.location):
                return _judged(answer.status)
            url = guard.follow(url, answer.location)
            if str(url) in trail:
                raise guard.Problem(Reason.LOOP, answer.status)
            trail.append(str(url))
        raise guard.Problem(Reason.TOO_FAR, answer.status)

    async def _ask(self, url):
        """HEAD costs a site least. Many refuse it in ways of their own, so that only GET can tell of a failure."""
        try:
            answer = await self.fetcher.fetch("HEAD", url, 0)
            if answer.status < 400:
                return answer
        except guard.Problem as problem:
            if problem.reason not in (Reason.SLOW, Reason.GARBLED):
                raise
        return await self.fetcher.fetch("GET", url, self.fetcher.limits.page_bytes)


def _judged(status):
    if status in TURNED_AWAY:
        raise guard.Problem(Reason.TURNED_AWAY, status)
    if not 200 <= status < 300:
        raise guard.Problem(Reason.STATUS, status)
    return status


def _final(trail):
    return trail[-1][: guard.MAX] if len(trail) > 1 else ""


@dataclass(frozen=True)
class Booking:
    """The asking thread wants a turn at a host; the caller's thread answers."""

    host: str
    pause: float
    wait: Future


def check_all(addresses, limits=None, verify=True, book=None):
    """Yield `(address, Outcome)` as they come, or `(address, Exception)` where the program itself failed.

    The asking runs in a thread of its own: the caller writes to the database while others are still being asked.
    `book(host, pause)`, called in the caller's thread: seconds until the host's next free turn (`turns.book`).
    """
    asking = _Asking(addresses, limits or Limits(), verify, shared=book is not None)
    try:
        while (one := asking.done.get()) is not None:
            if isinstance(one, Booking):
                _answer(one, book)
            elif isinstance(one, BaseException):
                raise one
            else:
                yield one
    finally:
        asking.stop()


def _answer(booking, book):
    try:
        booking.wait.set_result(book(booking.host, booking.pause))
    except Exception as error:  # noqa: BLE001 told of the address that wanted the turn
        booking.wait.set_exception(error)


class _Asking:
    """A thread that asks; `done` gets what comes of it, a Booking where it needs a turn, and None at the end."""

    def __init__(self, addresses, limits, verify, shared):
        self.done: queue.SimpleQueue = queue.SimpleQueue()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.asking = (addresses, limits, verify, self.book if shared else None, self.done.put)
        threading.Thread(target=self.run, daemon=True, name="links").start()

    def run(self):
        try:
            asyncio.run(self.main())
        except BaseException as error:  # noqa: BLE001 handed to the caller's thread
            self.done.put(error)
        else:
            self.done.put(None)

    async def main(self):
        self.loop, self.task = asyncio.get_running_loop(), asyncio.current_task()
        await _check_all(*self.asking)

    async def book(self, host, pause):
        wait: Future = Future()
        self.done.put(Booking(host, pause, wait))
        return await asyncio.wrap_future(wait)

    def stop(self):
        """Where the caller went away, nobody would answer what is still to be booked."""
        if self.loop and not self.loop.is_closed():
            with suppress(RuntimeError):  # it has ended just now
                self.loop.call_soon_threadsafe(self.task.cancel)


async def _check_all(addresses, limits, verify, book, put):
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(LOOKUPS))
    checker, of_host = Checker(limits, verify, book), defaultdict(list)
    for address in addresses:
        of_host[host_of(address)].append(address)

    async def walk(those):  # of one host, one after the other
        for address in those:
            try:
                put((address, await checker.check(address)))
            except Exception as error:  # noqa: BLE001 one address must not end the run; the caller reports it
                put((address, error))

    async with checker.fetcher.client, asyncio.TaskGroup() as tasks:
        for those in of_host.values():
            tasks.create_task(walk(those))


def host_of(address):
    """The name of its site; empty where the address cannot be read."""
    try:
        return guard.read(address).host
    except guard.Problem:
        return ""
