"""What partners write for a term, a condition or a choice, and what we call it. What we do not know is a `ValueError` with a sentence."""

from collections import defaultdict

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from rapidfuzz import process

from conditions.models import Condition, ConditionName
from conditions.names import fold

from ...models import FinancialAid, Organization, ResourceKind, Term
from ...models.resource import Coverage
from .cleaning import items
from .targets import KINDS

CHOICES = {
    "kind": [choice for choice in ResourceKind.choices if choice[0] in KINDS],
    "coverage": Coverage.choices,
    "money.form": FinancialAid.Form.choices,
}
MOST_NAMED = 3
ALIASES = {
    "coverage": {
        Coverage.NATIONAL: (
            "us",
            "usa",
            "united states",
            "united states of america",
            "america",
            "nationwide",
            "countrywide",
            "all states",
            "50 states",
        ),
        Coverage.WORLDWIDE: ("international", "global", "world"),
        Coverage.STATE: ("statewide",),
        Coverage.LOCAL: ("county", "city", "countywide", "citywide", "regional"),
    }
}
ONE_BY_ONE = ("therapy", "therapies", "treatment", "school", "school accommodation", "accommodation")
# What the finder has no word for, by the post's two letters; and other names of the capital.
TERRITORIES = {"american samoa": "AS", "guam": "GU", "northern mariana islands": "MP", "us virgin islands": "VI", "virgin islands": "VI"}
CAPITAL = ("washington dc", "washington d c", "d c")


class Vocabulary:
    """Whatever a file may name, looked up in a handful of queries. `lines`: `{target: text}` of each of its rows."""

    def __init__(self, lines):
        self.choices = {
            target: {fold(word): value for value, label in choices for word in (value, str(label), *ALIASES.get(target, {}).get(value, ()))}
            for target, choices in CHOICES.items()
        }
        self.terms = defaultdict(dict)
        rows = list(Term.objects.values_list("vocabulary", "slug", "label"))
        self.areas = [(slug, label) for vocabulary, slug, label in rows if vocabulary == Term.Vocabulary.AREA]
        for vocabulary, slug, label in rows:
            self.terms[f"terms.{vocabulary}"] |= {fold(label): slug, fold(slug): slug, fold(slug.removeprefix("us-")): slug}
        self.terms["terms.area"] |= {name: "us-dc" for name in CAPITAL if "dc" in self.terms["terms.area"]}
        self.conditions = _conditions({part for row in lines for part in _parts(row.get("conditions", ""))})
        providers = [row.get(target) for row in lines for target in ("service.provider", "money.provider")]
        self.organizations = _organizations({name for name in providers if name})

    def ours(self, target, text):
        """The text as our column holds it."""
        if target in CHOICES:
            return self._choice(target, text)
        if target.startswith("terms."):
            find = self._area if target == "terms.area" else lambda part: self.terms[target].get(fold(part))
            return "\n".join(self._named(text, find))
        if target == "conditions":
            return "\n".join(self._named(text, self._condition))
        return self._region(text) if target == "location.region" else text

    def is_nationwide(self, text):
        return fold(text.replace(".", "")) in (*ALIASES["coverage"][Coverage.NATIONAL], "all", "national")

    def _area(self, text):
        """The slug of a state, however it is written: TX, tx, Texas, N.Y."""
        return self.terms["terms.area"].get(fold(text)) or self.terms["terms.area"].get(fold(text.replace(".", "")))

    def _region(self, text):
        if slug := self._area(text):
            return slug.removeprefix("us-").upper()
        name = fold(text.replace(".", ""))
        if name.upper() in TERRITORIES.values() or name in TERRITORIES:
            return TERRITORIES.get(name, name.upper())
        raise ValueError(self._no_state(text))

    def _no_state(self, text):
        names = {fold(label): str(label) for _slug, label in self.areas}
        near = process.extractOne(fold(text), list(names), score_cutoff=80)
        ask = _(" Did you mean %(name)s?") % {"name": names[near[0]]} if near else ""
        said = _("“%(text)s” is no state of the United States that we know.%(ask)s Write two letters, such as TX, or the whole name")
        return said % {"text": text[:60], "ask": ask}

    def _choice(self, target, text):
        if target == "kind" and fold(text) in ONE_BY_ONE:
            raise ValueError(_("a therapy or a school accommodation is written one by one, under “New listing”: take the row out"))
        if target == "coverage" and self._area(text):
            raise ValueError(_("“%(text)s” is a state: say that this column means “States served”") % {"text": text[:60]})
        if fold(text) not in self.choices[target]:
            known = ", ".join(str(label) for _value, label in CHOICES[target])
            raise ValueError(_("“%(text)s” is none of: %(known)s") % {"text": text[:60], "known": known})
        return self.choices[target][fold(text)]

    def _named(self, text, find):
        """Each part of the text by what `find` makes of it; a comma cuts only what is not known whole."""
        found, unknown = [], []
        for item in items(text):
            parts = [item] if find(item) else [part.strip() for part in item.split(",") if part.strip()]
            for part in parts:
                (found if find(part) else unknown).append(find(part) or part)
        if unknown:
            names = ", ".join(f"“{part[:60]}”" for part in unknown[:MOST_NAMED])
            if find == self._area:
                raise ValueError(self._no_state(unknown[0]))
            raise ValueError(_("we do not know %(names)s: use a word of the finder, or leave the column out") % {"names": names})
        return dict.fromkeys(found)

    def _condition(self, part):
        slugs = self.conditions.get(fold(part), set()) or self.conditions.get(part, set())
        if len(slugs) > 1:
            raise ValueError(
                _("“%(name)s” may mean several conditions: %(slugs)s") % {"name": part[:60], "slugs": ", ".join(sorted(slugs)[:MOST_NAMED])}
            )
        return next(iter(slugs), None)


def _parts(text):
    return {part for item in items(text) for part in (item, *map(str.strip, item.split(",")))}


def _conditions(names):
    """`{folded name or slug: slugs}`; a condition's own name goes before the other names of others."""
    folded = {fold(name) for name in names if len(name) <= 300} - {""}
    found, own = defaultdict(set), defaultdict(set)
    for name, slug in ConditionName.objects.filter(folded__in=folded).values_list("folded", "condition__slug"):
        found[name].add(slug)
    slugs = [name for name in names if name.isascii() and len(name) <= 80]
    for name, slug in Condition.objects.filter(Q(folded__in=folded) | Q(slug__in=slugs)).values_list("folded", "slug"):
        own[name].add(slug)
        own[slug].add(slug)
    return found | own


def _organizations(names):
    """`{folded name or slug: slugs}` of the organizations of these names."""
    found = defaultdict(set)
    rows = Organization.objects.annotate(lower=Lower("name")).filter(
        Q(lower__in={name.lower() for name in names}) | Q(name__in=names) | Q(slug__in=[name for name in names if name.isascii()])
    )
    for name, slug in rows.values_list("name", "slug") if names else []:
        found[fold(name)].add(slug)
        found[slug].add(slug)
    return found
