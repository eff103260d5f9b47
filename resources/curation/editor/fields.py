"""Form fields that speak the listing document: `clean` gives a value of the document, `typed` what the form shows of one."""

import re

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", later("Use small letters, digits and hyphens alone."))
LANGUAGE = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
CHOOSE = later("Choose…")


def typed(value):
    """A document's value as a form sends it: a list of texts."""
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, bool):
        return ["on"] if value else []
    return ["" if value is None else str(value)]


def line(help_text="", *, required=False, longest=500, **kwargs):
    return forms.CharField(help_text=help_text, required=required, max_length=longest, **kwargs)


def text(help_text="", *, required=False, rows=3):
    return forms.CharField(help_text=help_text, required=required, max_length=20_000, widget=forms.Textarea(attrs={"rows": rows}))


def lines(help_text="", *, required=False, longest=500, **kwargs):
    return Lines(help_text=help_text, required=required, longest=longest, **kwargs)


def choice(choices, help_text="", *, initial=None, required=True):
    options = list(choices.choices) if initial else [("", CHOOSE), *choices.choices]
    return forms.ChoiceField(choices=options, help_text=help_text, initial=initial, required=required)


def number(help_text="", *, least, most):
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(help_text=help_text, required=False, min_value=least, max_value=most, widget=widget)


def degrees(most):
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.FloatField(required=False, min_value=-most, max_value=most, widget=widget)


class Lines(forms.CharField):
    """A list of short texts, one a line."""

    def __init__(self, *, longest=500, rows=3, **kwargs):
        self.longest = longest
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    @staticmethod
    def typed(value):
        return ["\n".join(value or [])]

    @staticmethod
    def parted(raw):
        return [one.strip() for one in (raw or "").splitlines() if one.strip()]

    def clean(self, value):
        items = self.parted(super().clean(value))
        for one in items:
            if len(one) > self.longest:
                raise forms.ValidationError(
                    _("This line is longer than %(most)s letters: “%(line)s…”.") % {"most": self.longest, "line": one[:40]}
                )
        return items


class Languages(Lines):
    """Languages by their words or codes, with commas between. `known`: code → word."""

    known: dict[str, str] = {}

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget = forms.TextInput()

    @staticmethod
    def typed(value):
        return [", ".join(value or [])]

    @staticmethod
    def parted(raw):
        return [one.strip() for one in re.split(r"[,\n]", raw or "") if one.strip()]

    def clean(self, value):
        codes = {word.casefold(): code for code, word in self.known.items()}
        found = [codes.get(one.casefold(), one) for one in super().clean(value)]
        for one in found:
            if not LANGUAGE.fullmatch(one):
                raise forms.ValidationError(_("“%(one)s” is no language that we know. Write it as “English” or “en”.") % {"one": one})
        return found


class Named(Lines):
    """Rows of other tables, by slug or name, one a line. `names` (`naming.Names`) knows them; `what`: condition, organization, therapy."""

    names = None

    def __init__(self, what, *, most=0, **kwargs):
        self.what, self.most = what, most
        super().__init__(**kwargs)
        if most == 1:
            self.widget = forms.TextInput()

    def typed(self, value):
        return [(value or "") if self.most == 1 else "\n".join(value or [])]

    def clean(self, value):
        wanted = super().clean(value)
        if self.most and len(wanted) > self.most:
            raise forms.ValidationError(_("Name one alone."))
        found = [self.names.slug(self.what, one) for one in wanted]
        if unknown := [one for one, slug in zip(wanted, found) if not slug]:
            raise forms.ValidationError(
                _("We do not know which one you mean: %(names)s. Choose below, or write its full name.") % {"names": ", ".join(unknown)}
            )
        if self.most == 1:
            return found[0] if found else None
        return found


class Cites:
    """Keys of the sources listed in the same form."""

    known: dict[str, str] = {}

    def offer(self, sources, chosen):
        """`sources`: key → words. What is chosen and no longer listed stays in sight, and is an error."""
        self.known = sources
        gone = [(one, _("%(key)s (no longer among the sources)") % {"key": one}) for one in chosen if one and one not in sources]
        self.choices = [*self.before, *sources.items(), *gone]

    def valid_value(self, value):
        return value in self.known


class CitesOne(Cites, forms.ChoiceField):
    before = [("", later("None: hidden from families"))]

    def clean(self, value):
        return super().clean(value) or None


class CitesSome(Cites, forms.MultipleChoiceField):
    before: list = []
    widget = forms.CheckboxSelectMultiple


class Website(forms.CharField):
    """An address; without a scheme it is taken as https."""

    default_validators = [RegexValidator(r"^https?://[^\s\x00-\x1f]+$", later("Write the whole address, such as https://www.example.org"))]

    def __init__(self, **kwargs):
        super().__init__(max_length=500, required=False, widget=forms.TextInput(attrs={"inputmode": "url"}), **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return f"https://{value}" if value and "://" not in value else value
