"""Each way in which a site can disappoint, by a real server."""

import ssl

import pytest

from resources.curation.links import checking
from resources.curation.links.checking import check_all
from resources.curation.links.fetching import Limits
from resources.curation.links.pace import Pace
from resources.models import Link

from .conftest import QUICK
from .sites import CERTIFICATE, HUGE, serving

WORKS, FAILS, UNKNOWN = Link.Result.WORKS, Link.Result.FAILS, Link.Result.UNKNOWN
Reason = Link.Reason


def test_a_page_that_answers_works_and_one_head_is_all_it_costs(site, address, ask):
    outcome = ask(address("/page"))
    assert (outcome.result, outcome.reason, outcome.status, outcome.final) == (WORKS, "", 200, "")
    assert site.pages() == [("HEAD", "/page")]


def test_the_site_can_see_who_asks_and_where_to_find_us(site, address, ask, settings):
    settings.SITE_ADDRESS = "https://help.example.org"
    ask(address("/page"))
    assert site.agents == {"CaregiverFinder/1.0 (link check; +https://help.example.org/)"}


def test_every_request_waits_for_its_turn(site, address, ask, monkeypatch):
    turns = []

    async def turn(pace, host):
        turns.append(host)

    monkeypatch.setattr(Pace, "turn", turn)
    ask(address("/to?/status/404"), address("/head-refused/405"))
    assert turns == ["site.test"] * len(site.asked)
    assert len(site.asked) == 1 + 3 + 2  # robots.txt; HEAD, and HEAD and GET of where it leads; HEAD and GET


@pytest.mark.parametrize("status", [400, 401, 404, 410, 500, 503])
def test_an_error_is_a_failure_that_get_has_confirmed(status, site, address, ask):
    outcome = ask(address(f"/status/{status}"))
    assert (outcome.result, outcome.reason, outcome.status) == (FAILS, Reason.STATUS, status)
    assert [method for method, _ in site.pages()] == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [403, 429])
def test_a_site_that_turns_programs_away_is_not_called_broken(status, address, ask):
    outcome = ask(address(f"/status/{status}"))
    assert (outcome.result, outcome.reason, outcome.status) == (UNKNOWN, Reason.TURNED_AWAY, status)


@pytest.mark.parametrize("path", ["/head-refused/403", "/head-refused/405", "/head-refused/404", "/head-refused/500", "/head-hangs"])
def test_where_head_is_refused_get_decides(path, site, address, ask):
    assert ask(address(path)).result == WORKS
    assert [method for method, _ in site.pages()] == ["HEAD", "GET"]


@pytest.mark.parametrize("path", ["/hang", "/drip-headers", "/drip-body"])
def test_a_site_that_hangs_or_drips_cannot_hold_us(path, address, ask):
    outcome = ask(address(path))
    assert (outcome.result, outcome.reason) == (FAILS, Reason.SLOW)


def test_of_a_huge_page_only_the_beginning_is_read(site, address, ask):
    assert ask(address("/huge")).result == WORKS
    assert site.sent < HUGE / 2


@pytest.mark.parametrize("path", ["/promises-more", "/promises-less"])
def test_a_wrong_length_is_forgiven_as_browsers_do(path, address, ask):
    assert ask(address(path)).result == WORKS


@pytest.mark.parametrize("path", ["/garbled", "/hangs-up"])
def test_an_answer_that_cannot_be_read(path, address, ask):
    outcome = ask(address(path))
    assert (outcome.result, outcome.reason) == (FAILS, Reason.GARBLED)


def test_a_name_that_is_not_there(address, ask, site):
    outcome = ask(address("/", host="gone.test"))
    assert (outcome.result, outcome.reason) == (FAILS, Reason.NO_HOST)


def test_a_machine_that_does_not_listen(names, settings, ask):
    with serving() as closed:
        port = closed.port
    settings.LINKS_TEST_SERVERS = [("127.0.0.1", port)]
    names["site.test"] = ["127.0.0.1"]
    outcome = ask(f"http://site.test:{port}/")
    assert (outcome.result, outcome.reason) == (FAILS, Reason.NO_CONNECTION)


