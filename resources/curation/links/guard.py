"""What may be asked at all: public web addresses. Anybody may propose a listing, so an address may aim at the server's own network."""

import asyncio
import ipaddress
import socket

import httpx
from django.conf import settings

from ...models import Link

MAX = 2000  # characters of an address; the table keeps no more
MAX_UNREADABLE = 500  # of one that cannot be read, where a letter may take four bytes of the index
PORTS = {80, 443}
PUBLIC_V6 = ipaddress.ip_network("2000::/3")
# Public by their number, but a cloud's own service: Azure's metadata and DNS, Oracle's metadata (192.0.0.192); and relays to elsewhere.
OWN_NETWORKS = [ipaddress.ip_network(one) for one in ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24")]


class Problem(Exception):
    """The address does not work, or was not asked; `reason` is a `Link.Reason`."""

    def __init__(self, reason, status=None):
        self.reason, self.status = reason, status
        super().__init__(reason, status)

    def again(self):
        """A fresh one, to be raised once more."""
        return Problem(self.reason, self.status)


def normal(text):
    """One spelling of an address, so that each is asked once; what cannot be read stays as it is.

    >>> normal("HTTPS://Example.ORG:443#contact")
    'https://example.org/'
    >>> normal("http://bücher.example/straße")
    'http://xn--bcher-kva.example/stra%C3%9Fe'
    """
    try:
        url = httpx.URL(text.strip())
        address = str(url.copy_with(fragment=None, raw_path=url.raw_path or b"/"))
    except (httpx.InvalidURL, UnicodeError, ValueError):
        return text.strip()[:MAX_UNREADABLE]
    return address[:MAX] if address.isascii() else address[:MAX_UNREADABLE]


def read(address):
    """The address as an `httpx.URL` that may be asked. Raises Problem for one that may not."""
    try:
        url = httpx.URL(address)
        usual = url.scheme in ("http", "https") and url.host and (url.port is None or url.port in PORTS | _test_ports())
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise Problem(Link.Reason.NO_ADDRESS) from error
    if not usual or url.userinfo or len(address) >= MAX:
        raise Problem(Link.Reason.NO_ADDRESS)
    return url.copy_with(fragment=None)


def follow(url, location):
    """Where a redirect leads, guarded like any other address."""
    try:
        return read(str(url.join(location)))
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise Problem(Link.Reason.NO_ADDRESS) from error


def port(url):
    return url.port or (443 if url.scheme == "https" else 80)


async def resolve(url):
    """The network addresses of a host, IPv4 first. The caller connects to one of these: a second lookup could answer differently."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.raw_host.decode(), port(url), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Problem(Link.Reason.NO_HOST) from error
    numbers = list(dict.fromkeys(entry[4][0] for entry in sorted(found, key=lambda entry: entry[0] != socket.AF_INET)))
    if not numbers:
        raise Problem(Link.Reason.NO_HOST)
    if not all(is_public(number) or (number, port(url)) in settings.LINKS_TEST_SERVERS for number in numbers):
        raise Problem(Link.Reason.NOT_PUBLIC)
    return numbers


def is_public(number):
    """Whether a network address belongs to the public internet, and hides no other address inside.

    >>> [is_public(one) for one in ("93.184.215.14", "2606:4700::1111")]
    [True, True]
    >>> any(is_public(one) for one in ("10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"))
    False
    """
    try:
        ip = ipaddress.ip_address(number)
    except ValueError:  # such as a link-local one with its interface
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip not in PUBLIC_V6 or ip.sixtofour or ip.teredo):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or any(ip in network for network in OWN_NETWORKS))


def _test_ports():
    return {port for _, port in settings.LINKS_TEST_SERVERS}
