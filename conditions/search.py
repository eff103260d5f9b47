"""What a family types, and the conditions that it may mean: by name, abbreviation, or the words of a scan report."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from operator import or_

from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from .models import Condition, ConditionName
from .names import fold

LONGEST = 400  # letters of a query that are read: a sentence of a report, not a book
FEW = 20
SHORTEST_MENDED = 5  # letters: shorter words have too many neighbours


@dataclass(frozen=True)
class Match:
    """A condition and the name by which it was found."""

    condition: Condition
    name: str
    is_exact: bool


def search(text, limit=FEW):
    """Conditions that `text` may mean, the likeliest first: equal names, names within the text, names that hold all its words.

    Where there is none, misspelled words are mended and it is tried again.
    """
    wanted = fold(text[:LONGEST].replace("\x00", " "))
    if not wanted:
        return []
    return _ranked(wanted, limit) or _ranked(_mended(wanted), limit)


def _ranked(wanted, limit):
    best = {}
    for condition, name, folded in _candidates(wanted):
        rank = _rank(wanted, folded)
        if condition.pk not in best or rank < best[condition.pk][0]:
            best[condition.pk] = (rank, Match(condition, name, folded == wanted))
    ordered = sorted(best.values(), key=lambda pair: (*pair[0], pair[1].condition.name))
    return [match for _, match in ordered[:limit]]


def _mended(wanted):
    """The words with those that no name holds replaced by the nearest word that one does.

    Only words with the same first letter are compared: few people mistype that one.
    """
    letters = {word[0] for word in wanted.split() if len(word) >= SHORTEST_MENDED}
    begins = reduce(or_, (Q(folded__startswith=letter) | Q(folded__contains=f" {letter}") for letter in letters), Q(pk=None))
    names = [name for model in (Condition, ConditionName) for name in model.objects.filter(begins).values_list("folded", flat=True)]
    known = {word for name in names for word in name.split()}
    return " ".join(_nearest(word, known) if word not in known and len(word) >= SHORTEST_MENDED else word for word in wanted.split())


def _nearest(word, known):
    return next(iter(get_close_matches(word, [one for one in known if one[0] == word[0]], n=1, cutoff=0.8)), word)


def exact(text):
    """The one condition that is called just this, or None where none or several are."""
    found = {match.condition for match in search(text) if match.is_exact}
    return found.pop() if len(found) == 1 else None


def _candidates(wanted):
    words = wanted.split()
    holds_all = Q()
    for word in words[:12]:
        holds_all &= Q(folded__contains=word)
    for model in (Condition, ConditionName):
        rows = model.objects.alias(typed=Value(f" {wanted} ")).filter(
            holds_all | Q(typed__contains=Concat(Value(" "), F("folded"), Value(" ")))
        )
        if model is ConditionName:
            rows = rows.select_related("condition")
        for row in rows[:500]:
            yield getattr(row, "condition", row), row.name, row.folded


def _rank(wanted, folded):
    """(kind of match, length): equal, then within the text (the longest first), then names that begin so, then the rest."""
    if folded == wanted:
        return (0, 0)
    if f" {folded} " in f" {wanted} ":
        return (1, -len(folded))
    if folded.startswith(wanted):
        return (2, len(folded))
    return (3, len(folded))