def test_of_two_machines_one_that_answers_is_enough(site, settings, address, ask, names):
    settings.LINKS_TEST_SERVERS.append(("127.0.0.2", site.port))
    names["site.test"] = ["127.0.0.2", "127.0.0.1"]
    assert ask(address("/")).result == WORKS


def test_letters_of_other_scripts_in_host_and_path(site, address, ask, names):
    names["xn--bcher-kva.test"] = ["127.0.0.1"]
    assert ask(address("/straße?für=alle", host="bücher.test")).result == WORKS
    assert site.asked[-1] == ("HEAD", f"xn--bcher-kva.test:{site.port}", "/stra%C3%9Fe?f%C3%BCr=alle")


def test_no_cookie_is_kept(site, address, ask):
    ask(address("/cookie"), address("/cookie?again"))
    assert (len(site.cookies), set(site.cookies)) == (2, {None})


class TestRedirects:
    def test_are_followed_and_the_last_address_is_kept(self, address, ask):
        outcome = ask(address("/chain/3"))
        assert (outcome.result, outcome.status, outcome.final) == (WORKS, 200, address("/"))

    def test_may_be_ten(self, address, ask):
        assert ask(address("/chain/9")).result == WORKS
        outcome = ask(address("/chain/10"))
        assert (outcome.result, outcome.reason) == (FAILS, Reason.TOO_FAR)

    def test_in_a_circle(self, site, address, ask):
        outcome = ask(address("/loop/a"))
        assert (outcome.result, outcome.reason) == (FAILS, Reason.LOOP)
        assert len(site.pages()) == 2

    def test_to_an_error_name_the_page_that_fails(self, address, ask):
        outcome = ask(address("/to?/status/404"))
        assert (outcome.result, outcome.status, outcome.final) == (FAILS, 404, address("/status/404"))

    def test_to_another_host_ask_that_one_by_its_own_name(self, site, address, ask, names):
        names["other.test"] = ["127.0.0.1"]
        there = address("/page", host="other.test")
        assert ask(address(f"/to?{there}")).final == there
        assert ("HEAD", f"other.test:{site.port}", "/page") in site.asked
        assert ("GET", f"other.test:{site.port}", "/robots.txt") in site.asked

    def test_drop_the_part_that_only_a_browser_uses(self, address, ask):
        assert ask(address("/to?/page#part")).final == address("/page")

    def test_to_nowhere(self, address, ask):
        assert ask(address("/nowhere")).result == FAILS

    @pytest.mark.parametrize("to", ["ftp://site.test/", "file:///etc/passwd", "http://user:word@site.test/", "gopher://x", "//:1"])
    def test_to_what_is_no_web_address(self, to, address, ask):
        outcome = ask(address(f"/to?{to}"))
        assert (outcome.result, outcome.reason) == (FAILS, Reason.NO_ADDRESS)


