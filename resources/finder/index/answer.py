"""One question put to one version of the index: which listings, in what order, and how many each choice would give."""

from functools import cached_property, reduce
from operator import and_

from pyroaring import BitMap

from ..criteria import a_year_ago
from ..facets import FACET, FACETS
from ..words import stem
from .near import Nearness
from .order import Ordered, keys, parted


class Answer:
    """`ids` in order; `counts[facet][value]`: results if only that value were chosen in its facet.

    `nearest(id)`: the ancestor by which it was found; `narrower`: ids for one narrower type alone, by name.
    All is worked out where it is asked for.
    """

    def __init__(self, index, criteria, relatives):
        self.index, self.store, self.version = index, index.store, index.version
        self.criteria, self.relatives = criteria, relatives
        self.fits = {name: self._fitting(FACET[name], values) for name, values in criteria.choices.items() if values}

    @cached_property
    def _common(self):
        """What fits the words and the day, of any condition."""
        found = self.version.alive
        for word in self.criteria.words:
            found = found & self.index.holding(word)
        if self.criteria.checked:
            is_provider = self.criteria.checked == "provider"
            found = found & (self.store.get("is", "confirmed") if is_provider else self.store.since(a_year_ago().toordinal()))
        return found & self.nearness.fitting if self.nearness else found

    @cached_property
    def nearness(self):
        """What is near, where a ZIP was asked for."""
        return Nearness(self.index, self.criteria.near) if self.criteria.near else None

    def miles(self, pk):
        """Miles to a listing; None where it serves the place from elsewhere, or no place was asked for."""
        return self.nearness.miles_to(self.index.place(pk)) if self.nearness else None

    @cached_property
    def _for_condition(self):
        """What is tagged with the conditions, an ancestor, or nothing."""
        if not self.relatives.ancestors:  # none was asked, or none that is known
            return self._common
        return self._common & BitMap.union(self.store.get("is", "general"), *(self._tagged(one) for one in self.relatives.ancestors))

    def _tagged(self, relative):
        return self.store.get("condition", relative.id)

    def _fitting(self, facet, values):
        """Positions that fit a choice, those of other versions among them."""
        if not facet.vocabulary:
            return BitMap.union(*(self.store.get("kind", value) for value in values))
        fitting = BitMap.union(*(self.index.tagged(facet.vocabulary, value) for value in values))
        return fitting | (self.version.alive - self.store.get("vocabulary", facet.vocabulary)) if facet.untagged_fits else fitting

    @cached_property
    def found(self):
        return reduce(and_, self.fits.values(), self._for_condition)

    @cached_property
    def counts(self):
        return {facet.name: self._counts(facet) for facet in FACETS}

    def _counts(self, facet):
        if facet.name in self.fits:
            found = reduce(and_, (fits for name, fits in self.fits.items() if name != facet.name), self._for_condition)
        else:
            found = self.found
        if not facet.vocabulary:
            return {kind: found.intersection_cardinality(bits) for kind, bits in list(self.store.bits["kind"].items())}
        more = len(found) - found.intersection_cardinality(self.store.get("vocabulary", facet.vocabulary)) if facet.untagged_fits else 0
        return {
            value: found.intersection_cardinality(self.index.tagged(facet.vocabulary, value)) + more
            for value in self.index.vocabularies[facet.vocabulary]
        }

    @property
    def ids(self):
        return self.only()

    def only(self, kinds=(), *, with_phone=False, sort=None):
        """Primary keys of the results of some kinds, or with a phone, in order."""
        found = self.found & BitMap.union(*(self.store.get("kind", kind) for kind in kinds)) if kinds else self.found
        return self._ordered(found & self.store.get("is", "phone") if with_phone else found, self.criteria.sort if sort is None else sort)

    def _ordered(self, found, sort):
        order = sort if sort in ("name", "checked") else "words" if self.criteria.words else "near"
        columns = self.version.columns
        if self.nearness and sort in ("", "distance"):
            by_distance = self.nearness.key(keys(columns)["near"])
            return Ordered(len(found), lambda: self.nearness.layers(found, self._by_nearness), by_distance, columns)

        def layers():
            return parted(self._tiers(found) if order in ("words", "near") else [found], self.store, order)

        return Ordered(len(found), layers, keys(columns)[order], columns)

    def _tiers(self, found):
        """Those that the words name first, and those that are named as a need was; in each the closest to the condition first."""
        for part in [*self._named(found, self.criteria.words, any_too=True), *self._named(found, self.criteria.said_words), found]:
            yield from self._by_nearness(part & found)
            found = found - part

    def _named(self, found, words, *, any_too=False):
        """All words in the name, and any word in the name."""
        named = [self.store.get("name", stem(word)) for word in words]
        return [reduce(and_, named, found), *([found & BitMap.union(*named)] if any_too else [])] if named else []

    def _by_nearness(self, part):
        for relative in self.relatives.ancestors:
            if not part:
                return
            near = part & self._tagged(relative)
            yield from self._fresh_first(near)
            part = part - near
        yield from self._fresh_first(part)

    def _fresh_first(self, part):
        """What nobody confirmed for a year sinks among those as close; in each, those first whose texts say the need so."""
        fresh = part & self.store.since(a_year_ago().toordinal())
        for rest in (fresh, part - fresh):
            said = reduce(and_, map(self.index.holding, self.criteria.said_words), rest) if self.criteria.said_words else BitMap()
            yield said
            yield rest - said

    @cached_property
    def narrower(self):
        if not self.relatives.ancestors:
            return Ordered(0, list, None, None)
        tagged = self.relatives.below.intersection(self.store.bits["condition"])
        below = BitMap.union(*(self.store.get("condition", one) for one in tagged), BitMap())
        found = reduce(and_, self.fits.values(), (self._common & below) - self._for_condition)
        columns = self.version.columns
        return Ordered(len(found), lambda: parted([found], self.store, "name"), keys(columns)["name"], columns)

    def nearest(self, pk):
        """The nearest of the asked condition and its ancestors that the listing is tagged with; None: it is for everybody."""
        place = self.index.place(pk)
        return next((one for one in self.relatives.ancestors if place in self._tagged(one)), None)
