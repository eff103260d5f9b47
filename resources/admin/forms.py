"""Forms of the listing admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .. import workflow
from ..models import Check, Term


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


class ReasonForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=500, help_text=_("Kept in the history of each listing."))


class CheckForm(forms.Form):
    how = forms.ChoiceField(label=_("How you asked"), choices=Check.How)
    outcome = forms.ChoiceField(label=_("What you learned"), choices=Check.Outcome)
    note = forms.CharField(label=_("Note"), max_length=500, help_text=_("Whom you asked, and what they said."))


class TagForm(ReasonForm):
    """Conditions and terms to add to, or take from, each chosen listing. Slugs, one or several."""

    add_conditions = forms.CharField(label=_("Add conditions"), required=False, help_text=_("Names or slugs, with commas between."))
    remove_conditions = forms.CharField(label=_("Take away conditions"), required=False)
    add_terms = forms.ModelMultipleChoiceField(Term.objects.all(), label=_("Add terms"), required=False)
    remove_terms = forms.ModelMultipleChoiceField(Term.objects.all(), label=_("Take away terms"), required=False)

    def clean_add_conditions(self):
        return self._slugs("add_conditions")

    def clean_remove_conditions(self):
        return self._slugs("remove_conditions")

    def _slugs(self, field):
        from conditions.search import exact

        slugs = []
        for typed in filter(None, (part.strip() for part in self.cleaned_data[field].split(","))):
            condition = exact(typed) or exact(typed.replace("-", " "))
            if condition is None:
                raise ValidationError(_("There is no one condition called “%(typed)s”. Use its full name."), params={"typed": typed})
            slugs.append(condition.slug)
        return slugs

    def clean(self):
        asked = super().clean()
        if not any(asked.get(name) for name in ("add_conditions", "remove_conditions", "add_terms", "remove_terms")):
            raise ValidationError(_("Choose at least one condition or term to add or take away."))
        return asked
