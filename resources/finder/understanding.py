"""What a typed query names: conditions, needs, kinds, places, ages. Pure: the same words always mean the same.

The longest words win. What names nothing stays plain words, but for those of every sentence.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from conditions import codes
from conditions.names import fold, typed
from conditions.search import EVERYDAY, within
from conditions.table import IMPORTED, Table

from .everyday import FILLERS, SPANISH, Phrases
from .parts import Part, Understood, ages, choose
from .towns import Towns

MOST_CONDITIONS = 3
MOST_WORDS = 60
MOST_ZIPS = 2  # that are looked up
MOST_MENDED = 20  # words, and words in a row, that are compared with all names
CODED = frozenset({"orpha", "orphanet", "mondo", "omim", "icd"})
LIKELY, LONGEST_MENDED, SHORTEST_MENDED = 88.0, 4, 5  # per cent of alikeness; words; letters
ENDS = ("syndrome", "disease", "disorder", "malformation")
_ZIP = re.compile(r"\b(?:(near|around|close to|by|in|at|from|of|zip(?: code)?)\s+)?([0-9]{5})(?:-[0-9]{4})?\b", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:within\s+)?([0-9]{1,3})\s*(?:miles?|mi)\b", re.IGNORECASE)
_AGE = re.compile(
    r"\b(?:age[ds]?\s+([0-9]{1,3})\b|([0-9]{1,3})[\s-]*(y/?o|years?|yrs?|months?|mos?|weeks?|days?)\b(?:[\s-]*olds?)?(?:\s+of\s+age)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reader:
    """What the words are held against.

    `is_zip`, `is_word`: whether there is such a ZIP, or such a word in a listing; `zip_of(city, state)`: a ZIP of a city, or nothing,
    with an empty state only where it is clear which city is meant.
    """

    table: Table
    phrases: Phrases
    is_zip: Callable[[str], bool] = lambda code: True
    zip_of: Callable[[str, str], str] = lambda city, state: ""
    is_word: Callable[[str], bool] = lambda word: False
    stages: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()

    def read(self, text):
        """The `Understood` query."""
        return _Reading(self, typed(text)).result()


class _Reading(Towns):
    """One text being read: places (of words) are taken by what is understood, one thing after the other."""

    def __init__(self, reader, text):
        self.reader, self.text = reader, text
        self.spans = [(match.start(), match.end()) for match in re.finditer(r"[\w'’‘`]+", text)][:MOST_WORDS]
        self.words = [text[start:end] for start, end in self.spans]
        self.folded = [fold(word) for word in self.words]
        self.found = Understood(self.words)
        self.taken: set[int] = set()
        self.unclear: set[int] = set()
        self.first_time = True  # names are not yet looked for
        self.looked = self.mended = 0

    def result(self):
        self._codes()
        self._numbers()
        self._misspelled(range(LONGEST_MENDED, 1, -1))
        self.first_time = False
        self._names()
        self._genes()
        self._states()
        self._half_names()
        self._towns()
        self._misspelled((len(self.words), 1))
        self.found.parts.sort(key=lambda part: min(part.places))
        free = [place for place in range(len(self.words)) if place not in self.taken]
        if self.found.parts:
            free = [place for place in free if self.folded[place] not in FILLERS | SPANISH]
        self.found.is_spanish = not self.reader.phrases.spanish.isdisjoint(self.folded)
        self.found.rest = " ".join(self.words[place] for place in free) if self.taken else self.text
        return self.found

    def _take(self, places, asks, **more):
        places = frozenset(places)
        part = Part(" ".join(self.words[place] for place in sorted(places)), places, asks, **more)
        self.taken |= places
        self.found.parts.append(part)

    def _take_phrase(self, places, phrase, **more):
        self._take(places, self.reader.phrases.meaning[phrase], usual=self.reader.phrases.usual.get(phrase, phrase), **more)

    def _places(self, start, end):
        return {place for place, (first, last) in enumerate(self.spans) if first < end and last > start}

    def _is_free(self, places):
        return bool(places) and not places & self.taken

    def _take_condition(self, places, candidates, **more):
        """The one condition that is meant; where that is not clear, the words stay words, and the page asks."""
        chosen, others = choose(candidates)
        if not chosen:
            self.unclear |= places
            self.found.unclear.append(Part(" ".join(self.words[place] for place in sorted(places)), frozenset(places), {}, others=others))
        elif len(self.found.conditions) < MOST_CONDITIONS:
            self._take(places, {"condition": (chosen.slug,)}, condition=chosen, others=others, **more)

    def _codes(self):
        for (system, code), (start, end) in codes.codes(self.text).items():
            places, known = self._places(start, end), self.reader.table.codes.get((system, code))
            is_sure = system != "icd10cm" or "." in code or len(self.text[start:end]) > len(code) or len(places) == len(self.words)
            if known and is_sure and self._is_free(places):
                self._take_condition(places, [(one, 0) for one in known])

    def _numbers(self):
        """ZIPs, distances and ages."""
        for match in islice(_ZIP.finditer(self.text), MOST_ZIPS):
            if (
                not self.found.asked("near")
                and (match[1] or self.reader.is_zip(match[2]))
                and self._is_free(places := self._places(*match.span()))
            ):
                self._take(places, {"near": (match[2],)})
        for match in _WITHIN.finditer(self.text):
            if self.found.asked("near") and not self.found.asked("within") and self._is_free(places := self._places(*match.span())):
                self._take(places, {"within": (match[1],)})
        for match in _AGE.finditer(self.text):
            is_young = (match[3] or "")[:1].lower() in ("m", "w", "d")
            stages = tuple(one for one in ages(0 if is_young else int(match[1] or match[2])) if one in self.reader.stages)
            if stages and self._is_free(places := self._places(*match.span())):
                self._take(places, {"stage": stages})

    def _names(self):
        """Names of conditions and everyday words together: the longest first, everyday words before an imported name of one word."""
        named = [*within(self.reader.table, self.folded, self.text), *self._half_names_of_several_words()]
        spans = [(size, 1, first, entries) for first, size, entries in named if not self._is_by_chance(first, size, entries)]
        for size in range(1, self.reader.phrases.most_words + 1):
            for first in range(len(self.folded) - size + 1):
                if meant := self.reader.phrases.meaning.get(" ".join(self.folded[first : first + size])):
                    spans.append((size, 2, first, meant))
        for size, _, first, meant in sorted(spans, key=lambda span: (-span[0], self._is_second(span), span[2])):
            places = set(range(first, first + size))
            if self._is_free(places):
                if isinstance(meant, dict):
                    self._take_phrase(places, " ".join(self.folded[first : first + size]))
                else:
                    self._take_condition(places, [(entry.condition, entry.rank) for entry in meant])

    @staticmethod
    def _is_second(span):
        size, sort, _, meant = span
        return sort == 1 and size == 1 and all(entry.condition.order == IMPORTED for entry in meant)

    def _half_names_of_several_words(self):
        """“Dandy Walker” for Dandy-Walker malformation: nobody may take the second word for another thing."""
        for size in (3, 2):
            for first in range(len(self.words) - size + 1):
                words = self.folded[first : first + size]
                if not {words[0], words[-1]} & FILLERS and (found := self._ending(" ".join(words))):
                    yield first, size, found

    def _ending(self, folded):
        """Entries of the names that are only longer by a word such as “syndrome”."""
        return [entry for end in ENDS for entry in self.reader.table.by_name.get(f"{folded} {end}", ())]

    def _is_by_chance(self, first, size, entries):
        """Whether a word of listings is an imported abbreviation, or half an imported name, by chance alone: “paid”, “speech”."""
        word = self.folded[first]
        is_imported = size == 1 and all(entry.condition.order == IMPORTED for entry in entries)
        if not is_imported or not (word in FILLERS | SPANISH or self.reader.is_word(word)):
            return False
        is_half = all(entry.folded != word for entry in entries)
        is_short = len(self.words) > 1 and all(entry.name.isupper() for entry in entries)
        return is_half or (is_short and (self.text.isupper() or not self.words[first].isupper()))

    def _genes(self):
        for place, word in enumerate(self.folded):
            entries = self.reader.table.genes.get(word)
            if entries and word not in EVERYDAY and place not in self.taken:
                self._take_condition({place}, [(one.condition, word not in fold(one.condition.name).split()) for one in entries])

    def _half_names(self):
        """“Joubert” for Joubert syndrome: where nothing else was typed, or with a capital within a sentence."""
        free = [place for place in range(len(self.words)) if place not in self.taken and self.folded[place] not in FILLERS]
        for size in (3, 2, 1):
            for first in range(len(self.words) - size + 1):
                places = set(range(first, first + size))
                is_all, is_name = places == set(free), first > 0 and all(self.words[place][0].isupper() for place in places)
                folded = " ".join(self.folded[first : first + size])
                if self._is_free(places) and (is_all or is_name) and folded not in EVERYDAY | FILLERS:
                    found = self._ending(folded)
                    if found and not self._is_by_chance(first, size, found):
                        self._take_condition(places, [(entry.condition, entry.rank) for entry in found])

    def _misspelled(self, sizes):
        """What is nearly the name of a condition, or nearly an everyday word; words that a listing holds are no misspellings."""
        for size in sizes:
            for first in range(len(self.words) - size + 1):
                places = set(range(first, first + size))
                if self._is_free(places) and not places & self.unclear and self._is_odd(first, size):
                    self._mend(places, " ".join(self.folded[first : first + size]))

    def _is_odd(self, first, size):
        """Whether words begin and end with something that is no filler, and one of them is known to nobody."""
        words = self.folded[first : first + size]
        if words[0] in FILLERS or (size > 1 and words[-1] in FILLERS - {"syndrome", "disease", "disorder"}):
            return False
        is_whole = 1 < size == len(self.words) <= LONGEST_MENDED and not self.reader.is_word(words[0])
        return any(map(self._is_unknown, words)) or (is_whole and not self.first_time)

    def _is_unknown(self, word):
        reader, is_long = self.reader, len(word) >= SHORTEST_MENDED and word.isalpha()
        return is_long and word not in CODED and not (reader.table.is_word(word) or word in reader.phrases.words or reader.is_word(word))

    def _mend(self, places, folded):
        self.mended += 1
        if self.mended > MOST_MENDED:
            return
        table = self.reader.table
        near = self._nearest(folded, len(places) == len(self.words))
        phrase = self.reader.phrases.nearest(folded, near[0][0] if near else LIKELY)
        if phrase:
            self._take_phrase(places, phrase, is_mended=True)
        elif near:
            best = [name for alike, name in near if alike >= near[0][0] - 0.5]
            entries = [entry for name in best for entry in table.by_name[name]]
            self._take_condition(places, [(entry.condition, entry.rank) for entry in entries], is_mended=True)

    def _nearest(self, folded, is_all):
        """Pairs of alikeness and a name, the best first; half a name is compared with the half."""
        spelling = self.reader.table.spelling
        near = [(alike, spelling.names[place]) for alike, place in spelling.nearest(folded, 8, LIKELY)]
        for end in ENDS if not near and is_all and not folded.endswith(ENDS) else ():
            wholes = (spelling.names[place] for _, place in spelling.nearest(f"{folded} {end}", 8, LIKELY))
            near += [(alike, name) for name in wholes if (alike := fuzz.ratio(folded, name.removesuffix(f" {end}"))) >= LIKELY]
        return sorted(near, key=lambda pair: -pair[0])
