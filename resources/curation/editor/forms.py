"""The parts of the editor's form that every kind has. A help text says the style rule where there is one."""

from typing import ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from ...document import labels
from ...models import Term
from ...models.resource import Coverage, FundingStatus, HsdsStatus
from .fields import SLUG, Named, Website, choice, line, lines, text


class Part(forms.Form):
    """Some fields of the document. `part`: the key under which the document keeps them; none: its own top.

    `judged`: whether what is wrong is shown. A draft that is opened again, or a row that is added, is not judged.
    """

    part: ClassVar[str] = ""
    use_required_attribute = False

    def __init__(self, data, *, judged=False, prefix=None, **kwargs):
        self.judged = judged
        super().__init__(data, prefix=prefix or self.part or None, **kwargs)
        for name, field in self.fields.items():
            field.label = field.label or labels.label(self.path(name))
            said = _("Choose “%(label)s”.") if isinstance(field, forms.ChoiceField) else _("Fill in “%(label)s”.")
            field.error_messages["required"] = said % {"label": field.label}

    def path(self, name):
        """Where the document keeps this field."""
        return f"{self.part}.{name}" if self.part else name

    @property
    def errors(self):
        found = super().errors
        return found if self.judged else ErrorDict()

    @property
    def understood(self):
        """The values that could be understood, by their names; what is wrong is left out."""
        _ = super().errors
        return self.cleaned_data


class Basics(Part):
    name = line(later("As the provider writes it."), required=True, longest=200)
    slug = line(
        later("Small letters, digits and hyphens. Made from the name where you leave it empty. Once published it stays."),
        longest=80,
        validators=[SLUG],
    )
    also_known_as = lines(later("Other names and short forms, one a line."), longest=200)
    summary = text(later("What it does, and for whom. Plain words, 20 words a sentence at most."), required=True)


class First(Part):
    first_step = text(
        later("One thing, and begin with a verb: “Call 1-800-… and say: …”. Name the phone, the form or the page."),
    )
    eligibility = text(later("“Families of children with …”."))
    not_eligible = text(later("Where that is known, so that nobody asks in vain."), rows=2)
    documents = lines(later("One thing a line: “Birth certificate”."))


class Reach(Part):
    website = Website()
    email = forms.EmailField(required=False, max_length=200)
    unconfirmed = forms.MultipleChoiceField(
        help_text=later("Kept for us, hidden from families."),
        required=False,
        choices=[("website", later("The website")), ("email", later("The e-mail"))],
        widget=forms.CheckboxSelectMultiple,
    )


class Using(Part):
    fees = line(later("“Free”, or the price in the provider’s own words."))
    waiting = line(later("Only what the provider says."))
    alert = line(later("Something that changed or is about to. Take it away when it is past."))
    coverage = choice(Coverage, later("Whom it takes, not where its office is."))
    hsds_status = choice(HsdsStatus, initial=HsdsStatus.ACTIVE)


class Funding(Part):
    part = "funding"
    status = choice(FundingStatus, initial=FundingStatus.UNKNOWN)
    note = line(later("Companies by name. Families want to know whose money it is."))


class About(Part):
    conditions = Named(
        "condition",
        required=False,
        help_text=later("One name a line. The widest that is true: narrower ones inherit it. None: it helps with any condition."),
    )


class Terms(Part):
    """A list of checkboxes for each vocabulary. `terms`: all of them, in their order."""

    part = "terms"

    def __init__(self, data, *, terms, **kwargs):
        super().__init__(data, **kwargs)
        for vocabulary, label in Term.Vocabulary.choices:
            options = [(one.slug, one.label) for one in terms if one.vocabulary == vocabulary]
            gone = [(one, one) for one in data.getlist(f"terms-{vocabulary}") if one not in dict(options)]
            self.fields[vocabulary] = forms.MultipleChoiceField(
                label=label, choices=[*options, *gone], required=False, widget=forms.CheckboxSelectMultiple
            )


class More(Part):
    description = text(later("Markdown: paragraphs of three sentences at most, and lists. No heading above ###."), rows=8)


class Reason(Part):
    """Why, for the history; needed to save alone. `base`: number of the revision on which it is written."""

    why = line(later("A few words for the history: what changed, and how you know."), required=True, label=later("Why"))
    base = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
