"""Which invented listing has which number: a pure function, so that a thousand of them are the first thousand of a million."""

import hashlib
import uuid
from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random

from . import words

SEED = "invented listings 1"  # another number where the same number would give another listing
TODAY = date(2026, 11, 1)  # dates are fixed, so that the rows are
# A version-8 UUID, made by no other rule of ours: by it an invented listing is known for certain.
FIRST_UUID = uuid.UUID("be9c4a11-5eed-8000-8000-000000000000")
LAST_UUID = uuid.UUID("be9c4a11-5eed-8000-8000-ffffffffffff")
ORGANIZATIONS = 3  # every third is an organization, and so the provider of later ones
KINDS = ["service"] * 10 + ["money"] * 5 + ["school"] * 3 + ["guide", "therapy"]  # of the others
COVERAGES = {
    "organization": ["local"] * 5 + ["state"] * 3 + ["national"] * 3 + ["worldwide"],
    "service": ["local"] * 14 + ["state"] * 4 + ["national"] * 2,
    "money": ["state"] * 5 + ["national"] * 5 + ["local"],
}
VOCABULARIES = ("need", "stage", "audience", "offer", "language", "format", "cost")
OTHER_LANGUAGE = 0.3  # of listings: the starter catalogue is nearly all English


@dataclass(frozen=True)
class Invented:
    """`terms`: pairs of vocabulary and slug. `conditions`: slugs. `provider`: number of an organization, or None."""

    number: int
    kind: str
    name: str
    summary: str
    description: str
    first_step: str
    eligibility: str
    coverage: str
    terms: tuple[tuple[str, str], ...]
    conditions: tuple[str, ...]
    found_on: date
    checked_on: date | None
    phones: tuple[str, ...]
    provider: int | None
    place: tuple[str, str] | None

    @property
    def uuid(self):
        return uuid.UUID(int=FIRST_UUID.int + self.number)

    @property
    def slug(self):
        return f"invented-listing-{self.number:07}"


@dataclass(frozen=True)
class World:
    """What is real: `examples`: kind → `(terms by vocabulary, number of conditions)` of the catalogue's listings; names of conditions by
    slug; slugs of the states."""

    examples: dict[str, list[tuple[dict[str, list[str]], int]]]
    names: dict[str, str]
    languages: list[str]
    states: list[str]

    @cached_property
    def by_frequency(self):
        """Slugs of conditions, the most frequent first: an order that has nothing to do with their names."""
        return sorted(self.names, key=lambda slug: hashlib.sha256(slug.encode()).digest())

    @cached_property
    def weights(self):
        """Zipf's law, accumulated."""
        return list(accumulate(1 / rank for rank in range(10, 10 + len(self.names))))

    def some_conditions(self, chance, most):
        return tuple({self.by_frequency[bisect(self.weights, chance.random() * self.weights[-1])]: None for _ in range(most)})


def invented(world, number):
    """The listing with a number from 0."""
    chance = Random(f"{SEED}/{number}")
    kind = "organization" if number % ORGANIZATIONS == 0 else chance.choice(KINDS)
    coverage = chance.choice(COVERAGES.get(kind, ["national"]))
    examples = world.examples[kind]
    conditions = world.some_conditions(chance, chance.choice(examples)[1])
    is_near = coverage in ("local", "state")
    state = words.usual(chance, world.states)
    terms = [(vocabulary, slug) for vocabulary in VOCABULARIES for slug in chance.choice(examples)[0].get(vocabulary, ())]
    terms += [("area", state)] if is_near else []
    terms += [("language", words.usual(chance, world.languages))] if chance.random() < OTHER_LANGUAGE else []
    found_on = TODAY - timedelta(days=chance.randrange(900))
    return Invented(
        number=number,
        kind=kind,
        name=words.name(chance, kind, world.names[conditions[0]] if conditions else ""),
        summary=words.sentence(chance),
        description=words.paragraph(chance, chance.choice([0, 0, 0, 2, 4])),
        first_step=words.first_step(chance),
        eligibility=words.eligibility(chance),
        coverage=coverage,
        terms=tuple(dict.fromkeys(terms)),
        conditions=conditions,
        found_on=found_on,
        checked_on=min(TODAY, found_on + timedelta(days=chance.randrange(300))) if chance.random() < 0.2 else None,
        phones=tuple(f"1-{chance.randrange(200, 990)}-555-01{chance.randrange(100):02}" for _ in range(chance.choice([0, 1, 1, 2]))),
        provider=chance.randrange(0, number, ORGANIZATIONS) if kind in ("service", "money") else None,
        place=(words.usual(chance, words.PLACES), state.removeprefix("us-").upper()) if coverage == "local" else None,
    )
