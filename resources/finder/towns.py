"""Of a text being read: states by their two letters, and cities with or without their state."""

import re

from .everyday import FILLERS

MOST_CITIES = 2  # each city that is looked up is a query
LONGEST = 3  # words of a city's name
STATE = "us-"  # and the two letters of a state are its word
BEFORE = frozenset("around at by close from in near of outside".split())  # noqa: SIM905
_STATE = re.compile(r"(?:(,|\b(?:in|near|from|around|at)\b)\s*)?\b([A-Z]{2})\b")


class Towns:
    """What `_Reading` does with places that have a name."""

    def _states(self):
        for match in _STATE.finditer(self.text):
            slug, places = STATE + match[2].lower(), self._places(*match.span())
            is_said = match[1] or (match.end() == len(self.text.rstrip(" .")) and self.text.upper() != self.text) or len(self.words) == 1
            if slug in self.reader.states and is_said and self._is_free(places):
                city = (set(), "") if self.found.asked("near") else self._city(min(places), match[2])
                self._take(places | city[0], {"near": (city[1],)} if city[1] else {"state": (slug,)})

    def _city(self, before, state):
        """The places of a city's name in front of a state, and one of its ZIPs."""
        for size in (3, 2, 1):
            places = set(range(before - size, before))
            words = [self.words[place] for place in sorted(places) if place >= 0 and self.words[place][0].isupper()]
            if len(words) == size and self._is_free(places) and self._may_look() and (code := self.reader.zip_of(" ".join(words), state)):
                return places, code
        return set(), ""

    def _may_look(self):
        """Each city that is looked up is a query."""
        self.looked += 1
        return self.looked <= MOST_CITIES

    def _towns(self):
        """A city that follows “in” or “near”, or is all that is left and no word of a listing. Its state may stand elsewhere."""
        state = next(iter(self.found.asked("state")), "").removeprefix(STATE).upper()
        for places in self._likely_towns():
            if self.found.asked("near") or not self._may_look():
                return
            if code := self.reader.zip_of(" ".join(self.words[place] for place in sorted(places)), state):
                self._take(places, {"near": (code,)})

    def _likely_towns(self):
        free = [place for place in range(len(self.words)) if self._is_free({place}) and self.folded[place] not in FILLERS]
        runs = [[place for place in free if start <= place < start + LONGEST] for start in free]
        for run in (run for run in runs if run[-1] - run[0] < len(run)):
            is_said = run[0] > 0 and self.folded[run[0] - 1] in BEFORE
            if is_said or (run == free and not any(self.reader.is_word(self.folded[place]) for place in run)):
                yield set(run)
                yield from [{run[0]}] if is_said and len(run) > 1 else []
