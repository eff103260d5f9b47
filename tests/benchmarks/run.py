"""Measures engine and whole pages, beside the peers, and writes docs/benchmarks.md: `python -m tests.benchmarks.run --help`."""

import argparse
import json
import os
import shlex
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import gettempdir

from tqdm import tqdm

from . import databases, report, servers
from .pages import measure

DATABASES = ("sqlite", "postgresql")
RESULTS = "results.json"  # raw figures, for report.py


def main(arguments=None):
    args = parser().parse_args(arguments)
    args.work.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        server = stack.enter_context(databases.server(args.postgres)) if "postgresql" in args.databases else None
        urls = {
            (vendor, size): databases.prepared(args.work, vendor, server, size, args.vocabulary)
            for size in args.sizes
            for vendor in args.databases
        }
        engines = [{"vendor": vendor, "size": size} | engine(url, args.rounds) for (vendor, size), url in tqdm(urls.items(), "engines")]
        questions = engines[0]["questions"]
        running = [stack.enter_context(one) for one in to_run(args, urls)]
        pages = measure(running, questions, args.rounds, args.seconds, progress=lambda rows: tqdm(rows, "pages"))
        memory = [{"server": one.name, "vendor": one.vendor, "size": one.size, "mb": one.memory()} for one in running]
    results = {"date": date.today().isoformat(), "command": command(args), "engines": engines, "pages": pages, "memory": memory}
    (args.work / RESULTS).write_text(json.dumps(results))
    report.write(results, args.out)


def parser():
    made = argparse.ArgumentParser(prog="python -m tests.benchmarks.run", description=__doc__)
    made.add_argument("--sizes", type=numbers, default=[1_000, 100_000], help="numbers of listings, separated by commas")
    made.add_argument("--databases", type=lambda text: text.split(","), default=DATABASES, help="sqlite, postgresql or both")
    made.add_argument("--postgres", help="URL of a PostgreSQL server where databases may be made; else a throw-away one")
    made.add_argument("--vocabulary", type=Path, help="an OBO file for load_vocabulary: conditions to tag the listings with")
    made.add_argument(
        "--work", type=Path, default=Path(gettempdir()) / "caregiver-finder-benchmarks", help="where databases and peers are kept"
    )
    made.add_argument("--without-peers", action="store_true", help="neither Datasette nor django-filter and DRF")
    made.add_argument("--peers-up-to", type=int, default=100_000, help="listings; beyond they take minutes an answer")
    made.add_argument("--rounds", type=int, default=5, help="how often the servers take turns")
    made.add_argument("--seconds", type=float, default=1.5, help="after which a slow server's turn ends early")
    made.add_argument("--out", type=Path, default=databases.ROOT / "docs", help="folder of benchmarks.md and its plots")
    return made


def numbers(text):
    return [int(one) for one in text.split(",")]


def command(args):
    """What another machine would run; where it keeps its databases is its own matter."""
    sizes, vocabulary = ",".join(map(str, args.sizes)), ["--vocabulary", args.vocabulary.name] if args.vocabulary else []
    chosen = ["--sizes", sizes, "--databases", ",".join(args.databases), "--rounds", args.rounds, "--seconds", args.seconds, *vocabulary]
    return shlex.join(map(str, ["python", "-m", "tests.benchmarks.run", *chosen]))


def engine(url, rounds):
    """What the engine measures of itself in a fresh process."""
    program = [sys.executable, "-m", "tests.benchmarks.engine", str(rounds)]
    done = subprocess.run(program, cwd=databases.ROOT, env=databases.environment(url), check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def to_run(args, urls):
    """The servers of a run, not yet started."""
    for (vendor, size), url in urls.items():
        yield servers.site(vendor, size, url)
        yield servers.django_peer("bare", vendor, size, url)
        if not args.without_peers and size <= args.peers_up_to:
            python = servers.peers_python(args.work)
            yield servers.django_peer("drf", vendor, size, url, python)
            if vendor == "sqlite":
                yield servers.datasette(size, url, args.work, python)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended."))  # and so the servers are ended too
    os.chdir(databases.ROOT)
    main()
