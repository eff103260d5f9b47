"""What ordering needs of each listing: a few bytes at its position, in arrays that are never changed in place."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

KIND_ORDER = ("organization", "service", "guide", "school", "money", "therapy")  # people first, where all else is equal
COVERAGE_ORDER = ("national", "worldwide", "state", "local", "other_country")


def helpfulness(listing, first_days):
    """People first, then what the first days need (the id of that term), what serves the whole country, what has a phone: 0 to 139."""
    kind, coverage = _place(KIND_ORDER, listing.kind), _place(COVERAGE_ORDER, listing.coverage)
    return ((kind * 2 + (first_days not in listing.terms)) * 5 + min(coverage, 4)) * 2 + (not listing.has_phone)


def _place(order, value):
    return order.index(value) if value in order else len(order)


class Names:
    """Casefolded names as UTF-8, which sorts as their letters do: one buffer, and a list for those that came later."""

    def __init__(self, names=()):
        self.buffer, self.later = b"".join(names), []
        self.ends = np.cumsum([0, *map(len, names)], dtype=np.int64)

    def __getitem__(self, position):
        if position >= len(self.ends) - 1:
            return self.later[position - len(self.ends) + 1]
        return self.buffer[self.ends[position] : self.ends[position + 1]]


@dataclass(frozen=True)
class Columns:
    """By position: primary key, day (ordinal) from which the listing ages, helpfulness, place in the order of the names."""

    pks: np.ndarray
    dated: np.ndarray
    helpful: np.ndarray
    by_name: np.ndarray
    rank: np.ndarray
    names: Names

    def __len__(self):
        return len(self.pks)

    @classmethod
    def of(cls, pks, dated, helpful, names):
        """All at once, in the order of the keys: lists of equal length, the names as bytes."""
        by_name = np.array(sorted(range(len(pks)), key=names.__getitem__), dtype=np.int32)
        return cls(*_arrays(pks, dated, helpful), by_name, _rank(by_name), Names(names))

    def with_more(self, pks, dated, helpful, names):
        """The same and more at the end; `self` stays as it is for those who read it."""
        self.names.later.extend(names)
        arrays = [np.concatenate(pair) for pair in zip((self.pks, self.dated, self.helpful), _arrays(pks, dated, helpful))]
        own = sorted((name, pk, len(self) + number) for number, (name, pk) in enumerate(zip(names, pks)))
        places = [bisect_left(self.by_name, (name, pk), key=self._by_name) for name, pk, _position in own]
        by_name = np.insert(self.by_name, places, [position for *_, position in own]).astype(np.int32)
        return Columns(*arrays, by_name, _rank(by_name), self.names)

    def _by_name(self, position):
        return (self.names[position], self.pks[position])


def _arrays(pks, dated, helpful):
    return np.array(pks, np.int64), np.array(dated, np.int32), np.array(helpful, np.uint8)


def _rank(by_name):
    rank = np.empty(len(by_name), np.int32)
    rank[by_name] = np.arange(len(by_name), dtype=np.int32)
    return rank
