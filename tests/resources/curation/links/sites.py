"""A real web server on this machine, with a path for every way in which a site can disappoint."""

import socket
import ssl
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CERTIFICATE = Path(__file__).parent / "secure_test.pem"
HUGE = 50_000_000
TOO_LONG = 30  # seconds for which a hanging page hangs, if it is not left


class Site(ThreadingHTTPServer):
    """`asked`: what came in, as (method, host, path); `moments`: when, as (host, seconds).

    `robots`: the file's text, or the status with which it is refused.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.agents, self.robots, self.ended = [], set(), 404, threading.Event()
        self.sent, self.cookies, self.moments = 0, [], []

    @property
    def port(self):
        return self.server_address[1]

    def pages(self):
        """Paths that were asked for, without the robots.txt."""
        return [(method, path) for method, _, path in self.asked if path != "/robots.txt"]

    def handle_error(self, request, client_address):
        """A client that leaves is what many of these tests are about."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        self.close_connection = True
        self.server.asked.append((self.command, self.headers["Host"], self.path))
        self.server.moments.append((self.headers["Host"], time.monotonic()))
        self.server.agents.add(self.headers["User-Agent"])
        name, _, rest = self.path.partition("?")[0].strip("/").partition("/")
        getattr(self, "page_" + name.replace("-", "_").replace(".", "_"), self.page_)(rest)

    def say(self, status, body=b"A page.", length=None, **headers):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def page_(self, rest):
        self.say(200)

    def page_robots_txt(self, rest):
        robots = self.server.robots
        if isinstance(robots, str):
            return self.say(200, robots.encode())
        return self.say(robots)

    def page_status(self, rest):
        self.say(int(rest))

    def page_head_refused(self, rest):
        self.say(int(rest) if self.command == "HEAD" else 200)

    def page_head_hangs(self, rest):
        if self.command == "HEAD":
            self.server.ended.wait(TOO_LONG)
        self.say(200)

    def page_chain(self, rest):
        self.say(302, Location=f"/chain/{int(rest) - 1}" if rest != "0" else "/")

    def page_loop(self, rest):
        self.say(301, Location="/loop/b" if rest == "a" else "/loop/a")

    def page_to(self, rest):
        """Redirects to what follows the question mark, whatever that is."""
        self.say(302, Location=self.path.partition("?")[2])

    def page_nowhere(self, rest):
        self.say(302)

    def page_cookie(self, rest):
        self.server.cookies.append(self.headers["Cookie"])
        self.say(200, **{"Set-Cookie": "seen=yes; Path=/"})

    def page_hang(self, rest):
        self.server.ended.wait(TOO_LONG)

    def page_drip_headers(self, rest):
        """A byte now and then: no read ever waits for long, and the answer never comes."""
        self.drip(b"HTTP/1.1 200 OK\r\nX-Slow: ")

    def page_drip_body(self, rest):
        if self.command == "HEAD":
            return self.say(405)
        return self.drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")

    def drip(self, start):
        self.wfile.write(start)
        end = time.monotonic() + TOO_LONG
        while time.monotonic() < end and not self.server.ended.wait(0.05):
            self.wfile.write(b"a")

    def page_huge(self, rest):
        if self.command == "HEAD":
            return self.say(405)
        self.send_response(200)
        self.send_header("Content-Length", str(HUGE))
        self.end_headers()
        for _ in range(HUGE // 100_000):
            self.wfile.write(b"x" * 100_000)
            self.server.sent += 100_000
        return None

    def page_promises_more(self, rest):
        self.say(405 if self.command == "HEAD" else 200, b"short", length=1000)

    def page_promises_less(self, rest):
        self.say(405 if self.command == "HEAD" else 200, b"longer than that", length=3)

    def page_garbled(self, rest):
        self.wfile.write(b"\x00\x01 this is not HTTP\r\n\r\n")

    def page_hangs_up(self, rest):
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format, *args):
        """Quiet."""


@contextmanager
def serving(tls=False):
    site = Site()
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        site.socket = context.wrap_socket(site.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.ended.set()
        site.shutdown()
        site.server_close()
        thread.join()
