"""The finder's GET parameters, read leniently: what is unknown is left out and named, since a mistyped link should still help.

Read on every request, and so without Django's forms, which copy every field anew (docs/adr/0030).
"""

import re
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from .criteria import Criteria, Near
from .facets import FACETS, KIND_LABELS
from .places import Places

LONGEST_QUERY = 200
MOST_CONDITIONS = 10
MOST_NAMED, LONGEST_NAMED = 5, 60  # of what was left out: values of a parameter, and letters of each
CHECKED = {"year": _("Found or checked in the last 12 months"), "provider": _("Confirmed with the provider")}
SORTS = {"distance": _("Distance"), "near": _("Closest match"), "name": _("Name, A to Z"), "checked": _("Most recently checked")}


def choices(values, known):
    values = list(dict.fromkeys(values))
    return tuple(one for one in values if one in known), [one for one in values if one and one not in known]


def choice(values, known):
    value = _last(values)
    return (value, []) if value in known else ("", [value] if value else [])


def text(values, known):
    found = " ".join(_last(values).replace("\x00", " ").split())
    return found[:LONGEST_QUERY], [found[LONGEST_QUERY:]] if len(found) > LONGEST_QUERY else []


def slugs(values, known):
    """Of conditions. Whether a slug is known, only the database can say: the view asks it once."""
    values = list(dict.fromkeys(" ".join(one.replace("\x00", " ").split()) for one in values))
    return tuple(one for one in values[:MOST_CONDITIONS] if one), values[MOST_CONDITIONS:]


def page(values, known):
    value = _last(values).strip()
    is_number = value.isascii() and value.isdigit() and int(value[:9]) > 0
    return (int(value[:9]), []) if is_number else (1, [value] if value else [])


def zip_code(values, known):
    """Five digits, with or without four more. Whether there is such a ZIP, `Places` knows."""
    match = re.fullmatch(r"([0-9]{5})(-?[0-9]{4})?", _last(values).strip())
    return (match[1], []) if match else ("", [one for one in values[-1:] if one])


def miles(values, known):
    value = _last(values).strip()
    is_number = re.fullmatch(r"[0-9]{1,4}", value) and int(value)
    return (int(value), []) if is_number else (None, [value] if value else [])


def _last(values):
    return values[-1] if values else ""


# Name → its label, and what reads its values: `read(values, known)` gives the value and what was left out.
PARAMETERS = {
    "q": (_("Words"), text),
    "condition": (_("Condition"), slugs),
    **{facet.name: (facet.label, choices) for facet in FACETS},
    "checked": (_("Last checked"), choice),
    "near": (_("ZIP code"), zip_code),
    "within": (_("Miles"), miles),
    "said": (_("Words"), text),
    "sort": (_("Order"), choice),
    "page": (_("Page"), page),
}


class Parameters:
    """What a query asks. `vocabularies`: vocabulary → `{slug: label}`, as the index knows them."""

    def __init__(self, query, *, vocabularies, places=None):
        self.places = places or Places()
        self.labels = {facet.name: vocabularies.get(facet.vocabulary, {}) if facet.vocabulary else KIND_LABELS for facet in FACETS}
        known = self.labels | {"checked": CHECKED, "sort": SORTS}
        read = {name: reader(query.getlist(name), known.get(name)) for name, (_label, reader) in PARAMETERS.items()}
        self.values = {name: value for name, (value, _left_out) in read.items()}
        self._left_out = {name: left_out for name, (_value, left_out) in read.items() if left_out}

    @property
    def criteria(self):
        """The cleaned question."""
        asked = self.values
        return Criteria(
            q=asked["q"],
            conditions=asked["condition"],
            choices={facet.name: asked[facet.name] for facet in FACETS if asked[facet.name]},
            checked=asked["checked"],
            sort=asked["sort"],
            page=asked["page"],
            near=self.nearby,
            said=asked["said"] if asked["need"] else "",  # of a need that was unticked nothing is said
        )

    @cached_property
    def nearby(self):
        """The `Near` that is asked for; None also where there is no such ZIP."""
        place = self.places.get(self.values["near"]) if self.values["near"] else None
        return Near(place, self.values["within"]) if place else None

    @property
    def unknown_zip(self):
        return self.values["near"] if not self.nearby else ""

    @property
    def ignored(self):
        """What was left out: pairs of a parameter's label and the value, cut to what a sentence can hold."""
        return [(PARAMETERS[name][0], _cut(one)) for name, values in self._left_out.items() for one in values[:MOST_NAMED]]


def _cut(value):
    return value[:LONGEST_NAMED] + ("…" if len(value) > LONGEST_NAMED else "")
