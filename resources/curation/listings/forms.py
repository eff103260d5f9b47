"""What is asked before a verb is carried out on chosen listings, and of a view that is kept."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from conditions.search import exact

from ...models import Check, Revision, SavedView, Term
from .filters import asked

_BASE = re.compile(r"\b([0-9]{1,18}):([0-9]{1,9})\b")


class BasesField(forms.CharField):
    """The revisions that stood there when the page asked, `12:3 15:1`, read as `{12: 3, 15: 1}`: one field, however many listings."""

    widget = forms.HiddenInput

    def clean(self, value):
        return {int(pk): int(number) for pk, number in _BASE.findall(value or "")}

    @staticmethod
    def of(listings):
        """What the field holds for a queryset of listings."""
        numbers = Revision.objects.filter(resource__in=listings.order_by().values("pk")).values_list("resource").annotate(Max("number"))
        return " ".join(f"{pk}:{number}" for pk, number in numbers.order_by("resource"))


class ChosenForm(forms.Form):
    bases = BasesField(required=False)


class ReasonForm(ChosenForm):
    why = forms.CharField(label=_("Why"), max_length=500, help_text=_("Kept in the history of each listing."))


class CheckForm(ChosenForm):
    how = forms.ChoiceField(label=_("How you asked"), choices=Check.How)
    # Which number is dead, is said on the page of each listing.
    outcome = forms.ChoiceField(
        label=_("What you learned"), choices=[one for one in Check.Outcome.choices if one[0] != Check.Outcome.NUMBER_DEAD]
    )
    note = forms.CharField(label=_("Note"), max_length=500, help_text=_("Whom you asked, and what they said."))


class TermsField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        """Without ids that are longer than any: SQLite is not asked for them."""
        return super().clean([one for one in value or [] if len(str(one)) < 19])


class TagForm(ReasonForm):
    """Conditions and terms to add to, or take from, each chosen listing. Slugs, one or several."""

    add_conditions = forms.CharField(label=_("Add conditions"), required=False, help_text=_("Names or slugs, with commas between."))
    remove_conditions = forms.CharField(label=_("Take away conditions"), required=False)
    add_terms = TermsField(Term.objects.all(), label=_("Add terms"), required=False)
    remove_terms = TermsField(Term.objects.all(), label=_("Take away terms"), required=False)

    def clean_add_conditions(self):
        return self._slugs("add_conditions")

    def clean_remove_conditions(self):
        return self._slugs("remove_conditions")

    def _slugs(self, field):
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


class ViewForm(forms.ModelForm):
    """`may_share`: an editor's view may be everybody's."""

    class Meta:
        model = SavedView
        fields = ["name", "shared", "query"]
        labels = {"name": _("Name of the view"), "shared": _("Show it to everybody who works here")}
        help_texts = {"name": _("Such as “My overdue housing”.")}
        widgets = {"query": forms.HiddenInput}

    def __init__(self, *args, may_share, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["shared"]

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if SavedView.objects.filter(owner=self.instance.owner_id, name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("You have a view of this name already: choose another, or delete that one first."))
        return name

    def clean_query(self):
        if not (query := asked(QueryDict(self.cleaned_data["query"])).urlencode()):
            raise ValidationError(_("There is nothing to keep yet: filter the list first."))
        return query

    def add_error(self, field, error):
        """A hidden field has no place of its own to say what is wrong."""
        super().add_error(None if field == "query" else field, error)
