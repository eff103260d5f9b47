"""What a site's robots.txt allows us (RFC 9309). Asked once a site in each run."""

import asyncio
from collections import defaultdict

from protego import Protego

from ...models import Link
from . import guard
from .fetching import PROGRAM

MOST_REDIRECTS = 5  # as the standard says


class Robots:
    def __init__(self, fetcher):
        self.fetcher = fetcher
        self.known: dict[str, Protego | guard.Problem] = {}
        self.asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def allow(self, url):
        """Raise guard.Problem where the site forbids us this page, or does not answer when asked."""
        site = str(url.copy_with(raw_path=b"/"))
        async with self.asking[site]:
            if site not in self.known:
                self.known[site] = await self._rules(url)
        rules = self.known[site]
        if isinstance(rules, guard.Problem):
            raise rules.again()
        self.fetcher.pace.slow_down(url.host, rules.crawl_delay(PROGRAM))
        if not rules.can_fetch(str(url), PROGRAM):
            raise guard.Problem(Link.Reason.ROBOTS)

    async def _rules(self, url):
        """The site's rules. No such file, or one that nobody may read, allows all."""
        try:
            answer = await self._file(url.copy_with(raw_path=b"/robots.txt"))
        except guard.Problem as problem:
            return problem
        if answer.status == 429:
            return guard.Problem(Link.Reason.TURNED_AWAY, answer.status)
        if answer.status >= 500:
            return guard.Problem(Link.Reason.ROBOTS_FAIL, answer.status)
        return Protego.parse(answer.body.decode("utf-8-sig", "replace") if answer.status == 200 else "")

    async def _file(self, url):
        for _ in range(MOST_REDIRECTS + 1):
            answer = await self.fetcher.fetch("GET", url, self.fetcher.limits.robots_bytes)
            if not (answer.redirects and answer.location):
                break
            url = guard.follow(url, answer.location)
        return answer
