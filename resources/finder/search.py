"""A question put to the finder, and what is shown of the answer."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conditions.kinship import kin
from conditions.search import search
from conditions.table import table

from ..models import Resource
from . import ways
from .asked import read
from .cards import kept_cards, labels
from .criteria import PAGE_SIZE
from .everyday import is_crisis
from .facets import FACETS
from .index import Index
from .parameters import CHECKED, SORTS, Parameters
from .pieces import distance
from .places import Places
from .query import query_choosing, query_plus, query_without, tidy
from .rendering import facet_html
from .words import stem

MOST_NARROWER = 20
MOST_CHOICES = 6
MOST_CLOSEST = 3  # listings shown where all words together find nothing


class Search:
    """One question put to the finder, and everything a page, a feed or a list of suggestions shows of the answer."""

    def __init__(self, query):
        self.index, self.places = Index.load(), Places()
        self.asked = read(tidy(query), self.index, lambda: self.names, self.places)
        self.query = self.asked.query
        self.parameters = Parameters(self.query, vocabularies=self.index.vocabularies, places=self.places)
        self.criteria = self.parameters.criteria
        self.kin = kin(self.criteria.conditions)
        self.answer = self.index.answer(self.criteria, self.kin)

    @cached_property
    def unknown_conditions(self):
        """What was asked as a condition and is no slug: a name, perhaps."""
        slugs = {relative.slug for relative in self.kin.asked}
        return [value for value in self.criteria.conditions if value not in slugs]

    @cached_property
    def count(self):
        return len(self.answer.ids)

    @property
    def is_crisis(self):
        return is_crisis(self.asked.typed)

    @property
    def last_page(self):
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def page(self):
        return min(self.criteria.page, self.last_page)

    @cached_property
    def results(self):
        """The listings of the page, as `Card`s."""
        return [self._cards[pk] for pk in self._page_ids if pk in self._cards]

    @cached_property
    def cards(self):
        """The same as HTML, with what this question adds to them."""
        stems = {stem(word) for word in self.criteria.words}
        evidence = labels(self.results, self.kin.ancestors)
        return [
            card.html(
                near=self.answer.nearest(card.pk),
                stems=stems,
                distance=distance(self.answer.miles(card.pk)) if self.criteria.near else "",
                label=evidence.get(card.pk),
            )
            for card in self.results
        ]

    @cached_property
    def narrower(self):
        """Listings for one narrower type alone, with the names of the types, as lines of HTML."""
        tagged = self.index.conditions_of(self._narrower_ids, among=self.kin.below) if self._narrower_ids else {}
        names = {relative.id: relative.name for relative in self.kin.narrower}
        if any(one not in names for ids in tagged.values() for one in ids):  # deep down in a class of thousands
            names = {pk: condition.name for pk, condition in self.names.conditions.items()}
        return [self._cards[pk].line(sorted(names[one] for one in tagged[pk] if one in names)) for pk in tagged if pk in self._cards]

    @cached_property
    def names(self):
        """All names of conditions."""
        return table()

    @cached_property
    def _narrower_ids(self):
        return self.answer.narrower[:MOST_NARROWER]

    @cached_property
    def _page_ids(self):
        start = (self.page - 1) * PAGE_SIZE
        return self.answer.ids[start : start + PAGE_SIZE]

    @cached_property
    def _cards(self):
        """All listings that the page shows, by id, fetched together."""
        return kept_cards(self.index, [*self._page_ids, *self._narrower_ids])

    @cached_property
    def chips(self):
        """Applied filters as `(filter label, value label, address without it)`."""
        made = [(_("Words"), self.criteria.q, query_without(self.query, "q"))] if self.criteria.q else []
        made += [(_("Condition"), one.name, query_without(self.query, "condition", one.slug)) for one in self.kin.asked]
        for facet in FACETS:
            for value in self.criteria.choices.get(facet.name, ()):
                made.append((facet.label, self.parameters.labels[facet.name][value], query_without(self.query, facet.name, value)))
        if near := self.criteria.near:
            made.append((_("Near"), _("Near %(place)s") % {"place": near.place}, query_without(self.query, "near")))
            if near.within:
                label = ngettext("Within %(n)d mile", "Within %(n)d miles", near.within) % {"n": near.within}
                made.append((_("Distance"), label, query_without(self.query, "within")))
        if self.criteria.checked:
            made.append((_("Last checked"), CHECKED[self.criteria.checked], query_without(self.query, "checked")))
        return made

    @cached_property
    def facets(self):
        """Facets with the options that lead somewhere, or are chosen: `{name, label, options, chosen}`."""
        return [made for facet in FACETS if (made := self._facet(facet))["options"]]

    def _facet(self, facet):
        chosen = self.criteria.choices.get(facet.name, ())
        counts = self.answer.counts[facet.name]
        options = [
            {
                "value": value,
                "label": label,
                "count": counts.get(value, 0),
                "checked": value in chosen,
                "group": self.index.groups.get((facet.vocabulary, value), ""),
            }
            for value, label in self.parameters.labels[facet.name].items()
            if counts.get(value) or value in chosen
        ]
        made = {"name": facet.name, "label": facet.label, "options": options, "chosen": len(chosen)}
        return made | {"html": facet_html(made)}

    @cached_property
    def unclear(self):
        """Words that name several conditions: `{words, choices: [(condition, href)]}`."""
        return [
            {
                "words": part.words,
                "choices": [(one, query_choosing(self.query, part.words, one.slug)) for one in part.others[:MOST_CHOICES]],
            }
            for part in self.asked.understood.unclear
        ]

    @cached_property
    def meant(self):
        """Conditions that the words nearly name, where none was chosen."""
        if self.criteria.conditions or not self.criteria.words or self.unclear:
            return []
        return search(self.criteria.q, limit=3, mend=False)

    @property
    def in_spanish(self):
        return query_plus(self.query, "language", "es")

    @cached_property
    def ways_out(self):
        return ways.out_of(self)

    @cached_property
    def closest(self):
        """`ways.closest` with its first listings as `results`."""
        found = ways.closest(self)
        if found:
            shown = found["answer"].ids[:MOST_CLOSEST]
            rows = Resource.objects.in_bulk(shown)
            found["results"] = [rows[pk] for pk in shown if pk in rows]
        return found

    @cached_property
    def alone(self):
        return ways.alone(self)

    @cached_property
    def spelling(self):
        return ways.spelling(self)

    @cached_property
    def wider(self):
        """The next wider conditions."""
        return [one for one in self.kin.ancestors if one.distance == 1]

    @cached_property
    def narrowing(self):
        return ways.narrowing(self)

    @cached_property
    def title(self):
        """The query in words: it heads the page and the browser's tab."""
        asked = [one.name for one in self.kin.asked]
        asked += [f"“{self.criteria.q}”"] if self.criteria.q else []
        asked += [_("near %(place)s") % {"place": self.criteria.near.place}] if self.criteria.near else []
        asked += [str(self.parameters.labels[facet.name][value]) for facet in FACETS for value in self.criteria.choices.get(facet.name, ())]
        return ", ".join(asked)

    @cached_property
    def sorts(self):
        """The orders that one can choose, the usual one first: `(value, label, is chosen)`; the usual one needs no value."""
        usual = "distance" if self.criteria.near else "near"
        offered = [pair for pair in SORTS.items() if self.criteria.near or pair[0] != "distance"]
        chosen = self.criteria.sort or usual
        return [("" if value == usual else value, label, value == chosen) for value, label in offered]

    @cached_property
    def count_in_words(self):
        return ngettext("%(count)d result", "%(count)d results", self.count) % {"count": self.count}
