"""What a person answers about two listings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ... import document as documents
from ...document.labels import label
from . import blending
from .comparing import BOTH, FIRST, SECOND, defaults
from .showing import lines


def why(question, error):
    return forms.CharField(label=question, max_length=500, error_messages={"required": error})


class ApartForm(forms.Form):
    prefix = "apart"
    why = why(_("Why are they two?"), _("Say why they are two listings, in a few words."))


class MergeForm(forms.Form):
    """Which of the two stays, and what it says: a choice for each field in which they differ."""

    stays = forms.ChoiceField(label=_("Which one stays?"), widget=forms.RadioSelect)
    first_base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    second_base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    why = why(_("Why are they one?"), _("Say why they are one listing, in a few words."))

    def __init__(self, data=None, *, sides, winner):
        """`winner`: who stays before anybody chooses."""
        bases = {f"{name}_base": side.number for name, side in sides.items()}
        super().__init__(data, initial={"stays": winner} | bases | defaults(sides, winner))
        self.fields["stays"].choices = [(name, side.listing.name) for name, side in sides.items()]
        one, two = (documents.fields(side.document) for side in sides.values())
        self.differing = blending.asked(*(side.document for side in sides.values()))
        for name in self.differing:
            choices = [(FIRST, _shown(one[name])), (SECOND, _shown(two[name]))]
            if one[name] and two[name] and blending.takes_both(one[name]):
                choices.append((BOTH, _("Keep both")))
            unasked = _("%(field)s: somebody changed it meanwhile. Choose which to keep.") % {"field": label(name)}
            self.fields[name] = forms.ChoiceField(
                label=label(name), choices=choices, widget=forms.RadioSelect, error_messages={"required": unasked}
            )
        self.order_fields(["stays", *self.differing, "why"])

    @property
    def rows(self):
        return [self[name] for name in self.differing]

    @property
    def chosen(self):
        """What is chosen now, whether or not the reason is there yet: the preview shows it."""
        answers = {name: self[name].value() for name in self.differing}
        possible = {name: {value for value, _label in self.fields[name].choices} for name in self.differing}
        return {name: value if value in possible[name] else self.initial[name] for name, value in answers.items()}

    @property
    def winner(self):
        return self["stays"].value() if self["stays"].value() in (FIRST, SECOND) else self.initial["stays"]


def _shown(value):
    return "\n".join(lines(value)) or _("Nothing")
