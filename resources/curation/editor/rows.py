"""Lists within a listing: phones, places, sources, evidence, law, amounts. A row's fields are named `phones-0-number`."""

import re
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as later

from conditions.editorial import OwnerKind

from ...document import labels
from ...models import Evidence, Phone
from .fields import SLUG, CitesOne, CitesSome, Languages, Named, Website, choice, degrees, line, lines, number, text, typed
from .forms import Part


class Row(Part):
    """`folded`: it stands closed under the words of these fields, so that a long list can be taken in.

    `is_plain`: the document's list holds texts, and the row one of them, in its field `text`; each line typed there is one.
    """

    folded: ClassVar[tuple[str, ...]] = ()
    is_plain: ClassVar[bool] = False
    is_new = False

    def __init__(self, data, *, name, place, **kwargs):
        self.list, self.place = name, place
        super().__init__(data, prefix=f"{name}-{place}", empty_permitted=True, **kwargs)

    def path(self, name):
        return f"{self.list}.{name}"

    @property
    def number(self):
        return str(self.place)

    @property
    def caption(self):
        return ", ".join(filter(None, (self[one].value() for one in self.folded)))

    @property
    def is_open(self):
        return not self.folded or self.is_new or not self.has_changed() or bool(self.errors)


class PhoneRow(Row):
    number = line(required=True, longest=200)
    label = line(later("“Main line”, “Helpline”, “In Spanish”."))
    type = choice(Phone.Type, initial=Phone.Type.VOICE)
    languages = Languages(required=False, help_text=later("With commas between: English, Spanish."))
    hours = line(later("“Monday to Friday, 8 a.m. to 7 p.m. Eastern”."))
    source = CitesOne(required=False)


class LocationRow(Row):
    name = line()
    address = line()
    city = line()
    region = line(later("Two letters: TX."))
    postal_code = line()
    country = line(initial="US")
    access = line(later("Ramps, lifts, parking."))
    latitude = degrees(90)
    longitude = degrees(180)


