"""Ways on from a result that is empty or too broad: every number is worked out from the bitmaps."""

from difflib import get_close_matches
from itertools import combinations
from math import log2

from django.utils.translation import gettext as _

from ..models import Resource
from .criteria import Criteria
from .facets import FACETS
from .query import query_only, query_plus, query_typed, query_without
from .words import stem, tokens

MANY = 100  # results from which narrowing is offered
OFFERED = 4
SHORTEST_MENDED = 5  # letters: shorter words have too many neighbours
MOST_MENDED = 3  # words: each asks the database
MOST_COMBINED = 5  # words of a sentence that are tried in all combinations


def out_of(search):
    """For an empty result: each filter that could be dropped, with what that gains."""
    labels = {"q": _("Words"), "condition": _("Condition"), "checked": _("Last checked"), "near": _("the place")} | {
        facet.name: facet.label for facet in FACETS
    }
    if search.criteria.q:
        labels["q"] = _("the words “%(words)s”") % {"words": search.criteria.q}
    gains = [(name, search.index.gain_without(search.criteria, name, search.kin)) for name in search.criteria.active]
    ways = [{"label": labels[name], "gain": gain, "href": query_without(search.query, name)} for name, gain in gains if gain]
    return sorted(ways, key=lambda way: -way["gain"])


def alone(search):
    """Where it takes more than one filter to drop: the condition without any other, `{gain, href}`."""
    if not search.kin.asked or search.ways_out:
        return None
    gain = len(search.index.answer(Criteria(conditions=search.criteria.conditions), search.kin).found)
    return {"gain": gain, "href": query_only(search.query, "condition")} if gain else None


def closest(search):
    """Where all words together find nothing: the most of them that find something, `{answer, left_out, gain, href}`.

    Of equally many words those that find the most; none of them only where another filter stays.
    """
    alive, index = search.index.version.alive, search.index
    words = [word for word in search.criteria.words if alive.intersect(index.holding(word))][:MOST_COMBINED]
    others = [name for name in search.criteria.active if name != "q"]
    for size in range(min(len(words), len(search.criteria.words) - 1), -1 if others else 0, -1):
        tried = [(search.index.answer(search.criteria.asking(" ".join(kept)), search.kin), kept) for kept in combinations(words, size)]
        best, kept = max(tried, key=lambda pair: len(pair[0].found))
        if best.found:
            left_out = [word for word in search.criteria.words if word not in kept]
            href = query_typed(search.query, " ".join(kept)) if kept else query_without(search.query, "q")
            return {"answer": best, "left_out": left_out, "gain": len(best.found), "href": href}
    return None


def spelling(search):
    """The words with those that no listing holds replaced by the nearest that a name does, if that finds any: `{words, gain, href}`."""
    better = search.criteria.q
    for word in search.criteria.words[:MOST_MENDED]:
        if len(word) >= SHORTEST_MENDED and not search.index.holding(word) and (known := _nearest(word, search.index)):
            better = " ".join(known if token == word else token for token in tokens(better))
    gain = len(search.index.answer(search.criteria.asking(better), search.kin).found) if better != search.criteria.q else 0
    return {"words": better, "gain": gain, "href": query_typed(search.query, better)} if gain else None


def _nearest(word, index):
    """A word of a listing's name that is spelled nearly so. People seldom mistype the first letter."""
    known = [one for one in list(index.store.bits["name"]) if one[:1] == word[0]]
    for near in get_close_matches(stem(word), known, n=3, cutoff=0.8):
        for pk in index.pks(index.store.get("name", near) & index.version.alive, most=1):
            names = Resource.objects.values_list("name", "also_known_as").filter(pk=pk)
            return next((token for name, also in names for token in tokens(" ".join([name, *also])) if stem(token) == near), None)
    return None


def narrowing(search):
    """For a broad result: of each facet the choice that tells most, the best few: `{label, count, href}`.

    A choice tells most where it parts the results in halves.
    """
    if search.count <= MANY:
        return []
    best = []
    for facet in search.facets:
        shares = [(_told(option["count"] / search.count), option) for option in facet["options"] if not facet["chosen"]]
        best += [(*max(shares, key=lambda pair: pair[0]), facet["name"])] if shares else []
    best.sort(key=lambda one: -one[0])
    return [
        {"label": option["label"], "count": option["count"], "href": query_plus(search.query, name, option["value"])}
        for told, option, name in best[:OFFERED]
        if told
    ]


def _told(share):
    """Bits that a choice tells which a share of the results fits.

    >>> _told(0.5), _told(0.1) < _told(0.3), _told(1)
    (1.0, True, 0)
    """
    return -share * log2(share) - (1 - share) * log2(1 - share) if 0 < share < 1 else 0
