"""Where listings are, and which of them are near a ZIP: a few numbers a place, in arrays that are never changed in place."""

from functools import cached_property

import numpy as np
from pyroaring import BitMap

from ..places import EVERYWHERE, miles

NEAR = 100  # miles that are near where nobody said how far
FAR = 2**17  # tenths of a mile: farther than anything on Earth
TYPES = (np.uint32, np.float32, np.float32)


class Points:
    """Position, latitude and longitude of each place of a listing."""

    def __init__(self, arrays=None):
        self.arrays = arrays or tuple(np.zeros(0, kind) for kind in TYPES)

    @classmethod
    def of_bytes(cls, pieces):
        return cls(tuple(np.frombuffer(piece, kind) for piece, kind in zip(pieces, TYPES)))

    def with_more(self, points):
        """The same and more at the end: triples."""
        if not points:
            return self
        more = (np.array(values, kind) for values, kind in zip(zip(*points), TYPES))
        return Points(tuple(np.concatenate(pair) for pair in zip(self.arrays, more)))

    def miles_from(self, place):
        """Positions, and the miles to the nearest place of each."""
        positions, latitudes, longitudes = self.arrays
        if place.latitude is None or not len(positions):
            return np.zeros(0, np.uint32), np.zeros(0)
        far = miles(place.latitude, place.longitude, latitudes.astype(float), longitudes.astype(float))
        first = np.flatnonzero(np.diff(positions.astype(np.int64), prepend=-1))  # they ascend, since places are only added at the end
        return positions[first], np.minimum.reduceat(far, first)


class Nearness:
    """What one version of the index has near one ZIP. `within`: miles, or None for any distance."""

    def __init__(self, index, near):
        self.index, self.store, self.alive, self.near = index, index.store, index.version.alive, near
        self.positions, self.miles = self._measured()

    def _measured(self):
        """Kept with the version, since nothing in it changes."""
        cache, key = self.index.version.cache, ("miles", self.near.place.code)
        measured = cache.get(key)
        if measured is None:
            for old in [one for one in list(cache) if isinstance(one, tuple)][:-2]:  # other threads write it meanwhile
                cache.pop(old, None)
            measured = cache[key] = self.store.points.miles_from(self.near.place)
        return measured

    @cached_property
    def close(self):
        """Positions that are no farther than asked."""
        return BitMap(self.positions[self.miles <= (self.near.within or NEAR)])

    @cached_property
    def serving(self):
        """Positions whose area covers the ZIP: its state, or the country; without a place, everywhere that is not said otherwise."""
        in_state = self.index.tagged("area", f"us-{self.near.place.state.lower()}")
        anywhere = self.alive - self.store.get("vocabulary", "area") - self.store.get("coverage", "other_country")
        unbound = BitMap.union(*(self.store.get("coverage", one) for one in EVERYWHERE)) | (self.alive - self.store.get("is", "placed"))
        return in_state | (anywhere & unbound)

    @cached_property
    def fitting(self):
        return self.serving | (self.close if self.near.within else self.store.get("is", "placed"))

    @cached_property
    def _tenths(self):
        """By position: tenths of a mile; 0 for what is not close, but serves the place."""
        found = np.zeros(len(self.index.version.columns), np.int64)
        known = self.positions < len(found)
        found[self.positions[known]] = np.minimum(self.miles[known] * 10, FAR)
        serving = np.frombuffer((self.serving - self.close).to_array(), np.uint32)
        found[serving[serving < len(found)]] = 0
        return found

    def layers(self, found, tiers):
        """The close ones, what serves the place from elsewhere (in the order of `tiers`), and the far ones."""
        yield found & self.close
        yield from tiers((found & self.serving) - self.close)
        yield found - self.close - self.serving

    def key(self, otherwise):
        """Sorts by distance, and by the key `otherwise` where that is no difference."""
        return lambda positions: (self._tenths[positions] << 40) + otherwise(positions)

    def miles_to(self, position):
        """Miles to the listing at a position, if it has a place that is near or that one must go to; else None."""
        at = np.searchsorted(self.positions, position)
        is_known = at < len(self.positions) and self.positions[at] == position
        is_shown = is_known and (position in self.close or position not in self.serving)
        return float(self.miles[at]) if is_shown else None
