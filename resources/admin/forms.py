"""The form of the listing admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .. import workflow


class ListingForm(forms.ModelForm):
    """A listing's own fields, with who-and-why for the history. `refused`: why the workflow did not take it, if it did not."""

    refused = ""

    why = forms.CharField(
        label=_("Why this change"), max_length=500, help_text=_("A few words for the history: what changed, and how you know.")
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "base" in self.fields:
            self.fields["base"].initial = workflow.latest(self.instance)

    def clean(self):
        if self.refused:
            raise ValidationError(self.refused)
        if self.instance.pk:
            try:
                workflow.refuse_stale(self.instance, self.cleaned_data.get("base") or 0)
            except workflow.Stale as stale:
                raise ValidationError(str(stale)) from stale
        return super().clean()
