"""The finder's contract: one FilterSet over GET parameters for the page, the feed, saved links and the API.

Its fields are lenient: what is unknown is left out and named, since a mistyped link should still help.
`FilterSet.qs` is the plain SQL answer, and the oracle of the index's tests.
"""

import re

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conditions.kinship import kin

from ..models import Resource
from .criteria import Criteria, Near, a_year_ago
from .facets import FACETS, KIND_LABELS
from .places import Places, near_ids
from .words import stem, stems, words

# Beside a listing's name, other names, summary and description.
TEXTS = (
    "service__provider__name",
    "financialaid__provider__name",
    "therapytype__what_it_is",
    "therapytype__how_it_works",
    "therapytype__benefits",
    "schoolaccommodation__need_met",
    "schoolaccommodation__looks_like",
    "schoolaccommodation__how_to_ask",
    "financialaid__steps",
    "conditions__name",
    "conditions__names__name",
    "conditions__genes__symbol",
)
LONGEST_QUERY = 200
MOST_CONDITIONS = 10
CHECKED = (("year", _("Found or checked in the last 12 months")), ("provider", _("Confirmed with the provider")))
SORTS = (("distance", _("Distance")), ("near", _("Closest match")), ("name", _("Name, A to Z")), ("checked", _("Most recently checked")))


