"""The order of the results, a page at a time: bitmaps part them into layers, and only a layer that is shown is sorted."""

from collections.abc import Sequence
from datetime import date

import numpy as np

LARGE = 2_000  # a layer of more positions is parted further before it is sorted
LATEST = (30, 90, 365)  # days


class Ordered(Sequence):
    """Primary keys in order, as a sequence that is worked out where it is looked at.

    `layers()` yields disjoint bitmaps, the first ones first; `key(positions)` sorts inside of each.
    """

    def __init__(self, size, layers, key, columns):
        self.size, self.layers, self.key, self.columns = size, layers, key, columns

    def __len__(self):
        return self.size

    def __getitem__(self, at):
        if isinstance(at, slice):
            return [int(self.columns.pks[position]) for position in self.positions(*at.indices(self.size)[:2])]
        return self[range(self.size)[at] :][0]

    def __iter__(self):
        return iter(self[:])

    def __eq__(self, other):
        return self[:] == list(other)

    __hash__ = None  # type: ignore[assignment]

    def positions(self, start, stop):
        """Positions of one page."""
        found, before = [], 0
        for layer in self.layers():
            if before >= stop:
                break
            size = len(layer)
            if size and before + size > start:
                found.extend(_first(layer, self.key, stop - before)[max(0, start - before) :])
            before += size
        return found


def _first(layer, key, most):
    """At most so many positions of a layer in the order of `key`."""
    positions = np.frombuffer(layer.to_array(), np.uint32)
    keys = key(positions)
    if most * 4 < len(keys):
        nearest = np.argpartition(keys, most)[:most]
        positions, keys = positions[nearest], keys[nearest]
    return positions[np.argsort(keys)][:most]


def keys(columns):
    """Name of an order → key of positions. Each is a number of its own, since the place among the names is."""
    rank, dated, helpful = (getattr(columns, name) for name in ("rank", "dated", "helpful"))

    def day(positions):
        return (2**20 - dated[positions].astype(np.int64) << 24) + rank[positions]

    return {
        "name": lambda positions: rank[positions],
        "checked": day,
        "near": lambda positions: (helpful[positions].astype(np.int64) << 24) + rank[positions],
        "words": lambda positions: (helpful[positions].astype(np.int64) << 48) + day(positions),
    }


def parted(parts, store, order):
    """The layers of a large part in some order."""
    for part in parts:
        if len(part) <= LARGE:
            yield part
        elif order == "checked":
            rest = part
            for days in LATEST:
                latest = store.since(date.today().toordinal() - days)
                yield rest & latest
                rest = rest - latest
            yield rest
        else:
            group = store.bits["initial" if order == "name" else "helpful"]
            for value in sorted(group):
                yield part & group[value]
