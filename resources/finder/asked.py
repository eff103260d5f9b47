"""From a query as it was typed to one that says everything by parameters: what the words name becomes filters."""

from dataclasses import dataclass, field

from django.http import QueryDict

from ..models import ResourceKind
from .everyday import phrases
from .facets import FACETS
from .parts import Part, Understood
from .understanding import Reader

MOST_ROUNDS = 3  # the words that stay are read again by whoever follows a link of the page: they must mean the same there
AS_TYPED = ("as", "typed")  # the parameter that keeps the words as they are


@dataclass
class Asked:
    """`query`: with what was understood as filters, and the words that stay. `left_out`: words of facets that were chosen otherwise."""

    query: QueryDict
    typed: str = ""
    understood: Understood = field(default_factory=lambda: Understood([]))
    parts: list[Part] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    original: QueryDict | None = None

    @property
    def conditions(self):
        return [part for part in self.parts if part.condition]

    @property
    def is_mended(self):
        return any(part.is_mended for part in self.parts)

    @property
    def as_typed(self):
        """Where the words are looked for as they are."""
        changed = (self.original or self.query).copy()
        changed["q"] = self.typed
        changed.setlist(AS_TYPED[0], [AS_TYPED[1]])
        changed.pop("page", None)
        return "?" + QueryDict(changed.urlencode(), mutable=False).urlencode()


def read(query, index, names, places):
    """The `Asked` for a tidy query. `names`: a callable that gives the table of names; `places`: the ZIPs that are known."""
    text = query.get("q", "")
    if not text or query.get(AS_TYPED[0]) == AS_TYPED[1]:
        return Asked(query, text)
    reader = _reader(index, names(), places)
    query = _known(query, index, places)
    made = _applied(query, text, reader.read(text))
    for _round in range(MOST_ROUNDS if made.parts else 0):
        rest = made.query.get("q", "")
        more = _applied(made.query, rest, reader.read(rest))
        if not rest or more.query.urlencode() == made.query.urlencode():
            break
        made = Asked(more.query, text, more.understood, [*made.parts, *more.parts], [*made.left_out, *more.left_out], query)
    return made


def _known(query, index, places):
    """The query without facets and places of which no value is known: they chose nothing, and must not outweigh the words."""
    kept = query.copy()
    for facet in FACETS:
        values = index.vocabularies.get(facet.vocabulary, {}) if facet.vocabulary else ResourceKind.values
        if facet.name in kept and not any(value in values for value in kept.getlist(facet.name)):
            del kept[facet.name]
    if "near" in kept and not (kept["near"].isascii() and kept["near"][:5].isdigit() and places.get(kept["near"][:5])):
        del kept["near"]
    return kept


def _reader(index, names, places):
    vocabularies = index.vocabularies
    return Reader(
        names,
        phrases(ResourceKind.values, vocabularies),
        is_zip=lambda code: places.get(code) is not None,
        zip_of=places.zip_of,
        is_word=lambda word: index.version.alive.intersect(index.holding(word)),
        stages=frozenset(vocabularies.get("stage", ())),
        states=frozenset(vocabularies.get("area", ())),
    )


def _applied(query, text, understood):
    """A facet that was chosen explicitly wins over the words; a condition that was, leaves the words words."""
    made = Asked(query.copy(), text, understood, original=query)
    words = [understood.rest] if understood.rest else []
    for part in understood.parts:
        taken = {name: values for name, values in part.asks.items() if name not in query}
        if part.condition and not taken:
            words.append(part.words)
        elif taken:
            made.parts.append(part)
        else:
            made.left_out.append(part.words)
        for name, values in taken.items():
            made.query.setlist(name, dict.fromkeys([*made.query.getlist(name), *values]))
    if understood.parts:
        made.query.setlist("q", [" ".join(words)] if words else [])
    return made
