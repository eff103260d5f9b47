"""What a form names by slug or name: conditions, organizations, therapies."""

from django.db.models import Q
from django.utils.functional import cached_property
from rapidfuzz import fuzz, process

from conditions import search
from conditions.models import Condition
from conditions.names import fold
from conditions.table import table

from ...models import Resource

NEAREST = 5
LOOKED_AT = 200  # rows with a word in common that are compared


class Names:
    """Resolves what was typed, with one query for all conditions and one for all listings. `want` comes before the first question."""

    def __init__(self):
        self._near = {}
        self._wanted = {"condition": set(), "organization": set(), "therapy": set()}
        self._found = {}

    def want(self, what, texts):
        self._wanted[what].update(texts)

    def label(self, what, text):
        """The name of the row meant, or nothing."""
        return self._meant(what, text)[1]

    def slug(self, what, text):
        return self._meant(what, text)[0]

    def near(self, what, text):
        """`[(slug, name)]` of what the text may mean, the likeliest first."""
        if (what, text) not in self._near:
            self._near[what, text] = self._near_conditions(text) if what == "condition" else _near_listings(what, text)
        return self._near[what, text]

    @cached_property
    def _conditions(self):
        """The names of all conditions, asked for once a page."""
        return table()

    def _near_conditions(self, text):
        return [(one.condition.slug, one.condition.name) for one in search.search(text, NEAREST, known=self._conditions)]

    def _meant(self, what, text):
        if what not in self._found:
            self._found[what] = _conditions(self._wanted[what]) if what == "condition" else _listings(what, self._wanted[what])
        known = self._found[what]
        if text not in known:
            known[text] = known.get(fold(text)) or self._searched(what, text) or ("", "")
        return known[text]

    def _searched(self, what, text):
        if what == "condition":
            one = search.exact(text, self._conditions)
            return (one.slug, one.name) if one else None
        same = [one for one in self.near(what, text) if fold(one[1]) == fold(text)]
        return same[0] if len(same) == 1 else None


def _conditions(wanted):
    rows = Condition.objects.filter(slug__in=wanted).values_list("slug", "name") if wanted else ()
    return {slug: (slug, name) for slug, name in rows}


def _listings(kind, wanted):
    rows = Resource.objects.filter(kind=kind, slug__in=wanted).values_list("slug", "name") if wanted else ()
    return {slug: (slug, name) for slug, name in rows}


def _near_listings(kind, text):
    words = sorted(fold(text).split(), key=len)[-2:]
    if not words:
        return []
    shared = Q()
    for word in words:
        shared |= Q(name__icontains=word) | Q(also_known_as__icontains=word)
    names = dict(Resource.objects.filter(shared, kind=kind).values_list("slug", "name")[:LOOKED_AT])
    nearest = process.extract(fold(text), names, scorer=fuzz.WRatio, processor=fold, limit=NEAREST)
    return [(slug, name) for name, _score, slug in nearest]
