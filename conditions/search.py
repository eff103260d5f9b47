"""What a family types, and the conditions that it may mean: by name, abbreviation, or the words of a scan report."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from operator import or_

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat, Length
from django.urls import reverse

from .models import Condition, ConditionName
from .names import fold, typed

FEW = 20
FOLDED = 200  # letters of a folded name that its column holds
MOST_ROWS = 200  # names that one query looks at; the likeliest come first
SHORTEST_MENDED = 5  # letters: shorter words have too many neighbours


@dataclass(frozen=True)
class Found:
    """What a list of conditions shows of one."""

    slug: str
    name: str
    summary: str

    def get_absolute_url(self):
        return reverse("condition", args=[self.slug])


@dataclass(frozen=True)
class Match:
    """A condition and the name by which it was found."""

    condition: Found
    name: str
    is_exact: bool


def search(text, limit=FEW, *, mend=True):
    """Conditions that `text` may mean, the likeliest first: equal names, names within the text, names that hold all its words.

    One query; where it finds none, misspelled words are mended and it is tried again.
    """
    wanted = fold(typed(text))
    return _matches(wanted, limit) or (_matches(_mended(wanted), limit) if mend else [])


def exact(text):
    """The one condition that is called just this, or None where none or several are."""
    found = {match.condition for match in search(text) if match.is_exact}
    return found.pop() if len(found) == 1 else None


def _matches(wanted, limit):
    if not wanted:
        return []
    own = _candidates(Condition.objects, wanted).values_list("rank", "size", "folded", "name", "slug", "name", "summary")
    names = _candidates(ConditionName.objects, wanted)
    other = names.values_list("rank", "size", "folded", "name", "condition__slug", "condition__name", "condition__summary")
    best = {}
    for _rank, _size, folded, name, *condition in own.union(other).order_by("rank", "size", "folded")[:MOST_ROWS]:
        found = Found(*condition)
        best.setdefault(found.slug, Match(found, name, folded == wanted[:FOLDED]))
    return list(best.values())[:limit]


def _candidates(rows, wanted):
    """Names with their `rank` (equal 0, within the text 1, beginning so 2, holding all the words 3) and `size`.

    A short name comes first, but within a text the longest.
    """
    typed = Value(f" {wanted} ")
    holds_all = reduce(lambda all_words, word: all_words & Q(folded__contains=word[:FOLDED]), wanted.split()[:12], Q())
    return (
        rows.alias(typed=typed, within=Concat(Value(" "), F("folded"), Value(" ")))
        .filter(holds_all | Q(typed__contains=F("within")))
        .annotate(
            rank=Case(
                When(folded=wanted[:FOLDED], then=0),
                When(typed__contains=F("within"), then=1),
                When(folded__startswith=wanted, then=2),
                default=3,
            ),
            size=Case(When(typed__contains=F("within"), then=-Length("folded")), default=Length("folded")),
        )
        .order_by()
    )


def _mended(wanted):
    """The words with those that no name holds replaced by the nearest word that one does.

    Only words with the same first letter are compared: few people mistype that one.
    """
    letters = {word[0] for word in wanted.split() if len(word) >= SHORTEST_MENDED}
    if not letters:
        return ""
    begins = reduce(or_, (Q(folded__startswith=letter) | Q(folded__contains=f" {letter}") for letter in letters))
    own, other = (model.objects.filter(begins).order_by().values_list("folded", flat=True) for model in (Condition, ConditionName))
    known = {word for name in own.union(other) for word in name.split()}
    mended = [_nearest(word, known) if word not in known and len(word) >= SHORTEST_MENDED else word for word in wanted.split()[:20]]
    return "" if mended == wanted.split() else " ".join(mended)


def _nearest(word, known):
    return next(iter(get_close_matches(word, [one for one in known if one[0] == word[0]], n=1, cutoff=0.8)), word)
