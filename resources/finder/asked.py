"""From a query as it was typed to one that says everything by parameters: what the words name becomes filters."""

from dataclasses import dataclass, field

from django.http import QueryDict
from pyroaring import BitMap

from ..models import ResourceKind
from .everyday import FILLERS, phrases
from .facets import FACETS
from .parts import Part, Understood
from .understanding import Reader
from .words import tokens, words

MOST_ROUNDS = 3  # the words that stay are read again by whoever follows a link of the page: they must mean the same there
TOO_WIDE = frozenset({"center", "clinic", "clinics", "doctor", "doctors", "hospital", "hospitals"})  # in too many listings to tell anything
AS_TYPED = ("as", "typed")  # the parameter that keeps the words as they are


@dataclass
class Asked:
    """`query`: with what was understood as filters, and the words that stay.

    `left_out`: words of facets that were chosen otherwise. `unheard`: words that no listing holds, and that are not looked for.
    """

    query: QueryDict
    typed: str = ""
    understood: Understood = field(default_factory=lambda: Understood([]))
    parts: list[Part] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    is_spanish: bool = False
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
    understood = reader.read(text)
    made = _applied(query, text, understood, index)
    for _round in range(MOST_ROUNDS if made.parts or made.left_out else 0):
        rest = made.query.get("q", "")
        more = _applied(made.query, rest, reader.read(rest), index)
        if not rest or more.query.urlencode() == made.query.urlencode():
            break
        made = Asked(more.query, text, more.understood, [*made.parts, *more.parts], [*made.left_out, *more.left_out], [], False, query)
    made.is_spanish = understood.is_spanish
    _leave_out_unheard(made, index)
    return made


def _leave_out_unheard(made, index):
    """Where something was understood, and no listing holds all the words that stay: without those that none holds at all."""
    said = made.query.get("q", "").split() if made.parts else []
    if not said or index.hold_all(words(" ".join(said))):
        return
    asked_about = {word for part in made.understood.unclear for word in part.words.split()}
    made.unheard = [word for word in said if word not in asked_about and not index.hold_all(tokens(word))]
    kept = [word for word in said if word not in made.unheard]
    made.query.setlist("q", [" ".join(kept)] if kept else [])


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
        is_word=lambda word: index.hold_all([word]),
        stages=frozenset(vocabularies.get("stage", ())),
        states=frozenset(vocabularies.get("area", ())),
    )


def _applied(query, text, understood, index):
    """A facet that was chosen explicitly wins over the words; a condition that was, leaves the words words."""
    made = Asked(query.copy(), text, understood, original=query)
    stay = [understood.rest] if understood.rest else []
    for part in understood.parts:
        taken = {name: values for name, values in part.asks.items() if name not in query}
        if part.condition and not taken:
            stay.append(part.words)
        elif taken:
            made.parts.append(part)
        else:
            made.left_out.append(part.words)
        for name, values in taken.items():
            made.query.setlist(name, dict.fromkeys([*made.query.getlist(name), *values]))
    if understood.parts:
        made.query.setlist("q", [" ".join(stay)] if stay else [])
    if needs := [_said(part, index) for part in made.parts if "need" in part.asks]:
        made.query["said"] = " ".join([*query.getlist("said"), *needs])
    return made


def _said(part, index):
    """The words for a need by which its listings are ordered: those that were typed, where they tell more than the usual ones."""
    typed = [word for word in words(part.words) if word not in FILLERS | TOO_WIDE]
    among = BitMap.union(*(index.tagged("need", slug) for slug in part.asks["need"]))
    is_told = index.hold_all(typed, in_name=True, among=among) or (len(typed) == 1 and index.hold_all(typed, among=among))
    return " ".join(typed) if typed and is_told else part.usual
