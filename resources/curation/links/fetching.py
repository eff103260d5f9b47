"""One request, with its manners: to a public address that was looked up once, within a time and a size."""

import asyncio
import ssl
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
from django.conf import settings

from ...models import Link
from . import guard
from .pace import Pace

Reason = Link.Reason
PROGRAM = "CaregiverFinder"  # the name by which a robots.txt may speak to us


@dataclass(frozen=True)
class Limits:
    """`seconds` bounds a whole request, from the lookup to the last byte, so that a site which drips cannot hold us."""

    seconds: float = 20
    connect_seconds: float = 8
    pause: float = 1.0
    redirects: int = 10
    page_bytes: int = 16_384
    robots_bytes: int = 512_000
    at_once: int = 20


@dataclass(frozen=True)
class Answer:
    status: int
    location: str = ""
    body: bytes = b""

    @property
    def redirects(self):
        return self.status in (301, 302, 303, 307, 308)


class Fetcher:
    """Asks by a client that knows no proxy (it would look names up itself), keeps no cookie, and follows nothing by itself."""

    def __init__(self, limits, verify=True, book=None):
        self.limits, self.pace, self.slots = limits, Pace(limits.pause, book=book), asyncio.Semaphore(limits.at_once)
        self.client = httpx.AsyncClient(
            verify=verify,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(limits.seconds, connect=limits.connect_seconds),
            # A kept connection is known by its number alone, and would be used for another name on the same machine.
            limits=httpx.Limits(max_keepalive_connections=0),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={
                "User-Agent": f"{PROGRAM}/1.0 (link check; +{settings.SITE_ADDRESS}/)",
                "Accept": "*/*",
                "Accept-Encoding": "identity",
            },
        )

    async def fetch(self, method, url, most):
        """The answer to one request, in its turn, with up to `most` bytes of its body. Raises guard.Problem."""
        async with self.slots:
            await self.pace.turn(url.host)
            try:
                async with asyncio.timeout(self.limits.seconds):
                    return await self._first_that_connects(method, url, await guard.resolve(url), most)
            except (TimeoutError, httpx.TimeoutException) as error:
                raise guard.Problem(Reason.SLOW) from error
            except httpx.ConnectError as error:
                raise guard.Problem(Reason.CERTIFICATE if _is_about_tls(error) else Reason.NO_CONNECTION) from error
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                raise guard.Problem(Reason.GARBLED) from error

    async def _first_that_connects(self, method, url, numbers, most):
        for number in numbers[:-1]:
            try:
                return await self._ask(method, url, number, most)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._ask(method, url, numbers[-1], most)

    async def _ask(self, method, url, number, most):
        """By number, so that no second lookup happens; the name goes into the Host header and the certificate's check."""
        name = url.raw_host.decode()
        request = self.client.build_request(
            method, url.copy_with(host=number), headers={"Host": url.netloc.decode()}, extensions={"sni_hostname": name}
        )
        response = await self.client.send(request, stream=True)
        try:
            answer = Answer(response.status_code, response.headers.get("Location", ""))
            if method == "HEAD" or answer.redirects:
                return answer
            return Answer(answer.status, body=await _first_bytes(response, most))
        finally:
            await response.aclose()


async def _first_bytes(response, most):
    """What came, up to `most`: one that ends sooner than it promised is still what a browser would show."""
    body = b""
    try:
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) >= most:
                break
    except httpx.RemoteProtocolError:
        if not body:
            raise
    return body[:most]


def _is_about_tls(error):
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