PRIVATE = ["127.0.0.2", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "0.0.0.0", "224.0.0.1", "168.63.129.16"]  # noqa: S104
PRIVATE_V6 = ["::1", "::", "fe80::1", "fd00:ec2::254", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1", "ff02::1"]


class TestPrivateNetworks:
    """`unreachable` in each of these: that no connection was even tried."""

    @pytest.fixture(autouse=True)
    def unreachable(self, monkeypatch):
        from httpx import AsyncHTTPTransport

        self.connected, send = [], AsyncHTTPTransport.handle_async_request

        async def watched(transport, request):
            self.connected.append(request.url.host)
            return await send(transport, request)

        monkeypatch.setattr(AsyncHTTPTransport, "handle_async_request", watched)

    @pytest.mark.parametrize("number", [*PRIVATE, *PRIVATE_V6])
    def test_behind_a_name(self, number, names, ask):
        names["inside.test"] = [number]
        outcome = ask("http://inside.test/")
        assert (outcome.result, outcome.reason, self.connected) == (FAILS, Reason.NOT_PUBLIC, [])

    @pytest.mark.parametrize(
        "host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:7f00:1]", "localhost"]
    )
    def test_however_the_number_is_written(self, host, names, ask):
        names["localhost"] = ["127.0.0.1"]
        outcome = ask(f"http://{host}/")
        assert outcome.reason in (Reason.NOT_PUBLIC, Reason.NO_ADDRESS)
        assert self.connected == []

    def test_one_private_number_among_public_ones_is_enough(self, names, ask):
        names["mixed.test"] = ["93.184.215.14", "10.0.0.1"]
        assert (ask("http://mixed.test/").reason, self.connected) == (Reason.NOT_PUBLIC, [])

    @pytest.mark.parametrize("to", ["http://127.0.0.2/", "http://inside.test/", "http://[::1]/", "//169.254.169.254/latest/meta-data/"])
    def test_after_a_redirect(self, to, address, ask, names):
        names["inside.test"] = ["192.168.0.1"]
        outcome = ask(address(f"/to?{to}"))
        assert (outcome.result, outcome.reason) == (FAILS, Reason.NOT_PUBLIC)
        assert set(self.connected) == {"127.0.0.1"}  # the site that redirected

    def test_the_robots_file_leads_nowhere_either(self, site, address, ask, monkeypatch):
        monkeypatch.setattr(
            "tests.resources.curation.links.sites.Handler.page_robots_txt", lambda self, rest: self.say(302, Location="http://10.0.0.1/")
        )
        assert ask(address("/page")).reason == Reason.NOT_PUBLIC
        assert set(self.connected) == {"127.0.0.1"}

    def test_a_second_lookup_cannot_answer_differently(self, site, address, ask, names):
        """What was looked up and found public is what is connected to, by its number."""
        answers = iter([["127.0.0.1"], ["127.0.0.1"]])
        names["turning.test"] = lambda: next(answers, ["10.0.0.1"])
        assert ask(address("/page", host="turning.test")).result == WORKS  # robots.txt and page: one lookup for each request
        assert (names.looked_up, self.connected) == (["turning.test"] * 2, ["127.0.0.1"] * 2)
        assert ask(address("/page", host="turning.test")).reason == Reason.NOT_PUBLIC

    def test_without_the_test_setting_this_machine_is_refused(self, site, address, ask, settings):
        settings.LINKS_TEST_SERVERS = [("127.0.0.9", site.port)]
        assert (ask(address("/page")).reason, site.asked) == (Reason.NOT_PUBLIC, [])


class TestCertificates:
    @pytest.fixture
    def secure(self, settings, names):
        with serving(tls=True) as site:
            settings.LINKS_TEST_SERVERS = [("127.0.0.1", site.port)]
            names |= {"secure.test": ["127.0.0.1"], "other.test": ["127.0.0.1"]}
            yield site

    def test_signed_by_nobody_is_a_failure(self, secure, ask):
        outcome = ask(f"https://secure.test:{secure.port}/")
        assert (outcome.result, outcome.reason, secure.asked) == (FAILS, Reason.CERTIFICATE, [])

    def test_is_checked_against_the_name_though_the_connection_goes_to_a_number(self, secure, ask):
        trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
        mine, other = (f"https://{name}.test:{secure.port}/" for name in ("secure", "other"))
        right, wrong = ask(mine, other, verify=trusting)
        assert (right.result, wrong.reason) == (WORKS, Reason.CERTIFICATE)

    def test_plain_words_where_a_certificate_is_expected(self, site, ask):
        assert ask(f"https://site.test:{site.port}/").reason == Reason.CERTIFICATE


def test_what_the_program_itself_cannot_do_is_handed_over_and_the_others_are_asked(site, address, monkeypatch):
    async def broken(checker, url):
        if url.path == "/a":
            raise ZeroDivisionError
        return await asked(checker, url)

    asked = checking.Checker._ask
    monkeypatch.setattr(checking.Checker, "_ask", broken)
    found = dict(check_all([address("/a"), address("/b")], QUICK))
    assert isinstance(found[address("/a")], ZeroDivisionError)
    assert found[address("/b")].result == WORKS


def test_many_hosts_at_once(site, address, ask, names):
    for place in range(40):
        names[f"host{place}.test"] = ["127.0.0.1"]
    outcomes = ask(*(address("/", host=f"host{place}.test") for place in range(40)), limits=Limits(seconds=10, pause=0, at_once=8))
    assert {outcome.result for outcome in outcomes} == {WORKS}
