"""The whole form of one listing: between a document and what a browser sends. The one place where a document is built.

`sent(document)` is the form's content for a document; `Sheet(kind, sent).document()` gives the same document back.
"""

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from conditions.files import Fault, Faulty
from conditions.names import free_slug, slugged

from ... import document as documents
from ...completeness import NEEDED
from ...models import Term
from . import forms, kinds, rows
from .fields import Cites, Languages, Named
from .naming import Names
from .sections import OWN_ROWS, sections

OWN = {
    "organization": kinds.Organization,
    "service": kinds.Service,
    "therapy": kinds.Therapy,
    "school": kinds.School,
    "money": kinds.Money,
}
PARTS = [forms.Basics, forms.First, forms.Reach, forms.Using, forms.Funding, forms.About, forms.Terms, forms.More]
EVERY_ROW = ["phones", "locations", "sources"]


def part_forms(kind):
    return [*PARTS, *([OWN[kind]] if kind in OWN else [])]


def row_names(kind):
    return [*EVERY_ROW, *OWN_ROWS.get(kind, [])]


def sent(data, base=0):
    """A document's plain data (`model_dump(mode="json")`) as the form sends it."""
    made = QueryDict(mutable=True)
    for form in part_forms(data["kind"]):
        rows.put_values(made, form, data.get(form.part) or {} if form.part else data, form.part)
    for vocabulary, slugs in data["terms"].items():
        made.setlist(f"terms-{vocabulary}", slugs)
    for name in row_names(data["kind"]):
        inside = data[rows.INSIDE[name]] if name in rows.INSIDE else data
        rows.put(name, made, inside[name])
    made["base"] = str(base)
    return made


def empty(kind):
    made = QueryDict(mutable=True)
    for form in part_forms(kind):
        for name, one in form.base_fields.items():
            if one.initial:
                made[f"{form.part}-{name}" if form.part else name] = str(one.initial)
    return made


class Sheet:
    """What was sent, as forms.

    `judged`: whether faults are shown; `saving`: whether a reason is asked for; `slug`: the address of a listing that keeps it;
    `is_public`: whether families see it, and it must stay complete.
    """

    def __init__(self, kind, data, *, judged=False, saving=False, slug="", is_public=False):
        self.is_public = is_public
        self.kind, self.data, self.judged, self.faults, self.choices = kind, data, judged, [], None
        self.terms, self.names = list(Term.objects.all()), Names()
        _name_sources(data)
        self.parts = {form.__name__: self._part(form) for form in part_forms(kind)}
        self.rows = {name: rows.Rows(name, data, judged=judged) for name in row_names(kind)}
        self.reason = forms.Reason(data, judged=saving)
        if slug:
            self.parts["Basics"].fields["slug"].disabled = True
            self.parts["Basics"].initial["slug"] = slug
        for name in NEEDED:
            self.parts["First"].fields[name].needed = "now" if is_public else "to publish"
        self._acquaint()

    def _part(self, form):
        return form(self.data, judged=self.judged, **({"terms": self.terms} if form is forms.Terms else {}))

    def _acquaint(self):
        """Tell the fields what they may name."""
        sources = {key: words for row in self.rows["sources"].forms for key, words in [_cited(row)] if key}
        languages = {term.slug: term.label for term in self.terms if term.vocabulary == Term.Vocabulary.LANGUAGE}
        for form in self.forms:
            for bound in form:
                match bound.field:
                    case Named():
                        bound.field.names = self.names
                        self.names.want(bound.field.what, bound.field.parted(bound.value()))
                    case Cites():
                        value = bound.value()
                        bound.field.offer(sources, value if isinstance(value, list) else [value])
                    case Languages():
                        bound.field.known = languages

    @property
    def conflicting(self):
        """Fields about which the form still asks whose words stay."""
        return [name.removeprefix("take-") for name in self.choices.fields] if self.choices else []

    @property
    def base(self):
        """The number of the revision on which this was written."""
        return self.reason.understood.get("base") or 0

    @property
    def forms(self):
        return [*self.parts.values(), *(form for each in self.rows.values() for form in each.forms)]

    @property
    def sections(self):
        return sections(self)

    # For the error summary, which asks what a form answers.

    @property
    def errors(self):
        return self.faults or any(one.errors for one in self.visible_fields)

    def non_field_errors(self):
        return self.faults

    @property
    def visible_fields(self):
        found = self.choices.visible_fields() if self.choices else []
        for section in self.sections:
            for form in section.parts:
                found += form.visible_fields()
            for each in section.rows:
                found += [each, *(bound for form in each.forms for bound in form.visible_fields())]
        return [*found, *self.reason.visible_fields()]

    def blame(self, name, message):
        """Put a fault at a field, a list of rows, or above all."""
        for form in self.parts.values():
            if not form.part and name in form.fields:
                form.add_error(name, message)
                return
        (self.rows[name].errors if name in self.rows else self.faults).append(message)

    @cached_property
    def plain(self):
        """The document's plain data, of what could be understood."""
        data = {"kind": self.kind}
        for form in self.parts.values():
            if form.part:
                data[form.part] = {**form.understood}
            else:
                data |= form.understood
        data["slug"] = data.get("slug") or slugged(data.get("name", ""))
        for name, each in self.rows.items():
            (data[rows.INSIDE[name]] if name in rows.INSIDE else data)[name] = each.values()
        return data

    def document(self):
        """The listing document, or None where something is wrong: then `errors` says what."""
        data = self.plain
        for each in self.rows.values():
            if each.is_too_long:
                each.errors.append(_("At most %(most)d here: put some of them together.") % {"most": rows.MOST_LINES})
        if any(one.errors for one in [*self.forms, *self.rows.values()]):
            return None
        try:
            return documents.enter(data, lambda place, message: Fault(".".join(map(str, place)), 0, message))
        except Faulty as faulty:
            for fault in faulty.faults:
                self._blame_at(str(fault.path).split("."), fault.message)
            return None

    def _blame_at(self, place, message):
        if place[0] == self.kind and len(place) > 1:
            place = place[1:]
            part = self.parts[OWN[self.kind].__name__]
            if place[0] in part.fields:
                part.add_error(place[0], message)
                return
        if place[0] in self.rows and len(place) > 2:
            form = self.rows[place[0]].filled[int(place[1])]
            form.add_error(place[2] if place[2] in form.fields else None, message)
            return
        self.blame(place[0], message[:1].upper() + message[1:])


def _cited(row):
    key, publisher, title = (row[name].value() or "" for name in ("key", "publisher", "title"))
    return key, ": ".join(filter(None, [publisher, title])) or key


def _name_sources(data):
    """A source that has no short name gets one, so that it can be cited at once."""
    taken = {data.get(f"sources-{place}-key") for place in rows.places("sources", data)}
    for place in rows.places("sources", data):
        words = data.get(f"sources-{place}-publisher") or data.get(f"sources-{place}-title")
        if words and not data.get(f"sources-{place}-key"):
            key = free_slug(words, taken.__contains__, longest=60, otherwise="source")
            taken.add(key)
            data[f"sources-{place}-key"] = key