class Lenient:
    """A field that keeps what it knows and remembers the rest in `ignored`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **(kwargs | {"required": False}))
        self.ignored = []


class LenientChoices(Lenient, forms.Field):
    """`choices`: value → label. Not a `ChoiceField`, which copies a hundred of them for every request."""

    widget = forms.MultipleHiddenInput
    choices: dict = {}

    def clean(self, value):
        values = list(dict.fromkeys(value or []))
        self.ignored = [one for one in values if one and one not in self.choices]
        return tuple(one for one in values if one in self.choices)


class LenientChoice(Lenient, forms.Field):
    choices: dict = {}

    def clean(self, value):
        self.ignored = [value] if value and value not in self.choices else []
        return value if value in self.choices else ""


class LenientText(Lenient, forms.CharField):
    def clean(self, value):
        text = " ".join((value or "").replace("\x00", " ").split())
        self.ignored = [text[LONGEST_QUERY:]] if len(text) > LONGEST_QUERY else []
        return text[:LONGEST_QUERY]


class LenientSlugs(Lenient, forms.MultipleChoiceField):
    """Condition slugs. Whether a slug is known, only the database can say: the view asks it once."""

    def clean(self, value):
        values = list(dict.fromkeys(" ".join(one.replace("\x00", " ").split()) for one in value or []))
        self.ignored = values[MOST_CONDITIONS:]
        return tuple(one for one in values[:MOST_CONDITIONS] if one)


class LenientPage(Lenient, forms.CharField):
    def clean(self, value):
        value = (value or "").strip()
        if value.isascii() and value.isdigit() and int(value[:9]) > 0:
            return int(value[:9])
        self.ignored = [value] if value else []
        return 1


class LenientZip(Lenient, forms.CharField):
    """Five digits, with or without four more. Whether there is such a ZIP, `Places` knows."""

    def clean(self, value):
        match = re.fullmatch(r"([0-9]{5})(-?[0-9]{4})?", (value or "").strip())
        self.ignored = [value] if value and not match else []
        return match[1] if match else ""


class LenientMiles(Lenient, forms.CharField):
    def clean(self, value):
        value = (value or "").strip()
        if re.fullmatch(r"[0-9]{1,4}", value) and int(value):
            return int(value)
        self.ignored = [value] if value else []
        return None


def _filter(field, **kwargs):
    made = type(f"{field.__name__}Filter", (django_filters.Filter,), {"field_class": field})
    return made(**kwargs)


class ResourceFilter(django_filters.FilterSet):
    """`vocabularies`: vocabulary → `{slug: label}`, as the index knows them."""

    q = _filter(LenientText, method="filter_q", label=_("Words"))
    condition = _filter(LenientSlugs, method="filter_condition", label=_("Condition"))
    kind = _filter(LenientChoices, method="filter_kind")
    need = _filter(LenientChoices, method="filter_terms")
    stage = _filter(LenientChoices, method="filter_terms")
    audience = _filter(LenientChoices, method="filter_terms")
    language = _filter(LenientChoices, method="filter_terms")
    format = _filter(LenientChoices, method="filter_terms")
    cost = _filter(LenientChoices, method="filter_terms")
    state = _filter(LenientChoices, method="filter_terms")
    checked = _filter(LenientChoice, method="filter_checked", label=_("Last checked"))
    near = _filter(LenientZip, method="filter_near", label=_("ZIP code"))
    within = _filter(LenientMiles, method="keep_all", label=_("Miles"))
    said = _filter(LenientText, method="keep_all", label=_("Words"))
    sort = _filter(LenientChoice, method="keep_all", label=_("Order"))
    page = _filter(LenientPage, method="keep_all", label=_("Page"))

    class Meta:
        model = Resource
        fields: list[str] = []

    def __init__(self, data, *, vocabularies, places=None, queryset=None):
        self.vocabularies, self.places = vocabularies, places or Places()
        super().__init__(data, queryset=Resource.objects.published() if queryset is None else queryset)

    def get_form_class(self):
        form = super().get_form_class()
        for facet in FACETS:
            form.base_fields[facet.name].choices = self.vocabularies.get(facet.vocabulary, {}) if facet.vocabulary else KIND_LABELS
            form.base_fields[facet.name].label = facet.label
        form.base_fields["checked"].choices = dict(CHECKED)
        form.base_fields["sort"].choices = dict(SORTS)
        return form

    @property
    def criteria(self):
        """The cleaned question."""
        self.form.is_valid()
        asked = self.form.cleaned_data
        return Criteria(
            q=asked["q"],
            conditions=asked["condition"],
            choices={facet.name: asked[facet.name] for facet in FACETS if asked[facet.name]},
            checked=asked["checked"],
            sort=asked["sort"],
            page=asked["page"],
            near=self.nearby,
            said=asked["said"],
        )

    @property
    def nearby(self):
        """The `Near` that is asked for; None also where there is no such ZIP."""
        self.form.is_valid()
        place = self.places.get(self.form.cleaned_data["near"]) if self.form.cleaned_data["near"] else None
        return Near(place, self.form.cleaned_data["within"]) if place else None

    @property
    def unknown_zip(self):
        self.form.is_valid()
        return self.form.cleaned_data["near"] if not self.nearby else ""

    @property
    def ignored(self):
        """What was left out: pairs of a parameter's label and the value, cut to what a sentence can hold."""
        self.form.is_valid()
        fields = self.form.fields.values()
        return [(field.label, one[:60] + ("…" if len(one) > 60 else "")) for field in fields for one in field.ignored[:5]]

    def keep_all(self, queryset, name, value):
        return queryset

    def filter_q(self, queryset, name, value):
        wanted = {stem(word) for word in words(value)}
        return queryset.filter(pk__in=[pk for pk, text in texts(queryset).items() if wanted <= stems(text)]) if wanted else queryset

    def filter_condition(self, queryset, name, value):
        ancestors = [ancestor.id for ancestor in kin(value).ancestors]
        return queryset.for_kin(ancestors) if ancestors else queryset

    def filter_kind(self, queryset, name, value):
        return queryset.filter(kind__in=value)

    def filter_terms(self, queryset, name, value):
        facet = next(facet for facet in FACETS if facet.name == name)
        tagged = Resource.objects.filter(terms__vocabulary=facet.vocabulary)
        fits = Q(pk__in=tagged.filter(terms__vocabulary=facet.vocabulary, terms__slug__in=value).values("pk"))
        if facet.untagged_fits:
            fits |= ~Q(pk__in=tagged.values("pk"))
        return queryset.filter(fits)

    def filter_near(self, queryset, name, value):
        return queryset.filter(pk__in=near_ids(queryset, self.nearby)) if self.nearby else queryset

    def filter_checked(self, queryset, name, value):
        if value == "provider":
            return queryset.filter(checked_on__isnull=False)
        return queryset.filter(Q(checked_on__gte=a_year_ago()) | Q(checked_on__isnull=True, found_on__gte=a_year_ago()))


def texts(queryset):
    """`{id: all words by which it is found}`: of its own texts, its provider, and the names and genes of its conditions."""
    found = {
        pk: " ".join([name, *also, *rest])
        for pk, name, also, *rest in queryset.values_list("pk", "name", "also_known_as", "summary", "description")
    }
    for path in TEXTS:
        for pk, text in queryset.filter(**{f"{path}__isnull": False}).values_list("pk", path):
            found[pk] += f" {' '.join(text) if isinstance(text, list) else text}"
    return found
