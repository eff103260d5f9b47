"""The forms of a spreadsheet's way: upload, how it is read, what its columns mean, and the confirmation."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from conditions.names import free_slug

from ...models import Partner
from ...models.resource import Coverage
from ...transfer.sheets import MAX_BYTES, Unreadable
from . import grid
from .targets import GROUPS, MANY, TARGETS
from .vocabulary import CHOICES, Vocabulary

LEFT_OUT = ("", later("Leave out"))


class UploadForm(forms.Form):
    partner = forms.ModelChoiceField(Partner.objects.all(), required=False, label=later("Who sent it"), empty_label=later("Somebody new"))
    new_partner = forms.CharField(
        required=False, max_length=200, label=later("Name of somebody new"), help_text=later("We remember what their columns mean.")
    )
    file = forms.FileField(
        label=later("File"),
        max_length=200,
        error_messages={"required": later("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=later("CSV or XLSX, one listing a row. At most 10 MB and 5,000 rows."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not Partner.objects.exists():
            del self.fields["partner"]
            self.fields["new_partner"].required = True
            self.fields["new_partner"].label = _("Who sent it")

    def clean_file(self):
        """Its size is asked before a byte of it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than %(most)s MB: split it.") % {"most": MAX_BYTES // 1024**2})
        try:
            self.content = file.read()
            self.layout = grid.guess(file.name, self.content)
        except Unreadable as why:
            raise ValidationError(str(why)) from why
        return file

    def clean(self):
        data = super().clean()
        if not self.errors.keys() & {"partner", "new_partner"} and not data.get("partner") and not data.get("new_partner"):
            self.add_error("partner", _("Say who sent it: choose a name, or type a new one."))
        if data.get("partner") and data.get("new_partner"):
            self.add_error("new_partner", _("Choose a name or type a new one, not both."))
        return data

    @transaction.atomic
    def sender(self):
        """The `Partner`, new where nobody has the name yet."""
        if self.cleaned_data.get("partner"):
            return self.cleaned_data["partner"]
        name = self.cleaned_data["new_partner"]
        if known := Partner.objects.filter(name__iexact=name).first():
            return known
        slug = free_slug(name, lambda one: Partner.objects.filter(slug=one).exists(), longest=70, otherwise="partner")
        return Partner.objects.create(name=name, slug=slug)


class LayoutForm(forms.Form):
    encoding = forms.ChoiceField(choices=list(grid.ENCODINGS.items()), label=later("Letters are in"))
    delimiter = forms.ChoiceField(choices=list(grid.DELIMITERS.items()), label=later("Cells are cut by"))
    heading_row = forms.IntegerField(min_value=1, max_value=1000, label=later("Headings are in row"))

    def __init__(self, *args, is_workbook, **kwargs):
        super().__init__(*args, **kwargs)
        if is_workbook:
            del self.fields["encoding"], self.fields["delimiter"]


class MappingForm(forms.Form):
    """A choice for each column, named `column_0` …; then what holds for all rows."""

    kind = forms.ChoiceField(choices=CHOICES["kind"], label=later("Kind of listing"))
    coverage = forms.ChoiceField(choices=Coverage.choices, label=later("Reach"), initial=Coverage.LOCAL)
    conditions = forms.CharField(
        required=False,
        max_length=1000,
        label=later("Conditions they are all for"),
        help_text=later("By name, cut by semicolons. None: help for everybody."),
    )

    def __init__(self, *args, headings, **kwargs):
        super().__init__(*args, **kwargs)
        self.headings = headings
        choices = [LEFT_OUT, *((group, [(target.name, target.label) for target in targets]) for group, targets in GROUPS)]
        for number, heading in enumerate(headings):
            self.fields[f"column_{number}"] = forms.ChoiceField(choices=choices, required=False, label=heading)

    @property
    def columns(self):
        return [self[f"column_{number}"] for number in range(len(self.headings))]

    def clean_conditions(self):
        text = self.cleaned_data["conditions"]
        try:
            return Vocabulary([{"conditions": text}]).ours("conditions", text)
        except ValueError as why:
            raise ValidationError(f"{why}.") from why

    def clean(self):
        data = super().clean()
        first: dict[str, str] = {}
        for number, heading in enumerate(self.headings):
            target = data.get(f"column_{number}", "")
            if target in first and target not in MANY:
                what = {"one": first[target], "other": heading, "target": TARGETS[target].label}
                self.add_error(f"column_{number}", _("“%(one)s” and “%(other)s” both go to “%(target)s”: choose one of them.") % what)
            elif target:
                first[target] = heading
        if not self.errors and not first.keys() & {"name", "slug"}:
            self.add_error("column_0", _("No column goes to “Name”: say which one holds the names."))
        return data

    @property
    def mapping(self):
        return [[heading, self.cleaned_data[f"column_{number}"]] for number, heading in enumerate(self.headings)]

    @property
    def constants(self):
        return {name: self.cleaned_data[name] for name in ("kind", "coverage", "conditions")}


class ConfirmForm(forms.Form):
    why = forms.CharField(
        label=later("Why this import"),
        max_length=500,
        help_text=later("Where the file comes from, and who asked for it. Kept in the history of each listing."),
    )
    batch = forms.IntegerField(widget=forms.HiddenInput)
