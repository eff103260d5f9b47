"""Small random catalogues and questions, for properties that must hold for any."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

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
WORDS = ["Ramp", "ramp", "grant", "Étoile", "50%", "a_b", "O'Hara"]
SLUGS = ["one", "two"]  # of the terms of each vocabulary
RUBBISH = ["", " ", "nonsense", "\x00", "one\x00", "<script>alert(1)</script>", "' OR 1=1 --", "²", "-1", "9" * 40, "‮", "😀" * 80]


class Today(date):
    @classmethod
    def today(cls):
        return TODAY


@dataclass(frozen=True)
class Listing:
    kind: str
    state: str
    words: tuple[str, ...]
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


@st.composite
def worlds(draw):
    size = draw(st.integers(1, 5))
    numbers = st.sets(st.integers(0, size - 1), max_size=2).map(frozenset)
    parents = tuple(frozenset(draw(st.sets(st.integers(0, n - 1), max_size=2))) if n else frozenset() for n in range(size))
    dates = st.sampled_from([TODAY, TODAY - YEAR, TODAY - YEAR - timedelta(days=1), TODAY - 3 * YEAR])
    listings = st.builds(
        Listing,
        kind=st.sampled_from(ResourceKind.values),
        state=st.sampled_from([State.PUBLISHED, State.PUBLISHED, State.PUBLISHED, State.DRAFT, State.RETIRED]),
        words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(tuple),
        summary=st.sampled_from(WORDS),
        found_on=dates,
        checked_on=st.none() | dates,
        terms=st.frozensets(st.tuples(st.sampled_from(Term.Vocabulary.values), st.sampled_from(SLUGS)), max_size=6),
        conditions=numbers,
    )
    return World(
        parents,
        tuple(draw(st.sampled_from(ConditionKind.values)) for _ in range(size)),
        tuple(draw(st.lists(listings, min_size=1, max_size=12))),
    )


@st.composite
def questions(draw):
    """Any parameters of the finder, known and unknown values among them."""
    query = QueryDict(mutable=True)
    rubbish = st.sampled_from(RUBBISH) | st.text(max_size=4)
    known = {"kind": ResourceKind.values, "condition": [f"c{number}" for number in range(5)], "checked": ["year", "provider"]}
    known |= {facet.name: SLUGS for facet in FACETS if facet.vocabulary} | {"sort": ["name", "checked", "near"], "page": ["1", "2", "7"]}
    known["q"] = [word.lower() for word in WORDS] + ["ramp grant"]
    for name in draw(st.lists(st.sampled_from(sorted(known)), max_size=4, unique=True)):
        usual = st.sampled_from(known[name])
        query.setlist(name, draw(st.lists(usual | usual | rubbish, min_size=1, max_size=3)))
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
        rows = Resource.objects.bulk_create(_row(number, listing) for number, listing in enumerate(world.listings))
        known = {(term.vocabulary, term.slug): term.pk for term in Term.objects.all()}
        _link(Resource.terms.through, "term_id", rows, [[known[term] for term in listing.terms] for listing in world.listings])
        _link(Resource.conditions.through, "condition_id", rows, [[conditions[n].pk for n in one.conditions] for one in world.listings])
        yield [condition.pk for condition in conditions]
        transaction.set_rollback(True)


def _row(number, listing):
    return Resource(
        slug=f"listing-{number}",
        kind=listing.kind,
        name=" ".join(listing.words),
        summary=listing.summary,
        state=listing.state,
        first_step="Call.",
        found_on=listing.found_on,
        checked_on=listing.checked_on,
    )


def _link(through, column, rows, linked):
    through.objects.bulk_create(through(resource_id=row.pk, **{column: pk}) for row, pks in zip(rows, linked) for pk in pks)
