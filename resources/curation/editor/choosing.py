"""Two people on one listing: where both changed a field, the second to save chooses."""

from django import forms
from django.utils.translation import gettext as _

from ... import document as documents
from ...document import labels, rows

MINE, THEIRS = "mine", "theirs"


class Choices(forms.Form):
    """For each field that both changed: whose words stay. `mine`: plain data as typed; `theirs`: the document that they saved."""

    use_required_attribute = False

    def __init__(self, data, *, names, mine, theirs, judged=False):
        super().__init__(data if judged else None, initial={f"take-{name}": data.get(f"take-{name}") for name in names})
        other = documents.fields(theirs)
        for name in names:
            self.fields[f"take-{name}"] = field = forms.ChoiceField(
                label=labels.label(name),
                choices=[(THEIRS, _("Take theirs")), (MINE, _("Keep mine, as it stands in the form"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose whose “%(label)s” stays.") % {"label": labels.label(name)}},
            )
            field.mine, field.theirs = shown(name, _value(mine, name)), shown(name, other.get(name))

    @property
    def theirs(self):
        return [name.removeprefix("take-") for name, choice in self.cleaned_data.items() if choice == THEIRS]


def asked(data, document):
    """The fields about which the form still asks."""
    known = documents.fields(document)
    return [name for name in data.getlist("conflict") if name in known]


def _value(plain, name):
    part, dot, inner = name.partition(".")
    return plain.get(part, {}).get(inner) if dot else plain.get(name)


def shown(name, value):
    """A field's value as lines a person can read."""
    if name in rows.LISTS:
        return "\n".join(rows.in_words(name, row) for row in value or [])
    if isinstance(value, dict):
        told = {one: labels.in_words(f"{name}.{one}", inner).replace("\n", ", ") for one, inner in value.items()}
        return "\n".join(f"{labels.label(f'{name}.{one}')}: {words}" for one, words in told.items() if words)
    return labels.in_words(name, value)
