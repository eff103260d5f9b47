"""What a form names by slug or name: conditions, organizations, therapies."""

from django.db.models import Q, Value
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
    """Resolves what was typed, with one query for all slugs. `want` comes before the first question."""

    def __init__(self):
        self._near = {}
        self._wanted = {"condition": set(), "organization": set(), "therapy": set()}
        self._found = None

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
        self._found = _named(self._wanted) if self._found is None else self._found
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


def _named(wanted):
    """`{what: {slug: (slug, name)}}` of the slugs among what is wanted, in one query."""
    listings = Q(pk=None)
    for kind in ("organization", "therapy"):
        listings |= Q(kind=kind, slug__in=wanted[kind])
    conditions = Condition.objects.filter(slug__in=wanted["condition"]).order_by().values_list(Value("condition"), "slug", "name")
    listings = Resource.objects.filter(listings).order_by().values_list("kind", "slug", "name")
    found: dict[str, dict[str, tuple[str, str]]] = {what: {} for what in wanted}
    for what, slug, name in conditions.union(listings, all=True) if any(wanted.values()) else ():
        found[what][slug] = slug, name
    return found


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
