"""The runner measures, and writes what it measured; how fast that was is no test's business."""

import json
import xml.etree.ElementTree as xml

import pytest
from django.db import connection

from . import databases, report, run
from .figures import Figures, goals
from .pages import compare
from .questions import KINDS


def page(server, size, kind, rounds, vendor="sqlite", cpu=1.0):
    return {"server": server, "vendor": vendor, "size": size, "kind": kind, "rounds": rounds, "cpu": [cpu] * len(rounds), "bytes": 1}


def results(*pages):
    return {
        "date": "2026-11-21",
        "command": "…",
        "pages": pages,
        "engines": [{"vendor": "sqlite", "size": 100_000, "answers": {}}],
        "memory": [],
    }


def test_ratios_are_taken_round_by_round():
    slow_at_last = Figures(results(page("site", 10, "two words", [[4], [40], [8]]), page("bare", 10, "two words", [[1], [10], [1]])))
    assert slow_at_last.ratio(("site", "sqlite", 10, "two words"), ("bare", "sqlite", 10, "two words")) == 4
    assert slow_at_last.ratio(("site", "sqlite", 10, "two words"), ("drf", "sqlite", 10, "two words")) is None


def test_a_goal_is_reached_only_where_the_worst_question_reaches_it():
    def reached(slowest):
        pages = [page("bare", 100_000, kind, [[1]]) for kind in KINDS]
        pages += [page("site", 100_000, kind, [[slowest if kind == KINDS[-1] else 2]]) for kind in KINDS]
        figures = Figures(
            results(*pages) | {"engines": [{"vendor": "sqlite", "size": 100_000, "answers": {kind: [[1, 1]] for kind in KINDS}}]}
        )
        return next(goal for goal in goals(figures) if goal.text == "page ÷ bare view, p50, 100,000 listings").is_reached

    assert reached(4) and not reached(4.1)


def test_different_answers_are_no_comparison():
    params = (("kind", "money"),)
    compare({(10, "one condition", params, "site", "sqlite"): 3, (10, "one condition", params, "drf", "sqlite"): 3})
    compare({(10, "two words", params, "site", "sqlite"): 3, (10, "two words", params, "drf", "sqlite"): 4})
    with pytest.raises(RuntimeError, match="Different answers"):
        compare({(10, "one condition", params, "site", "sqlite"): 3, (10, "one condition", params, "drf", "sqlite"): 4})


def server_url():
    """Of the PostgreSQL that the tests run on; None on SQLite."""
    if connection.vendor == "sqlite":
        return None
    of = connection.settings_dict
    port = f":{of['PORT']}" if of["PORT"] else ""
    password = f":{of['PASSWORD']}" if of["PASSWORD"] else ""
    return f"postgres://{of['USER']}{password}@{of['HOST'].replace('/', '%2F')}{port}/postgres"


@pytest.mark.database
def test_measures_a_thousand_listings_and_writes_the_page(tmp_path):
    (tmp_path / "benchmarks.md").write_text(f"By hand, before.\n{report.START}\nold\n{report.END}\nBy hand, after.\n")
    arguments = ["--sizes", "1000", "--databases", connection.vendor, "--without-peers", "--rounds", "1", "--seconds", "0"]
    places = {"--work": tmp_path / "work", "--out": tmp_path}
    arguments += [str(part) for pair in places.items() for part in pair]
    arguments += ["--postgres", server_url()] if server_url() else []
    try:
        run.main(arguments)
    finally:
        databases.forget(tmp_path / "work", connection.vendor, server_url(), 1000)
    figures = Figures(json.loads((tmp_path / "work" / run.RESULTS).read_text()))
    assert {key[0] for key in figures.pages} == {"site", "bare"} and {key[3] for key in figures.pages} == set(KINDS)
    assert figures.engines[connection.vendor, 1000]["listings"] == 1000
    written = (tmp_path / "benchmarks.md").read_text()
    assert written.startswith("By hand, before.\n") and written.endswith("By hand, after.\n") and "old" not in written
    assert all(xml.parse(path).getroot().tag.endswith("svg") for path in (tmp_path / "benchmarks").iterdir())
