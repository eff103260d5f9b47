"""What a curator answers to a proposal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from conditions.files import Faulty

from ... import document as documents
from ...document import rows
from ...models import Proposal, Resource
from .comparison import most_letters, typing

Origin = Proposal.Origin
TAKE, VALUE = "take-", "value-"
# Offered as the reason that the history keeps: most need no other.
WHY = {
    Origin.READER: _("A reader told us."),
    Origin.SUGGESTION: _("Suggested by a reader."),
    Origin.PROVIDER: _("The provider says so."),
    Origin.IMPORT: _("A partner’s spreadsheet says so."),
    Origin.LINK: _("The site itself leads there now."),
}
NOT_SO = {
    "website": _("Write the whole web address, beginning with https://"),
    "email": _("Write an e-mail address such as help@example.org"),
    "slug": _("Use small letters, digits and single hyphens alone"),
}


def words(**more):
    """A text, so that Enter begins a line instead of sending the form."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), max_length=1000, **more)


class AcceptForm(forms.Form):
    """A box for each field that can be taken, and a field for each value that a person can type."""

    why = words(label=_("Why, for the history"), error_messages={"required": _("Say why, in a few words: it is kept in the history")})

    def __init__(self, *args, proposal, comparison, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposal, self.comparison, self.document = proposal, comparison, None
        self.is_new = proposal.resource is None
        self.fields["why"].initial = WHY[proposal.origin]
        for row in comparison.open_rows:
            if row.items:
                self._ask_rows(row)
                continue
            if not self.is_new:
                self.fields[TAKE + row.field] = _box(row.label, row.conflicts)
            if kind := typing(row.field):
                label = row.label if self.is_new else _("%(field)s, as it would stand") % {"field": row.label}
                self.fields[VALUE + row.field] = _typed(row, kind, label)

    def _ask_rows(self, row):
        """A box for each row of the list, and a field for the number of a phone."""
        for item in row.open_items:
            name = f"{row.field}-{item.key}"
            if not self.is_new:
                self.fields[TAKE + name] = _box(f"{row.label}: {item.change.after or item.change.before}", item.conflicts)
            if row.field == "phones" and item.pair[1]:
                label = _("Number") if self.is_new else _("Number, as it would stand")
                self.fields[VALUE + name] = forms.CharField(label=label, initial=item.pair[1]["number"], max_length=200)

    def blocks(self):
        """`(row, its box, its value's field, its items)` in order; box and value may be None; an item: `(item, box, value)`."""
        for row in self.comparison.rows:
            items = [(item, *self._asked(f"{row.field}-{item.key}")) for item in row.items]
            yield row, *self._asked(row.field), items

    def _asked(self, name):
        return [self[kind + name] if kind + name in self.fields else None for kind in (TAKE, VALUE)]

    @property
    def takes_all(self):
        return len(self._taken()) == len(self.comparison.open_rows) and all(
            len(self._taken_items(row)) == len(row.open_items) for row in self.comparison.open_rows
        )

    def clean(self):
        answers = super().clean()
        if self.errors:
            return answers
        taken = self._taken()
        if not taken:
            raise forms.ValidationError(_("Nothing is ticked. Tick what is right, or decline the proposal."))
        values = {row.field: self._value(row) for row in taken}
        if sources := self._cited_sources(values):
            values["sources"] = sources
        try:
            self.document = documents.patched(self.comparison.current or self.comparison.proposed, values, lambda *fault: fault)
        except Faulty as faulty:
            for place, message in faulty.faults:
                field = ".".join(map(str, place))
                self._blame(field, NOT_SO.get(field, message))
        if self.document and self._is_taken(self.document.slug):
            self._blame("slug", _("Another listing has this address already: change its last word"))
        return answers

    def _taken(self):
        return [row for row in self.comparison.open_rows if (self._taken_items(row) if row.items else self._takes(row.field))]

    def _taken_items(self, row):
        return [item for item in row.open_items if self._takes(f"{row.field}-{item.key}")]

    def _takes(self, name):
        return self.is_new or self.cleaned_data.get(TAKE + name)

    def _value(self, row):
        """What the field is to be: as proposed, but for what was typed and the rows that were left."""
        if not row.items:
            return _value(self.cleaned_data.get(VALUE + row.field, row.value), row)
        base, proposed, current = self.comparison.values
        changes = [(item.pair[0], self._mended(row, item)) for item in self._taken_items(row)]
        if self.is_new:
            return [after for _before, after in changes]
        if current[row.field] == base.get(row.field) and changes == [item.pair for item in row.items]:
            return proposed[row.field]  # in its own order
        value = current[row.field]
        for before, after in changes:
            value = rows.with_change(row.field, value, before, after)
        return value

    def _mended(self, row, item):
        typed = self.cleaned_data.get(f"{VALUE}{row.field}-{item.key}")
        return item.pair[1] | {"number": typed} if typed and item.pair[1] else item.pair[1]

    def _cited_sources(self, values):
        """The sources with those that taken rows rest on: a phone without its source would be hidden from families."""
        _base, proposed, current = self.comparison.values
        stands = values.get("sources", current.get("sources") or [])
        cited = {key for field, value in values.items() if field in rows.LISTS for row in value for key in _citing(row)}
        missing = cited - {source["key"] for source in stands}
        return [*stands, *(source for source in proposed["sources"] if source["key"] in missing)] if missing else None

    def _is_taken(self, slug):
        return Resource.objects.filter(slug=slug).exclude(pk=self.proposal.resource_id).exists()

    def _blame(self, field, message):
        """Put a sentence at the field that it is about, or above all."""
        at = next((row.field for row in self.comparison.open_rows if field == row.field or field.startswith(f"{row.field}.")), "")
        name = next((name for name in self.fields if at and name in (VALUE + at, TAKE + at)), None)
        name = name or next((name for name in self.fields if at and name.startswith((f"{VALUE}{at}-", f"{TAKE}{at}-"))), None)
        self.add_error(name, message)


def _box(label, conflicts):
    return forms.BooleanField(label=_("Take: %(field)s") % {"field": label}, required=False, initial=not conflicts)


def _citing(row):
    return [one for one in (row.get("source"), *(row.get("sources") or [])) if one]


def _typed(row, kind, label):
    text = "\n".join(row.value) if kind == "lines" else row.value
    widget = forms.TextInput() if kind == "line" else forms.Textarea(attrs={"rows": min(8, max(2, len(text) // 80 + text.count("\n") + 1))})
    hint = _("One a line.") if kind == "lines" else ""
    most = most_letters(row.field) if kind != "lines" else None
    required = row.field in ("slug", "name", "summary")
    return forms.CharField(label=label, required=required, initial=text, widget=widget, help_text=hint, max_length=most)


def _value(answer, row):
    """What was typed as the document holds it."""
    if isinstance(row.value, list) and isinstance(answer, str):
        return [line.strip() for line in answer.splitlines() if line.strip()]
    return answer


class LookedForm(forms.Form):
    why = words(label=_("What did you find?"), error_messages={"required": _("Say what you found, in a few words: it is kept")})


class DeclineForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("Why not?"),
        choices=Proposal.Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it is declined")},
    )
    words = words(label=_("In your own words"), required=False)

    def clean(self):
        answers = super().clean()
        if answers.get("ground") == Proposal.Ground.OTHER and not answers.get("words"):
            self.add_error("words", _("Say the reason, in a few words"))
        return answers

    @property
    def reason(self):
        label = Proposal.Ground(self.cleaned_data["ground"]).label
        given = self.cleaned_data["words"]
        return str(given if self.cleaned_data["ground"] == Proposal.Ground.OTHER else f"{label}. {given}".strip())
