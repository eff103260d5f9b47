"""All names, codes and genes in the memory of a process, in step with the database: one cheap query tells whether they still hold."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from django.db import connections

from . import stamp
from .editorial import State
from .names import fold, shape
from .spelling import Spelling

IMPORTED = 2  # a condition's standing: 0 has a page, 1 was written by people
MOST_SHAPED = 6  # words: nobody types a longer name in another order
FOLDED = 200  # letters by which folded names are compared
# One statement, and so one moment: the names fit the stamp. Columns: what, id of the condition, four texts.
# A retired term of a vocabulary is left out. Where people retired a page, its condition and its names still lead to help.
_READ = f"""
SELECT 'stamp', 0, ({stamp.CURRENT}), '', '', '', ''
UNION ALL SELECT 'condition', id, slug, name, folded, summary, CASE WHEN page_state = '{State.PUBLISHED}' THEN 'page' ELSE origin END
  FROM conditions_condition WHERE page_state <> '{State.RETIRED}' OR origin = ''
UNION ALL SELECT 'name', condition_id, name, folded, kind, origin, '' FROM conditions_conditionname
UNION ALL SELECT 'code', condition_id, system, code, '', '', '' FROM conditions_conditioncode
UNION ALL SELECT 'gene', condition_id, symbol, '', '', '', '' FROM conditions_genelink
"""  # noqa: S608


@dataclass(frozen=True)
class Known:
    """A condition in the table, with its standing as `order`."""

    id: int
    slug: str
    name: str
    summary: str
    order: int

    @property
    def is_own(self):
        """Whether people wrote it."""
        return self.order < IMPORTED


@dataclass(frozen=True, slots=True)
class Entry:
    """A name or a gene by which a condition is found. `kind`: own, one of `ConditionName.Kind`, or gene.

    `rank`: 0 and 1, people wrote it, as the condition's own name or another; 2 and 3, it was imported.
    """

    folded: str
    name: str
    condition: Known
    kind: str
    rank: int


class Table:
    """Names in alphabetical order, and what finds them. Never changed once built."""

    def __init__(self, rows):
        self.stamp = next(text for what, _, text, *_ in rows if what == "stamp")
        self.conditions = {
            pk: Known(pk, slug, name, summary, _order(standing))
            for what, pk, slug, name, _, summary, standing in rows
            if what == "condition"
        }
        self.entries = sorted(
            self._names(rows), key=lambda entry: (entry.folded, entry.condition.order == 2, entry.kind != "own", entry.condition.slug)
        )
        self.codes, self.genes = defaultdict(list), defaultdict(list)
        for what, pk, first, second, *_ in rows:
            if pk not in self.conditions:
                continue
            if what == "code":
                self.codes[first, second.upper()].append(self.conditions[pk])
            elif what == "gene":
                self.genes[fold(first)].append(Entry(fold(first), first, self.conditions[pk], "gene", 1))

    def _names(self, rows):
        for what, pk, *values in rows:
            if what == "condition":
                own = self.conditions[pk]
                yield Entry(values[2][:FOLDED], values[1], own, "own", 0 if own.order < IMPORTED else 2)
            elif what == "name" and pk in self.conditions:
                yield Entry(values[1][:FOLDED], values[0], self.conditions[pk], values[2], 3 if values[3] else 1)

    @cached_property
    def by_name(self):
        """Folded name → entries."""
        found = defaultdict(list)
        for entry in self.entries:
            found[entry.folded].append(entry)
        return dict(found)

    @cached_property
    def by_shape(self):
        """Shape of a name → entries."""
        found = defaultdict(list)
        for entry in self.entries:
            if entry.folded.count(" ") < MOST_SHAPED and (like := shape(entry.folded)):
                found[like].append(entry)
        return dict(found)

    def called(self, folded):
        """Entries of just that name, or of the same words in another order, or with a number apart."""
        return self.by_name.get(folded[:FOLDED]) or self.by_shape.get(shape(folded), ())

    @cached_property
    def written(self):
        """Names that people wrote, each once: texts use these, and few of the many that were imported."""
        return tuple(dict.fromkeys(entry.name for entry in self.entries if entry.rank < IMPORTED))

    @cached_property
    def by_slug(self):
        return {condition.slug: condition for condition in self.conditions.values()}

    @cached_property
    def folded(self):
        return [entry.folded for entry in self.entries]

    def place_of(self, begin):
        """Where the names that begin so begin, in alphabetical order."""
        return bisect_left(self.folded, begin)

    def beginning_with(self, begin):
        return self.entries[self.place_of(begin) : self.place_of(begin[:-1] + chr(ord(begin[-1]) + 1))]

    @cached_property
    def most_words(self):
        return max((name.count(" ") + 1 for name in self.by_name), default=0)

    @cached_property
    def _words(self):
        """Words in alphabetical order, where the places of each begin, and the places of the entries that hold it."""
        places = defaultdict(list)
        for place, name in enumerate(self.folded):
            for word in set(name.split()):
                places[word].append(place)
        words = sorted(places)
        starts = np.cumsum([0, *(len(places[word]) for word in words)])
        return words, starts, np.fromiter((place for word in words for place in places[word]), np.int64)

    @property
    def words(self):
        return self._words[0]

    def is_word(self, word):
        at = bisect_left(self.words, word)
        return at < len(self.words) and self.words[at] == word

    def beginning(self, words):
        """Entries in which each of `words` begins a word."""
        known, starts, places = self._words
        found = np.ones(len(self.entries), bool)
        for word in words:
            first, last = bisect_left(known, word), bisect_left(known, word + "\U0010ffff")
            holding = np.zeros(len(self.entries), bool)
            holding[places[starts[first] : starts[last]]] = True
            found &= holding
        return [self.entries[place] for place in np.flatnonzero(found)]

    @cached_property
    def spelling(self):
        """Of each different name."""
        return Spelling(list(self.by_name))

    @cached_property
    def word_spelling(self):
        return Spelling(self.words)


def _order(standing):
    return 0 if standing == "page" else IMPORTED if standing else 1


_tables: dict[str, Table] = {}
_building = Lock()


def table(using="default"):
    """The `Table` as the database is now."""
    if (known := _tables.get(using)) and known.stamp and known.stamp == stamp.current(using):
        return known
    with _building:  # threads that come while one reads wait for it, and then look again
        known = _tables.get(using)
        if not (known and known.stamp and known.stamp == stamp.current(using)):
            with connections[using].cursor() as cursor:
                cursor.execute(_READ)
                known = _tables[using] = Table(cursor.fetchall())
        return known
