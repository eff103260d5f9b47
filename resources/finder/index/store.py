"""What is in memory: bitmaps over positions, and columns beside them. Positions are only ever added.

A listing that changes takes a new position; its old one is no longer alive. So an older `Version` goes on giving its own answer while newer
ones are made, and a rolled-back one is simply left (docs/adr/0008).
"""

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from resources.models import Term

from ..words import stems
from .columns import Columns, helpfulness
from .kept import Kept
from .near import Points
from .rows import Stamp

FIRST_DAYS = "new_diagnosis"  # the need of what a family reaches for first


class Terms:
    """The controlled words, as pairs of id and `[vocabulary, position, label, slug, group]`."""

    def __init__(self, rows):
        self.rows = sorted(rows, key=lambda row: (row[1], row[0]))
        self.vocabulary = {pk: vocabulary for pk, (vocabulary, *_) in self.rows}
        self.ids = {(vocabulary, slug): pk for pk, (vocabulary, _position, _label, slug, _group) in self.rows}

    @cached_property
    def labels(self):
        """Vocabulary → `{slug: label}`, of those by which one filters."""
        made = defaultdict(dict)
        for _pk, (vocabulary, _position, label, slug, _group) in self.rows:
            if vocabulary != Term.Vocabulary.OFFER:
                made[vocabulary][slug] = label
        return made

    @cached_property
    def groups(self):
        return {(vocabulary, slug): group for _pk, (vocabulary, _position, _label, slug, group) in self.rows}

    @property
    def first_days(self):
        return self.ids.get((Term.Vocabulary.NEED, FIRST_DAYS))

    def mean_the_same(self, newer):
        """Whether what positions were made with still holds: a word's vocabulary, and which word is that of the first days."""
        moved = any(newer.vocabulary.get(pk, vocabulary) != vocabulary for pk, vocabulary in self.vocabulary.items())
        is_as_it_was = newer.first_days == self.first_days or (self.first_days is None and newer.first_days not in self.vocabulary)
        return is_as_it_was and not moved


@dataclass(frozen=True, eq=False)
class Version:
    """What one moment of the database shows: which positions are alive. `conditions`: alive slots of conditions' names.

    `cache` keeps what is asked often; nothing in it can become stale, since a version never changes.
    """

    stamp: Stamp
    alive: BitMap
    conditions: BitMap
    terms: Terms
    columns: Columns
    cache: dict = field(default_factory=dict)


class Store:
    """`bits[group][value]`: positions. Groups: kind, term, vocabulary, condition, word, name, helpful, initial, coverage, is.

    `bits["condition_word"][stem]`: slots of conditions, of which `slots[slot]` is the id.
    """

    def __init__(self):
        self.bits = defaultdict(lambda: defaultdict(BitMap))
        self.columns = Columns.of([], [], [], [])
        self.slots = array("q")
        self.points = Points()
        self.sorted = 0  # the first so many positions are in the order of their keys
        self.later = defaultdict(list)  # key → positions after those
        self.slots_of = defaultdict(list)
        self._since = {}
        self.kept = Kept()

    def add(self, listings, terms):
        """Positions of some `Listing`s, as a BitMap. The first time they come in the order of their keys."""
        start, pks, dated, helpful, names = len(self.columns), array("q"), array("i"), array("B"), []
        points = []
        for position, listing in enumerate(listings, start):
            help_, name = helpfulness(listing, terms.first_days), listing.name.casefold()
            self._tag(position, listing, terms, [("helpful", help_), ("initial", name[:1])])
            points += [(position, *point) for point in listing.points]
            for column, value in zip((pks, dated, helpful, names), (listing.pk, listing.dated, help_, name.encode())):
                column.append(value)
        if not start:
            self.columns, self.sorted = Columns.of(pks, dated, helpful, names), len(pks)
        elif pks:
            self.columns = self.columns.with_more(pks, dated, helpful, names)
            for position, pk in enumerate(pks, start):
                self.later[pk].append(position)
        self.points = self.points.with_more(points)
        return BitMap(range(start, start + len(pks)))

    def _tag(self, position, listing, terms, tags):
        tags += [("kind", listing.kind), *(("term", term) for term in listing.terms), *(("condition", one) for one in listing.conditions)]
        tags += [("vocabulary", vocabulary) for vocabulary in {terms.vocabulary.get(term) for term in listing.terms}]
        named = stems(listing.names)
        tags += [("name", stem) for stem in named] + [("word", stem) for stem in named | stems(listing.texts)]
        tags.append(("coverage", listing.coverage))
        facts = {
            "general": not listing.conditions,
            "placed": bool(listing.points),
            "confirmed": listing.confirmed,
            "phone": listing.has_phone,
        }
        tags += [("is", fact) for fact, holds in facts.items() if holds]
        for group, value in tags:
            self.bits[group][value].add(position)

    def add_conditions(self, texts):
        """Slots of some conditions, `{id: names and genes}`, as a BitMap."""
        start, words = len(self.slots), self.bits["condition_word"]
        for slot, (pk, text) in enumerate(texts.items(), start):
            self.slots.append(pk)
            self.slots_of[pk].append(slot)
            for stem in stems(text):
                words[stem].add(slot)
        return BitMap(range(start, len(self.slots)))

    def get(self, group, value):
        """Positions, those of other versions among them. For reading only."""
        return self.bits[group].get(value, NONE)

    def positions(self, pks):
        """All positions that some listings ever had."""
        found = BitMap(position for pk in pks for position in self.later.get(pk, ()))
        keys, wanted = self.columns.pks[: self.sorted], np.array(sorted(pks), np.int64)
        places = np.searchsorted(keys, wanted)
        inside = places < len(keys)
        found.update(int(place) for place, pk in zip(places[inside], wanted[inside]) if keys[place] == pk)
        return found

    def since(self, day):
        """Positions of what is dated on or after a day (ordinal)."""
        size, found = self._since.get(day, (0, BitMap()))
        dated = self.columns.dated
        if size < len(dated):
            found = found | BitMap(array("I", (np.flatnonzero(dated[size:] >= day) + size).astype(np.uint32).tobytes()))
            kept = dict(list(self._since.items())[-6:])
            self._since = kept | {day: (len(dated), found)}
        return found


NONE = BitMap()
