"""What the raw results of a run say: percentiles, ratios of servers that took turns, and the goals."""

from dataclasses import dataclass
from itertools import chain
from statistics import median

from .questions import BROAD, KINDS

MIDDLE, LARGE = 100_000, 1_000_000  # the sizes of which the goals speak


def percentile(values, share):
    """The value below which so much of the values lies.

    >>> percentile([5, 1, 2, 4, 3], 0.5), percentile([1, 2], 0.95)
    (3, 2)
    """
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


class Figures:
    """`results` as `run.py` writes them."""

    def __init__(self, results):
        self.results = results
        self.pages = {(row["server"], row["vendor"], row["size"], row["kind"]): row for row in results["pages"]}
        self.engines = {(row["vendor"], row["size"]): row for row in results["engines"]}
        self.vendors = list(dict.fromkeys(vendor for vendor, _size in self.engines))
        self.sizes = sorted({size for _vendor, size in self.engines})

    def page(self, server, vendor, size, kind, share=0.5):
        """Milliseconds; None where it was not measured."""
        row = self.pages.get((server, vendor, size, kind))
        return row and percentile(list(chain(*row["rounds"])), share)

    def cpu(self, server, vendor, size, kind):
        return median(self.pages[server, vendor, size, kind]["cpu"])

    def ratio(self, one, other):
        """Of two keys of `pages`: their medians, round by round, and the median of that. None where one was not measured."""
        if not {one, other} <= self.pages.keys():
            return None
        pairs = zip(self.pages[one]["rounds"], self.pages[other]["rounds"])
        return median(median(mine) / median(others) for mine, others in pairs)

    def cpu_ratio(self, one, other):
        if not {one, other} <= self.pages.keys():
            return None
        return median(mine / others for mine, others in zip(self.pages[one]["cpu"], self.pages[other]["cpu"]))

    def engine(self, vendor, size, kind, share=0.5, cpu=True):
        row = self.engines.get((vendor, size))
        return row and percentile([took[cpu] for took in row["answers"][kind]], share)


@dataclass(frozen=True)
class Goal:
    """`found`: where (database, kind of question) → value; of these the worst counts."""

    text: str
    target: float
    found: dict[tuple[str, str], float]
    unit: str = ""
    at_least: bool = False

    @property
    def worst(self):
        """`((vendor, kind), value)`."""
        return (min if self.at_least else max)(self.found.items(), key=lambda pair: pair[1])

    @property
    def typical(self):
        return median(self.found.values())

    @property
    def is_reached(self):
        value = self.worst[1]
        return value >= self.target if self.at_least else value <= self.target


def goals(figures):
    """Those of which the run measured anything."""
    made = [*_beside_bare(figures), *_milliseconds(figures), *_beside_peers(figures), *_growth(figures), *_databases(figures)]
    return [goal for goal in made if goal.found]


def _everywhere(figures, measure, kinds=KINDS):
    """`{(vendor, kind): value}` where there is a value."""
    found = {(vendor, kind): measure(vendor, kind) for vendor in figures.vendors for kind in kinds}
    return {where: value for where, value in found.items() if value is not None}


def _beside_bare(figures):
    for size, target in ((MIDDLE, 4), (LARGE, 6)):
        found = _everywhere(figures, lambda vendor, kind: figures.ratio(*_pair("bare", vendor, size, kind)))  # noqa: B023
        yield Goal(f"page ÷ bare view, p50, {size:,} listings", target, found)
    for size in (MIDDLE, LARGE):
        found = _everywhere(figures, lambda vendor, kind: figures.cpu_ratio(*_pair("bare", vendor, size, kind)))  # noqa: B023
        yield Goal(f"page ÷ bare view, CPU, {size:,} listings", 10, found)


def _pair(other, vendor, size, kind):
    return ("site", vendor, size, kind), (other, vendor, size, kind)


def _milliseconds(figures):
    for size, target in ((MIDDLE, 1), (LARGE, 10)):
        found = _everywhere(figures, lambda vendor, kind: figures.engine(vendor, size, kind, 0.95))  # noqa: B023
        yield Goal(f"engine, CPU, p95, {size:,} listings", target, found, " ms")
    for size, target in ((MIDDLE, 25), (LARGE, 50)):
        found = _everywhere(figures, lambda vendor, kind: figures.page("site", vendor, size, kind, 0.95))  # noqa: B023
        yield Goal(f"page, p95, {size:,} listings", target, found, " ms")


def _beside_peers(figures):
    for peer, name, all_, broad in (("datasette", "Datasette", 10, 50), ("drf", "django-filter + DRF", 8, 20)):
        for kinds, target, which in ((KINDS, all_, "any question"), (BROAD, broad, "broad questions")):
            found = _everywhere(
                figures,
                lambda vendor, kind: figures.ratio((peer, vendor, MIDDLE, kind), ("site", vendor, MIDDLE, kind)),  # noqa: B023
                kinds,
            )
            yield Goal(f"{name} ÷ page, p50, {which}, {MIDDLE:,} listings", target, found, at_least=True)


def _growth(figures):
    for measure, name in ((figures.ratio, "p50"), (figures.cpu_ratio, "CPU")):
        found = _everywhere(figures, lambda vendor, kind: measure(*(("site", vendor, size, kind) for size in (LARGE, MIDDLE))))  # noqa: B023
        yield Goal(f"page at {LARGE:,} ÷ at {MIDDLE:,}, {name}", 1.6, found)


def _databases(figures):
    if set(figures.vendors) != {"sqlite", "postgresql"}:
        return
    for measure, name in ((figures.ratio, "p50"), (figures.cpu_ratio, "CPU")):
        found = {
            (f"{size:,}", kind): measure(("site", "postgresql", size, kind), ("site", "sqlite", size, kind))
            for size in figures.sizes
            for kind in KINDS
        }
        yield Goal(f"page on PostgreSQL ÷ on SQLite, {name}", 1.3, found)