class SourceRow(Row):
    folded = ("publisher", "title")
    title = line(required=True, longest=200)
    publisher = line(required=True, longest=200)
    owner_kind = choice(OwnerKind)
    url = Website()
    published = line(later("In words as precise as the page: “2019”, “March 2024”."))
    seen_on = forms.DateField(
        help_text=later("The day you read it."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%m/%d/%Y"],
        error_messages={"invalid": later("Write the day as 2026-03-31 or 03/31/2026.")},
    )
    supports = line(later("It supports only this."), required=True)
    key = line(
        later("Phones and labels cite it so. Made from the publisher where empty."),
        longest=80,
        validators=[SLUG],
    )


class EvidenceRow(Row):
    folded = ("condition", "applies_to", "level")
    condition = Named(
        "condition",
        most=1,
    )
    applies_to = line(later("Where the label is not for everybody: “children under 2”."))
    level = choice(Evidence.Level)
    standing = choice(Evidence.Standing)
    us_status = choice(Evidence.UsStatus)
    us_status_note = line(later("In words as precise as the source."))
    why = text(later("What was tested, on how many, and what came out. Two or three sentences."), required=True)
    cautions = text(rows=2)
    sources = CitesSome(required=False, help_text=later("What stands under “Sources” on this page. Add it there first."))


class LegalBasisRow(Row):
    law = line(required=True, longest=200)
    citation = line(later("“34 CFR 300.324(a)(2)”."))
    source = CitesOne(required=False)


class AmountRow(Row):
    text = line(later("In words: “up to $967 a month”."), required=True)
    year = number(least=1990, most=2100)
    source = CitesOne(required=False)


class StepRow(Row):
    is_plain = True
    text = lines(required=True, rows=2)


# name → form, the word for one, the button's words. A list whose `part` is a kind's stands in that part of the document.
ROWS = {
    "phones": (PhoneRow, later("Phone"), later("Add a phone")),
    "locations": (LocationRow, later("Place"), later("Add a place")),
    "sources": (SourceRow, later("Source"), later("Add a source")),
    "evidence": (EvidenceRow, later("Label"), later("Add an evidence label")),
    "legal_basis": (LegalBasisRow, later("Law"), later("Add a law")),
    "amounts": (AmountRow, later("Amount"), later("Add an amount")),
    "steps": (StepRow, later("Step"), later("Add a step")),
}
INSIDE = {"legal_basis": "school", "amounts": "money", "steps": "money"}
MOST_LINES = 100  # of a list of texts: each gets a row of its own, and a form may have only so many fields
HINTS = {"steps": later("In their order, each beginning with a verb. A line each: paste several, and they become steps of their own.")}


class Rows:
    """The rows of one list, from what was sent. A row in which nothing was typed is none.

    It stands in an error summary as a field would: `auto_id` is the button that adds a row.
    """

    def __init__(self, name, data, *, judged):
        self.name, self.errors = name, []
        form, self.one, self.add = ROWS[name]
        self.is_plain, self.hint = form.is_plain, HINTS.get(name, "")
        self.forms = [form(data, name=name, place=place, judged=judged) for place in places(name, data)]
        for nth, row in enumerate(self.forms if self.is_plain else (), 1):
            row.fields["text"].label = f"{self.one} {nth}"

    @property
    def title(self):
        return labels.label(f"{INSIDE[self.name]}.{self.name}" if self.name in INSIDE else self.name)

    @property
    def auto_id(self):
        return f"add-{self.name}"

    def open_at(self, place):
        """Open the row of this number; returns it, if there is one, in a list."""
        found = [form for form in self.forms if form.place == place]
        for form in found:
            form.is_new = True
        return found

    @property
    def filled(self):
        return [form for form in self.forms if form.has_changed()]

    def values(self):
        if self.is_plain:
            return [line for _form, line in self.lines]
        return [form.understood for form in self.filled]

    @property
    def is_too_long(self):
        return self.is_plain and len(self.lines) > MOST_LINES

    @property
    def lines(self):
        """Of a list of texts: `(row, one of its lines)`."""
        return [(form, line) for form in self.filled for line in form.understood.get("text", [])]


def places(name, data):
    """The numbers of the rows that were sent, in order."""
    pattern = re.compile(rf"{name}-(\d{{1,6}})-")
    return sorted({int(found[1]) for key in data if (found := pattern.match(key))})


def add(name, data):
    """A new row at the end; returns its number."""
    place = max(places(name, data), default=-1) + 1
    for field, one in ROWS[name][0].base_fields.items():
        data[f"{name}-{place}-{field}"] = one.initial or ""
    return place


def put(name, data, rows):
    """Rows of the document as the form sends them: `{name-place-field: typed}`."""
    form = ROWS[name][0]
    for place, row in enumerate(rows):
        put_values(data, form, {"text": [row]} if form.is_plain else row, f"{name}-{place}")


def put_values(data, form, values, prefix):
    for name, one in form.base_fields.items():
        if name in values:
            data.setlist(f"{prefix}-{name}" if prefix else name, getattr(one, "typed", typed)(values[name]))


def remove(name, data, place):
    for key in [key for key in data if key.startswith(f"{name}-{place}-")]:
        del data[key]


def lift(name, data, place):
    """Change a row's place with the one above it; returns where it stands now."""
    above = max((one for one in places(name, data) if one < place), default=None)
    if above is None:
        return place
    rows = {one: {key.split("-", 2)[2]: data.getlist(key) for key in data if key.startswith(f"{name}-{one}-")} for one in (place, above)}
    for one, other in ((place, above), (above, place)):
        remove(name, data, one)
        for field, values in rows[other].items():
            data.setlist(f"{name}-{one}-{field}", values)
    return above


def lower(name, data, place):
    """Change a row's place with the one below it; returns where it stands now."""
    below = min((one for one in places(name, data) if one > place), default=None)
    if below is None:
        return place
    lift(name, data, below)
    return below
