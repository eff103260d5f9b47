"""One request a host a second, whoever asks."""

import asyncio
from collections import defaultdict

MOST = 30.0  # seconds between requests, whatever a site's robots.txt asks for


class Pace:
    """`book(host, pause)`, awaited: seconds until the host's next free turn, agreed with other processes (`turns`)."""

    def __init__(self, pause=1.0, clock=None, sleep=asyncio.sleep, book=None):
        self.pause, self.sleep, self.book = pause, sleep, book
        self.clock = clock or (lambda: asyncio.get_running_loop().time())
        self.pauses: dict[str, float] = {}
        self.free_at: dict[str, float] = {}
        self.turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def slow_down(self, host, pause):
        """A site's own wish (Crawl-delay), up to a bound."""
        if pause and self.pause:
            self.pauses[host] = min(max(float(pause), self.pause), MOST)

    async def turn(self, host):
        """Wait until this host may be asked again; those who wait for the same host go in the order in which they came."""
        async with self.turns[host]:
            wait, pause = self.free_at.get(host, 0) - self.clock(), self.pauses.get(host, self.pause)
            if self.book and pause:
                wait = max(wait, await self.book(host, pause))
            if wait > 0:
                await self.sleep(wait)
            self.free_at[host] = self.clock() + pause
