"""Between the form and the condition document; nothing that was typed is lost on the way."""

import re

from conditions import document as documents
from conditions.document.store import HEAD, REVIEW
from conditions.files import Faulty
from conditions.models import SectionKind

from .forms import FORMSETS, MOST_ROWS, ROWS, HeadForm, lines_of

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


class Editor:
    """The head's form and the formsets of the rows, as one form: `errors` and `visible_fields` are those of all."""

    def __init__(self, head, rows):
        self.head, self.rows = head, rows

    @classmethod
    def of(cls, document, said=None, **options):
        """Filled from a document; `said`: values of the form beside it, such as the base and the reason."""
        data = document.model_dump(mode="json")
        sections = {f"section-{kind}": text for kind, text in data["sections"].items()}
        lines = {"parents": "\n".join(data["parents"]), "genes": lines_of(data["genes"])}
        initial = {name: data[name] for name in HEAD} | data["review"] | sections | lines | (said or {})
        head = HeadForm(initial=initial, kinds=data["sections"].keys() or [SectionKind.MAIN_MESSAGE], **options)
        return cls(head, {part: formset(initial=data[part], prefix=part) for part, formset in FORMSETS.items()})

    @classmethod
    def typed(cls, data, add="", remove=("", -1), **options):
        """As it was typed, with a row or a section more, or a row less; not judged yet."""
        data = _printable(data)
        kinds = [*kinds_in(data), data.get("section", "") if add == "section" else ""]
        head = HeadForm(initial=data.dict(), kinds=kinds, **options)
        rows = {}
        for part, formset in FORMSETS.items():
            initial = [row for place, row in enumerate(rows_in(data, part)) if (part, place) != remove]
            rows[part] = formset(initial=initial + [_empty(part)] * (add == part), prefix=part)
        if add == "section" and kinds[-1] in SectionKind.values:
            head.fields[f"section-{kinds[-1]}"].widget.attrs["autofocus"] = True
        elif add in rows:
            next(iter(rows[add].forms[-1].fields.values())).widget.attrs["autofocus"] = True
        return cls(head, rows)

    @classmethod
    def sent(cls, data, **options):
        """To be judged. Rows that nobody filled in are no rows."""
        data = _printable(data)
        for part in FORMSETS:
            data[f"{part}-INITIAL_FORMS"] = "0"
        head = HeadForm(data, kinds=kinds_in(data), **options)
        return cls(head, {part: formset(data, prefix=part) for part, formset in FORMSETS.items()})

    @property
    def forms(self):
        return [self.head, *(form for formset in self.rows.values() for form in formset)]

    @property
    def errors(self):
        return any(form.errors for form in self.forms) or any(formset.non_form_errors() for formset in self.rows.values())

    @property
    def non_field_errors(self):
        return [*self.head.non_field_errors(), *(wrong for formset in self.rows.values() for wrong in formset.non_form_errors())]

    @property
    def visible_fields(self):
        return [field for form in self.forms for field in form.visible_fields()]

    @property
    def missing_kinds(self):
        return [kind for kind in SectionKind if f"section-{kind}" not in self.head.fields]

    def document(self):
        """The document that was sent, or None where something is wrong: then `errors` say it."""
        if self.errors:
            return None
        said = self.head.cleaned_data
        data = {name: said[name] for name in (*HEAD, "parents", "genes")} | {"review": {name: said[name] for name in REVIEW}}
        data["sections"] = {kind: said[f"section-{kind}"] for kind, _field in self.head.sections}
        data |= {part: [row for row in formset.cleaned_data if row] for part, formset in self.rows.items()}
        try:
            return documents.read(data)
        except Faulty as found:
            for fault in found.faults:
                self.head.add_error(None, fault.message)
            return None

    def say(self, lack):
        """Put what a page lacks at its field."""
        field = lack.field.replace("sections.", "section-")
        self.head.add_error(field if field in self.head.fields else None, lack.sentence)


def _printable(data):
    """A copy without control characters, which come by copying from elsewhere and which no page can show."""
    data = data.copy()
    for name, values in data.lists():
        data.setlist(name, [_CONTROL.sub("", value) for value in values])
    return data


def kinds_in(data):
    return [kind for kind in SectionKind if f"section-{kind}" in data]


def rows_in(data, part):
    """The rows as they were typed."""
    total = data.get(f"{part}-TOTAL_FORMS", "")
    count = min(int(total), MOST_ROWS[part]) if total.isascii() and total.isdigit() and len(total) < 6 else 0
    return [{name: data.get(f"{part}-{place}-{name}", "") for name in ROWS[part].base_fields} for place in range(count)]


def _empty(part):
    return {name: field.initial for name, field in ROWS[part].base_fields.items()}
