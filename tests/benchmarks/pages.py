"""Whole answers over HTTP. The servers take turns, so that a change in the machine's speed meets all of them alike."""

import time
from collections import defaultdict

from .addresses import address, count
from .questions import KINDS, WORDS

FEWEST = 1  # requests a turn, however slow the server is


def measure(servers, questions, rounds, seconds, progress=lambda rows: rows):
    """A row for each server and kind of question: `{server, vendor, size, kind, rounds: [[ms, …], …], cpu: [ms a request, …]}`.

    Raises RuntimeError where two servers find different numbers of listings for the same question.
    """
    rows, counts = defaultdict(lambda: {"rounds": [], "cpu": [], "bytes": 0}), {}
    for kind in progress(KINDS):
        asked = [question for question in questions if question["kind"] == kind]
        for server in servers:
            turn(server, asked[:1], seconds)  # connections, caches, compiled templates
        for number in range(rounds):
            for server in servers:
                row = rows[server.name, server.vendor, server.size, kind]
                took, cpu, bodies = turn(server, asked[number % len(asked) :] + asked[: number % len(asked)], seconds)
                row["rounds"].append(took)
                row["cpu"].append(cpu)
                row["bytes"] = max(row["bytes"], *(len(body) for body in bodies.values()))
                counts |= {(server.size, kind, one, server.name, server.vendor): count(server.name, body) for one, body in bodies.items()}
    compare(counts)
    return [dict(zip(("server", "vendor", "size", "kind"), key)) | row for key, row in rows.items()]


def turn(server, asked, seconds):
    """Milliseconds of each request, those of processor a request, and `{params: body}`. It ends early after so many seconds."""
    server.connect()
    took, bodies, until, before = [], {}, time.monotonic() + seconds, server.cpu()
    for question in asked:
        if len(took) >= FEWEST and time.monotonic() > until:
            break
        ms, body = server.get(address(server.name, question))
        took.append(ms)
        bodies[tuple(map(tuple, question["params"]))] = body
    return took, (server.cpu() - before) / len(took), bodies


def compare(counts):
    """Words each server reads in its own way; all else must agree."""
    found = defaultdict(dict)
    for (size, kind, params, *server), number in counts.items():
        if kind not in WORDS and number is not None:
            found[size, params][tuple(server)] = number
    for question, numbers in found.items():
        if len(set(numbers.values())) > 1:
            raise RuntimeError(f"Different answers to {question}: {numbers}")
