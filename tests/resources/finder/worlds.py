"""Small random catalogues and questions, for properties that must hold for any."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.db import transaction
from django.http import QueryDict
from hypothesis import strategies as st

from conditions.editorial import State
from conditions.models import Condition, ConditionKind, Kinship
from conditions.names import fold
from resources.finder.criteria import YEAR
from resources.finder.facets import FACETS
from resources.models import Resource, ResourceKind, Term

TODAY = date(2026, 3, 1)
WORDS = ["Ramp", "ramp", "grant", "50%", "a_b", "O'Hara"]
SLUGS = ["one", "two"]  # of the terms of each vocabulary
RUBBISH = ["", " ", "nonsense", "\x00", "one\x00", "<script>alert(1)</script>", "' OR 1=1 --", "²", "-1", "9" * 40, "‮", "😀" * 80]


class Today(date):
    @classmethod
    def today(cls):
        return TODAY


@dataclass(frozen=True)
class Listing:
    pk: int
    kind: str
    state: str
    name: str
    summary: str
    found_on: date
    checked_on: date | None
    terms: frozenset  # pairs (vocabulary, slug)
    conditions: frozenset  # numbers of conditions


@dataclass(frozen=True)
class World:
    parents: tuple[frozenset, ...]  # of condition n, numbers below n: no circle can close
    kinds: tuple[str, ...]
    listings: tuple[Listing, ...]

    def below(self, numbers):
        """Conditions that lie under some of `numbers`, themselves left out."""
        found = set(numbers)
        for child, above in enumerate(self.parents):
            if above & found:
                found.add(child)
        return found - set(numbers)

    def above(self, numbers):
        found, todo = set(numbers), list(numbers)
        while todo:
            new = self.parents[todo.pop()] - found
            found |= new
            todo += new
        return found


def terms():
    return [Term(vocabulary=vocabulary, slug=slug, label=f"{vocabulary} {slug}") for vocabulary in Term.Vocabulary for slug in SLUGS]


def worlds():
    """Dense ones: drawn by a seed, since Hypothesis by itself likes them small and empty, where nothing can go wrong."""
    return st.integers(0, 2**32).map(lambda seed: _world(Random(seed)))


def _world(chance):
    size = chance.randint(3, 5)
    return World(
        tuple(_some(chance, range(number), 2) for number in range(size)),
        tuple(chance.choice(ConditionKind.values) for _ in range(size)),
        tuple(_listing(chance, pk, size) for pk in chance.sample(range(1, 1000), chance.randint(6, 16))),
    )


def _some(chance, population, most):
    return frozenset(chance.sample(population, chance.randint(0, min(most, len(population)))))


def _listing(chance, pk, conditions):
    days = [TODAY, TODAY - YEAR, TODAY - YEAR - timedelta(days=1), TODAY - 3 * YEAR]
    words = [(vocabulary, slug) for vocabulary in Term.Vocabulary.values for slug in SLUGS]
    return Listing(
        pk=pk,
        kind=chance.choice(ResourceKind.values),
        state=chance.choice([State.PUBLISHED] * 4 + [State.DRAFT, State.RETIRED]),
        name=" ".join(chance.sample(WORDS, chance.randint(1, 2))),
        summary=chance.choice(WORDS),
        found_on=chance.choice(days),
        checked_on=chance.choice([None, None, *days]),
        terms=_some(chance, words, 10),
        conditions=_some(chance, range(conditions), 2),
    )


@st.composite
def questions(draw):
    """Any parameters of the finder: usual ones by a seed, and now and then what nobody knows."""
    chance = Random(draw(st.integers(0, 2**32)))
    usual = {"kind": ResourceKind.values, "condition": [f"c{number}" for number in range(5)], "checked": ["year", "provider"]}
    usual |= {facet.name: SLUGS for facet in FACETS if facet.vocabulary} | {"sort": ["name", "checked", "near"], "page": ["1", "2", "7"]}
    usual["q"] = [*(word.lower() for word in WORDS), "ramps", "the condition", "condition 1 ramp", "the", "ramp zebra"]
    often = {"condition": 0.7, "q": 0.4}
    query = QueryDict(mutable=True)
    for name, values in usual.items():
        if chance.random() < often.get(name, 0.2):
            query.setlist(name, chance.sample(values, chance.randint(1, 2)))
    for name in draw(st.lists(st.sampled_from(sorted(usual)), max_size=2)):
        query.setlist(name, [*query.getlist(name), draw(st.sampled_from(RUBBISH) | st.text(max_size=4))])
    return query


@contextmanager
def built(world):
    """The world in the database, in a few queries; forgotten afterwards. Gives the ids of its conditions, by number."""
    with transaction.atomic():
        conditions = Condition.objects.bulk_create(
            Condition(slug=f"c{number}", name=f"Condition {number}", folded=fold(f"Condition {number}"), kind=kind)
            for number, kind in enumerate(world.kinds)
        )
        Kinship.objects.bulk_create(
            Kinship(child=conditions[child], parent=conditions[parent]) for child, above in enumerate(world.parents) for parent in above
        )
        rows = Resource.objects.bulk_create(_row(listing) for listing in world.listings)
        known = {(term.vocabulary, term.slug): term.pk for term in Term.objects.all()}
        _link(Resource.terms.through, "term_id", rows, [[known[term] for term in listing.terms] for listing in world.listings])
        _link(Resource.conditions.through, "condition_id", rows, [[conditions[n].pk for n in one.conditions] for one in world.listings])
        yield [condition.pk for condition in conditions]
        transaction.set_rollback(True)


def _row(listing):
    return Resource(
        pk=listing.pk,
        slug=f"listing-{listing.pk}",
        kind=listing.kind,
        name=listing.name,
        summary=listing.summary,
        state=listing.state,
        first_step="Call.",
        found_on=listing.found_on,
        checked_on=listing.checked_on,
    )


def _link(through, column, rows, linked):
    through.objects.bulk_create(through(resource_id=row.pk, **{column: pk}) for row, pks in zip(rows, linked) for pk in pks)
