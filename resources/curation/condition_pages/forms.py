"""The form over a condition document: its head, its sections, and rows of sources, names, codes and genes."""

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from conditions.editorial import OwnerKind
from conditions.kinship import kin
from conditions.models import ConditionCode, ConditionKind, ConditionName, SectionKind
from conditions.search import exact, search
from conditions.shapes import GeneShape

GENE = tuple(GeneShape.model_fields)
SPLIT = "|"  # between the parts of a gene
A_LINE = 90  # letters of a line in a field for text, by which its height is chosen


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def slug_field(**said):
    wrong = {"invalid": _("Small letters, digits and hyphens alone, such as “cdc-seizures”.")}
    return forms.RegexField(r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80, error_messages=wrong, **said)


class HeadForm(forms.Form):
    """All but the rows. `kinds`: the sections that are shown; `is_new`: it asks for the address too; `saving`: it asks for a reason."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As families say it."))
    slug = slug_field(label=_("Address"), help_text=_("Small letters, digits and hyphens. It does not change later."))
    summary = forms.CharField(label=_("One line"), max_length=160, required=False, help_text=_("One plain sentence, 160 letters at most."))
    kind = forms.ChoiceField(label=_("Kind"), choices=ConditionKind)
    reviewer = forms.CharField(
        label=_("Who reviewed it, by role"), max_length=200, required=False, help_text=_("Or: Not yet reviewed by a clinician")
    )
    reviewed_on = DayField(label=_("Last looked through"), required=False)
    next_review_on = DayField(label=_("Next review due"), required=False, help_text=_("Within 36 months."))
    funding = forms.CharField(label=_("Who paid for it"), max_length=500, required=False, help_text=_("Even if nobody did."))
    parents = forms.CharField(
        label=_("Is a kind of"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One condition a line: its name, or the last part of its address."),
    )
    genes = forms.CharField(
        label=_("Genes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("One a line: symbol | inheritance | kind of change | what it tends to cause | in the source’s words | source"),
    )
    why = forms.CharField(label=_("Why you change it"), max_length=500, help_text=_("It is kept in the history."))
    base = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    edit = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, kinds=(), is_new=False, saving=True, address="", **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["why"].required = saving
        if not is_new:
            del self.fields["slug"]
        for kind in SectionKind:
            if kind in kinds:
                text = (self.initial or self.data).get(f"section-{kind}", "")
                self.fields[f"section-{kind}"] = _text_field(kind, text, address)

    @property
    def sections(self):
        """The fields of the sections, in the order of the page, each with its kind."""
        return [(name.partition("-")[2], self[name]) for name in self.fields if name.startswith("section-")]

    def clean_parents(self):
        """Slugs, from slugs or names."""
        lines = [line.strip() for line in self.cleaned_data["parents"].splitlines() if line.strip()]
        self.above = kin(lines).ancestors
        slugs = {one.slug for one in self.above}
        found, unknown = [], []
        for line in lines:
            same = None if line in slugs else exact(line)
            if line in slugs or same:
                found.append(same.slug if same else line)
            else:
                unknown.append(_no_condition(line))
        if unknown:
            raise forms.ValidationError(unknown)
        return found

    def clean_genes(self):
        rows = [[part.strip() for part in line.split(SPLIT)] for line in self.cleaned_data["genes"].splitlines() if line.strip()]
        if wrong := next((row for row in rows if not row[0] or len(row) > len(GENE)), None):
            text = _("“%(line)s”: a line begins with a gene’s symbol and has %(most)s parts at most.")
            raise forms.ValidationError(text % {"line": SPLIT.join(wrong), "most": len(GENE)})
        return [dict(zip(GENE, row)) for row in rows]


def lines_of(genes):
    """Genes as they are typed: one a line, its parts between bars.

    >>> lines_of([{"symbol": "FXN", "inheritance": "recessive", "change": "", "causes": "", "association": "", "source": "orphanet"}])
    'FXN | recessive |  |  |  | orphanet'
    """
    return "\n".join(f" {SPLIT} ".join(gene[name] for name in GENE).rstrip(f" {SPLIT}") for gene in genes)


def _text_field(kind, text, address):
    """A field that is checked beside itself when it is left: by htmx, else by the button for the whole."""
    rows = min(28, max(5, sum(len(line) // A_LINE + 1 for line in text.splitlines()) + 1))
    attrs = {
        "rows": rows,
        "spellcheck": "true",
        "hx-post": address,
        "hx-trigger": "change",
        "hx-target": f"#check-{kind}",
        "hx-vals": f'{{"do": "check-{kind}"}}',
    }
    return forms.CharField(label=kind.label, required=False, max_length=20_000, widget=forms.Textarea(attrs=attrs))


def _no_condition(line):
    near = [f"{match.condition.slug} ({match.condition.name})" for match in search(line, limit=3)]
    if not near:
        return _("There is no condition called “%(line)s”.") % {"line": line}
    return _("There is no condition called “%(line)s”. Did you mean: %(near)s?") % {"line": line, "near": "; ".join(near)}


class SourceForm(forms.Form):
    key = slug_field(label=_("Key"), help_text=_("A text cites it as [^key]."))
    title = forms.CharField(label=_("Title"), max_length=200)
    publisher = forms.CharField(label=_("Publisher"), max_length=200)
    owner_kind = forms.ChoiceField(label=_("Who owns it"), choices=OwnerKind, initial=OwnerKind.GOVERNMENT)
    url = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    published = forms.CharField(label=_("Its own date"), max_length=500, required=False, help_text=_("In words as precise as the page."))
    seen_on = DayField(label=_("Seen on"))
    supports = forms.CharField(label=_("What it supports"), max_length=500, help_text=_("What you saw there. It supports only this."))


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=ConditionName.Kind, initial=ConditionName.Kind.SYNONYM)
    language = forms.CharField(label=_("Language"), max_length=10, initial="en")


class CodeForm(forms.Form):
    system = forms.ChoiceField(label=_("System"), choices=ConditionCode.System, initial=ConditionCode.System.MONDO)
    code = forms.RegexField(
        r"^[A-Za-z0-9.:-]+$", label=_("Code"), max_length=20, error_messages={"invalid": _("A code has letters, digits, dots and hyphens.")}
    )
    checked = forms.BooleanField(label=_("Its choice was checked"), required=False, initial=True)


# Together below DATA_UPLOAD_MAX_NUMBER_FIELDS, beyond which Django refuses a form and what was typed is gone.
ROWS = {"sources": SourceForm, "names": NameForm, "codes": CodeForm}
MOST_ROWS = {"sources": 90, "names": 40, "codes": 20}
FORMSETS = {
    part: formset_factory(form, extra=0, max_num=MOST_ROWS[part], absolute_max=MOST_ROWS[part], validate_max=True)
    for part, form in ROWS.items()
}
