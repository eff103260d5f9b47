"""A plain django-filter and Django REST Framework application: joins for tags, `icontains` for words, and a GROUP BY a facet.

As in the finder, each facet ignores its own choice, and a condition finds what is tagged with an ancestor or with none.
"""

import django_filters
from django.db.models import Count
from django.urls import path
from rest_framework import generics, serializers

from conditions.kinship import kin
from resources.models import Phone, Resource, ResourceKind, Term

FACETS = {facet: "area" if facet == "state" else facet for facet in ("need", "stage", "audience", "language", "format", "cost", "state")}


class Terms(django_filters.ModelMultipleChoiceFilter):
    def get_filter_predicate(self, term):
        return {"terms": term}  # a slug alone may stand in several vocabularies


def terms(vocabulary):
    return Terms(to_field_name="slug", queryset=Term.objects.filter(vocabulary=vocabulary))


class ListingFilter(django_filters.FilterSet):
    kind = django_filters.MultipleChoiceFilter(choices=ResourceKind.choices)
    condition = django_filters.CharFilter(method="for_condition")
    need, stage, audience, language, format, cost, state = map(terms, FACETS.values())

    class Meta:
        model = Resource
        fields: list[str] = []

    def for_condition(self, queryset, name, value):
        return queryset.for_kin([one.id for one in kin([value]).ancestors])


class PhoneSerializer(serializers.ModelSerializer):
    class Meta:
        model = Phone
        fields = ["number", "label"]


class ListingSerializer(serializers.ModelSerializer):
    phones = PhoneSerializer(many=True)

    class Meta:
        model = Resource
        fields = ["slug", "kind", "name", "summary", "first_step", "eligibility", "coverage", "found_on", "checked_on", "phones"]


class Listings(generics.ListAPIView):
    queryset = Resource.objects.published().prefetch_related("phones").order_by("name", "pk")
    serializer_class = ListingSerializer
    filterset_class = ListingFilter
    search_fields = ["name", "also_known_as", "summary", "description"]

    def list(self, request, *args, **kwargs):
        response = super().list(request, *args, **kwargs)
        response.data["facets"] = {facet: self.counts(facet) for facet in ("kind", *FACETS)}
        return response

    def counts(self, facet):
        """Results of each value, if it alone were chosen in its facet."""
        others = self.request.GET.copy()
        others.pop(facet, None)
        found = Resource.objects.published().filter(pk__in=self.search(others).values("pk")).order_by()
        if facet == "kind":
            return dict(found.values_list("kind").annotate(Count("pk")))
        return dict(found.filter(terms__vocabulary=FACETS[facet]).values_list("terms__slug").annotate(Count("pk")))

    def search(self, query):
        found = ListingFilter(query, Resource.objects.published(), request=self.request).qs
        return self.filter_backends[1]().filter_queryset(self.request, found, self)


urlpatterns = [path("", Listings.as_view())]
