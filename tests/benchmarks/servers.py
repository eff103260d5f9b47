"""The servers that are measured, each in a process of its own, with what it has used of processor and memory."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from .databases import ROOT, environment

GRANIAN = ["--interface=wsgi", "--host=127.0.0.1", "--workers=1", "--blocking-threads=3", "--no-access-log", "--log-level=warning"]
PEERS = ["datasette", "djangorestframework"]  # from PyPI, beside requirements.txt
LIMIT_MS = "120000"


@dataclass
class Server:
    """`name`: site, bare, drf or datasette; `vendor` and `size` of its database."""

    name: str
    vendor: str
    size: int
    command: list[str]
    env: dict[str, str]
    prefix: str = ""  # of its addresses
    port: int = field(default_factory=lambda: free_port())

    def __enter__(self):
        command = [*self.command, "--port", str(self.port)]
        self.said = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, start_new_session=True, stdout=self.said, stderr=self.said)
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=300)
        self._wait()
        return self

    def __exit__(self, *error):
        self.connection.close()
        self.said.close()
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _wait(self):
        until = time.monotonic() + 300
        while time.monotonic() < until and self.process.poll() is None:
            try:
                return self.connect()
            except ConnectionRefusedError:
                time.sleep(0.05)
        raise RuntimeError(f"{self.name} did not start: {' '.join(self.command)}\n{self.words}")

    def connect(self):
        """Anew: a server closes a connection on which nothing was asked for a while."""
        self.connection.close()
        self.connection.connect()

    def get(self, address):
        """`(milliseconds, body)` of one request on a connection that stays open, compressed as browsers ask for it."""
        start = time.perf_counter_ns()
        self.connection.request("GET", self.prefix + address, headers={"Accept-Encoding": "gzip", "Host": "127.0.0.1"})
        response = self.connection.getresponse()
        body = response.read()
        took = (time.perf_counter_ns() - start) / 1e6
        if response.status != 200:
            raise RuntimeError(f"{self.name} answered {response.status} to {address}:\n{self.words}")
        return took, body

    @property
    def words(self):
        """What it has printed."""
        self.said.seek(0)
        return self.said.read()

    @property
    def processes(self):
        return [int(path.name) for path in Path("/proc").glob("[0-9]*") if _group(path) == self.process.pid]

    def cpu(self):
        """Milliseconds of processor that its processes have used."""
        tasks = (path for pid in self.processes for path in Path(f"/proc/{pid}/task").iterdir())
        return sum(int((path / "schedstat").read_text().split()[0]) for path in tasks) / 1e6

    def memory(self):
        """Resident MB of its largest process: the one that answers."""
        pages = max(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.processes)
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _group(path):
    try:
        return int((path / "stat").read_text().rpartition(") ")[2].split()[2])
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return None


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def site(vendor, size, url):
    return Server(
        "site", vendor, size, [_beside(sys.executable, "granian"), *GRANIAN, "caregiver_finder.wsgi:application"], environment(url)
    )


def django_peer(name, vendor, size, url, python=sys.executable):
    command = [_beside(python, "granian"), *GRANIAN, "tests.benchmarks.peers.wsgi:application"]
    return Server(name, vendor, size, command, environment(url, PEER=name))


def datasette(size, url, work, python):
    path = work / f"datasette_{size}.db"
    if not path.exists():
        subprocess.run([sys.executable, "-m", "tests.benchmarks.peers.datasette", path], cwd=ROOT, env=environment(url), check=True)
    limits = [part for name in ("sql_time_limit_ms", "facet_time_limit_ms") for part in ("--setting", name, LIMIT_MS)]
    command = [_beside(python, "datasette"), "serve", "--immutable", str(path), *limits, "--setting", "suggest_facets", "off"]
    return Server("datasette", "sqlite", size, command, environment(url), f"/{path.stem}")


def _beside(python, program):
    return str(Path(python).parent / program)


def peers_python(work):
    """A virtual environment with the peers; made where it is missing."""
    python = work / "peers/bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", work / "peers"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--requirement", ROOT / "requirements.txt", *PEERS], check=True)
    return python
