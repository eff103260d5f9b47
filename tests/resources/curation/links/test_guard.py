"""What may be asked at all, whatever somebody writes into a listing."""

import asyncio
import ipaddress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from resources.curation.links import guard
from resources.models import Link

from .loops import run

Reason = Link.Reason
INSIDE = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "192.0.2.0/24"),
    *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
    *("192.0.0.0/24", "192.88.99.0/24"),
    *("::/8", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16", "fc00::/7"),
    *("fe80::/10", "fec0::/10", "ff00::/8"),
]
inside = st.sampled_from(INSIDE).map(ipaddress.ip_network).flatmap(lambda net: st.ip_addresses(v=net.version, network=net))
schemes = st.sampled_from(["http", "https", "HTTP", "ftp", "file", "javascript", "gopher", "ws", ""])
hosts = st.one_of(
    st.from_regex(r"[a-z0-9.-]{0,20}", fullmatch=True), st.text(max_size=10), inside.map(str), inside.map(lambda ip: f"[{ip}]")
)
users = st.sampled_from(["", "", "user@", "user:word@", "%00@", "@"])
ports = st.one_of(st.just(""), st.integers(-1, 70_000).map(lambda number: f":{number}"), st.just(":x"))
written = st.one_of(
    st.text(max_size=60),
    st.builds("{}://{}{}{}/{}".format, schemes, users, hosts, ports, st.text(max_size=20)),
    st.text().map("http://{}".format),
)


@given(written)
@example("http://example.org\\@10.0.0.1/")
@example("http://example.org#@10.0.0.1/")
@example("http://[::ffff:10.0.0.1]:80/")
@example("https://example.org:22/")
@example("http://xn--/")
def test_what_may_be_asked_is_a_plain_web_address_and_all_else_is_refused_in_words(text):
    try:
        url = guard.read(text)
    except guard.Problem as problem:
        assert problem.reason == Reason.NO_ADDRESS
        return
    assert url.scheme in ("http", "https")
    assert url.host and not url.userinfo and not url.fragment
    assert guard.port(url) in (80, 443)


@given(written)
def test_an_address_has_one_spelling_that_the_table_can_hold(text):
    once = guard.normal(text)
    assert guard.normal(once) == once
    assert len(once) <= guard.MAX
    assert once.isascii() or len(once) <= guard.MAX_UNREADABLE


@given(inside)
def test_no_number_inside_is_public_in_either_family(ip):
    assert not guard.is_public(str(ip))
    if ip.version == 4:
        for hidden in (f"::ffff:{ip}", f"64:ff9b::{ip}", f"::{ip}"):
            assert not guard.is_public(hidden)


@given(inside, st.lists(st.sampled_from(["93.184.215.14", "2606:4700::1111"])), st.integers(0, 5))
def test_a_name_with_one_number_inside_is_refused(ip, public, place):
    numbers = [*public[:place], str(ip), *public[place:]]

    async def look_up():
        loop = asyncio.get_running_loop()
        loop.getaddrinfo = lambda *args, **kwargs: _answered(numbers)
        return await guard.resolve(guard.read("http://example.org/"))

    with pytest.raises(guard.Problem) as refused:
        run(look_up())
    assert refused.value.reason == Reason.NOT_PUBLIC


async def _answered(numbers):
    return [(10 if ":" in number else 2, 1, 6, "", (number, 80)) for number in numbers]


@pytest.mark.parametrize("number", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "2a00:1450:4001::1"])
def test_public_numbers_are_public(number):
    assert guard.is_public(number)


@pytest.mark.parametrize("text", ["", "fe80::1%eth0", "1.2.3", "example.org", "1.2.3.4/8"])
def test_what_is_no_number_is_not_public(text):
    assert not guard.is_public(text)


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("https://EXAMPLE.org", "https://example.org/"),
        (" https://example.org:443/a#b ", "https://example.org/a"),
        ("http://example.org:80/", "http://example.org/"),
        ("http://example.org/a b", "http://example.org/a%20b"),
        ("http://example.org/a?q=ä", "http://example.org/a?q=%C3%A4"),
        ("https://example.org/A/../b%2Fc", "https://example.org/b%2Fc"),
        ("example.org", "example.org"),
        ("ring us", "ring%20us"),
    ],
)
def test_spellings(text, one):
    assert guard.normal(text) == one


def test_one_that_is_too_long_is_refused():
    with pytest.raises(guard.Problem):
        guard.read(guard.normal("https://example.org/" + "a" * 3000))
