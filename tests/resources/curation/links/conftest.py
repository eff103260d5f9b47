import socket

import pytest

from resources.curation.links import checking
from resources.curation.links.fetching import Limits

from .sites import serving

collect_ignore = ["worker_settings.py"]  # of workers, which run beside the tests

QUICK = Limits(seconds=1.5, connect_seconds=1, pause=0)


@pytest.fixture
def names(monkeypatch):
    """Names that the tests have made up → their numbers, looked up in the place of a name server. `names.looked_up` counts."""
    return Names(monkeypatch)


class Names(dict):
    def __init__(self, monkeypatch):
        self.looked_up = []
        monkeypatch.setattr(socket, "getaddrinfo", self.look_up)

    def look_up(self, host, port, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        self.looked_up.append(name)
        numbers = self.get(name) or ([name] if _is_number(name) else None)
        if numbers is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if callable(numbers):
            numbers = numbers()
        return [(socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in numbers]


def _is_number(name):
    """As the system reads it: `127.1` and `0x7f000001` are numbers too."""
    if ":" in name:
        return True
    try:
        socket.inet_aton(name)
    except OSError:
        return False
    return True


@pytest.fixture
def site(settings, names):
    """A site that the checker may ask, called site.test."""
    with serving() as made:
        settings.LINKS_TEST_SERVERS = [("127.0.0.1", made.port)]
        names["site.test"] = ["127.0.0.1"]
        yield made


@pytest.fixture
def address(site):
    def address(path, host="site.test"):
        return f"http://{host}:{site.port}{path}"

    return address


@pytest.fixture
def ask():
    """`ask(address)`: what the checker says of it; `ask(a, b)`: a list."""

    def ask(*addresses, limits=QUICK, verify=True):
        found = dict(checking.check_all(addresses, limits, verify))
        for outcome in found.values():
            if isinstance(outcome, Exception):
                raise outcome
        return found[addresses[0]] if len(addresses) == 1 else [found[one] for one in addresses]

    return ask
