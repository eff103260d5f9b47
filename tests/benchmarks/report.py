"""Writes docs/benchmarks.md and its plots: `python -m tests.benchmarks.report RESULTS.json` does it again from kept results.

What stands outside of the two marks is written by hand and stays.
"""

import json
import sys
from pathlib import Path

from . import plots
from .figures import Figures, goals
from .questions import KINDS

START, END = "<!-- figures: written by tests/benchmarks/report.py -->", "<!-- end of figures -->"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
OUT = Path(__file__).resolve().parents[2] / "docs"


def write(results, out=OUT):
    figures = Figures(results)
    page, folder = out / "benchmarks.md", out / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "growth.svg").write_text(growth(figures))
    (folder / "peers.svg").write_text(peers(figures))
    before, _, rest = (page.read_text() if page.exists() else f"# Benchmarks\n\n{START}\n{END}\n").partition(START)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{START}\n{tables(figures)}\n{END}{after}")


def tables(figures):
    parts = {
        "Goals": goal_table(figures),
        "Growth": "![The page without a filter, by the number of listings](benchmarks/growth.svg)\n\n" + page_table(figures),
        "Beside others": "![The servers beside each other](benchmarks/peers.svg)\n\n" + peer_table(figures),
        "The engine alone": engine_table(figures),
        "The index": index_table(figures),
    }
    told = f"Measured on {figures.results['date']} by `{figures.results['command']}`."
    return told + "".join(f"\n\n## {title}\n\n{text}" for title, text in parts.items() if text) + "\n"


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def number(value):
    """Two digits that matter, three where it is large.

    >>> number(0.1234), number(3.456), number(45.67), number(None)
    ('0.12', '3.5', '46', '')
    """
    return "" if value is None else f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def goal_table(figures):
    rows = []
    for goal in goals(figures):
        where, value = goal.worst
        place = " · ".join(NAMES.get(part, part) for part in where)
        target = f"{'≥' if goal.at_least else '≤'} {goal.target}{goal.unit}"
        reached = "yes" if goal.is_reached else "**no**"
        rows.append([goal.text, target, f"{number(value)}{goal.unit} ({place})", f"{number(goal.typical)}{goal.unit}", reached])
    rows.append(["queries a finder page", "≤ 6", "held by `tests/shell/test_query_counts.py` and `tests/benchmarks/`", "", "yes"])
    return table(["goal", "target", "worst", "median", "reached"], rows)


def page_table(figures):
    """p50 / p95 and CPU of whole pages."""
    rows = [
        [f"{size:,}", NAMES[vendor], kind, *_page(figures, "site", vendor, size, kind), number(figures.page("bare", vendor, size, kind))]
        for size in figures.sizes
        for vendor in figures.vendors
        for kind in KINDS
    ]
    return table(["listings", "database", "question", "p50 ms", "p95 ms", "CPU ms", "bare view, p50 ms"], rows)


def _page(figures, *key):
    return number(figures.page(*key)), number(figures.page(*key, 0.95)), number(figures.cpu(*key))


def peer_table(figures):
    rows = []
    for size in figures.sizes:
        for server, vendor in (("datasette", "sqlite"), ("drf", "sqlite"), ("drf", "postgresql")):
            for kind in KINDS:
                if (server, vendor, size, kind) in figures.pages:
                    ratio = figures.ratio((server, vendor, size, kind), ("site", vendor, size, kind))
                    beside = [plots.SERVERS[server], NAMES[vendor], f"{size:,}", kind]
                    rows.append([*beside, *_page(figures, server, vendor, size, kind), f"{number(ratio)} ×"])
    return "" if not rows else table(["peer", "database", "listings", "question", "p50 ms", "p95 ms", "CPU ms", "÷ our page"], rows)


def engine_table(figures):
    rows = [
        [
            f"{size:,}",
            NAMES[vendor],
            kind,
            *(number(figures.engine(vendor, size, kind, share, cpu)) for cpu in (0, 1) for share in (0.5, 0.95)),
        ]
        for size in figures.sizes
        for vendor in figures.vendors
        for kind in KINDS
    ]
    return table(["listings", "database", "question", "p50 ms", "p95 ms", "CPU p50 ms", "CPU p95 ms"], rows)


def index_table(figures):
    memory = {(row["server"], row["vendor"], row["size"]): row["mb"] for row in figures.results["memory"]}
    rows = [
        [f"{size:,}", f"{row['conditions']:,}", NAMES[vendor]]
        + [number(row[name]) for name in ("load_ms", "stamp_ms", "kin_ms", "apply_ms", "memory_mb")]
        + [number(memory["site", vendor, size]), number(memory["bare", vendor, size])]
        for (vendor, size), row in figures.engines.items()
    ]
    head = [
        "listings",
        "conditions",
        "database",
        "load ms",
        "stamp ms",
        "kinship ms",
        "1,000 changes ms",
        "index MB",
        "server MB",
        "bare MB",
    ]
    return table(head, rows)


def growth(figures):
    """The page without a filter, the hardest one for whoever counts by GROUP BY."""
    wanted = [("site", vendor) for vendor in figures.vendors] + [
        ("drf", figures.vendors[0]),
        ("datasette", "sqlite"),
        ("bare", figures.vendors[0]),
    ]
    series = []
    for server, vendor in wanted:
        line = [(size, p50) for size in figures.sizes if (p50 := figures.page(server, vendor, size, KINDS[0]))]
        label = f"{'ours' if server == 'site' else plots.SERVERS[server]}, {NAMES[vendor]}"
        series += [(server, label, line, vendor == "postgresql")] if line else []
    return plots.lines("Whole page without a filter, p50", series)


def peers(figures):
    """All that was measured on the first database, at the largest size that has peers."""
    sizes = [size for size in figures.sizes if any(("drf", vendor, size, KINDS[0]) in figures.pages for vendor in figures.vendors)]
    size, vendor = (sizes or figures.sizes)[-1], figures.vendors[0]
    shown = [server for server in plots.SERVERS if (server, vendor, size, KINDS[0]) in figures.pages]
    groups = [(kind, [(server, figures.page(server, vendor, size, kind)) for server in shown]) for kind in KINDS]
    return plots.dots(f"{size:,} listings on {NAMES[vendor]}, p50", groups)


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text()))
