"""Answers the finder: which listings, in what order, and how many each choice would give.

Bitmaps, derived from the database: docs/adr/0008.
"""

from functools import reduce
from operator import and_

from pyroaring import BitMap

from conditions.kinship import Kin, kin

from ..words import stem
from .answer import Answer
from .columns import COVERAGE_ORDER, KIND_ORDER
from .keeper import keeper_of
from .store import FIRST_DAYS

__all__ = ["COVERAGE_ORDER", "FIRST_DAYS", "KIND_ORDER", "Answer", "Index"]
MOST_CACHED = 50


class Index:
    """What one moment of the database shows. Another thread's writes do not change it."""

    def __init__(self, store, version):
        self.store, self.version, self._places = store, version, {}

    @classmethod
    def load(cls, using="default"):
        """The index as this thread's connection sees the database now: one cheap query, and one more where something has changed."""
        return cls(*keeper_of(using).current())

    @property
    def vocabularies(self):
        """Vocabulary → `{slug: label}`."""
        return self.version.terms.labels

    @property
    def groups(self):
        """(vocabulary, slug) → the word's group."""
        return self.version.terms.groups

    def answer(self, criteria, relatives=None):
        """The `Answer`; `relatives` as `kin` gives them."""
        return Answer(self, criteria, kin(criteria.conditions) if relatives is None else relatives)

    def gain_without(self, criteria, name, relatives=None):
        """How many results there would be if the filter `name` were dropped."""
        return len(self.answer(criteria.without(name), Kin() if name == "condition" else relatives).found)

    def tagged(self, vocabulary, slug):
        return self.store.get("term", self.version.terms.ids.get((vocabulary, slug)))

    def holding(self, word):
        """Positions of listings that hold a word in their own texts, or in a name or gene of a condition that they are tagged with."""
        key, cache = stem(word), self.version.cache
        found, slots = cache.get(key) or self.store.get("word", key), self.store.get("condition_word", key)
        if slots and key not in cache:
            named = (self.store.slots[slot] for slot in slots & self.version.conditions)
            found = BitMap.union(found, *(self.store.get("condition", condition) for condition in named))
            if len(cache) < MOST_CACHED:
                cache[key] = found
        return found

    def hold_all(self, words, *, in_name=False, among=None):
        """Whether some listing (of the positions `among`) holds each of the words, in its texts or its name."""
        held = (self.store.get("name", stem(word)) if in_name else self.holding(word) for word in words)
        return bool(reduce(and_, held, self.version.alive if among is None else self.version.alive & among))

    def pks(self, positions, most):
        """Primary keys of the first few positions."""
        return [int(self.version.columns.pks[position]) for position in positions[:most]]

    def kept(self, pks, make, *what):
        """`{pk: value}` for listings that are alive, where `make(pks)` gives values. They are kept by `what` they are.

        Kept by position: a listing that changes takes another one, so that nothing here can be stale.
        """
        keys = {pk: (place, *what) for pk, place in self.places(pks).items()}
        found = self.store.kept.get(keys.values())
        missing = [pk for pk, key in keys.items() if key not in found]
        if missing:
            made = {keys[pk]: value for pk, value in make(missing).items()}
            self.store.kept.add(made)
            found |= made
        return {pk: found[key] for pk, key in keys.items() if key in found}

    def place(self, pk):
        """The position of a listing that is alive in this version."""
        return self._places[pk] if pk in self._places else self.places([pk]).get(pk)

    def places(self, pks):
        """The same of several listings, `{pk: position}`, at once."""
        alive = self.store.positions(pks) & self.version.alive
        at = {int(self.version.columns.pks[position]): position for position in alive}
        self._places |= at
        return {pk: at[pk] for pk in pks if pk in at}

    def conditions_of(self, pks, among):
        """Id of each listing → those of the condition ids `among` that it is tagged with."""
        places = self.places(pks)
        shown = BitMap(places.values())
        tagged = [(one, bits) for one in among if (bits := self.store.get("condition", one)) and shown.intersect(bits)]
        return {pk: [one for one, bits in tagged if place in bits] for pk, place in places.items()}
