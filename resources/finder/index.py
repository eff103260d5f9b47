"""Answers the finder: which listings, in what order, and how many each choice would give.

Sets in Python over a few queries, the same on both databases. The engine takes this interface over:
`Index.load()`, `.vocabularies`, `.answer(criteria)`.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef

from conditions.kinship import Kin, kin

from ..models import Phone, Resource, Term
from .criteria import a_year_ago
from .facets import FACET, FACETS

KIND_ORDER = ("organization", "service", "guide", "school", "money", "therapy")  # people first, where all else is equal
COVERAGE_ORDER = ("national", "worldwide", "state", "local", "other_country")
FIRST_DAYS = "new_diagnosis"  # the need of what a family reaches for first
GENERAL = 1_000_000  # nearness of a listing for everybody: after every tagged one


@dataclass
class Row:
    """What ordering and counting need of one published listing."""

    kind: str
    name: str
    dated_on: object
    checked_on: object
    coverage: str
    has_phone: bool
    is_for_first_days: bool


@dataclass
class Answer:
    """`ids` in order; `counts[facet][value]`: results if only that value were chosen in its facet.

    `nearest[id]`: the ancestor by which it was found (None: for everybody); `narrower`: ids for one narrower type alone.
    """

    ids: list[int]
    counts: dict[str, dict[str, int]]
    rows: dict[int, Row]
    nearest: dict[int, object]
    narrower: list[int]


class Index:
    """Every published listing's tags, read for one request."""

    def __init__(self, tags):
        self.vocabularies, self.tagged, self.groups = defaultdict(dict), defaultdict(lambda: defaultdict(set)), {}
        for vocabulary, slug, label, group, resource in tags:
            self.vocabularies[vocabulary][slug] = label
            self.groups[vocabulary, slug] = group
            if resource:
                self.tagged[vocabulary][slug].add(resource)

    @classmethod
    def load(cls):
        shown = Term.objects.exclude(vocabulary=Term.Vocabulary.OFFER)
        return cls(shown.order_by("vocabulary", "position", "label").values_list("vocabulary", "slug", "label", "group", "resources"))

    @cached_property
    def links(self):
        """Resource id → ids of its conditions, drafts among them: the published rows pick theirs."""
        links = defaultdict(set)
        for resource, condition in Resource.conditions.through.objects.values_list("resource_id", "condition_id"):
            links[resource].add(condition)
        return links

    def answer(self, criteria, rows=None, relatives=None):
        """The `Answer`; `rows` as `published(words)` gives them, `relatives` as `kin` does."""
        rows = published(criteria.words) if rows is None else rows
        relatives = kin(criteria.conditions) if relatives is None else relatives
        rows = {pk: row for pk, row in rows.items() if _is_checked(row, criteria.checked)}
        nearest, narrower = self._near(rows, relatives)
        found = set(nearest)
        fits = {name: self._fitting(FACET[name], values, rows) for name, values in criteria.choices.items()}
        counts = {facet.name: self._counts(facet, _all(found, fits, but=facet.name), rows) for facet in FACETS}
        ids = sorted(_all(found, fits), key=_order(criteria, rows, nearest))
        return Answer(ids, counts, rows, nearest, sorted(_all(narrower, fits), key=lambda pk: (rows[pk].name.casefold(), pk)))

    def gain_without(self, criteria, name, rows=None, relatives=None):
        """How many results there would be if the filter `name` were dropped."""
        wider = criteria.without(name)
        rows = published([]) if name == "q" else rows
        return len(self.answer(wider, rows, Kin() if name == "condition" else relatives).ids)

    def _near(self, rows, relatives):
        """`{id: nearest ancestor}` of what is tagged with the conditions, an ancestor, or nothing; and the ids for narrower types."""
        if not relatives.ancestors:  # none was asked, or none that is known
            return dict.fromkeys(rows), set()
        place = {ancestor.id: number for number, ancestor in enumerate(relatives.ancestors)}
        below = relatives.below
        nearest, narrower = {}, set()
        for pk in rows:
            tagged = self.links.get(pk, set())
            if near := tagged & place.keys():
                nearest[pk] = relatives.ancestors[min(place[one] for one in near)]
            elif not tagged:
                nearest[pk] = None
            elif tagged & below:
                narrower.add(pk)
        return nearest, narrower

    def _fitting(self, facet, values, rows):
        if not facet.vocabulary:
            return {pk for pk, row in rows.items() if row.kind in values}
        fitting = set().union(*(self.tagged[facet.vocabulary].get(value, ()) for value in values))
        return fitting | self._untagged(facet, rows) if facet.untagged_fits else fitting

    def _untagged(self, facet, rows):
        return rows.keys() - set().union(*self.tagged[facet.vocabulary].values())

    def _counts(self, facet, found, rows):
        if not facet.vocabulary:
            counts = defaultdict(int)
            for pk in found:
                counts[rows[pk].kind] += 1
            return dict(counts)
        more = len(self._untagged(facet, rows) & found) if facet.untagged_fits else 0
        return {value: len(self.tagged[facet.vocabulary][value] & found) + more for value in self.vocabularies[facet.vocabulary]}


def published(words):
    """`{id: Row}` of the published listings that hold all the words, in one query."""
    phones = Phone.objects.public().filter(resource=OuterRef("pk"))
    first_days = Resource.terms.through.objects.filter(resource=OuterRef("pk"), term__vocabulary="need", term__slug=FIRST_DAYS)
    rows = Resource.objects.published().holding(words).annotate(has_phone=Exists(phones), is_for_first_days=Exists(first_days))
    fields = ("pk", "kind", "name", "found_on", "checked_on", "coverage", "has_phone", "is_for_first_days")
    return {
        pk: Row(kind, name, checked_on or found_on, checked_on, *rest)
        for pk, kind, name, found_on, checked_on, *rest in rows.order_by().values_list(*fields)
    }


def _is_checked(row, checked):
    if checked == "provider":
        return row.checked_on is not None
    return not checked or row.dated_on >= a_year_ago()


def _all(found, fits, but=None):
    for name, fitting in fits.items():
        if name != but:
            found = found & fitting
    return found


def _order(criteria, rows, nearest):
    """The sort key. By default: all words in the name, then closeness to the condition; among equals `helpfulness`."""

    def named(pk):
        name = rows[pk].name.casefold()
        return not all(word in name for word in criteria.words)

    def nearness(pk):
        relative = nearest[pk]
        return relative.nearness if relative else (True, GENERAL, "")

    def helpfulness(pk):
        """People first, then what the first days need, what serves the whole country, what has a phone."""
        row = rows[pk]
        return (KIND_ORDER.index(row.kind), not row.is_for_first_days, COVERAGE_ORDER.index(row.coverage), not row.has_phone)

    def key(pk):
        by_name = (rows[pk].name.casefold(), pk)
        match criteria.sort:
            case "name":
                return by_name
            case "checked":
                return (-rows[pk].dated_on.toordinal(), *by_name)
            case _:
                return (named(pk), nearness(pk), *helpfulness(pk), *by_name)

    return key
