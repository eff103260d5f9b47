"""The finder's contract as a FilterSet: what each GET parameter means, in plain SQL. It is the oracle of the index's tests."""

import django_filters
from django.db.models import Q

from conditions.kinship import kin

from ..models import Resource
from .criteria import a_year_ago
from .facets import FACETS
from .parameters import Parameters
from .places import near_ids
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


class ResourceFilter(django_filters.FilterSet):
    """`vocabularies`: vocabulary → `{slug: label}`, as the index knows them."""

    q = django_filters.Filter(method="filter_q")
    condition = django_filters.Filter(method="filter_condition")
    kind = django_filters.Filter(method="filter_kind")
    need = django_filters.Filter(method="filter_terms")
    stage = django_filters.Filter(method="filter_terms")
    audience = django_filters.Filter(method="filter_terms")
    language = django_filters.Filter(method="filter_terms")
    format = django_filters.Filter(method="filter_terms")
    cost = django_filters.Filter(method="filter_terms")
    state = django_filters.Filter(method="filter_terms")
    checked = django_filters.Filter(method="filter_checked")
    near = django_filters.Filter(method="filter_near")
    within = django_filters.Filter(method="keep_all")
    said = django_filters.Filter(method="keep_all")
    sort = django_filters.Filter(method="keep_all")
    page = django_filters.Filter(method="keep_all")

    class Meta:
        model = Resource
        fields: list[str] = []

    def __init__(self, data, *, vocabularies, queryset=None):
        self.parameters = Parameters(data, vocabularies=vocabularies)
        super().__init__(data, queryset=Resource.objects.published() if queryset is None else queryset)

    def filter_queryset(self, queryset):
        for name, value in self.parameters.values.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

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
        return queryset.filter(pk__in=near_ids(queryset, self.parameters.nearby)) if self.parameters.nearby else queryset

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
